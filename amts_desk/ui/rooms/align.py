"""Align: source and target side by side, bead by bead; the doubtful ones first, every correction by one key."""

from __future__ import annotations

import html

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QTextBrowser, QWidget

from amts_desk.core import edits
from amts_desk.core.alignment import Bead
from amts_desk.core.errors import SpliceError
from amts_desk.core.splice import Splice
from amts_desk.desk.session import Session
from amts_desk.ui import theme
from amts_desk.ui.delegates.confidence import HIGH, ConfidenceDelegate
from amts_desk.ui.delegates.text import TextDelegate
from amts_desk.ui.fonts import READING_SIZE, families
from amts_desk.ui.models.beads import CONFIDENCE, SOURCE, TARGET, BeadTable
from amts_desk.ui.rooms.room import Room
from amts_desk.ui.widgets.empty_state import EmptyState
from amts_desk.ui.widgets.table import Table


class AlignRoom(Room):
    """The beads of the open chapter. Every edit is one splice: on disk first, then in the table."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        empty = EmptyState(
            self.tr("No chapter is open"),
            self.tr("Here you see which sentences say the same, and correct the pairs that are wrong."),
            self.tr("Choose a chapter"),
        )
        super().__init__(session, empty, parent)
        self.model = BeadTable(session.alignment, self)
        self.table = Table(self.model, self.tr("Beads of the chapter"), (0, 0, 130, 130), numbered=True)
        self._text = TextDelegate(2, self.table)
        self.table.setItemDelegateForColumn(SOURCE, self._text)
        self.table.setItemDelegateForColumn(TARGET, self._text)
        self.table.setItemDelegateForColumn(CONFIDENCE, ConfidenceDelegate(self.table))
        self.table.verticalHeader().setDefaultSectionSize(self._text.row_height())
        self._detail = QTextBrowser()
        self._detail.setAccessibleName(self.tr("The selected bead, sentence by sentence"))
        self._detail.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(self._detail)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 1)
        split.setSizes([500, 170])
        self.column.addLayout(self._head())
        self.column.addWidget(split, 1)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.model.dataChanged.connect(self._on_changed)
        session.alignment.loaded.connect(self.refresh)
        session.chapter_opened.connect(self.refresh)
        session.project_closed.connect(self.refresh)
        self.setFocusProxy(self.table)
        self.refresh()

    def _head(self) -> QHBoxLayout:
        self._queue = QLabel()
        self._queue.setProperty("role", "quiet")
        next_button = QPushButton(self.tr("Next suspicious"))
        next_button.setToolTip(self.tr("Go to the least certain bead that nobody has confirmed (N)"))
        next_button.clicked.connect(self.next_suspicious)
        confirm_button = QPushButton(self.tr("Confirm"))
        confirm_button.setProperty("role", "primary")
        confirm_button.setToolTip(self.tr("Confirm the selected beads and go on (Ctrl+Enter)"))
        confirm_button.clicked.connect(self.confirm)
        row = QHBoxLayout()
        row.addWidget(self._queue, 1)
        row.addWidget(next_button)
        row.addWidget(confirm_button)
        return row

    @Slot()
    def refresh(self) -> None:
        """Show the open chapter."""
        chapter = self.session.chapter
        if chapter is not None:
            self.model.languages = (chapter.source_language, chapter.target_language)
            self.show_empty(empty=False)
            if self.table.currentIndex().row() < 0:
                self.table.choose_row(0)
        else:
            self.show_empty(empty=True)
        self._show_queue()
        self._show_detail()
        self.changed.emit()

    def take_first_step(self, step: int) -> None:
        """Go to Chapters."""
        self.room_wanted.emit("chapters")

    def subtitle(self) -> str:
        """Return the chapter and its languages."""
        chapter = self.session.chapter
        return f"{chapter.name}   {chapter.source_language} → {chapter.target_language}" if chapter else ""

    # ---- what a person can do ----------------------------------------------------------------------------------

    @Slot()
    def confirm(self) -> None:
        """Confirm the selected beads and go to the next one."""
        rows = self.table.chosen_rows()
        if rows:
            beads = self.session.alignment.rows
            if any(not beads[row].is_confirmed for row in rows):
                self._edit(edits.confirm(beads, rows), self.tr("Confirm"))
            self._select(min(rows[-1] + 1, self.model.rowCount() - 1))

    def confirm_above(self) -> None:
        """Confirm every bead from the first to the selected one."""
        self._try(
            lambda: edits.confirm_all_above(self.session.alignment.rows, self._row()), self.tr("Confirm all above")
        )

    def unconfirm(self) -> None:
        """Take the confirmation of the selected beads back."""
        rows = self.table.chosen_rows()
        self._try(lambda: edits.confirm(self.session.alignment.rows, rows, confirmed=False), self.tr("Unconfirm"))

    def merge(self) -> None:
        """Join the selected beads, or the selected one with the one below."""
        rows = self.table.chosen_rows() or [self._row()]
        last = rows[-1] if len(rows) > 1 else rows[0] + 1
        self._try(lambda: edits.merge(self.session.alignment.rows, rows[0], last), self.tr("Merge"))
        self._select(rows[0])

    def split(self) -> None:
        """Cut the selected bead after its first sentences."""
        row, beads = self._row(), self.session.alignment.rows
        self._try(lambda: edits.split(beads, row, *edits.middle(beads[row])), self.tr("Split"))
        self._select(row)

    def source_up(self) -> None:
        """Move the first source sentence to the bead above."""
        self._move("source", down=False)

    def source_down(self) -> None:
        """Move the last source sentence to the bead below."""
        self._move("source", down=True)

    def target_up(self) -> None:
        """Move the first target sentence to the bead above."""
        self._move("target", down=False)

    def target_down(self) -> None:
        """Move the last target sentence to the bead below."""
        self._move("target", down=True)

    @Slot()
    def next_suspicious(self) -> None:
        """Go to the next less certain bead that nobody has confirmed; the least certain first."""
        self._go_in_queue(1)

    def previous_suspicious(self) -> None:
        """Go back to the bead before it in the queue."""
        self._go_in_queue(-1)

    def realign(self) -> None:
        """Align the whole chapter anew; one step that undo takes back."""
        if self.session.chapter is not None:
            self.session.align([self.session.chapter])

    # ---- inside ------------------------------------------------------------------------------------------------

    def _move(self, side: edits.Sides, *, down: bool) -> None:
        row = self._row()
        self._try(lambda: edits.move(self.session.alignment.rows, row, side, down=down), self.tr("Move a sentence"))
        self._select(min(row, self.model.rowCount() - 1))

    def _try(self, make: object, label: str) -> None:
        """Carry out an edit; one that is not possible there says so and changes nothing."""
        try:
            splice = make()  # type: ignore[operator]
        except SpliceError as error:
            self.session.noted.emit(str(error))
        else:
            self._edit(splice, label)

    def _edit(self, splice: Splice[Bead], label: str) -> None:
        self.session.alignment.edit(splice, label)
        self._show_queue()
        self._show_detail()
        self.changed.emit()

    def _queued(self) -> list[int]:
        """Return the rows nobody has confirmed, the least certain first."""
        rows = self.session.alignment.rows
        doubtful = [i for i, bead in enumerate(rows) if not bead.is_confirmed and bead.confidence < HIGH]
        return sorted(doubtful, key=lambda i: (rows[i].confidence, i))

    def _go_in_queue(self, step: int) -> None:
        queue = self._queued()
        if not queue:
            self.session.noted.emit(self.tr("No suspicious bead is left in this chapter."))
            return
        row = self._row()
        at = queue.index(row) + step if row in queue else 0
        self._select(queue[at % len(queue)])

    def _row(self) -> int:
        return max(0, self.table.currentIndex().row())

    def _select(self, row: int) -> None:
        self.table.choose_row(row)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _new: QModelIndex, _old: QModelIndex) -> None:
        self._show_detail()

    @Slot()
    def _on_changed(self) -> None:
        self._show_queue()
        self._show_detail()

    def _show_queue(self) -> None:
        beads = self.session.alignment.rows
        if not beads:
            self._queue.setText(self.tr("This chapter is not aligned yet. Align it with Ctrl+Shift+R."))
            return
        open_beads = [bead for bead in beads if not bead.is_confirmed]
        errors = sum(1 - bead.confidence for bead in open_beads)
        self._queue.setText(
            self.tr(
                "Beads: {0} · confirmed: {1} · errors expected in the rest: about {2:.0f} · suspicious: {3}"
            ).format(len(beads), len(beads) - len(open_beads), errors, len(self._queued()))
        )

    def _show_detail(self) -> None:
        """Show the current bead whole, its neighbours dimmed."""
        row, beads = self.table.currentIndex().row(), self.session.alignment.rows
        if not 0 <= row < len(beads):
            self._detail.setHtml("")
            return
        near = [(i, beads[i]) for i in (row - 1, row, row + 1) if 0 <= i < len(beads)]
        lines = "".join(self._detail_row(bead, is_current=i == row) for i, bead in near)
        reasons = "; ".join(beads[row].reasons)
        foot = f"<p style='color:{theme.colour('warn').name()}'>{html.escape(reasons)}</p>" if reasons else ""
        self._detail.setHtml(f"<table width='100%' cellspacing='0' cellpadding='4'>{lines}</table>{foot}")

    def _detail_row(self, bead: Bead, *, is_current: bool) -> str:
        ink = theme.colour("text" if is_current else "quiet").name()
        cells = []
        for sentences, code in zip((bead.source, bead.target), self.model.languages, strict=True):
            fonts = ", ".join(f"'{family}'" for family in families(code))
            text = "<br>".join(html.escape(s.text) for s in sentences) or "—"
            style = f"font-family:{fonts}; font-size:{READING_SIZE}px; color:{ink}"
            cells.append(f'<td width="50%" style="{style}">{text}</td>')
        return f"<tr>{''.join(cells)}</tr>"
