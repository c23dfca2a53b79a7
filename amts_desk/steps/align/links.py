"""What is aligned and what comes of it: sentences of two languages, and the links between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from amts_desk.core.errors import DeskError


class Stretch(NamedTuple):
    """Source sentences `source` to `source_end` - 1 and target sentences likewise."""

    source: int
    source_end: int
    target: int
    target_end: int


CONFIRMED = 3.0
"""How much a bead teaches that a person has confirmed; one that was only found teaches 1."""


class Pin(NamedTuple):
    """A bead that stands where it is, and how much it teaches."""

    stretch: Stretch
    weight: float = CONFIRMED


@dataclass(frozen=True, slots=True)
class Texts:
    """The sentences of one chapter in both languages.

    `source_ends[i]` names the kind of block that ends with sentence i, "" where the block goes on (empty when nothing
    is known of blocks). `pins` are beads that stand: in order, and not one over the other.
    """

    source: tuple[str, ...]
    target: tuple[str, ...]
    source_ends: tuple[str, ...] = ()
    target_ends: tuple[str, ...] = ()
    pins: tuple[Pin, ...] = ()

    def between_pins(self) -> Iterator[Stretch]:
        """Yield what lies before, between and behind the pins, empty stretches included.

        Raises DeskError when the pins cross each other or reach beyond the sentences.
        """
        source = target = 0
        end = Stretch(len(self.source), len(self.source), len(self.target), len(self.target))
        for pin in (*(pin.stretch for pin in self.pins), end):
            if not (source <= pin.source <= pin.source_end and target <= pin.target <= pin.target_end):
                raise DeskError("A pinned bead crosses another one.", "Unpin one of them, and align again.")
            yield Stretch(source, pin.source, target, pin.target)
            source, target = pin.source_end, pin.target_end


@dataclass(frozen=True, slots=True)
class Link:
    """A bead as the numbers of its sentences, with its probability (0 to 1) and what speaks against it.

    A pinned one has probability 1 and nothing against it.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    confidence: float
    reasons: tuple[str, ...]
    is_pinned: bool = False


Entry = tuple[str, str, float]
"""A source word, a target word (both normalised), and about the probability of either given the other."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known before an alignment: pairs of texts that people have confirmed, and words learned earlier."""

    confirmed: tuple[tuple[str, str], ...] = ()
    words: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Alignment:
    """The links of every chapter, and the words that were learned from them for the next time."""

    links: list[list[Link]]
    words: tuple[Entry, ...] = field(default=(), repr=False)


def block_ends(blocks: Sequence[int], kinds: Sequence[str]) -> tuple[str, ...]:
    """Return `source_ends` of sentences that belong to these blocks, which are of these kinds (both by sentence)."""
    following = (*blocks[1:], None) if blocks else ()
    return tuple(kind if block != after else "" for block, after, kind in zip(blocks, following, kinds, strict=True))
