"""The look and manners that every table view shares."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QItemSelection, QItemSelectionModel, QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget


class _Numbers(QHeaderView):
    """The numbers of the rows, as wide as the largest: Qt measures two hundred of them after every edit."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setSectionsClickable(True)

    def sizeHint(self) -> QSize:
        """Return the room that the number of the last row takes."""
        digits = max(2, len(str(len(getattr(self.model(), "rows", ())))))
        return QSize(self.fontMetrics().horizontalAdvance("9" * digits) + 20, super().minimumSizeHint().height())


class Table(QTableView):
    """A table of whole rows with a fixed height, read by keyboard and screen reader."""

    def __init__(
        self,
        model: QAbstractItemModel,
        name: str,
        widths: Sequence[int],
        height: int = 32,
        *,
        numbered: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        if numbered:
            self.setVerticalHeader(_Numbers(self))
        self.verticalHeader().setVisible(numbered)
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.set_widths(widths)

    def set_widths(self, widths: Sequence[int]) -> None:
        """Set the widths of the columns in pixels; 0 takes what is left."""
        header = self.horizontalHeader()
        for column, width in enumerate(widths[: header.count()]):
            if width:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
                header.resizeSection(column, width)
            else:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def chosen_rows(self) -> list[int]:
        """Return the numbers of the selected rows in order."""
        ranges = self.selectionModel().selection().toList()
        return sorted({row for each in ranges for row in range(each.top(), each.bottom() + 1)})

    def choose_rows(self, first: int, last: int) -> None:
        """Select the rows from `first` to `last` and nothing else, the cursor on the first."""
        self.choose_row(first)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        block = QItemSelection(self.model().index(first, 0), self.model().index(last, 0))
        self.selectionModel().select(block, flags)

    def choose_row(self, row: int) -> None:
        """Select one row and nothing else, whatever keys are held down, and bring it into sight."""
        index = self.model().index(row, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)
