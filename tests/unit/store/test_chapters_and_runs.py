"""Chapters with their documents, and what went out to Amazon and came back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amts_desk.core import edits
from amts_desk.core.alignment import Bead, BeadState, Sentence
from amts_desk.core.amazon import JobStatus, ParallelDataVersion, Run
from amts_desk.core.errors import DeskError
from amts_desk.core.options import Options, Rules
from amts_desk.core.review import Decision, DecisionState
from amts_desk.core.splice import Splice
from amts_desk.steps.read.files import read_document
from amts_desk.store.project import Project
from tests.unit.steps.read.markdown_pieces import chapters

RUN = Run("key", "n", "none", "en", "zh", "token", "s3://b/in/", "s3://b/out/", (1,))
VERSION = ParallelDataVersion("d2l", 1, "sentence", "en", "zh", "t1", "s3://b/d.tmx", "00", 3)


def read(text, language="en"):
    return read_document("a.md", text.encode(), language)


@pytest.fixture
def project(tmp_path):
    with Project.open(tmp_path / "p.amts", create=True) as opened:
        yield opened


@settings(max_examples=15)
@given(chapters().filter(lambda chapter: chapter[1]))
def test_every_document_comes_back_as_it_was_read(tmp_path_factory, chapter):
    with Project.open(tmp_path_factory.mktemp("p") / "p.amts", create=True) as project:
        document = read_document("a.md", b"\xef\xbb\xbf" + chapter[0].encode(), "zh")
        assert project.chapters.document(project.chapters.add_document(document)) == document


def test_chapters_are_found_by_name_and_direction(project):
    there = project.chapters.add("a", read("One."), read("一。", "zh"))
    other = project.chapters.add("a", read("One."), read("Uno.", "es"))
    assert (there.direction, other.direction) == ("en-zh", "en-es")
    assert project.chapters.find("a", "en", "es") == other
    assert project.chapters.find("a", "es", "en") is None
    assert project.chapters.named("a") == there
    assert project.chapters.get(other.id) == other
    with pytest.raises(DeskError, match="no chapter number 99"):
        project.chapters.get(99)


def test_a_row_counts_what_a_chapter_has(project):
    chapter = project.chapters.add("a", read("One. Two. Three."), read("一。二。", "zh"))
    beads = [Bead((Sentence(i, 0, "s"),)) for i in range(3)]
    track = project.tracks.alignment(chapter)
    project.tracks.splice(track, Splice(0, (), tuple(beads)), "Align")
    project.tracks.splice(track, edits.confirm(beads, [0, 1]), "Confirm")
    project.tracks.splice(track, Splice(3, (), (Bead(state=BeadState.REVIEW),)), "Read again")
    decisions = (Decision(0, "One.", "一。", DecisionState.CONFIRMED), Decision(1, "Two."))
    project.tracks.splice(project.tracks.review(chapter, "en-zh"), Splice(0, (), decisions), "Review")
    run = project.runs.add_run(RUN)
    project.runs.store_output(run, {chapter.id: ("sha", {0: "一", 1: "二"})})
    project.tracks.splice(track, edits.drop(project.tracks.rows(track), [2]), "Drop")
    (row,) = project.chapters.rows()
    assert row.chapter == chapter
    assert row.sentences == (3, 2)
    assert (row.beads, row.confirmed, row.dropped, row.settled, row.to_review) == (4, 2, 1, 3, 1)
    assert (row.reviewed, row.runs) == (1, 1)


def test_removing_a_chapter_takes_everything_of_it_and_nothing_else(project):
    gone = project.chapters.add("gone", read("One."), read("一。", "zh"))
    kept = project.chapters.add("kept", read("One."), read("一。", "zh"))
    run = project.runs.add_run(RUN)
    project.runs.store_output(run, {gone.id: ("sha", {0: "一"}), kept.id: ("sha", {0: "一"})})
    for chapter in (gone, kept):
        project.tracks.splice(project.tracks.alignment(chapter), Splice(0, (), (Bead(),)), "Align")
    project.chapters.remove(gone.id)
    assert project.chapters.all() == [kept]
    assert project.runs.output(run.number, gone.id) == {}
    assert project.runs.output(run.number, kept.id) == {0: "一"}
    assert project._database.value("SELECT count(*) FROM row") == 1
    assert project._database.value("SELECT count(*) FROM splice") == 1


def test_a_run_is_kept_as_it_was_last_seen(project):
    run = project.runs.add_run(RUN)
    seen = Run(**{**_fields(run), "job_id": "j", "status": JobStatus.FAILED, "message": "No role."})
    project.runs.update_run(seen)
    assert project.runs.runs() == [seen] == [project.runs.run(run.number)]
    assert project.runs.run_with_key("key") == seen
    assert project.runs.run_with_key("other") is None
    with pytest.raises(DeskError, match="no run 99"):
        project.runs.run(99)


def test_output_stored_again_replaces_the_old(project):
    chapter = project.chapters.add("a", read("One."), read("一。", "zh"))
    run = project.runs.add_run(RUN)
    project.runs.store_output(run, {chapter.id: ("old", {0: "一", 1: "二"})})
    fetched = project.runs.store_output(run, {chapter.id: ("new", {0: "壹"})})
    assert fetched.is_fetched
    assert project.runs.output(run.number, chapter.id) == {0: "壹"}
    assert project.runs.source_of_output(run.number, chapter.id) == "new"
    assert project.runs.source_of_output(run.number, 99) == ""


def test_the_latest_version_of_parallel_data_is_found_by_name(project):
    first = project.runs.add_version(VERSION)
    second = project.runs.add_version(ParallelDataVersion(**{**_fields(VERSION), "version": 2, "token": "t2"}))
    other = project.runs.add_version(ParallelDataVersion(**{**_fields(VERSION), "name": "x", "token": "t3"}))
    assert project.runs.versions() == [first, second, other]
    assert project.runs.latest_version("d2l") == second
    assert project.runs.latest_version("nothing") is None
    active = ParallelDataVersion(**{**_fields(second), "status": "ACTIVE", "imported": 3, "chapters": ("a", "b")})
    project.runs.update_version(active)
    assert project.runs.latest_version("d2l") == active


def test_a_second_click_gets_the_version_that_the_first_wrote_down(project):
    first = project.runs.add_version(VERSION)
    twin = ParallelDataVersion(**{**_fields(VERSION), "token": "t2"})
    assert project.runs.add_version(twin) == first
    other_pairs = ParallelDataVersion(**{**_fields(twin), "sha256": "another"})
    assert project.runs.add_version(other_pairs).version == first.version + 1
    assert len(project.runs.versions()) == 2


def _fields(record):
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


settled = st.sampled_from(JobStatus)


@given(settled)
def test_a_job_has_output_only_when_it_has_ended(status):
    assert status.has_ended or not status.has_output


def test_what_was_damaged_and_how_it_was_read_is_kept(project):
    rules = Rules(semicolon=True, comments=True)
    source = read_document("a.md", b"One.\n\n```\nx # why\n", "en", rules)
    target = read_document("b.md", "一；\n\n$$x\n\n二。\n".encode(), "zh", rules)
    chapter = project.chapters.add("a", source, target)
    assert project.chapters.documents(chapter) == (source, target)
    assert (source.rules, target.rules) == (Rules(comments=True), rules)
    (row,) = project.chapters.rows()
    assert row.notes == (
        "a.md: what begins in line 3 is not closed (```).",
        "b.md: what begins in line 3 is not closed ($$).",
    )
    assert row.is_read_by(rules)
    assert not row.is_read_by(Rules(comments=True))


def test_the_options_of_a_project_are_kept_and_checked(project):
    assert project.options == Options()
    project.set_options(Options(columns=80))
    with pytest.raises(DeskError, match="Lines of 3 columns"):
        project.set_options(Options(columns=3))
    assert project.options == Options(columns=80)
