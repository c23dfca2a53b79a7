"""Read HTML: the text of block elements with exact spans; tags of running text stay in it.

Blocks and what they may hold: https://html.spec.whatwg.org/multipage/syntax.html. Only tags are looked for, no tree is
built, so that a page with tags left open is read as far as it goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from amts_desk.core.document import Kind
from amts_desk.steps.read.blocks import WHITE_SPACE, Left, Piece, Reading, line_ends, line_of, moved, unwrap

_VERBATIM = "script|style|pre|textarea|svg|math|template|noscript|object|iframe"
_INLINE = re.compile(
    r"a|abbr|acronym|b|bdi|bdo|big|br|cite|code|data|del|dfn|em|font|i|img|ins|kbd|label|mark|q|ruby|rb|rp|rt|s|samp"
    r"|small|span|strike|strong|sub|sup|time|tt|u|var|wbr"
)
_KINDS = {f"h{n}": Kind.HEADING for n in range(1, 7)} | {
    "ul": Kind.PARAGRAPH,
    "ol": Kind.PARAGRAPH,
    "dl": Kind.PARAGRAPH,
    "table": Kind.PARAGRAPH,
    "title": Kind.HEADING,
    "li": Kind.LIST_ITEM,
    "dt": Kind.LIST_ITEM,
    "dd": Kind.LIST_ITEM,
    "td": Kind.TABLE_CELL,
    "th": Kind.TABLE_CELL,
    "caption": Kind.CAPTION,
    "figcaption": Kind.CAPTION,
    "blockquote": Kind.QUOTE,
}
_MARKUP = re.compile(
    rf"""
    (?P<comment><!--.*?(?P<comment_end>-->|\Z))
  | (?P<other><[!?][^>]*>)
  | (?P<verbatim><(?P<tag>{_VERBATIM})\b(?:[^<>"']|"[^"]*"|'[^']*')*(?<!/)>.*?(?P<tag_end></(?P=tag)\s*>|\Z))
  | </?(?P<name>[A-Za-z][\w:-]*)(?:[^<>"']|"[^"]*"|'[^']*')*>
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)

_PICTURES = re.compile(r"(?:\s*+<(?:img|br)\b[^<>]*+>)++", re.IGNORECASE)


def read_html(text: str, name: str, *, spaced: bool, comments: bool = False) -> Reading:
    """Return what an HTML page holds; `spaced` says whether lines are joined with a space."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    ends = line_ends(plain)
    blocks, left, notes = [], [], []
    for piece in html_pieces(plain):
        if isinstance(piece.kind, Left):
            left.append(piece)
            if not plain.endswith(">") and piece.end == len(plain):
                notes.append(f"{name}: what begins in line {line_of(ends, piece.start)} is not closed.")
        elif block := unwrap(plain, piece.start, piece.end, piece.kind, spaced=spaced, gaps=WHITE_SPACE):
            blocks.append(block)
    reading = Reading(tuple(blocks), tuple(left), tuple(notes))
    if plain == text:
        return reading
    return moved(reading, [i for i, c in enumerate(text) if not (c == "\n" and i and text[i - 1] == "\r")])


def html_pieces(text: str) -> Iterator[Piece]:
    """Yield the running text between block tags, and everything that is none, but for tags without a word around."""
    stack: list[str] = []
    at = 0
    for match in _MARKUP.finditer(text):
        name = (match["name"] or "").lower()
        if _INLINE.fullmatch(name):
            continue
        yield from _run(text, at, match.start(), _kind(stack))
        yield Piece(_left(match), *match.span())
        at = match.end()
        if name:
            _note_tag(stack, name, closes=match.group().startswith("</"), empty=match.group().endswith("/>"))
    yield from _run(text, at, len(text), _kind(stack))


def _left(match: re.Match[str]) -> Left:
    if match["comment"] is not None:
        return Left.COMMENT
    return Left.CODE if match["verbatim"] is not None else Left.HTML


def _note_tag(stack: list[str], name: str, *, closes: bool, empty: bool) -> None:
    """Keep the open elements that tell the kind of the text in them."""
    if name not in _KINDS or empty:
        return
    if not closes:
        if stack[-1:] != [name] or _KINDS[name] is Kind.PARAGRAPH:
            stack.append(name)
    elif name in stack[-20:]:
        while stack.pop() != name:
            pass


def _kind(stack: list[str]) -> Kind:
    return _KINDS[stack[-1]] if stack else Kind.PARAGRAPH


def _run(text: str, start: int, end: int, kind: Kind) -> Iterator[Piece]:
    """Yield the text between two block tags, when there is a word outside its own tags; pictures before it are none."""
    if pictures := _PICTURES.match(text, start, end):
        start = pictures.end()
    if re.sub(r"<[^<>]*>", "", text[start:end]).strip():
        yield Piece(kind, start, end)
