"""Sentences as arrays of word numbers: what the kernels of lexicon and search work on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Offsets = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Steps = npt.NDArray[np.int64]
"""Beads: rows (first source sentence, end, first target sentence, end)."""
Floats2 = npt.NDArray[np.float64]
Singles2 = npt.NDArray[np.float32]
"""Arrays of two dimensions."""


class Rows(NamedTuple):
    """A sparse matrix by rows: row r has `values[starts[r]:starts[r + 1]]` in those `columns`."""

    starts: Offsets
    columns: Ints
    values: Singles


def sparse(rows: Ints, columns: Ints, values: Singles, count: int) -> Rows:
    """Return the matrix of `count` rows with `values` at (rows, columns), the columns of a row in the order given."""
    order = np.argsort(rows, kind="stable")
    starts = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(rows, minlength=count), out=starts[1:])
    return Rows(starts, columns[order].astype(np.int32), values[order].astype(np.float32))


def row_numbers(matrix: Rows) -> Ints:
    """Return the row of every value of the matrix."""
    return np.repeat(np.arange(len(matrix.starts) - 1, dtype=np.int32), np.diff(matrix.starts))


def transposed(matrix: Rows, columns: int) -> Rows:
    """Return the matrix by its columns, of which there are `columns`."""
    return sparse(matrix.columns, row_numbers(matrix), matrix.values, columns)


def stacked(upper: Rows, lower: Rows) -> Rows:
    """Return the rows of two matrices, one below the other."""
    return Rows(
        np.concatenate([upper.starts, lower.starts[1:] + upper.starts[-1]]),
        np.concatenate([upper.columns, lower.columns]),
        np.concatenate([upper.values, lower.values]),
    )


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language side in the order of their numbers, and the share of all tokens that each has."""

    words: tuple[str, ...]
    shares: Floats
    numbers: dict[str, int]

    @classmethod
    def of(cls, sentences: Iterable[Sequence[str]]) -> Vocabulary:
        """Return the vocabulary of tokenised sentences, numbered in order of appearance."""
        counts = Counter(chain.from_iterable(sentences))
        shares = np.fromiter(counts.values(), np.float64, len(counts)) / max(1, counts.total())
        return cls(tuple(counts), shares, {word: number for number, word in enumerate(counts)})

    def __len__(self) -> int:
        return len(self.words)


@dataclass(frozen=True, slots=True)
class Side:
    """The sentences of a chapter in one language.

    Sentence i has the words `tokens[starts[i]:starts[i + 1]]` and `lengths[i]` characters (at least 1) without white
    space and protected spans; `borders[i]` is the kind of border behind it.
    """

    tokens: Ints
    starts: Offsets
    lengths: Floats
    borders: Ints

    def __len__(self) -> int:
        return len(self.lengths)

    def part(self, first: int, end: int) -> Side:
        """Return sentences `first` to `end` - 1 as a side of their own."""
        begin, stop = self.starts[first], self.starts[end]
        return Side(
            self.tokens[begin:stop],
            self.starts[first : end + 1] - begin,
            self.lengths[first:end],
            self.borders[first:end],
        )

    @property
    def sizes(self) -> Floats:
        """Words in every sentence."""
        return np.diff(self.starts).astype(np.float64)

    def postings(self, vocabulary: Vocabulary) -> Rows:
        """Return for every word of the vocabulary the sentences it stands in, and how often."""
        return transposed(bags(self.tokens, self.starts, len(vocabulary)), len(vocabulary))


def numbered(sentences: Sequence[Sequence[str]], vocabulary: Vocabulary) -> tuple[Ints, Offsets]:
    """Return the numbers of all words in one array, and where each sentence starts in it (with the end)."""
    starts = np.zeros(len(sentences) + 1, np.int64)
    np.cumsum([len(sentence) for sentence in sentences], out=starts[1:])
    known = vocabulary.numbers
    return np.fromiter((known[word] for word in chain.from_iterable(sentences)), np.int32, int(starts[-1])), starts


def bags(tokens: Ints, starts: Offsets, words: int) -> Rows:
    """Return for every stretch of tokens its different words (as columns) and how often each stands in it."""
    stretch = np.repeat(np.arange(len(starts) - 1, dtype=np.int64), np.diff(starts))
    keys, counts = np.unique(stretch * words + tokens, return_counts=True)
    return sparse(
        (keys // max(1, words)).astype(np.int32),
        (keys % max(1, words)).astype(np.int32),
        counts.astype(np.float32),
        len(starts) - 1,
    )
