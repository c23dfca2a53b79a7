"""Kernels that score the beads of a chapter: the evidence for each, in the cells of a band.

A cell (i, j) stands between the first i source and the first j target sentences; a bead is a step from one cell to a
later one. Only cells of the band count: in row i those from `low[i]` to `high[i]`, both included.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from amts_desk.steps.align.borders import Borders
from amts_desk.steps.align.compiled import kernel
from amts_desk.steps.align.corpus import Floats, Floats2, Ints, Offsets, Rows, Singles2, Steps

LONGEST = 5
"""Sentences that one side of a bead may have."""
NEVER = -1e30
_LEXICAL_WEIGHT = 0.55
_FAIR_DEVIATION = 3.0
_MOST_LIKELY = 140.0


class Band(NamedTuple):
    """The cells that count: row i has the columns `low[i]` to `high[i]`, both included.

    The cells of all rows are numbered one behind the other: cell (i, j) is `starts[i] + j - low[i]`.
    """

    low: Offsets
    high: Offsets
    starts: Offsets


class Window(NamedTuple):
    """The sentences of the other side that those of one side are compared with: `first[i]` to `last[i] - 1`.

    All pairs are numbered one behind the other: (i, j) is `starts[i] + j - first[i]`.
    """

    first: Offsets
    last: Offsets
    starts: Offsets


class Evidence(NamedTuple):
    """What speaks for a bead, wherever it stands.

    `forward[n, k]` is how much better the target sentence of pair n in the window `targets` is explained by the k + 1
    source sentences from its own on than by chance (log likelihood ratio); `backward` likewise with the sides changed.
    `source_ends[i]` are the characters before sentence i; `shapes` (T × 2) and `priors` (T, logarithms) are the
    kinds of bead. `moves[before, after]` is added when a bead follows another; each is 1 for a null bead, else 0.
    """

    forward: Singles2
    targets: Window
    backward: Singles2
    sources: Window
    source_ends: Floats
    target_ends: Floats
    ratio: float
    variance: float
    shapes: Steps
    priors: Floats
    moves: Floats2
    borders: Borders


@kernel
def gains(
    lexicon: Rows,
    given: Rows,
    given_sizes: Floats,
    made: Rows,
    made_sizes: Floats,
    shares: Floats,
    window: Window,
    floors: Floats,
) -> Singles2:
    """Return `forward` of Evidence: the gain of every `made` sentence from every span of `given` sentences.

    `lexicon` has a row for every made word: t(made | given). `given` and `made` are postings: by word, the sentences
    and counts. A span explains a word with the mean t of its words, against the word's own share; the ratio is mixed
    with 1 by the word's entry in `floors`, the probability that it has no counterpart. A word of which nothing is known
    has 1 there, and speaks neither for nor against a bead.
    """
    sentences = len(given_sizes)
    found = _nothing_explained(window, made, floors, len(made_sizes))
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
                _span_logs(i, mass, given_sizes, shares[word], floors[word], logs)
                _credit(i, word, made, window, logs, found)
                done = i
        for at in range(count):
            mass[touched[at]] = 0.0
    return found


@kernel
def _nothing_explained(window: Window, made: Rows, floors: Floats, made_sentences: int) -> Singles2:
    """Return the gains of sentences none of whose words is explained."""
    gain = np.zeros(made_sentences)
    for word in range(len(floors)):
        for at in range(made.starts[word], made.starts[word + 1]):
            gain[made.columns[at]] += made.values[at] * math.log(floors[word])
    found = np.zeros((window.starts[-1], LONGEST), np.float32)
    for i in range(len(window.first)):
        for j in range(window.first[i], window.last[i]):
            found[window.starts[i] + j - window.first[i]] = gain[j]
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
def _credit(first: int, word: int, made: Rows, window: Window, logs: Floats, found: Singles2) -> None:
    """Add `logs` to the gains of every sentence of the window that has the word."""
    for place in range(made.starts[word], made.starts[word + 1]):
        j = made.columns[place]
        if window.first[first] <= j < window.last[first]:
            for k in range(LONGEST):
                found[window.starts[first] + j - window.first[first], k] += made.values[place] * logs[k]


@kernel
def score_row(i: int, band: Band, evidence: Evidence, scores: Singles2) -> None:
    """Put into `scores`, by column in the band and kind, the logarithmic score of every bead that begins in row i.

    A bead that leaves the band has NEVER.
    """
    lexical = np.zeros((LONGEST, LONGEST))
    shapes, borders = evidence.shapes, evidence.borders
    for j in range(band.low[i], band.high[i] + 1):
        _add_lexical(i, j, evidence, lexical)
        for kind in range(len(shapes)):
            end_i, end_j = i + shapes[kind, 0], j + shapes[kind, 1]
            score = NEVER
            if end_i < len(band.low) and band.low[end_i] <= end_j <= band.high[end_i]:
                score = evidence.priors[kind]
                if end_i > i and end_j > j:
                    source = evidence.source_ends[end_i] - evidence.source_ends[i]
                    target = evidence.target_ends[end_j] - evidence.target_ends[j]
                    score += _length(source, target, evidence.ratio, evidence.variance)
                    score += _LEXICAL_WEIGHT * lexical[end_i - i - 1, end_j - j - 1]
                    score += borders.together[borders.source[end_i - 1], borders.target[end_j - 1]]
                    score += borders.source_inside[end_i - 1] - borders.source_inside[i]
                    score += borders.target_inside[end_j - 1] - borders.target_inside[j]
            scores[j - band.low[i], kind] = score


@kernel
def _add_lexical(i: int, j: int, evidence: Evidence, lexical: Floats2) -> None:
    """Put into `lexical[a - 1, b - 1]` how well a source and b target sentences explain each other."""
    lexical[:] = 0.0
    if i < len(evidence.targets.first) and j < len(evidence.sources.first):
        first = evidence.targets.starts[i] - evidence.targets.first[i] + j
        for b in range(min(LONGEST, evidence.targets.last[i] - j)):
            for a in range(LONGEST):
                before = lexical[a, b - 1] if b else 0.0
                lexical[a, b] = before + evidence.forward[first + b, a]
        first = evidence.sources.starts[j] - evidence.sources.first[j] + i
        for b in range(LONGEST):
            gain = 0.0
            for a in range(min(LONGEST, evidence.sources.last[j] - i)):
                gain += evidence.backward[first + a, b]
                lexical[a, b] += gain


@kernel
def _length(source: float, target: float, ratio: float, variance: float) -> float:
    """Return the logarithm of the lengths' normal density (Gale and Church 1993), with Huber's straight tail."""
    away = abs(_deviation(source, target, ratio, variance))
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
