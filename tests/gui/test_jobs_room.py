"""The Jobs room: what would be started, the question before it, and the runs with what they brought back."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from amts_desk.core.amazon import (
    Connection,
    JobStatus,
    ParallelDataAnswer,
    ParallelDataStatus,
    ParallelDataVersion,
    RunProblem,
)
from amts_desk.core.checks import Check, Verdict
from amts_desk.core.terminology import Terminology
from amts_desk.flows.estimating import Estimate
from amts_desk.flows.preflight import Ready
from amts_desk.flows.previewing import Preview, Previewed
from amts_desk.steps.read.files import read_document
from amts_desk.ui.rooms.jobs import JobsRoom
from tests.gui.samples import ENGLISH, add_run, make_project

DATA = ParallelDataVersion("d2l", 1, "sentence", "en", "zh", "t", "s3://b/k", "00", 5, status="ACTIVE")
AWS = Connection(bucket="books", profile="p", account="123456789012", is_offline=False)
FINE = Check("Documents", Verdict.OK, "1 to upload.")


def cells(table, row):
    return [table.model().index(row, column).data() for column in range(table.model().columnCount())]


@pytest.fixture
def started(session, monkeypatch):
    """Let every order pass its checks, and return the list of those that are started."""
    orders = []

    def ready(wanted):
        session.amazon.jobs_ready.emit(Ready(tuple(wanted), (), (FINE,), Estimate(len(wanted), 90, Decimal("1.2"))))

    monkeypatch.setattr(session.amazon, "make_ready", ready)
    monkeypatch.setattr(session.amazon, "start_runs", orders.extend)
    return orders


@pytest.fixture
def room(session, tmp_path, shown):
    """A room with one chapter that is ticked and parallel data for it."""
    chapter = make_project(session, tmp_path)
    session.project.runs.add_version(DATA)
    made = shown(JobsRoom(session), (1112, 620))
    made.picker.tick({chapter.id})
    return made


def add_spanish(session):
    source = read_document("pairs_origin.md", ENGLISH.encode(), "en")
    found = session.project.chapters.add("pairs", source, read_document("pares.md", b"Uno.\n", "es"))
    session.chapters_changed.emit()
    return found


def test_nothing_starts_without_ticked_chapters(session, tmp_path, shown):
    make_project(session, tmp_path)
    made = shown(JobsRoom(session))
    assert not made.start_button.isEnabled()
    assert made.choices.orders() == []


def test_a_job_for_each_arm_starts_after_the_question(room, started):
    room.start()
    assert started == []
    room.asking.start_button.click()
    assert [(order.arm, order.parallel_data, order.target_languages) for order in started] == [
        ("none", "", ("zh",)),
        ("sentence", "d2l", ("zh",)),
    ]
    assert room.asking is None


def test_without_agreement_nothing_starts(room, started):
    room.start()
    room.asking.cancel_button.click()
    assert (started, room.asking) == ([], None)


def test_offline_the_question_says_that_it_is_free_and_practice(room, started):
    room.start()
    assert room.asking.start_button.text() == "Start 2 jobs, free"
    assert "only for practice" in room.asking._cost()
    assert room.asking.focusWidget() is room.asking.start_button


def test_for_aws_the_button_names_the_consequence(room, session, started, monkeypatch):
    monkeypatch.setattr(type(session), "connection", AWS)
    room.start()
    asking = room.asking
    assert asking.start_button.text() == "Start 2 jobs, about $1.20"
    assert asking._where() == "This goes to AWS: account 123456789012, Region us-west-2, bucket books."
    assert "prices of 20" in asking._cost()
    assert asking.focusWidget() is asking.cancel_button
    assert asking.checks.item(0).text() == "✓ fine · Documents: 1 to upload."


def test_a_problem_keeps_the_button_dead(room, session):
    problem = Check("Parallel data d2l", Verdict.PROBLEM, "It is not there.", "Push it first.")
    orders = tuple(room.choices.orders())
    session.amazon.jobs_ready.emit(Ready(orders, (), (problem, FINE), Estimate(2, 9, Decimal(0))))
    assert not room.asking.start_button.isEnabled()
    assert room.asking.start_button.text() == "Problems to solve first: 1"
    room.asking.reject()


def test_several_languages_are_one_job_and_data_goes_only_where_it_has_words(room, session, started):
    assert not room.choices.languages.isVisible()
    spanish = add_spanish(session)
    assert room.choices.languages.isVisible()
    room.choices.languages.item(0).setCheckState(Qt.CheckState.Checked)
    none, sentence = room.choices.orders()
    assert (none.target_languages, len(none.chapters)) == (("zh", "es"), 2)
    assert none.chapters_into("es") == (spanish,)
    assert sentence.target_languages == ("zh",)
    assert room.picker.count() == 1, "a chapter is offered once, however many languages it goes into"


def test_terminology_and_manners_go_with_every_order(room):
    room.choices.terminology.setEditText("Terms")
    room.choices.formality.setCurrentIndex(1)
    room.choices.masking.setChecked(True)
    none, sentence = room.choices.orders()
    assert (none.arm, sentence.arm) == ("none+terminology", "sentence+terminology")
    assert (none.terminology, none.formality, none.masks_profanity) == ("Terms", "FORMAL", True)


def test_what_the_account_has_is_offered_too(room, session):
    theirs = {"SourceLanguageCode": "en", "TargetLanguageCodes": ["zh", "es"]}
    other = {"SourceLanguageCode": "zh", "TargetLanguageCodes": ["en"]}
    answers = [
        ParallelDataAnswer(name, ParallelDataStatus.ACTIVE, answer=answer)
        for name, answer in (("d2l", theirs), ("shared", theirs), ("backwards", other))
    ]
    session.amazon.offers_found.emit((answers, ["Terms", "More"]))
    shown = [room.arms.item(i).text() for i in range(room.arms.count())]
    assert shown == ["no parallel data", "sentence pairs: d2l", "shared (of the account)"]
    assert [arm.name for arm in room.choices.ticked_arms()] == ["", "d2l"], "nothing of others is ticked unasked"
    assert [room.choices.terminology.itemText(i) for i in range(2)] == ["More", "Terms"]
    assert room.choices.terminology.currentText() == ""


def test_runs_say_what_they_are_and_how_they_stand(room, session):
    run = add_run(session, session.chapter_rows()[0].chapter)
    session.project.runs.update_run(replace(run, documents=3, translated=2))
    session.amazon.runs_changed.emit()
    row = cells(room.table, 0)
    assert row[:5] == ["1", "en → zh", "no parallel data", "2 / 3", "practice"]
    assert row[-1] == "✓ done · fetched"
    room.table.choose_row(0)
    assert not room.stop_button.isEnabled()
    assert room.fetch_button.isEnabled()


def test_the_details_show_damage_first(room, session):
    chapter, other = session.chapter_rows()[0].chapter, add_spanish(session)
    run = add_run(session, chapter)
    run = replace(run, chapters=(chapter.id, other.id))
    source, _ = session.project.chapters.documents(chapter)
    problems = [RunProblem(other.id, 2, "the code “`f`” is missing.")]
    session.project.runs.store_output(run, {chapter.id: (source.edition, {0: "句对"})}, problems)
    session.amazon.runs_changed.emit()
    room.table.choose_row(0)
    assert cells(room.detail.documents, 0) == ["pairs", "2", "✗ the code “`f`” is missing."]
    assert cells(room.detail.documents, 1) == ["pairs", "", "whole, blocks: 1"]


def test_a_selected_run_stays_selected_when_a_newer_one_comes(room, session):
    chapter = session.chapter_rows()[0].chapter
    first = add_run(session, chapter)
    room.table.choose_row(0)
    add_run(session, chapter, "sentence")
    assert room.chosen_run().number == first.number
    assert room.table.chosen_rows() == [1]


def test_runs_are_found_by_state_and_words(room, session):
    chapter = session.chapter_rows()[0].chapter
    add_run(session, chapter)
    running = replace(add_run(session, chapter, "sentence"), status=JobStatus.IN_PROGRESS, is_fetched=False)
    session.project.runs.update_run(replace(running, message="Be patient."))
    session.amazon.runs_changed.emit()
    for show, found in ((0, ["2", "1"]), (1, ["2"]), (2, ["1"]), (3, ["2"])):
        room.filter.setCurrentIndex(show)
        assert [cells(room.table, row)[0] for row in range(room.table.model().rowCount())] == found
    room.filter.setCurrentIndex(0)
    room.words.setText("EN-ZH patient")
    assert [cells(room.table, row)[0] for row in range(room.table.model().rowCount())] == ["2"]
    room.words.setText("nothing like it")
    assert room.table.model().rowCount() == 0
    assert not room.again_button.isEnabled()


def test_a_running_job_is_stopped_once_for_all_its_languages(room, session, monkeypatch):
    chapter = session.chapter_rows()[0].chapter
    running = replace(add_run(session, chapter), status=JobStatus.IN_PROGRESS, is_fetched=False)
    session.project.runs.update_run(running)
    twin = replace(running, key="k2", target_language="es", number=0)
    session.project.runs.add_run(twin)
    session.amazon.runs_changed.emit()
    stopped = []
    monkeypatch.setattr(session.amazon, "stop_run", stopped.append)
    room.table.selectAll()
    room.stop()
    assert [run.job_id for run in stopped] == [running.job_id]


def test_enter_on_a_run_opens_its_chapter_in_review(room, session, qtbot):
    add_run(session, session.chapter_rows()[0].chapter)
    wanted = []
    room.room_wanted.connect(wanted.append)
    room.table.choose_row(0)
    qtbot.keyClick(room.table, Qt.Key.Key_Return)
    assert wanted == ["review"]
    assert (session.chapter.name, session.review_direction) == ("pairs", "en-zh")


def test_a_preview_shows_the_first_sentences(room, session, monkeypatch):
    asked = []
    monkeypatch.setattr(session.amazon, "preview", lambda *a: asked.append(a))
    room.preview()
    chapter = session.chapter_rows()[0].chapter
    assert asked == [(chapter, ("en", "zh"))]
    sentences = (Previewed("Pairs", "句对"), Previewed("It is `f`.", "是。", "the code is missing"))
    session.amazon.previewed.emit(Preview(chapter, "en", "zh", sentences))
    assert cells(room.detail.preview, 0) == ["Pairs", "句对", "–"]
    assert cells(room.detail.preview, 1)[-1] == "the code is missing"
    assert room.detail.currentIndex() == 1
    assert "Noto Sans CJK SC" in room.detail.preview.font().families(), "Chinese in Chinese glyphs"


def test_out_of_sight_the_room_catches_up_when_it_is_seen_again(room, session):
    room.hide()
    add_run(session, session.chapter_rows()[0].chapter)
    assert room.table.model().rowCount() == 0
    room.show()
    assert room.table.model().rowCount() == 1


def test_jobs_lead_to_the_terms_and_offer_what_was_sent(room, session):
    wanted = []
    room.terms_wanted.connect(lambda: wanted.append(1))
    room.choices.terms_button.click()
    assert wanted == [1]
    room.choices.terminology.setEditText("Mine")
    session.terms.listed.emit([Terminology("Terms", "en", ("zh",))])
    assert room.choices.terminology.itemText(0) == "Terms"
    assert room.choices.terminology.currentText() == "Mine", "what is written stays"


def test_a_run_that_was_never_sent_is_sent_not_repeated(room, session):
    run = add_run(session, session.chapter_rows()[0].chapter)
    for status, words in ((JobStatus.SENT, "Send it…"), (JobStatus.COMPLETED, "Run again…")):
        session.project.runs.update_run(replace(run, status=status))
        session.amazon.runs_changed.emit()
        room.table.choose_row(0)
        assert room.again_button.text() == words
