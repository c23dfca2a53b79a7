"""Pairs of texts that say the same: what parallel data is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Literal

Unit = Literal["sentence", "paragraph"]
"""What a pair is made from: one bead, or the beads of whole paragraphs."""


class PairFormat(StrEnum):
    """The formats Amazon Translate reads parallel data in, by its own names (ParallelDataFormat)."""

    TMX = "TMX"
    CSV = "CSV"
    TSV = "TSV"


@dataclass(frozen=True, slots=True)
class Stamp:
    """When a bead came to be and when it was last changed or confirmed (ISO 8601, UTC), and by whom."""

    created_at: str = ""
    changed_at: str = ""
    changed_by: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a pair was made of: the editions of its two documents, the numbers of its sentences there, its bead.

    Of the several beads of a paragraph, the least confidence and the latest change count. Times are ISO 8601 in UTC;
    `changed_by` is who changed or confirmed it last, by the name that the computer knows.
    """

    editions: tuple[str, str] = ("", "")
    sentences: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())
    unit: Unit = "sentence"
    confidence: float = 1.0
    state: str = ""
    created_at: str = ""
    changed_at: str = ""
    changed_by: str = ""

    def as_json(self) -> list[Any]:
        """Return what is stored of it."""
        return [self.editions, self.sentences, self.unit, self.confidence, self.state,
                self.created_at, self.changed_at, self.changed_by]  # fmt: skip

    @classmethod
    def from_json(cls, stored: list[Any]) -> Origin:
        """Return the origin that `as_json` wrote down."""
        (source, target), (one, other), *rest = stored
        return cls((source, target), (tuple(one), tuple(other)), *rest)

    def reversed(self) -> Origin:
        """Return the origin of the pair for the other direction."""
        return replace(self, editions=self.editions[::-1], sentences=self.sentences[::-1])


@dataclass(frozen=True, slots=True)
class Pair:
    """A source text, its translation, and where they come from.

    `chapter` is the name of the chapter, `position` the number of its first bead there.
    """

    source: str
    target: str
    chapter: str = ""
    position: int = 0
    origin: Origin | None = None

    def reversed(self) -> Pair:
        """Return the pair for the other direction: Amazon reads parallel data one way only."""
        origin = self.origin.reversed() if self.origin else None
        return Pair(self.target, self.source, self.chapter, self.position, origin)

    @property
    def changed_at(self) -> str:
        """When its bead was last changed or confirmed; "" when nobody knows."""
        return self.origin.changed_at if self.origin else ""


class Fate(StrEnum):
    """What becomes of a pair that was looked at."""

    SENT = "sent"
    LEFT_OUT = "left out"
    """By the person's own choice: a filter, or the bead was dropped."""
    REFUSED = "refused"
    """Amazon would not take it."""
    REPEATED = "repeated"
    """Its source comes again, and the other one counts."""
    HELD_OUT = "held out"
    """Its text stands in a chapter that is held out."""


@dataclass(frozen=True, slots=True)
class Record:
    """One pair of a draft: its number in it, what becomes of it, and why; `winner` is the record taken in its place."""

    number: int
    pair: Pair
    fate: Fate = Fate.SENT
    reason: str = ""
    winner: int = -1

    @property
    def is_sent(self) -> bool:
        """Whether it goes into the file."""
        return self.fate is Fate.SENT


@dataclass(frozen=True, slots=True)
class PairsDifference:
    """What one set of pairs has that another has not; `changed` are (before, after) of one source.

    Pairs whose two texts are the same count as unchanged, wherever they come from.
    """

    added: tuple[Pair, ...] = ()
    removed: tuple[Pair, ...] = ()
    changed: tuple[tuple[Pair, Pair], ...] = ()
    unchanged: int = 0
