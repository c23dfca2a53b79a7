"""Where the dynamic program looks: a band of cells around a path, wide enough that an end is always reached."""

from __future__ import annotations

import numpy as np

from amts_desk.steps.align.corpus import Floats, Offsets
from amts_desk.steps.align.program import LONGEST, Band, Steps, Window

_CELLS = 2_000_000
"""Cells that a first search may look at; each costs about 40 bytes."""
_LEAST_WIDTH = 200
_NEAR = 30


def wide(source: Floats, target: Floats) -> Band:
    """Return the band for a first search: all cells of a usual chapter, of a huge one those near the diagonal.

    The diagonal is where the same share of the characters has passed on both sides; `source` and `target` are the
    characters of each sentence.
    """
    rows, columns = len(source), len(target)
    width = max(rows, columns)
    if rows * columns > _CELLS:
        width = max(_LEAST_WIDTH, _CELLS // (2 * rows))
    passed = np.concatenate([[0], np.cumsum(source)]) / source.sum()
    middle = np.searchsorted(np.cumsum(target) / target.sum(), passed)
    return _around(middle, middle, width, columns)


def near(path: Steps, rows: int, columns: int) -> Band:
    """Return the band around an earlier path for the search that follows."""
    low, high = np.full(rows + 1, columns, np.int64), np.zeros(rows + 1, np.int64)
    for first, end, before, after in path:
        np.minimum(low[first : end + 1], before, out=low[first : end + 1])
        np.maximum(high[first : end + 1], after, out=high[first : end + 1])
    return _around(low, high, _NEAR, columns)


def windows(band: Band) -> tuple[Window, Window]:
    """Return the target sentences that each source sentence is compared with, and the reverse.

    They hold every pair of sentences that stands in a bead within the band.
    """
    rows, columns = len(band.low) - 1, int(band.high[-1])
    later = np.minimum(np.arange(rows) + LONGEST, rows)
    earlier = np.maximum(np.arange(rows) - LONGEST + 1, 0)
    targets = Window(band.low[earlier], np.minimum(columns, np.maximum(band.high[later], band.high[:-1] + 1)))
    numbers = np.arange(columns)
    sources = Window(
        np.searchsorted(targets.last, numbers, side="right"), np.searchsorted(targets.first, numbers, side="right")
    )
    return targets, sources


def _around(low: Offsets, high: Offsets, width: int, columns: int) -> Band:
    """Return the band `width` cells before `low` and after `high`; both edges rise and each row meets the next."""
    low = np.maximum.accumulate(np.clip(low - width, 0, columns))
    high = np.maximum.accumulate(np.clip(high + width, 0, columns))
    low[0], high[-1] = 0, columns
    low[1:] = np.minimum(low[1:], high[:-1])
    return Band(low.astype(np.int64), high.astype(np.int64))
