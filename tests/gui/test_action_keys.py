"""Keys: what can be chosen, what meets what, the dialog, the cheat sheet, and input methods that nothing interrupts."""

import pytest
from PySide6.QtCore import QCoreApplication, QSettings, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget

from amts_desk.ui import keys
from amts_desk.ui.actions import Actions, Spec
from amts_desk.ui.dialogs.cheat_sheet import CheatSheet, groups
from amts_desk.ui.dialogs.keys import KeysDialog
from amts_desk.ui.keys import Place, meeting, refusal, settled
from amts_desk.ui.rooms.align import AlignRoom
from amts_desk.ui.widgets.ask_bar import AskBar
from tests.gui.samples import make_project

PLACES = [
    Place("undo", "Ctrl+Z", ""),
    Place("larger", "Ctrl+=", "", "Ctrl++"),
    Place("merge", "M", "align"),
    Place("split", "S", "align"),
    Place("take", "Ctrl+M", "review"),
]
MENUS = ["&Project", "&Align"]


@pytest.mark.parametrize(
    ("name", "key", "words"),
    [
        ("merge", "J", ""),
        ("merge", "Ctrl+J", ""),
        ("merge", "", ""),
        ("undo", "J", "typing"),
        ("undo", "Shift+J", "typing"),
        ("undo", "?", "typing"),
        ("undo", "F7", ""),
        ("undo", "Ctrl+J", ""),
        ("merge", "Down", "stays"),
        ("merge", "Shift+Down", "stays"),
        ("merge", "Return", "stays"),
        ("merge", "Esc", "stays"),
        ("merge", "Alt+Down", ""),
        ("merge", "Alt+P", "opens a menu"),
        ("merge", "Ctrl+Alt+P", ""),
        ("merge", "Ctrl+X, M", "enough"),
    ],
)
def test_a_key_is_refused_where_it_is_needed_for_something_else(qapp, name, key, words):
    place = next(place for place in PLACES if place.name == name)
    assert words in refusal(place, key, MENUS)
    assert bool(refusal(place, key, MENUS)) is bool(words)


def test_keys_meet_in_one_room_and_with_those_of_the_window_only(qapp):
    now = settled(PLACES, {})
    assert meeting(PLACES, now, "split", "M") == ["merge"]
    assert meeting(PLACES, now, "split", "Ctrl+M") == []
    assert meeting(PLACES, now, "split", "Ctrl+Z") == ["undo"]
    assert meeting(PLACES, now, "undo", "Ctrl+M") == ["take"]
    assert meeting(PLACES, now, "undo", "Ctrl++") == ["larger"]
    assert meeting(PLACES, {**now, "larger": "F9"}, "undo", "Ctrl++") == []


def test_what_is_chosen_goes_before_what_was_there_and_nonsense_is_passed_over(qapp):
    chosen = {"merge": "S", "undo": "J", "gone": "F8", "take": "no such key at all,,"}
    found = settled(PLACES, chosen)
    assert found == {"undo": "Ctrl+Z", "larger": "Ctrl+=", "merge": "S", "split": "", "take": ""}
    twice = settled(PLACES, {"merge": "F7", "split": "F7"})
    assert (twice["merge"], twice["split"]) == ("F7", "")


def test_chosen_keys_are_kept_in_the_settings(qapp, tmp_path):
    path = str(tmp_path / "window.ini")
    keys.write_chosen(QSettings(path, QSettings.Format.IniFormat), {"merge": "Ctrl+,", "split": "", "undo": "Alt+,"})
    found = keys.read_chosen(QSettings(path, QSettings.Format.IniFormat))
    assert found == {"merge": "Ctrl+,", "split": "", "undo": "Alt+,"}
    keys.write_chosen(QSettings(path, QSettings.Format.IniFormat), {})
    assert keys.read_chosen(QSettings(path, QSettings.Format.IniFormat)) == {}


# ---- the dialog ------------------------------------------------------------------------------------------------------


@pytest.fixture
def actions(shown):
    owner, done = shown(QWidget(), (300, 100)), []
    made = Actions(
        [
            Spec("merge", "Merge with the bead below…", "&Align", lambda: done.append("merge"), "M", room="align"),
            Spec("split", "Split", "&Align", lambda: done.append("split"), "S", room="align"),
            Spec("quit", "Quit", "&Project", lambda: done.append("quit"), "Ctrl+Q"),
        ],
        lambda _: owner,
        owner,
    )
    made.done, made.owner = done, owner
    return made


def activate(qtbot, widget):
    with qtbot.waitActive(widget):
        widget.activateWindow()


def press(dialog, key):
    dialog.edit.setKeySequence(QKeySequence(key))


def test_another_key_holds_at_once_in_tooltip_and_action(actions, shown, qtbot):
    dialog = shown(KeysDialog(actions, actions.owner), (760, 560))
    dialog.choose("merge")
    press(dialog, "J")
    assert dialog.told == "J is free."
    dialog.take_button.click()
    assert actions["merge"].toolTip() == "Merge with the bead below (J)"
    assert actions.chosen == {"merge": "J"}
    assert dialog.chosen() == "merge", "the choice stays"
    dialog.reset_button.click()
    assert actions.key("merge") == "M"
    assert actions.chosen == {}


def test_the_new_key_works_and_the_old_one_no_more(actions, qtbot):
    actions.set_key("merge", "J")
    actions.owner.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    activate(qtbot, actions.owner)
    actions.owner.setFocus()
    for key in (Qt.Key.Key_M, Qt.Key.Key_J):
        qtbot.keyClick(actions.owner, key)
    assert actions.done == ["merge"]


def test_a_clash_is_told_by_name_before_the_key_is_taken(actions, shown):
    dialog = shown(KeysDialog(actions, actions.owner), (760, 560))
    dialog.choose("split")
    press(dialog, "M")
    assert "“Merge with the bead below”" in dialog.told
    assert dialog.take_button.text() == "Take it from “Merge with the bead below”"
    assert actions.key("merge") == "M", "nothing is taken before that is wished"
    dialog.take_button.click()
    assert (actions.key("split"), actions.key("merge")) == ("M", "")
    dialog.choose("merge")
    dialog.reset_button.click()
    assert actions.key("merge") == "", "whose it is meanwhile is said first"
    assert "“Split”" in dialog.told
    dialog.reset_all_button.click()
    assert (actions.key("split"), actions.key("merge")) == ("S", "M")
    assert not dialog.reset_all_button.isEnabled()


def test_a_letter_is_refused_to_the_whole_window(actions, shown):
    dialog = shown(KeysDialog(actions, actions.owner), (760, 560))
    dialog.choose("quit")
    press(dialog, "J")
    assert "typing" in dialog.told
    assert not dialog.take_button.isEnabled()


def test_the_list_is_searched_by_words_and_keys(actions, shown, qtbot):
    dialog = shown(KeysDialog(actions, actions.owner), (760, 560))
    model = dialog.table.model()
    qtbot.keyClicks(dialog.field, "align bead")
    assert [line.name for line in model.rows] == ["merge"]
    dialog.field.setText("ctrl+q")
    assert [line.name for line in model.rows] == ["quit"]
    dialog.field.setText("nothing like it")
    assert model.rows == []
    assert not dialog.edit.isEnabled()
    dialog.field.clear()
    dialog.table.choose_row(1)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert dialog.focusWidget() is dialog.edit, "Enter goes to the key"
    qtbot.keyClick(dialog.edit, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert dialog.told == "Ctrl+J is free."


# ---- the cheat sheet -------------------------------------------------------------------------------------------------


def test_the_cheat_sheet_shows_the_keys_of_now_in_groups_and_closes(actions, shown, qtbot):
    actions.set_key("split", "F7")
    assert dict(groups(actions, "align"))["Align"] == [("M", "Merge with the bead below"), ("F7", "Split")]
    assert dict(groups(actions, "review")) == {"Project": [("Ctrl+Q", "Quit")]}
    for key in (Qt.Key.Key_Question, Qt.Key.Key_Escape):
        sheet = shown(CheatSheet(actions, "align", actions.owner), (1180, 600))
        assert "F7" in sheet.page.text()
        assert "Align: M: Merge with the bead below" in sheet.page.accessibleName()
        qtbot.keyClick(sheet, key)
        assert not sheet.isVisible()


# ---- input methods ---------------------------------------------------------------------------------------------------

PLAIN, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
INTERRUPTING = [
    (Qt.Key.Key_Return, PLAIN), (Qt.Key.Key_Return, CTRL), (Qt.Key.Key_Escape, PLAIN), (Qt.Key.Key_M, PLAIN),
    (Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier), (Qt.Key.Key_Z, CTRL), (Qt.Key.Key_F3, PLAIN),
    (Qt.Key.Key_Tab, PLAIN), (Qt.Key.Key_Backspace, PLAIN),
]  # fmt: skip


def compose(field, preedit, commit=""):
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QCoreApplication.sendEvent(field, event)


@pytest.fixture
def room(session, tmp_path, shown):
    chapter = make_project(session, tmp_path)
    session.open_chapter(chapter.id)
    made = shown(AlignRoom(session))
    owner = made
    done = []
    made.did = done
    made.actions_ = Actions(
        [
            Spec(name, name, "&Align", lambda name=name: done.append(name), key, room="align")
            for name, key in (
                ("confirm", "Ctrl+Return"), ("merge", "M"), ("undo", "Ctrl+Z"), ("hit", "F3"), ("close", "Esc"),
            )
        ],
        lambda _: owner,
        made,
    )  # fmt: skip
    return made


@pytest.mark.parametrize("place", ["bead", "note", "share", "search", "replace"])
def test_no_key_interrupts_an_input_method(room, session, qtbot, place):
    room.table.choose_row(1)
    activate(qtbot, room)
    room.table.setFocus()
    qtbot.keyClick(room.table, Qt.Key.Key_Return, CTRL)
    assert room.did == ["confirm"], "the keys work where nothing is composed"
    room.did.clear()
    open_it = {
        "bead": room.edit,
        "note": room.need_review,
        "share": room.confirm_sure,
        "search": room.search_beads,
        "replace": room.replace_found,
    }
    open_it[place]()
    field = {
        "bead": room.editor.target,
        "note": room.note_bar.field,
        "share": room.sure_bar.field,
        "search": room.search.field,
        "replace": room.search.words,
    }[place]
    field.setFocus()
    compose(field, "ni")
    before = list(session.alignment.rows), _text(field)
    for key, held in INTERRUPTING:
        qtbot.keyClick(field, key, held)
    assert room.did == []
    assert field.hasFocus()
    assert (session.alignment.rows, _text(field)) == before
    if place != "share":
        compose(field, "", "你")
        assert "你" in _text(field)
    else:
        compose(field, "")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not field.hasFocus(), "afterwards Esc closes again"


def test_no_key_interrupts_an_input_method_in_review(session, tmp_path, shown, qtbot):
    from amts_desk.ui.rooms.review import ReviewRoom

    session.open_chapter(make_project(session, tmp_path).id)
    review, done = shown(ReviewRoom(session)), []
    spec = Spec("confirm", "Confirm", "&Review", lambda: done.append(1), "Ctrl+Return", room="review")
    kept = Actions([spec], lambda _: review, review)
    review.table.choose_row(1)
    activate(qtbot, review)
    review.editor.setFocus()
    compose(review.editor, "ni")
    for key, held in INTERRUPTING:
        qtbot.keyClick(review.editor, key, held)
    assert not done
    assert review.editor.hasFocus()
    assert review.editor.toPlainText() == ""
    compose(review.editor, "", "你好")
    assert review.editor.toPlainText() == "你好"
    qtbot.keyClick(review.editor, Qt.Key.Key_Return, CTRL)
    assert done == [1]
    review.keep()
    del kept


def test_a_field_that_is_left_composes_no_more(shown, qtbot):
    bar = shown(AskBar("Why?", QLineEdit(), "Say it"), (500, 50))
    activate(qtbot, bar)
    bar.ask()
    compose(bar.field, "ni")
    bar.button.setFocus()
    bar.field.setFocus()
    with qtbot.waitSignal(bar.answered):
        qtbot.keyClick(bar.field, Qt.Key.Key_Return)


def test_enter_on_a_button_of_a_bar_presses_that_button(shown, qtbot):
    bar, answered = shown(AskBar("Why?", QLineEdit(), "Say it"), (500, 50)), []
    bar.answered.connect(lambda: answered.append(1))
    bar.ask()
    close = next(b for b in bar.findChildren(type(bar.button)) if b is not bar.button)
    close.setFocus()
    qtbot.keyClick(close, Qt.Key.Key_Return)
    assert not answered
    assert not bar.isVisible()


def _text(field):
    if isinstance(field, QSpinBox):
        return field.text()
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()
