"""The beads of the open chapter as a table that follows its splices and never changes anything itself."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Slot

from amts_desk.core.alignment import Bead, BeadState, Sentence
from amts_desk.core.splice import Splice
from amts_desk.desk.editor import TrackEditor
from amts_desk.ui.delegates.text import SHOWN_ROLE, Shown
from amts_desk.ui.models.table import NOWHERE, ROW_ROLE, Index

SOURCE, TARGET, CONFIDENCE, STATE = range(4)
BORDER = " ┊ "
"""What stands between two sentences of a cell."""


class BeadTable(QAbstractTableModel):
    """Four columns: source, target, confidence, state; the number of a bead is its row's heading."""

    def __init__(self, editor: TrackEditor[Bead], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._rows: list[Bead] = list(editor.rows)
        self.languages = ("en", "zh")
        editor.loaded.connect(self._on_loaded)
        editor.spliced.connect(self._on_spliced)

    def bead(self, row: int) -> Bead:
        """Return the bead of a row."""
        return self._rows[row]

    @Slot()
    def _on_loaded(self) -> None:
        self.beginResetModel()
        self._rows = list(self._editor.rows)
        self.endResetModel()

    @Slot(object)
    def _on_spliced(self, splice: Splice[Bead]) -> None:
        """Follow one splice: changed rows first, then the rows that come or go."""
        start, old, new = splice.start, len(splice.old), len(splice.new)
        common = min(old, new)
        self._rows[start : start + common] = splice.new[:common]
        if common:
            self.dataChanged.emit(self.index(start, 0), self.index(start + common - 1, STATE))
        if new > common:
            self.beginInsertRows(NOWHERE, start + common, start + new - 1)
            self._rows[start + common : start + common] = splice.new[common:]
            self.endInsertRows()
        elif old > common:
            self.beginRemoveRows(NOWHERE, start + common, start + old - 1)
            del self._rows[start + common : start + old]
            self.endRemoveRows()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of beads."""
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
        return (self.tr("Source"), self.tr("Target"), self.tr("Confidence"), self.tr("State"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        bead, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index.row(), column)
        if role == SHOWN_ROLE and column in (SOURCE, TARGET):
            return _shown(bead.source if column == SOURCE else bead.target, self.languages[column - SOURCE])
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(bead, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.headerData(column, Qt.Orientation.Horizontal)}: {self._text(index.row(), column)}"
        return bead if role == ROW_ROLE else None

    def _text(self, row: int, column: int) -> str:
        bead = self._rows[row]
        if column in (SOURCE, TARGET):
            return BORDER.join(s.text for s in (bead.source if column == SOURCE else bead.target))
        if column == CONFIDENCE:
            return f"{bead.confidence:.0%}"
        return self._state(bead)

    def _state(self, bead: Bead) -> str:
        return {
            BeadState.AUTOMATIC: self.tr("automatic"),
            BeadState.CONFIRMED: self.tr("✓ confirmed"),
            BeadState.REVIEW: self.tr("? needs review"),
        }[bead.state]

    def _tip(self, bead: Bead, column: int) -> str | None:
        if column == CONFIDENCE:
            return "\n".join(bead.reasons) or self.tr("Nothing unusual about this bead.")
        return bead.note or None if column == STATE else None


def _shown(sentences: tuple[Sentence, ...], language: str) -> Shown:
    """Return the sentences of a cell with the borders between them marked."""
    marks, at = [], 0
    for sentence in sentences[:-1]:
        at += len(sentence.text)
        marks.append((at, at + len(BORDER), "border"))
        at += len(BORDER)
    return Shown(BORDER.join(s.text for s in sentences), language, tuple(marks))
