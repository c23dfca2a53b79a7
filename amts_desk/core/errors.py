"""What can go wrong and be expected.

    DeskError            what happened, and what to do next; shown in the room or as one line on the command line
    ├── ServiceError     Amazon (or the local endpoint) refused or could not be reached; carries its error code
    └── SpliceError      the rows have changed since an edit was made
    Cancelled            not an error: the person stopped the work

Everything else is a defect: it opens the crash window and is logged.
"""

from __future__ import annotations


class DeskError(Exception):
    """Something that can be expected: `message` says what happened and where, `advice` what to do next."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


class ServiceError(DeskError):
    """Amazon or the local endpoint refused a call or could not be reached."""

    def __init__(
        self,
        message: str,
        advice: str = "",
        code: str = "",
        *,
        passing: bool = False,
        needs_sign_in: bool = False,
        request_id: str = "",
    ) -> None:
        super().__init__(message, advice)
        self.code = code
        self.passing = passing
        """Whether the same call may well succeed a little later (throttling, a lost connection)."""
        self.needs_sign_in = needs_sign_in
        """Whether it succeeds once a person has signed in again: whoever asks regularly pauses until then."""
        self.request_id = request_id
        """Amazon's own name of the call, for its support; "" when there was none."""


class SpliceError(DeskError):
    """An edit was made for rows that no longer stand where it expects them."""


class Cancelled(Exception):  # noqa: N818  not an error
    """The person stopped the work; what was finished before stays."""
