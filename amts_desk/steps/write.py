"""Write a chapter back by splicing: only the blocks that changed change, everything else stays to the last byte."""

from __future__ import annotations

import re
from collections.abc import Mapping

from amts_desk.core.document import Document, Kind

_BREAKS = re.compile(r"\s*[\r\n]+\s*")


def spliced(document: Document, texts: Mapping[int, str]) -> str:
    """Return the document's text with each block of `texts` replaced by its text.

    A block whose text is what was read keeps its line breaks. A new text is one line: a line break in it would end
    the block, and a bar in a table cell the cell.
    """
    pieces, at = [], 0
    for block in document.blocks:
        new = texts.get(block.block, block.text)
        if new == block.text:
            continue
        pieces += [document.text[at : block.start], _one_line(new, block.kind)]
        at = block.end
    return "".join([*pieces, document.text[at:]])


def _one_line(text: str, kind: Kind) -> str:
    text = _BREAKS.sub(" ", text).strip()
    return re.sub(r"(?<!\\)\|", r"\\|", text) if kind is Kind.TABLE_CELL else text
