"""A question with one answer, asked above the table and never in a dialog: Enter answers, Esc closes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QSpinBox, QWidget

from amts_desk.ui.widgets.composing import CompositionGuard
from amts_desk.ui.widgets.top_bar import TopBar


class AskBar(TopBar):
    """A label, a field, a button that says what will happen. `answered` comes with Enter or the button."""

    answered = Signal()

    def __init__(self, question: str, field: QLineEdit | QSpinBox, button: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        label = QLabel(question)
        label.setBuddy(field)
        field.setAccessibleName(question)
        self.field = field
        CompositionGuard(field)
        self.button = QPushButton(button)
        self.button.clicked.connect(self.answered)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.close_bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.addWidget(label)
        row.addWidget(field, 1 if isinstance(field, QLineEdit) else 0)
        if not isinstance(field, QLineEdit):
            row.addStretch(1)
        row.addWidget(self.button)
        row.addWidget(close)

    def ask(self) -> None:
        """Show the question and wait for the answer."""
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    def enter(self, _: QKeyEvent) -> None:
        """Answer, where there is an answer."""
        if self.button.isEnabled():
            self.answered.emit()


def percent_field(value: int) -> QSpinBox:
    """Return a field for a share in per cent."""
    field = QSpinBox()
    field.setRange(1, 100)
    field.setValue(value)
    field.setSuffix(" %")
    return field
