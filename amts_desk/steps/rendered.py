"""Running text as a reader sees it: its markup turned into looks, formulas and code into what they say.

Pure: text in, pieces out. What is markup is what `steps.protect` says; nothing here is ever written back.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from amts_desk.steps.formula import spoken
from amts_desk.steps.protect import Side, Span, SpanKind, inline_spans


class Look(StrEnum):
    """How a piece of text looks."""

    STRONG = "strong"
    EMPHASIS = "emphasis"
    STRUCK = "struck"
    CODE = "code"
    FORMULA = "formula"
    LINK = "link"
    REFERENCE = "reference"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and how it looks; no look at all is plain text."""

    text: str
    looks: frozenset[Look] = frozenset()


_IMAGE_TEXT = re.compile(r"!\[([^\[\]]*)\]")
_ROLE_NAME = re.compile(r"^[:{][^`]*`|`$")


def rendered(text: str) -> tuple[Piece, ...]:
    """Return a segment's text in pieces as it is read. Text that is nothing but markup stays as it stands."""
    pieces = tuple(piece for piece in _pieces(text) if piece.text)
    if not "".join(piece.text for piece in pieces).strip():
        return (Piece(text, frozenset({Look.CODE})),) if text else ()
    return pieces


def plain(text: str) -> str:
    """Return a segment's text as it is read, without any look."""
    return "".join(piece.text for piece in rendered(text))


def _pieces(text: str) -> Iterator[Piece]:
    opened: list[Look | None] = []
    at = 0
    for span in inline_spans(text):
        around = frozenset(look for look in opened if look is not None)
        yield Piece(text[at : span.start], around)
        marked = text[span.start : span.end]
        if span.side is Side.OPENING:
            opened.append(_look(span, marked))
        elif span.side is Side.CLOSING:
            opened.pop()
        else:
            said, look = _said(span.kind, marked)
            yield Piece(said, around | {look} if look else around)
        at = span.end
    yield Piece(text[at:])


def _look(span: Span, marked: str) -> Look | None:
    """Return how the text between two marks looks; the marks of slides change nothing."""
    if span.kind is SpanKind.LINK:
        return Look.LINK
    if marked[0] in "[(":
        return None
    if marked.startswith("~"):
        return Look.STRUCK
    return Look.STRONG if len(marked) > 1 else Look.EMPHASIS


def _said(kind: SpanKind, marked: str) -> tuple[str, Look | None]:
    """Return what a span that stands for itself says, and how it looks."""
    if kind is SpanKind.ESCAPE:
        return (marked[1:] if marked.startswith("\\") else html.unescape(marked)), None
    if kind is SpanKind.TAG:
        return ("", None) if marked.startswith("<") else (marked, Look.CODE)
    say, look = _WHOLE[kind]
    return say(marked), look


def _code(marked: str) -> str:
    """Return code without its ticks; one blank inside each of them is no part of it (CommonMark 0.31, "Code spans")."""
    ticks = len(marked) - len(marked.lstrip("`"))
    inner = marked[ticks : len(marked) - ticks]
    is_padded = inner.startswith(" ") and inner.endswith(" ") and inner.strip()
    return inner[1:-1] if is_padded else inner


def _first_group(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.match(text)
    return match.group(1) if match else text


_WHOLE: dict[SpanKind, tuple[Callable[[str], str], Look]] = {
    SpanKind.MATH: (spoken, Look.FORMULA),
    SpanKind.CODE: (_code, Look.CODE),
    SpanKind.ROLE: (lambda marked: _ROLE_NAME.sub("", marked), Look.REFERENCE),
    SpanKind.IMAGE: (lambda marked: _first_group(_IMAGE_TEXT, marked), Look.REFERENCE),
    SpanKind.FOOTNOTE: (lambda marked: marked[2:-1], Look.NOTE),
    SpanKind.URL: (lambda marked: marked.strip("<>"), Look.LINK),
    SpanKind.LINK: (lambda marked: marked, Look.LINK),
}
