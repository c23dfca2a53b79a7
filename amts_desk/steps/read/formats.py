"""The formats that can be read: each is chosen by the file's ending and by what it holds.

Markdown of every dialect (.md, .markdown, .mdx), notebooks (.ipynb), HTML (.html, .htm, .xhtml) and plain text
(anything else: one block a line, as sentence files for alignment have it). reStructuredText is refused: docutils tells
the line of a node and never the characters, so nothing could be spliced back exactly.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from amts_desk.core.document import Kind
from amts_desk.core.errors import DeskError
from amts_desk.steps.read.blocks import Block, Reading
from amts_desk.steps.read.html import read_html
from amts_desk.steps.read.markdown import Dialect, read_markdown
from amts_desk.steps.read.notebook import escaped, read_notebook

MARKDOWN = (".md", ".markdown", ".mdx")
NOTEBOOK = (".ipynb",)
HTML = (".html", ".htm", ".xhtml")
REFUSED = (".rst",)
SUFFIXES = (*MARKDOWN, ".txt", *NOTEBOOK, *HTML)
"""What chapters end in."""

_NOTEBOOK = re.compile(r"\s*\{\s*\"(?:cells|metadata|nbformat|nbformat_minor)\"\s*:")
_HTML = re.compile(r"\s*(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE)
_MYST = re.compile(r"^ {0,3}(?:(?:`{3,}|~{3,}|:{3,})\{[A-Za-z][\w:-]*\}|\([\w.:-]+\)=[ \t]*$)", re.MULTILINE)


def read_text(text: str, name: str, *, spaced: bool, comments: bool = False) -> Reading:
    """Return what the file `name` with `text` holds; `comments` reads those in its code, too.

    `spaced` says whether lines are joined with a space. Raises DeskError when the file is too damaged to be read.
    """
    return _reader(text, name)(text, name, spaced=spaced, comments=comments)


def as_written(path: str, text: str, new: str) -> str:
    """Return `new` as it must stand in the file at `path` with `text`: escaped in a notebook, else as it is."""
    return escaped(new) if _is_notebook(text, path.lower()) else new


def _reader(text: str, name: str) -> Callable[..., Reading]:
    ending = name.lower()
    if ending.endswith(REFUSED):
        raise DeskError(f"{name} is reStructuredText, which cannot be read.", "Convert it to Markdown (pandoc, MyST).")
    if _is_notebook(text, ending):
        return read_notebook
    if ending.endswith(MARKDOWN):
        return _read_markdown
    if ending.endswith(HTML) or (not ending.endswith(".txt") and _HTML.match(text)):
        return read_html
    return _read_lines


def _is_notebook(text: str, ending: str) -> bool:
    return ending.endswith(NOTEBOOK) or (
        not ending.endswith((*MARKDOWN, *HTML, ".txt")) and _NOTEBOOK.match(text) is not None
    )


def _read_markdown(text: str, name: str, *, spaced: bool, comments: bool) -> Reading:
    dialect = Dialect.PLAIN
    if name.lower().endswith(".mdx"):
        dialect = Dialect.MDX
    elif _MYST.search(text):
        dialect = Dialect.MYST
    return read_markdown(text, name, dialect, spaced=spaced, comments=comments)


def _read_lines(text: str, name: str, *, spaced: bool, comments: bool) -> Reading:
    """Return each line of plain text that is not blank, as it stands."""
    found, at = [], 0
    for line in re.split(r"\r\n?|\n", text):
        start = text.index(line, at)
        first = start + len(line) - len(line.lstrip())
        if body := line.strip():
            found.append(Block(body, Kind.PARAGRAPH, tuple(range(first, first + len(body)))))
        at = start + len(line)
    return Reading(tuple(found))
