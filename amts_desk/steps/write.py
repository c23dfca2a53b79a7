"""Write a chapter back: translated blocks are spliced into its text, and everything else stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from amts_desk.core.document import Document, Kind, Segment

_BREAKS = re.compile(r"\s*[\r\n\u2028\u2029]\s*")
_BARE_BAR = re.compile(r"(?<!\\)((?:\\\\)*)\|")


def spliced(document: Document, texts: Mapping[int, str]) -> str:
    """Return the document's text with each block of `texts` (block number → text) in the place of the old one.

    A block without a text, with a blank one or with its own is left untouched, line breaks included; so no edit gives
    the same text. A new text stands on one line, as a line break could end the list, table or quote around it.
    """
    pieces, at = [], 0
    for block in document.blocks:
        new = _on_one_line(texts.get(block.block, ""), block)
        if new and new != block.text:
            pieces += [document.text[at : block.start], new]
            at = block.end
    return "".join([*pieces, document.text[at:]])


def _on_one_line(text: str, block: Segment) -> str:
    line = _BREAKS.sub(" ", text).strip()
    if block.kind is Kind.TABLE_CELL:
        return _BARE_BAR.sub(r"\1\\|", line)
    return line
