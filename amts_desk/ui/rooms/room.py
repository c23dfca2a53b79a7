"""What every room has: the session it listens to, its place in the window, its empty state."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from amts_desk.desk.session import Session
from amts_desk.ui.widgets.empty_state import EmptyState


class Room(QWidget):
    """One page of the window. `changed` tells the window that titles, counts or actions may be different now.

    `menu_wanted` asks for the room's menu at a point of the screen, `bead_wanted` for a bead of a chapter in Align: the
    number of the chapter, and that of the bead.
    """

    changed = Signal()
    room_wanted = Signal(str)
    menu_wanted = Signal(QPoint)
    bead_wanted = Signal(int, int)

    def __init__(self, session: Session, empty: EmptyState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._stack = QStackedLayout(self)
        self._page = QWidget()
        self.column = QVBoxLayout(self._page)
        self.column.setContentsMargins(16, 8, 16, 16)
        self.column.setSpacing(8)
        self._stack.addWidget(empty)
        self._stack.addWidget(self._page)
        empty.chosen.connect(self.take_first_step)

    def show_empty(self, *, empty: bool) -> None:
        """Show the empty state or the page."""
        self._stack.setCurrentIndex(0 if empty else 1)

    def show_side_by_side(self, choices: QWidget, results: QWidget) -> None:
        """Put what is chosen to the left of what comes of it."""
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(choices)
        split.addWidget(results)
        split.setStretchFactor(1, 1)
        split.setSizes([300, 800])
        self.column.addWidget(split, 1)

    @property
    def is_empty(self) -> bool:
        """Whether the empty state is shown."""
        return self._stack.currentIndex() == 0

    def take_first_step(self, step: int) -> None:
        """Do what a button of the empty state offers."""

    def subtitle(self) -> str:
        """Return what the room shows now, for the window's head."""
        return ""

    def refresh(self) -> None:
        """Bring everything in line with the session; called when the room is entered."""
