"""The one way to change rows: replace the rows `old` that stand at `start` by `new`.

Merge, split, shift, retype, confirm, a re-reading, a decision in Review: each is a function that returns a Splice.
Its inverse swaps `old` and `new`, so the stored journal of splices and a position in it are the undo stack.
"""

from __future__ import annotations

from collections.abc import MutableSequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from amts_desk.core.errors import SpliceError

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Splice(Generic[Row]):
    """Replace the rows `old`, standing at `start`, by the rows `new`."""

    start: int
    old: tuple[Row, ...]
    new: tuple[Row, ...]

    def inverse(self) -> Splice[Row]:
        """Return the splice that undoes this one."""
        return Splice(self.start, self.new, self.old)

    def apply(self, rows: MutableSequence[Row]) -> None:
        """Carry it out on `rows`. Raises SpliceError when `old` does not stand at `start`."""
        end = self.start + len(self.old)
        if not 0 <= self.start <= len(rows) or tuple(rows[self.start : end]) != self.old:
            raise SpliceError("The rows have changed since this edit was made.", "Select them again and repeat it.")
        rows[self.start : end] = self.new


def difference(before: tuple[Row, ...], after: tuple[Row, ...]) -> Splice[Row]:
    """Return the smallest single splice that turns `before` into `after`."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return Splice(start, before[start : len(before) - end], after[start : len(after) - end])
