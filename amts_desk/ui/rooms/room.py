"""What every room has: the session it listens to, its place in the window, its empty state."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from amts_desk.desk.session import Session
from amts_desk.ui.actions import with_key
from amts_desk.ui.widgets.empty_state import EmptyState


class Room(QWidget):
    """One page of the window. `changed` tells the window that titles, counts or actions may be different now.

    `menu_wanted` asks for the room's menu at a point of the screen, `zoom_wanted` for larger (+1) or smaller (-1) text,
    `bead_wanted` for a bead of a chapter in Align: the number of the chapter, and that of the bead.
    `terms_wanted` asks for the dialog of the terms.
    """

    changed = Signal()
    room_wanted = Signal(str)
    menu_wanted = Signal(QPoint)
    zoom_wanted = Signal(int)
    bead_wanted = Signal(int, int)
    terms_wanted = Signal()

    def __init__(self, session: Session, empty: EmptyState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.key: Callable[[str], str] = lambda _: ""
        """Returns the key of an action by its name, as the window knows it; "" for none."""
        self.entry: QWidget = self
        """Where the focus goes when the room is entered. (A focus proxy would hide from Tab what stands before it.)"""
        self._hints: list[tuple[QWidget, str, tuple[str, ...]]] = []
        self._stack = QStackedLayout(self)
        self._page = QWidget()
        self.column = QVBoxLayout(self._page)
        self.column.setContentsMargins(16, 8, 16, 16)
        self.column.setSpacing(8)
        self._empty = empty
        self._stack.addWidget(empty)
        self._stack.addWidget(self._page)
        empty.chosen.connect(self.take_first_step)

    def show_empty(self, *, empty: bool) -> None:
        """Show the empty state or the page; whoever is in the room is led to what there is to do now."""
        if self._stack.currentIndex() != (0 if empty else 1):
            self._stack.setCurrentIndex(0 if empty else 1)
            if self.isVisible():
                self.take_focus()

    def take_focus(self) -> None:
        """Put the focus where the room is worked in, or on the first step of an empty one."""
        (self._empty if self.is_empty else self.entry).setFocus()

    def hint(self, widget: QWidget, words: str, *actions: str) -> None:
        """Give a widget a tooltip that ends in the keys of these actions, whatever they are at the time."""
        self._hints.append((widget, words, actions))
        widget.setToolTip(with_key(words, *map(self.key, actions)))

    def show_keys(self, key: Callable[[str], str]) -> None:
        """Name the keys as they are from now on."""
        self.key = key
        for widget, words, actions in self._hints:
            widget.setToolTip(with_key(words, *map(key, actions)))

    def show_menu(self) -> None:
        """Ask for the room's menu in its middle."""
        self.menu_wanted.emit(self.mapToGlobal(self.rect().center()))

    def resize_text(self) -> None:
        """Show what is read and edited in the size of now."""

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
