"""Where the dynamic program looks: a band of cells around a path, wide enough that an end is always reached."""

from __future__ import annotations

import numpy as np

from amts_desk.steps.align.corpus import Offsets, Steps
from amts_desk.steps.align.program import LONGEST, Band, Window

_CELLS = 2_000_000
"""Cells of a chapter that is looked at as a whole; each costs about 60 bytes."""
_MOST_CELLS = 4_000_000
_NEAR = 40
_DOUBT = 0.25
"""Sentences by which the band grows for each sentence that the next anchor is away."""
_LEAST_WIDTH = 10


def whole(rows: int, columns: int) -> Band | None:
    """Return the band of all cells for a first search; None for a chapter that is too large."""
    if rows * columns > _CELLS:
        return None
    return _band(np.zeros(rows + 1, np.int64), np.full(rows + 1, columns, np.int64))


def through(anchors: tuple[Offsets, Offsets], rows: int, columns: int) -> Band:
    """Return the band for a first search of a huge chapter: it is wider where the next anchor is far away."""
    sources = np.concatenate([[0], anchors[0], [rows]])
    middle = np.interp(np.arange(rows + 1), sources, np.concatenate([[0], anchors[1], [columns]])).astype(np.int64)
    following = np.minimum(np.searchsorted(sources, np.arange(rows + 1)), len(sources) - 1)
    before = sources[np.maximum(following - 1, 0)]
    away = np.minimum(np.arange(rows + 1) - before, sources[following] - np.arange(rows + 1))
    width = _NEAR + _DOUBT * np.maximum(away, 0)
    width *= min(1.0, _MOST_CELLS / (2 * width.sum()))
    return _around(middle, middle, np.maximum(width, _LEAST_WIDTH).astype(np.int64), columns)


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
    targets = _window(band.low[earlier], np.minimum(columns, np.maximum(band.high[later], band.high[:-1] + 1)))
    numbers = np.arange(columns)
    sources = _window(
        np.searchsorted(targets.last, numbers, side="right"), np.searchsorted(targets.first, numbers, side="right")
    )
    return targets, sources


def _around(low: Offsets, high: Offsets, width: int | Offsets, columns: int) -> Band:
    """Return the band `width` cells before `low` and after `high`; both edges rise and each row meets the next."""
    low = np.maximum.accumulate(np.clip(low - width, 0, columns))
    high = np.maximum.accumulate(np.clip(high + width, 0, columns))
    low[0], high[-1] = 0, columns
    low[1:] = np.minimum(low[1:], high[:-1])
    return _band(low.astype(np.int64), high.astype(np.int64))


def _band(low: Offsets, high: Offsets) -> Band:
    return Band(low, high, np.concatenate([[0], np.cumsum(high + 1 - low)]))


def _window(first: Offsets, last: Offsets) -> Window:
    return Window(first, last, np.concatenate([[0], np.cumsum(np.maximum(0, last - first))]))
