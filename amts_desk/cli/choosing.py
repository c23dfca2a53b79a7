"""Which chapters and which direction of a project a command is about."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from amts_desk.core.errors import DeskError
from amts_desk.core.languages import parse_direction

if TYPE_CHECKING:
    from amts_desk.store.chapters import Chapter
    from amts_desk.store.project import Project


def chosen_direction(project: Project, text: str | None) -> tuple[str, str]:
    """Return (source, target) of `text` or, without one, of the project's only language pair.

    Raises DeskError when that is not clear.
    """
    if text:
        return parse_direction(text)
    pairs = sorted({(c.source_language, c.target_language) for c in project.chapters.all()})
    if len(pairs) == 1:
        return pairs[0]
    if not pairs:
        raise DeskError(f"{project.path.name} has no chapters.", "Bring some in with “amts-desk import”.")
    found = ", ".join("-".join(pair) for pair in pairs)
    raise DeskError(f"{project.path.name} has chapters in several language pairs.", f"Add --direction: {found}.")


def chosen_chapters(project: Project, names: Sequence[str] | None, direction: tuple[str, str]) -> list[Chapter]:
    """Return the chapters of these names (all without names) that are in the two languages of a direction.

    Raises DeskError for a name that is none of them.
    """
    chapters = [c for c in project.chapters.all() if {c.source_language, c.target_language} == set(direction)]
    if not chapters:
        raise DeskError(f"{project.path.name} has no chapter in {'-'.join(direction)}.", "Choose another direction.")
    if names is None:
        return chapters
    by_name = {chapter.name: chapter for chapter in chapters}
    for name in names:
        if name not in by_name:
            near = get_close_matches(name, by_name, n=1)
            advice = f"Did you mean “{near[0]}”?" if near else f"It has: {', '.join(by_name)}."
            raise DeskError(f"{project.path.name} has no chapter “{name}”.", advice)
    return [by_name[name] for name in names]
