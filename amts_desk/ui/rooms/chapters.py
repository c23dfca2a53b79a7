"""Chapters: what is in the project, and how far each chapter is."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from amts_desk.core.languages import language
from amts_desk.core.options import DEFAULT
from amts_desk.desk.session import Session
from amts_desk.store.chapters import ChapterRow
from amts_desk.ui.icons import icon
from amts_desk.ui.models.table import Column, TableModel
from amts_desk.ui.rooms.room import Room
from amts_desk.ui.widgets.empty_state import EmptyState
from amts_desk.ui.widgets.table import Table

_MOST_TOLD = 5
"""Damaged places that are shown below the table; the tooltip tells all."""


class ChaptersRoom(Room):
    """One row a chapter; Enter or a double click opens it in Align."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        empty = EmptyState(
            self.tr("No chapters yet"),
            self.tr(
                "Here you gather chapters and their translations. Drop a folder into this window, "
                "or begin with the sample book."
            ),
            self.tr("Open the sample book"),
            self.tr("Import a folder…"),
        )
        super().__init__(session, empty, parent)
        self._rules = DEFAULT
        self._warning = icon("warning", "warn")
        self._model: TableModel[ChapterRow] = TableModel(
            [
                Column(self.tr("Chapter"), lambda row: row.chapter.name),
                Column(self.tr("Languages"), _languages),
                Column(self.tr("Sentences"), lambda row: f"{row.sentences[0]} / {row.sentences[1]}", is_number=True),
                Column(self.tr("Aligned"), self._aligned, is_number=True),
                Column(self.tr("Confirmed"), self._confirmed, is_number=True),
                Column(self.tr("Runs"), lambda row: str(row.runs or "–"), is_number=True),
                Column(self.tr("Reviewed"), lambda row: str(row.reviewed or "–"), is_number=True),
                Column(self.tr("State"), self._state, self._explanation, sign=self._sign),
            ],
            self,
        )
        self.table = Table(self._model, self.tr("Chapters"), (240, 150, 100, 90, 100, 60, 90, 0))
        self.table.activated.connect(self._on_activated)
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        self._open = QPushButton(self.tr("Open in Align"))
        self._open.setToolTip(self.tr("Open the selected chapter in Align (Enter)"))
        self._open.setProperty("role", "primary")
        self._open.clicked.connect(self._on_open)
        self._again = QPushButton(self.tr("Read again"))
        self._again.setToolTip(self.tr("Read the selected chapters' files again; unchanged beads are kept"))
        self._again.clicked.connect(self._on_read_again)
        self._damage = QLabel()
        self._damage.setWordWrap(True)
        self._damage.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._count = QLabel()
        self._count.setProperty("role", "quiet")
        buttons = QHBoxLayout()
        for widget in (self._open, self._again):
            buttons.addWidget(widget)
        buttons.addStretch(1)
        buttons.addWidget(self._count)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self._damage)
        self.column.addLayout(buttons)
        session.chapters_changed.connect(self._on_changed)
        session.project_closed.connect(self.refresh)
        self.entry = self.table
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show every chapter as it is now."""
        rows = self.session.chapter_rows()
        self._rules = self.session.project.options.rules if self.session.project else DEFAULT
        self._warning = icon("warning", "warn")
        self._model.set_rows(rows)
        self.show_empty(empty=not rows)
        sentences = sum(row.sentences[0] for row in rows)
        self._count.setText(self.tr("Chapters: {0} · source sentences: {1}").format(len(rows), sentences))
        if rows and not self.table.chosen_rows():
            self.table.choose_row(0)
        self._on_selected()

    @Slot()
    def _on_changed(self) -> None:
        """Follow the session; out of sight there is nothing to show, and entering refreshes."""
        if self.isVisible() or not self._model.rows:
            self.refresh()

    def take_first_step(self, step: int) -> None:
        """Open the sample book, or import a folder."""
        window = self.window()
        (window.open_sample, window.import_folder)[step]()  # type: ignore[attr-defined]

    def subtitle(self) -> str:
        """Return the name of the project."""
        return self.session.project.path.stem if self.session.project else ""

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self._enter(index.row())

    @Slot()
    def _on_open(self) -> None:
        for row in self.table.chosen_rows()[:1]:
            self._enter(row)

    @Slot()
    def _on_selected(self) -> None:
        rows = self.table.chosen_rows()
        self._open.setEnabled(len(rows) == 1)
        self._again.setEnabled(bool(rows))
        notes = [note for row in rows for note in self._model.rows[row].notes]
        self._damage.setText("\n".join([*notes[:_MOST_TOLD], *["…"] * (len(notes) > _MOST_TOLD)]))
        self._damage.setAccessibleName(self._damage.text())
        self._damage.setVisible(bool(notes))

    @Slot()
    def _on_read_again(self) -> None:
        self.session.read_again([self._model.rows[row].chapter for row in self.table.chosen_rows()])

    def _enter(self, row: int) -> None:
        self.session.open_chapter(self._model.rows[row].chapter.id)
        self.room_wanted.emit("align")

    def _aligned(self, row: ChapterRow) -> str:
        return str(row.beads) if row.beads else "–"

    def _confirmed(self, row: ChapterRow) -> str:
        return f"{100 * row.settled // row.beads} %" if row.beads else "–"

    def _sign(self, row: ChapterRow) -> QIcon | None:
        return self._warning if row.notes or not row.is_read_by(self._rules) else None

    def _state(self, row: ChapterRow) -> str:
        """Return what to do first; the tooltip tells the rest."""
        if not row.is_read_by(self._rules):
            return self.tr("read with other options")
        return self.tr("damaged in places") if row.notes else self._progress(row)

    def _explanation(self, row: ChapterRow) -> str:
        words = [] if row.is_read_by(self._rules) else [self.tr("Read it again to use the project's options of now.")]
        return "\n".join([self._progress(row), *words, *row.notes])

    def _progress(self, row: ChapterRow) -> str:
        if not row.beads:
            return self.tr("not aligned yet")
        if row.to_review:
            return self.tr("beads to look at: {0}").format(row.to_review)
        return self.tr("confirmed") if row.settled == row.beads else self.tr("aligned, not confirmed")


def _languages(row: ChapterRow) -> str:
    return f"{language(row.chapter.source_language).name} → {language(row.chapter.target_language).name}"
