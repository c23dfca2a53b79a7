"""Chapters, Parallel data and Compare, one at a time."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from amts_desk.core.amazon import Connection, ImportMessage, ParallelDataVersion
from amts_desk.core.errors import DeskError
from amts_desk.core.options import Options
from amts_desk.core.pairs import Pair
from amts_desk.steps.parallel_data.rules import MAXIMUM_BYTES
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
    assert pairs_room.preview.table.model().rowCount() == 5
    assert cells(pairs_room.preview.table, 1) == [
        "A pair has two sides.", "一对有两边。", "21", "18", "pairs", "2", "will be sent",
    ]  # fmt: skip


def test_a_changed_choice_forgets_the_check(pairs_room):
    pairs_room.check()
    pairs_room.filters.confidence.setValue(0.5)
    assert not pairs_room.push_button.isEnabled()
    assert pairs_room.preview.table.model().rowCount() == 0
    pairs_room.check()
    fates = [cells(pairs_room.preview.table, row)[-1] for row in range(5)]
    assert fates == ["will be sent"] * 3 + ["the confidence is under 50%"] * 2


def test_changed_beads_forget_the_check_before_anything_is_sent(pairs_room, session, monkeypatch):
    sent = []
    monkeypatch.setattr(session.amazon, "push", lambda *a: sent.append(a))
    pairs_room.check()
    session.amazon.parallel_data_changed.emit()
    assert pairs_room.push_button.isEnabled(), "what is pushed meanwhile is no change of the beads"
    retype(session, session.chapter_rows()[0].chapter, "另一句。")
    pairs_room.push()
    assert sent == []
    assert not pairs_room.push_button.isEnabled()
    assert pairs_room._summary.text() == "Beads have changed since the pairs were checked. Check them again."
    pairs_room.check()
    pairs_room.push()
    assert len(sent) == 1


def test_a_name_that_a_person_wrote_stays_for_its_direction(pairs_room):
    usual = pairs_room.name.text()
    pairs_room.name.setText("mine")
    pairs_room.filters.confidence.setValue(0.5)
    assert pairs_room.name.text() == "mine"
    pairs_room.unit.setCurrentIndex(1)
    assert pairs_room.name.text() == usual.replace("sentence", "paragraph")


def test_the_preview_is_filtered_searched_and_sorted(pairs_room):
    pairs_room.filters.confidence.setValue(0.5)
    pairs_room.check()
    preview = pairs_room.preview
    preview.fates.setCurrentText("Will not be sent")
    assert [cells(preview.table, row)[0] for row in range(preview.model.rowCount())] == [
        "Every pair counts.",
        "Confirm it.",
    ]
    preview.fates.setCurrentText("All pairs")
    preview.search.setText("PAIR")
    assert preview.model.rowCount() == 5, "the chapter's name holds it"
    preview.search.setText("很短")
    assert [cells(preview.table, 0)[0], preview.model.rowCount()] == ["It is short.", 1]
    preview.search.clear()
    preview.table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    sizes = [int(cells(preview.table, row)[2]) for row in range(5)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == 21
    preview.table.choose_row(0)
    assert preview.detail.isVisible()
    assert preview.detail.text() == "Bead 2 of pairs, 21 and 18 bytes: will be sent"
    preview.table.sortByColumn(6, Qt.SortOrder.DescendingOrder)
    assert "confidence" in cells(preview.table, 0)[-1]


def test_among_very_many_pairs_enter_searches(pairs_room, qtbot, monkeypatch):
    pairs_room.check()
    preview = pairs_room.preview
    monkeypatch.setattr("amts_desk.ui.widgets.pair_preview._MANY", 4)
    preview.search.setText("很短")
    assert preview.model.rowCount() == 5
    qtbot.keyClick(preview.search, Qt.Key.Key_Return)
    assert preview.model.rowCount() == 1
    preview.search.clear()
    assert preview.model.rowCount() == 5


def test_a_pair_leads_back_to_its_bead(pairs_room, session, qtbot):
    pairs_room.check()
    wanted = []
    pairs_room.bead_wanted.connect(lambda *place: wanted.append(place))
    pairs_room.preview.table.choose_row(3)
    qtbot.keyClick(pairs_room.preview.table, Qt.Key.Key_Return)
    assert wanted == [(session.chapter_rows()[0].chapter.id, 3)]


def test_the_file_can_be_csv_and_its_rules_are_told(session, tmp_path, shown, monkeypatch):
    chapter = make_project(session, tmp_path)
    retype(session, chapter, "- 很短")
    room = shown(ParallelDataRoom(session))
    room.kind.setCurrentText("CSV")
    room.check()
    assert cells(room.preview.table, 0)[-1] == "Amazon would skip it: the target begins with -, which CSV may not"
    asked = []
    path = str(tmp_path / "pairs.csv")
    monkeypatch.setattr(
        "amts_desk.ui.rooms.parallel_data.QFileDialog.getSaveFileName", lambda *a: asked.append(a[2:]) or (path, "")
    )
    room.save()
    assert asked[0][1] == "CSV (*.csv)"
    assert (tmp_path / "pairs.csv").read_text("utf-8").splitlines()[:2] == [
        "en,zh",
        "A pair has two sides.,一对有两边。",
    ]


def retype(session, chapter, text):
    """Give the target of the first bead another text."""
    from dataclasses import replace

    from amts_desk.core.splice import Splice

    track = session.project.tracks.alignment(chapter)
    bead = session.project.tracks.rows(track)[0]
    other = replace(bead, target=(replace(bead.target[0], text=text),))
    session.project.tracks.splice(track, Splice(0, (bead,), (other,)), "Retype")


def test_what_amazon_would_skip_is_said_with_the_reason(session, tmp_path, shown):
    retype(session, make_project(session, tmp_path), "很" * MAXIMUM_BYTES)
    room = shown(ParallelDataRoom(session))
    room.check()
    reasons = [cells(room.preview.table, row)[-1] for row in range(5)]
    assert "3000" in reasons[0].replace(",", "")
    assert reasons[1:] == ["will be sent"] * 4


def test_nothing_leaves_for_aws_without_the_question(pairs_room, session, monkeypatch):
    asked, pushed = [], []
    session.set_connection(Connection(bucket="b", profile="p", is_offline=False))
    monkeypatch.setattr("amts_desk.ui.rooms.parallel_data.confirm_leaving", lambda *a: asked.append(a[:3]) or False)
    monkeypatch.setattr(session.amazon, "push", lambda *a: pushed.append(a))
    pairs_room.check()
    pairs_room.push()
    assert not pushed
    connection, what, button = asked[0]
    assert (connection.profile, button) == ("p", "Push 5 pairs")
    assert "5 pairs" in what


def add_version(session, number, pairs, **more):
    """Write a version down with its pairs."""
    version = ParallelDataVersion(
        "d2l", number, "sentence", "en", "zh", f"t{number}", "s3://b/k", str(number), len(pairs), **more
    )
    return session.project.runs.add_version(version, session.project.pairs.add(pairs))


def test_versions_show_their_state(pairs_room, session):
    made = {"made_at": "2026-01-02T10:00:00+00:00", "made_by": "li"}
    both = {"service_status": "ACTIVE", "attempt_status": "FAILED", "skipped_there": 2}
    add_version(session, 1, [], status="FAILED", message="bad", **made, **both)
    session.amazon.parallel_data_changed.emit()
    row = cells(pairs_room.versions.table, 0)
    assert row[:5] == ["d2l", "1", "sentence", "en → zh", "0"]
    assert row[5].endswith("· li")
    assert row[6] == "✗ failed · bad · in use: ACTIVE, last update: FAILED · passed over by Amazon: 2"


def test_two_versions_are_compared(pairs_room, session):
    add_version(session, 1, [Pair("a", "1", "pairs", 0), Pair("b", "2", "pairs", 1), Pair("c", "3", "pairs", 2)])
    add_version(session, 2, [Pair("a", "1", "pairs", 0), Pair("b", "4", "pairs", 1), Pair("d", "5", "pairs", 4)])
    session.amazon.parallel_data_changed.emit()
    pages = pairs_room.versions
    assert not pages.compare_button.isEnabled()
    pages.table.choose_row(0)
    pages.compare()
    found = [(change.sign, change.pair.source, change.pair.target, change.before) for change in pages.changes.rows]
    assert found == [("~ changed", "b", "4", "2"), ("+ added", "d", "5", ""), ("− removed", "c", "3", "")]
    assert pages.tabText(1) == "Differences: +1 −1 ~1"
    assert pages.currentIndex() == 1
    pages.table.choose_row(1)
    assert not pages.compare_button.isEnabled(), "there is none before the first"


def test_amazons_messages_stand_against_the_pairs(pairs_room, session):
    version = add_version(session, 1, [Pair("a", "1", "pairs", 3), Pair("b", "2", "pairs", 4)])
    said = [ImportMessage(2, "Number 2 TU element", "too long"), ImportMessage(0, "File", "odd")]
    session.project.pairs.keep_messages(version.number, said)
    session.amazon.parallel_data_changed.emit()
    pages = pairs_room.versions
    pages.table.choose_row(0)
    pages.show_messages()
    assert [(s.message.message, s.pair.source if s.pair else "") for s in pages.messages.rows] == [
        ("too long", "b"), ("odd", ""),
    ]  # fmt: skip
    wanted = []
    pairs_room.bead_wanted.connect(lambda *place: wanted.append(place))
    for row in (0, 1):
        pages._on_message(pages.messages.index(row, 0))
    assert wanted == [(session.chapter_rows()[0].chapter.id, 4)]


def test_where_amazon_said_nothing_that_is_told(pairs_room, session):
    noted = []
    session.noted.connect(noted.append)
    add_version(session, 1, [Pair("a", "1", "pairs", 3)])
    session.amazon.parallel_data_changed.emit()
    pairs_room.versions.table.choose_row(0)
    pairs_room.versions.show_messages()
    assert noted == ["Amazon has said nothing of single records of “d2l”, version 1."]


def test_what_others_made_stands_apart(pairs_room, session):
    from amts_desk.core.amazon import ParallelDataAnswer, ParallelDataStatus
    from amts_desk.flows.versions import Listing

    ours, others = (ParallelDataAnswer(name, ParallelDataStatus.ACTIVE, imported=3, in_use="ACTIVE") for name in "ab")
    session.amazon.parallel_data_listed.emit(Listing((ours,), (others,)))
    pages = pairs_room.versions
    assert [(held.answer.name, held.is_ours) for held in pages.held.rows] == [("a", True), ("b", False)]


def test_deleting_at_aws_is_asked_about(pairs_room, session, monkeypatch):
    asked, deleted = [], []
    add_version(session, 1, [], status="ACTIVE")
    session.set_connection(Connection(bucket="b", profile="p", is_offline=False))
    session.amazon.parallel_data_changed.emit()
    monkeypatch.setattr("amts_desk.ui.widgets.version_pages.confirm_leaving", lambda *a: asked.append(a[2]) or True)
    monkeypatch.setattr(session.amazon, "delete_parallel_data", deleted.append)
    pairs_room.versions.table.choose_row(0)
    pairs_room.versions.delete()
    assert (asked, deleted) == (["Delete d2l"], ["d2l"])


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


def test_the_focus_is_on_the_first_step_of_an_empty_room_and_then_on_its_table(session, tmp_path, shown):
    room = shown(ChaptersRoom(session))
    room.take_focus()
    assert room.window().focusWidget().text() == "Open the sample book"
    make_project(session, tmp_path)
    room.refresh()
    assert room.window().focusWidget() is room.table
