"""Read a page that came back from a translation job: for each block the words, spans and marks in their new order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from html.parser import HTMLParser

PAIRED = ("a", "b", "i", "s")
"""The elements that stand for paired marks."""
_BLOCK = re.compile(r"b(\d+)")
_SPAN = re.compile(r"b(\d+)s(\d+)")
_LEFTOVER = "dnt_"


class Part(StrEnum):
    """What a token is."""

    WORDS = "words"
    KEPT = "kept"
    OPENING = "opening"
    CLOSING = "closing"
    LEFTOVER = "leftover"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a block: words, what a protected element holds, or the tag of a paired mark.

    `number` is that of the span in its block, or -1 when the page does not tell.
    """

    part: Part
    text: str
    number: int = -1


def read_page(html: str) -> dict[int, list[Token]]:
    """Return block number → its tokens, in the order in which they stand.

    Elements without a block's id, comments and unknown tags are passed over.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.blocks


class _Reader(HTMLParser):
    """Collects the tokens inside paragraphs whose id names a block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: dict[int, list[Token]] = {}
        self._block: int | None = None
        self._kept: list[str] = []
        """The names of the elements open inside a protected one, itself first."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "p":
            named = _BLOCK.fullmatch(attributes.get("id") or "")
            self._open_block(int(named[1]) if named else None)
        elif self._kept:
            self._kept += [tag] if tag == self._kept[0] else []
        elif self._block is not None:
            self._open_inline(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "body", "html"):
            self._open_block(None)
        elif self._kept:
            if tag == self._kept[0]:
                self._kept.pop()
        elif tag in PAIRED:
            self._add(Part.CLOSING, tag)
        elif tag.startswith(_LEFTOVER):
            self._add(Part.LEFTOVER, tag)

    def handle_data(self, data: str) -> None:
        if not self._kept:
            self._add(Part.WORDS, data)
        elif self._block is not None:
            kept = self.blocks[self._block]
            kept[-1] = Token(Part.KEPT, kept[-1].text + data, kept[-1].number)

    def _open_block(self, block: int | None) -> None:
        self._block, self._kept = block, []
        if block is not None:
            self.blocks.setdefault(block, [])

    def _open_inline(self, tag: str, attributes: dict[str, str | None]) -> None:
        number = self._number(attributes.get("id") or "")
        if (attributes.get("translate") or "").lower() == "no" or (tag == "span" and number >= 0):
            self._add(Part.KEPT, "", number)
            self._kept = [tag]
        elif tag in PAIRED:
            self._add(Part.OPENING, tag, number)
        elif tag.startswith(_LEFTOVER):
            self._add(Part.LEFTOVER, tag)

    def _number(self, name: str) -> int:
        named = _SPAN.fullmatch(name)
        return int(named[2]) if named and int(named[1]) == self._block else -1

    def _add(self, part: Part, text: str, number: int = -1) -> None:
        if self._block is not None:
            self.blocks[self._block].append(Token(part, text, number))
