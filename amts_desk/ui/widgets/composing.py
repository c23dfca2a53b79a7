"""Let nothing interrupt an input method: while it composes a word, no key is anything but its own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QWidget

_KEYS = {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease}


class CompositionGuard(QObject):
    """Watches a field. Keys that reach it while a word is being composed are ones the input method did not want:
    Ctrl+Enter, Esc, a letter. They do nothing, neither here nor in the window.
    """  # noqa: D205

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self.is_composing = False
        field.installEventFilter(self)

    def eventFilter(self, field: QObject, event: QEvent) -> bool:
        """Follow the input method, and keep keys from it while it composes."""
        if isinstance(event, QInputMethodEvent):
            self.is_composing = bool(event.preeditString())
        elif event.type() == QEvent.Type.FocusOut:
            self.is_composing = False
        elif self.is_composing and event.type() in _KEYS:
            event.accept()
            return True
        return super().eventFilter(field, event)
