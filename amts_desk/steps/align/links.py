"""What is aligned and what comes of it: sentences of two languages, and the links between them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Texts:
    """The sentences of one chapter in both languages."""

    source: tuple[str, ...]
    target: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A bead as the numbers of its sentences, with its probability (0 to 1) and what speaks against it."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    confidence: float
    reasons: tuple[str, ...]
