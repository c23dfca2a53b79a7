"""Windows that are no larger than the screen they stand on."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

_FRAME = QSize(8, 40)
"""Pixels that a title bar and a border may take; they are not known before a window is shown."""


def fit_screen(window: QWidget) -> None:
    """Make a window no larger than the screen has room for, its frame included."""
    window.resize(window.size().boundedTo(window.screen().availableSize() - _FRAME))
