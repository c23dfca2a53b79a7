"""Cut the text of a block at what is no text inside it: images, display math, comments, components."""

from __future__ import annotations

import re
from collections.abc import Iterator

from amts_desk.core.document import Kind
from amts_desk.steps.protect import FORMULA_SIGN
from amts_desk.steps.read.blocks import Left, Piece
from amts_desk.steps.read.constructs import COMPONENT_NAME

# Every repetition is bounded or possessive, so that no line of marks takes more than linear time.
_CUT = r"""
    (?P<formula>(?<!\\)(?P<slashes>\\{1,2})\[(?=[^\[\]]{0,1000}?FORMULA_SIGN)
        (?:[^\\]|\\(?!\\?[\[\]])){1,5000}?(?P=slashes)\])
  | (?P<skip>
        \\[^\w\s]
      | (?<!`)(?P<ticks>`++)(?!`)(?:.{1,1000}?)(?<!`)(?P=ticks)(?!`)
      | (?<![\\$])\$(?![\s$])(?:[^$\\]|\\.){1,1000}?(?<!\s)\$(?!\d)
    )
  | (?P<image>
        (?P<open>\[)?!\[(?P<alt>(?:[^\[\]]++|\[[^\[\]]{0,500}\])*+)\]
        (?:\([^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)*+(?:\s+\"[^\"]{0,500}\")?\s*\)|\[[^\[\]]{0,500}\])
        (?(open)\]\([^()\s]*+\))
        (?:\{[^{}\n]{0,500}\})?
    )
  | (?P<math>(?<!\$)\$\$(?!\$)(?:[^$\\]|\\.|\$(?!\$))+?\$\$)
  | (?P<comment><!--.{0,2000}?-->)
  | (?P<name>[ \t]*+\{[#.:][^{}\n]{0,500}\}\s*+\Z)
  | (?P<alert>(?<![^\s>])\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n(?:[ \t]*>)*)?)
""".replace("FORMULA_SIGN", FORMULA_SIGN)
_ATTRIBUTES = r"(?:[^<>\"'{}]++|\"[^\"]*+\"|'[^']*+'|\{(?:[^{}]++|\{[^{}]*+\})*+\})*+"
_PLAIN = re.compile(_CUT, re.VERBOSE | re.DOTALL)
_MDX = re.compile(
    rf"{_CUT} | (?P<component></?{COMPONENT_NAME}{_ATTRIBUTES}>) | (?P<anchor>\[\[[\w-]+\]\]\s*\Z)",
    re.VERBOSE | re.DOTALL,
)
_LEFT = {
    "image": Left.IMAGE,
    "math": Left.MATH,
    "formula": Left.MATH,
    "comment": Left.COMMENT,
    "alert": Left.DIRECTIVE,
    "component": Left.COMPONENT,
    "anchor": Left.LABEL,
    "name": Left.LABEL,
}


def cut_inline(text: str, start: int, end: int, kind: Kind, *, mdx: bool) -> Iterator[Piece]:
    """Yield the pieces of `text[start:end]`: text of `kind`, and what is left as it is.

    The description of an image is a caption; in a table it stays a cell, since a bar may not stand bare in it. Between
    two such things a mark without a word (the full stop behind display math) is no text.
    """
    at, is_cut = start, False
    for match in (_MDX if mdx else _PLAIN).finditer(text, start, end):
        if match.lastgroup == "skip" or match["skip"] is not None:
            continue
        is_cut = True
        yield from _words(text, at, match.start(), kind)
        yield from _left(match, kind)
        at = match.end()
    if is_cut:
        yield from _words(text, at, end, kind)
    else:
        yield Piece(kind, at, end)


def _left(match: re.Match[str], kind: Kind) -> Iterator[Piece]:
    if match["image"] is None:
        name = next(name for name in _LEFT if match.groupdict().get(name) is not None)
        yield Piece(_LEFT[name], *match.span())
        return
    yield Piece(Left.IMAGE, match.start(), match.start("alt"))
    yield Piece(kind if kind is Kind.TABLE_CELL else Kind.CAPTION, *match.span("alt"))
    yield Piece(Left.IMAGE, match.end("alt"), match.end())


def _words(text: str, start: int, end: int, kind: Kind) -> Iterator[Piece]:
    if any(character.isalnum() for character in text[start:end]):
        yield Piece(kind, start, end)
