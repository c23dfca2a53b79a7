"""Splice new texts into a chapter, and see that it reads as it was meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from amts_desk.core.document import Document, Kind, Segment
from amts_desk.core.errors import DeskError
from amts_desk.core.languages import language
from amts_desk.steps.read.blocks import Block
from amts_desk.steps.read.formats import MARKDOWN, NOTEBOOK, as_written, read_text
from amts_desk.steps.write.marks import CONTAINERS, escaped
from amts_desk.steps.write.style import LineStyle, columns_of

_WRAPPED = (Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.QUOTE, Kind.FOOTNOTE)
_LINE_EDGE = re.compile(r"[\r\n]")
_STRING_EDGE = re.compile(r"[\r\n\"]|\\[nr]")
_LONGEST_MARKS = 1_000
"""Characters before a block that are looked at for the marks of its lists and quotes."""


@dataclass(frozen=True, slots=True)
class Written:
    """The text of a chapter with its new blocks, and those that could not be written: their old text still stands."""

    text: str
    refused: tuple[DeskError, ...] = ()


def spliced(document: Document, texts: Mapping[int, str], style: LineStyle | None = None) -> str:
    """Return the document's text with each block of `texts` (block number → text) in the place of the old one.

    A block without a text, with a blank one or with its own is left untouched, line breaks included; so no edit gives
    the same text. What would be a block mark is escaped. Raises DeskError for a text that would not read as itself.
    """
    result = written(document, texts, style)
    if result.refused:
        raise result.refused[0]
    return result.text


def written(document: Document, texts: Mapping[int, str], style: LineStyle | None = None) -> Written:
    """Return what `spliced` does, but leave a block alone whose text cannot be written, and tell so."""
    style = style or LineStyle()
    lines = {block.block: style.line(texts.get(block.block, "")) for block in document.blocks}
    wanted = {number: line for number, line in lines.items() if line and line != document.blocks[number].text}
    if not wanted:
        return Written(document.text)
    edits, raw = dict(wanted), dict(wanted)
    for number, now in enumerate(_as_read(document)):
        if number in wanted and not now.is_html:
            block = document.blocks[number]
            edits[number] = _escaped(document, block, wanted[number])
            raw[number] = _lines(document, block, edits[number], style)
    refused: list[DeskError] = []
    while edits:
        text = _with(document, {number: raw[number] for number in edits})
        broken = _broken(document, text, edits, style.language or document.language)
        if not broken:
            return Written(text, tuple(refused))
        for number, reason in broken.items():
            refused.append(_refusal(document, number, edits.pop(number), reason))
    return Written(document.text, tuple(refused))


def _as_read(document: Document) -> tuple[Block, ...]:
    """Return the blocks of the document. Raises DeskError when reading finds others than it did at that time."""
    now = _read_again(document, document.text, document.language)
    if [(block.text, block.start) for block in document.blocks] != [(block.text, block.offsets[0]) for block in now]:
        name = document.path.rpartition("/")[2]
        raise DeskError(
            f"{name} was read by an older AMTS Desk, which found other blocks in it.",
            "Read it again in Chapters; what is unchanged is kept.",
        )
    return now


def _escaped(document: Document, block: Segment, line: str) -> str:
    if not document.path.lower().endswith((*MARKDOWN, *NOTEBOOK)) or block.kind is Kind.COMMENT:
        return line
    before = _before(document, block)
    return escaped(line, block.kind, begins_line=CONTAINERS.fullmatch(before) is not None)


def _before(document: Document, block: Segment) -> str:
    """Return what stands before a block on its first line; in a notebook that is a line within a string of JSON."""
    edge = _STRING_EDGE if document.path.lower().endswith(NOTEBOOK) else _LINE_EDGE
    window = document.text[max(0, block.start - _LONGEST_MARKS) : block.start]
    return edge.split(window)[-1]


def _with(document: Document, raw: Mapping[int, str]) -> str:
    pieces, at = [], 0
    for block in document.blocks:
        if block.block in raw:
            new = as_written(document.path, document.text, raw[block.block])
            pieces += [document.text[at : block.start], new]
            at = block.end
    return "".join([*pieces, document.text[at:]])


def _lines(document: Document, block: Segment, line: str, style: LineStyle) -> str:
    """Return the line wrapped as the style says, each further line behind the quote marks and indentation it needs."""
    if block.kind not in _WRAPPED or not document.path.lower().endswith(MARKDOWN):
        return line
    containers = CONTAINERS.match(_before(document, block))
    before = "".join(c if c in ">\t" else " " for c in (containers.group() if containers else ""))
    return f"{_line_end(document.text)}{before}".join(style.wrapped(line, columns_of(before)))


def _line_end(text: str) -> str:
    if "\r\n" in text:
        return "\r\n"
    return "\r" if "\r" in text and "\n" not in text else "\n"


def _broken(document: Document, text: str, edits: Mapping[int, str], code: str) -> dict[int, str]:
    """Return the blocks that do not read as they were written, each with what it would be instead."""
    try:
        again = _read_again(document, text, code)
    except DeskError as error:
        return {max(edits): f"reading it says: {error.message}"}
    if len(again) == len(document.blocks):
        wrong = [n for n, block in enumerate(document.blocks) if not _is_same(block, again[n], edits)]
        return {_culprit(n, edits): _instead(again[n]) for n in wrong}
    pairs = zip(document.blocks, again, strict=False)
    first = next(
        (n for n, (old, new) in enumerate(pairs) if not _is_same(old, new, edits)), min(len(again), max(edits))
    )
    how = "there would be text no longer" if len(again) < len(document.blocks) else "it would be several blocks"
    return {_culprit(first, edits): how}


def _read_again(document: Document, text: str, code: str) -> tuple[Block, ...]:
    name = document.path.rpartition("/")[2]
    return read_text(text, name, spaced=language(code).spaced, comments=document.rules.comments).blocks


def _is_same(old: Segment, new: Block, edits: Mapping[int, str]) -> bool:
    """Whether a block reads as it was written; one that was not edited may have its lines joined otherwise."""
    if old.block in edits:
        return old.kind is new.kind and edits[old.block] == new.text
    return old.kind is new.kind and "".join(old.text.split()) == "".join(new.text.split())


def _culprit(number: int, edits: Mapping[int, str]) -> int:
    """Return the edited block at a place or nearest before it, else the first."""
    return max((n for n in edits if n <= number), default=min(edits))


def _instead(new: Block) -> str:
    return f"it would be read as {new.kind.value} “{new.text[:60]}”"


def _refusal(document: Document, number: int, line: str, reason: str) -> DeskError:
    name = document.path.rpartition("/")[2]
    return DeskError(
        f"Block {number} of {name} cannot be written as “{line[:60]}”: {reason}.",
        "Change the marks in its text, and write the chapter again.",
    )
