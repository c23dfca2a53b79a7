"""What Amazon Translate takes and what it passes over, record by record, and which of two with one source it keeps.

Source: Amazon Translate developer guide, "Input files for parallel data", and its quotas.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b

import numpy as np

from amts_desk.core.pairs import Pair, PairFormat

MAXIMUM_BYTES = 1000
"""Amazon's quota for either side of a pair, in bytes of UTF-8."""

_FORMULA = "+-=@"
_DROPPED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_HALF = re.compile(r"[\ud800-\udfff]")


def cleaned(pair: Pair) -> Pair:
    """Return the pair in NFC, with LF as the only line break, without control characters and blanks at the ends."""
    return replace(pair, source=_cleaned(pair.source), target=_cleaned(pair.target))


def hindrances(pair: Pair, kind: PairFormat) -> str:
    """Return why Amazon would not use a cleaned pair from a file of this kind; "" when it would."""
    return "; ".join(_hindrances(pair, kind))


def size(text: str) -> int:
    """Return the bytes of a text in UTF-8."""
    return len(text.encode("utf-8", "surrogatepass"))


class Repeats:
    """Remembers the sources of pairs, 16 bytes each, and tells which of several with one source Amazon takes.

    That is the last one; in TMX the one with the newest `changedate` (which counts seconds), and of those the last.
    Sources are told apart by eight bytes of a digest, which two may share once in many million books: whoever acts on
    an answer compares the two.
    """

    def __init__(self, kind: PairFormat) -> None:
        self._is_dated = kind is PairFormat.TMX
        self._digests = bytearray()
        self._numbers = array("I")
        self._dates = array("I")

    def add(self, number: int, pair: Pair) -> None:
        """Remember a pair that Amazon would use, under a number; numbers rise."""
        self._digests += blake2b(pair.source.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        self._numbers.append(number)
        date = pair.changed_at if self._is_dated else ""
        self._dates.append(int(datetime.fromisoformat(date).timestamp()) if date else 0)

    def losers(self, without: Collection[int] = ()) -> list[tuple[int, int]]:
        """Return (number of a pair that is not taken, number of the one that is), in order.

        Numbers `without` are passed over, as if they had not been added.
        """
        numbers = np.frombuffer(self._numbers, np.uint32) if self._numbers else np.zeros(0, np.uint32)
        keep = np.flatnonzero(~np.isin(numbers, list(without))).astype(np.uint32)
        keys = np.frombuffer(self._digests, np.uint64)[keep]
        order = np.argsort(keys, kind="stable").astype(np.uint32)
        keys = keys[order]
        is_same = np.flatnonzero(keys[1:] == keys[:-1])
        places = keep[order]
        found: list[tuple[int, int]] = []
        for group in np.split(is_same, np.flatnonzero(np.diff(is_same) > 1) + 1):
            if len(group):
                found += self._beaten(places[group[0] : group[-1] + 2].tolist())
        return sorted(found)

    def _beaten(self, places: list[int]) -> list[tuple[int, int]]:
        """Go through the pairs of one source as Amazon does: a later one takes the place unless its date is older."""
        best = places[0]
        for place in places[1:]:
            before, now = self._dates[best], self._dates[place]
            if not (before and now and now < before):
                best = place
        return [(self._numbers[place], self._numbers[best]) for place in places if place != best]


def repetition(pair: Pair, winner: Pair) -> str:
    """Return in words that `winner` is taken in the place of a pair with the same source."""
    where = f"bead {winner.position + 1} of {winner.chapter}" if winner.chapter else f"pair {winner.position + 1}"
    if pair.target == winner.target:
        return f"the same pair is sent from {where}"
    return f"the same source with another translation: Amazon takes the one from {where}"


def _cleaned(text: str) -> str:
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _DROPPED.sub("", unix)).strip()


def _hindrances(pair: Pair, kind: PairFormat) -> Iterator[str]:
    for side, text in (("source", pair.source), ("target", pair.target)):
        if not text:
            yield f"the {side} is blank"
        if _HALF.search(text):
            yield f"the {side} holds half a character (a lone surrogate)"
        count = size(text)
        if count > MAXIMUM_BYTES:
            yield f"the {side} has {count} bytes, {MAXIMUM_BYTES} are allowed"
        if kind is not PairFormat.TMX:
            yield from _table_hindrances(side, text, kind)


def _table_hindrances(side: str, text: str, kind: PairFormat) -> Iterator[str]:
    if text.startswith(tuple(_FORMULA)):
        yield f"the {side} begins with {text[0]}, which {kind} may not"
    if "\n" in text:
        yield f"the {side} holds a line break, which {kind} may not"
