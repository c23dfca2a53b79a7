"""What the table of beads sorts, filters and finds its way by: a few numbers of every bead, as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from amts_desk.core.alignment import Bead, BeadState
from amts_desk.core.outlook import FEW, STEPS, Outlook, outlook
from amts_desk.core.splice import Splice
from amts_desk.ui.delegates.confidence import HIGH

Mask = npt.NDArray[np.bool_]
_STATES = {state: number for number, state in enumerate(BeadState)}
_NUMBERS = {state.value: number for state, number in _STATES.items()}
_UNEVEN, _BOOKMARKED = 8, 16
# A hundred thousand beads are looked through within a frame or two: by functions that are not written in Python.
_confidence, _state, _is_bookmarked = map(attrgetter, ("confidence", "state._value_", "is_bookmarked"))
_source, _target = attrgetter("source"), attrgetter("target")


class BeadColumns:
    """Confidences, states and marks of beads in the order of the chapter; they follow every splice."""

    def __init__(self, beads: Sequence[Bead]) -> None:
        self.confidence = _confidences(beads)
        self._marks = _marks(beads)

    def splice(self, splice: Splice[Bead]) -> None:
        """Follow one splice."""
        start, end = splice.start, splice.start + len(splice.old)
        new = _confidences(splice.new), _marks(splice.new)
        if len(splice.new) == len(splice.old):
            self.confidence[start:end], self._marks[start:end] = new
            return
        self.confidence = np.concatenate([self.confidence[:start], new[0], self.confidence[end:]])
        self._marks = np.concatenate([self._marks[:start], new[1], self._marks[end:]])

    @property
    def state(self) -> npt.NDArray[np.uint8]:
        """The number of each bead's state, in the order of BeadState."""
        return self._marks & np.uint8(7)

    def having(self, state: BeadState) -> Mask:
        """Return which beads have a state."""
        return np.equal(self.state, _STATES[state])

    @property
    def open(self) -> Mask:
        """Which beads nobody has confirmed or dropped."""
        return ~(self.having(BeadState.CONFIRMED) | self.having(BeadState.DROPPED))

    @property
    def suspicious(self) -> Mask:
        """Which open beads are so little certain that they are worth a look."""
        return self.open & (self.confidence < HIGH)

    @property
    def uneven(self) -> Mask:
        """Which beads are not one sentence to one."""
        return (self._marks & _UNEVEN) > 0

    @property
    def bookmarked(self) -> Mask:
        """Which beads have a bookmark."""
        return (self._marks & _BOOKMARKED) > 0

    def queue(self, among: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return which of the rows `among` are worth a look, the least certain first.

        It ends where all that follow are certain enough, and less than half an error is to be expected in them.
        """
        rows = np.sort(among[self.open[among]])
        rows = rows[np.argsort(self.confidence[rows], kind="stable")]
        sure = self.confidence[rows[::-1]] >= HIGH
        errors = np.cumsum(1 - self.confidence[rows[::-1]], dtype=np.float64)
        return rows[: len(rows) - np.count_nonzero(sure & (errors < FEW))]

    def place_in(self, queue: npt.NDArray[np.int64], confidence: float, row: int, *, behind: bool) -> int:
        """Return where a bead of that confidence and row would stand in a queue, before or behind one that is equal."""
        sure, key = self.confidence[queue], np.float32(confidence)
        start, end = (int(np.searchsorted(sure, key, side)) for side in ("left", "right"))
        return int(start + np.searchsorted(queue[start:end], row, "right" if behind else "left"))

    def outlook(self) -> Outlook:
        """Return what to expect of the open beads."""
        steps = np.rint(self.confidence[self.open] * STEPS).astype(np.int64).clip(0, STEPS)
        return outlook(np.bincount(steps, minlength=STEPS + 1).tolist())


def _confidences(beads: Sequence[Bead]) -> npt.NDArray[np.float32]:
    return np.fromiter(map(_confidence, beads), np.float32, len(beads))


def _marks(beads: Sequence[Bead]) -> npt.NDArray[np.uint8]:
    count = len(beads)
    states = np.fromiter(map(_NUMBERS.__getitem__, map(_state, beads)), np.uint8, count)
    sides = [np.fromiter(map(len, map(side, beads)), np.int64, count) for side in (_source, _target)]
    is_uneven = (sides[0] != 1) | (sides[1] != 1)
    marked = np.fromiter(map(_is_bookmarked, beads), np.bool_, count)
    found: npt.NDArray[np.uint8] = states + np.uint8(_UNEVEN) * is_uneven + np.uint8(_BOOKMARKED) * marked
    return found
