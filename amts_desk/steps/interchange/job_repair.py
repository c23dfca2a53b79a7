"""Put the spans of a block back into its translation, and repair what a translator of HTML may have done to them.

Safe, and done in silence: spans in another order, changed, doubled, without their id; marks left open, turned round,
drawn apart or with white space inside; a lost span that began or ended the block. All else is said in plain words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from amts_desk.steps.interchange.job_page import Part, Token
from amts_desk.steps.protect import Side, Span, SpanKind, inline_spans

_LEFTOVER = re.compile(r"DNT_\w*")
_ELEMENTS = {"**": "b", "__": "b", "*": "i", "_": "i", "~~": "s"}


def element(raw: str, span: Span) -> str:
    """Return the HTML element that stands for a paired mark: a, b, i or s."""
    return "a" if span.kind is SpanKind.LINK else _ELEMENTS[raw.strip("[]()")]


def restored(source: str, tokens: Sequence[Token]) -> tuple[str | None, list[str]]:
    """Return (Markdown text of a translated block, what is wrong with it).

    The text is None when it is not to be trusted: it is empty, or holds names that only the inside of Amazon Translate
    knows (an open defect: https://github.com/aws/aws-sdk-ruby/issues/3191).
    """
    leftover = _leftover(source, tokens)
    if leftover:
        return None, [f"“{leftover}” is left over from inside Amazon Translate, so the source stays"]
    spans = _Spans.of(source)
    pieces = _filled(_closed(_once(_named(tokens, spans))))
    lost = (spans.whole.keys() | spans.opening.keys()) - {token.number for token in pieces}
    text = _with_edges(source, _written(_unpadded(pieces, spans), spans), lost)
    if source.strip() and not text.strip():
        return None, ["it came back empty"]
    return text, list(_differences(source, text))


@dataclass(frozen=True, slots=True)
class _Spans:
    """The spans of a source text by number: the raw text of whole ones, and of the two marks of a pair."""

    whole: dict[int, str] = field(default_factory=dict)
    opening: dict[int, str] = field(default_factory=dict)
    closing: dict[int, str] = field(default_factory=dict)
    elements: dict[int, str] = field(default_factory=dict)
    links: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, source: str) -> _Spans:
        """Return the spans of a text."""
        found = cls()
        sides = {Side.WHOLE: found.whole, Side.OPENING: found.opening, Side.CLOSING: found.closing}
        for span in inline_spans(source):
            raw = source[span.start : span.end]
            sides[span.side][span.number] = raw
            if span.side is Side.OPENING:
                found.elements[span.number] = element(raw, span)
                found.links.update({span.number} if span.kind is SpanKind.LINK else ())
        return found


def _leftover(source: str, tokens: Iterable[Token]) -> str:
    """Return the first internal name of Amazon Translate that the source does not hold itself, or ""."""
    for token in tokens:
        if token.part is Part.LEFTOVER:
            return token.text.upper()
        if token.part is Part.WORDS:
            for name in _LEFTOVER.findall(token.text):
                if name not in source:
                    return str(name)
    return ""


def _named(tokens: Sequence[Token], spans: _Spans) -> list[Token]:
    """Return the tokens with a number for each that lost its own: by what it holds, or by its element."""
    known = {Part.KEPT: spans.whole, Part.OPENING: spans.elements}
    used = {(token.part, token.number) for token in tokens if token.number >= 0}
    found = []
    for token in tokens:
        options = known.get(token.part)
        if options is None or token.number in options:
            found.append(token)
            continue
        number = next((n for n, held in options.items() if held == token.text and (token.part, n) not in used), -1)
        used.add((token.part, number))
        found.append(replace(token, number=number))
    return [Token(Part.WORDS, t.text) if t.part is Part.KEPT and t.number < 0 else t for t in found]


def _once(tokens: list[Token]) -> list[Token]:
    """Return the tokens without a whole span that stands there for the second time."""
    seen: set[int] = set()
    found = []
    for token in tokens:
        if token.part is Part.KEPT and token.number in seen:
            continue
        seen |= {token.number} if token.part is Part.KEPT else set()
        found.append(token)
    return found


def _closed(tokens: list[Token]) -> list[Token]:
    """Return the tokens with every mark of a pair exactly twice, properly nested, or not at all."""
    partner: dict[int, int] = {}
    opened: list[int] = []
    stray: list[int] = []
    for at, token in enumerate(tokens):
        if token.part is Part.OPENING:
            opened.append(at)
        elif token.part is Part.CLOSING:
            mine = next((i for i in reversed(range(len(opened))) if tokens[opened[i]].text == token.text), None)
            if mine is None:
                stray.append(at)
            else:
                partner[opened[mine]] = at
                stray += opened[mine + 1 :]
                del opened[mine:]
    return _paired(tokens, partner, _turned(tokens, opened, stray))


def _turned(tokens: list[Token], opened: list[int], stray: list[int]) -> dict[int, int]:
    """Return (place to close → place to open) for a lone pair of marks that was turned round: `</b>words<b>`."""
    if len(opened) == 1 and len(stray) == 1 and stray[0] < opened[0]:
        closing, opening = stray[0], opened[0]
        between = tokens[closing + 1 : opening]
        if tokens[closing].text == tokens[opening].text and all(t.part in (Part.WORDS, Part.KEPT) for t in between):
            return {opening: closing}
    return {}


def _paired(tokens: list[Token], partner: dict[int, int], turned: dict[int, int]) -> list[Token]:
    """Return the tokens with the marks at both places of each pair numbered, and all other marks left out."""
    marks: dict[int, Token] = {}
    seen: set[int] = {-1}
    for named, other in sorted((partner | turned).items()):
        number = tokens[named].number
        if number not in seen:
            first, last = sorted((named, other))
            marks[first] = Token(Part.OPENING, "", number)
            marks[last] = Token(Part.CLOSING, "", number)
            seen.add(number)
    kept = (Part.WORDS, Part.KEPT)
    return [marks.get(at, token) for at, token in enumerate(tokens) if at in marks or token.part in kept]


def _filled(tokens: list[Token]) -> list[Token]:
    """Return the tokens without pairs that hold nothing but white space."""
    empty: set[int] = set()
    content: list[tuple[int, bool]] = []
    for token in tokens:
        if token.part is Part.OPENING:
            content.append((token.number, False))
        elif token.part is Part.CLOSING:
            number, has_content = content.pop()
            empty |= set() if has_content else {number}
            content = [(n, has or has_content) for n, has in content]
        elif token.part is Part.KEPT or token.text.strip():
            content = [(n, True) for n, _ in content]
    return [t for t in tokens if t.part in (Part.WORDS, Part.KEPT) or t.number not in empty]


def _unpadded(tokens: list[Token], spans: _Spans) -> list[Token]:
    """Return the tokens with the white space at the inner edges of emphasis moved outside, where Markdown wants it."""
    found = [piece for token in tokens for piece in _split(token)]
    emphasis = spans.opening.keys() - spans.links
    for at in reversed(range(len(found))):
        if found[at].part is Part.OPENING and found[at].number in emphasis:
            _move(found, at, 1)
    for at in range(len(found)):
        if found[at].part is Part.CLOSING and found[at].number in emphasis:
            _move(found, at, -1)
    return found


def _split(token: Token) -> list[Token]:
    """Return words with the white space before and behind them as tokens of their own."""
    if token.part is not Part.WORDS:
        return [token]
    return [Token(Part.WORDS, piece) for piece in re.split(r"(^\s+|\s+$)", token.text) if piece]


def _move(tokens: list[Token], at: int, step: int) -> None:
    """Move the mark at a place over the white space beside it."""
    while tokens[at + step].part is Part.WORDS and not tokens[at + step].text.strip():
        tokens[at], tokens[at + step] = tokens[at + step], tokens[at]
        at += step


def _written(tokens: Iterable[Token], spans: _Spans) -> str:
    sides = {Part.KEPT: spans.whole, Part.OPENING: spans.opening, Part.CLOSING: spans.closing}
    return "".join(t.text if t.part is Part.WORDS else sides[t.part][t.number] for t in tokens)


def _with_edges(source: str, text: str, lost: set[int]) -> str:
    """Return the text with the lost spans that began or ended the source, or stood around all of it."""
    spans = inline_spans(source)
    for span in spans:
        raw = source[span.start : span.end]
        if span.number not in lost or span.side is not Side.WHOLE or raw in text:
            continue
        if span.start == 0:
            text = raw + _gap(source[span.end :]) + text
        elif span.end == len(source):
            text = text + _gap(source[: span.start][::-1]) + raw
    if spans and spans[0].number == spans[-1].number in lost and spans[0].side is Side.OPENING:
        first, last = spans[0], spans[-1]
        if first.start == 0 and last.end == len(source) and text.strip():
            text = source[: first.end] + text.strip() + source[last.start :]
    return text


def _gap(text: str) -> str:
    return " " if text[:1].isspace() else ""


def _differences(source: str, text: str) -> Iterable[str]:
    """Yield which spans of the source the text lacks, and which it has beyond them."""
    before, after = _counted(source), _counted(text)
    for kind, raw in (before - after).elements():
        yield f"the {kind} “{raw}” is missing"
    for kind, raw in (after - before).elements():
        yield f"the {kind} “{raw}” is not in the source"


def _counted(text: str) -> Counter[tuple[str, str]]:
    spans = inline_spans(text)
    return Counter((span.kind.value, text[span.start : span.end]) for span in spans if span.side is not Side.OPENING)
