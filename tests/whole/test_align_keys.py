"""Align by keys alone, in the real window: each key does what its menu says, and none does it while text is typed."""

import html
from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QMenuBar, QPushButton, QSpinBox, QWidget

from amts_desk.app import Desk
from amts_desk.ui import fonts
from amts_desk.ui.dialogs.cheat_sheet import CheatSheet
from amts_desk.ui.dialogs.palette import CommandPalette
from amts_desk.ui.rooms.directory import ROOMS
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
        if key in ("Ctrl+Backspace", "Del", "X"):
            room.table.choose_row(30 if key == "X" else 12)
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


def test_other_keys_hold_at_once_everywhere_and_at_the_next_start(walk):
    window, room = walk.window, walk.window.room("align")
    buttons = {button.text(): button for button in room.findChildren(QPushButton)}
    assert buttons["Next suspicious"].toolTip().endswith("(N)")
    window.actions_.set_key("next_suspicious", "J")
    window.actions_.set_key("realign", "")
    assert buttons["Next suspicious"].toolTip().endswith("(J)")
    assert room.strip.toolTip().endswith("(U, J, Ctrl+B)")
    assert window.actions_["next_suspicious"].toolTip().endswith("(J)")
    palette = CommandPalette(window.actions_, window)
    palette._field.setText("next suspicious bead")
    assert palette._list.item(0).text().endswith("    J")
    palette.deleteLater()
    room.table.setFocus()
    room.table.choose_row(0)
    press(walk, "J")
    assert room.table.currentIndex().row() != 0 or "suspicious" in walk.window.statusBar()._note.text()
    again = Desk([])
    assert again.window.actions_.key("next_suspicious") == "J"
    assert again.window.actions_.chosen == {"next_suspicious": "J", "realign": ""}
    again.window.actions_.choose({})
    again.close()
    again.window.deleteLater()


def test_no_two_keys_meet_and_every_usual_key_may_be_had(walk):
    actions = walk.window.actions_
    for spec in actions.specs():
        assert actions.meeting(spec.name, spec.key) == [], spec.name
        assert actions.refusal(spec.name, spec.key) == "", spec.name
        if len(spec.key) == 1 and spec.key.isalnum():
            assert spec.room, f"{spec.name}: a letter is a key of one room only"
    for spec in actions.specs():
        if not spec.room:
            assert actions.refusal(spec.name, "J") or spec.key == "J", spec.name


def test_the_sheet_of_keys_fits_a_small_screen(walk, monkeypatch):
    shown = []
    monkeypatch.setattr(CheatSheet, "exec", lambda sheet: shown.append((sheet.size(), sheet.page.sizeHint(), sheet)))
    walk.window.room("align").table.setFocus()
    press(walk, "?")
    size, page, sheet = shown[0]
    assert size.width() <= 1280
    assert size.height() <= 720
    assert page.width() <= size.width()
    for spec in walk.window.actions_.specs():
        if spec.room == "align" and spec.key:
            assert html.escape(spec.text.rstrip("…")) in sheet.page.text(), spec.name


def test_texts_grow_in_every_room_and_stay_so(walk):
    window = walk.window
    tables = [window.room(name).table for name in ("align", "review")]
    heights = [table.verticalHeader().defaultSectionSize() for table in tables]
    room = window.room("align")
    room.table.setFocus()
    press(walk, "Ctrl+=")
    press(walk, "Ctrl+=")
    assert fonts.reading_size() == 18
    assert [table.verticalHeader().defaultSectionSize() for table in tables] > heights
    assert window.room("review").editor.font().pixelSize() == 18
    press(walk, "Ctrl+-")
    again = Desk([])
    assert fonts.reading_size() == 16, "the next start has it, too"
    again.close()
    again.window.deleteLater()
    press(walk, "Ctrl+0")
    assert fonts.reading_size() == fonts.READING_SIZE
    assert [table.verticalHeader().defaultSectionSize() for table in tables] == heights
    assert room.table.horizontalScrollBar().maximum() == 0


def test_menus_open_by_keys(walk, monkeypatch):
    opened = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, where: opened.append(menu))
    walk.window.room("align").table.setFocus()
    press(walk, "Shift+F10")
    assert opened == [next(a.menu() for a in walk.window.menuBar().actions() if a.text() == "&Align")]
    # What Qt does then needs a window system that can grab the keyboard.
    monkeypatch.setattr(QMenuBar, "setActiveAction", lambda bar, action: opened.append(action))
    press(walk, "F10")
    assert opened[1] is walk.window.menuBar().actions()[0]


def test_every_widget_that_takes_the_focus_has_a_name_in_every_room(walk):
    for name, _ in ROOMS:
        walk.window.enter(name)
        walk.settle()
    nameless = [
        (type(widget).__name__, widget.objectName(), type(widget.parent()).__name__)
        for widget in walk.window.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.isVisibleTo(walk.window)
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        and not isinstance(widget.parent(), QSpinBox)
    ]
    assert nameless == []
