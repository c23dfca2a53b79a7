"""The blocks of the open chapter under review: source, reference, machine output, your text, state."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Slot

from amts_desk.core.review import Decision, DecisionState
from amts_desk.core.splice import Splice
from amts_desk.desk.editor import TrackEditor
from amts_desk.ui.delegates.text import SHOWN_ROLE, Shown
from amts_desk.ui.models.table import NOWHERE, ROW_ROLE, Index

SOURCE, REFERENCE, MACHINE, YOURS, STATE = range(5)
Marks = tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What stands beside the decisions: reference, machine output and its marks, by block; and the languages."""

    source_language: str = "en"
    target_language: str = "zh"
    references: dict[int, str] = field(default_factory=dict)
    machine: dict[int, str] = field(default_factory=dict)
    marks: dict[int, Marks] = field(default_factory=dict)


class ReviewTable(QAbstractTableModel):
    """Five columns; follows the splices of the review and never changes anything itself."""

    def __init__(self, editor: TrackEditor[Decision], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._rows: list[Decision] = list(editor.rows)
        self._beside = Comparison()
        self._with_marks = True
        editor.loaded.connect(self._on_loaded)
        editor.spliced.connect(self._on_spliced)

    def decision(self, row: int) -> Decision:
        """Return the decision of a row."""
        return self._rows[row]

    def machine(self, row: int) -> str:
        """Return the machine output of a row."""
        return self._beside.machine.get(self._rows[row].block, "")

    def show_beside(self, comparison: Comparison, *, with_marks: bool) -> None:
        """Show other references, output or marks."""
        self._beside, self._with_marks = comparison, with_marks
        if self._rows:
            self.dataChanged.emit(self.index(0, REFERENCE), self.index(len(self._rows) - 1, MACHINE))

    @Slot()
    def _on_loaded(self) -> None:
        self.beginResetModel()
        self._rows = list(self._editor.rows)
        self.endResetModel()

    @Slot(object)
    def _on_spliced(self, splice: Splice[Decision]) -> None:
        if len(splice.old) != len(splice.new):
            self._on_loaded()
            return
        splice.apply(self._rows)
        if splice.new:
            self.dataChanged.emit(self.index(splice.start, 0), self.index(splice.start + len(splice.new) - 1, STATE))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of blocks."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else STATE + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the heading of a column, or the number of a row."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        return (
            self.tr("Source"),
            self.tr("Reference"),
            self.tr("Machine"),
            self.tr("Yours"),
            self.tr("State"),
        )[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index.row(), column)
        if role == SHOWN_ROLE and SOURCE <= column <= YOURS:
            return self._shown(row, index.row(), column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.headerData(column, Qt.Orientation.Horizontal)}: {self._text(index.row(), column)}"
        return row if role == ROW_ROLE else None

    def _text(self, number: int, column: int) -> str:
        row = self._rows[number]
        if column == STATE:
            return {
                DecisionState.OPEN: self.tr("open"),
                DecisionState.EDITED: self.tr("✎ edited"),
                DecisionState.CONFIRMED: self.tr("✓ confirmed"),
            }[row.state]
        texts = {
            SOURCE: row.source,
            REFERENCE: self._beside.references.get(row.block, ""),
            MACHINE: self._beside.machine.get(row.block, ""),
            YOURS: row.text,
        }
        return texts[column]

    def _shown(self, row: Decision, number: int, column: int) -> Shown:
        language = self._beside.source_language if column == SOURCE else self._beside.target_language
        marks = self._beside.marks.get(row.block, ()) if column == MACHINE and self._with_marks else ()
        return Shown(self._text(number, column), language, marks)
