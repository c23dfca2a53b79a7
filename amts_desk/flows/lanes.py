"""Several ways walked side by side by one walker: whichever can go on, goes on; waiting for Amazon holds up nobody.

A way is a generator. It does a piece of work and yields how long it wants to rest (seconds), or a condition that it
waits for. There are no threads: the same answers of Amazon make the same order of steps, and one connection to the
project is enough.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Mapping
from typing import Protocol, TypeVar

from amts_desk.core.errors import DeskError
from amts_desk.core.progress import Progress, silent

End = TypeVar("End")
Name = TypeVar("Name")
Rest = float | Callable[[], bool]
Way = Generator[Rest, None, End]
_NAP = 0.2
"""Seconds after which a stop is noticed."""


class Clock(Protocol):
    """What time it is, in seconds from anywhere, and how to let it pass."""

    def monotonic(self) -> float:
        """Return the time."""

    def sleep(self, seconds: float, /) -> None:
        """Let time pass."""


class Turns:
    """A queue in which one way at a time has its turn, in the order in which they came."""

    def __init__(self) -> None:
        self._queue: list[object] = []

    def taken(self, work: Way[End], on_wait: Callable[[], None]) -> Way[End]:
        """Wait for the turn, do the work and let the next one go on, whatever comes of it."""
        ticket = object()
        self._queue.append(ticket)
        try:
            if self._queue[0] is not ticket:
                on_wait()
                yield lambda: self._queue[0] is ticket
            return (yield from work)
        finally:
            self._queue.remove(ticket)


def walk(
    ways: Mapping[Name, Way[End]], progress: Progress = silent, clock: Clock = time
) -> dict[Name, End | DeskError]:
    """Walk all ways to their ends and return what each brought, or the error that ended it: the others go on.

    Of several ways that can go on it is the first one's turn, so the rest of the others is used and never longer
    than needed. Raises what else any way raises, and Cancelled when the person has stopped it.
    """
    ends: dict[Name, End | DeskError] = {}
    rests: dict[Name, Rest] = dict.fromkeys(ways, 0.0)
    try:
        while rests:
            progress(len(ends), len(ways))
            name = next((name for name, rest in rests.items() if _is_over(rest, clock)), None)
            if name is None:
                clock.sleep(_nap(rests, clock))
                continue
            try:
                rest = next(ways[name])
            except StopIteration as end:
                ends[name] = end.value
            except DeskError as error:
                ends[name] = error
            else:
                rests[name] = rest if callable(rest) else clock.monotonic() + rest
                continue
            del rests[name]
    finally:
        for way in ways.values():
            way.close()
    return {name: ends[name] for name in ways}


def _is_over(rest: Rest, clock: Clock) -> bool:
    return rest() if callable(rest) else rest <= clock.monotonic()


def _nap(rests: Mapping[Name, Rest], clock: Clock) -> float:
    """Return how long to sleep until the first rest is over, at most until a stop should be noticed."""
    soonest = min(rest for rest in rests.values() if not callable(rest))
    return min(_NAP, max(soonest - clock.monotonic(), 0.001))
