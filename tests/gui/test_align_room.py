"""The Align room by its keys and buttons; every edit is on disk."""

import pytest
from PySide6.QtCore import QCoreApplication, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import (
    QAccessible,
    QGuiApplication,
    QInputMethodEvent,
)

from amts_desk.core.alignment import Bead, BeadState, Sentence
from amts_desk.core.splice import Splice
from amts_desk.ui.align_commands import align_rows
from amts_desk.ui.models.beads import CONFIDENCE, SOURCE, TARGET
from amts_desk.ui.rooms.align import AlignRoom
from tests.gui.samples import make_project


@pytest.fixture
def room(session, tmp_path, shown):
    chapter = make_project(session, tmp_path)
    session.open_chapter(chapter.id)
    return shown(AlignRoom(session))


def shapes(session):
    return [bead.shape for bead in session.project.tracks.rows(session.project.tracks.alignment(session.chapter))]


def test_without_a_chapter_it_says_what_it_is_for(session, shown):
    room = shown(AlignRoom(session))
    wanted = []
    room.room_wanted.connect(wanted.append)
    assert room.is_empty
    room.take_first_step(0)
    assert wanted == ["chapters"]


def test_merge_and_split_undo_and_redo(room, session):
    room.table.choose_row(1)
    room.merge()
    assert shapes(session) == ["1-1", "2-2", "1-1", "1-1"]
    room.split()
    assert shapes(session) == ["1-1"] * 5
    session.alignment.undo()
    session.alignment.undo()
    assert shapes(session) == ["1-1"] * 5
    session.alignment.redo()
    assert shapes(session) == ["1-1", "2-2", "1-1", "1-1"]


def test_several_selected_beads_merge_into_one(room, session):
    room.table.choose_row(1)
    flags = QItemSelectionModel.SelectionFlag
    room.table.selectionModel().select(room.model.index(3, 0), flags.Select | flags.Rows)
    room.merge()
    assert shapes(session) == ["1-1"] * 5, "not over a bead that is not selected"
    room.table.selectionModel().select(room.model.index(2, 0), flags.Select | flags.Rows)
    room.merge()
    assert shapes(session) == ["1-1", "3-3", "1-1"]


def test_confirming_goes_on_to_the_next_bead(room, session):
    room.table.choose_row(0)
    room.confirm()
    room.confirm()
    assert [bead.is_confirmed for bead in session.alignment.rows] == [True, True, False, False, False]
    assert room.table.currentIndex().row() == 2


def test_confirm_all_above(room, session):
    room.table.choose_row(3)
    room.confirm_above()
    assert [bead.is_confirmed for bead in session.alignment.rows] == [True, True, True, True, False]
    room.unconfirm()
    assert [bead.is_confirmed for bead in session.alignment.rows] == [True, True, True, False, False]


def test_confirm_all_above_means_what_is_shown(room, session):
    room.search_beads()
    room.search.field.setText("pair")
    room.search.is_filter.setChecked(True)
    room.table.choose_row(2)
    room.confirm_above()
    assert [bead.is_confirmed for bead in session.alignment.rows] == [True, True, False, True, False]


def test_a_block_with_a_gap_is_not_shifted(room, session):
    said = []
    session.noted.connect(said.append)
    choose(room, 1, 3)
    room.shift_target_down()
    assert "side by side" in said[0]
    assert shapes(session) == ["1-1"] * 5


def test_the_queue_begins_with_the_least_certain_and_comes_round(room):
    room.table.choose_row(0)
    seen = []
    for _ in range(5):
        room.next_suspicious()
        seen.append(room.table.currentIndex().row())
    assert seen == [4, 3, 2, 1, 4]
    room.previous_suspicious()
    assert room.table.currentIndex().row() == 1


def test_the_queue_goes_on_where_it_was_left_wherever_the_cursor_has_been(room, session):
    room.next_suspicious()
    room.next_suspicious()
    assert room.table.currentIndex().row() == 3
    room.table.choose_row(0)
    room.next_suspicious()
    assert room.table.currentIndex().row() == 2
    room.confirm_suspicious()
    assert session.alignment.rows[2].is_confirmed
    assert room.table.currentIndex().row() == 1
    room.confirm_suspicious()
    assert room.table.currentIndex().row() == 4, "around to what was passed over"


def test_two_far_cells_are_pinned_together_and_the_rest_is_aligned_around_them(room, session, monkeypatch):
    said, ranges = [], []
    session.noted.connect(said.append)
    monkeypatch.setattr(session, "realign", ranges.append)

    def take(row, column):
        room.table.setCurrentIndex(room.model.index(row, column))
        room.tie()

    take(3, TARGET)
    assert "target of bead 4 is taken" in said[-1]
    take(2, TARGET)
    assert "target of bead 3 is taken" in said[-1], "another cell of the same side is taken in its place"
    take(0, SOURCE)
    assert shapes(session) == ["0-1", "0-1", "1-1", "1-0", "1-0", "1-1", "1-1"]
    assert [bead.has_pin for bead in session.alignment.rows].index(True) == room.number() == 2
    assert ranges == [range(7)]
    room.pin()
    room.table.choose_row(0)
    room.realign_between()
    assert ranges[-1] == range(7)


def test_moving_sentences_between_beads(room, session):
    room.table.choose_row(1)
    room.source_down()
    assert shapes(session)[:3] == ["1-1", "0-1", "2-1"]
    room.table.choose_row(2)
    room.source_up()
    assert shapes(session)[:3] == ["1-1", "1-1", "1-1"]


def test_what_cannot_be_done_is_said_and_changes_nothing(room, session):
    said = []
    session.noted.connect(said.append)
    room.table.choose_row(4)
    room.merge()
    room.target_down()
    assert len(said) == 2
    assert "no bead below" in said[0]
    assert shapes(session) == ["1-1"] * 5


def test_the_detail_shows_the_whole_bead_and_its_reasons(room):
    room.table.choose_row(1)
    text = room._detail.toPlainText()
    assert "A pair has two sides." in text
    assert "一对有两边。" in text


def test_the_detail_begins_with_the_neighbour_unless_the_bead_would_not_be_seen_whole(room, session):
    bar = room._detail.verticalScrollBar()
    room._detail.resize(600, 140)
    room.table.choose_row(2)
    assert bar.value() == 0
    room._detail.resize(600, 40)
    room.table.choose_row(1)
    assert bar.value() > 0, "the bead itself is what is seen"


def test_arrow_keys_move_and_enter_is_free(room, qtbot):
    room.table.choose_row(0)
    qtbot.keyClick(room.table, Qt.Key.Key_Down)
    assert room.table.currentIndex().row() == 1


# ---- operations ------------------------------------------------------------------------------------------------------


def texts(session, side="target"):
    return [" ".join(s.text for s in getattr(bead, side)) for bead in session.alignment.rows]


def on_disk(session):
    return session.project.tracks.rows(session.project.tracks.alignment(session.chapter))


def choose(room, *places):
    room.table.choose_row(places[0])
    flags = QItemSelectionModel.SelectionFlag
    for place in places[1:]:
        room.table.selectionModel().select(room.model.index(place, 0), flags.Select | flags.Rows)


@pytest.mark.parametrize(
    ("name", "places", "expected"),
    [
        ("merge_above", (1,), ["2-2", "1-1", "1-1", "1-1"]),
        ("both_down", (1,), ["1-1", "2-2", "1-1", "1-1"]),
        ("both_up", (1,), ["2-2", "1-1", "1-1", "1-1"]),
        ("shift_target_down", (1, 2), ["1-1", "1-0", "1-1", "1-2", "1-1"]),
        ("shift_target_up", (1, 2), ["1-2", "1-1", "1-0", "1-1", "1-1"]),
        ("shift_source_down", (1, 2), ["1-1", "0-1", "1-1", "2-1", "1-1"]),
        ("shift_source_up", (1, 2), ["2-1", "1-1", "0-1", "1-1", "1-1"]),
        ("swap_target", (1,), ["1-1"] * 5),
        ("swap_source", (1,), ["1-1"] * 5),
        ("insert_empty", (1,), ["1-1", "0-0", "1-1", "1-1", "1-1", "1-1"]),
        ("pin", (1, 3), ["1-1"] * 5),
        ("bookmark", (1,), ["1-1"] * 5),
        ("drop", (1, 2), ["1-1"] * 5),
    ],
)
def test_each_operation_is_one_step_on_disk_and_undone_at_once(room, session, name, places, expected):
    before = list(session.alignment.rows)
    choose(room, *places)
    getattr(room, name)()
    assert shapes(session) == expected
    assert on_disk(session) == session.alignment.rows == room.model.rows
    assert session.alignment.rows != before
    after = list(session.alignment.rows)
    session.alignment.undo()
    assert session.alignment.rows == before == on_disk(session)
    session.alignment.redo()
    assert session.alignment.rows == after


@pytest.mark.parametrize("name", ["pin", "bookmark", "drop"])
def test_marks_are_switched_off_where_all_have_them(room, session, name):
    before = list(session.alignment.rows)
    choose(room, 1)
    getattr(room, name)()
    choose(room, 1, 2)
    getattr(room, name)()
    getattr(room, name)()
    assert session.alignment.rows == before


def test_review_asks_why_and_escape_says_nothing(room, session, qtbot):
    room.table.choose_row(1)
    room.need_review()
    assert room.note_bar.isVisible()
    qtbot.keyClicks(room.note_bar.field, "Too free")
    qtbot.keyClick(room.note_bar.field, Qt.Key.Key_Return)
    assert not room.note_bar.isVisible()
    assert (session.alignment.rows[1].state, session.alignment.rows[1].note) == (BeadState.REVIEW, "Too free")
    room.need_review()
    assert room.note_bar.field.text() == "Too free"
    qtbot.keyClick(room.note_bar.field, Qt.Key.Key_Escape)
    assert not room.note_bar.isVisible()
    assert room.table.hasFocus()


def test_confirming_above_a_confidence_says_first_how_many(room, session, qtbot):
    room.confirm_sure()
    assert room.sure_bar.button.text() == "Confirm 1"
    room.sure_bar.field.setValue(70)
    assert room.sure_bar.button.text() == "Confirm 2"
    room.sure_bar.field.setValue(100)
    assert not room.sure_bar.button.isEnabled()
    room.sure_bar.field.setValue(50)
    qtbot.keyClick(room.sure_bar.field, Qt.Key.Key_Return)
    assert [bead.is_confirmed for bead in session.alignment.rows] == [True, True, True, False, False]
    assert session.alignment.labels()[0] == "Confirm everything from 50 %"


# ---- the editor of a bead --------------------------------------------------------------------------------------------


def test_enter_edits_enter_saves_and_the_original_comes_back(room, session, qtbot):
    room.table.setCurrentIndex(room.model.index(1, SOURCE))
    qtbot.keyClick(room.table, Qt.Key.Key_Return)
    assert room.editor.source.hasFocus()
    room.editor.source.setPlainText("A pair has 2 sides.")
    qtbot.keyClick(room.editor.source, Qt.Key.Key_Return)
    sentence = on_disk(session)[1].source[0]
    assert (sentence.text, sentence.origin) == ("A pair has 2 sides.", "A pair has two sides.")
    assert "as imported: A pair has two sides." in room._detail.toPlainText()
    assert room.table.hasFocus()
    room.as_imported()
    assert on_disk(session)[1].source[0].origin is None


def test_escape_leaves_the_text_as_it_was(room, session, qtbot):
    room.table.choose_row(1)
    room.edit()
    qtbot.keyClicks(room.editor.target, "x")
    before = on_disk(session)
    qtbot.keyClick(room.editor.target, Qt.Key.Key_Escape)
    assert on_disk(session) == before
    assert not room.editor.is_open


@pytest.mark.parametrize("leave", ["row", "undo", "merge", "confirm", "close"])
def test_what_was_typed_is_saved_by_whatever_comes_next(room, session, qtbot, leave):
    chapter, path = session.chapter, session.project.path
    room.table.choose_row(1)
    room.edit()
    room.editor.target.setPlainText("新的")
    {
        "row": lambda: room.table.choose_row(3),
        "undo": session.alignment.undo,
        "merge": room.merge,
        "confirm": room.confirm,
        "close": session.close_project,
    }[leave]()
    if leave == "close":
        session.open_project(path)
        session.open_chapter(chapter.id)
    elif leave == "undo":
        assert session.alignment.labels() == ("Align", "Type")
        session.alignment.redo()
    assert "新的" in [s.text for bead in on_disk(session) for s in bead.target]


def test_carets_split_a_bead_inside_its_sentences(room, session, qtbot):
    room.table.choose_row(1)
    room.split_at()
    for field, at in ((room.editor.source, 6), (room.editor.target, 2)):
        cursor = field.textCursor()
        cursor.setPosition(at)
        field.setTextCursor(cursor)
    qtbot.keyClick(room.editor.source, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert shapes(session) == ["1-1"] * 6
    assert texts(session, "source")[1:3] == ["A pair", "has two sides."]
    assert texts(session)[1:3] == ["一对", "有两边。"]
    room.as_imported()
    assert texts(session, "source")[1:3] == ["A pair has two sides.", "It is short."]


def test_a_caret_counts_characters_not_units_of_utf_16(room, session):
    field = room.editor.source
    field.show_sentences((Sentence(0, 0, "🙂🙂ab"), Sentence(1, 0, "c")), "en", at_middle=False)
    assert field.place() == (0, 4)
    cursor = field.textCursor()
    cursor.setPosition(4)
    field.setTextCursor(cursor)
    assert field.place() == (0, 2)


def test_lines_of_the_editor_are_neither_made_nor_joined(room, session, qtbot):
    choose(room, 1, 2)
    room.merge()
    room.edit()
    field = room.editor.target
    cursor = field.textCursor()
    cursor.movePosition(cursor.MoveOperation.Start)
    cursor.movePosition(cursor.MoveOperation.NextBlock)
    field.setTextCursor(cursor)
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert len(field.texts()) == 2
    said = []
    session.noted.connect(said.append)
    field.setPlainText("只有一行")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert "a line of its own" in said[0]
    assert field.toPlainText() == "只有一行", "what was typed stays"
    qtbot.keyClick(field, Qt.Key.Key_Escape)


def test_enter_of_an_input_method_saves_nothing(room, session, qtbot):
    room.table.choose_row(1)
    room.edit()
    before = on_disk(session)
    QCoreApplication.sendEvent(room.editor.target, QInputMethodEvent("ni", []))
    assert room.editor.target.is_composing
    qtbot.keyClick(room.editor.target, Qt.Key.Key_Return)
    assert room.editor.is_open
    assert on_disk(session) == before
    event = QInputMethodEvent("", [])
    event.setCommitString("你")
    QCoreApplication.sendEvent(room.editor.target, event)
    qtbot.keyClick(room.editor.target, Qt.Key.Key_Escape)


# ---- where to go -----------------------------------------------------------------------------------------------------


def test_next_and_previous_of_every_kind_go_round(room, session):
    choose(room, 1, 2)
    room.merge()  # 1-1 2-2 1-1 1-1
    for row, what in ((0, room.confirm), (2, room.bookmark), (3, room.drop)):
        room.table.choose_row(row)
        what()
    room.table.choose_row(3)
    room.unconfirm()
    for name, expected in (("uneven", [1, 1]), ("unconfirmed", [1, 2]), ("bookmark", [2, 2])):
        room.table.choose_row(0)
        seen = []
        for _ in range(2):
            getattr(room, f"next_{name}")()
            seen.append(room.table.currentIndex().row())
        assert seen == expected, name
    room.table.choose_row(0)
    room.previous_unconfirmed()
    assert room.table.currentIndex().row() == 2
    said = []
    session.noted.connect(said.append)
    room.next_review()
    assert "none" in said[0]


def test_the_queue_says_how_far_to_look(room, session):
    assert room._queue.text() == "About 2 errors left in 5 beads; look at 3 to find 2 of them · settled: 0 of 5"
    room.table.choose_row(4)
    room.confirm_above()
    assert room._queue.text() == "Nothing is left to look at · settled: 5 of 5"


def test_one_error_is_one_error(room, session):
    room.table.choose_row(2)
    room.confirm_above()
    room.table.choose_row(3)
    room.drop()
    assert room._queue.text() == "About 1 error left in 1 beads; look at 1 to find it · settled: 4 of 5"


def test_the_strip_shows_and_goes_where_the_marks_are(room, session, qtbot):
    room.table.choose_row(3)
    room.bookmark()
    assert [list(places) for places in room.strip.marks()] == [[0, 1, 2, 3, 4], [1, 2, 3, 4], [3]]
    room.strip.grab()
    assert room.strip.accessibleDescription() == "Not confirmed: 5, suspicious: 4, bookmarked: 1"
    room.table.choose_row(0)
    top, height = room.strip._top(), room.strip._height()
    qtbot.mouseClick(room.strip, Qt.MouseButton.LeftButton, pos=QPoint(5, top + int(height * 0.65)))
    assert room.table.currentIndex().row() == 3


# ---- history ---------------------------------------------------------------------------------------------------------


def test_the_history_names_each_step_and_goes_there(room, session, qtbot):
    room.table.choose_row(0)
    room.merge()
    room.table.choose_row(1)
    room.pin()
    room.show_history()
    model = room.history.table.model()
    assert [model.index(row, 0).data() for row in range(3)] == ["1. Align", "2. Merge", "3. Pin"]
    room.history.table.choose_row(0)
    qtbot.keyClick(room.history.table, Qt.Key.Key_Return)
    assert shapes(session) == ["1-1"] * 5
    assert [model.index(row, 0).data() for row in range(3)] == ["1. Align", "2. Merge (undone)", "3. Pin (undone)"]
    room.history.table.activated.emit(model.index(2, 0))
    assert session.alignment.rows[1].has_pin
    room.show_history()
    assert room.table.hasFocus()


# ---- search ----------------------------------------------------------------------------------------------------------


def test_searching_marks_counts_and_goes_from_hit_to_hit(room, session, qtbot):
    room.table.choose_row(0)
    room.search_beads()
    qtbot.keyClicks(room.search.field, "pair")
    assert room.search.told.text() == "1 of 3 beads"
    seen = []
    for _ in range(3):
        qtbot.keyClick(room.search.field, Qt.Key.Key_Return)
        seen.append(room.table.currentIndex().row())
    assert seen == [1, 3, 0]
    room.search.is_cased.setChecked(True)
    assert room.search.told.text() == "Found in 2 beads"
    room.search.where.setCurrentIndex(2)
    assert room.search.told.text() == "Found in 0 beads"
    room.search.where.setCurrentIndex(0)
    room.search.state.setCurrentIndex(2)
    assert room.search.told.text() == "Found in 0 beads"
    qtbot.keyClick(room.search.field, Qt.Key.Key_Escape)
    assert not room.search.isVisible()
    assert room.model.hits is None


def test_a_filter_shows_only_hits_and_keeps_their_numbers(room, session):
    room.search_beads()
    room.search.field.setText("pair")
    room.search.is_filter.setChecked(True)
    assert [room.model.headerData(row, Qt.Orientation.Vertical) for row in range(3)] == ["1", "2", "4"]
    room.table.choose_row(1)
    room.merge()
    assert shapes(session) == ["1-1", "2-2", "1-1", "1-1"]
    room.table.choose_row(2)
    room.confirm()
    assert session.alignment.rows[2].is_confirmed
    room.search.close_bar()
    assert room.model.rowCount() == 4


def test_a_wrong_expression_is_said_and_the_table_stays(room, session):
    room.search_beads()
    room.search.is_pattern.setChecked(True)
    room.search.field.setText("(")
    assert "no regular expression" in room.search.told.text()
    room.search.field.setText("(a+)+")
    assert "for ever" in room.search.told.text()
    assert room.model.rowCount() == 5


def test_a_replacement_is_seen_first_and_is_one_step(room, session, qtbot):
    room.replace_found()
    room.search.field.setText("pair")
    room.search.words.setText("couple")
    room.search.words.setFocus()
    qtbot.keyClick(room.search.words, Qt.Key.Key_Return)
    assert room._lower.currentWidget() is room.preview, "Enter in the second field shows the preview"
    model = room.preview.table.model()
    assert [model.index(row, 0).data() for row in range(3)] == ["1", "2", "4"]
    assert room.preview.button.text() == "Replace 3"
    room.preview.table.choose_row(1)
    assert room.preview.button.text() == "Replace 1"
    before = on_disk(session)
    room.preview.button.click()
    assert texts(session, "source")[1] == "A couple has two sides."
    assert on_disk(session)[1].source[0].origin == "A pair has two sides."
    assert session.alignment.labels()[0] == "Replace “pair” by “couple”"
    session.alignment.undo()
    assert on_disk(session) == before


def test_a_preview_of_what_was_changed_since_is_closed(room, session):
    room.replace_found()
    room.search.field.setText("pair")
    room.search.previewed.emit()
    room.table.choose_row(0)
    room.confirm()
    assert room._lower.currentWidget() is not room.preview


def test_sorting_by_confidence_and_back_to_the_chapter(room, session):
    header = room.table.horizontalHeader()
    header.setSortIndicator(CONFIDENCE, Qt.SortOrder.AscendingOrder)
    assert list(room.model.order) == [4, 3, 2, 1, 0]
    room.table.choose_row(0)
    room.merge_above()
    assert shapes(session) == ["1-1", "1-1", "1-1", "2-2"]
    header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    assert list(room.model.order) == [0, 1, 2, 3]


def test_copying_is_a_table_of_two_columns(room):
    choose(room, 1, 2)
    room.copy()
    assert QGuiApplication.clipboard().text() == "A pair has two sides.\t一对有两边。\nIt is short.\t它很短。"


def test_a_chapter_without_beads_refuses_every_operation_kindly(session, tmp_path, shown):
    chapter = make_project(session, tmp_path)
    session.open_chapter(chapter.id)
    room = shown(AlignRoom(session))
    session.alignment.undo()
    said = []
    session.noted.connect(said.append)
    for _, rows in align_rows():
        for row in rows:
            if not row.name.startswith("realign") and row.name != "bring_back":
                getattr(room, row.name)()
    assert session.alignment.rows == []
    assert any("not aligned yet" in words for words in said)


def test_the_mouse_asks_for_the_menu_where_it_is(room, qtbot):
    with qtbot.waitSignal(room.menu_wanted) as wanted:
        room.table.customContextMenuRequested.emit(QPoint(10, 20))
    assert wanted.args == [room.table.viewport().mapToGlobal(QPoint(10, 20))]


def test_a_screen_reader_hears_row_side_text_state_and_confidence(room):
    room.table.choose_row(1)
    room.need_review()
    room._note.setText("Too free")
    room.note_bar.answered.emit()
    table = QAccessible.queryAccessibleInterface(room.table)
    assert table.role() == QAccessible.Role.Table
    names = [table.child(i).text(QAccessible.Text.Name) for i in range(table.childCount())]
    assert "Bead 1, source: Pairs; automatic; confidence 99 per cent" in names
    assert "Bead 2, source: A pair has two sides.; needs review: Too free; confidence 79 per cent" in names
    assert "Bead 2, target: 一对有两边。; needs review: Too free; confidence 79 per cent" in names
    assert "Bead 2, state needs review: Too free; confidence 79 per cent" in names
    assert "Bead 2, confidence 79 per cent; needs review: Too free" in names
    assert "2" in names, "the number of the row stands at its head"


def test_a_screen_reader_hears_why_a_bead_is_doubted_and_what_is_missing(room, session):
    doubtful = Bead(session.alignment.rows[0].source, (), confidence=0.43, reasons=("nothing on the other side",))
    session.edit_beads(Splice(0, tuple(session.alignment.rows[:1]), (doubtful,)), "Doubt")
    said = [room.model.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole) for column in range(4)]
    assert said == [
        "Bead 1, source: Pairs; automatic; confidence 43 per cent",
        "Bead 1, target: nothing; automatic; confidence 43 per cent",
        "Bead 1, confidence 43 per cent: nothing on the other side; automatic",
        "Bead 1, state automatic; confidence 43 per cent",
    ]
