"""What a room shows while there is nothing in it: what it is for, and the one next step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget


class EmptyState(QWidget):
    """A sentence or two, and a button for each next step (the first is the obvious one)."""

    chosen = Signal(int)

    def __init__(self, title: str, text: str, *steps: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.setSpacing(8)
        for words, role in ((title, "title"), (text, "quiet")):
            label = QLabel(words)
            label.setProperty("role", role)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setFixedWidth(440)
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignCenter)
        for number, words in enumerate(steps):
            button = QPushButton(words)
            if number == 0:
                button.setProperty("role", "primary")
                self.setFocusProxy(button)
            button.setProperty("step", number)
            button.clicked.connect(self._on_clicked)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)

    def _on_clicked(self) -> None:
        self.chosen.emit(int(self.sender().property("step")))
