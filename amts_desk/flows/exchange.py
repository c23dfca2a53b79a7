"""Chapters sent out for review as a file, and brought back: what changed as one step of each chapter's history."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from amts_desk.core.errors import DeskError
from amts_desk.core.exchange import Origin, ReviewFile, Row, chapter_number, opened, sealed, sent_rows
from amts_desk.core.homecoming import Conflict, ConflictKind, Outcome, compare
from amts_desk.core.progress import Progress, silent
from amts_desk.steps.interchange import (
    intertext,
    review_docx,
    review_po,
    review_tmx,
    review_tsv,
    review_xliff,
    review_xlsx,
)
from amts_desk.steps.interchange.characters import is_language
from amts_desk.steps.interchange.review_cells import fitting
from amts_desk.steps.interchange.review_guard import LARGEST_FILE, unpacked
from amts_desk.steps.read.files import read_bytes
from amts_desk.store.chapters import Chapter
from amts_desk.store.project import Project

Writer = Callable[[Iterable[Row], tuple[str, str], BinaryIO], None]
_WRITERS: dict[str, Writer] = {
    "xlsx": review_xlsx.write,
    "docx": review_docx.write,
    "tsv": review_tsv.write,
    "tmx": review_tmx.write,
    "intertext": intertext.write,
    "xliff": review_xliff.write,
    "po": review_po.write,
}
FORMATS = tuple(_WRITERS)
"""The formats that a review can be sent out in."""
SUFFIXES = {
    ".xlsx": "xlsx", ".docx": "docx", ".tsv": "tsv", ".tmx": "tmx", ".zip": "intertext", ".xlf": "xliff", ".po": "po",
}  # fmt: skip
_SPREADSHEETS = ("xlsx", "tsv")


@dataclass(frozen=True, slots=True)
class Returned:
    """What a review file holds for a project: an outcome for each chapter, rows of no chapter, what was repaired."""

    outcomes: tuple[Outcome, ...]
    strays: tuple[Conflict, ...]
    notices: tuple[str, ...]

    @property
    def changes(self) -> int:
        """How many beads would change."""
        return sum(len(outcome.changes) for outcome in self.outcomes)

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Everything that is not brought in."""
        return (*(conflict for outcome in self.outcomes for conflict in outcome.conflicts), *self.strays)


def origin_of(chapter: Chapter) -> Origin:
    """Return a chapter as its rows name it."""
    return Origin(chapter.id, chapter.name, chapter.source_language, chapter.target_language)


def format_of(path: Path) -> str:
    """Return the format that the ending of a file's name says. Raises DeskError when it says none."""
    if path.suffix.lower() not in SUFFIXES:
        raise DeskError(f"{path.name} has no ending that says its format.", f"Use one of: {', '.join(SUFFIXES)}.")
    return SUFFIXES[path.suffix.lower()]


def review_bytes(project: Project, chapters: Sequence[Chapter], kind: str, progress: Progress = silent) -> bytes:
    """Return the beads of chapters as a review file of one of FORMATS.

    Raises DeskError when they are in different languages or none of them is aligned.
    """
    languages = {(chapter.source_language, chapter.target_language) for chapter in chapters}
    if len(languages) > 1:
        raise DeskError(
            "A review file holds one pair of languages.", "Send the chapters of each pair out by themselves."
        )
    rows: list[Row] = []
    for number, chapter in enumerate(chapters):
        progress(number, len(chapters), chapter.name)
        origin = origin_of(chapter)
        found = sent_rows(project.tracks.rows(project.tracks.alignment(chapter)), origin)
        rows += [_carried(row, origin) for row in found] if kind in _SPREADSHEETS else found
    if not rows:
        raise DeskError("There is no bead to review.", "Align the chapters first.")
    stream = io.BytesIO()
    _WRITERS[kind](rows, languages.pop(), stream)
    return stream.getvalue()


def read_review(path: Path) -> ReviewFile:
    """Return the rows of a file that came back, whatever its name says about its format.

    An InterText alignment stands in a zip archive, or beside its two documents. Raises DeskError.
    """
    data = read_bytes(path, LARGEST_FILE, "a review")
    if data.startswith(b"PK"):
        parts = unpacked(data, path.name)
        read = review_docx.read if "word/document.xml" in parts else review_xlsx.read
        return read(data, path.name) if "[Content_Types].xml" in parts else intertext.read_archive(data, path.name)
    if data.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"<") or data[:4] in (b"\xff\xfe<\0", b"\xfe\xff\0<"):
        if path.suffix.lower() == ".tmx" or b"<tmx" in data[:4096]:
            return review_tmx.read(data, path.name)
        if path.suffix.lower() in (".xlf", ".xliff") or b"<xliff" in data[:4096]:
            return review_xliff.read(data, path.name)
        return intertext.read(data, path.name, lambda name: read_bytes(path.with_name(name), LARGEST_FILE, "a review"))
    read_text = review_po.read if path.suffix.lower() == ".po" else review_tsv.read
    return read_text(data, path.name)


def look(project: Project, path: Path, progress: Progress = silent) -> Returned:
    """Return what a review file would change in a project; nothing is changed yet.

    Raises DeskError when it cannot be read or holds nothing that was sent out from this project.
    """
    file = read_review(path)
    chapters = {chapter.id: chapter for chapter in project.chapters.all()}
    by_chapter: dict[int, list[Row]] = {}
    strays: list[Row] = []
    for row in file.rows:
        number = chapter_number(row.key)
        (by_chapter.setdefault(number, []) if number is not None and number in chapters else strays).append(row)
    _require_ours(path, file, [(origin_of(chapters[n]), rows) for n, rows in by_chapter.items()])
    outcomes = []
    for done, (number, rows) in enumerate(by_chapter.items()):
        progress(done, len(by_chapter), chapters[number].name)
        chapter = chapters[number]
        beads = project.tracks.rows(project.tracks.alignment(chapter))
        outcomes.append(compare(beads, rows, origin_of(chapter)))
    return Returned(tuple(outcomes), tuple(map(_stray, strays)), file.notices)


def label_of(file_name: str) -> str:
    """Return the name of the step that an import makes."""
    return f"Review from {file_name}"


def bring_in(project: Project, outcomes: Iterable[Outcome], label: str) -> int:
    """Carry out what came back, one step a chapter, all of it or nothing; return how many beads changed.

    Raises SpliceError when a chapter was changed since it was looked at.
    """
    changed = 0
    with project.transaction():
        for outcome in outcomes:
            if outcome.splice is not None:
                chapter = project.chapters.get(outcome.origin.number)
                project.tracks.splice(project.tracks.alignment(chapter), outcome.splice, label)
                changed += len(outcome.changes)
    return changed


def _carried(row: Row, origin: Origin) -> Row:
    fit = fitting(row)
    return row if fit is row else sealed(replace(fit, seal=""), origin)


def _require_ours(path: Path, file: ReviewFile, groups: Sequence[tuple[Origin, Sequence[Row]]]) -> None:
    """Raise DeskError when the file is in other languages, or no row of it was sent out from these chapters."""
    told = file.source_language, file.target_language
    for origin, _ in groups:
        have = origin.source_language, origin.target_language
        if not all(not tag or is_language(tag, code) for tag, code in zip(told, have, strict=True)):
            raise DeskError(
                f"{path.name} is {told[0]} → {told[1]}, but the chapter “{origin.name}” is {have[0]} → {have[1]}.",
                "Bring it into the project that it was sent out from.",
            )
    if not any(opened(row, origin) for origin, rows in groups for row in rows):
        raise DeskError(
            f"{path.name} holds no row that was sent out from this project.",
            "Open the project that it was sent out from; or send the chapter out again, if ids and hashes are gone.",
        )


def _stray(row: Row) -> Conflict:
    message = "This row belongs to no chapter of the project; rows cannot be added in the file."
    return Conflict(ConflictKind.UNKNOWN, message, -1, row.place, row.content)
