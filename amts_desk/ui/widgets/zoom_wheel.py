"""Ctrl with the wheel over text makes it larger or smaller."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea

_NOTCH = 120
"""Eighths of a degree: one click of a wheel."""


class ZoomWheel(QObject):
    """Watches a view: Ctrl with the wheel over it says +1 (larger) or -1 and scrolls nothing."""

    turned = Signal(int)

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self._rest = 0
        area.viewport().installEventFilter(self)

    def eventFilter(self, area: QObject, event: QEvent) -> bool:
        """Count the turning of the wheel while Ctrl is held; a touch pad turns it in small pieces."""
        if not isinstance(event, QWheelEvent) or not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return super().eventFilter(area, event)
        self._rest += event.angleDelta().y()
        if abs(self._rest) >= _NOTCH:
            self.turned.emit(1 if self._rest > 0 else -1)
            self._rest = 0
        return True
