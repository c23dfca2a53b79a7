"""A block as a reader finds it: its unwrapped text, and where each character of it stands in the file."""

from __future__ import annotations

import re
from dataclasses import dataclass

from amts_desk.core.document import Kind

_BREAK = re.compile(r"[ \t]*(?:\\)?\n(?:[ \t]*>)*[ \t]*")


@dataclass(frozen=True, slots=True)
class Block:
    """One translatable block; `offsets[i]` is the offset of `text[i]` in the file as decoded."""

    text: str
    kind: Kind
    offsets: tuple[int, ...]


def unwrap(text: str, start: int, end: int, kind: Kind, *, spaced: bool) -> Block | None:
    """Return `text[start:end]` as one line, or None when nothing but white space stands there.

    A line break (with the quote marks and indentation behind it) becomes a space; between Chinese or Japanese
    characters nothing.
    """
    characters: list[str] = []
    offsets: list[int] = []
    at = start
    for gap in _BREAK.finditer(text, start, end):
        characters += text[at : gap.start()]
        offsets += range(at, gap.start())
        if characters and gap.end() < end and _joins_with_space(characters[-1], text[gap.end()], spaced):
            characters.append(" ")
            offsets.append(gap.start())
        at = gap.end()
    characters += text[at:end]
    offsets += range(at, end)
    line = "".join(characters)
    first, last = len(line) - len(line.lstrip()), len(line.rstrip())
    return Block(line[first:last], kind, tuple(offsets[first:last])) if first < last else None


def _joins_with_space(before: str, after: str, spaced: bool) -> bool:
    return spaced or (before.isascii() and after.isascii() and before.isalnum() and after.isalnum())
