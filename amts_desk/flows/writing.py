"""Chapters of a project as they are written: in the line style that the project has for the target language."""

from __future__ import annotations

from collections.abc import Mapping

from amts_desk.core.document import Document
from amts_desk.core.errors import DeskError
from amts_desk.steps.write import LineStyle, spliced, written
from amts_desk.store.project import Project


def line_style(project: Project, code: str) -> LineStyle:
    """Return the line style of a language: what was set with `set_line_style`, else one line a paragraph."""
    kept = project.setting("line_styles", {}).get(code, {})
    return LineStyle(code, int(kept.get("columns", 0)), bool(kept.get("latin_spaces", False)))


def set_line_style(project: Project, style: LineStyle) -> None:
    """Store the line style of its language. Raises DeskError for a width that holds no word."""
    if 0 != style.columns < 20:
        raise DeskError(f"Lines of {style.columns} columns are too short.", "Choose 20 or more, or 0 for no wrapping.")
    kept = project.setting("line_styles", {})
    own = {"columns": style.columns, "latin_spaces": style.latin_spaces}
    project.set_setting("line_styles", {**kept, style.language: own})


def chapter_bytes(project: Project, document: Document, texts: Mapping[int, str], code: str) -> bytes:
    """Return the document with the texts of its blocks in the language `code`, ready to be written.

    Raises DeskError for a text that would not read as itself.
    """
    return spliced(document, texts, line_style(project, code)).encode(document.encoding)


def machine_chapter_bytes(project: Project, document: Document, texts: Mapping[int, str], code: str) -> bytes:
    """Return what `chapter_bytes` does, but let the source stay where a machine's text would not read as itself."""
    return written(document, texts, line_style(project, code)).text.encode(document.encoding)
