"""The alignment of a chapter: beads, each a few source sentences and the target sentences that say the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class BeadState(StrEnum):
    """What a person has said about a bead."""

    AUTOMATIC = "automatic"
    CONFIRMED = "confirmed"
    REVIEW = "needs review"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it stands in a bead: its number in its document, the block it belongs to, its text.

    `origin` is the whole sentence as it was imported, where `text` is another: a person has retyped it, or it is only
    a part of the sentence, which was cut.
    """

    index: int
    block: int
    text: str
    origin: str | None = None

    @property
    def imported(self) -> Sentence:
        """The whole sentence as it was imported."""
        return self if self.origin is None else Sentence(self.index, self.block, self.origin)

    def retyped(self, text: str) -> Sentence:
        """Return the sentence with another text; it remembers what was imported."""
        origin = self.text if self.origin is None else self.origin
        return Sentence(self.index, self.block, text, None if text == origin else origin)


@dataclass(frozen=True, slots=True)
class Bead:
    """A row of the alignment. Empty on one side: an omission or an addition.

    `confidence` is the aligner's probability (0 to 1) that the bead is exactly right; `reasons` says in plain
    words why it may not be. A pin holds it in its place when the chapter is aligned again.
    """

    source: tuple[Sentence, ...] = ()
    target: tuple[Sentence, ...] = ()
    state: BeadState = BeadState.AUTOMATIC
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()
    note: str = ""
    has_pin: bool = False
    is_bookmarked: bool = False

    @property
    def is_confirmed(self) -> bool:
        """Whether a person has confirmed it."""
        return self.state is BeadState.CONFIRMED

    @property
    def is_dropped(self) -> bool:
        """Whether a person has said that it is no pair: it goes into no parallel data."""
        return self.state is BeadState.DROPPED

    @property
    def is_pinned(self) -> bool:
        """Whether it stays when its chapter is aligned again: it has a pin, or a person has confirmed or dropped it."""
        return self.has_pin or self.is_confirmed or self.is_dropped

    @property
    def is_settled(self) -> bool:
        """Whether a person has said that it is right or that it does not matter, so that nobody need look at it."""
        return self.is_confirmed or self.is_dropped

    @property
    def shape(self) -> str:
        """Sentences on either side, as in "1-2"."""
        return f"{len(self.source)}-{len(self.target)}"

    def as_json(self) -> dict[str, Any]:
        """Return what the project file stores; empty members are left out."""
        row: dict[str, Any] = {"s": [_pack(s) for s in self.source], "t": [_pack(s) for s in self.target]}
        row["c"] = self.confidence
        if self.state is not BeadState.AUTOMATIC:
            row["state"] = self.state.value
        if self.reasons:
            row["why"] = list(self.reasons)
        if self.note:
            row["note"] = self.note
        if self.has_pin:
            row["pin"] = True
        if self.is_bookmarked:
            row["mark"] = True
        return row

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> Bead:
        """Return the bead that `as_json` wrote down."""
        state = row.get("state")
        return cls(
            _unpack(row["s"]),
            _unpack(row["t"]),
            BeadState(state) if state else BeadState.AUTOMATIC,
            row["c"],
            tuple(row.get("why", ())),
            row.get("note", ""),
            row.get("pin", False),
            row.get("mark", False),
        )


def _pack(sentence: Sentence) -> list[Any]:
    packed = [sentence.index, sentence.block, sentence.text]
    return packed if sentence.origin is None else [*packed, sentence.origin]


def _unpack(side: list[list[Any]]) -> tuple[Sentence, ...]:
    return tuple([Sentence(*sentence) for sentence in side])


_FAR = 20
"""Beads in which a neighbouring sentence is looked for."""


def sentence_before(beads: Sequence[Bead], row: int, side: str) -> Sentence | None:
    """Return the last sentence of a side ("source", "target") above a bead, None where there is none near."""
    for bead in reversed(beads[max(0, row - _FAR) : row]):
        if sentences := _sentences(bead, side):
            return sentences[-1]
    return None


def sentence_after(beads: Sequence[Bead], row: int, side: str) -> Sentence | None:
    """Return the first sentence of a side below a bead, None where there is none near."""
    for bead in beads[row + 1 : row + 1 + _FAR]:
        if sentences := _sentences(bead, side):
            return sentences[0]
    return None


def _sentences(bead: Bead, side: str) -> tuple[Sentence, ...]:
    return bead.source if side == "source" else bead.target


@dataclass(frozen=True, slots=True)
class BeadGroup:
    """Beads whose sentences share blocks: the smallest stretch that holds whole paragraphs on both sides."""

    source_blocks: tuple[int, ...]
    target_blocks: tuple[int, ...]
    beads: tuple[Bead, ...]


def paragraph_groups(beads: Iterable[Bead]) -> list[BeadGroup]:
    """Return the beads joined into paragraph beads: blocks that a bead ties together stay together.

    Blocks of headings and paragraphs rarely pair one to one (26 of 139 Dive into Deep Learning chapters), so
    paragraphs follow from the sentences, never the other way round.
    """
    beads = list(beads)
    last = {block: row for row, bead in enumerate(beads) for block in _blocks(bead)}
    groups: list[BeadGroup] = []
    start = end = 0
    for row, bead in enumerate(beads):
        end = max(end, row, *(last[block] for block in _blocks(bead)))
        if row == end:
            groups.append(_group(beads[start : end + 1]))
            start = end + 1
    return groups


def _blocks(bead: Bead) -> set[tuple[str, int]]:
    return {("source", s.block) for s in bead.source} | {("target", s.block) for s in bead.target}


def _group(beads: list[Bead]) -> BeadGroup:
    sources = {sentence.block for bead in beads for sentence in bead.source}
    targets = {sentence.block for bead in beads for sentence in bead.target}
    return BeadGroup(tuple(sorted(sources)), tuple(sorted(targets)), tuple(beads))
