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
Singles3 = npt.NDArray[np.float32]
"""An array of three dimensions."""


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

    Sentence i has the words `tokens[starts[i]:starts[i + 1]]` and `lengths[i]` characters without white space (at
    least 1).
    """

    tokens: Ints
    starts: Offsets
    lengths: Floats

    def __len__(self) -> int:
        return len(self.lengths)

    @property
    def sizes(self) -> Floats:
        """Words in every sentence."""
        return np.diff(self.starts).astype(np.float64)

    def postings(self, vocabulary: Vocabulary) -> Rows:
        """Return for every word of the vocabulary the sentences it stands in, and how often."""
        return transposed(bags(self.tokens, self.starts, len(vocabulary)), len(vocabulary))


def side(texts: Sequence[str], tokens: Sequence[Sequence[str]], vocabulary: Vocabulary) -> Side:
    """Return tokenised sentences as arrays; `texts` are the same sentences as they stand."""
    numbers, starts = numbered(tokens, vocabulary)
    lengths = np.array([max(1, len("".join(text.split()))) for text in texts], np.float64)
    return Side(numbers, starts, lengths)


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
