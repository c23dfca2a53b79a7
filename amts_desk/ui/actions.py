"""Every action of the window in one table: name, text, key, menu, what it does, when it can be done.

`update()` asks each of them whether it can be done now. Single letters are keys of one room only and never reach it
while text is being typed. A person may give each action another key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from amts_desk.ui import keys
from amts_desk.ui.icons import icon


def always() -> bool:
    """Whether an action without conditions can be done: yes."""
    return True


@dataclass(frozen=True, slots=True)
class Spec:
    """One row of the table. `room` limits its key to one room; "" means everywhere. `group` is a menu in the menu.

    `also` is a second key, in force as long as nobody has chosen another one.
    """

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
    also: str = ""

    @property
    def place(self) -> keys.Place:
        """Its key and where that reaches it."""
        return keys.Place(self.name, self.key, self.room, self.also)


class Actions(QObject):
    """The QActions of a table of specs, by name. `keys_changed` comes when a person has chosen other keys."""

    keys_changed = Signal()

    def __init__(
        self,
        specs: Sequence[Spec],
        owners: Callable[[str], QWidget],
        parent: QObject | None = None,
        chosen: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(parent)
        self._specs = {spec.name: spec for spec in specs}
        self._actions: dict[str, QAction] = {}
        self.chosen: dict[str, str] = {}
        """The keys that a person has chosen, by name; "" for none."""
        for spec in specs:
            self._actions[spec.name] = self._make(spec, owners(spec.room))
        self._take(chosen or {})

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def specs(self) -> list[Spec]:
        """Return the table."""
        return list(self._specs.values())

    def spec(self, name: str) -> Spec:
        """Return one row of the table."""
        return self._specs[name]

    def key(self, name: str) -> str:
        """Return the key of an action as this system writes it, "" when it has none."""
        return self._actions[name].shortcut().toString(QKeySequence.SequenceFormat.NativeText)

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

    # ---- keys --------------------------------------------------------------------------------------------------

    def refusal(self, name: str, key: str) -> str:
        """Return why an action cannot have a key; "" when it can."""
        return keys.refusal(self._specs[name].place, key, self._menus())

    def meeting(self, name: str, key: str) -> list[str]:
        """Return the names of the actions whose key this is already where it would reach this one."""
        return keys.meeting(self._places(), self._keys(), name, key)

    def set_key(self, name: str, key: str) -> None:
        """Give an action another key, "" for none; whoever had it where both would meet has none from now on.

        The caller has asked `refusal` before.
        """
        taken = dict.fromkeys(self.meeting(name, key), "")
        self.choose({**self.chosen, **taken, name: keys.sequence(key)})

    def reset_key(self, name: str) -> None:
        """Give an action back the key it comes with, as `set_key`."""
        self.set_key(name, self._specs[name].key)

    def choose(self, chosen: Mapping[str, str]) -> None:
        """Have these keys chosen and no others; {} gives every action back the key it comes with."""
        self._take(chosen)
        self.keys_changed.emit()

    def _take(self, chosen: Mapping[str, str]) -> None:
        found = keys.settled(self._places(), chosen, self._menus())
        own = {name: keys.sequence(spec.key) for name, spec in self._specs.items()}
        self.chosen = {name: key for name, key in found.items() if key != own[name]}
        for name, key in found.items():
            self._show_key(self._specs[name], key)

    def _show_key(self, spec: Spec, key: str) -> None:
        action = self._actions[spec.name]
        more = [spec.also] if spec.also and key == keys.sequence(spec.key) else []
        action.setShortcuts([QKeySequence(each) for each in (key, *more) if each])
        action.setToolTip(with_key((spec.tip or spec.text).rstrip("…"), self.key(spec.name)))

    def _places(self) -> list[keys.Place]:
        return [spec.place for spec in self._specs.values()]

    def _keys(self) -> dict[str, str]:
        portable = QKeySequence.SequenceFormat.PortableText
        return {name: action.shortcut().toString(portable) for name, action in self._actions.items()}

    def _menus(self) -> list[str]:
        return [spec.menu for spec in self._specs.values()]

    # ---- inside ------------------------------------------------------------------------------------------------

    def _make(self, spec: Spec, owner: QWidget) -> QAction:
        action = QAction(spec.text, self)
        action.setObjectName(spec.name)
        action.setShortcutContext(
            Qt.ShortcutContext.WidgetWithChildrenShortcut if spec.room else Qt.ShortcutContext.WindowShortcut
        )
        if spec.picture:
            action.setIcon(icon(spec.picture))
        action.triggered.connect(self._on_triggered)
        owner.addAction(action)
        return action

    @Slot()
    def _on_triggered(self) -> None:
        self._specs[self.sender().objectName()].do()


def with_key(words: str, *names: str) -> str:
    """Return words with keys behind them in brackets; the words alone where there is no key."""
    found = ", ".join(filter(None, names))
    return f"{words} ({found})" if found else words
