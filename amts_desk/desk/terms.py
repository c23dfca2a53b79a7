"""The terms of the open project while they are looked at: their editor, their files, and what Amazon has of them.

Whatever fails comes out of `failed`, to be shown where the terms are; once they are closed, it goes to the session.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from amts_desk.core.errors import DeskError
from amts_desk.core.terms import Keep, Term, TermFile, merge
from amts_desk.desk import terms_work
from amts_desk.desk.editor import TrackEditor
from amts_desk.desk.tasks import Work

if TYPE_CHECKING:
    from amts_desk.core.terminology import Terminology
    from amts_desk.core.terms import Conflict
    from amts_desk.desk.session import Session
    from amts_desk.flows.connecting import Line
    from amts_desk.flows.terminology import Parcel, Pushed


class TermDesk(QObject):
    """Belongs to the session; `editor` holds the terms of all languages, with the history of the project."""

    found = Signal(object, str)
    """A TermFile and the name of what it comes from: somebody decides about conflicts and calls `take`."""
    listed = Signal(object)
    noted = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        session: Session,
        start: Callable[..., Any],
        open_line: Callable[[], Line],
        report: Callable[[BaseException], None],
    ) -> None:
        super().__init__(session)
        self.editor: TrackEditor[Term] = TrackEditor(self)
        self._session = session
        self._start_work = start
        self._open_line = open_line
        self._report = report
        self.noted.connect(session.noted)

    def open(self) -> None:
        """Read the terms of the open project. Raises DeskError when none is open."""
        project = self._session.opened()
        self.editor.open(project, project.tracks.terms())

    def read(self, path: Path, direction: tuple[str, str]) -> None:
        """Read a file of terms; where it does not name its languages, they are those of `direction`."""
        self._start(terms_work.read(path, direction), self._on_read, self.tr("Reading {0}").format(path.name))

    def conflicts(self, found: TermFile) -> tuple[Conflict, ...]:
        """Return which of the terms found are there with another translation."""
        return merge(self.editor.rows, found.terms).conflicts

    def take(self, found: TermFile, name: str, keep: Keep = Keep.BOTH) -> None:
        """Let terms join those of the project, as one step that can be undone."""
        merged = merge(self.editor.rows, found.terms, keep)
        if merged.splice.old != merged.splice.new:
            self.editor.edit(merged.splice, self.tr("Bring in {0}").format(name))
        words = self.tr("{0}: terms added: {1}, there already: {2}.").format(name, merged.added, merged.known)
        self.noted.emit(" ".join([words, *found.notes]))

    def save(self, path: Path, form: str, source_language: str) -> None:
        """Write the terms from one language to a file ("csv", "tmx", "tbx", "md")."""
        todo = terms_work.save(list(self.editor.rows), path, form, source_language)
        self._start(todo, self._on_saved, self.tr("Saving {0}").format(path.name))

    def push(self, parcel: Parcel) -> None:
        """Send a terminology to Amazon, unless it holds exactly this one."""
        todo = terms_work.push(self._open_line(), parcel)
        self._start(todo, self._on_pushed, self.tr("Sending the terminology"))

    def ask(self) -> None:
        """Ask what terminologies Amazon has; `listed` brings them."""
        todo = terms_work.ask(self._open_line())
        self._start(todo, self.listed.emit, self.tr("Asking about terminologies"))

    def download(self, name: str) -> None:
        """Bring the terms of a terminology from Amazon."""
        todo = terms_work.download(self._open_line(), name)
        self._start(todo, self._on_read, self.tr("Downloading the terminology"))

    def delete(self, name: str) -> None:
        """Delete a terminology at Amazon; the terms of the project stay."""
        todo = terms_work.delete(self._open_line(), name)
        self._start(todo, self._on_deleted, self.tr("Deleting the terminology"))

    def _start(self, todo: Work, on_success: Callable[[Any], None], title: str) -> None:
        self._start_work(todo, on_success, title, self._on_failed)

    @Slot(object)
    def _on_read(self, result: tuple[TermFile, str]) -> None:
        if self.editor.is_open:
            self.found.emit(*result)
            return
        self._report(
            DeskError(
                self.tr("The terms of {0} were not taken in, since their window was closed.").format(result[1]),
                self.tr("Open it and import them again."),
            )
        )

    @Slot(object)
    def _on_saved(self, name: str) -> None:
        self.noted.emit(self.tr("Saved {0}").format(name))

    @Slot(object)
    def _on_pushed(self, result: tuple[Pushed, Sequence[Terminology]]) -> None:
        pushed, there = result
        found = pushed.terminology
        words = (
            self.tr("“{0}” holds exactly these terms already: {1}.")
            if pushed.was_there
            else self.tr("“{0}” is ready. Terms taken in: {1}, skipped by Amazon: {2}.")
        )
        self.listed.emit(there)
        self.noted.emit(words.format(found.name, found.terms, found.skipped))

    @Slot(object)
    def _on_deleted(self, result: tuple[str, Sequence[Terminology]]) -> None:
        name, there = result
        self.listed.emit(there)
        self.noted.emit(self.tr("“{0}” is deleted at Amazon. The terms of the project are as they were.").format(name))

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, DeskError) and self.editor.is_open:
            self.failed.emit(error)
        else:
            self._report(error)
