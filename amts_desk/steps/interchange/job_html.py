"""Texts on their way through a translation job: one HTML paragraph a block, protected spans marked as not to translate.

Amazon Translate keeps elements with translate="no" as they are (developer guide, "Using do-not-translate tags").
Emphasis and links are pairs around words that are translated: they travel as `b`, `i`, `s` and `a`, which stand around
words on every web page, so that a translator of HTML is used to carry them along; rare elements come back damaged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from amts_desk.steps.interchange.characters import NOT_IN_UTF8, require_carried
from amts_desk.steps.interchange.job_page import Part, read_page
from amts_desk.steps.interchange.job_repair import element, restored
from amts_desk.steps.protect import Side, Span, inline_spans


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be repaired in a block, in plain words."""

    block: int
    message: str

    def __str__(self) -> str:
        return f"Block {self.block}: {self.message}."


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back of a job: block number → Markdown text, and the problems with it, both in the page's order.

    A block that did not come back, came back empty or is not to be trusted has no text.
    """

    texts: Mapping[int, str]
    problems: tuple[Problem, ...]


def to_html(texts: Mapping[int, str], language: str) -> str:
    """Return an HTML page with the text of each block (block number → text) as a paragraph.

    Raises DeskError for a lone surrogate, which no file can carry.
    """
    paragraphs = []
    for block, text in texts.items():
        require_carried(text, NOT_IN_UTF8, f"Block {block}")
        paragraphs.append(f'<p id="b{block}">{marked(text, block)}</p>\n')
    # No title: Amazon would translate and bill it.
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head><meta charset="utf-8"></head>\n<body>\n'
        f"{''.join(paragraphs)}</body>\n</html>\n"
    )


def marked(text: str, block: int = 0) -> str:
    """Return the text as HTML without a paragraph round it: words escaped, spans with the ids of `block`."""
    pieces, at = [], 0
    for span in inline_spans(text):
        pieces += [escape(text[at : span.start], quote=False), _tag(block, text[span.start : span.end], span)]
        at = span.end
    return "".join([*pieces, escape(text[at:], quote=False)])


def from_html(html: str) -> dict[int, str]:
    """Return block number → the text of the page's paragraphs as it stands, without the marks of emphasis and links."""
    return {
        block: "".join(token.text for token in tokens if token.part in (Part.WORDS, Part.KEPT))
        for block, tokens in read_page(html).items()
    }


def came_back(html: str, sources: Mapping[int, str]) -> Returned:
    """Return the blocks of translated HTML as Markdown, their spans matched by id with those of `sources`.

    `sources` holds what `to_html` was given. Paragraphs of other blocks are passed over; a block that is missing is
    for the caller to report.
    """
    texts: dict[int, str] = {}
    problems: list[Problem] = []
    for block, tokens in read_page(html).items():
        if block not in sources:
            continue
        text, messages = restored(sources[block], tokens)
        if text is not None:
            texts[block] = text
        problems += [Problem(block, message) for message in messages]
    return Returned(texts, tuple(problems))


def _tag(block: int, raw: str, span: Span) -> str:
    if span.side is Side.CLOSING:
        return f"</{element(raw, span)}>"
    name = f'id="b{block}s{span.number}"'
    if span.side is Side.OPENING:
        return f"<{element(raw, span)} {name}>"
    return f'<span translate="no" {name}>{escape(raw, quote=False)}</span>'
