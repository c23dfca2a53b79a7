"""Chapters, Parallel data and Compare, one at a time."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from amts_desk.core.amazon import Connection, ParallelDataVersion
from amts_desk.core.errors import DeskError
from amts_desk.core.options import Options
from amts_desk.steps.parallel_data import MAXIMUM_BYTES
from amts_desk.steps.read.files import read_document
from amts_desk.ui.rooms.chapters import ChaptersRoom
from amts_desk.ui.rooms.compare import CompareRoom
from amts_desk.ui.rooms.parallel_data import ParallelDataRoom
from tests.gui.samples import CHINESE, ENGLISH, add_run, make_project


def cells(table, row):
    return [table.model().index(row, column).data() for column in range(table.model().columnCount())]


# ---- Chapters ----------------------------------------------------------------------------------------------------


def test_chapters_show_how_far_each_is(session, tmp_path, shown):
    make_project(session, tmp_path)
    room = shown(ChaptersRoom(session))
    assert cells(room.table, 0) == [
        "pairs", "English → Chinese", "5 / 5", "5", "0 %", "–", "–", "aligned, not confirmed",
    ]  # fmt: skip


def test_enter_opens_a_chapter_in_align(session, tmp_path, shown, qtbot):
    make_project(session, tmp_path)
    room = shown(ChaptersRoom(session))
    wanted = []
    room.room_wanted.connect(wanted.append)
    qtbot.keyClick(room.table, Qt.Key.Key_Return)
    assert wanted == ["align"]
    assert session.chapter.name == "pairs"


def test_importing_aligns_and_names_what_was_left_out(session, tmp_path):
    book = tmp_path / "book"
    book.mkdir()
    (book / "a_origin.md").write_text(ENGLISH, "utf-8")
    (book / "a.md").write_text(CHINESE, "utf-8")
    (book / "lonely.md").write_text("# Alone\n\nNobody translated the text of this file.\n", "utf-8")
    problems = []
    session.failed.connect(problems.append)
    session.open_project(tmp_path / "b.amts", create=True)
    session.import_paths([book])
    (row,) = session.chapter_rows()
    assert (row.chapter.name, row.beads) == ("a", 5)
    assert ["lonely.md has no partner" in str(problem) for problem in problems] == [True]


def test_reading_a_changed_chapter_again_keeps_confirmed_beads(session, tmp_path):
    source, target = tmp_path / "a_origin.md", tmp_path / "a.md"
    source.write_text(ENGLISH, "utf-8")
    target.write_text(CHINESE, "utf-8")
    session.open_project(tmp_path / "b.amts", create=True)
    session.import_paths([source, target])
    chapter = session.chapter_rows()[0].chapter
    session.open_chapter(chapter.id)
    from amts_desk.core import edits

    session.alignment.edit(edits.confirm(session.alignment.rows, range(5)), "Confirm")
    source.write_text(ENGLISH.replace("It is short.", "It is rather short."), "utf-8")
    listed = []
    session.imported.connect(listed.append)
    session.read_again([chapter])
    states = [bead.state.value for bead in session.alignment.rows]
    assert states.count("confirmed") == 4
    assert states.count("needs review") == 1
    assert listed[0].readings[0].rows == (states.index("needs review"),)
    session.alignment.undo()
    assert [bead.is_confirmed for bead in session.alignment.rows] == [True] * 5


def test_a_chapter_that_changed_on_disk_is_said_when_it_is_opened(session, tmp_path):
    source, target = tmp_path / "a_origin.md", tmp_path / "a.md"
    source.write_text(ENGLISH, "utf-8")
    target.write_text(CHINESE, "utf-8")
    session.open_project(tmp_path / "b.amts", create=True)
    session.import_paths([source, target])
    chapter = session.chapter_rows()[0].chapter
    outdated = []
    session.chapter_outdated.connect(outdated.append)
    session.open_chapter(chapter.id)
    assert outdated == []
    target.write_text(CHINESE.replace("很短", "不长"), "utf-8")
    session.open_chapter(chapter.id)
    assert outdated == [chapter]


# ---- Parallel data -----------------------------------------------------------------------------------------------


@pytest.fixture
def pairs_room(session, tmp_path, shown):
    make_project(session, tmp_path)
    return shown(ParallelDataRoom(session))


def test_checking_shows_every_pair_and_what_happens_to_it(pairs_room):
    assert not pairs_room.push_button.isEnabled()
    pairs_room.check()
    assert pairs_room.push_button.isEnabled()
    assert pairs_room.preview.model().rowCount() == 5
    assert cells(pairs_room.preview, 1) == ["A pair has two sides.", "一对有两边。", "21 / 18", "pairs", "will be sent"]


def test_a_changed_choice_forgets_the_check(pairs_room):
    pairs_room.check()
    pairs_room.confidence.setValue(0.5)
    assert not pairs_room.push_button.isEnabled()
    assert pairs_room.preview.model().rowCount() == 0
    pairs_room.check()
    assert pairs_room.preview.model().rowCount() == 3


def test_what_amazon_would_skip_is_said_with_the_reason(session, tmp_path, shown):
    chapter = make_project(session, tmp_path)
    long = "很" * MAXIMUM_BYTES
    from dataclasses import replace

    from amts_desk.core.splice import Splice

    track = session.project.tracks.alignment(chapter)
    bead = session.project.tracks.rows(track)[0]
    longer = replace(bead, target=(replace(bead.target[0], text=long),))
    session.project.tracks.splice(track, Splice(0, (bead,), (longer,)), "Retype")
    room = shown(ParallelDataRoom(session))
    room.check()
    reasons = [cells(room.preview, row)[-1] for row in range(5)]
    assert "3000" in reasons[0].replace(",", "")
    assert reasons[1:] == ["will be sent"] * 4


def test_nothing_leaves_for_aws_without_the_question(pairs_room, session, monkeypatch):
    asked, pushed = [], []
    session.set_connection(Connection(bucket="b", profile="p", is_offline=False))
    monkeypatch.setattr("amts_desk.ui.rooms.parallel_data.confirm_leaving", lambda *a: asked.append(a[:3]) or False)
    monkeypatch.setattr(session, "push", lambda *a: pushed.append(a))
    pairs_room.check()
    pairs_room.push()
    assert not pushed
    connection, what, button = asked[0]
    assert (connection.profile, button) == ("p", "Push 5 pairs")
    assert "5 pairs" in what


def test_versions_show_their_state(pairs_room, session):
    session.project.runs.add_version(
        ParallelDataVersion("d2l", 1, "sentence", "en", "zh", "t", "s3://b/k", "00", 5, status="FAILED", message="bad")
    )
    session.parallel_data_changed.emit()
    assert cells(pairs_room.versions, 0) == ["d2l", "1", "sentence", "en → zh", "5", "✗ failed · bad"]


# ---- Compare -----------------------------------------------------------------------------------------------------


def test_compare_puts_both_scales_and_the_definition_beside_the_numbers(session, tmp_path, shown):
    chapter = make_project(session, tmp_path)
    add_run(session, chapter)
    add_run(session, chapter, "sentence", {0: "句对", 1: "一对有两边。它很短。", 2: "每一对都算数。确认它。"})
    room = CompareRoom(session)
    shown(room)
    room.refresh()
    assert "zh" in room._definition.text()
    assert "offline" in room._definition.text().lower()
    row = cells(room.table, 0)
    assert row[:2] == ["pairs", "3"]
    assert row[3].startswith("1.000 100.0")
    assert cells(room.table, 1)[0] == "All segments together"
    assert room.chart.accessibleDescription().count("100.0") == 1


def test_the_report_is_one_page_with_the_label_of_the_engine(session, tmp_path, shown):
    add_run(session, make_project(session, tmp_path))
    room = shown(CompareRoom(session))
    room.refresh()
    session.save_report(tmp_path / "r.html", room.found)
    page = (tmp_path / "r.html").read_text("utf-8")
    assert "offline practice engine" in page


def test_an_output_of_another_edition_is_refused_not_averaged(session, tmp_path, shown):
    chapter = make_project(session, tmp_path)
    run = add_run(session, chapter)
    session.project.runs.store_output(run, {chapter.id: ("another edition", {0: "句对"})})
    problems: list[DeskError] = []
    session.failed.connect(problems.append)
    room = shown(CompareRoom(session))
    room.refresh()
    assert "out of date" in str(problems[0])
    assert Path(tmp_path / "book.amts").exists()


# ---- options -----------------------------------------------------------------------------------------------------


def test_other_options_offer_to_read_again_and_do_nothing_by_themselves(session, tmp_path, shown):
    files = tmp_path / "a_origin.md", tmp_path / "a.md"
    files[0].write_text("One; two.\n\nThree.\n", "utf-8")
    files[1].write_text("一；二。\n\n三。\n", "utf-8")
    session.open_project(tmp_path / "b.amts", create=True)
    session.import_paths(files, "en", "zh")
    room = shown(ChaptersRoom(session))
    offered = []
    session.read_otherwise.connect(offered.append)
    session.set_options(Options(columns=80))
    assert offered.pop() == []
    session.set_options(Options(semicolon=True))
    (chapter,) = offered.pop()
    assert cells(room.table, 0)[2] == "2 / 2"
    assert cells(room.table, 0)[-1] == "read with other options"
    tip = room.table.model().index(0, 7).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.endswith("Read it again to use the project's options of now.")
    session.read_again([chapter])
    assert cells(room.table, 0)[2] == "2 / 3"
    assert "options" not in cells(room.table, 0)[-1]
    session.set_options(Options())
    assert len(offered.pop()) == 1


def test_damage_in_a_file_stays_in_sight(session, tmp_path, shown):
    session.open_project(tmp_path / "b.amts", create=True)
    source = read_document("a_origin.md", b"One.\n\n```\nx\n", "en")
    session.project.chapters.add("a", source, read_document("a.md", "一。\n".encode(), "zh"))
    session.project.chapters.add("b", *(read_document("b.md", b"Uno.\n", code) for code in ("en", "es")))
    room = shown(ChaptersRoom(session))
    note = "a_origin.md: what begins in line 3 is not closed (```)."
    state = room.table.model().index(0, 7)
    assert state.data() == "damaged in places"
    assert note in state.data(Qt.ItemDataRole.ToolTipRole)
    assert not state.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert room.table.model().index(1, 7).data(Qt.ItemDataRole.DecorationRole) is None
    assert (room._damage.isVisible(), room._damage.text()) == (True, note)
    room.table.choose_row(1)
    assert not room._damage.isVisible()
