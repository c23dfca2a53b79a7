"""Where a huge chapter is looked at first: around rare words that translate each other, in order on both sides.

The diagonal will not do: where a part is missing on one side, everything behind it is far from the diagonal. A single
wrong anchor is outvoted by its neighbours.
"""

from __future__ import annotations

import numpy as np

from amts_desk.steps.align.compiled import kernel
from amts_desk.steps.align.corpus import Floats, Ints, Offsets, Rows, row_numbers

_RAREST = 16
"""Places (sentences with the word × sentences with its translation) that a pair of words may have."""
_NEIGHBOURS = 8
_FAR = 25.0
"""Sentences by which an anchor may be away from what its neighbours say."""


def anchors(by_source: Rows, by_target: Rows, sentences: tuple[int, int], words: Rows) -> tuple[Offsets, Offsets]:
    """Return the source and the target sentences of the anchors, both rising.

    `by_source` and `by_target` are the sentences of every word, `sentences` how many there are on either side, `words`
    the weights of word pairs by target word. Empty when there are no rare words in common.
    """
    i, j, weights = _places(by_source, by_target, sentences[1], words)
    order = np.lexsort((-j, i))  # so that no two anchors of one source sentence are chained
    i, j, weights = i[order], j[order], weights[order]
    if len(i):
        chain = _heaviest_chain(j, weights, sentences[1])
        i, j = i[chain], j[chain]
        kept = np.abs(_strays(i, j)) <= _FAR
        i, j = i[kept], j[kept]
    return i, j


def _places(by_source: Rows, by_target: Rows, columns: int, words: Rows) -> tuple[Offsets, Offsets, Floats]:
    """Return the sentences that share a rare pair of words, and how much that says."""
    made, given = row_numbers(words), words.columns
    places = np.diff(by_source.starts)[given] * np.diff(by_target.starts)[made]
    rare = np.flatnonzero((places > 0) & (places <= _RAREST))
    worth = words.values[rare].astype(np.float64) / places[rare]
    keys, weights = _spread(by_source, by_target, given[rare], made[rare], worth, columns)
    kept, place = np.unique(keys, return_inverse=True)
    return kept // columns, kept % columns, np.bincount(place, weights, len(kept)).astype(np.float64)


@kernel
def _spread(
    by_source: Rows, by_target: Rows, given: Ints, made: Ints, worth: Floats, columns: int
) -> tuple[Offsets, Floats]:
    """Return every pair of sentences (i × columns + j) in which a pair of words stands, with its worth."""
    size = 0
    for at in range(len(given)):
        sources = by_source.starts[given[at] + 1] - by_source.starts[given[at]]
        size += sources * (by_target.starts[made[at] + 1] - by_target.starts[made[at]])
    keys, weights = np.empty(size, np.int64), np.empty(size)
    count = 0
    for at in range(len(given)):
        for a in range(by_source.starts[given[at]], by_source.starts[given[at] + 1]):
            for b in range(by_target.starts[made[at]], by_target.starts[made[at] + 1]):
                keys[count] = np.int64(by_source.columns[a]) * columns + by_target.columns[b]
                weights[count] = worth[at]
                count += 1
    return keys, weights


@kernel
def _heaviest_chain(j: Offsets, weights: Floats, columns: int) -> Offsets:
    """Return the places of a heaviest subsequence with rising `j` (Fredman 1975, with a Fenwick tree of maxima)."""
    best, last = np.zeros(columns + 1), np.full(columns + 1, -1, np.int64)
    before = np.full(len(j), -1, np.int64)
    end, most = -1, 0.0
    for at in range(len(j)):
        total, node = weights[at], j[at]
        below = 0.0
        while node > 0:
            if best[node] > below:
                below, before[at] = best[node], last[node]
            node -= node & -node
        total += below
        node = j[at] + 1
        while node <= columns:
            if total > best[node]:
                best[node], last[node] = total, at
            node += node & -node
        if total > most:
            most, end = total, at
    chain = np.empty(len(j), np.int64)
    count = 0
    while end >= 0:
        chain[count] = end
        count += 1
        end = before[end]
    return chain[:count][::-1].copy()


def _strays(i: Offsets, j: Offsets) -> Floats:
    """Return how far each anchor is from the median of the line through its neighbours."""
    slope = max(1e-9, (j[-1] - j[0]) / max(1, i[-1] - i[0]))
    away = j - slope * i
    padded = np.pad(away, _NEIGHBOURS, mode="edge")
    around = np.lib.stride_tricks.sliding_window_view(padded, 2 * _NEIGHBOURS + 1)
    found: Floats = away - np.median(around, axis=1)
    return found
