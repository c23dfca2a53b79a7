"""The Align room by its keys and buttons; every edit is on disk."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt

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


def test_the_queue_begins_with_the_least_certain_and_comes_round(room):
    room.table.choose_row(0)
    seen = []
    for _ in range(5):
        room.next_suspicious()
        seen.append(room.table.currentIndex().row())
    assert seen == [4, 3, 2, 1, 4]
    room.previous_suspicious()
    assert room.table.currentIndex().row() == 1


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


def test_arrow_keys_move_and_enter_is_free(room, qtbot):
    room.table.choose_row(0)
    qtbot.keyClick(room.table, Qt.Key.Key_Down)
    assert room.table.currentIndex().row() == 1


def test_chinese_is_drawn_with_simplified_glyphs(room):
    from PySide6.QtGui import QTextLayout

    from amts_desk.ui.fonts import reading_font

    layout = QTextLayout("直接翻译", reading_font("zh"))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    families = {run.rawFont().familyName() for run in layout.glyphRuns()}
    assert families <= {"Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei"}, families
