"""What the session does in the background: each function returns one piece of work for the task runner.

The flows are imported inside the work, so that loading them, too, happens off the GUI thread and never before the
window stands. Work touches no Qt and joins the project with a connection of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from amts_desk.core.alignment import Bead
from amts_desk.core.amazon import Run
from amts_desk.core.errors import DeskError
from amts_desk.core.garbage import staying
from amts_desk.core.progress import Progress
from amts_desk.core.splice import Splice, difference
from amts_desk.desk.tasks import Work
from amts_desk.store.chapters import Chapter
from amts_desk.store.tracks import Step

if TYPE_CHECKING:
    from amts_desk.flows.exchange import Returned
    from amts_desk.flows.importing import Imported
    from amts_desk.flows.reviewing import Beside
    from amts_desk.flows.scoring import Compared


@dataclass(frozen=True, slots=True)
class CameBack:
    """A review file that came back, and what it would change."""

    path: Path
    returned: Returned


def read_paths(project: Path, paths: Sequence[Path], source_language: str, target_language: str) -> Work:
    """Find and read chapters; brings (Imported, what was left over)."""

    def work(progress: Progress) -> tuple[Imported, tuple[DeskError, ...]]:
        from amts_desk.flows.importing import import_chapters
        from amts_desk.steps.read.pairing import find_pairs
        from amts_desk.store.project import Project

        found = find_pairs(paths, source_language, target_language)
        with Project.join(project) as joined:
            return import_chapters(joined, found.pairs, progress), found.left_over

    return work


def read_again(project: Path, chapters: Sequence[Chapter]) -> Work:
    """Read the files of chapters again; brings (Imported, nothing left over)."""

    def work(progress: Progress) -> tuple[Imported, tuple[DeskError, ...]]:
        from amts_desk.flows.importing import import_chapters
        from amts_desk.steps.read.pairing import ChapterPair
        from amts_desk.store.project import Project

        with Project.join(project) as joined:
            pairs = [
                ChapterPair(c.name, Path(source), Path(target), c.source_language, c.target_language)
                for c in chapters
                for (source, _), (target, _) in [joined.chapters.digests(c)]
            ]
            return import_chapters(joined, pairs, progress), ()

    return work


def align(project: Path, chapters: Sequence[Chapter]) -> Work:
    """Align chapters; brings the number of beads."""

    def work(progress: Progress) -> int:
        from amts_desk.flows.aligning import align_chapters
        from amts_desk.store.project import Project

        with Project.join(project) as joined:
            return align_chapters(joined, chapters, progress)

    return work


def warm(progress: Progress) -> None:
    """Compile the aligner's kernels, unless they are compiled already."""
    from amts_desk.flows import aligning

    aligning.warm(progress)


def realign(project: Path, chapter: Chapter, rows: range) -> Work:
    """Align some beads of a chapter anew; brings the Splice that does it, which is not carried out."""

    def work(progress: Progress) -> Splice[Bead]:
        from amts_desk.flows.aligning import realign as align_rows
        from amts_desk.store.project import Project

        with Project.join(project) as joined:
            return align_rows(joined, chapter, rows, progress)

    return work


def edit_many(
    project: Path, chapter: Chapter, make: Callable[[Sequence[Bead]], Splice[Bead]], rows: tuple[Bead, ...], label: str
) -> Work:
    """Make an edit of very many beads and write it; brings the step."""

    def work(_: Progress) -> Step[Bead]:
        from amts_desk.store.project import Project

        with staying():
            splice = make(rows)
            with Project.join(project) as joined:
                joined.tracks.splice(joined.tracks.alignment(chapter), splice, label)
        return Step(label, splice)

    return work


def go_many(project: Path, chapter: Chapter, rows: tuple[Bead, ...], number: int) -> Work:
    """Undo or redo edits of very many beads until step `number` is in force.

    Brings what was done as one step, None when there was nothing to do. `rows` are the beads of now.
    """

    def work(_: Progress) -> Step[Bead] | None:
        from amts_desk.store.project import Project

        with staying():
            with Project.join(project) as joined:
                track = joined.tracks.alignment(chapter)
                steps = joined.tracks.go_to(track, number)
                after = joined.tracks.rows(track) if len(steps) > 1 else []
            return _as_one(steps, rows, after) if steps else None

    return work


def _as_one(steps: Sequence[Step[Bead]], rows: tuple[Bead, ...], after: Sequence[Bead]) -> Step[Bead]:
    """Return steps that have turned `rows` into `after` as one step."""
    splice = steps[0].splice if len(steps) == 1 else difference(rows, tuple(after))
    editions = next((step.editions for step in reversed(steps) if step.editions is not None), None)
    return Step(steps[-1].label, _sharing(splice, rows), editions)


def _sharing(splice: Splice[Bead], rows: tuple[Bead, ...]) -> Splice[Bead]:
    """Return the same splice with the very objects that are on screen where they are equal: those are known at once."""
    old = rows[splice.start : splice.start + len(splice.old)]
    if old != splice.old or len(splice.new) != len(old):
        return splice if old != splice.old else replace(splice, old=old)
    new = tuple(
        replace(n, source=o.source, target=o.target) if (n.source, n.target) == (o.source, o.target) else n
        for n, o in zip(splice.new, old, strict=True)
    )
    return Splice(splice.start, old, new)


def look_beside(project: Path, chapter: Chapter, direction: str, run: Run | None) -> Work:
    """Gather what stands beside a review; brings a Beside."""

    def work(progress: Progress) -> Beside:
        from amts_desk.flows.reviewing import beside
        from amts_desk.store.project import Project

        with Project.join(project) as joined:
            return beside(joined, chapter, direction, run, progress)

    return work


def save_chapter(project: Path, chapter: Chapter, direction: str, path: Path) -> Work:
    """Write the finished chapter to a file; brings its path."""

    def work(_: Progress) -> Path:
        from amts_desk.flows.reviewing import finished_chapter
        from amts_desk.store.files import write_atomically
        from amts_desk.store.project import Project

        with Project.join(project) as joined:
            write_atomically(path, finished_chapter(joined, chapter, direction))
        return path

    return work


def send_review(project: Path, path: Path, chapter: Chapter) -> Work:
    """Write a chapter to a file for review; brings the path. Raises DeskError when its name has no such ending."""

    def work(progress: Progress) -> Path:
        from amts_desk.flows.exchange import format_of, review_bytes
        from amts_desk.store.files import write_atomically
        from amts_desk.store.project import Project

        with Project.join(project) as joined:
            write_atomically(path, review_bytes(joined, [chapter], format_of(path), progress))
        return path

    return work


def look_at_review(project: Path, path: Path) -> Work:
    """Look what a review file would change; brings CameBack."""

    def work(progress: Progress) -> CameBack:
        from amts_desk.flows.exchange import look
        from amts_desk.store.project import Project

        with Project.join(project) as joined:
            return CameBack(path, look(joined, path, progress))

    return work


def bring_in(project: Path, came: CameBack) -> Work:
    """Carry out what a review file changes, all of it or nothing; brings the same CameBack."""

    def work(_: Progress) -> CameBack:
        from amts_desk.flows import exchange
        from amts_desk.store.project import Project

        with Project.join(project) as joined:
            exchange.bring_in(joined, came.returned.outcomes, exchange.label_of(came.path.name))
        return came

    return work


def has_changed(digests: Sequence[tuple[str, str]]) -> Work:
    """Look whether files still are what was read; brings a bool. `digests` are (path, SHA-256)."""

    def work(_: Progress) -> bool:
        import hashlib

        files = [(Path(path), digest) for path, digest in digests]
        return any(p.is_file() and hashlib.sha256(p.read_bytes()).hexdigest() != digest for p, digest in files)

    return work


def compare(project: Path, source_language: str, target_language: str) -> Work:
    """Score the newest runs of a direction; brings Compared."""

    def work(progress: Progress) -> Compared:
        from amts_desk.flows.comparing import compare_newest
        from amts_desk.store.project import Project

        with Project.join(project) as joined:
            return compare_newest(joined, source_language, target_language, progress)

    return work


def save_report(compared: Compared, path: Path) -> Work:
    """Write a comparison as an HTML page; brings the path."""

    def work(_: Progress) -> Path:
        from amts_desk.steps.report import html_report
        from amts_desk.store.files import write_atomically

        write_atomically(path, html_report(compared.experiment, compared.examples).encode())
        return path

    return work
