"""What a reader finds in a file: blocks of text, where each character of them stands, and what lies between them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from amts_desk.core.document import Kind

# Both look for white space from its beginning only, so that a long run of it takes linear time.
_BREAK = re.compile(r"(?<![ \t])[ \t]*+\\?\n(?:[ \t]*>)*[ \t]*")
WHITE_SPACE = re.compile(r"(?<![^\S\n])[^\S\n]*+\n\s*")


class Left(StrEnum):
    """What a part of a file that is no text is."""

    CODE = "code"
    MATH = "display math"
    LABEL = "label"
    TAB = "tab mark"
    IMAGE = "image"
    HTML = "html"
    COMMENT = "comment"
    COMPONENT = "component"
    DIRECTIVE = "directive"
    FRONT_MATTER = "front matter"
    LINK = "link definition"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Block:
    """One translatable block; `offsets[i]` is the offset of `text[i]` in the file as decoded.

    `ends[i]` is where that character ends: empty where each is one character of the file, as it is but in JSON.
    """

    text: str
    kind: Kind
    offsets: tuple[int, ...]
    ends: tuple[int, ...] = ()
    is_html: bool = False
    """Whether it stands in HTML within Markdown, where Markdown's marks are none."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where `text[start:end]` stands in the file."""
        return self.offsets[start], self.ends[end - 1] if self.ends else self.offsets[end - 1] + 1


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start` to `end` of a file: text of a kind, or something that is left as it is."""

    kind: Kind | Left
    start: int
    end: int
    is_html: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: its blocks and what is left as it is, in order; `notes` say what was damaged, and where.

    What stands outside both is white space and marks of lists, quotes, headings and tables.
    """

    blocks: tuple[Block, ...]
    left: tuple[Piece, ...] = ()
    notes: tuple[str, ...] = ()


def unwrap(
    text: str, start: int, end: int, kind: Kind, *, spaced: bool, gaps: re.Pattern[str] = _BREAK
) -> Block | None:
    """Return `text[start:end]` as one line, or None when nothing but white space stands there.

    A line break (with the quote marks and indentation behind it) becomes a space; between Chinese or Japanese
    characters nothing.
    """
    characters: list[str] = []
    offsets: list[int] = []
    while gap := gaps.match(text, start, end):
        start = gap.end()
    start = next((i for i in range(start, end) if not text[i].isspace()), end)
    at = start
    for gap in gaps.finditer(text, start, end):
        characters += text[at : gap.start()]
        offsets += range(at, gap.start())
        if characters and gap.end() < end and _joins_with_space(characters[-1], text[gap.end()], spaced):
            characters.append(" ")
            offsets.append(gap.start())
        at = gap.end()
    characters += text[at:end]
    offsets += range(at, end)
    line = "".join(characters)
    first, last = len(line) - len(line.lstrip()), len(line.rstrip())
    return Block(line[first:last], kind, tuple(offsets[first:last])) if first < last else None


def moved(reading: Reading, starts: Sequence[int], ends: Sequence[int] = ()) -> Reading:
    """Return a reading of part of a file as one of the file: character i stands at `starts[i]` and ends at `ends[i]`.

    Without `ends` each character is one of the file.
    """
    blocks = tuple(
        Block(
            block.text,
            block.kind,
            tuple(starts[i] for i in block.offsets),
            tuple(ends[i] for i in block.offsets) if ends else (),
            block.is_html,
        )
        for block in reading.blocks
    )
    left = tuple(
        Piece(piece.kind, starts[piece.start], ends[piece.end - 1] if ends else starts[piece.end - 1] + 1)
        for piece in reading.left
        if piece.start < piece.end
    )
    return Reading(blocks, left, reading.notes)


def line_ends(text: str) -> list[int]:
    """Return the offset of every line feed, for `line_of`."""
    return [match.start() for match in re.finditer("\n", text)]


def line_of(ends: list[int], offset: int) -> int:
    """Return the number (from 1) of the line that `offset` stands in."""
    return bisect_right(ends, offset - 1) + 1 if offset else 1


def _joins_with_space(before: str, after: str, spaced: bool) -> bool:
    return spaced or (before.isascii() and after.isascii() and before.isalnum() and after.isalnum())
