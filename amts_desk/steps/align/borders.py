"""What the border behind a sentence says about where beads end: its stop, quotation marks, the end of a block.

Beads end where sentences end on both sides; a question with a question, a heading with a heading, the last sentence of
a paragraph often with a last one. Nothing of it is known beforehand: which borders go together, and which are found
inside beads, is counted in the alignment itself, so that it holds for any pair of languages and any style.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from amts_desk.steps.align.corpus import Floats, Floats2, Ints, Steps

_STOP_MARKS = ".。．", "?？", "!！", ":：", "…—-", ";；", ",，、"
_STOPS = {mark: number for number, marks in enumerate(_STOP_MARKS, 1) for mark in marks}
_CLOSING = "\"'”’»›」』)）*_ "
_OPENING = tuple("\"'“‘«‹「『—–-(（*_")
_MARKS = 4 * 8
"""Kinds of border by punctuation: eight stops, with or without a closing mark before and an opening mark behind it."""
_BLOCKS = ("", "paragraph", "heading", "list-item", "table-cell", "caption", "quote", "footnote")
"""What may end at a border, by the names of `amts_desk.core.document.Kind`; "" inside a block or when not known."""
KINDS = _MARKS * len(_BLOCKS)
_UNSEEN = 20.0
"""How many borders are imagined to have gone together by chance, so that few borders prove little."""

_ALIKE = 0.5
"""The part of all borders at the ends of beads that are supposed to be of one kind on both sides, at first."""


class Borders(NamedTuple):
    """The borders of one chapter and what they are worth, in logarithmic scores.

    `source[i]` is the kind of the border behind sentence i. A bead that ends behind sentences i and j gains
    `together[source[i], target[j]]`; `source_inside[i]` is what the borders before
    sentence i would be worth inside beads.
    """

    source: Ints
    target: Ints
    together: Floats2
    source_inside: Floats
    target_inside: Floats


@dataclass(frozen=True, slots=True)
class Habits:
    """Which kinds of border go together at the ends of beads, and which stand inside them (log ratios to chance)."""

    together: Floats2
    source_inside: Floats
    target_inside: Floats

    def of(self, source: Ints, target: Ints) -> Borders:
        """Return what the borders of one chapter are worth."""
        sides = zip((self.source_inside, self.target_inside), (source, target), strict=True)
        inside = [np.concatenate([[0.0], np.cumsum(worth[kinds])]) for worth, kinds in sides]
        return Borders(source, target, self.together, inside[0], inside[1])


def border_kinds(texts: Sequence[str], ends: Sequence[str] = ()) -> Ints:
    """Return the kind of the border behind each sentence; `ends[i]` is the kind of block that ends there, or ""."""
    found = np.zeros(len(texts), np.int32)
    opened = [text.lstrip().startswith(_OPENING) for text in (*texts[1:], "")]
    for i, text in enumerate(texts):
        bare = text.rstrip(_CLOSING)
        is_closed = len(bare) < len(text.rstrip())
        block = _BLOCKS.index(ends[i]) if ends and ends[i] in _BLOCKS else 0
        found[i] = block * _MARKS + 4 * _STOPS.get(bare[-1:], 0) + 2 * is_closed + opened[i]
    return found


def supposed(sources: Sequence[Ints], targets: Sequence[Ints]) -> Habits:
    """Return the habits to begin with: blocks often end together, and of punctuation nothing is known."""
    counts = [np.bincount(np.concatenate(side) // _MARKS, minlength=len(_BLOCKS)) for side in (sources, targets)]
    shares = [count / max(1, count.sum()) for count in counts]
    alike = np.diag(np.sqrt(shares[0] * shares[1]))
    chance = np.outer(*shares)
    together = _log_ratio(_ALIKE * alike / max(1e-9, alike.sum()) + (1 - _ALIKE) * chance, chance)
    blocks = np.arange(KINDS) // _MARKS
    return Habits(together[np.ix_(blocks, blocks)], np.zeros(KINDS), np.zeros(KINDS))


def learned(sources: Sequence[Ints], targets: Sequence[Ints], beads: Sequence[Steps]) -> Habits:
    """Return the habits seen in the beads (rows: first source, end, first target, end; no side empty) of chapters."""
    pairs = zip(sources, targets, beads, strict=True)
    ends = [np.stack([source[bead[:, 1] - 1], target[bead[:, 3] - 1]]) for source, target, bead in pairs]
    at_ends = np.concatenate(ends, axis=1)
    inside = [
        np.concatenate([_inside(kinds, bead[:, first : first + 2]) for kinds, bead in zip(side, beads, strict=True)])
        for first, side in ((0, sources), (2, targets))
    ]
    aspects = [_habits(at_ends % _MARKS, inside[0] % _MARKS, inside[1] % _MARKS, _MARKS)]
    aspects.append(_habits(at_ends // _MARKS, inside[0] // _MARKS, inside[1] // _MARKS, len(_BLOCKS)))
    numbers = np.arange(KINDS) % _MARKS, np.arange(KINDS) // _MARKS
    return Habits(
        sum((aspect.together[np.ix_(n, n)] for aspect, n in zip(aspects, numbers, strict=True)), np.zeros(1)),
        sum((aspect.source_inside[n] for aspect, n in zip(aspects, numbers, strict=True)), np.zeros(1)),
        sum((aspect.target_inside[n] for aspect, n in zip(aspects, numbers, strict=True)), np.zeros(1)),
    )


def _inside(kinds: Ints, spans: Steps) -> Ints:
    """Return the kinds of the borders inside the spans of sentences."""
    is_inside = np.zeros(len(kinds) + 1, np.int64)
    np.add.at(is_inside, spans[:, 0], 1)
    np.add.at(is_inside, spans[:, 1] - 1, -1)
    return kinds[np.cumsum(is_inside)[:-1] > 0]


def _habits(ends: Ints, source_inside: Ints, target_inside: Ints, kinds: int) -> Habits:
    """Return the habits for one aspect of borders; `ends` are the (source, target) kinds at the ends of beads."""
    seen = np.bincount(ends[0] * kinds + ends[1], minlength=kinds * kinds).reshape(kinds, kinds).astype(np.float64)
    total = max(1.0, seen.sum())
    shares = seen.sum(axis=1) / total, seen.sum(axis=0) / total
    chance = np.outer(*shares)
    together = _log_ratio((seen + _UNSEEN * chance) / (total + _UNSEEN), chance)
    return Habits(together, *map(_worth_inside, (source_inside, target_inside), shares, (total, total)))


def _worth_inside(inside: Ints, at_ends: Floats, total: float) -> Floats:
    """Return how much likelier each kind of border is inside a bead than anywhere; `at_ends` are its shares there."""
    seen = np.bincount(inside, minlength=len(at_ends)).astype(np.float64)
    count = seen.sum()
    anywhere = (seen + at_ends * total) / (count + total)
    return _log_ratio((seen + _UNSEEN * at_ends) / (count + _UNSEEN), anywhere)


def _log_ratio(shares: Floats, chance: Floats) -> Floats:
    """Return log(shares / chance), 0 for what never occurs."""
    ratio: Floats = np.log(np.where(chance > 0, shares + 1e-9, 1.0) / np.where(chance > 0, chance + 1e-9, 1.0))
    return ratio
