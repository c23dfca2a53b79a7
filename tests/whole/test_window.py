"""A book goes the whole way through the real window and the local endpoint."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from amts_desk.core.amazon import Connection
from amts_desk.core.errors import ServiceError
from amts_desk.core.options import Options
from amts_desk.flows.watching import Look
from amts_desk.ui.dialogs.options import OptionsDialog
from amts_desk.ui.dialogs.terminology import TerminologyDialog
from amts_desk.ui.rooms.directory import ROOMS
from tests.whole.walk import Walk

HELD_OUT = "05-post-editing"


@pytest.fixture
def walk(qapp):
    made = Walk()
    yield made
    made.close()
    made.window.deleteLater()
    qapp.sendPostedEvents(None, 52)


@pytest.mark.timeout(300)
def test_the_sample_book_goes_the_whole_way(walk, tmp_path):
    walk.open_sample()
    rows = walk.session.chapter_rows()
    assert len(rows) == 10
    assert all(row.beads for row in rows)
    for unit in ("paragraph", "sentence"):
        walk.push(unit, HELD_OUT)
    walk.translate(HELD_OUT)
    walk.open_chapter(HELD_OUT)

    walk.window.enter("align")
    table = walk.window.room("align").table
    table.setFocus()
    table.choose_row(0)
    QTest.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert walk.session.alignment.rows[0].is_confirmed
    QTest.keyClick(table, Qt.Key.Key_M)
    assert walk.session.alignment.rows[1].shape == "2-2"
    QTest.keyClick(walk.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert walk.session.alignment.rows[1].shape != "2-2"

    walk.window.enter("review")
    walk.settle()
    review = walk.window.room("review")
    review.take_output()
    review.table.choose_row(0)
    review.confirm()
    assert walk.session.review.rows[0].is_confirmed
    walk.session.save_chapter(tmp_path / "chapter.md")
    walk.settle()
    source = walk.session.review_source()
    written = (tmp_path / "chapter.md").read_text("utf-8")
    assert written.count("```") == source.text.count("```")
    assert written.count("$$") == source.text.count("$$")

    walk.window.enter("compare")
    walk.settle()
    found = walk.window.room("compare").found.experiment
    assert found.arms == ("none", "paragraph", "sentence")
    none, sentence = (found.cell("EN-ZH", "", arm).bleu for arm in ("none", "sentence"))
    assert sentence > none
    assert not walk.problems


def test_every_room_can_be_entered_with_an_empty_project_and_without_one(walk, tmp_path):
    for name, _ in ROOMS:
        walk.window.enter(name)
        assert walk.window.room(name).is_empty, name
    walk.session.open_project(tmp_path / "empty.amts", create=True)
    for number, (name, _) in enumerate(ROOMS, 1):
        QTest.keyClick(walk.window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        assert walk.window.here == name
        assert walk.window.room(name).is_empty, name


def drop(window, paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(event)


def test_dropped_chapters_are_imported_and_bad_ones_are_named(walk, tmp_path):
    book = tmp_path / "book"
    book.mkdir()
    (book / "good_origin.md").write_text("# A Title\n\nThis is the text of a chapter. It is in English.\n", "utf-8")
    (book / "good.md").write_text("# 标题\n\n这是一章的正文。它是中文的。\n", "utf-8")
    (book / "bad_origin.md").write_bytes(b"\x89PNG\0\0\0 binary")
    (book / "bad.md").write_text("# 标题\n\n这是另一章的正文。\n", "utf-8")
    walk.session.open_project(tmp_path / "b.amts", create=True)
    drop(walk.window, [book])
    expected = walk.expect_problems()
    walk.settle()
    (row,) = walk.session.chapter_rows()
    assert row.chapter.name == "good"
    assert "bad_origin.md is not a text file" in expected[0]
    assert expected[0] == walk.window.messages.text
    assert walk.session.chapter_rows()[0].beads


def test_a_project_that_is_open_elsewhere_is_said_in_the_window(walk, tmp_path):
    from amts_desk.store.project import Project

    with Project.open(tmp_path / "b.amts", create=True):
        walk.window.open_path(tmp_path / "b.amts")
        assert "already open" in walk.window.messages.text
    assert walk.session.project is None


def test_an_endpoint_killed_in_mid_job_is_started_again_and_the_job_ends(walk):
    walk.open_sample()
    walk.window.enter("jobs")
    room = walk.window.room("jobs")
    chapters = room.direction.matching([row.chapter for row in walk.session.chapter_rows()])
    room.picker.tick({chapters[0].id})
    room.start()
    walk.agree()
    walk.wait(lambda: any(run.job_id for run in walk.session.amazon.runs()))
    walk.session._line._endpoint._process.kill()
    walk.session._line._endpoint._process.wait()
    walk.session.amazon.look_now()
    walk.wait(lambda: all(run.is_fetched for run in walk.session.amazon.runs()))
    assert [run.status.value for run in walk.session.amazon.runs()] == ["COMPLETED"]


def test_the_pictures_of_every_room_are_there():
    folder = Path(__file__).resolve().parents[2] / "resources" / "help"
    names = {f"{name.replace('_', '-')}-{theme}.png" for name, _ in ROOMS for theme in ("light", "dark")}
    assert names <= {path.name for path in folder.iterdir()}


@pytest.mark.timeout(120)
def test_a_second_click_sends_nothing_twice_and_says_so(walk):
    walk.open_sample()
    said = []
    walk.session.noted.connect(said.append)
    walk.push("sentence", HELD_OUT)
    pairs = walk.window.room("parallel_data")
    for _ in range(2):
        pairs.push()
    walk.settle()
    assert [version.version for version in walk.session.amazon.versions()] == [1]
    assert "exactly these pairs already" in said[-1]
    pairs.name.setText("Other-name")
    for _ in range(3):
        pairs.push()
    walk.settle()
    assert [version.name for version in walk.session.amazon.versions()].count("Other-name") == 1
    walk.translate(HELD_OUT)
    walk.window.room("jobs").start()
    walk.window.room("jobs").start()
    walk.settle()
    keys = [run.key for run in walk.session.amazon.runs()]
    assert len(keys) == len(set(keys))
    assert "Started before" in said[-1]


def test_the_undo_key_reaches_the_history_while_typing(walk):
    walk.open_sample()
    walk.open_chapter(HELD_OUT)
    walk.window.enter("review")
    walk.settle()
    editor = walk.window.room("review").editor
    editor.setFocus()
    QTest.keyClicks(editor, "abc")
    walk.window.room("review").keep()
    QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.toPlainText() == walk.session.review.rows[0].text == ""
    QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert editor.toPlainText() == walk.session.review.rows[0].text == "abc"


def test_options_are_chosen_in_the_window_and_chapters_read_again_on_demand(walk, tmp_path, monkeypatch):
    files = tmp_path / "a_origin.md", tmp_path / "a.md"
    files[0].write_text("One; two.\n\nThree.\n", "utf-8")
    files[1].write_text("一；二。\n\n三。\n", "utf-8")
    walk.window.open_path(tmp_path / "b.amts", create=True)
    walk.session.import_paths(files, "en", "zh")
    walk.settle()
    monkeypatch.setattr(OptionsDialog, "exec", lambda dialog: dialog._semicolon.setChecked(True) or 1)
    walk.window.actions_["options"].trigger()
    assert walk.session.project.options == Options(semicolon=True)
    assert walk.window.messages.text.startswith("Chapters read with other options: 1.")
    assert walk.session.chapter_rows()[0].sentences == (2, 2)
    walk.window.messages._action.click()
    walk.settle()
    assert walk.session.chapter_rows()[0].sentences == (2, 3)


def test_the_terms_are_opened_by_a_key_and_closed_by_another(walk, tmp_path):
    walk.window.open_path(tmp_path / "b.amts", create=True)
    seen = []

    def close() -> None:
        dialog = next(w for w in walk.desk.application.topLevelWidgets() if isinstance(w, TerminologyDialog))
        seen.append(walk.session.terms.editor.is_open)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    QTimer.singleShot(0, close)
    QTest.keyClick(walk.window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert seen == [True]
    assert not walk.session.terms.editor.is_open


def test_the_head_follows_the_connection_and_an_answer_ends_the_question_for_a_sign_in(walk, tmp_path):
    walk.window.open_path(tmp_path / "b.amts", create=True)
    walk.window.enter("jobs")
    assert walk.window._subtitle.text() == "Offline practice"
    aws = Connection(bucket="books", account="123456789012", is_offline=False)
    walk.session.project.set_connection(aws)
    walk.session.connection_changed.emit()
    assert walk.window._subtitle.text() == "AWS · 123456789012 · us-west-2"
    walk.session.amazon.sign_in_needed.emit(ServiceError("The sign-in has expired.", "Sign in.", needs_sign_in=True))
    assert walk.window.messages.text.startswith("The sign-in has expired. Sign in.")
    walk.session.amazon._on_heard(Look())
    assert walk.window.messages.text == ""
