"""A table over the rows of a track: it follows every splice and never changes anything itself."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Slot

from amts_desk.core.splice import Splice
from amts_desk.desk.editor import TrackEditor
from amts_desk.store.tracks import Storable
from amts_desk.ui.delegates.text import SHOWN_ROLE, Shown
from amts_desk.ui.models.table import NOWHERE, ROW_ROLE, Index

Row = TypeVar("Row", bound=Storable)


class TrackTable(QAbstractTableModel, Generic[Row]):
    """Columns over the rows of an editor; the number of a row is its heading, for it changes with other rows."""

    def __init__(self, editor: TrackEditor[Row], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self.rows: list[Row] = list(editor.rows)
        self._columns = len(self.titles())
        editor.loaded.connect(self._on_loaded)
        editor.spliced.connect(self._on_spliced)

    def titles(self) -> tuple[str, ...]:
        """Return the heading of every column."""
        raise NotImplementedError

    def text(self, row: Row, column: int) -> str:
        """Return what a cell says in words."""
        raise NotImplementedError

    def shown(self, row: Row, column: int) -> Shown | None:
        """Return the running text of a cell with its marks; None when it holds none."""
        raise NotImplementedError

    def tip(self, row: Row, column: int) -> str | None:
        """Return the tooltip of a cell, None for none."""
        raise NotImplementedError

    def row_at(self, row: int) -> Row:
        """Return what stands in a row of the table."""
        return self.rows[row]

    def accessible(self, row: int, column: int) -> str:
        """Return what a screen reader says of a cell; it names what the eye sees beside it."""
        return f"{self.titles()[column]}: {self.text(self.row_at(row), column)}"

    def shown_at(self, row: int, column: int) -> Shown | None:
        """Return the running text of a cell with what the rows around it say of it."""
        return self.shown(self.row_at(row), column)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else self._columns

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the heading of a column, or the number of a row."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return str(section + 1) if orientation == Qt.Orientation.Vertical else self.titles()[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        row, column = self.row_at(index.row()), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        if role == SHOWN_ROLE:
            return self.shown_at(index.row(), column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tip(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.accessible(index.row(), column)
        return row if role == ROW_ROLE else None

    @Slot()
    def _on_loaded(self) -> None:
        self.beginResetModel()
        self.rows = list(self._editor.rows)
        self.endResetModel()

    @Slot(object)
    def _on_spliced(self, splice: Splice[Row]) -> None:
        """Follow one splice: changed rows first, then the rows that come or go."""
        start, old, new = splice.start, len(splice.old), len(splice.new)
        common = min(old, new)
        self.rows[start : start + common] = splice.new[:common]
        if common:
            self.dataChanged.emit(self.index(start, 0), self.index(start + common - 1, self.columnCount() - 1))
        if new > common:
            self.beginInsertRows(NOWHERE, start + common, start + new - 1)
            self.rows[start + common : start + common] = splice.new[common:]
            self.endInsertRows()
        elif old > common:
            self.beginRemoveRows(NOWHERE, start + common, start + old - 1)
            del self.rows[start + common : start + old]
            self.endRemoveRows()
