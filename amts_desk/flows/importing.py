"""Bring chapters into a project, and read them again when their files or the project's options have changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from amts_desk.core import reread, review
from amts_desk.core.document import Document
from amts_desk.core.errors import DeskError
from amts_desk.core.languages import parse_direction
from amts_desk.core.progress import Progress, silent
from amts_desk.steps.read.files import read_file
from amts_desk.steps.read.pairing import ChapterPair
from amts_desk.store.chapters import Chapter
from amts_desk.store.project import Project
from amts_desk.store.tracks import Editions

_LEAST_SHARED = 0.2
"""Share of sentences by which a file from elsewhere is known to be the same chapter."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one pair did. `rows` are the beads that need a look after a changed chapter was read again."""

    chapter: Chapter
    is_new: bool
    rows: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    """What was damaged in its files, with the line; the rest of them was read."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: chapters that are new or were read again, how many were unchanged, and the problems."""

    readings: tuple[Reading, ...]
    unchanged: int
    problems: tuple[DeskError, ...]

    @property
    def new(self) -> tuple[Chapter, ...]:
        """The chapters that were not in the project before."""
        return tuple(reading.chapter for reading in self.readings if reading.is_new)


def import_chapters(project: Project, pairs: Sequence[ChapterPair], progress: Progress = silent) -> Imported:
    """Read each pair into the project. A pair that cannot be read is a problem of its own; the rest goes on."""
    readings: list[Reading] = []
    problems: list[DeskError] = []
    unchanged = 0
    for done, pair in enumerate(pairs):
        progress(done, len(pairs), pair.name)
        try:
            reading = _import_pair(project, pair, _while_at(progress, done, len(pairs), pair.name))
        except DeskError as error:
            problems.append(error)
            continue
        if reading is None:
            unchanged += 1
        else:
            readings.append(reading)
            problems += [DeskError(note, "The rest of the file was read.") for note in reading.notes]
    progress(len(pairs), len(pairs), "")
    return Imported(tuple(readings), unchanged, tuple(problems))


def _while_at(progress: Progress, done: int, total: int, name: str) -> Progress:
    """Return a progress for the work within one chapter: it tells which, and lets the work be stopped."""

    def tell(_done: int, _total: int, _note: str = "", /) -> None:
        progress(done, total, name)

    return tell


def _import_pair(project: Project, pair: ChapterPair, progress: Progress) -> Reading | None:
    rules = project.options.rules
    source = read_file(pair.source, pair.source_language, rules, progress)
    target = read_file(pair.target, pair.target_language, rules, progress)
    known = project.chapters.find(pair.name, source.language, target.language)
    notes = (*source.notes, *target.notes)
    if known is None:
        return Reading(project.chapters.add(pair.name, source, target), is_new=True, notes=notes)
    before = project.chapters.documents(known)
    if all(replace(old, path=new.path) == new for old, new in zip(before, (source, target), strict=True)):
        return None
    _require_same_chapter(project, known, source)
    return Reading(known, is_new=False, rows=read_again(project, known, source, target), notes=notes)


def _require_same_chapter(project: Project, known: Chapter, source: Document) -> None:
    """Raise DeskError when a file of the same name, from elsewhere, shares hardly a sentence with the chapter."""
    old = project.chapters.document(known.source_id)
    before = {sentence.text for sentence in old.sentences}
    shared = sum(sentence.text in before for sentence in source.sentences)
    if source.path != old.path and shared < _LEAST_SHARED * len(source.sentences):
        raise DeskError(
            f"{source.path} is another text than the chapter “{known.name}” of this project, and was left out.",
            "Give its file another name, or import it into a project of its own.",
        )


def read_again(project: Project, chapter: Chapter, source: Document, target: Document) -> tuple[int, ...]:
    """Bring a chapter in line with its files as they are read now and return the rows of the beads that need a look.

    Beads and decisions whose text is unchanged keep their state. One step of the history, which undo takes back.
    """
    track = project.tracks.alignment(chapter)
    change = reread.reread(project.tracks.rows(track), source, target)
    ids = project.chapters.add_document(source), project.chapters.add_document(target)
    editions = Editions((chapter.source_id, chapter.target_id), ids)
    project.tracks.splice(track, change.splice, "Read again", editions)
    for direction, document in ((chapter.direction, source), (_reverse(chapter.direction), target)):
        decisions = project.tracks.review(chapter, direction)
        rows = project.tracks.rows(decisions)
        if rows:
            splice = review.reread(rows, [block.text for block in document.blocks])
            project.tracks.splice(decisions, splice, "Read again")
    return change.changed


def _reverse(direction: str) -> str:
    source, target = parse_direction(direction)
    return f"{target}-{source}"
