"""Whether a pair tells the translation of a text that is held out: found by content, not by file name.

A text agrees when its words are the same as those of a held-out text of more than 5 words or 8 Hanzi, or when either
contains at least 80 % of the other's runs of six words or Hanzi (three runs or more). Case, punctuation, blanks and
compatibility forms (NFKC) do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from amts_desk.core.pairs import Pair

_LONGEST_SMALL_TALK = 5, 8
"""Words and Hanzi up to which a text may be the same in any two chapters by chance ("Summary", "Exercises")."""
_RUN = 6
_FEWEST_RUNS = 3
_NEARLY_ALL = 0.8
_BATCH = 1000
_HANZI = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_IS_HANZI = re.compile(f"[{_HANZI}]")
_WORD = re.compile(f"[{_HANZI}]|[^\\W{_HANZI}]+")
_FACTORS = np.array([2 * pow(0x9E3779B97F4A7C15, power, 1 << 62) + 1 for power in range(1, _RUN + 1)], np.uint64)
Words = tuple[str, ...]
Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Leak:
    """A pair that tells the translation of a held-out text, that text, and how the two were found to agree."""

    pair: Pair
    held_out: str
    reason: str


def leaked(pairs: Iterable[Pair], held_out: Sequence[str]) -> list[Leak]:
    """Return the pairs whose source or target stands in the `held_out` texts.

    Give those as sentences and as paragraphs: a sentence of six or seven words is found only as a whole.
    """
    return [leak for leak in Guard(held_out).leaks(pairs) if leak]


class Guard:
    """The held-out texts by their words, and by a hash of each run of six words in them (12 bytes a run)."""

    def __init__(self, held_out: Sequence[str]) -> None:
        self._texts = held_out
        self._whole: dict[int, list[int]] = {}
        words = [_words(text) for text in held_out]
        for number, each in enumerate(words):
            if _is_telling(each):
                self._whole.setdefault(hash(each), []).append(number)
        hashes, owners = _run_hashes(words)
        order = np.argsort(hashes, kind="stable")
        hashes, owners = hashes[order], owners[order]
        is_new = np.ones(len(hashes), np.bool_)
        is_new[1:] = (hashes[1:] != hashes[:-1]) | (owners[1:] != owners[:-1])
        self._hashes, self._owners = hashes[is_new], owners[is_new].astype(np.uint32)
        self._sizes = np.bincount(self._owners, minlength=len(held_out))

    def leaks(self, pairs: Iterable[Pair]) -> Iterator[Leak | None]:
        """Yield for each pair how it agrees with a held-out text, None when it does not."""
        rest = iter(pairs)
        while batch := list(islice(rest, _BATCH)):
            yield from self._batch(batch) if self._texts else [None] * len(batch)

    def _batch(self, pairs: list[Pair]) -> list[Leak | None]:
        """Look through many pairs at once; only texts that share a run with a held-out text are looked at closely."""
        words = [_words(text) for pair in pairs for text in (pair.source, pair.target)]
        hashes, owners = _run_hashes(words)
        suspects = set(owners[_stand_in(hashes, self._hashes)].tolist())
        suspects.update(number for number, each in enumerate(words) if hash(each) in self._whole)
        found: list[Leak | None] = [None] * len(pairs)
        for number in sorted(suspects, reverse=True):  # of both sides the source is told
            agreeing = self._agreeing(words[number])
            if agreeing:
                pair = pairs[number // 2]
                side = ("source", "target")[number % 2]
                found[number // 2] = Leak(pair, agreeing[0], f"the {side} {agreeing[1]}")
        return found

    def _agreeing(self, words: Words) -> tuple[str, str] | None:
        """Return the held-out text that `words` agree with and in what; None when there is none."""
        for number in self._whole.get(hash(words), ()):
            if _words(self._texts[number]) == words:
                return self._texts[number], "is the same as a held-out text"
        runs = _runs(words)
        for number in self._sharing(words) if runs else ():
            theirs = _runs(_words(self._texts[number]))
            count, fewer = len(runs & theirs), min(len(runs), len(theirs))
            if fewer and count >= _NEARLY_ALL * fewer:
                return self._texts[number], f"shares {count} of {fewer} runs of six words or Hanzi with a held-out text"
        return None

    def _sharing(self, words: Words) -> list[int]:
        """Return the numbers of the held-out texts that share enough runs, those with the most of them first."""
        hashes = np.unique(_run_hashes([words])[0])
        starts, ends = (np.searchsorted(self._hashes, hashes, side) for side in ("left", "right"))
        owners = [self._owners[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
        numbers, counts = np.unique(np.concatenate(owners), return_counts=True)
        is_enough = counts >= _NEARLY_ALL * np.minimum(len(hashes), self._sizes[numbers])
        numbers, counts = numbers[is_enough], counts[is_enough]
        return [int(number) for number in numbers[np.argsort(-counts, kind="stable")]]


def _words(text: str) -> Words:
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def _is_telling(words: Sequence[str]) -> bool:
    hanzi = sum(bool(_IS_HANZI.match(word)) for word in words)
    most_words, most_hanzi = _LONGEST_SMALL_TALK
    return hanzi > most_hanzi or len(words) - hanzi > most_words


def _runs(words: Sequence[str]) -> set[Words]:
    """Return the runs of six words; none where they are too few to tell anything."""
    runs = set(zip(*(words[start:] for start in range(_RUN)), strict=False))
    return runs if len(runs) >= _FEWEST_RUNS else set()


def _run_hashes(texts: Sequence[Words]) -> tuple[Hashes, npt.NDArray[np.int64]]:
    """Return a hash of every run of six words in the texts, and the number of the text each stands in."""
    counts = np.fromiter(map(len, texts), np.int64, len(texts))
    total = int(counts.sum())
    if total < _RUN:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    words = np.fromiter((hash(word) for text in texts for word in text), np.int64, total).view(np.uint64)
    owners = np.repeat(np.arange(len(texts)), counts)
    last = total - _RUN + 1
    is_within = owners[:last] == owners[_RUN - 1 :]
    hashes = np.zeros(last, np.uint64)
    for place, factor in enumerate(_FACTORS):
        hashes = (hashes + words[place : place + last]) * factor
        hashes ^= hashes >> np.uint64(29)
    return hashes[is_within], owners[:last][is_within]


def _stand_in(hashes: Hashes, ordered: Hashes) -> npt.NDArray[np.bool_]:
    """Return which of the hashes are among the `ordered` ones."""
    if not len(ordered):
        return np.zeros(len(hashes), np.bool_)
    places = np.minimum(np.searchsorted(ordered, hashes), len(ordered) - 1)
    return np.equal(ordered[places], hashes)
