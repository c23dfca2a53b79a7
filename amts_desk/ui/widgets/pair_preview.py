"""Every pair of a draft of parallel data: what will be sent, what will not and why; filtered, sorted, searched."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from amts_desk.core.pairs import Fate, Pair
from amts_desk.store.drafts import Draft
from amts_desk.ui.delegates.text import TextDelegate
from amts_desk.ui.models.records import SOURCE, TARGET, RecordTable
from amts_desk.ui.widgets.table import Table

_MANY = 15_000
"""Pairs that are searched within a frame: those of a book."""
_OTHERS = tuple(fate for fate in Fate if fate is not Fate.SENT)


class PairPreview(QWidget):
    """A table of records with a choice of fates and a field to search in above it.

    `chosen` comes with a Pair when the person wants to see where it comes from.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: Draft | None = None
        self.fates = QComboBox()
        self.fates.setAccessibleName(self.tr("Pairs to show"))
        for words, fates in (
            (self.tr("All pairs"), None),
            (self.tr("Will be sent"), (Fate.SENT,)),
            (self.tr("Will not be sent"), _OTHERS),
            (self.tr("Left out by you"), (Fate.LEFT_OUT,)),
            (self.tr("Skipped by Amazon"), (Fate.REFUSED,)),
            (self.tr("Repeated"), (Fate.REPEATED,)),
            (self.tr("Held out"), (Fate.HELD_OUT,)),
        ):
            self.fates.addItem(words, fates)
        self.fates.currentIndexChanged.connect(self._filter)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search texts, chapters and reasons"))
        self.search.setAccessibleName(self.tr("Search the pairs"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_typed)
        self.search.returnPressed.connect(self._filter)
        self.model = RecordTable(self)
        self.table = Table(self.model, self.tr("Pairs"), (0, 0, 56, 56, 110, 52, 160))
        self.table.setSortingEnabled(True)
        self.table.horizontalHeader().setSortIndicator(-1, self.table.horizontalHeader().sortIndicatorOrder())
        delegate = TextDelegate(2, self.table)
        for column in (SOURCE, TARGET):
            self.table.setItemDelegateForColumn(column, delegate)
        self.table.verticalHeader().setDefaultSectionSize(delegate.row_height())
        self.table.activated.connect(self._on_activated)
        self.table.setToolTip(self.tr("Enter or a double click opens the bead in Align"))
        self.table.selectionModel().currentRowChanged.connect(self._show_detail)
        self.detail = QLabel()
        self.detail.setProperty("role", "quiet")
        self.detail.setWordWrap(True)
        self.detail.hide()
        row = QHBoxLayout()
        row.addWidget(self.fates)
        row.addWidget(self.search, 1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addLayout(row)
        around.addWidget(self.table, 1)
        around.addWidget(self.detail)

    def show_draft(self, draft: Draft | None, languages: tuple[str, str] = ("en", "zh")) -> None:
        """Show another draft, or none, by the same filter and search."""
        self._draft = draft
        self.model.show_draft(draft, languages)
        self._filter()

    @Slot()
    def _on_typed(self) -> None:
        """Search at once; among very many pairs, which takes longer than typing may, only when Enter is pressed."""
        if self._draft is None or len(self._draft) <= _MANY or not self.search.text():
            self._filter()

    @Slot()
    def _filter(self) -> None:
        words = self.search.text().strip()
        among = self._draft.having(words) if self._draft and words else None
        self.model.show_only(self.fates.currentData(), among)
        self._show_detail()

    @Slot()
    def _show_detail(self) -> None:
        """Say in full what happens to the record that is selected."""
        row = self.table.currentIndex().row()
        self.detail.setVisible(row >= 0)
        if row >= 0:
            self.detail.setText(self.model.told(row))

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        pair: Pair = self.model.record(index.row()).pair
        self.chosen.emit(pair)
