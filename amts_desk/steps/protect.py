"""Protected spans: the parts of running text that no translation may touch.

One model for segmentation, alignment, translation, checks and editing. Whole spans (code, math, roles, images, tags,
URLs, footnote marks, escapes) stand for themselves. Paired spans (emphasis, slide marks, the ends of a link) come in
twos with the same number: they may move with the words between them. Source: CommonMark 0.31, "Inlines".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum


class SpanKind(StrEnum):
    """What a protected span is."""

    ROLE = "role"
    CODE = "code"
    MATH = "math"
    IMAGE = "image"
    LINK = "link"
    FOOTNOTE = "footnote"
    TAG = "tag"
    URL = "url"
    ESCAPE = "escape"
    EMPHASIS = "emphasis"


class Side(StrEnum):
    """Whether a span stands for itself, or opens or closes a pair."""

    WHOLE = "whole"
    OPENING = "opening"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of a text that must stay as they are; the two spans of a pair share a `number`."""

    start: int
    end: int
    kind: SpanKind
    side: Side = Side.WHOLE
    number: int = 0


# In a Chinese sentence Hanzi count as word characters, so no rule may lean on \w or \b.
_TARGET = r"""\((?!\*\*)\s*(?:<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)"""
FORMULA_SIGN = r"(?:\\[A-Za-z]{2}|\^|(?<![A-Za-z])[A-Za-z](?:_[\\{A-Za-z0-9]|[ ]?[=+<>])|[ ][=<>][ ])"
"""What tells a formula between escaped brackets from a remark: a command of TeX, an index or a sign of arithmetic."""
_IN_FORMULA = r"(?:[^\\\n]|\\(?!\\?[()]))"
_NO_LETTER = r"[^\\A-Za-z\x80-\U0010ffff]{0,40}"
_NO_WORD = rf"{_NO_LETTER}[A-Za-z](?:{_NO_LETTER}(?<![A-Za-z])[A-Za-z]){{0,40}}{_NO_LETTER}\\"
_SUM = "[0-9][ ]?[-+*/=<>][ ]?[0-9]"
_FORMULA = rf"""(?<!\\)(?P<slashes>\\{{1,2}})\(
    (?={_IN_FORMULA}{{0,1000}}?(?:{FORMULA_SIGN}|{_SUM}) | {_NO_WORD})
    {_IN_FORMULA}{{1,1000}}?(?P=slashes)\)"""
_SPANS = re.compile(
    rf"""
    (?=[\\&:{{`$!(\[<]|https?:)(?:  # for speed only
    (?P<math>(?<![\\$])\$\$(?:[^$\\]|\\.)+?\$\$ | (?<![\\$])\$(?![\s$])(?:[^$\\]|\\.)*?(?<!\s)\$(?![\d$])
      | {_FORMULA})
  | (?P<escape>\\[!-/:-@\[-`{{-~] | &(?:[A-Za-z][A-Za-z0-9]{{1,31}}|\#[0-9]{{1,7}}|\#[Xx][0-9A-Fa-f]{{1,6}});)
  | (?P<role>(?::[A-Za-z][A-Za-z_]*:|\{{[A-Za-z][A-Za-z0-9_:.+-]*\}})`[^`\n]*`)
  | (?P<code>(?<!`)(?P<ticks>`++)(?:.+?)(?<!`)(?P=ticks)(?!`))
  | (?P<image>!\[[^\[\]]*\]{_TARGET})
  | (?P<link>(?<=\]){_TARGET} | (?<=\])\[(?![*^\s])[^\[\]]*\])
  | (?P<footnote>\[\^[^\[\]\s]+\])
  | (?P<tag></?[A-Za-z][A-Za-z0-9-]*(?:\s+[^<>]*)?/?> | <!--(?:[^<]|<(?!!--))*?-->
      | \{{\{{[^{{}}\n]{{1,500}}\}}\}} | \{{%[^{{}}\n]{{1,500}}%\}}
      | \{{(?:[A-Za-z_$][A-Za-z0-9_$]*(?:\.[A-Za-z0-9_$]+)*|/\*.{{0,500}}?\*/)\}})
  | (?P<url><https?://[^\s<>]+> | https?://[A-Za-z0-9\-._~:/?\#@!$&'*+,;=%]+[A-Za-z0-9/\#=_]))
    """,
    re.VERBOSE | re.DOTALL,
)
_MASKS = {
    SpanKind.ROLE: "\ue001",
    SpanKind.CODE: "\ue002",
    SpanKind.MATH: "\ue003",
    SpanKind.IMAGE: "\ue003",
    SpanKind.LINK: "\ue004",
    SpanKind.FOOTNOTE: "\ue004",
    SpanKind.TAG: "\ue005",
    SpanKind.URL: "\ue006",
}
_RUN = re.compile(r"\*+|_+|(?<!~)~~(?!~)")
_BRACKET = re.compile(r"[\[\]]")
_SLIDE_BRACKETS = (("[", "]"), ("(", ")"))


def protected_spans(text: str) -> list[Span]:
    """Return the whole spans of unwrapped text but for escapes, and the targets of links, in order.

    They never overlap. Emphasis marks and the brackets around the text of a link are not among them.
    """
    return _whole(text, escapes=False)


def masked(text: str) -> str:
    """Return the text with every character of its `protected_spans` replaced by a private-use one.

    Length and positions stay, so what is found in the masked text holds in the text itself.
    """
    return _covered(text, protected_spans(text))


def inline_spans(text: str) -> list[Span]:
    """Return all spans of unwrapped text in order: whole ones, and the pairs of links and emphasis.

    They never overlap, and pairs are nested one in the other. A mark without its partner is text.
    """
    whole = _whole(text)
    hidden = _covered(text, whole)
    links = list(_links(hidden, [span for span in whole if span.kind is SpanKind.LINK]))
    targets = {closing.end for _, closing in links}
    pairs = _nested(links, [_slide_mark(hidden, *pair) for pair in _emphasis(hidden)])
    whole = [span for span in whole if not (span.kind is SpanKind.LINK and span.end in targets)]
    return _numbered(whole, pairs)


def _whole(text: str, *, escapes: bool = True) -> list[Span]:
    """Return the whole spans; the name of the group that closed last is that of the kind."""
    return [
        Span(*match.span(), SpanKind(str(match.lastgroup)))
        for match in _SPANS.finditer(text)
        if escapes or match.lastgroup != "escape"
    ]


def _covered(text: str, spans: Iterable[Span]) -> str:
    pieces, at = [], 0
    for span in spans:
        pieces += [text[at : span.start], _MASKS.get(span.kind, "\ue007") * (span.end - span.start)]
        at = span.end
    return "".join([*pieces, text[at:]])


Pair = tuple[Span, Span]


def _links(hidden: str, targets: list[Span]) -> Iterator[Pair]:
    """Yield `[` and `](target)` of every link whose text has balanced brackets and holds no link itself."""
    by_start = {target.start: target for target in targets}
    opened: list[int] = []
    for bracket in _BRACKET.finditer(hidden):
        if bracket.group() == "[":
            opened.append(bracket.start())
        elif opened:
            start, target = opened.pop(), by_start.get(bracket.end())
            if target and start >= 0 and hidden[start + 1 : bracket.start()].strip():
                opened = [-1] * len(opened)
                yield (
                    Span(start, start + 1, SpanKind.LINK, Side.OPENING),
                    Span(bracket.start(), target.end, SpanKind.LINK, Side.CLOSING),
                )


def _emphasis(hidden: str) -> Iterator[Pair]:
    """Yield the marks of every emphasis, strong emphasis and strikethrough (CommonMark, "process emphasis").

    A mark may close behind punctuation even when a letter follows, as it often does in Chinese.
    """
    opened: list[Span] = []
    for run in _RUN.finditer(hidden):
        start, end = run.span()
        can_open, can_close = _flanks(hidden, start, end)
        while can_close and start < end:
            partner = next((i for i in reversed(range(len(opened))) if hidden[opened[i].start] == hidden[start]), None)
            if partner is None:
                break
            opener = opened[partner]
            used = min(2, end - start, opener.end - opener.start)
            yield replace(opener, start=opener.end - used), _mark(start, start + used, Side.CLOSING)
            rest = replace(opener, end=opener.end - used)
            opened[partner:] = [rest] if rest.start < rest.end else []
            start += used
        if can_open and start < end:
            opened.append(_mark(start, end, Side.OPENING))


def _mark(start: int, end: int, side: Side) -> Span:
    return Span(start, end, SpanKind.EMPHASIS, side)


def _flanks(hidden: str, start: int, end: int) -> tuple[bool, bool]:
    """Return whether the run of marks from `start` to `end` can open and whether it can close an emphasis."""
    before, after = hidden[start - 1 : start], hidden[end : end + 1]
    can_open, can_close = bool(after.strip()), bool(before.strip())
    if hidden[start] == "_":
        return can_open and not _is_word(before), can_close and not _is_word(after)
    return can_open, can_close


def _is_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _slide_mark(hidden: str, opening: Span, closing: Span) -> Pair:
    """Return the pair with the brackets around it when it is a slide mark of D2L: `[**…**]` or `(**…**)`."""
    before, after = hidden[max(opening.start - 1, 0) : opening.start], hidden[closing.end : closing.end + 1]
    is_link = hidden[closing.end + 1 : closing.end + 2] == _MASKS[SpanKind.LINK]
    if (before, after) in _SLIDE_BRACKETS and not is_link and opening.end - opening.start == 2:
        return replace(opening, start=opening.start - 1), replace(closing, end=closing.end + 1)
    return opening, closing


def _nested(links: list[Pair], emphasis: list[Pair]) -> list[Pair]:
    """Return the pairs without emphasis that crosses the edge of a link, touches its brackets or holds nothing."""
    kept = list(links)
    edges = sorted((opening.start, closing.end) for opening, closing in links)
    starts = [start for start, _ in edges]
    for opening, closing in emphasis:
        inside = edges[bisect_right(starts, opening.start) : bisect_right(starts, closing.end)]
        around = [edge for edge in edges if edge[0] <= opening.start < edge[1]]
        if opening.end < closing.start and (
            all(end <= closing.start for _, end in inside) and all(closing.end < end for _, end in around)
        ):
            kept.append((opening, closing))
    return kept


def _numbered(whole: list[Span], pairs: list[Pair]) -> list[Span]:
    """Return all spans in order, numbered in the order in which they begin."""
    closings = {opening.start: closing for opening, closing in pairs}
    openings = [opening for opening, _ in pairs]
    found = []
    for number, span in enumerate(sorted([*whole, *openings], key=lambda span: span.start)):
        found.append(replace(span, number=number))
        if span.side is Side.OPENING:
            found.append(replace(closings[span.start], number=number))
    return sorted(found, key=lambda span: span.start)
