"""Look at one thing of a connection without changing anything, and say how it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from amts_desk.aws.cloud import Cloud
from amts_desk.core.checks import Check, doubtful, wrong
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
        return wrong(subject, error.message, error.advice)


def unreadable(subject: str, what: str = "It") -> Check:
    """Return the check of something that the profile may not read."""
    return doubtful(
        subject,
        f"{what} could not be read: the profile may not.",
        "Ask whoever manages the account how it stands, or for the read permissions of the caller's policy.",
    )
