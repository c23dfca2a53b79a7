"""The session: the open project, its editors, and everything that goes on in the background.

Views listen to its signals and call its methods; they never talk to each other. Whatever fails in the background
comes out of `failed`, so no error is ever lost.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from amts_desk.core import review
from amts_desk.core.alignment import Bead, BeadState
from amts_desk.core.amazon import Connection, Run
from amts_desk.core.document import Document
from amts_desk.core.errors import Cancelled, DeskError, SpliceError
from amts_desk.core.options import Options
from amts_desk.core.review import Decision
from amts_desk.core.splice import Splice
from amts_desk.desk import amazon_work, work
from amts_desk.desk.amazon import AmazonDesk
from amts_desk.desk.editor import TrackEditor
from amts_desk.desk.tasks import Task, TaskRunner, Work
from amts_desk.desk.terms import TermDesk
from amts_desk.store.chapters import Chapter, ChapterRow
from amts_desk.store.tracks import Step

if TYPE_CHECKING:
    from amts_desk.aws.cloud import Identity
    from amts_desk.flows.connecting import Line
    from amts_desk.flows.importing import Imported
    from amts_desk.flows.scoring import Compared
    from amts_desk.store.project import Project

_log = logging.getLogger(__name__)
_state = attrgetter("state._value_")
"""The word of a bead's state; enums count ten times slower."""

MANY = 10_000
"""Beads that are written at once within a frame or two; the writing of more must not hold up the window."""


class Session(QObject):
    """What is open now. Methods that take time return at once; their result comes as a signal."""

    project_opened = Signal()
    project_closed = Signal()
    chapters_changed = Signal()
    chapter_opened = Signal()
    chapter_outdated = Signal(object)
    read_otherwise = Signal(object)
    imported = Signal(object)
    beside_found = Signal(object)
    review_came = Signal(object)
    review_brought_in = Signal(object)
    compared = Signal(object)
    connection_changed = Signal()
    connection_checked = Signal(object)
    profiles_listed = Signal(object)
    failed = Signal(object)
    crashed = Signal(object)
    noted = Signal(str)

    def __init__(self, runner: TaskRunner, parent: QObject | None = None, practice_folder: Path | None = None) -> None:
        super().__init__(parent)
        self.runner = runner
        self.alignment: TrackEditor[Bead] = TrackEditor(self)
        self.review: TrackEditor[Decision] = TrackEditor(self)
        self.terms = TermDesk(self, self.start, self.open_line, self._report)
        self.amazon = AmazonDesk(self)
        self.project: Project | None = None
        self.chapter: Chapter | None = None
        self.review_direction = ""
        self._line: Line | None = None
        self._practice_folder = practice_folder
        self._rows: list[ChapterRow] | None = None
        self._foreseen: list[ChapterRow] | None = None
        # Connected before any view can be: whoever hears of the change asks for the new rows.
        for signal in (self.chapters_changed, self.project_opened, self.project_closed):
            signal.connect(self._forget_rows)
        self._is_writing = False
        self._newest: dict[str, object] = {}
        self.alignment.documents_changed.connect(self._on_documents_changed)
        self.alignment.loaded.connect(self._forget_rows)
        self.alignment.spliced.connect(self._on_beads_spliced)
        self.review.spliced.connect(self._on_decisions_spliced)

    # ---- the project -------------------------------------------------------------------------------------------

    def open_project(self, path: Path, *, create: bool = False) -> None:
        """Open a project in the place of the one that is open. Raises DeskError, and then nothing has changed."""
        from amts_desk.flows.connecting import Line
        from amts_desk.store.project import Project

        project = Project.open(path, create=create)
        self.close_project()
        self.project = project
        self._line = Line(project.connection, self._practice_folder)
        self.project_opened.emit()
        self.chapters_changed.emit()
        self.amazon.begin()

    def close_project(self) -> None:
        """Close the project: the background work is stopped, everything that was done is on disk."""
        if self.project is None:
            return
        self.amazon.end()
        self.runner.close()
        self._is_writing = False
        self.alignment.close()
        self.review.close()
        self.terms.editor.close()
        self.chapter = None
        self.project.close()
        self.project = None
        if self._line is not None:
            self._line.close()
            self._line = None
        self.project_closed.emit()

    def opened(self) -> Project:
        """Return the open project. Raises DeskError when there is none."""
        if self.project is None:
            raise DeskError("No project is open.", "Open a project, or the sample book.")
        return self.project

    @property
    def connection(self) -> Connection:
        """Where the calls of the open project go."""
        return self.project.connection if self.project else Connection()

    def set_connection(self, connection: Connection) -> None:
        """Use another connection from now on."""
        from amts_desk.flows.connecting import Line

        self.opened().set_connection(connection)
        if self._line is not None:
            self._line.close()
        self._line = Line(connection, self._practice_folder)
        self.connection_changed.emit()
        self.amazon.begin()  # what went over this connection before and was left alone meanwhile
        if not connection.is_offline:
            self.start_newest(amazon_work.identify(self._line), self._on_identified, self.tr("Asking AWS who you are"))

    def check_connection(self, connection: Connection) -> None:
        """Look at everything that jobs need of a connection; `connection_checked` brings a flows.checking.Checked."""
        todo = amazon_work.check_connection(connection, self._practice_folder)
        self.start_newest(todo, self.connection_checked.emit, self.tr("Checking the connection"))

    def list_profiles(self) -> None:
        """Read which AWS profiles this computer has; `profiles_listed` brings their names."""
        self.start_newest(amazon_work.list_profiles, self.profiles_listed.emit, self.tr("Looking for AWS profiles"))

    def set_options(self, options: Options) -> None:
        """Use other options from now on; `read_otherwise` brings the chapters that were read with others.

        They stay as they are until they are read again. Raises DeskError for options that cannot be.
        """
        self.opened().set_options(options)
        self.chapters_changed.emit()
        self.read_otherwise.emit([row.chapter for row in self.chapter_rows() if not row.is_read_by(options.rules)])

    # ---- chapters ----------------------------------------------------------------------------------------------

    def chapter_rows(self) -> list[ChapterRow]:
        """Return what is known of every chapter."""
        if self._rows is None:
            self._rows = self.project.chapters.rows() if self.project else []
        return self._rows

    @Slot()
    def _forget_rows(self) -> None:
        self._rows, self._foreseen = self._foreseen, None

    def import_paths(self, paths: Sequence[Path], source_language: str = "", target_language: str = "") -> None:
        """Find and read the chapters below `paths`, then align the new ones in the background."""
        todo = work.read_paths(self.opened().path, paths, source_language, target_language)
        self.start(todo, self._on_imported, self.tr("Reading chapters"))

    def read_again(self, chapters: Sequence[Chapter]) -> None:
        """Read the files of chapters again; beads whose sentences are unchanged are kept."""
        todo = work.read_again(self.opened().path, chapters)
        self.start(todo, self._on_imported, self.tr("Reading chapters again"))

    @Slot()
    def warm(self) -> None:
        """Compile in the background what the first alignment would wait for. Should it fail, the alignment tells."""

        def fail(error: BaseException) -> None:
            if not isinstance(error, Cancelled):
                _log.warning("The aligner could not be made ready", exc_info=error)

        self.runner.start(work.warm, lambda _: None, fail, self.tr("Getting ready to align"))

    def align(self, chapters: Sequence[Chapter]) -> None:
        """Align chapters in the background; each becomes one step of its history."""
        title = self.tr("Aligning chapters: {0}").format(len(chapters))
        self.start(work.align(self.opened().path, chapters), self._on_aligned, title)

    def edit_beads(self, splice: Splice[Bead], label: str) -> None:
        """Carry out an edit of the open chapter's beads; one of very many beads is written in the background.

        Raises SpliceError while another one of very many beads is being written.
        """
        self._require_quiet()
        if self.chapter is None or len(splice.old) + len(splice.new) <= MANY:
            self.alignment.edit(splice, label)
        else:
            self.edit_many(lambda _: splice, label)

    def edit_many(self, make: Callable[[Sequence[Bead]], Splice[Bead]], label: str) -> None:
        """Make an edit of very many beads and write it, both in the background; `make` gets the beads of now.

        Raises SpliceError while another one is being written.
        """
        if self.chapter is not None:
            rows = tuple(self.alignment.rows)
            self._write_many(work.edit_many(self.opened().path, self.chapter, make, rows, label), label)

    def undo_beads(self) -> None:
        """Take back the last step of the open chapter. Raises SpliceError while very many beads are being written."""
        self.go_to_step(self.alignment.position - 1)

    def redo_beads(self) -> None:
        """Do its next step again. Raises SpliceError while very many beads are being written."""
        self.go_to_step(self.alignment.position + 1)

    def go_to_step(self, number: int) -> None:
        """Undo or redo until step `number` of the open chapter's history is in force; 0 takes everything back.

        Raises SpliceError while very many beads are being written.
        """
        self._require_quiet()
        if self.chapter is not None and self.alignment.is_far(number):
            self.alignment.leaving.emit()
            rows = tuple(self.alignment.rows)
            title = self.tr("Undo") if number < self.alignment.position else self.tr("Redo")
            self._write_many(work.go_many(self.opened().path, self.chapter, rows, number), title)
        else:
            self.alignment.go_to(number)

    def _require_quiet(self) -> None:
        if self._is_writing:
            raise SpliceError("Very many beads are still being written.", "Do this again in a moment.")

    def _write_many(self, todo: Work, title: str) -> None:
        self._require_quiet()
        chapter, self._is_writing = self.chapter, True

        def succeed(step: Step[Bead] | None) -> None:
            self._is_writing = False
            if step is not None and self.chapter is not None and chapter is not None and self.chapter.id == chapter.id:
                self.alignment.show_written(step)

        def fail(error: BaseException) -> None:
            self._is_writing = False
            if isinstance(error, SpliceError):
                self.noted.emit(str(error))
            else:
                self._report(error)

        self.start(todo, succeed, title, fail)

    def realign(self, rows: range) -> None:
        """Align some beads of the open chapter anew in the background; one step of its history."""
        chapter, project = self.chapter, self.opened()
        if chapter is None:
            return
        label = self.tr("Align selected beads again")

        def succeed(splice: Splice[Bead]) -> None:
            if splice.old == splice.new:
                self.noted.emit(self.tr("Aligned again; nothing is different."))
                return
            try:
                if self.chapter is not None and self.chapter.id == chapter.id:
                    self.edit_beads(splice, label)
                else:
                    project.tracks.splice(project.tracks.alignment(chapter), splice, label)
            except DeskError as error:
                self.failed.emit(error)
            else:
                self.noted.emit(self.tr("Beads aligned: {0}").format(len(splice.new)))

        self.start(work.realign(project.path, chapter, rows), succeed, self.tr("Aligning beads: {0}").format(len(rows)))

    def open_chapter(self, chapter_id: int) -> None:
        """Open a chapter in Align and Review."""
        project = self.opened()
        self.chapter = project.chapters.get(chapter_id)
        self.alignment.open(project, project.tracks.alignment(self.chapter))
        self._open_review(self.chapter.direction)
        self.chapter_opened.emit()
        digests = project.chapters.digests(self.chapter)
        self.start_newest(work.has_changed(digests), self._on_looked, self.tr("Looking at the files"))

    def open_review(self, direction: str) -> None:
        """Show the review of the open chapter in another direction."""
        self._open_review(direction)
        self.chapter_opened.emit()

    def _open_review(self, direction: str) -> None:
        project, chapter = self.opened(), self.chapter
        if chapter is None:
            return
        self.review_direction = direction
        track, sources = project.tracks.review(chapter, direction), project.chapters.texts(self._review_source_id())
        self.review.open(project, track)
        rows = self.review.rows
        if not rows and not project.tracks.labels(track)[0]:
            project.tracks.begin(track, tuple(Decision(number, source) for number, source in enumerate(sources)))
            self.review.reload()
        elif [row.source for row in rows] != sources:
            # A re-reading was undone or done again in Align: the documents are others now.
            project.tracks.splice(track, review.reread(rows, sources), "Read again")
            self.review.reload()

    def review_source(self) -> Document:
        """Return the document that is the source in the direction of the review."""
        return self.opened().chapters.document(self._review_source_id())

    def _review_source_id(self) -> int:
        """Return the number of the document that is the source in the direction of the review."""
        if self.chapter is None:
            raise DeskError("No chapter is open.", "Choose one in Chapters.")
        is_forward = self.review_direction == self.chapter.direction
        return self.chapter.source_id if is_forward else self.chapter.target_id

    def outputs(self, direction: str) -> dict[Run, dict[int, str]]:
        """Return the machine output of the open chapter in a direction: texts by block for each fetched run."""
        if self.project is None or self.chapter is None:
            return {}
        chapter_id = self.chapter.id
        runs = [r for r in self.project.runs.runs() if r.direction == direction and chapter_id in r.chapters]
        found = {run: self.project.runs.output(run.number, chapter_id) for run in runs if run.is_fetched}
        return {run: texts for run, texts in found.items() if texts}

    def take_machine_output(self, run: Run) -> None:
        """Put a run's output into every block of the review that nobody has touched; one step."""
        splice = review.take_machine_output(self.review.rows, self.outputs(run.direction)[run], run.number)
        if splice.old != splice.new:
            self.review.edit(splice, f"Take the output of “{run.arm}”")

    def find_beside(self, run: Run | None) -> None:
        """Gather references, machine output and marks for the open review; `beside_found` brings them."""
        if self.chapter is not None:
            todo = work.look_beside(self.opened().path, self.chapter, self.review_direction, run)
            self.start_newest(todo, self.beside_found.emit, self.tr("Looking what the reference confirms"))

    def save_chapter(self, path: Path) -> None:
        """Write the finished chapter of the open review to a file."""
        if self.chapter is not None:
            todo = work.save_chapter(self.opened().path, self.chapter, self.review_direction, path)
            self.start(todo, self.tell_saved, self.tr("Saving {0}").format(path.name))

    # ---- reviews elsewhere -------------------------------------------------------------------------------------

    def send_review(self, path: Path, chapter: Chapter) -> None:
        """Write a chapter to a file for review, in the format that the ending of its name says."""
        todo = work.send_review(self.opened().path, path, chapter)
        self.start(todo, self.tell_saved, self.tr("Saving {0}").format(path.name))

    def look_at_review(self, path: Path) -> None:
        """Look what a review file would change; `review_came` brings a work.CameBack, and nothing is changed yet."""
        todo = work.look_at_review(self.opened().path, path)
        self.start_newest(todo, self.review_came.emit, self.tr("Reading a review"))

    def bring_in(self, came: work.CameBack) -> None:
        """Bring in what a review file changes, one step of each chapter; `review_brought_in` tells that it is done."""
        todo = work.bring_in(self.opened().path, came)
        self.start(todo, self._on_brought_in, self.tr("Bringing in {0}").format(came.path.name))

    @Slot(object)
    def _on_brought_in(self, came: work.CameBack) -> None:
        for outcome in came.returned.outcomes:
            is_open = self.chapter is not None and self.chapter.id == outcome.origin.number
            if is_open and outcome.splice is not None:
                self.alignment.show_written(Step("", outcome.splice))
        self.chapters_changed.emit()
        self.review_brought_in.emit(came)
        self.noted.emit(self.tr("Beads changed by the review: {0}").format(came.returned.changes))

    # ---- scores ------------------------------------------------------------------------------------------------

    def compare(self, source_language: str, target_language: str) -> None:
        """Score the newest runs of a direction; `compared` brings a flows.scoring.Compared."""
        todo = work.compare(self.opened().path, source_language, target_language)
        self.start_newest(todo, self.compared.emit, self.tr("Scoring"))

    def save_report(self, path: Path, compared: Compared) -> None:
        """Save a comparison as an HTML page."""
        self.start(work.save_report(compared, path), self.tell_saved, self.tr("Saving {0}").format(path.name))

    # ---- what came back ----------------------------------------------------------------------------------------

    @Slot(object)
    def _on_imported(self, result: tuple[Imported, tuple[DeskError, ...]]) -> None:
        imported, left_over = result
        self.chapters_changed.emit()
        self.imported.emit(imported)
        for problem in (*imported.problems, *left_over):
            self.failed.emit(problem)
        if self.chapter is not None and any(r.chapter.id == self.chapter.id for r in imported.readings):
            self.open_chapter(self.chapter.id)
        if imported.new:
            self.align(imported.new)

    @Slot(object)
    def _on_aligned(self, beads: int) -> None:
        self.chapters_changed.emit()
        if self.chapter is not None:
            self.alignment.reload()
        self.noted.emit(self.tr("Beads aligned: {0}").format(beads))

    @Slot(object)
    def _on_identified(self, identity: Identity) -> None:
        project = self.opened()
        if project.connection.is_offline:
            return
        project.set_connection(replace(project.connection, account=identity.account))
        self.connection_changed.emit()
        self.noted.emit(self.tr("Signed in to AWS account {0}").format(identity.account))

    @Slot(object)
    def _on_looked(self, has_changed: bool) -> None:
        if has_changed and self.chapter is not None:
            self.chapter_outdated.emit(self.chapter)

    @Slot(object)
    def tell_saved(self, path: Path) -> None:
        """Say that a file was saved."""
        self.noted.emit(self.tr("Saved {0}").format(path.name))

    @Slot()
    def _on_documents_changed(self) -> None:
        if self.chapter is not None:
            self.open_chapter(self.chapter.id)
            self.chapters_changed.emit()

    @Slot(object)
    def _on_beads_spliced(self, splice: Splice[Bead]) -> None:
        """Count what has changed: to count a long chapter again takes longer than a frame."""
        counts = Counter(map(_state, splice.new))
        counts.subtract(Counter(map(_state, splice.old)))
        more = len(splice.new) - len(splice.old)

        def counted(row: ChapterRow) -> ChapterRow:
            return replace(
                row,
                beads=row.beads + more,
                confirmed=row.confirmed + counts[BeadState.CONFIRMED.value],
                dropped=row.dropped + counts[BeadState.DROPPED.value],
                to_review=row.to_review + counts[BeadState.REVIEW.value],
            )

        self._tell_counted(counted)

    @Slot(object)
    def _on_decisions_spliced(self, splice: Splice[Decision]) -> None:
        more = sum(row.is_confirmed for row in splice.new) - sum(row.is_confirmed for row in splice.old)
        self._tell_counted(lambda row: replace(row, reviewed=row.reviewed + more))

    def _tell_counted(self, counted: Callable[[ChapterRow], ChapterRow]) -> None:
        """Tell that the row of the open chapter has changed, and what it is now."""
        chapter = self.chapter
        if self._rows is not None and chapter is not None:
            self._foreseen = [counted(row) if row.chapter.id == chapter.id else row for row in self._rows]
        self.chapters_changed.emit()

    def open_line(self) -> Line:
        """Return the line to Amazon, or to offline practice. Raises DeskError when no project is open."""
        if self._line is None:
            raise DeskError("No project is open.", "Open a project, or the sample book.")
        return self._line

    def start_work(
        self,
        todo: Callable[[Path, Line], Work],
        on_success: Callable[[Any], None],
        title: str,
        on_failure: Callable[[BaseException], None] | None = None,
    ) -> Task:
        """Start work on the file of the open project and its line, for a part of the desk with a file of its own.

        Without `on_failure` errors come out of `failed`. Raises DeskError when no project is open.
        """
        return self.start(todo(self.opened().path, self.open_line()), on_success, title, on_failure)

    def report(self, error: BaseException) -> None:
        """Tell an error of work in the way that fits it."""
        self._report(error)

    def start(
        self,
        todo: Work,
        on_success: Callable[[Any], None],
        title: str,
        on_failure: Callable[[BaseException], None] | None = None,
    ) -> Task:
        """Start work of the open project. What comes back after it was closed is not told, but for its errors."""
        project = self.project

        def succeed(result: Any) -> None:
            if self.project is project:
                on_success(result)

        def fail(error: BaseException) -> None:
            if self.project is project:
                (on_failure or self._report)(error)
            elif not isinstance(error, Cancelled):
                self._report(error)

        return self.runner.start(todo, succeed, fail, title)

    def start_newest(self, todo: Work, on_success: Callable[[Any], None], title: str) -> None:
        """Start work that takes the place of what was asked under the same title: only the newest answer is told."""
        self._newest[title] = asked = object()

        def succeed(result: Any) -> None:
            if self._newest[title] is asked:
                on_success(result)

        self.start(todo, succeed, title)

    @Slot(object)
    def _report(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            self.noted.emit(self.tr("Stopped. What was finished before is kept."))
        elif isinstance(error, DeskError):
            self.failed.emit(error)
        else:
            self.crashed.emit(error)
