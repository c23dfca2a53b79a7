"""The project file: kept, shared and refused."""

import json
import multiprocessing
import os
import signal
import sqlite3
from pathlib import Path

import pytest

from amts_desk.core import edits
from amts_desk.core.alignment import Bead, Sentence
from amts_desk.core.amazon import Connection, JobStatus, ParallelDataVersion, Run
from amts_desk.core.errors import DeskError, SpliceError
from amts_desk.core.splice import Splice
from amts_desk.steps.read.files import read_document
from amts_desk.store.project import Project
from amts_desk.store.schema import VERSION
from amts_desk.store.tracks import Editions

ENGLISH = "# Title\n\nOne. Two. Three.\n\nFour.\n"
CHINESE = "# 标题\n\n一。二。三。\n\n四。\n"


def documents(source=ENGLISH, target=CHINESE):
    return read_document("a_origin.md", source.encode(), "en"), read_document("a.md", target.encode(), "zh")


def beads(count=5):
    return tuple(Bead((Sentence(i, 0, f"s{i}"),), (Sentence(i, 0, f"t{i}"),)) for i in range(count))


@pytest.fixture
def project(tmp_path):
    with Project.open(tmp_path / "book.amts", create=True) as opened:
        yield opened


@pytest.fixture
def track(project):
    chapter = project.chapters.add("a", *documents())
    track = project.tracks.alignment(chapter)
    project.tracks.splice(track, Splice(0, (), beads()), "Align")
    return track


def test_documents_come_back_as_they_were_read(project):
    source, target = documents()
    chapter = project.chapters.add("a", source, target)
    assert project.chapters.documents(chapter) == (source, target)
    assert project.chapters.all() == [chapter] == [project.chapters.named("a")]
    with pytest.raises(DeskError, match="no chapter “b”"):
        project.chapters.named("b")


def test_every_edit_survives_and_can_be_undone_after_reopening(tmp_path):
    path = tmp_path / "book.amts"
    with Project.open(path, create=True) as project:
        track = project.tracks.alignment(project.chapters.add("a", *documents()))
        project.tracks.splice(track, Splice(0, (), beads()), "Align")
        project.tracks.splice(track, edits.merge(beads(), 1, 2), "Merge")
    with Project.open(path) as project:
        assert [b.shape for b in project.tracks.rows(track)] == ["1-1", "2-2", "1-1", "1-1"]
        assert project.tracks.labels(track) == ("Merge", "")
        assert project.tracks.undo(track).label == "Merge"
        assert tuple(project.tracks.rows(track)) == beads()
        assert project.tracks.labels(track) == ("Align", "Merge")
        assert project.tracks.redo(track).label == "Merge"
        assert len(project.tracks.rows(track)) == 4


def test_an_edit_after_an_undo_forgets_what_was_undone(project, track):
    project.tracks.splice(track, edits.merge(beads(), 0, 1), "Merge")
    project.tracks.undo(track)
    project.tracks.splice(track, edits.confirm(beads(), [3]), "Confirm")
    assert project.tracks.labels(track) == ("Confirm", "")
    assert project.tracks.redo(track) is None


def test_a_splice_for_other_rows_changes_nothing(project, track):
    wrong = Splice(2, (Bead(note="elsewhere"),), ())
    with pytest.raises(SpliceError):
        project.tracks.splice(track, wrong, "Wrong")
    with pytest.raises(SpliceError):
        project.tracks.splice(track, Splice(99, (), beads(1)), "Beyond the end")
    assert tuple(project.tracks.rows(track)) == beads()
    assert project.tracks.labels(track) == ("Align", "")


def test_rows_find_room_however_often_one_place_is_split(project, track):
    expected = list(beads())
    for number in range(60):
        splice = Splice(2, (), (Bead(note=f"n{number}"),))
        splice.apply(expected)
        project.tracks.splice(track, splice, "Insert")
    assert project.tracks.rows(track) == expected


def test_undoing_a_rereading_brings_the_old_documents_back(project, track):
    chapter = project.chapters.named("a")
    newer = documents(source=ENGLISH.replace("Four", "Five"))
    ids = tuple(project.chapters.add_document(document) for document in newer)
    before = chapter.source_id, chapter.target_id
    project.tracks.splice(track, edits.confirm(beads(), [0]), "Read again", Editions(before, ids))
    assert project.chapters.documents(project.chapters.named("a"))[0].text == newer[0].text
    project.tracks.undo(track)
    assert project.chapters.documents(project.chapters.named("a"))[0].text == ENGLISH


def test_runs_and_versions_are_written_down_once(project):
    run = Run("key", "n", "none", "en", "zh", "token", "s3://b/in/", "s3://b/out/", (1, 2))
    first = project.runs.add_run(run)
    assert project.runs.add_run(run) == first
    done = project.runs.runs()[0]
    assert done == first
    assert done.status is JobStatus.PLANNED
    version = ParallelDataVersion("d2l", 1, "sentence", "en", "zh", "t", "s3://b/d.tmx", "00", 3, chapters=("a",))
    assert project.runs.add_version(version) == project.runs.latest_version("d2l")


def test_output_is_stored_whole_or_not_at_all(project):
    chapter = project.chapters.add("a", *documents())
    run = project.runs.add_run(Run("key", "n", "none", "en", "zh", "token", "i", "o", (chapter.id,)))
    with pytest.raises(sqlite3.IntegrityError):
        project.runs.store_output(run, {chapter.id: ("sha", {0: "题"}), 99: ("sha", {0: "无"})})
    assert project.runs.output(run.number, chapter.id) == {}
    assert not project.runs.run(run.number).is_fetched
    project.runs.store_output(run, {chapter.id: ("sha", {0: "题", 1: "正文"})})
    assert project.runs.output(run.number, chapter.id) == {0: "题", 1: "正文"}
    assert project.runs.source_of_output(run.number, chapter.id) == "sha"


def test_no_key_is_ever_stored(project):
    project.set_connection(Connection(bucket="b", endpoint_url="http://127.0.0.1:1", keys=("AKIA", "secret")))
    assert project.connection == Connection(bucket="b")
    assert "secret" not in project.path.read_bytes().decode("latin-1")


def _hold(path, ready, release):
    with Project.open(path):
        ready.set()
        release.wait(20)


def test_the_second_window_is_told_who_holds_the_project(tmp_path):
    path = tmp_path / "book.amts"
    Project.open(path, create=True).close()
    context = multiprocessing.get_context("spawn")
    ready, release = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(path, ready, release))
    other.start()
    assert ready.wait(20)
    with pytest.raises(DeskError, match=f"already open: .*process {other.pid}"):
        Project.open(path)
    os.kill(other.pid, signal.SIGKILL)
    other.join()
    with Project.open(path) as project:
        assert project.path == path


def test_a_project_of_a_newer_program_is_refused(tmp_path):
    path = tmp_path / "book.amts"
    Project.open(path, create=True).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    with pytest.raises(DeskError, match="newer AMTS Desk"):
        Project.open(path)


@pytest.mark.parametrize("foreign", ["sqlite", "text"])
def test_another_programs_file_is_refused_and_left_alone(tmp_path, foreign):
    path = tmp_path / "other.amts"
    if foreign == "sqlite":
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE notes (body TEXT)")
        connection.close()
    else:
        path.write_text("Not a database at all, only some words. " * 50)
    before = path.read_bytes()
    with pytest.raises(DeskError, match="not an AMTS Desk project"):
        Project.open(path)
    assert path.read_bytes() == before


def test_a_missing_project_and_an_unwritable_folder_are_said_so():
    with pytest.raises(DeskError, match="There is no project"):
        Project.open(Path("/nowhere/book.amts"))
    with pytest.raises(DeskError, match="cannot be opened"):
        Project.open(Path("/proc/book.amts"), create=True)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps an open file in its place")
@pytest.mark.parametrize("fate", ["deleted", "replaced"])
def test_an_edit_is_refused_when_the_file_was_taken_away(project, track, fate):
    project.path.unlink()
    if fate == "replaced":
        project.path.write_bytes(b"")
    with pytest.raises(DeskError, match=r"book\.amts was moved, deleted or replaced"):
        project.tracks.splice(track, edits.confirm(beads(), [0]), "Confirm")
    assert not any(bead.is_confirmed for bead in project.tracks.rows(track))


def test_a_worker_makes_no_new_file_where_the_project_was(tmp_path):
    with pytest.raises(DeskError, match="moved, deleted or replaced"), Project.join(tmp_path / "gone.amts"):
        pytest.fail("joined nothing")
    assert list(tmp_path.iterdir()) == []


def test_rows_are_readable_json(project, track):
    (data,) = project._database.execute("SELECT data FROM row LIMIT 1").fetchone()
    assert Bead.from_json(json.loads(data)) == beads()[0]
