"""Kernels of IBM Model 1 (Brown et al. 1993, "The Mathematics of Statistical Machine Translation", section 4.2).

A text is a list of beads; a bead's two bags of words are rows of two sparse matrices. Every pair of words that
stands in one bead, or is a seed, has a number; `pair_of[first[b] + t * sources + s]` is the number of the t-th
target and s-th source word of bead b.
"""

from __future__ import annotations

import numpy as np

from amts_desk.steps.align.compiled import kernel
from amts_desk.steps.align.corpus import Floats, Ints, Offsets, Rows, Singles


@kernel
def number_pairs(
    sources: Rows, targets: Rows, by_target: Rows, first: Offsets, seeds: Rows, source_words: int
) -> tuple[Rows, Ints]:
    """Return the matrix of pairs by target word, with the seeds' weights, and `pair_of`.

    `by_target` is `targets` transposed, its values the positions in `targets`; `seeds` has a row for every target word.
    """
    words = len(seeds.starts) - 1
    pair_of = np.empty(first[-1], np.int32)
    columns = np.empty(first[-1] + len(seeds.columns), np.int32)
    values = np.empty(len(columns), np.float32)
    starts = np.zeros(words + 1, np.int64)
    seen = np.full(source_words, -1, np.int32)
    number = np.zeros(source_words, np.int32)
    count = 0
    for word in range(words):
        for at in range(seeds.starts[word], seeds.starts[word + 1]):
            source = seeds.columns[at]
            seen[source], number[source] = word, count
            columns[count], values[count] = source, seeds.values[at]
            count += 1
        for at in range(by_target.starts[word], by_target.starts[word + 1]):
            bead = by_target.columns[at]
            begin, end = sources.starts[bead], sources.starts[bead + 1]
            base = first[bead] + (int(by_target.values[at])) * (end - begin)
            for place in range(begin, end):
                source = sources.columns[place]
                if seen[source] != word:
                    seen[source], number[source] = word, count
                    columns[count], values[count] = source, 0.0
                    count += 1
                pair_of[base + place - begin] = number[source]
        starts[word + 1] = count
    return Rows(starts, columns[:count].copy(), values[:count].copy()), pair_of


@kernel
def expected_counts(
    given: Rows,
    made: Rows,
    first: Offsets,
    strides: tuple[int, int],
    pair_of: Ints,
    table: Singles,
    shares: Floats,
    weights: Floats,
) -> tuple[Singles, Singles, Floats]:
    """Return by pair the expected count of its alignments, and the largest that any one bead contributes to it.

    The latter leaves out beads that weigh more than 1: those are certain. The third array counts by word how often it
    is explained by nothing. `made` words are explained by the `given` words of the bead or by nothing, whose
    probability is the word's own share; `strides` are (per made, per given word) sizes in the bead's block of
    `pair_of`, 0 for the other side's number of words; `weights` say how much each bead counts.
    """
    counts = np.zeros(len(table), np.float32)
    largest = np.zeros(len(table), np.float32)
    alone = np.zeros(len(shares))
    for bead in range(len(given.starts) - 1):
        begin, end = given.starts[bead], given.starts[bead + 1]
        made_begin, made_end = made.starts[bead], made.starts[bead + 1]
        made_stride = strides[0] if strides[0] else end - begin
        given_stride = strides[1] if strides[1] else made_end - made_begin
        for place in range(made_begin, made_end):
            base = first[bead] + (place - made_begin) * made_stride
            share = shares[made.columns[place]]
            mass = share
            for at in range(begin, end):
                mass += table[pair_of[base + (at - begin) * given_stride]] * given.values[at]
            weight = made.values[place] * weights[bead] / mass
            alone[made.columns[place]] += share * weight
            for at in range(begin, end):
                pair = pair_of[base + (at - begin) * given_stride]
                count = table[pair] * given.values[at] * weight
                counts[pair] += count
                if weights[bead] <= 1.0:
                    largest[pair] = max(largest[pair], count)
    return counts, largest, alone


@kernel
def totals(values: Singles, words: Ints, count: int) -> Singles:
    """Return the sum of the values of every word."""
    sums = np.zeros(count)
    for pair in range(len(values)):
        sums[words[pair]] += values[pair]
    return sums.astype(np.float32)


@kernel
def maximise(counts: Singles, seen: Singles, words: Ints, sums: Singles, table: Singles) -> None:
    """Put into `table` the probability of every pair; `sums` are the counts of every word, the unseen ones too."""
    for pair in range(len(counts)):
        table[pair] = (counts[pair] + seen[pair]) / sums[words[pair]]


@kernel
def leave_one_out(counts: Singles, largest: Singles, seen: Singles, words: Ints, sums: Singles, table: Singles) -> None:
    """Put into `table` the probability of every pair without what a single bead contributes most to it.

    A pair that was never met keeps the `table`'s own.
    """
    for pair in range(len(counts)):
        if counts[pair] > 0:
            table[pair] = (max(counts[pair] - largest[pair], np.float32(0)) + seen[pair]) / sums[words[pair]]
