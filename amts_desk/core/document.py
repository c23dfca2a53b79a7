"""A chapter file as it was read: its text, and the spans of it that are translatable."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from amts_desk.core.options import DEFAULT, Rules


class Kind(StrEnum):
    """What a segment is in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    TABLE_CELL = "table-cell"
    CAPTION = "caption"
    QUOTE = "quote"
    FOOTNOTE = "footnote"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of translatable text: a block (paragraph, heading …) or one sentence of it.

    `text` is unwrapped (one line); `start` and `end` are character offsets into the document's text as decoded,
    so that `document.text[start:end]` is the raw text. `block` is the number of the block it is or belongs to.
    """

    text: str
    kind: Kind
    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One file in one language. `blocks[n].block == n`; sentences follow in reading order."""

    path: str
    language: str
    text: str
    sha256: str
    blocks: tuple[Segment, ...]
    sentences: tuple[Segment, ...]
    encoding: str = "utf-8"
    """The encoding to write it back with; "utf-8-sig" when the file begins with a byte order mark."""
    notes: tuple[str, ...] = ()
    """What was damaged in the file and how it was read all the same: one sentence each, with the line number."""
    rules: Rules = DEFAULT
    """How it was read, as far as that matters in its language."""

    @property
    def edition(self) -> str:
        """The name of these blocks, by whose numbers output is stored: the same bytes cut into as many of them."""
        return f"{self.sha256}:{len(self.blocks)}"
