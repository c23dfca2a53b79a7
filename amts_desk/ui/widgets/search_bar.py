"""Search in the table of beads: what, where, in which state; and what is to stand there instead."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from amts_desk.core.alignment import BeadState
from amts_desk.core.search import Query
from amts_desk.ui.widgets.composing import CompositionGuard
from amts_desk.ui.widgets.top_bar import TopBar


class SearchBar(TopBar):
    """`changed` comes with every change of the query; `stepped` with +1 or -1; `previewed` asks for a preview."""

    changed = Signal()
    stepped = Signal(int)
    previewed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Search"))
        self.field.setAccessibleName(self.tr("Search for"))
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("Replace by"))
        self.words.setAccessibleName(self.tr("Replace by"))
        self.where = QComboBox()
        self.where.setAccessibleName(self.tr("Side to search in"))
        for words, side in (
            (self.tr("Both sides"), "both"),
            (self.tr("Source"), "source"),
            (self.tr("Target"), "target"),
        ):
            self.where.addItem(words, side)
        self.state = QComboBox()
        self.state.setAccessibleName(self.tr("State to search in"))
        self.state.addItem(self.tr("Any state"), None)
        for words, state in (
            (self.tr("automatic"), BeadState.AUTOMATIC),
            (self.tr("confirmed"), BeadState.CONFIRMED),
            (self.tr("needs review"), BeadState.REVIEW),
            (self.tr("dropped"), BeadState.DROPPED),
        ):
            self.state.addItem(words, state)
        self.is_cased = QCheckBox(self.tr("Match case"))
        self.is_pattern = QCheckBox(self.tr("Regular expression"))
        self.is_filter = QCheckBox(self.tr("Show only these"))
        self.is_filter.setToolTip(self.tr("Show only the beads that were found; their numbers stay"))
        self.told = QLabel()
        self.told.setProperty("role", "quiet")
        self._build()

    def _build(self) -> None:
        self.back, self.forth = QPushButton("↑"), QPushButton("↓")
        self.back.setAccessibleName(self.tr("Previous"))
        self.forth.setAccessibleName(self.tr("Next"))
        self.back.clicked.connect(self._on_previous)
        self.forth.clicked.connect(self._on_next)
        close = QPushButton(self.tr("Close"))
        close.setToolTip(self.tr("Close the search and show every bead (Esc)"))
        close.clicked.connect(self.close_bar)
        self._preview = QPushButton(self.tr("Preview"))
        self._preview.setToolTip(self.tr("Show what would be replaced before anything is"))
        self._preview.clicked.connect(self.previewed)
        rows = (
            (self.field, self.told, self.where, self.state, self.back, self.forth, close),
            (self.words, self._preview, self.is_cased, self.is_pattern, self.is_filter),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        for widgets in rows:
            row = QHBoxLayout()
            for widget in widgets:
                row.addWidget(widget, 1 if widget in (self.field, self.words) else 0)
            column.addLayout(row)
        self.field.textChanged.connect(self._on_changed)
        for box in (self.where, self.state):
            box.currentIndexChanged.connect(self._on_changed)
        for check in (self.is_cased, self.is_pattern, self.is_filter):
            check.toggled.connect(self._on_changed)
        self.told.setMinimumWidth(90)
        self.told.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for field in (self.field, self.words):
            CompositionGuard(field)

    def query(self) -> Query | None:
        """Return what is looked for; None when that is nothing in any state."""
        state = self.state.currentData()
        found = Query(
            self.field.text(),
            self.where.currentData(),
            self.is_pattern.isChecked(),
            self.is_cased.isChecked(),
            BeadState(state) if state else None,
        )
        return None if found.is_empty and found.state is None else found

    def tell(self, words: str) -> None:
        """Say how many were found, or what is wrong."""
        self.told.setText(words)
        self.told.setToolTip(words)
        self.told.setAccessibleName(words)

    def ask(self, *, to_replace: bool = False) -> None:
        """Show the bar with the caret in it."""
        self.show()
        field = self.words if to_replace and self.field.text() else self.field
        field.setFocus()
        field.selectAll()
        self.changed.emit()

    def enter(self, event: QKeyEvent) -> None:
        """Go on, with Shift back; in the field of the replacement show the preview."""
        if self.words.hasFocus():
            self.previewed.emit()
        else:
            self.stepped.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()

    @Slot()
    def _on_next(self) -> None:
        self.stepped.emit(1)

    @Slot()
    def _on_previous(self) -> None:
        self.stepped.emit(-1)
