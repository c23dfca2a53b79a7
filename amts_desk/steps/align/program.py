"""Kernels of the dynamic program that cuts a chapter into beads.

A cell (i, j) stands between the first i source and the first j target sentences; a bead is a step from one cell to a
later one. Only cells of the band count: in row i those from `low[i]` to `high[i]`, both included.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from amts_desk.steps.align.compiled import kernel
from amts_desk.steps.align.corpus import Floats, Ints, Offsets, Rows, Singles3

LONGEST = 5
"""Sentences that one side of a bead may have."""
NEVER = -1e30
_LEXICAL_WEIGHT = 0.5
_FAIR_DEVIATION = 3.0
_MOST_LIKELY = 50.0

Steps = npt.NDArray[np.int64]
Floats2 = npt.NDArray[np.float64]
"""An array of two dimensions."""


class Band(NamedTuple):
    """The cells that count: row i has the columns `low[i]` to `high[i]`, both included."""

    low: Offsets
    high: Offsets


class Window(NamedTuple):
    """The sentences of the other side that those of one side are compared with: `first[i]` to `last[i] - 1`."""

    first: Offsets
    last: Offsets


class Evidence(NamedTuple):
    """What speaks for a bead, wherever it stands.

    `forward[i, j - first[i], k]` is how much better target sentence j is explained by the k + 1 source sentences from
    i on than by chance (log likelihood ratio), in the window `targets`; `backward` likewise with the sides changed.
    `source_ends[i]` are the characters before sentence i; `shapes` (T × 2) and `priors` (T, logarithms) are the
    kinds of bead.
    """

    forward: Singles3
    targets: Window
    backward: Singles3
    sources: Window
    source_ends: Floats
    target_ends: Floats
    ratio: float
    variance: float
    shapes: Steps
    priors: Floats


@kernel
def gains(
    lexicon: Rows,
    given: Rows,
    given_sizes: Floats,
    made: Rows,
    made_sizes: Floats,
    shares: Floats,
    window: Window,
    floor: float,
) -> Singles3:
    """Return `forward` of Evidence: the gain of every `made` sentence from every span of `given` sentences.

    `lexicon` has a row for every made word: t(made | given). `given` and `made` are postings: by word, the sentences
    and counts. A span explains a word with the mean t of its words, against the word's own share; the ratio is mixed
    with 1 by `floor`, the probability that a word has no counterpart.
    """
    sentences = len(given_sizes)
    found = _nothing_explained(window, made_sizes, floor)
    mass = np.zeros(sentences)
    touched = np.empty(sentences, np.int32)
    logs = np.empty(LONGEST)
    for word in range(len(made.starts) - 1):
        if made.starts[word] == made.starts[word + 1]:
            continue
        count = _explain(word, lexicon, given, mass, touched)
        done = -1
        for at in range(count):
            for i in range(max(done + 1, touched[at] - LONGEST + 1), touched[at] + 1):
                _span_logs(i, mass, given_sizes, shares[word], floor, logs)
                _credit(i, word, made, window, logs, found)
                done = i
        for at in range(count):
            mass[touched[at]] = 0.0
    return found


@kernel
def _nothing_explained(window: Window, made_sizes: Floats, floor: float) -> Singles3:
    """Return the gains of sentences none of whose words is explained."""
    width = max(1, (window.last - window.first).max())
    found = np.zeros((len(window.first), width, LONGEST), np.float32)
    for i in range(len(window.first)):
        for j in range(window.first[i], window.last[i]):
            found[i, j - window.first[i], :] = math.log(floor) * made_sizes[j]
    return found


@kernel
def _explain(word: int, lexicon: Rows, given: Rows, mass: Floats, touched: Ints) -> int:
    """Add up in `mass` how much of `word` each given sentence explains; return how many do, `touched` in order."""
    count = 0
    for at in range(lexicon.starts[word], lexicon.starts[word + 1]):
        source = lexicon.columns[at]
        for place in range(given.starts[source], given.starts[source + 1]):
            sentence = given.columns[place]
            if mass[sentence] == 0.0:
                touched[count] = sentence
                count += 1
            mass[sentence] += lexicon.values[at] * given.values[place]
    touched[:count].sort()
    return count


@kernel
def _span_logs(first: int, mass: Floats, sizes: Floats, share: float, floor: float, logs: Floats) -> None:
    """Put into `logs` what the spans of 1, 2 … sentences from `first` on gain for one token over having nothing."""
    explained = 0.0
    size = 0.5
    for k in range(LONGEST):
        if first + k < len(sizes):
            explained += mass[first + k]
            size += sizes[first + k]
        ratio = min(_MOST_LIKELY, explained / size / share)
        logs[k] = math.log1p((1.0 - floor) * ratio / floor)


@kernel
def _credit(first: int, word: int, made: Rows, window: Window, logs: Floats, found: Singles3) -> None:
    """Add `logs` to the gains of every sentence of the window that has the word."""
    for place in range(made.starts[word], made.starts[word + 1]):
        j = made.columns[place]
        if window.first[first] <= j < window.last[first]:
            for k in range(LONGEST):
                found[first, j - window.first[first], k] += made.values[place] * logs[k]


@kernel
def _score_beads(i: int, j: int, band: Band, evidence: Evidence, lexical: Floats2, scores: Floats) -> None:
    """Put into `scores` by kind the logarithmic score of the bead that begins in cell (i, j); NEVER outside the band.

    `lexical` is scratch space.
    """
    _add_lexical(i, j, evidence, lexical)
    for kind in range(len(scores)):
        end_i, end_j = i + evidence.shapes[kind, 0], j + evidence.shapes[kind, 1]
        scores[kind] = NEVER
        if end_i < len(band.low) and band.low[end_i] <= end_j <= band.high[end_i]:
            scores[kind] = evidence.priors[kind]
            if end_i > i and end_j > j:
                scores[kind] += _LEXICAL_WEIGHT * lexical[end_i - i - 1, end_j - j - 1]
                scores[kind] += _length(i, end_i, j, end_j, evidence)


@kernel
def _add_lexical(i: int, j: int, evidence: Evidence, lexical: Floats2) -> None:
    """Put into `lexical[a - 1, b - 1]` how well a source and b target sentences explain each other."""
    lexical[:] = 0.0
    if i < len(evidence.targets.first) and j < len(evidence.sources.first):
        first = evidence.targets.first[i]
        for b in range(min(LONGEST, evidence.targets.last[i] - j)):
            for a in range(LONGEST):
                before = lexical[a, b - 1] if b else 0.0
                lexical[a, b] = before + evidence.forward[i, j + b - first, a]
        first = evidence.sources.first[j]
        for b in range(LONGEST):
            gain = 0.0
            for a in range(min(LONGEST, evidence.sources.last[j] - i)):
                gain += evidence.backward[j, i + a - first, b]
                lexical[a, b] += gain


@kernel
def _length(i: int, end_i: int, j: int, end_j: int, evidence: Evidence) -> float:
    """Return the logarithm of the lengths' normal density (Gale and Church 1993), with Huber's straight tail."""
    source = evidence.source_ends[end_i] - evidence.source_ends[i]
    target = evidence.target_ends[end_j] - evidence.target_ends[j]
    away = abs(_deviation(source, target, evidence.ratio, evidence.variance))
    if away < _FAIR_DEVIATION:
        return -0.5 * away * away
    return _FAIR_DEVIATION * (0.5 * _FAIR_DEVIATION - away)


@kernel
def _deviation(source: float, target: float, ratio: float, variance: float) -> float:
    """Return by how many standard deviations `target` is longer than `source` characters let expect."""
    return (target - ratio * source) / math.sqrt(variance * (source + target / ratio) / 2)


@kernel
def deviations(path: Steps, evidence: Evidence) -> Floats:
    """Return for each bead by how many standard deviations its target is longer than expected; NaN for null beads."""
    found = np.full(len(path), np.nan)
    for at in range(len(path)):
        i, end_i, j, end_j = path[at]
        if i < end_i and j < end_j:
            source = evidence.source_ends[end_i] - evidence.source_ends[i]
            target = evidence.target_ends[end_j] - evidence.target_ends[j]
            found[at] = _deviation(source, target, evidence.ratio, evidence.variance)
    return found


@kernel
def best_path(band: Band, evidence: Evidence) -> Steps:
    """Return the best beads in order as rows (first source, end, first target, end).

    Viterbi's algorithm; memory grows with the band.
    """
    rows = len(band.low)
    width = (band.high - band.low).max() + 1
    best = np.full((rows, width), NEVER)
    kinds = np.full((rows, width), -1, np.int8)
    best[0, 0] = 0.0
    lexical, scores = np.empty((LONGEST, LONGEST)), np.empty(len(evidence.priors))
    for i in range(rows):
        for j in range(band.low[i], band.high[i] + 1):
            _score_beads(i, j, band, evidence, lexical, scores)
            for kind in range(len(scores)):
                if scores[kind] > NEVER:
                    end = i + evidence.shapes[kind, 0]
                    column = j + evidence.shapes[kind, 1] - band.low[end]
                    total = best[i, j - band.low[i]] + scores[kind]
                    if total > best[end, column]:
                        best[end, column] = total
                        kinds[end, column] = kind
    return _trace(kinds, band, evidence.shapes)


@kernel
def _trace(kinds: npt.NDArray[np.int8], band: Band, shapes: Steps) -> Steps:
    i = len(band.low) - 1
    j = band.high[i]
    path = np.empty((i + j, 4), np.int64)
    count = 0
    while i > 0 or j > 0:
        kind = kinds[i, j - band.low[i]]
        before_i, before_j = i - shapes[kind, 0], j - shapes[kind, 1]
        path[count] = before_i, i, before_j, j
        count += 1
        i, j = before_i, before_j
    return path[:count][::-1].copy()


@kernel
def posteriors(path: Steps, band: Band, evidence: Evidence, temperature: float) -> Floats:
    """Return the probability of each bead of the path among all paths of the band (forward-backward algorithm).

    Scores are multiplied by `temperature` first: they rest on evidence that is not independent.
    """
    ahead, behind = _forward(band, evidence, temperature), _backward(band, evidence, temperature)
    lexical, scores = np.empty((LONGEST, LONGEST)), np.empty(len(evidence.priors))
    found = np.empty(len(path))
    for at in range(len(path)):
        i, end_i, j, end_j = path[at]
        _score_beads(i, j, band, evidence, lexical, scores)
        for kind in range(len(scores)):
            if evidence.shapes[kind, 0] == end_i - i and evidence.shapes[kind, 1] == end_j - j:
                around = ahead[i, j - band.low[i]] + behind[end_i, end_j - band.low[end_i]]
                found[at] = math.exp(min(0.0, scores[kind] * temperature + around - behind[0, 0]))
    return found


@kernel
def _forward(band: Band, evidence: Evidence, temperature: float) -> Floats2:
    """Return for every cell of the band the logarithm of the sum of all ways to it."""
    rows = len(band.low)
    sums = np.full((rows, (band.high - band.low).max() + 1), NEVER)
    sums[0, 0] = 0.0
    lexical, scores = np.empty((LONGEST, LONGEST)), np.empty(len(evidence.priors))
    for i in range(rows):
        for j in range(band.low[i], band.high[i] + 1):
            _score_beads(i, j, band, evidence, lexical, scores)
            for kind in range(len(scores)):
                if scores[kind] > NEVER:
                    end = i + evidence.shapes[kind, 0]
                    column = j + evidence.shapes[kind, 1] - band.low[end]
                    way = sums[i, j - band.low[i]] + scores[kind] * temperature
                    sums[end, column] = _log_sum(sums[end, column], way)
    return sums


@kernel
def _backward(band: Band, evidence: Evidence, temperature: float) -> Floats2:
    """Return for every cell of the band the logarithm of the sum of all ways from it to the end."""
    rows = len(band.low)
    sums = np.full((rows, (band.high - band.low).max() + 1), NEVER)
    sums[rows - 1, band.high[rows - 1] - band.low[rows - 1]] = 0.0
    lexical, scores = np.empty((LONGEST, LONGEST)), np.empty(len(evidence.priors))
    for i in range(rows - 1, -1, -1):
        for j in range(band.high[i], band.low[i] - 1, -1):
            _score_beads(i, j, band, evidence, lexical, scores)
            for kind in range(len(scores)):
                if scores[kind] > NEVER:
                    end = i + evidence.shapes[kind, 0]
                    way = sums[end, j + evidence.shapes[kind, 1] - band.low[end]] + scores[kind] * temperature
                    sums[i, j - band.low[i]] = _log_sum(sums[i, j - band.low[i]], way)
    return sums


@kernel
def _log_sum(one: float, other: float) -> float:
    """Return log(e^one + e^other)."""
    high, low = max(one, other), min(one, other)
    return high if low < high - 40.0 else high + math.log1p(math.exp(low - high))
