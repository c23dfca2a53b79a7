"""Words of common origin in languages with Latin letters: nación, nation; Tourist, touriste.

Two words are as alike as the longest common subsequence of their letters is long in comparison with the longer word
(LCSR; Melamed 1999, "Bitext maps and alignment via pattern recognition"). Only words with the same two first letters
are compared.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from amts_desk.steps.align.compiled import kernel
from amts_desk.steps.align.corpus import Floats, Ints, Offsets

_LEAST_LETTERS = 4
_LEAST_LIKENESS = 0.6
_MOST = 8
_LEAST_CHANCE = 0.05
_SAME_SPELLING, _SURE = 0.75, 0.95
_LETTERS = 26
_LONGEST = 32
_PLAIN = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ı": "i", "ł": "l"})
_SPELLINGS = (("ph", "f"), ("th", "t"), ("ck", "c"), ("k", "c"), ("qu", "c"), ("y", "i"))
_SUPPORTING_E = re.compile("^es(?=[cfmpqt])")  # estado, state; espacio, space
_DOUBLE = re.compile(r"(.)\1")

Masks = npt.NDArray[np.uint64]
Ints2 = npt.NDArray[np.int32]
Singles2 = npt.NDArray[np.float32]


def plain_letters(word: str) -> str:
    """Return a lower-case word without accents, in the letters a to z where they can be had."""
    split = unicodedata.normalize("NFKD", word.translate(_PLAIN))
    return "".join(sign for sign in split if not unicodedata.combining(sign))


def cognates(sources: Sequence[str], targets: Sequence[str]) -> tuple[Ints, Ints, Floats]:
    """Return pairs of words that may be cognates (numbers of both) and how probable that is, 0 to 0.95.

    A source word has at most eight. Words of fewer than four letters, and those with other than Latin letters, have
    none.
    """
    source, target = _spelt(sources), _spelt(targets)
    first = np.searchsorted(target.beginnings, source.beginnings, "left")
    last = np.searchsorted(target.beginnings, source.beginnings, "right")
    others, likeness = _most_alike(source, target, first, last)
    rows, places = np.nonzero(likeness)
    columns = others[rows, places]
    longer = np.maximum(np.diff(source.starts)[rows], np.diff(target.starts)[columns])
    chances = _chances(likeness[rows, places].astype(np.float64) * longer, longer)
    sure = chances >= _LEAST_CHANCE
    return source.numbers[rows[sure]], target.numbers[columns[sure]], chances[sure]


def _chances(common: Floats, longer: Floats) -> Floats:
    """Return how probable it is that words with so many letters in common, of so many, translate each other.

    A logistic curve drawn by eye through the shares of translations among the look-alikes of an English-Spanish text.
    """
    chances = 1 / (1 + np.exp(4 + 1.9 * (longer - common) - 0.9 * longer))
    return np.where(common > longer - 0.5, np.maximum(chances, _SAME_SPELLING), np.minimum(chances, _SURE))


class _Spelt(NamedTuple):
    """The comparable ones of many words, sorted by how they begin: word i is `letters[starts[i]:starts[i + 1]]`."""

    numbers: Ints
    beginnings: Ints
    letters: npt.NDArray[np.uint8]
    starts: Offsets


def _spelt(words: Sequence[str]) -> _Spelt:
    kept = sorted((spelling, number) for number, word in enumerate(words) if (spelling := _spelling(word)))
    starts = np.zeros(len(kept) + 1, np.int64)
    np.cumsum([len(spelling) for spelling, _ in kept], out=starts[1:])
    letters = np.frombuffer("".join(spelling for spelling, _ in kept).encode(), np.uint8) - np.uint8(ord("a"))
    beginnings = letters[starts[:-1]].astype(np.int32) * _LETTERS + letters[starts[:-1] + 1]
    return _Spelt(np.array([number for _, number in kept], np.int32), beginnings, letters, starts)


def _spelling(word: str) -> str:
    """Return the word as cognates agree on it; "" when it cannot have any."""
    letters = plain_letters(word)[:_LONGEST]
    if len(letters) < _LEAST_LETTERS or not (letters.isascii() and letters.isalpha()):
        return ""
    for one, other in _SPELLINGS:
        letters = letters.replace(one, other)
    letters = _DOUBLE.sub(r"\1", _SUPPORTING_E.sub("s", letters))
    return letters if len(letters) >= _LEAST_LETTERS - 1 else ""


@kernel
def _most_alike(source: _Spelt, target: _Spelt, first: Offsets, last: Offsets) -> tuple[Ints2, Singles2]:
    """Return by source word the most similar of the target words `first` to `last`, and their likeness (0: none)."""
    others = np.zeros((len(first), _MOST), np.int32)
    likeness = np.zeros((len(first), _MOST), np.float32)
    places = np.zeros(_LETTERS, np.uint64)
    for word in range(len(first)):
        places[:] = 0
        size = source.starts[word + 1] - source.starts[word]
        for bit in range(size):
            places[source.letters[source.starts[word] + bit]] |= np.uint64(1) << np.uint64(bit)
        for other in range(first[word], last[word]):
            begin, end = target.starts[other], target.starts[other + 1]
            shorter, longer = min(size, end - begin), max(size, end - begin)
            if shorter < _LEAST_LIKENESS * longer:
                continue
            alike = _common(places, size, target.letters, begin, end) / longer
            worst = np.argmin(likeness[word])
            if alike >= _LEAST_LIKENESS and alike > likeness[word, worst]:
                others[word, worst], likeness[word, worst] = other, alike
    return others, likeness


@kernel
def _common(places: Masks, size: int, letters: npt.NDArray[np.uint8], begin: int, end: int) -> int:
    """Return the length of the longest common subsequence of a word and `letters[begin:end]`.

    `places` has for each letter the positions where it stands in the word, as bits (Hyyrö 2004, "Bit-parallel
    LCS-length computation revisited").
    """
    row = ~np.uint64(0)
    for at in range(begin, end):
        shared = row & places[letters[at]]
        row = (row + shared) | (row - shared)
    found = ~row & ((np.uint64(1) << np.uint64(size)) - np.uint64(1))
    length = 0
    while found:
        found &= found - np.uint64(1)
        length += 1
    return length
