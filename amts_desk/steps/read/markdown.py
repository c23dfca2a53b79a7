"""Read D2L Markdown: the door to marko, the one CommonMark parser that gives exact character spans.

Text are headings, paragraphs, list items, table cells, quotes, footnotes and captions. Code, display math, labels,
tab marks, HTML blocks, images and front matter are left alone. Nothing is ever rendered again: a chapter is written
back by splicing into its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from amts_desk.core.document import Kind
from amts_desk.steps.read.blocks import Block, unwrap

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n---[ \t]*\n", re.DOTALL)
_IMAGE = re.compile(r"!\[(?P<alt>(?:[^\[\]]|\[[^\]]*\])*)\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)")
_CAPTION = re.compile(r":(?=[^\s:`])(?![A-Za-z_]+:`)")
_CONTAINERS = {"ListItem": Kind.LIST_ITEM, "Quote": Kind.QUOTE, "FootnoteDef": Kind.FOOTNOTE}


def read_blocks(text: str, *, spaced: bool) -> list[Block]:
    """Return the translatable blocks of a Markdown text with line feeds only, in reading order."""
    front = _FRONT_MATTER.match(text)
    start = front.end() if front else 0
    body = text[start:]
    tree = _parser().parse(body)
    found = []
    for kind, begin, end in _leaves(tree, body, Kind.PARAGRAPH):
        block = unwrap(body, begin, end, kind, spaced=spaced)
        if block is not None:
            found.append(Block(block.text, kind, tuple(offset + start for offset in block.offsets)))
    return found


def _leaves(node: Any, text: str, kind: Kind) -> Iterator[tuple[Kind, int, int]]:
    """Yield (kind, start, end) of each piece of text below `node`."""
    for child in node.children:
        name = type(child).__name__
        if name in ("Heading", "SetextHeading"):
            yield from _inline(child, text, Kind.HEADING)
        elif name == "TableCell":
            yield from _inline(child, text, Kind.TABLE_CELL)
        elif name == "Paragraph":
            yield from _paragraph(child, text, kind)
        elif isinstance(getattr(child, "children", None), list):
            yield from _leaves(child, text, _CONTAINERS.get(name, kind))


def _paragraph(node: Any, text: str, kind: Kind) -> Iterator[tuple[Kind, int, int]]:
    """Yield the parts of a paragraph; one that begins with a colon is the caption of the table below it."""
    start = node.children[0].source_span[0] if node.children else 0
    if _CAPTION.match(text, start):
        yield from _inline(node, text, Kind.CAPTION, marks=1)
    else:
        yield from _inline(node, text, kind)


def _inline(node: Any, text: str, kind: Kind, marks: int = 0) -> Iterator[tuple[Kind, int, int]]:
    """Yield the span of a node's inline content (a heading without its marks), cut at its images.

    The description of an image is a caption; in a table it stays a cell, since a bar may not stand bare in it.
    """
    if not node.children:
        return
    at, end = node.children[0].source_span[0] + marks, node.children[-1].source_span[1]
    for image in _IMAGE.finditer(text, at, end):
        yield kind, at, image.start()
        yield kind if kind is Kind.TABLE_CELL else Kind.CAPTION, *image.span("alt")
        at = image.end()
    yield kind, at, end


@cache
def _parser() -> Any:
    """Return marko with GitHub tables, footnotes and the marks of D2L."""
    import marko
    from marko import block, inline
    from marko.helpers import MarkoExtension

    class Mark(block.BlockElement):
        """A line that is an instruction to the book's builder: `:label:`, `:begin_tab:`."""

        priority = 8
        breaks_paragraph = True
        pattern = re.compile(
            r" {0,3}:(?:begin_tab|end_tab|label|eqlabel|width|height|bibliography):(?:`[^`\n]*`)?[ \t]*$", re.M
        )

        def __init__(self, line: str) -> None:
            self.inline_body = ""
            self.children: list[Any] = []

        @classmethod
        def match(cls, source: Any) -> Any:
            return source.expect_re(cls.pattern)

        @classmethod
        def parse(cls, source: Any) -> str:
            line: str = source.next_line()
            source.consume()
            return line

    class DisplayMath(Mark):
        """`$$ … $$` over one line or several."""

        pattern = re.compile(r" {0,3}\$\$", re.M)

        @classmethod
        def parse(cls, source: Any) -> str:
            lines = [super().parse(source)]
            while lines[-1].count("$$") < 2 - (len(lines) > 1) and not source.exhausted:
                line = source.next_line()
                if line is None:
                    break
                source.consume()
                lines.append(line)
            return "".join(lines)

    class Verbatim(inline.InlineElement):
        """Inline math or a role: kept whole, so that no mark inside it is taken for emphasis."""

        priority = 7
        parse_children = False
        parse_group = 0
        pattern = re.compile(
            r"(?<![\\$])\$\$(?:[^$]|\\\$)+?\$\$|(?<![\\$])\$(?![\s$])(?:\\.|[^$\\])*?(?<!\s)\$(?!\d)|:[A-Za-z]\w*:`[^`\n]*`",
            re.DOTALL,
        )

        def __init__(self, match: Any) -> None:
            self.children = match.group(0)

    return marko.Markdown(extensions=[MarkoExtension(elements=[Mark, DisplayMath, Verbatim]), "gfm", "footnote"])
