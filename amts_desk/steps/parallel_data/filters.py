"""What a person may leave out of parallel data, and how its markup is handled."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from amts_desk.core.languages import language as language_of
from amts_desk.core.pairs import Pair
from amts_desk.steps.protect import Side, inline_spans, masked, protected_spans
from amts_desk.steps.read.language import foreign

_FEWEST = 30
"""Pairs from which on their usual length ratio is taken as known."""
_SHORT = 15
"""Characters of the longer side up to which a ratio says nothing: a word may be a letter elsewhere."""
_SPREADS = 4.0
"""How many deviations from the middle still are usual."""
_LEAST_FACTOR = 2.0
"""A ratio within this factor of the middle is usual however much alike the others are."""


class Markup(StrEnum):
    """What becomes of the marks of emphasis and links.

    A job's page carries them as tags, so the engine never sees them in a text; code, formulas and references it sees
    as they are written, in protected spans.
    """

    KEEP = "keep"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Filters:
    """What goes into parallel data. `length_ratio` holds the bounds of target to source characters.

    Without bounds but with `usual_length`, they are learned from the pairs themselves.
    """

    confirmed_only: bool = False
    minimum_confidence: float = 0.0
    usual_length: bool = False
    length_ratio: tuple[float, float] | None = None
    check_language: bool = False
    without_identical: bool = False
    markup: Markup = Markup.KEEP


def plain(text: str) -> str:
    """Return a text as it stands in a job's page: without the marks of emphasis and links, everything else kept."""
    pieces, at = [], 0
    for span in inline_spans(text):
        if span.side is not Side.WHOLE:
            pieces.append(text[at : span.start])
            at = span.end
    return "".join([*pieces, text[at:]])


def with_markup(pair: Pair, markup: Markup) -> Pair:
    """Return the pair with its markup handled."""
    if markup is Markup.KEEP:
        return pair
    return replace(pair, source=plain(pair.source), target=plain(pair.target))


def objections(pair: Pair, codes: tuple[str, str], filters: Filters) -> Iterator[str]:
    """Yield why a pair is left out by its texts alone. `codes` are the languages of source and target."""
    if filters.without_identical and pair.source == pair.target:
        yield "source and target are the same"
    elif filters.check_language:
        yield from _strange(pair, codes)


def _strange(pair: Pair, codes: tuple[str, str]) -> Iterator[str]:
    seen = foreign(masked(pair.source), codes[0]), foreign(masked(pair.target), codes[1])
    if (seen[0][:2], seen[1][:2]) == (codes[1][:2], codes[0][:2]):
        yield "source and target seem to be exchanged"
        return
    for side, found, code in zip(("source", "target"), seen, codes, strict=True):
        if found:
            yield f"the {side} looks like {language_of(found).name}, not {language_of(code).name}"


class Lengths:
    """Remembers the lengths of pairs, 12 bytes each, and tells whose translation is unusually short or long.

    Code, formulas, references and the like do not count: they are as long in every language.
    """

    def __init__(self) -> None:
        self._numbers = array("I")
        self._lengths = array("I")

    def add(self, number: int, pair: Pair) -> None:
        """Remember a pair under a number."""
        self._numbers.append(number)
        self._lengths.extend((_spoken(pair.source), _spoken(pair.target)))

    def usual(self) -> tuple[float, float] | None:
        """Return the bounds learned from all pairs: the middle and four deviations, by the logarithm of the ratio.

        The deviation is the median one, so that wrong pairs do not widen what they are judged by. None when fewer
        than 30 pairs are long enough to tell.
        """
        logs = np.log(self._ratios()[self._telling()])
        if len(logs) < _FEWEST:
            return None
        middle = float(np.median(logs))
        deviation = 1.4826 * float(np.median(np.abs(logs - middle)))  # of a normal distribution: its standard deviation
        reach = max(_SPREADS * deviation, float(np.log(_LEAST_FACTOR)))
        return float(np.exp(middle - reach)), float(np.exp(middle + reach))

    def outside(self, bounds: tuple[float, float]) -> list[tuple[int, str]]:
        """Return (number, reason) of every pair whose ratio lies outside the bounds."""
        ratios, numbers = self._ratios(), np.array(self._numbers, np.int64)
        is_odd = self._telling() & ((ratios < bounds[0]) | (ratios > bounds[1]))
        usual = f"{bounds[0]:.2f} to {bounds[1]:.2f} is usual"
        return [
            (int(numbers[place]), f"the target is {ratios[place]:.2f} times as long as the source; {usual}")
            for place in np.flatnonzero(is_odd)
        ]

    def _sides(self) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        return np.array(self._lengths, np.float32).reshape(-1, 2)

    def _telling(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        sides = self._sides()
        is_long: np.ndarray[tuple[int], np.dtype[np.bool_]] = sides.max(axis=1, initial=0) > _SHORT
        return is_long

    def _ratios(self) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        sides = np.maximum(self._sides(), 1)
        return np.divide(sides[:, 1], sides[:, 0], dtype=np.float32)


def _spoken(text: str) -> int:
    """Return how many characters of a text are words of its language."""
    return len(text) - sum(span.end - span.start for span in protected_spans(text))
