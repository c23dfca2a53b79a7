"""What a search found in a chapter or a stretch of one, as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from amts_desk.steps.align.corpus import Floats, Steps
from amts_desk.steps.align.links import Stretch


@dataclass(frozen=True, slots=True)
class Found:
    """Beads as rows (first source, end, first target, end), and how probable each is.

    `deviations` are those of the lengths, in standard deviations; not a number in a bead with an empty side.
    """

    path: Steps
    confidence: Floats
    deviations: Floats

    def moved(self, source: int, target: int) -> Found:
        """Return the same beads so many sentences later."""
        return replace(self, path=self.path + np.array([source, source, target, target]))


def nulls(stretch: Stretch) -> Found:
    """Return each sentence of a stretch as a bead without another side; sure, since there is no choice."""
    source, target = (np.arange(first, end) for first, end in (stretch[:2], stretch[2:]))
    rows = [[i, i + 1, stretch.target, stretch.target] for i in source]
    rows += [[stretch.source_end, stretch.source_end, j, j + 1] for j in target]
    return Found(np.array(rows, np.int64).reshape(-1, 4), np.ones(len(rows)), np.full(len(rows), np.nan))


def certain(pin: Stretch) -> Found:
    """Return a bead that stands, as a length of its own kind."""
    is_null = pin.source == pin.source_end or pin.target == pin.target_end
    return Found(np.array([pin], np.int64), np.ones(1), np.array([np.nan if is_null else 0.0]))


def joined(pieces: Sequence[Found]) -> Found:
    """Return what was found in several stretches, one behind the other."""
    return Found(
        np.concatenate([piece.path for piece in pieces]),
        np.concatenate([piece.confidence for piece in pieces]),
        np.concatenate([piece.deviations for piece in pieces]),
    )
