"""A question with one answer, asked above the table and never in a dialog: Enter answers, Esc closes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSpinBox, QWidget


class AskBar(QFrame):
    """A label, a field, a button that says what will happen. `answered` comes with Enter or the button."""

    answered = Signal()
    closed = Signal()

    def __init__(self, question: str, field: QLineEdit | QSpinBox, button: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ask")
        label = QLabel(question)
        label.setBuddy(field)
        field.setAccessibleName(question)
        self.field = field
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
        self.hide()

    def ask(self) -> None:
        """Show the question and wait for the answer."""
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    @Slot()
    def close_bar(self) -> None:
        """Leave it unanswered."""
        self.hide()
        self.closed.emit()

    def event(self, event: QEvent) -> bool:
        """Take Esc and Enter from the window while the question stands."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _is_plain(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer with Enter, close with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif _is_plain(event) and self.button.isEnabled():
            self.answered.emit()
        else:
            super().keyPressEvent(event)


def _is_plain(event: QKeyEvent) -> bool:
    keys = Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter
    return event.key() in keys and not event.modifiers() & Qt.KeyboardModifier.ControlModifier


def percent_field(value: int) -> QSpinBox:
    """Return a field for a share in per cent."""
    field = QSpinBox()
    field.setRange(1, 100)
    field.setValue(value)
    field.setSuffix(" %")
    return field
