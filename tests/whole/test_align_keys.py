"""Align by keys alone, in the real window: each key does what its menu says, and none does it while text is typed."""

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from tests.whole.walk import Walk


@pytest.fixture
def walk(qapp):
    made = Walk((1280, 720))
    made.open_sample()
    made.open_chapter("03-parallel-data")
    made.window.enter("align")
    yield made
    made.close()
    made.window.deleteLater()
    qapp.sendPostedEvents(None, 52)


def press(walk, key):
    """Press a key as it stands in the menu, wherever the focus is."""
    combination = QKeySequence(key)[0]
    QTest.keyClick(walk.window.focusWidget(), combination.key(), combination.keyboardModifiers())


KEYS = [
    ("Ctrl+Return", "Confirm"), ("Ctrl+Backspace", "Unconfirm"), ("Del", "Drop"), ("Del", "Restore"), ("P", "Pin"),
    ("P", "Unpin"), ("B", "Bookmark"), ("M", "Merge"), ("S", "Split"), ("Shift+M", "Merge"),
    ("Alt+Down", "Move a sentence"),
    ("Alt+Shift+Down", "Move a sentence"), ("Ctrl+Up", "Move a sentence"), ("Alt+PgDown", "Shift a block"),
    ("Alt+Shift+PgUp", "Shift a block"), ("X", "Swap"), ("O", "As imported"), ("I", "Insert an empty bead"),
    ("Ctrl+Shift+Up", "Confirm all above"),
]  # fmt: skip


@pytest.mark.timeout(300)
def test_a_chapter_is_worked_on_by_keys_alone_and_undone_to_the_beginning(walk):
    room, editor = walk.window.room("align"), walk.session.alignment
    first = list(editor.rows)
    room.table.setFocus()
    room.table.choose_row(12)
    for key, label in KEYS:
        if key in ("Ctrl+Backspace", "Del"):
            room.table.choose_row(12)
        press(walk, key)
        assert editor.labels()[0] == label, key
    press(walk, "R")
    QTest.keyClicks(walk.window.focusWidget(), "mBnx")
    press(walk, "Return")
    assert (editor.labels()[0], editor.rows[room.number()].note) == ("Needs review", "mBnx")
    press(walk, "Down")
    press(walk, "F2")
    QTest.keyClicks(walk.window.focusWidget(), " spm")
    press(walk, "Return")
    assert editor.labels()[0] == "Type"
    press(walk, "Ctrl+F")
    QTest.keyClicks(walk.window.focusWidget(), "mnp")
    assert room.search.field.text() == "mnp"
    press(walk, "Esc")
    assert walk.window.focusWidget() is room.table
    steps = len(editor.history()) - 1
    assert steps == len(KEYS) + 2, "one key, one step; no letter did anything while it was typed"
    for _ in range(steps):
        press(walk, "Ctrl+Z")
    assert editor.rows == first
    press(walk, "Ctrl+Shift+Z")
    assert editor.rows != first
    assert not walk.problems


@pytest.mark.timeout(300)
def test_selected_beads_are_aligned_again_in_the_background(walk):
    room, editor = walk.window.room("align"), walk.session.alignment
    room.table.setFocus()
    room.table.choose_row(10)
    for _ in range(3):
        press(walk, "M")
    merged = list(editor.rows)
    press(walk, "Ctrl+R")
    walk.settle()
    assert len(editor.rows) > len(merged)
    assert editor.labels()[0] == "Align selected beads again"
    assert editor.rows[:10] == merged[:10]
    press(walk, "Ctrl+Z")
    assert editor.rows == merged


def test_no_two_actions_that_can_meet_have_the_same_key(walk):
    specs = walk.window.actions_.specs()
    for room in {spec.room for spec in specs if spec.room}:
        keys = Counter(QKeySequence(s.key).toString() for s in specs if s.key and s.room in ("", room))
        assert not [key for key, count in keys.items() if count > 1], room


def test_every_action_of_align_stands_in_its_menu_with_its_key(walk):
    menu = next(a.menu() for a in walk.window.menuBar().actions() if a.text() == "&Align")
    found = {}
    for action in menu.actions():
        for inner in action.menu().actions() if action.menu() else [action]:
            found[inner.objectName()] = inner.shortcut().toString()
    specs = [spec for spec in walk.window.actions_.specs() if spec.room == "align"]
    assert found == {spec.name: QKeySequence(spec.key).toString() for spec in specs}
    assert all(walk.window.actions_[spec.name].toolTip().endswith(")") for spec in specs if spec.key)
    assert len(specs) > 40


def test_the_mouse_opens_the_menu_of_the_room_at_a_bead(walk, monkeypatch):
    opened = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, where: opened.append(menu))
    room = walk.window.room("align")
    room.table.customContextMenuRequested.emit(room.table.rect().center())
    assert opened == [next(a.menu() for a in walk.window.menuBar().actions() if a.text() == "&Align")]
