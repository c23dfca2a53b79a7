"""Kernels of the dynamic program: the best way through the band, and how probable each of its beads is.

A path is in one of two states: behind a bead with sentences on both sides (0), or in a gap, behind a null bead (1).
Gaps rarely come one sentence long, so to go on with one costs less than to begin it.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from amts_desk.steps.align.compiled import kernel
from amts_desk.steps.align.corpus import Floats, Floats2, Singles2, Steps
from amts_desk.steps.align.program import LONGEST, NEVER, Band, Evidence, score_row

_POSSIBLE = NEVER / 1000
"""Scores above are those of beads within the band, also when multiplied by a temperature."""
Trail = npt.NDArray[np.int8]
"""For both states of every cell, the kind of bead that leads to it times two, plus the state it came from."""


@kernel
def best_path(band: Band, evidence: Evidence) -> Steps:
    """Return the best beads in order as rows (first source, end, first target, end).

    Viterbi's algorithm; memory grows with the band.
    """
    rows = len(band.low)
    best = np.full((2, band.starts[-1]), NEVER)
    trail = np.full(best.shape, -1, np.int8)
    best[0, 0] = 0.0
    scores = np.empty(((band.high - band.low).max() + 1, len(evidence.priors)), np.float32)
    for i in range(rows):
        score_row(i, band, evidence, scores)
        _go_on(i, band, evidence.shapes, evidence.moves, scores, best, trail)
    return _trace(trail, best[1, -1] > best[0, -1], band, evidence.shapes)


@kernel
def _go_on(i: int, band: Band, shapes: Steps, moves: Floats2, scores: Singles2, best: Floats2, trail: Trail) -> None:
    """Lengthen the best paths to the cells of row i by every bead that begins there."""
    before, ways = np.empty(2, np.int64), np.empty(2)
    for j in range(band.low[i], band.high[i] + 1):
        here = cell(i, j, band)
        for after in range(2):
            paired, in_gap = best[0, here] + moves[0, after], best[1, here] + moves[1, after]
            before[after] = 1 if in_gap > paired else 0
            ways[after] = max(paired, in_gap)
        for kind in range(len(shapes)):
            score = scores[j - band.low[i], kind]
            if score > _POSSIBLE:
                after = is_null(shapes, kind)
                end = cell(i + shapes[kind, 0], j + shapes[kind, 1], band)
                total = ways[after] + score
                if total > best[after, end]:
                    best[after, end] = total
                    trail[after, end] = 2 * kind + before[after]


@kernel
def cell(i: int, j: int, band: Band) -> int:
    """Return the number of a cell."""
    return band.starts[i] + j - band.low[i]  # type: ignore[no-any-return]


@kernel
def is_null(shapes: Steps, kind: int) -> int:
    """Return 1 for a kind of bead with an empty side, else 0."""
    return 1 if shapes[kind, 0] == 0 or shapes[kind, 1] == 0 else 0


@kernel
def _trace(trail: Trail, ends_in_gap: bool, band: Band, shapes: Steps) -> Steps:
    i = len(band.low) - 1
    j = band.high[i]
    state = 1 if ends_in_gap else 0
    path = np.empty((i + j, 4), np.int64)
    count = 0
    while i > 0 or j > 0:
        code = trail[state, cell(i, j, band)]
        kind, state = code // 2, code % 2
        path[count] = i - shapes[kind, 0], i, j - shapes[kind, 1], j
        i, j = path[count, 0], path[count, 2]
        count += 1
    return path[:count][::-1].copy()


@kernel
def posteriors(path: Steps, band: Band, evidence: Evidence, temperature: float) -> Floats:
    """Return the probability of each bead of the path among all paths of the band (forward-backward algorithm).

    Scores are multiplied by `temperature` first: they rest on evidence that is not independent.
    """
    scores = _all_scores(band, evidence)
    scores *= np.float32(temperature)
    moves = np.exp(temperature * evidence.moves)
    ahead, ahead_scale = _forward(scores, moves, band, evidence.shapes)
    behind, behind_scale = _backward(scores, moves, band, evidence.shapes)
    total = math.log(behind[0, 0]) + behind_scale[0]
    found = np.zeros(len(path))
    for at in range(len(path)):
        i, end_i, j, end_j = path[at]
        kind = _kind(end_i - i, end_j - j, evidence.shapes)
        after = is_null(evidence.shapes, kind)
        ways = (ahead[:, cell(i, j, band)] * moves[:, after]).sum() * behind[after, cell(end_i, end_j, band)]
        if ways > 0.0:
            scale = ahead_scale[i] + behind_scale[end_i] - total
            found[at] = math.exp(min(0.0, math.log(ways) + scores[cell(i, j, band), kind] + scale))
    return found


@kernel
def _kind(sources: int, targets: int, shapes: Steps) -> int:
    for kind in range(len(shapes)):
        if shapes[kind, 0] == sources and shapes[kind, 1] == targets:
            return kind
    return -1


@kernel
def _all_scores(band: Band, evidence: Evidence) -> Singles2:
    """Return the score of every bead by the cell it begins in, and kind."""
    found = np.empty((band.starts[-1], len(evidence.priors)), np.float32)
    for i in range(len(band.low)):
        score_row(i, band, evidence, found[band.starts[i] : band.starts[i + 1]])
    return found


@kernel
def _forward(scores: Singles2, moves: Floats2, band: Band, shapes: Steps) -> tuple[Floats2, Floats]:
    """Return for both states of every cell the sum of all ways to it, and the logarithmic scale of every row.

    True sums are e^scale as large. Rows that are still growing share the scale of the row in hand.
    """
    rows = len(band.low)
    sums, scale = np.zeros((2, len(scores))), np.zeros(rows)
    sums[0, 0] = 1.0
    for i in range(rows):
        top = sums[:, band.starts[i] : band.starts[i + 1]].max()
        scale[i] = scale[i - 1] if i else 0.0
        if top > 0.0:
            sums[:, band.starts[i] : band.starts[min(rows, i + LONGEST + 1)]] /= top
            scale[i] += math.log(top)
        for j in range(band.low[i], band.high[i] + 1):
            here = cell(i, j, band)
            if sums[0, here] + sums[1, here] > 0.0:
                for kind in range(len(shapes)):
                    if scores[here, kind] > _POSSIBLE:
                        after = is_null(shapes, kind)
                        ways = sums[0, here] * moves[0, after] + sums[1, here] * moves[1, after]
                        end = cell(i + shapes[kind, 0], j + shapes[kind, 1], band)
                        sums[after, end] += ways * math.exp(scores[here, kind])
    return sums, scale


@kernel
def _backward(scores: Singles2, moves: Floats2, band: Band, shapes: Steps) -> tuple[Floats2, Floats]:
    """Return for both states of every cell the sum of all ways from it to the end, scaled as in `_forward`."""
    rows = len(band.low)
    sums, scale = np.zeros((2, len(scores))), np.zeros(rows)
    sums[:, -1] = 1.0
    factors = np.ones(LONGEST + 1)
    for i in range(rows - 1, -1, -1):
        scale[i] = scale[min(i + 1, rows - 1)]
        for k in range(1, min(LONGEST, rows - 1 - i) + 1):
            factors[k] = math.exp(scale[i + k] - scale[i])
        for j in range(band.high[i], band.low[i] - 1, -1):
            here = cell(i, j, band)
            for kind in range(len(shapes)):
                if scores[here, kind] > _POSSIBLE:
                    after = is_null(shapes, kind)
                    rest = sums[after, cell(i + shapes[kind, 0], j + shapes[kind, 1], band)] * factors[shapes[kind, 0]]
                    ways = rest * math.exp(scores[here, kind])
                    sums[0, here] += ways * moves[0, after]
                    sums[1, here] += ways * moves[1, after]
        top = sums[:, band.starts[i] : band.starts[i + 1]].max()
        if top > 0.0:
            sums[:, band.starts[i] : band.starts[i + 1]] /= top
            scale[i] += math.log(top)
    return sums, scale
