"""Wait for Amazon: ask again and again, less and less often, through passing trouble and the sleep of the machine."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from typing import TypeVar

from amts_desk.core.errors import ServiceError
from amts_desk.core.progress import Progress, silent

Answer = TypeVar("Answer")
FIRST, LONGEST, LONGEST_IN_TROUBLE = 0.2, 60.0, 300.0
"""Seconds between two questions: the first pause, the longest it grows to, and the longest while nobody answers."""
PATIENCE = 30
"""How many times in a row the service may be out of reach before the wait is given up: about half an hour."""
GROWTH = 1.5


class Pace:
    """When to ask next, less and less often; times in seconds.

    The monotonic clock stands still while the machine sleeps, and the other one may be set by hand. Whichever has
    moved further tells how long it has been, so that after a night's sleep the question is asked at once.
    """

    def __init__(self, first: float = FIRST, longest: float = LONGEST) -> None:
        self._first, self._longest = min(first, longest), longest
        self.pause = self._first
        self.rest()

    def hurry(self) -> None:
        """Go back to the first pause: something is moving."""
        self.pause = self._first
        self.rest()

    def slow_down(self, longest: float | None = None) -> None:
        """Make the next pause longer, up to `longest`."""
        self.pause = min(self.pause * GROWTH, longest or self._longest)
        self.rest()

    def rest(self) -> None:
        """Begin the pause now."""
        self._until = (time.monotonic() + self.pause, time.time() + self.pause)

    def left(self) -> float:
        """Return how long the pause still lasts; 0 when it is time to ask."""
        monotonic, wall = self._until
        return max(0.0, min(monotonic - time.monotonic(), wall - time.time()))


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
    questions = asking(ask, is_settled, longest, lambda error: (patience or PATIENCE) if error.passing else 0)
    while True:
        progress(0, 0, note)
        try:
            pause = next(questions)
        except StopIteration as end:
            answer: Answer = end.value
            return answer
        _rest(Pace(pause, pause), note, progress)


def asking(
    ask: Callable[[], Answer],
    is_settled: Callable[[Answer], bool],
    longest: float = LONGEST,
    patience: Callable[[ServiceError], int] = lambda error: PATIENCE if error.passing else 0,
) -> Generator[float, None, Answer]:
    """Ask less and less often until an answer is settled, and return it; yield how many seconds to rest meanwhile.

    `patience` tells how many times in a row an error may come before it is raised.
    """
    pause, troubles = min(FIRST, longest), 0
    while True:
        try:
            answer = ask()
        except ServiceError as error:
            troubles += 1
            if troubles >= patience(error):
                raise
        else:
            troubles = 0
            if is_settled(answer):
                return answer
        yield pause
        pause = min(pause * GROWTH, longest)


def _rest(pace: Pace, note: str, progress: Progress) -> None:
    """Sleep in short stretches, so that a stop is noticed, and the end of the machine's sleep."""
    pace.rest()
    while (left := pace.left()) > 0:
        progress(0, 0, note)
        time.sleep(min(left, 0.2))
