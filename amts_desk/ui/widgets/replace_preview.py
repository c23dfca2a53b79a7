"""What a replacement would change, bead by bead, before it does; only what stays selected is replaced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from amts_desk.core.alignment import Bead
from amts_desk.core.search import Replacement
from amts_desk.ui.models.table import Column, TableModel
from amts_desk.ui.widgets.table import Table


@dataclass(frozen=True, slots=True)
class _Line:
    replacement: Replacement
    before: str
    after: str


class ReplacePreview(QWidget):
    """A row for each bead that would change. `accepted` comes with the button or Ctrl+Enter, `left` with Esc."""

    accepted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        columns: list[Column[_Line]] = [
            Column(self.tr("Bead"), lambda line: str(line.replacement.row + 1), is_number=True),
            Column(self.tr("Now"), lambda line: line.before, lambda line: line.before),
            Column(self.tr("Then"), lambda line: line.after, lambda line: line.after),
        ]
        self._model: TableModel[_Line] = TableModel(columns, self)
        self.table = Table(self._model, self.tr("What would be replaced"), (64, 0, 0), 28)
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        self._told = QLabel(self.tr("Selected beads are replaced; what was imported is kept with each."))
        self._told.setProperty("role", "quiet")
        self._told.setWordWrap(True)
        self.button = QPushButton()
        self.button.setProperty("role", "primary")
        self.button.clicked.connect(self.accepted)
        leave = QPushButton(self.tr("Replace nothing"))
        leave.clicked.connect(self.left)
        row = QHBoxLayout()
        row.addWidget(self._told, 1)
        row.addWidget(leave)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addLayout(row)

    def show_replacements(self, found: Sequence[Replacement], beads: Sequence[Bead]) -> None:
        """Show what would change, all of it selected."""
        self._model.set_rows([_line(each, beads[each.row]) for each in found])
        self.table.selectAll()
        self._on_selected()
        self.table.setFocus()

    def chosen(self) -> list[Replacement]:
        """Return the replacements that are selected."""
        return [self._model.rows[row].replacement for row in self.table.chosen_rows()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves everything as it is."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_selected(self) -> None:
        places = sum(each.places for each in self.chosen())
        self.button.setText(self.tr("Replace {0}").format(places))
        self.button.setEnabled(places > 0)


def _line(found: Replacement, bead: Bead) -> _Line:
    old = [s.text for s in (*bead.source, *bead.target)]
    changed = [(a, b) for a, b in zip(old, (*found.source, *found.target), strict=True) if a != b]
    return _Line(found, " ┊ ".join(a for a, _ in changed), " ┊ ".join(b for _, b in changed))
