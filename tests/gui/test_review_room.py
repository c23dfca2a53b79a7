"""The Review room: machine output is taken, corrected, confirmed; nothing typed is lost."""

import pytest
from PySide6.QtCore import Qt

from amts_desk.core.review import DecisionState
from amts_desk.flows.importing import read_again
from amts_desk.steps.read.files import read_document
from amts_desk.ui.delegates.text import SHOWN_ROLE
from amts_desk.ui.models.review import MACHINE, REFERENCE, SOURCE
from amts_desk.ui.rooms.review import ReviewRoom
from tests.gui.samples import CHINESE, ENGLISH, add_run, make_project


@pytest.fixture
def room(session, tmp_path, shown):
    chapter = make_project(session, tmp_path)
    add_run(session, chapter)
    session.open_chapter(chapter.id)
    return shown(ReviewRoom(session))


def stored(session):
    track = session.project.tracks.review(session.chapter, session.review_direction)
    return session.project.tracks.rows(track)


def test_source_reference_and_machine_stand_side_by_side(room):
    model = room.model
    assert model.rowCount() == 3
    assert model.index(1, SOURCE).data() == "A pair has two sides. It is short."
    assert model.index(1, REFERENCE).data() == "一对有两边。它很短。"
    assert model.index(1, MACHINE).data() == "一对有两面。它很短。"


def test_the_marks_add_up_to_what_the_reference_confirms(room):
    shown = room.model.index(1, MACHINE).data(SHOWN_ROLE)
    unconfirmed = [shown.text[a:b] for a, b, style in shown.marks if style == "unconfirmed"]
    assert unconfirmed == ["面"]
    room.toggle_highlights()
    assert room.model.index(1, MACHINE).data(SHOWN_ROLE).marks == ()


def test_taking_the_output_fills_only_what_nobody_has_touched(room, session, qtbot):
    room.table.choose_row(1)
    room.editor.setPlainText("我的译文。")
    room.confirm()
    room.take_output()
    texts = [row.text for row in stored(session)]
    assert texts == ["句对", "我的译文。", "每一对都重要。确认它。"]
    assert [row.state for row in stored(session)][1] is DecisionState.CONFIRMED


def test_confirming_goes_to_the_next_open_block_and_wraps_round(room, session):
    room.take_output()
    room.table.choose_row(2)
    room.confirm()
    assert room.table.currentIndex().row() == 0
    room.confirm()
    assert room.table.currentIndex().row() == 1
    assert [row.is_confirmed for row in stored(session)] == [True, False, True]


def test_what_was_typed_is_saved_when_the_row_is_left(room, session, qtbot):
    room.table.choose_row(0)
    room.editor.setFocus()
    qtbot.keyClicks(room.editor, "Pairs")
    room.table.choose_row(1)
    assert stored(session)[0].text == "Pairs"
    assert stored(session)[0].state is DecisionState.EDITED


def test_what_was_typed_is_saved_after_a_pause(room, session, qtbot):
    room.table.choose_row(0)
    qtbot.keyClicks(room.editor, "abc")
    qtbot.waitUntil(lambda: stored(session)[0].text == "abc")


def test_what_was_typed_last_is_saved_when_the_window_closes(room, session, tmp_path, qtbot):
    room.table.choose_row(0)
    qtbot.keyClicks(room.editor, "abc")
    session.close_project()
    session.open_project(tmp_path / "book.amts")
    session.open_chapter(session.chapter_rows()[0].chapter.id)
    assert stored(session)[0].text == "abc"


def test_what_was_typed_last_is_saved_when_another_direction_is_opened(room, session, qtbot):
    room.table.choose_row(0)
    qtbot.keyClicks(room.editor, "abc")
    session.open_review("zh-en")
    assert stored(session)[0].text == ""
    session.open_review("en-zh")
    assert stored(session)[0].text == "abc"


def test_undo_takes_back_what_was_typed_and_nothing_before_it(room, session, qtbot):
    room.take_output()
    room.table.choose_row(0)
    qtbot.keyClicks(room.editor, "abc")
    session.review.undo()
    assert room.editor.toPlainText() == stored(session)[0].text == "句对"


def test_enter_types_no_line_break(room, qtbot):
    room.table.choose_row(0)
    qtbot.keyClicks(room.editor, "a")
    qtbot.keyClick(room.editor, Qt.Key.Key_Return)
    qtbot.keyClicks(room.editor, "b")
    assert room.editor.toPlainText() == "ab"
    room.keep()


def test_undo_brings_the_old_text_back_into_the_editor(room, session):
    room.table.choose_row(0)
    room.editor.setPlainText("eins")
    room.keep()
    room.editor.setPlainText("zwei")
    room.keep()
    session.review.undo()
    assert room.editor.toPlainText() == "eins"
    session.review.redo()
    assert room.editor.toPlainText() == "zwei"


def test_undo_never_takes_back_more_than_a_person_did(room, session):
    assert session.review.labels() == ("", "")
    session.review.undo()
    assert room.model.rowCount() == 3


def test_the_review_follows_when_a_rereading_is_undone(room, session, tmp_path):
    room.take_output()
    paths = tmp_path / "pairs_origin.md", tmp_path / "pairs.md"
    for path, text in zip(paths, ("Before.\n\n" + ENGLISH, "之前。\n\n" + CHINESE), strict=True):
        path.write_text(text, "utf-8")
    documents = [
        read_document(str(path), path.read_bytes(), code) for path, code in zip(paths, ("en", "zh"), strict=True)
    ]
    read_again(session.project, session.chapter, *documents)
    session.open_chapter(session.chapter.id)
    assert [row.text for row in stored(session)] == ["", "句对", "一对有两面。它很短。", "每一对都重要。确认它。"]
    session.alignment.undo()
    assert [row.text for row in stored(session)] == ["句对", "一对有两面。它很短。", "每一对都重要。确认它。"]
    session.save_chapter(tmp_path / "out.md")
    assert (tmp_path / "out.md").read_text("utf-8") == "# 句对\n\n一对有两面。它很短。\n\n每一对都重要。确认它。\n"


def test_an_empty_text_is_not_confirmed(room, session):
    said = []
    session.noted.connect(said.append)
    room.table.choose_row(0)
    room.confirm()
    assert said
    assert not stored(session)[0].is_confirmed


def test_the_differences_are_shown_in_words_and_marks(room):
    room.table.choose_row(1)
    room.toggle_differences()
    assert "From machine to reference" in room.detail.toPlainText()
    assert "<s" in room._difference_html("一对有两面。", "一对有两边。")


def test_the_finished_chapter_differs_only_where_something_was_translated(room, session, tmp_path):
    room.take_output()
    session.save_chapter(tmp_path / "out.md")
    expected = "# 句对\n\n一对有两面。它很短。\n\n每一对都重要。确认它。\n"
    assert (tmp_path / "out.md").read_text("utf-8") == expected


def test_the_other_direction_swaps_the_sides(room, session):
    room.direction.setCurrentIndex(1)
    room._on_direction(1)
    assert room.model.index(1, SOURCE).data() == "一对有两边。它很短。"
    assert room.model.index(1, REFERENCE).data() == "A pair has two sides. It is short."
    assert CHINESE.count("\n") == ENGLISH.count("\n")


def test_without_output_it_says_where_to_get_some(session, tmp_path, shown):
    chapter = make_project(session, tmp_path, name="bare")
    session.open_chapter(chapter.id)
    room = shown(ReviewRoom(session))
    said = []
    session.noted.connect(said.append)
    room.take_output()
    assert "Jobs" in said[0]
