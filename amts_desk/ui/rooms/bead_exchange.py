"""Reviewing elsewhere, from Align: the open chapter goes out as a file, and a file that came back is brought in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from amts_desk.desk.work import CameBack
    from amts_desk.ui.dialogs.review_import import ReviewImport
    from amts_desk.ui.rooms.bead_page import BeadPage


class BeadExchange(QObject):
    """Asks for the files, and shows what came back before anything changes."""

    def __init__(self, room: BeadPage) -> None:
        super().__init__(room)
        self._room, self._session = room, room.session
        self._came: CameBack | None = None
        self.dialog: ReviewImport | None = None
        self._session.review_came.connect(self._on_came)
        self._session.review_brought_in.connect(self._on_brought_in)
        self._session.project_closed.connect(self._close)

    def send_out(self) -> None:
        """Ask where the open chapter is to be saved for review; the ending of the name says in which format."""
        self._room.keep()
        chapter = self._session.chapter
        if chapter is None or not self._room.beads:
            self._session.noted.emit(self._room.not_aligned())
            return
        kinds = self.tr(
            "Excel (*.xlsx);;Word (*.docx);;Tab-separated (*.tsv);;TMX (*.tmx);;XLIFF (*.xlf);;"
            "PO (*.po);;InterText (*.zip);;"
            "All of these (*.xlsx *.docx *.tsv *.tmx *.xlf *.po *.zip)"
        )
        proposed = f"{Path(chapter.name).name}.xlsx"
        name, chosen = QFileDialog.getSaveFileName(self._room, self.tr("Send out for review"), proposed, kinds)
        if not name:
            return
        path = Path(name)
        if not path.suffix:
            path = path.with_name(path.name + chosen.rpartition("*")[2].rstrip(")"))
        self._session.send_review(path, chapter)

    def bring_back(self) -> None:
        """Ask for a file that came back and look at it in the background."""
        self._room.keep()
        kinds = self.tr("Reviews (*.xlsx *.docx *.tsv *.txt *.csv *.tmx *.xlf *.xliff *.po *.zip *.xml);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(self._room, self.tr("Bring a review back"), "", kinds)
        if name:
            self._session.look_at_review(Path(name))

    @Slot(object)
    def _on_came(self, came: CameBack) -> None:
        from amts_desk.ui.dialogs.review_import import ReviewImport

        self._close()
        self._came = came
        dialog = self.dialog = ReviewImport(came.path.name, self._room)
        dialog.accepted_changes.connect(self._on_accepted)
        dialog.bead_wanted.connect(self._on_bead_wanted)
        dialog.finished.connect(self._on_finished)
        dialog.show_review(came.returned.outcomes, came.returned.strays, came.returned.notices)
        dialog.show()

    @Slot()
    def _on_accepted(self) -> None:
        if self._came is not None:
            self._room.keep()
            self._session.bring_in(self._came)

    @Slot(object)
    def _on_brought_in(self, came: CameBack) -> None:
        if self.dialog is not None and came is self._came:
            self.dialog.show_brought_in(came.returned.outcomes, came.returned.strays)

    @Slot(int, int)
    def _on_bead_wanted(self, chapter: int, row: int) -> None:
        if self._session.chapter is None or self._session.chapter.id != chapter:
            self._session.open_chapter(chapter)
        self._room.select(row)

    @Slot()
    def _on_finished(self) -> None:
        self.dialog = self._came = None

    @Slot()
    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.close()
