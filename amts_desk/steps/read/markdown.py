"""Read Markdown of every dialect: the door to marko, the one CommonMark parser that gives exact character spans.

Text are headings, paragraphs, list items, table cells, quotes, footnotes and captions. Code, display math, labels,
tab marks, directives, components, tags, images and front matter are left alone. Nothing is ever rendered again:
a chapter is written back by splicing into its text. Only blocks are parsed: what stands inside one is text to be kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import cache
from itertools import islice, pairwise
from typing import Any

from amts_desk.core.document import Kind
from amts_desk.core.errors import DeskError
from amts_desk.steps.read import constructs
from amts_desk.steps.read.blocks import Block, Left, Piece, Reading, line_ends, line_of, moved, unwrap
from amts_desk.steps.read.comments import code_comments
from amts_desk.steps.read.html import html_pieces
from amts_desk.steps.read.inline import cut_inline


class Dialect(StrEnum):
    """Whose marks a Markdown text carries; those of D2L are known in all of them."""

    PLAIN = "plain"
    MYST = "myst"
    MDX = "mdx"


DEEPEST = 40
"""Lists and quotes that may stand one inside the other."""
_PATIENCE = 50
"""Components and expressions of one text that may lack their end; from then on they are text."""
_RULES = {Dialect.PLAIN: constructs.PLAIN, Dialect.MYST: constructs.MYST, Dialect.MDX: constructs.MDX}
# YAML, whose first line tells it from a rule above text (Jekyll, Hugo, Jupytext), TOML and JSON (Hugo).
_FRONT_MATTER = re.compile(
    r"\A(?:---[ \t]*\n(?=---|\.\.\.|\s*(?:\#|[\w\"'][^\n:]*:(?:\s|\Z)))(?:.*\n)*?(?:---|\.\.\.)"
    r"|\+\+\+[ \t]*\n(?=\+\+\+|\s*(?:[#\[]|[\w\"'][^\n=]*=))(?:.*\n)*?\+\+\+"
    r"|\{[ \t]*\n(?=[ \t]*\")(?:.*\n)*?\})[ \t]*(?:\n|\Z)"
)
_CAPTION = re.compile(r":(?=[^\s:`])(?![A-Za-z_]+:`)")
_DEFINITION = re.compile(r"\n[ \t>]*+:[ \t]++(?=\S)")
_TERM = re.compile(rf"[^\n]++{_DEFINITION.pattern}")
_TEXT = {
    "Heading": Kind.HEADING,
    "SetextHeading": Kind.HEADING,
    "TableCell": Kind.TABLE_CELL,
    "Paragraph": None,  # the kind of what it stands in
}
_CONTAINERS = {"ListItem": Kind.LIST_ITEM, "Quote": Kind.QUOTE, "FootnoteDef": Kind.FOOTNOTE}
_LEFT = {"FencedCode": Left.CODE, "CodeBlock": Left.CODE, "LinkRefDef": Left.LINK, "ThematicBreak": Left.RULE}
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_WIDE_GAP = re.compile(r"\s{200}")
_FENCE_CLOSED = re.compile(r"\n[ \t>]*(`{3,}|~{3,})[ \t]*\n?\Z")


def read_markdown(text: str, name: str, dialect: Dialect, *, spaced: bool, comments: bool = False) -> Reading:
    """Return what a Markdown text holds; with `comments` those in its code, too.

    `spaced` says whether lines are joined with a space. Raises DeskError (with the line) when lists or quotes nest
    deeper than 40; `name` is how the file is called in it.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    reading = _read(plain, name, dialect, spaced=spaced, comments=comments)
    if plain == text:
        return reading
    return moved(reading, [i for i, c in enumerate(text) if not (c == "\n" and i and text[i - 1] == "\r")])


def _read(text: str, name: str, dialect: Dialect, *, spaced: bool, comments: bool) -> Reading:
    front = _FRONT_MATTER.match(text)
    body = re.sub(r"[^\n]", " ", front.group()) + text[front.end() :] if front else text
    ends, notes = line_ends(text), []
    try:
        tree = _parser(dialect).parse(body)
    except _Unreadable as error:
        raise DeskError(
            f"{name} {error.why} in line {line_of(ends, error.at)}.", "Look for a line of many “>” or list marks."
        ) from error
    blocks: list[Block] = []
    left = [Piece(Left.FRONT_MATTER, *front.span())] if front else []
    for piece in _pieces(tree, text, Kind.PARAGRAPH, dialect):
        if isinstance(piece, _Damage):
            notes.append(f"{name}: what begins in line {line_of(ends, piece.at)} is not closed ({piece.missing}).")
        elif isinstance(piece.kind, Left):
            left.append(piece)
            if comments and piece.kind is Left.CODE:
                blocks += code_comments(text, piece.start, piece.end, spaced=spaced)
        elif block := unwrap(text, piece.start, piece.end, piece.kind, spaced=spaced):
            blocks.append(replace(block, is_html=piece.is_html))
    return Reading(tuple(blocks), tuple(left), tuple(notes))


class _Unreadable(Exception):  # noqa: N818  a signal from within the parser
    """What stands at this offset cannot be read, and why."""

    def __init__(self, at: int, why: str) -> None:
        super().__init__(at, why)
        self.at = at
        self.why = why


class _Damage:
    """What begins at this offset is not closed by what is missing."""

    __slots__ = ("at", "missing")

    def __init__(self, at: int, missing: str) -> None:
        self.at = at
        self.missing = missing


def _pieces(node: Any, text: str, kind: Kind, dialect: Dialect) -> Iterator[Piece | _Damage]:
    """Yield the text and what is left as it is below `node`, in reading order."""
    for child in node.children:
        name = type(child).__name__
        if name in _TEXT:
            yield from _inline(child, text, _TEXT[name] or kind, dialect)
        elif name == "Construct":
            yield from _construct(child)
        elif name == "HTMLBlock":
            yield from _html(child, text)
        elif name in _LEFT:
            yield from _verbatim(child, text, _LEFT[name])
        elif isinstance(getattr(child, "children", None), list):
            yield from _pieces(child, text, _CONTAINERS.get(name, kind), dialect)


def _inline(node: Any, text: str, kind: Kind, dialect: Dialect) -> Iterator[Piece]:
    """Yield the inline content of a node; a paragraph that begins with a colon is the caption of the table below it."""
    if not node.children:
        return
    start, end = node.children[0].source_span
    if type(node).__name__ == "Paragraph" and _CAPTION.match(text, start):
        start, kind = start + 1, Kind.CAPTION
    for first, last in _definitions(text, start, end) if type(node).__name__ == "Paragraph" else [(start, end)]:
        yield from cut_inline(text, first, last, kind, mdx=dialect is Dialect.MDX)


def _definitions(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a paragraph, or the term in its first line and each definition below it (MyST, Pandoc, kramdown)."""
    if _TERM.match(text, start, end):
        for mark in _DEFINITION.finditer(text, start, end):
            yield start, mark.start()
            start = mark.end()
    yield start, end


def _construct(node: Any) -> Iterator[Piece | _Damage]:
    start, end = node.source_span
    title = node.extent.title
    for first, last in pairwise([start, *(title or ()), end]):
        is_title = title == (first, last)
        yield Piece(Kind.CAPTION if is_title else node.rule.left, first, last)
    if node.extent.missing:
        yield _Damage(start, node.extent.missing)


def _html(node: Any, text: str) -> Iterator[Piece | _Damage]:
    """Yield the text between the tags of an HTML block, and all the rest of it."""
    start, end = node.source_span
    is_comment = node.body.lstrip().startswith("<!--")
    places = None if is_comment else _places(node.body, text, start)
    if places:
        yield from _between_tags(text, node.body, [*places, end])
    else:
        yield Piece(Left.COMMENT if is_comment else Left.HTML, start, end)
    if is_comment and "-->" not in node.body:
        yield _Damage(start, "-->")


def _places(body: str, text: str, start: int) -> list[int] | None:
    """Return where each character of an HTML block stands; marks of quotes and indentation may stand before its lines.

    None when a line cannot be told from them (a tab of which a part is indentation).
    """
    places: list[int] = []
    for line in body.splitlines(keepends=True):
        end = text.find("\n", start) + 1 or len(text)
        if not text.endswith(line, start, end):
            return None
        places += range(end - len(line), end)
        start = end
    return places


def _between_tags(text: str, body: str, places: Sequence[int]) -> Iterator[Piece]:
    """Yield the pieces of an HTML block; the character `body[i]` of it stands at `places[i]`."""
    at = places[0]
    for found in html_pieces(body):
        if isinstance(found.kind, Left):
            continue
        for piece in cut_inline(text, places[found.start], places[found.end - 1] + 1, found.kind, mdx=False):
            if not isinstance(piece.kind, Left):
                yield Piece(Left.HTML, at, piece.start)
                yield replace(piece, is_html=True)
                at = piece.end
    yield Piece(Left.HTML, at, places[-1])


def _verbatim(node: Any, text: str, left: Left) -> Iterator[Piece | _Damage]:
    start, end = node.source_span
    yield Piece(left, start, end)
    if type(node).__name__ == "FencedCode" and not _FENCE_CLOSED.search(text, start, end):
        yield _Damage(start, text[start : start + 3])


def _require_progress(source: Any) -> None:
    """Raise _Unreadable when containers nest too deeply, or when one that holds nothing is begun at a place again."""
    context, depth = vars(source.context), len(source._states)
    context.setdefault("patience", _PATIENCE)
    if depth > DEEPEST:
        raise _Unreadable(source.pos, f"nests lists or quotes more than {DEEPEST} deep")
    if context.get("last") == (source.pos, depth):
        raise _Unreadable(source.pos, "has marks of lists, quotes or notes that cannot be told apart")
    context["last"] = source.pos, depth


def _is_followed_by_indented(source: Any, offset: int) -> bool:
    """Whether the first line with text behind the one that ends at `offset` is indented, seen from where we are."""
    prefix = "".join(getattr(state, "_second_prefix", state._prefix) for state in source._states)
    lines = (line.group() for line in _LINE.finditer(source._buffer, offset + 1))
    line = next((line for line in islice(lines, 3) if line.strip(" \t>\n")), "")
    return bool(source.match_prefix(f"{prefix} {{4}}", line) > 0)


@cache
def _parser(dialect: Dialect) -> Any:
    """Return marko with GitHub tables, footnotes and the constructs of a dialect."""
    import marko
    from marko import block, inline
    from marko.ext import footnote
    from marko.ext.gfm import elements as gfm
    from marko.helpers import MarkoExtension

    class Quote(block.Quote):
        """A quote whose prefix can match in one way only: marko's own backtracks without end in nested quotes."""

        override = True
        _prefix = r"(?!(?<=>)[^\n\S]) {,3}>[^\n\S]?"

    class FootnoteDef(footnote.FootnoteDef):
        """A footnote whose mark is known again with a tab behind it, where marko's own would be tried without end.

        Its text may begin below the mark, indented (Python-Markdown, Pandoc); it is never the definition of a link.
        """

        override = True
        pattern = re.compile(r" {,3}\[\^([^\]\n]+)\]:[^\n\S]*(?=\S| {4}|\n)")

        def __init__(self, match: re.Match[str]) -> None:
            super().__init__(match)  # type: ignore[no-untyped-call]
            self._prefix = r" {,3}\[\^[^\]\n]+\]:[^\n\S]*"

    class Alert(gfm.Alert):
        """`> [!TIP]` begins a quote like any other; the mark is cut out of its text."""

        override = True

        @classmethod
        def match(cls, source: Any) -> None:
            return None

    class CodeBlock(block.CodeBlock):
        """In MDX an indented line is no code."""

        override = True

        @classmethod
        def match(cls, source: Any) -> Any:
            return dialect is not Dialect.MDX and super().match(source)

    class Table(gfm.Table):
        """A table; a first line that marko's cell splitter would take quadratic time for is none."""

        override = True

        @classmethod
        def match(cls, source: Any) -> Any:
            line = source.next_line(False) or ""
            return "|" in line and not _WIDE_GAP.search(line) and super().match(source)  # type: ignore[no-untyped-call]

    class Parser(marko.Parser):
        """Parses blocks only, gives the span of what stands inside each, and refuses to nest without end."""

        def parse_source(self, source: Any) -> Any:
            _require_progress(source)
            return super().parse_source(source)

        def _parse_inline(self, text: str, source: Any, positions: Any = None) -> Any:
            if not positions:
                return []
            span = inline.RawText("")
            span.source_span = (positions[0], positions[-1] + 1)
            return [span]

    elements = [
        *_admonitions(block.BlockElement, dialect),
        Quote,
        FootnoteDef,
        Alert,
        CodeBlock,
        Table,
        *(_element(block.BlockElement, rule) for rule in _RULES[dialect]),
    ]
    return marko.Markdown(parser=Parser, extensions=["gfm", "footnote", MarkoExtension(elements=elements)])


def _admonitions(base: Any, dialect: Dialect) -> list[Any]:
    """Return the block element of marko for admonitions; in MDX what is indented is nothing else than text."""
    first_line = _element(base, constructs.ADMONITION)

    class Admonition(base):  # type: ignore[misc]
        """The first line of an admonition, and what is indented below it: text like any other."""

        priority = 8
        breaks_paragraph = True
        _prefix = " {4}"

        @classmethod
        def match(cls, source: Any) -> Any:
            match = source.expect_re(constructs.ADMONITION.pattern)
            return match and (match["title"] is not None or _is_followed_by_indented(source, match.end()))

        @classmethod
        def parse(cls, source: Any) -> Any:
            match = source.match
            head = first_line(constructs.ADMONITION.ends(source._buffer, match))
            head.source_span = match.span()
            source.next_line()
            source.consume()
            state = cls()
            with source.under_state(state):
                state.children = [head, *source.parser.parse_source(source)]
            return state

    return [] if dialect is Dialect.MDX else [Admonition]


def _element(base: Any, rule: constructs.Rule) -> Any:
    """Return a block element of marko for a rule."""

    class Construct(base):  # type: ignore[misc]
        """Lines that are no text."""

        priority = 8
        breaks_paragraph = True

        def __init__(self, extent: constructs.Extent) -> None:
            self.inline_body = ""
            self.children: list[Any] = []
            self.rule = rule
            self.extent = extent

        @classmethod
        def get_type(cls, snake_case: bool = False) -> str:
            return f"Construct{id(rule)}"

        @classmethod
        def match(cls, source: Any) -> Any:
            match = source.expect_re(rule.pattern)
            if match is None or (rule.is_far and source.context.patience <= 0):
                return False
            extent = rule.ends(source._buffer, match)
            if rule.is_far and (extent is None or extent.missing):
                source.context.patience -= 1
            return extent is not None

        @classmethod
        def parse(cls, source: Any) -> Any:
            extent = rule.ends(source._buffer, source.match)
            assert extent is not None
            source.next_line()
            source.consume()
            rest = re.compile(r"[ \t]*(?:\n|\Z)").match(source._buffer, extent.end)
            source.pos = rest.end() if rest else extent.end
            return cls(extent)

    return Construct
