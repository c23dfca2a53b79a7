"""Highlights that add up to the score: which n-grams of a hypothesis the reference confirms.

For every order exactly as many occurrences are confirmed as BLEU counts (clipped matches), so "p3 = 41/56" can be
counted on the screen. After the n-gram view of MT-ComparEval (Klejch et al. 2015).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from amts_desk.steps.score.bleu import tokens
from amts_desk.steps.score.statistics import ORDERS, ngrams


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` to `end` of a hypothesis whose longest confirmed n-gram is of `order` (0: none)."""

    start: int
    end: int
    order: int


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What the reference confirms of a hypothesis.

    `levels[i]` is the longest confirmed order over token i (0 to 4), `starts[n - 1]` where those of order n begin.
    """

    levels: tuple[int, ...]
    starts: tuple[tuple[int, ...], ...]


def highlights(hypothesis: str, reference: str, tokenize: str) -> list[Mark]:
    """Return the marks of `hypothesis` in order, neighbours of one order joined, offsets in Python characters.

    Empty when the tokeniser changes characters (13a turns "&amp;" into "&"), so that no place can be told.
    Raises DeskError for an unknown tokeniser.
    """
    found = tokens(hypothesis, tokenize)
    places = token_places(hypothesis, found)
    if places is None:
        return []
    levels = confirmed(found, tokens(reference, tokenize)).levels
    return _joined(hypothesis, [Mark(*place, level) for place, level in zip(places, levels, strict=True)])


def confirmed(hypothesis: Sequence[str], reference: Sequence[str]) -> Confirmed:
    """Return which n-grams of the `hypothesis` tokens the `reference` tokens confirm."""
    levels = [0] * len(hypothesis)
    starts: list[tuple[int, ...]] = []
    for order in reversed(ORDERS):
        begins = _confirmed_starts(hypothesis, reference, order, levels)
        for begin in begins:
            for token in range(begin, begin + order):
                levels[token] = max(levels[token], order)
        starts.insert(0, begins)
    return Confirmed(tuple(levels), tuple(starts))


def token_places(text: str, found: Sequence[str]) -> list[tuple[int, int]] | None:
    """Return where each token stands in `text` as (start, end); None when the characters differ."""
    places, at = [], 0
    for token in found:
        characters = []
        for character in token:
            at = _skipping_blanks(text, at)
            if not text.startswith(character, at):
                return None
            characters.append(at)
            at += 1
        places.append((characters[0], at))
    return places if not text[at:].strip() else None


def _confirmed_starts(
    hypothesis: Sequence[str], reference: Sequence[str], order: int, levels: Sequence[int]
) -> tuple[int, ...]:
    """Where an n-gram occurs more often than the reference has it, those under longer matches, then the nearest."""
    here, there = _occurrences(hypothesis, order), _occurrences(reference, order)
    scale = len(reference) / max(len(hypothesis), 1)
    begins: list[int] = []
    for gram, places in here.items():
        wanted = there.get(gram, [])
        if len(places) > len(wanted) > 0:
            places.sort(key=lambda i: (-sum(levels[i : i + order]), min(abs(i * scale - j) for j in wanted), i))
        begins += places[: len(wanted)]
    return tuple(sorted(begins))


def _occurrences(sentence: Sequence[str], order: int) -> dict[tuple[str, ...], list[int]]:
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for start, gram in enumerate(ngrams(sentence, order)):
        found[gram].append(start)
    return found


def _skipping_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _joined(text: str, marks: Sequence[Mark]) -> list[Mark]:
    joined: list[Mark] = []
    for mark in marks:
        if joined and joined[-1].order == mark.order and not text[joined[-1].end : mark.start].strip():
            joined[-1] = Mark(joined[-1].start, mark.end, mark.order)
        else:
            joined.append(mark)
    return joined
