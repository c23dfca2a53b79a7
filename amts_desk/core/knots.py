"""Knots: beads that can only stand together, since they share a cut sentence or cross each other.

Most knots are one bead. What looks at a chapter as its files have it (reading it again, aligning it again) goes by
knots: each takes a stretch of sentences of either side that no other knot touches.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from amts_desk.core.alignment import Bead, Sentence


@dataclass(frozen=True, slots=True)
class Knot:
    """Beads side by side, and the sentences that they are made of, as they were imported and in that order."""

    start: int
    beads: tuple[Bead, ...]
    source: tuple[Sentence, ...]
    target: tuple[Sentence, ...]


def knots(beads: Sequence[Bead]) -> list[Knot]:
    """Return the beads as knots, in order; `start` is the row of the first bead of each."""
    sides = [[[s.index for s in bead.source] for bead in beads], [[s.index for s in bead.target] for bead in beads]]
    borders = [_borders(side) for side in sides]
    found, start = [], 0
    for row in range(1, len(beads) + 1):
        if row == len(beads) or all(border[row] for border in borders):
            found.append(_knot(start, tuple(beads[start:row])))
            start = row
    return found


def _borders(side: Sequence[Sequence[int]]) -> list[bool]:
    """Return for each row whether all sentences above it come before all those in it and below."""
    highest = list(accumulate((max(row, default=-1) for row in side), max, initial=-1))
    end = 1 << 62
    lowest = list(accumulate((min(row, default=end) for row in reversed(side)), min, initial=end))[::-1]
    return [above < below for above, below in zip(highest, lowest, strict=True)]


def _knot(start: int, beads: tuple[Bead, ...]) -> Knot:
    return Knot(
        start, beads, _imported(s for b in beads for s in b.source), _imported(s for b in beads for s in b.target)
    )


def _imported(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """Return the sentences as imported, each once, in the order of their document."""
    whole = {sentence.index: sentence.imported for sentence in sentences}
    return tuple(whole[index] for index in sorted(whole))
