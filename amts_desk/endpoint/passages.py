"""A passage: running text in which everything that no translation may touch is replaced by a mark.

Marks are characters of the supplementary private-use planes, one for each span, so that an engine can carry them
through as single characters, and so that it can be checked that each came back exactly once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from amts_desk.steps.protect import Span as Protected
from amts_desk.steps.protect import SpanKind, protected_spans

if TYPE_CHECKING:
    from amts_desk.endpoint.engine import Translator

MARK = re.compile("[\U000f0000-\U0010ffff]")
_FIRST, _MOST = 0xF0000, 0x1FFFE
_MARKUP = re.compile(r"!?\[|\]|\*+|~~|(?<!\w)__?(?=\S)|(?<=\S)__?(?!\w)|[\U000f0000-\U0010ffff]")


class Place(StrEnum):
    """How a span stands among the words: as a word of its own, or leaning on the word after or before it."""

    WORD = "word"
    OPENING = "opening"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Span:
    """What a mark stands for: `raw` comes back untouched, `text` is what a reader sees of it."""

    raw: str
    text: str
    place: Place = Place.WORD


@dataclass(frozen=True, slots=True)
class Passage:
    """Text with marks, and the spans that they stand for, in order."""

    text: str
    spans: tuple[Span, ...] = ()

    @property
    def visible(self) -> str:
        """The passage as a reader sees it: the form in which it would stand in parallel data."""
        return MARK.sub(lambda mark: self.span(mark.group()).text, self.text)

    def span(self, mark: str) -> Span:
        """Return what a mark stands for."""
        return self.spans[ord(mark) - _FIRST]

    def part(self, start: int, end: int) -> Passage:
        """Return a passage of the characters `start` to `end`, whose marks are counted anew."""
        woven = Weaver()
        for piece in pieces(self.text[start:end]):
            if MARK.match(piece):
                woven.add_span(self.span(piece))
            else:
                woven.add_plain(piece)
        return woven.passage()


class Weaver:
    """Puts a passage together from text and spans."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._spans: list[Span] = []

    def add_span(self, span: Span) -> None:
        """Add something that must not be touched."""
        if len(self._spans) < _MOST:
            self._pieces.append(chr(_FIRST + len(self._spans)))
            self._spans.append(span)
        else:
            self._pieces.append(MARK.sub("", span.raw))

    def add_plain(self, text: str) -> None:
        """Add text that is known to hold nothing to protect."""
        self._pieces.append(text)

    def add_text(self, text: str) -> None:
        """Add running text; code, math, roles, links, URLs and emphasis marks and brackets in it become spans."""
        at = 0
        for found in protected_spans(text):
            self._add_words(text[at : found.start])
            raw = text[found.start : found.end]
            self.add_span(Span(raw, raw, _place(found, raw)))
            at = found.end
        self._add_words(text[at:])

    def passage(self) -> Passage:
        """Return what was put together."""
        return Passage("".join(self._pieces), tuple(self._spans))

    def _add_words(self, text: str) -> None:
        at, is_open = 0, False
        for found in _MARKUP.finditer(text):
            self.add_plain(text[at : found.start()])
            raw = found.group()
            at = found.end()
            if "[" in raw or "]" in raw:
                self.add_span(Span(raw, raw, Place.CLOSING if raw == "]" else Place.OPENING))
            elif MARK.match(raw):
                self.add_span(Span(raw, raw))
            else:  # emphasis: every second one ends what the one before began
                self.add_span(Span(raw, raw, Place.CLOSING if is_open else Place.OPENING))
                is_open = not is_open
        self.add_plain(text[at:])


def _place(found: Protected, raw: str) -> Place:
    if found.kind in (SpanKind.LINK, SpanKind.FOOTNOTE):
        return Place.CLOSING
    if found.kind is SpanKind.TAG:
        return Place.CLOSING if raw.startswith("</") else Place.OPENING
    return Place.WORD


def passage_of(text: str) -> Passage:
    """Return the passage of plain running text."""
    woven = Weaver()
    woven.add_text(text)
    return woven.passage()


def translate(passage: Passage, translator: Translator, escape: Callable[[str], str] = str) -> str:
    """Return the translation of a passage with its spans put back as they were; all else goes through `escape`.

    A translation that lost or doubled a mark is not trusted: the passage comes back untranslated.
    """
    text = translator.translate(passage)
    if sorted(MARK.findall(text)) != sorted(MARK.findall(passage.text)):
        text = passage.text
    return "".join(passage.span(piece).raw if MARK.match(piece) else escape(piece) for piece in pieces(text))


def pieces(text: str) -> list[str]:
    """Return a text cut into marks and what is between them."""
    return [piece for piece in re.split(f"({MARK.pattern})", text) if piece]
