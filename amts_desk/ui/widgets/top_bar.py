"""What bars above a table have in common: they come when they are asked for, and Esc closes them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

ENTER = Qt.Key.Key_Return, Qt.Key.Key_Enter


class TopBar(QFrame):
    """Hidden until it is needed. Esc and Enter are its own while it is shown; `entered` says what Enter does."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ask")
        self.hide()

    @Slot()
    def close_bar(self) -> None:
        """Go away with nothing done."""
        self.hide()
        self.closed.emit()

    def enter(self, event: QKeyEvent) -> None:
        """Do what Enter means in the bar."""
        raise NotImplementedError

    def event(self, event: QEvent) -> bool:
        """Take Esc and Enter from the window while the bar is shown."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc, go on with Enter; on a button Enter presses it."""
        if not _is_own(event):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif isinstance(button := self.focusWidget(), QPushButton):
            button.click()
        else:
            self.enter(event)


def _is_own(event: QKeyEvent) -> bool:
    return event.key() in (Qt.Key.Key_Escape, *ENTER) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
