"""The lexicon: how probable each target word is, given a source word. Learned from beads by IBM Model 1.

A dictionary's entries and other seeds are counted as if they had been seen a few times. The last round leaves one out:
what a single bead contributes most to a pair is not counted, or the lexicon would only repeat the alignment's errors.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from amts_desk.steps.align import ibm1
from amts_desk.steps.align.corpus import (
    Floats,
    Ints,
    Offsets,
    Rows,
    Singles,
    Vocabulary,
    bags,
    numbered,
    row_numbers,
    sparse,
    stacked,
    transposed,
)
from amts_desk.steps.align.links import Entry

_ROUNDS = 4
_SEED_COUNT = np.float32(3)
"""How often a seed counts as seen, times its weight."""
_UNSEEN_COUNT = np.float32(0.3 * _SEED_COUNT + 0.5)
"""How often every word counts as seen with a word that was never beside it."""
_UNMET_SEED = np.float32(0.3)
"""The part of its weight that a seed keeps when its words never met in a bead."""
_START_SHARE, _START_SEED = np.float32(0.15), np.float32(0.85)
_LEAST = 1e-3
_LEAST_KEPT = 0.05
_USUAL_FLOOR, _FLOOR_COUNT, _LEAST_FLOOR = 0.5, 10.0, 0.2
"""The probability that a word has no counterpart, how often it counts as seen, and what it is at the least."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """t(target word | source word). `table` has a row for every source word; its columns are target words."""

    source: Vocabulary
    target: Vocabulary
    table: Rows

    def translations(self, word: str) -> list[tuple[str, float]]:
        """Return the target words of a source word with their probabilities, most probable first."""
        number = self.source.numbers.get(word)
        if number is None:
            return []
        row = slice(self.table.starts[number], self.table.starts[number + 1])
        words = [self.target.words[column] for column in self.table.columns[row]]
        return sorted(zip(words, self.table.values[row].tolist(), strict=True), key=lambda found: (-found[1], found[0]))


def learn(
    pairs: Sequence[tuple[Sequence[str], Sequence[str]]],
    *,
    seeds: Iterable[tuple[str, str, float]] = (),
    rounds: int = _ROUNDS,
) -> Lexicon:
    """Return the lexicon of pairs of tokenised (source, target) texts that say the same.

    `seeds` are (source word, target word, weight 0 to 1) known beforehand; words that no pair has are left out.
    """
    source, target = Vocabulary.of(s for s, _ in pairs), Vocabulary.of(t for _, t in pairs)
    known = [(source.numbers.get(s, -1), target.numbers.get(t, -1), weight) for s, t, weight in seeds]
    met = np.array([entry for entry in known if min(entry[:2]) >= 0], np.float64).reshape(-1, 3)
    start = sparse(met[:, 1].astype(np.int32), met[:, 0].astype(np.int32), met[:, 2].astype(np.float32), len(target))
    text = Text.of(
        bags(*numbered([s for s, _ in pairs], source), len(source)),
        bags(*numbered([t for _, t in pairs], target), len(target)),
    )
    by_target = Learner(text, source, target, start).forward(rounds)
    return Lexicon(source, target, transposed(by_target.table, len(source)))


@dataclass(frozen=True, slots=True)
class Text:
    """A parallel text as bags of words: a row for every bead on either side, with counts.

    `weights` say how much each bead counts. What counts more than 1 is certain, and never left out.
    """

    sources: Rows
    targets: Rows
    weights: Floats

    @classmethod
    def of(cls, sources: Rows, targets: Rows) -> Text:
        """Return beads that were only found: each counts once."""
        return cls(sources, targets, np.ones(len(sources.starts) - 1))

    def and_(self, other: Text) -> Text:
        """Return the beads of both texts."""
        weights = np.concatenate([self.weights, other.weights])
        return Text(stacked(self.sources, other.sources), stacked(self.targets, other.targets), weights)


def entries(forward: Rows, backward: Rows, source: Vocabulary, target: Vocabulary) -> tuple[Entry, ...]:
    """Return the words that translate each other, worth keeping for another text.

    `forward` has t(target | source) by target word, `backward` t(source | target) by source word.
    """
    there = forward.columns.astype(np.int64) * len(target) + row_numbers(forward)
    back = row_numbers(backward).astype(np.int64) * len(target) + backward.columns
    both, at_there, at_back = np.intersect1d(there, back, return_indices=True)
    weights = np.sqrt(forward.values[at_there] * backward.values[at_back])
    keep = weights > _LEAST_KEPT
    found = zip(both[keep].tolist(), weights[keep].tolist(), strict=True)
    return tuple((source.words[key // len(target)], target.words[key % len(target)], w) for key, w in found)


def with_entries(seeds: Rows, known: Sequence[Entry], source: Vocabulary, target: Vocabulary) -> Rows:
    """Return seeds by target word with the entries added that both vocabularies have; the larger weight counts."""
    numbers = [(source.numbers.get(s, -1), target.numbers.get(t, -1), weight) for s, t, weight in known]
    more = np.array([entry for entry in numbers if min(entry[:2]) >= 0], np.float64).reshape(-1, 3)
    keys = np.concatenate(
        [row_numbers(seeds).astype(np.int64) * len(source) + seeds.columns, more[:, 1] * len(source) + more[:, 0]]
    )
    weights = np.concatenate([seeds.values, more[:, 2]])
    order = np.lexsort((-weights, keys))
    kept, first = np.unique(keys[order].astype(np.int64), return_index=True)
    columns, rows = (kept % max(1, len(source))).astype(np.int32), (kept // max(1, len(source))).astype(np.int32)
    return sparse(rows, columns, weights[order][first].astype(np.float32), len(target))


@dataclass(frozen=True, slots=True)
class Explanations:
    """What explains each word of one side: `table` has t(word | other word) by word.

    `floors` are the probabilities that a word has no counterpart; 1 for a word of which nothing is known.
    """

    table: Rows
    floors: Floats

    @classmethod
    def supposed(cls, table: Rows, floor: float) -> Explanations:
        """Return a table with the same floor for every word that it has."""
        return cls(table, np.where(np.diff(table.starts) > 0, floor, 1.0))


@dataclass(frozen=True, slots=True)
class _Direction:
    """Words of one side are given, those of the other made from them; `*_of` are the two words of every pair."""

    given: Rows
    made: Rows
    strides: tuple[int, int]
    given_of: Ints
    made_of: Ints
    given_words: int
    shares: Floats


class Learner:
    """IBM Model 1 in both directions on one parallel text; the pairs of words are found once."""

    def __init__(self, text: Text, source: Vocabulary, target: Vocabulary, seeds: Rows) -> None:
        """Find the pairs of words; `seeds` are weights by target word."""
        self._text = text
        self._weights = text.weights
        self._source, self._target = source, target
        sizes = np.diff(text.sources.starts) * np.diff(text.targets.starts)
        self._first: Offsets = np.concatenate([[0], np.cumsum(sizes)])
        self._pairs, self._pair_of = ibm1.number_pairs(
            text.sources, text.targets, _places(text.targets, len(target)), self._first, seeds, len(source)
        )
        self._target_of = row_numbers(self._pairs)

    def forward(self, rounds: int = _ROUNDS) -> Explanations:
        """Return what explains the target words."""
        text, source_of = self._text, self._pairs.columns
        shares = self._target.shares
        way = _Direction(text.sources, text.targets, (0, 1), source_of, self._target_of, len(self._source), shares)
        return self._learn(way, rounds)

    def backward(self, rounds: int = _ROUNDS) -> Explanations:
        """Return what explains the source words."""
        text, source_of = self._text, self._pairs.columns
        shares = self._source.shares
        way = _Direction(text.targets, text.sources, (1, 0), self._target_of, source_of, len(self._target), shares)
        return self._learn(way, rounds)

    def _learn(self, way: _Direction, rounds: int) -> Explanations:
        seen = _SEED_COUNT * _at_most_one(self._pairs.values, way.given_of, way.given_words)
        table = _START_SHARE * way.shares.astype(np.float32)[way.made_of] + np.float32(1e-6)
        table += _START_SEED / _SEED_COUNT * seen
        for _ in range(rounds):
            counts, largest, _ = self._counted(way, table)
            sums = ibm1.totals(counts, way.given_of, way.given_words) + _UNSEEN_COUNT
            sums += ibm1.totals(seen, way.given_of, way.given_words)
            ibm1.maximise(counts, seen, way.given_of, sums, table)
        np.multiply(seen, _UNMET_SEED / _SEED_COUNT, out=table)
        ibm1.leave_one_out(counts, largest, seen, way.given_of, sums, table)
        del counts, largest, seen
        table[table <= _LEAST] = 0
        _, _, alone = self._counted(way, table)
        keep = table > 0
        kept = sparse(way.made_of[keep], way.given_of[keep], table[keep], len(way.shares))
        return Explanations(kept, self._floors(way, kept, alone))

    def _counted(self, way: _Direction, table: Singles) -> tuple[Singles, Singles, Floats]:
        return ibm1.expected_counts(
            way.given, way.made, self._first, way.strides, self._pair_of, table, way.shares, self._weights
        )

    def _floors(self, way: _Direction, table: Rows, alone: Floats) -> Floats:
        """Return how often each word has no counterpart, as far as it was seen often enough to tell."""
        counts = way.made.values * np.repeat(self._weights, np.diff(way.made.starts))
        seen = np.bincount(way.made.columns, counts, len(way.shares))
        floors = np.maximum(_LEAST_FLOOR, (alone + _FLOOR_COUNT * _USUAL_FLOOR) / (seen + _FLOOR_COUNT))
        return np.where(np.diff(table.starts) > 0, floors, 1.0)


def _places(matrix: Rows, columns: int) -> Rows:
    """Return the matrix transposed, with the place that each value has in its row instead of the value."""
    rows = row_numbers(matrix)
    places = np.arange(len(rows)) - matrix.starts[rows]
    return sparse(matrix.columns, rows, places.astype(np.float32), columns)


def _at_most_one(weights: Singles, words: Ints, count: int) -> Singles:
    """Return seed weights made smaller where those of one word sum to more than 1: they are probabilities then."""
    most = np.maximum(np.float32(1), ibm1.totals(weights, words, count))
    return (weights / most[words]).astype(np.float32)
