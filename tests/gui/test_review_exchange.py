"""A chapter goes out for review from Align and comes back: shown, brought in by the button, undone in one step."""

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from amts_desk.core import edits
from amts_desk.core.alignment import BeadState
from amts_desk.ui.rooms.align import AlignRoom
from tests.gui.samples import make_project


@pytest.fixture
def room(session, tmp_path, shown):
    chapter = make_project(session, tmp_path)
    session.open_chapter(chapter.id)
    return shown(AlignRoom(session))


@pytest.fixture
def sent(room, tmp_path, monkeypatch):
    """Send the chapter out by the menu's action and return the file."""
    path = tmp_path / "for Ana.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    room.send_out()
    assert path.exists()
    return path


def review(path, *cells):
    book = openpyxl.load_workbook(path)
    for place, text in cells:
        book["Review"][place] = text
    book.save(path)


def lines(dialog):
    model = dialog.table.model()
    return [[model.index(row, column).data() for column in range(1, 5)] for row in range(model.rowCount())]


def test_changes_are_shown_then_brought_in_then_undone(room, session, sent, qtbot):
    before = list(session.alignment.rows)
    review(sent, ("D2", "译对"), ("E3", "confirmed"), ("F3", "looks right"))
    room.bring_back()
    dialog = room.exchange.dialog
    assert dialog.isVisible()
    assert not dialog.isModal()
    assert lines(dialog) == [
        ["1", "target", "句对", "译对"],
        ["2", "state, note", "automatic ┊ –", "confirmed ┊ looks right"],
    ]
    assert dialog.button.text() == "Bring in 2"
    assert session.alignment.rows == before, "nothing is changed by looking"
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    assert room.exchange.dialog is None
    rows = session.project.tracks.rows(session.project.tracks.alignment(session.chapter))
    assert rows == session.alignment.rows
    assert (rows[0].target[0].text, rows[0].target[0].origin) == ("译对", "句对")
    assert (rows[1].state, rows[1].note) == (BeadState.CONFIRMED, "looks right")
    assert session.alignment.labels()[0] == "Review from for Ana.xlsx"
    assert session.chapter_rows()[0].confirmed == 1
    session.alignment.undo()
    assert session.alignment.rows == before


def test_leaving_changes_nothing(room, session, sent, qtbot):
    before = session.alignment.history()
    review(sent, ("D2", "译对"))
    room.bring_back()
    qtbot.mouseClick(room.exchange.dialog.leave, Qt.MouseButton.LeftButton)
    assert room.exchange.dialog is None
    assert session.alignment.history() == before


def test_conflicts_stay_on_the_table_and_lead_to_their_beads(room, session, sent, qtbot):
    review(sent, ("D2", "译对"), ("D4", "=1+1"), ("E5", "done"), ("F6", "sure?"))
    room.carry_out(edits.confirm(room.beads, [4]), "Confirm")
    room.bring_back()
    dialog = room.exchange.dialog
    found = lines(dialog)
    assert [(bead, what) for bead, what, _, _ in found] == [
        ("3", "cannot be read"),
        ("4", "unknown state"),
        ("5", "changed here, too"),
        ("1", "target"),
    ]
    assert "formula" in found[0][2]
    dialog.table.choose_row(2)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert room.number() == 4
    assert dialog.isVisible()
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    assert [bead for bead, *_ in lines(dialog)] == ["3", "4", "5"]
    assert not dialog.button.isVisible()
    assert session.alignment.rows[0].target[0].text == "译对"
    assert session.alignment.rows[4].note == ""
    dialog.close()


def test_a_chapter_that_was_edited_meanwhile_is_told_and_kept(room, session, sent):
    failed = []
    session.failed.connect(failed.append)
    review(sent, ("D2", "译对"), ("D6", "请确认。"))
    room.bring_back()
    room.carry_out(edits.merge(room.beads, 1, 2), "Merge")
    before = list(session.alignment.rows)
    room.exchange.dialog.button.click()
    assert [error.message for error in failed] == ["The rows have changed since this edit was made."]
    assert session.alignment.rows == before
    room.exchange.dialog.close()


def test_a_foreign_file_and_an_unknown_ending_are_told(room, session, tmp_path, monkeypatch):
    failed = []
    session.failed.connect(failed.append)
    other = tmp_path / "notes.tsv"
    other.write_text("hello\tworld\n")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(other), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "a.pdf"), ""))
    room.bring_back()
    room.send_out()
    assert [str(error).split(". ")[0] for error in failed] == [
        "notes.tsv is no review file of AMTS Desk",
        "a.pdf has no ending that says its format",
    ]
    assert room.exchange.dialog is None


def test_an_unchanged_file_says_so(room, sent):
    room.bring_back()
    dialog = room.exchange.dialog
    assert lines(dialog) == []
    assert not dialog.button.isVisible()
    dialog.close()


def test_a_name_without_an_ending_gets_that_of_the_chosen_format(room, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "out"), "Word (*.docx)"))
    room.send_out()
    assert (tmp_path / "out.docx").exists()
