"""Searching in Align: the bar above the table, the marks and the filter in it, the preview below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Slot

from amts_desk.core import edits
from amts_desk.core.errors import DeskError
from amts_desk.core.search import replacements

if TYPE_CHECKING:
    from amts_desk.ui.rooms.bead_page import BeadPage


class BeadSearch(QObject):
    """Does what the search bar of the room asks."""

    def __init__(self, room: BeadPage) -> None:
        super().__init__(room)
        self._room, self._model, self._bar, self._preview = room, room.model, room.search, room.preview
        self._bar.changed.connect(self.look)
        self._bar.stepped.connect(self.go_to_hit)
        self._bar.previewed.connect(self._on_preview)
        self._bar.closed.connect(self._on_closed)
        self._preview.accepted.connect(self._on_replace)
        self._preview.left.connect(self.close_preview)

    def again(self) -> None:
        """Look again after the beads were loaded anew."""
        self.close_preview()
        if self._bar.isVisible():
            self.look()

    @Slot(int)
    def go_to_hit(self, step: int) -> None:
        """Go to the next bead that was found, or the one before; without a search, begin one."""
        if self._model.hits is None:
            self._bar.ask()
        else:
            self._room.go_to(self._model.hits, step)
            self._tell()

    @Slot()
    def look(self) -> None:
        """Look for what the bar says, mark it, and show only that if the bar says so."""
        number = self._room.number()
        try:
            self._model.search(self._bar.query())
        except DeskError as error:
            self._model.search(None)
            self._bar.tell(str(error))
            return
        wanted = self._model.hits if self._bar.is_filter.isChecked() else None
        if wanted is not None or self._model.is_filtered:
            self._model.show_only(wanted)
            self._select_near(number)
        self._tell()

    def _select_near(self, number: int) -> None:
        """Select a bead again, or the next one below it that is shown."""
        if self._model.rowCount():
            below = np.flatnonzero(self._model.order >= number)
            self._room.table.choose_row(int(below[0]) if len(below) else self._model.rowCount() - 1)

    def _tell(self) -> None:
        hits = self._model.hits
        if hits is None:
            self._bar.tell("")
            return
        number, count = self._room.number(), int(hits.sum())
        if count and hits[number]:
            self._bar.tell(self.tr("{0} of {1} beads").format(int(hits[: number + 1].sum()), count))
        else:
            self._bar.tell(self.tr("Found in {0} beads").format(count))

    @Slot()
    def _on_closed(self) -> None:
        number = self._room.number()
        self._model.search(None)
        if self._model.is_filtered:
            self._model.show_only(None)
            self._select_near(number)
        self.close_preview()
        self._room.table.setFocus()

    @Slot()
    def _on_preview(self) -> None:
        self._room.keep()
        query, hits = self._bar.query(), self._model.hits
        if query is None or query.is_empty or hits is None:
            self._bar.tell(self.tr("Say what to search for first"))
            return
        try:
            found = replacements(self._room.beads, np.flatnonzero(hits).tolist(), query, self._bar.words.text())
        except DeskError as error:
            self._bar.tell(str(error))
            return
        if not found:
            self._bar.tell(self.tr("Nothing would change"))
            return
        self._room.show_below(self._preview, half=True)
        self._preview.show_replacements(found, self._room.beads)

    @Slot()
    def _on_replace(self) -> None:
        chosen = self._preview.chosen()
        self.close_preview()
        changes = [(each.row, each.source, each.target) for each in chosen]
        label = self.tr("Replace {0} by {1}").format(_short(self._bar.field.text()), _short(self._bar.words.text()))
        if self._room.do(lambda: edits.retype_all(self._room.beads, changes), label):
            self._tell()

    @Slot()
    def close_preview(self) -> None:
        """Replace nothing."""
        self._room.leave_below(self._preview)


def _short(text: str) -> str:
    return f"“{text}”" if len(text) <= 20 else f"“{text[:20]}…”"
