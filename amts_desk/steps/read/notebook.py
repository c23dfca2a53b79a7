"""Read Jupyter notebooks: the Markdown cells, and on demand the comments of code cells, in the JSON as it stands.

Format: https://nbformat.readthedocs.io/en/latest/format_description.html. The JSON is never written anew: a segment's
span is that of the string in the file, so that outputs, attachments, ids and indentation stay byte for byte.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from amts_desk.core.errors import DeskError
from amts_desk.steps.read.blocks import Reading, moved
from amts_desk.steps.read.comments import code_comments
from amts_desk.steps.read.markdown import Dialect, read_markdown

_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[{}\[\],:]|[^\s{}\[\],:"]++')
_CHARACTER = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]")
_ADVICE = "Open it in Jupyter, save it and try again."


@dataclass(slots=True)
class _Cell:
    """A cell as it is found in the JSON: its type and where the strings of its source stand."""

    kind: str = ""
    sources: list[tuple[int, int]] = field(default_factory=list)


def read_notebook(text: str, name: str, *, spaced: bool, comments: bool = False) -> Reading:
    """Return the text of a notebook's Markdown cells; with `comments` that of comments in its code cells, too.

    Raises DeskError when it is no JSON (with the line), or none of a notebook of format 4.
    """
    _check(text, name)
    blocks, left, notes = [], [], []
    for number, cell in enumerate(_cells(text), 1):
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
    try:
        notebook: Any = json.loads(text)
    except json.JSONDecodeError as error:
        raise DeskError(f"{name} is no valid notebook: {error.msg} in line {error.lineno}.", _ADVICE) from error
    except RecursionError as error:
        raise DeskError(f"{name} is no valid notebook: its JSON nests too deeply.", _ADVICE) from error
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise DeskError(f"{name} holds no cells of a notebook of format 4.", _ADVICE)


def _cells(text: str) -> Iterator[_Cell]:
    """Yield the cells of a notebook that `_check` has let pass."""
    path: list[str] = []
    key, cell, is_key = "", _Cell(), False
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token in "{[":
            path.append(key if path else "")
            key, is_key = "", token == "{"
            if _is_cell(path, token):
                cell = _Cell()
            path[-1] += token
        elif token in "}]":
            if _is_cell([*path[:-1], path[-1][:-1]], "{" if token == "}" else "["):
                yield cell
            path.pop()
            key, is_key = "", False
        elif token == ",":
            is_key = path[-1].endswith("{")
            key = "" if is_key else key
        elif token == ":":
            is_key = False
        elif is_key:
            key = json.loads(token)
        elif token.startswith('"'):
            _note_string(cell, path, key, match)


def _is_cell(path: list[str], token: str) -> bool:
    return token == "{" and len(path) == 3 and path[1] == "cells["


def _note_string(cell: _Cell, path: list[str], key: str, match: re.Match[str]) -> None:
    """Keep a string that is the type of the cell or (a line of) its source."""
    if path[1:2] != ["cells["]:
        return
    if len(path) == 3 and key == "cell_type":
        cell.kind = json.loads(match.group())
    elif (len(path) == 3 and key == "source") or (len(path) == 4 and path[3] == "source["):
        cell.sources.append((match.start() + 1, match.end() - 1))


def _decoded(text: str, cell: _Cell) -> tuple[str, list[int], list[int]]:
    """Return a cell's source and where each character of it starts and ends in the JSON."""
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for first, last in cell.sources:
        for match in _CHARACTER.finditer(text, first, last):
            raw = match.group()
            characters.append(json.loads(f'"{raw}"') if raw[0] == "\\" else raw)
            starts.append(match.start())
            ends.append(match.end())
    return "".join(characters), starts, ends
