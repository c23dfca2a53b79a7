"""What was checked before something is sent: how it stands, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a check came out: fine, to be thought about, or in the way."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked: what was found, and what to do about it ("" when nothing need be done)."""

    subject: str
    verdict: Verdict
    found: str
    advice: str = ""

    def __str__(self) -> str:
        return f"{self.subject}: {self.found} {self.advice}".strip()


def fine(subject: str, found: str) -> Check:
    """Return the check of something that is as it should be."""
    return Check(subject, Verdict.OK, found)


def doubtful(subject: str, found: str, advice: str) -> Check:
    """Return the check of something to be thought about."""
    return Check(subject, Verdict.WARNING, found, advice)


def wrong(subject: str, found: str, advice: str) -> Check:
    """Return the check of something that is in the way."""
    return Check(subject, Verdict.PROBLEM, found, advice)
