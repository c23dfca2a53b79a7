"""Wait for Amazon: ask again and again, less and less often, through passing trouble."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from amts_desk.core.errors import ServiceError
from amts_desk.core.progress import Progress, silent

Answer = TypeVar("Answer")
FIRST, LONGEST = 0.2, 60.0
"""Seconds between two questions: the first pause, and the longest it grows to."""
PATIENCE = 12
"""How many times in a row the service may be out of reach before the wait is given up."""


def wait_until(
    ask: Callable[[], Answer],
    is_settled: Callable[[Answer], bool],
    note: str,
    progress: Progress = silent,
    longest: float = LONGEST,
    patience: int | None = None,
) -> Answer:
    """Return the first answer that is settled.

    Raises what `ask` raises when the trouble does not pass within `patience` questions (by default PATIENCE).
    """
    pause, troubles = min(FIRST, longest), 0
    while True:
        progress(0, 0, note)
        try:
            answer = ask()
        except ServiceError as error:
            troubles += 1
            if not error.passing or troubles >= (patience or PATIENCE):
                raise
        else:
            troubles = 0
            if is_settled(answer):
                return answer
        _rest(pause, note, progress)
        pause = min(pause * 1.5, longest)


def _rest(seconds: float, note: str, progress: Progress) -> None:
    """Sleep in short stretches, so that a stop is noticed."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        progress(0, 0, note)
        time.sleep(min(left, 0.2))
