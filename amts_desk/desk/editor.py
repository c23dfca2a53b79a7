"""The editor of one track: the rows on screen, changed only by splices that are on disk before they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from amts_desk.core.errors import SpliceError
from amts_desk.core.splice import Splice
from amts_desk.store.tracks import Entry, Step, Storable, Track

if TYPE_CHECKING:
    from amts_desk.store.project import Project

Row = TypeVar("Row", bound=Storable)
_LARGE = 4_000_000
"""Characters of stored rows that are read and written within a few frames: about ten thousand beads."""
_MOST_SHOWN = 20
"""Steps that are shown one by one when several are gone through at once."""


class TrackEditor(QObject, Generic[Row]):
    """Holds the rows of the open track. Views follow `loaded` and `spliced` and never change rows themselves.

    `leaving` comes before the track is closed, changed for another, undone or redone: whoever still holds something
    that was typed saves it now.
    """

    leaving = Signal()
    loaded = Signal()
    spliced = Signal(object)
    documents_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self._project: Project | None = None
        self._track: Track[Row] | None = None

    @property
    def is_open(self) -> bool:
        """Whether a track is open."""
        return self._track is not None

    def open(self, project: Project, track: Track[Row]) -> None:
        """Show the rows of a track."""
        self.leaving.emit()
        self._project, self._track = project, track
        self.reload()

    def close(self) -> None:
        """Show nothing."""
        self.leaving.emit()
        self._project = self._track = None
        self.rows = []
        self.loaded.emit()

    def reload(self) -> None:
        """Read the rows from the project again, after something else has spliced them."""
        project, track = self._opened()
        self.rows = project.tracks.rows(track)
        self.loaded.emit()

    def edit(self, splice: Splice[Any], label: str) -> None:
        """Carry out one edit: first on disk, then here. Raises DeskError when it cannot be saved."""
        project, track = self._opened()
        project.tracks.splice(track, splice, label)
        self._follow(Step(label, splice))

    def show_written(self, step: Step[Any]) -> None:
        """Show a step of this track that is on disk already."""
        self._follow(step)

    @property
    def position(self) -> int:
        """The number of the last step in force; 0 when there is none."""
        project, track = self._opened()
        return project.tracks.position(track)

    def is_far(self, number: int) -> bool:
        """Whether going to step `number` is so much work that it is better done in the background."""
        project, track = self._opened()
        return project.tracks.weight(track, number) > _LARGE

    def undo(self) -> None:
        """Take back the last step, if there is one."""
        project, track = self._opened()
        self.leaving.emit()
        step = project.tracks.undo(track)
        if step is not None:
            self._follow(step)

    def redo(self) -> None:
        """Do the next step again, if there is one."""
        project, track = self._opened()
        self.leaving.emit()
        step = project.tracks.redo(track)
        if step is not None:
            self._follow(step)

    def go_to(self, number: int) -> None:
        """Undo or redo until step `number` of the history is the last one in force; 0 takes everything back."""
        project, track = self._opened()
        self.leaving.emit()
        steps = project.tracks.go_to(track, number)
        if len(steps) <= _MOST_SHOWN:
            for step in steps:
                self._follow(step)
            return
        self.reload()
        if any(step.editions is not None for step in steps):
            self.documents_changed.emit()

    def history(self) -> list[Entry]:
        """Return every step, the oldest first, those that were undone included."""
        if self._project is None or self._track is None:
            return []
        return self._project.tracks.history(self._track)

    def labels(self) -> tuple[str, str]:
        """Return the names of what undo and redo would do; "" where there is nothing."""
        if self._project is None or self._track is None:
            return "", ""
        return self._project.tracks.labels(self._track)

    def _follow(self, step: Step[Row]) -> None:
        try:
            step.splice.apply(self.rows)
        except SpliceError:  # something else has written meanwhile
            self.reload()
        else:
            self.spliced.emit(step.splice)
        if step.editions is not None:
            self.documents_changed.emit()

    def _opened(self) -> tuple[Project, Track[Row]]:
        if self._project is None or self._track is None:
            raise RuntimeError("no track is open")
        return self._project, self._track
