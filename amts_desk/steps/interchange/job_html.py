"""Texts on their way through a translation job: one HTML paragraph a block, protected spans marked as not to translate.

Amazon Translate keeps elements with translate="no" as they are (developer guide, "Using do-not-translate tags").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser

from amts_desk.steps.interchange.characters import NOT_IN_UTF8, require_carried
from amts_desk.steps.protect import protected_spans

_BLOCK = re.compile(r"b(\d+)")


def to_html(texts: Mapping[int, str], language: str) -> str:
    """Return an HTML page with the text of each block (block number → text) as a paragraph.

    Raises DeskError for a lone surrogate, which no file can carry.
    """
    paragraphs = []
    for block, text in texts.items():
        require_carried(text, NOT_IN_UTF8, f"Block {block}")
        paragraphs.append(f'<p id="b{block}">{_marked(block, text)}</p>\n')
    # No title: Amazon would translate and bill it.
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head><meta charset="utf-8"></head>\n<body>\n'
        f"{''.join(paragraphs)}</body>\n</html>\n"
    )


def from_html(html: str) -> dict[int, str]:
    """Return block number → text of the paragraphs found in translated HTML, in the order in which they stand.

    Spans come back as they stand there, wherever the translation put them. Elements without a block's id, comments and
    unknown tags are passed over; a block that is missing is for the caller to report.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return {block: "".join(pieces) for block, pieces in reader.blocks.items()}


def _marked(block: int, text: str) -> str:
    pieces, at = [], 0
    for number, span in enumerate(protected_spans(text)):
        kept = escape(text[span.start : span.end], quote=False)
        pieces += [
            escape(text[at : span.start], quote=False),
            f'<span translate="no" id="b{block}s{number}">{kept}</span>',
        ]
        at = span.end
    return "".join([*pieces, escape(text[at:], quote=False)])


class _Reader(HTMLParser):
    """Collects the text inside paragraphs whose id names a block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: dict[int, list[str]] = {}
        self.pieces: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "p":
            return
        named = _BLOCK.fullmatch(dict(attrs).get("id") or "")
        self.pieces = self.blocks.setdefault(int(named[1]), []) if named else None

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "body", "html"):
            self.pieces = None

    def handle_data(self, data: str) -> None:
        if self.pieces is not None:
            self.pieces.append(data)
