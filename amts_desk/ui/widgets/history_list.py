"""Every step of a chapter's history with its name and time; Enter or a double click goes there."""

from __future__ import annotations

import datetime

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QVBoxLayout, QWidget

from amts_desk.desk.editor import TrackEditor
from amts_desk.store.tracks import Entry
from amts_desk.ui.models.table import Column, TableModel
from amts_desk.ui.widgets.table import Table


class HistoryList(QWidget):
    """Steps from the oldest to the newest; those that were undone say so. `chosen` brings the number of a step."""

    chosen = Signal(int)

    def __init__(self, editor: TrackEditor, parent: QWidget | None = None) -> None:  # type: ignore[type-arg]
        super().__init__(parent)
        self._editor = editor
        columns = [Column(self.tr("Step"), self._name, self._name), Column(self.tr("Time"), _time, _whole_time)]
        self._model: TableModel[Entry] = TableModel(columns, self)
        self.table = Table(self._model, self.tr("History of this chapter"), (0, 96), 28)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.activated.connect(self._on_activated)
        title = QLabel(self.tr("History: Enter goes to a step"))
        title.setProperty("role", "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 0, 0)
        column.addWidget(title)
        column.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    def showEvent(self, event: QShowEvent) -> None:
        """Read the history when it comes into sight."""
        super().showEvent(event)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the history as it is, the step in force selected; out of sight nothing is read."""
        if not self.isVisible():
            return
        entries = self._editor.history()
        self._model.set_rows(entries)
        done = sum(entry.is_done for entry in entries)
        if done:
            self.table.choose_row(done - 1)

    def _name(self, entry: Entry) -> str:
        name = f"{entry.number}. {entry.label}"
        return name if entry.is_done else self.tr("{0} (undone)").format(name)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self.chosen.emit(self._model.rows[index.row()].number)


def _time(entry: Entry) -> str:
    """Return the time of a step of today, the day of an earlier one."""
    made = datetime.datetime.fromisoformat(entry.made_at).astimezone()
    is_today = made.date() == datetime.datetime.now(made.tzinfo).date()
    return f"{made:%H:%M}" if is_today else f"{made:%Y-%m-%d}"


def _whole_time(entry: Entry) -> str:
    return f"{datetime.datetime.fromisoformat(entry.made_at).astimezone():%Y-%m-%d %H:%M}"
