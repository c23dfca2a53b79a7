"""Every action of the window in one table: name, text, key, menu, what it does, when it can be done.

`update()` asks each of them whether it can be done now. Single letters are keys of one room only and never reach it
while text is being typed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from amts_desk.ui.icons import icon


def always() -> bool:
    """Whether an action without conditions can be done: yes."""
    return True


@dataclass(frozen=True, slots=True)
class Spec:
    """One row of the table. `room` limits its key to one room; "" means everywhere. `group` is a menu in the menu."""

    name: str
    text: str
    menu: str
    do: Callable[[], None]
    key: str = ""
    picture: str = ""
    when: Callable[[], bool] = always
    room: str = ""
    tip: str = ""
    group: str = ""


class Actions(QObject):
    """The QActions of a table of specs, by name."""

    def __init__(self, specs: Sequence[Spec], owners: Callable[[str], QWidget], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._specs = {spec.name: spec for spec in specs}
        self._actions: dict[str, QAction] = {}
        for spec in specs:
            self._actions[spec.name] = self._make(spec, owners(spec.room))

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def specs(self) -> list[Spec]:
        """Return the table."""
        return list(self._specs.values())

    @Slot()
    def update(self) -> None:
        """Enable what can be done now, disable the rest."""
        for name, spec in self._specs.items():
            self._actions[name].setEnabled(spec.when())

    def repaint(self) -> None:
        """Draw the icons again, after a change of theme."""
        for name, spec in self._specs.items():
            if spec.picture:
                self._actions[name].setIcon(icon(spec.picture))

    def _make(self, spec: Spec, owner: QWidget) -> QAction:
        action = QAction(spec.text, self)
        action.setObjectName(spec.name)
        if spec.key:
            action.setShortcut(QKeySequence(spec.key))
        action.setShortcutContext(
            Qt.ShortcutContext.WidgetWithChildrenShortcut if spec.room else Qt.ShortcutContext.WindowShortcut
        )
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        words = (spec.tip or spec.text).rstrip("…")
        action.setToolTip(f"{words} ({key})" if key else words)
        if spec.picture:
            action.setIcon(icon(spec.picture))
        action.triggered.connect(self._on_triggered)
        owner.addAction(action)
        return action

    @Slot()
    def _on_triggered(self) -> None:
        self._specs[self.sender().objectName()].do()
