"""Read Jupyter notebooks: the Markdown cells, and on demand the comments of code cells, in the JSON as it stands.

Format: https://nbformat.readthedocs.io/en/latest/format_description.html. The JSON is never written anew: a segment's
span is that of the string in the file, so that outputs, attachments, ids and indentation stay byte for byte.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from amts_desk.core.errors import DeskError
from amts_desk.steps.read.blocks import Block, Piece, Reading, line_ends, line_of, moved
from amts_desk.steps.read.comments import code_comments
from amts_desk.steps.read.markdown import Dialect, read_markdown

_DECODER = json.JSONDecoder(parse_int=float)  # whole numbers without end are refused by int, with another error
_SPACE = re.compile(r"[ \t\r\n]*+")
_CHARACTER = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]")
_NEST = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[{]|[\]}]')
_DEEPEST = 100
"""Arrays and objects that may stand one inside the other; outputs of widgets have about ten."""
_ADVICE = "Open it in Jupyter, save it and try again."


@dataclass(slots=True)
class _Cell:
    """A cell as it is found in the JSON: its type, its source as a value and where the strings of that stand."""

    at: int
    kind: object = None
    source: object = None
    sources: list[tuple[int, int]] = field(default_factory=list)


def read_notebook(text: str, name: str, *, spaced: bool, comments: bool = False) -> Reading:
    """Return the text of a notebook's Markdown cells; with `comments` that of comments in its code cells, too.

    Raises DeskError when it is no JSON (with the line), or none of a notebook of format 4.
    """
    _check(text, name)
    blocks: list[Block] = []
    left: list[Piece] = []
    notes: list[str] = []
    for number, cell in enumerate(_cells(text), 1):
        if not _is_whole(cell):
            line = line_of(line_ends(text), cell.at)
            notes.append(f"{name}, cell {number}: what begins in line {line} is no cell with a type and a source.")
            continue
        source, starts, ends = _decoded(text, cell)
        if cell.kind == "markdown":
            cell_name = f"{name}, cell {number}"
            found = read_markdown(source, cell_name, Dialect.PLAIN, spaced=spaced, comments=comments)
        elif cell.kind == "code" and comments:
            found = Reading(tuple(code_comments(source, 0, len(source), spaced=spaced)))
        else:
            continue
        placed = moved(found, starts, ends)
        blocks += placed.blocks
        left += placed.left
        notes += placed.notes
    return Reading(tuple(blocks), tuple(left), tuple(notes))


def escaped(text: str) -> str:
    """Return `text` as it stands inside a JSON string."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _check(text: str, name: str) -> None:
    """Raise DeskError unless the text is the JSON of a notebook of format 4."""
    ends = line_ends(text)
    if (deep := _too_deep(text)) is not None:
        line = line_of(ends, deep)
        raise DeskError(f"{name} is no valid notebook: its JSON nests too deeply in line {line}.", _ADVICE)
    try:
        _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise DeskError(f"{name} is no valid notebook: {error.msg} in line {error.lineno}.", _ADVICE) from error
    at = start = _behind_space(text, 0)
    if text[start] == "{":
        members = dict(_members(text, start))
        at = members.get("cells", members.get("worksheets", start))
        if "cells" in members and text[at] == "[":
            return
    raise DeskError(f"{name} holds no cells of a notebook of format 4: see line {line_of(ends, at)}.", _ADVICE)


def _too_deep(text: str) -> int | None:
    """Return where arrays and objects nest deeper than any notebook's, None when they do nowhere."""
    depth = 0
    for match in _NEST.finditer(text):
        mark = match.group()
        depth += (mark in "[{") - (mark in "]}")
        if depth > _DEEPEST:
            return match.start()
    return None


def _cells(text: str) -> Iterator[_Cell]:
    """Yield the cells of a notebook that `_check` has let pass."""
    members = dict(_members(text, _behind_space(text, 0)))
    return (_cell(text, start) for start in _items(text, members["cells"]))


def _cell(text: str, at: int) -> _Cell:
    """Return the cell that begins at `at`; of a member that stands there twice the last one counts."""
    cell = _Cell(at)
    members = dict(_members(text, at)) if text[at] == "{" else {}
    if "cell_type" in members:
        cell.kind = _DECODER.raw_decode(text, members["cell_type"])[0]
    if "source" in members:
        start = members["source"]
        cell.source = _DECODER.raw_decode(text, start)[0]
        lines = _items(text, start) if text[start] == "[" else [start]
        cell.sources = [(line + 1, _end(text, line) - 1) for line in lines if text[line] == '"']
    return cell


def _is_whole(cell: _Cell) -> bool:
    lines = cell.source if isinstance(cell.source, list) else [cell.source]
    return isinstance(cell.kind, str) and all(isinstance(line, str) for line in lines)


def _members(text: str, at: int) -> Iterator[tuple[str, int]]:
    """Yield each key of the JSON object at `at`, and where its value begins."""
    for start in _items(text, at):
        key, end = _DECODER.raw_decode(text, start)
        yield key, _behind_space(text, _behind_space(text, end) + 1)


def _items(text: str, at: int) -> Iterator[int]:
    """Yield where each item of the JSON array (or each key of the object) at `at` begins."""
    is_object = text[at] == "{"
    at = _behind_space(text, at + 1)
    while text[at] not in "]}":
        yield at
        end = _behind_space(text, _end(text, at))
        if is_object:
            end = _behind_space(text, _end(text, _behind_space(text, end + 1)))
        at = _behind_space(text, end + 1) if text[end] == "," else end


def _end(text: str, at: int) -> int:
    end: int = _DECODER.raw_decode(text, at)[1]
    return end


def _behind_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _unescaped(raw: str) -> str:
    """Return the character of an escape; half of a surrogate pair, which no text may hold, is the sign for that."""
    character: str = json.loads(f'"{raw}"')
    return "\ufffd" if "\ud800" <= character <= "\udfff" else character


def _decoded(text: str, cell: _Cell) -> tuple[str, list[int], list[int]]:
    """Return a cell's source and where each character of it starts and ends in the JSON."""
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for first, last in cell.sources:
        for match in _CHARACTER.finditer(text, first, last):
            raw = match.group()
            characters.append(_unescaped(raw) if raw[0] == "\\" else raw)
            starts.append(match.start())
            ends.append(match.end())
    return "".join(characters), starts, ends
