"""Pairs of texts that say the same: what parallel data is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Unit = Literal["sentence", "paragraph"]
"""What a pair is made from: one bead, or the beads of whole paragraphs."""


class PairFormat(StrEnum):
    """The formats Amazon Translate reads parallel data in, by its own names (ParallelDataFormat)."""

    TMX = "TMX"
    CSV = "CSV"
    TSV = "TSV"


@dataclass(frozen=True, slots=True)
class Pair:
    """A source text, its translation, and where they come from.

    `chapter` is the path of the chapter, `position` the number of its first bead there.
    """

    source: str
    target: str
    chapter: str = ""
    position: int = 0

    def reversed(self) -> Pair:
        """Return the pair for the other direction: Amazon reads parallel data one way only."""
        return Pair(self.target, self.source, self.chapter, self.position)
