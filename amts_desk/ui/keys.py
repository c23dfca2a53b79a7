"""The keys of actions: which a person has chosen, which may be chosen, and which would meet another.

Two keys meet where both reach the same place: a room's own keys meet those of the whole window, not those of another
room. What a person has chosen stands in the settings of the window, in no project.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QSettings, Qt
from PySide6.QtGui import QKeySequence

_GROUP = "keys"
_FIXED = {
    Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Space,
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
    Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Backspace, Qt.Key.Key_Menu,
}  # fmt: skip
"""Keys that fields, lists and tables answer; alone and with Shift they stay theirs."""
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


@dataclass(frozen=True, slots=True)
class Place:
    """What of an action matters for its key: its name, the keys it comes with, and its room ("" for everywhere)."""

    name: str
    key: str
    room: str
    also: str = ""

    def answers(self, key: str, now: str) -> bool:
        """Whether it answers to a key when its own is `now`; to its second key only while that is the usual one."""
        return key in (now, sequence(self.also) if now == sequence(self.key) else now)


def sequence(key: str) -> str:
    """Return a key as Qt writes it, "" when it is none."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def native(key: str) -> str:
    """Return a key as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def refusal(place: Place, key: str, menus: Sequence[str] = ()) -> str:
    """Return why an action cannot have a key; "" when it can. `menus` are the titles of the menus.

    The key an action comes with it can always have.
    """
    if not key or sequence(key) == sequence(place.key):
        return ""
    tr = QCoreApplication.translate
    found: Any = QKeySequence(key)
    if found.count() != 1:
        return tr("Keys", "One key or combination of keys is enough.")
    pressed, held = found[0].key(), found[0].keyboardModifiers() & ~_KEYPAD
    is_bare = not held & ~_SHIFT
    if is_bare and pressed in _FIXED:
        return tr("Keys", "{0} stays with fields, lists and tables.").format(native(key))
    if is_bare and pressed < Qt.Key.Key_Escape and not place.room:
        return tr("Keys", "{0} alone is for typing; here it needs Ctrl or Alt with it.").format(native(key))
    if held == Qt.KeyboardModifier.AltModifier and sequence(key)[-1].lower() in _letters(menus):
        return tr("Keys", "{0} opens a menu.").format(native(key))
    return ""


def meeting(places: Sequence[Place], keys: Mapping[str, str], name: str, key: str) -> list[str]:
    """Return the names of the other actions that a key would reach where it reaches this one."""
    room = next(place.room for place in places if place.name == name)
    wanted = sequence(key)
    return [
        place.name
        for place in places
        if wanted and place.name != name and place.answers(wanted, keys[place.name]) and _can_meet(place.room, room)
    ]


def settled(places: Sequence[Place], chosen: Mapping[str, str], menus: Sequence[str] = ()) -> dict[str, str]:
    """Return the key of every action, what a person has chosen before what the program comes with.

    No two of them meet: a key that comes with an action gives way to a chosen one, and a choice that cannot be, as
    one from another version of the program, is passed over.
    """
    keys = {place.name: "" for place in places}
    for place in places:
        if place.name in chosen and not refusal(place, chosen[place.name], menus):
            wanted = sequence(chosen[place.name])
            keys[place.name] = "" if meeting(places, keys, place.name, wanted) else wanted
    for place in places:
        is_chosen = place.name in chosen and not refusal(place, chosen[place.name], menus)
        if not is_chosen and not meeting(places, keys, place.name, place.key):
            keys[place.name] = sequence(place.key)
    return keys


def read_chosen(settings: QSettings) -> dict[str, str]:
    """Return what a person has chosen: keys by the names of actions, "" for no key."""
    settings.beginGroup(_GROUP)
    found = {name: str(settings.value(name, "") or "") for name in settings.childKeys()}
    settings.endGroup()
    return found


def write_chosen(settings: QSettings, chosen: Mapping[str, str]) -> None:
    """Keep what a person has chosen."""
    settings.remove(_GROUP)
    settings.beginGroup(_GROUP)
    for name, key in chosen.items():
        settings.setValue(name, key)
    settings.endGroup()
    settings.sync()


def _can_meet(one: str, other: str) -> bool:
    return one == other or not one or not other


def _letters(menus: Sequence[str]) -> set[str]:
    """Return the letters that open a menu with Alt."""
    return {title.partition("&")[2][:1].lower() for title in menus if "&" in title}
