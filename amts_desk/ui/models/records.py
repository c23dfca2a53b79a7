"""The records of a draft of parallel data as a table: it reads from the disk only what is in sight."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from amts_desk.core.pairs import Fate, Record
from amts_desk.store.drafts import Draft
from amts_desk.ui.delegates.text import SHOWN_ROLE, Shown
from amts_desk.ui.models.table import NOWHERE, ROW_ROLE, Index

SOURCE, TARGET, SOURCE_BYTES, TARGET_BYTES, CHAPTER, BEAD, FATE = range(7)
_NUMBERS = (SOURCE_BYTES, TARGET_BYTES, BEAD)
_KEPT = 500
_FATES = tuple(Fate)


class RecordTable(QAbstractTableModel):
    """Seven columns: source, target, the bytes of each, chapter, bead, what happens.

    `order` holds the number in the draft of each record that is shown; sorting and filtering make another order.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.languages = ("en", "zh")
        self._draft: Draft | None = None
        self._fates: Collection[Fate] | None = None
        self._among: Sequence[int] | None = None
        self._sorting = (-1, Qt.SortOrder.AscendingOrder)
        self._near: OrderedDict[int, Record] = OrderedDict()
        self.order: npt.NDArray[np.int64] = np.arange(0)

    def show_draft(self, draft: Draft | None, languages: tuple[str, str] = ("en", "zh")) -> None:
        """Show another draft, or none; what is filtered and how it is sorted stays."""
        self._draft, self.languages, self._among = draft, languages, None
        self._near.clear()
        self._arrange()

    def show_only(self, fates: Collection[Fate] | None, among: Sequence[int] | None) -> None:
        """Show only records of some fates, and only those `among` these numbers; None for all."""
        self._fates, self._among = fates, among
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by size, chapter, bead or fate; by anything else in the order of the file."""
        self._sorting = (column, order)
        self._arrange()

    def record(self, row: int) -> Record:
        """Return the record that a row shows."""
        assert self._draft is not None
        number = int(self.order[row])
        found = self._near.get(number)
        if found is None:
            found = self._near[number] = self._draft.record(number)
            if len(self._near) > _KEPT:
                self._near.popitem(last=False)
        return found

    def told(self, row: int) -> str:
        """Return in words where the record of a row comes from, how large it is and what happens to it."""
        record = self.record(row)
        pair = record.pair
        size, other = (self._text(record, column) for column in (SOURCE_BYTES, TARGET_BYTES))
        words = self.tr("Bead {0} of {1}, {2} and {3} bytes: {4}")
        return words.format(pair.position + 1, pair.chapter, size, other, self._what_happens(record))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of records that are shown."""
        return 0 if parent.isValid() else len(self.order)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._titles())

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the heading of a column."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section in _NUMBERS:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return self._titles()[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        record, column = self.record(index.row()), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(record, column)
        if role == SHOWN_ROLE and column in (SOURCE, TARGET):
            return Shown(self._text(record, column), self.languages[column], ())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._titles()[column]}: {self._text(record, column)}"
        if role == Qt.ItemDataRole.TextAlignmentRole and column in _NUMBERS:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return record if role == ROW_ROLE else None

    def _titles(self) -> tuple[str, ...]:
        return (
            self.tr("Source"),
            self.tr("Target"),
            self.tr("Bytes"),
            self.tr("Bytes"),
            self.tr("Chapter"),
            self.tr("Bead"),
            self.tr("What happens"),
        )

    def _text(self, record: Record, column: int) -> str:
        assert self._draft is not None
        if column in (SOURCE_BYTES, TARGET_BYTES):
            return str(self._draft.sizes[column - SOURCE_BYTES][record.number])
        if column == FATE:
            return self._what_happens(record)
        pair = record.pair
        return {SOURCE: pair.source, TARGET: pair.target, CHAPTER: pair.chapter, BEAD: str(pair.position + 1)}[column]

    def _what_happens(self, record: Record) -> str:
        words = {
            Fate.SENT: self.tr("will be sent"),
            Fate.HELD_OUT: self.tr("held out: {0}"),
            Fate.REFUSED: self.tr("Amazon would skip it: {0}"),
        }.get(record.fate, "{0}")
        return words.format(record.reason)

    def _arrange(self) -> None:
        """Show what is wanted in the order that is wanted."""
        self.beginResetModel()
        self.order = self._arranged(self._draft) if self._draft else np.arange(0)
        self.endResetModel()

    def _arranged(self, draft: Draft) -> npt.NDArray[np.int64]:
        rows = np.arange(len(draft)) if self._among is None else np.array(self._among, np.int64)
        fates = np.array(draft.fates, np.uint8)
        if self._fates is not None:
            rows = rows[np.isin(fates[rows], [_FATES.index(fate) for fate in self._fates])]
        column, order = self._sorting
        if column in (SOURCE, TARGET, -1):
            return rows
        keys = self._keys(draft, column)[rows].astype(np.int64)
        return rows[np.argsort(-keys if order == Qt.SortOrder.DescendingOrder else keys, kind="stable")]

    def _keys(self, draft: Draft, column: int) -> npt.NDArray[Any]:
        """Return what a column sorts by, for every record of the draft."""
        if column == CHAPTER:
            ranks = {name: place for place, name in enumerate(sorted(draft.chapters))}
            return np.array([ranks[name] for name in draft.chapters]).take(np.array(draft.places[0]))
        arrays = {SOURCE_BYTES: draft.sizes[0], TARGET_BYTES: draft.sizes[1], BEAD: draft.places[1]}
        return np.array(arrays.get(column, draft.fates))
