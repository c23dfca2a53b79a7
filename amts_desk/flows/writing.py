"""Chapters of a project as they are written: in the line style that its options ask for."""

from __future__ import annotations

from collections.abc import Mapping

from amts_desk.core.document import Document
from amts_desk.core.options import Options
from amts_desk.steps.write import LineStyle, spliced, written


def line_style(options: Options, code: str) -> LineStyle:
    """Return how lines are written in a language."""
    return LineStyle(code, options.columns, options.latin_spaces)


def chapter_bytes(options: Options, document: Document, texts: Mapping[int, str], code: str) -> bytes:
    """Return the document with the texts of its blocks in the language `code`, ready to be written.

    Raises DeskError for a text that would not read as itself.
    """
    return spliced(document, texts, line_style(options, code)).encode(document.encoding)


def machine_chapter_bytes(options: Options, document: Document, texts: Mapping[int, str], code: str) -> bytes:
    """Return what `chapter_bytes` does, but let the source stay where a machine's text would not read as itself."""
    return written(document, texts, line_style(options, code)).text.encode(document.encoding)
