"""Look at one thing of a connection without changing anything, and say how it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from amts_desk.aws.cloud import Cloud
from amts_desk.core.checks import Check, Verdict
from amts_desk.core.errors import ServiceError

DENIED = frozenset(("AccessDenied", "AccessDeniedException", "403", "MethodNotAllowed"))
"""Codes that say that the profile may not look, which is no fault of what is looked at."""


def look(cloud: Cloud, subject: str, ask: Callable[[], Check], absent: Mapping[str, Check] | None = None) -> Check:
    """Return what `ask` finds; `absent` are the checks for error codes that say that something is not there.

    What may not be read is a warning, any other refusal a problem.
    """
    try:
        with cloud.calling(f"Looking at the {subject}"):
            return ask()
    except ServiceError as error:
        if absent and error.code in absent:
            return absent[error.code]
        if error.code in DENIED:
            return unreadable(subject)
        return Check(subject, Verdict.PROBLEM, error.message, error.advice)


def unreadable(subject: str, what: str = "It") -> Check:
    """Return the check of something that the profile may not read."""
    return Check(
        subject,
        Verdict.WARNING,
        f"{what} could not be read: the profile may not.",
        "Ask whoever manages the account how it stands, or for the read permissions of the caller's policy.",
    )


def fine(subject: str, found: str) -> Check:
    """Return the check of something that is as it should be."""
    return Check(subject, Verdict.OK, found)


def doubtful(subject: str, found: str, advice: str) -> Check:
    """Return the check of something to be thought about."""
    return Check(subject, Verdict.WARNING, found, advice)


def wrong(subject: str, found: str, advice: str) -> Check:
    """Return the check of something that is in the way."""
    return Check(subject, Verdict.PROBLEM, found, advice)
