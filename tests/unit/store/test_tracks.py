"""Tracks against a plain list; edits against a disk that fills and a process that is killed."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amts_desk.core.alignment import Bead, BeadState, Sentence
from amts_desk.core.errors import DeskError, SpliceError
from amts_desk.core.review import Decision, DecisionState
from amts_desk.core.splice import Splice
from amts_desk.core.terms import Term
from amts_desk.steps.read.files import read_document
from amts_desk.store.project import Project

beads = st.lists(
    st.builds(Bead, state=st.sampled_from(BeadState), confidence=st.floats(0, 1), note=st.sampled_from("ab")),
    max_size=4,
)


def add_chapter(project):
    return project.chapters.add("a", read_document("a.md", b"One.", "en"), read_document("b.md", b"Uno.", "es"))


def replayed(project, track):
    """Return the rows that the journal makes of nothing, up to its position."""
    rows = []
    position = project._database.value("SELECT position FROM track WHERE id = ?", (track.id,))
    for number in range(1, position + 1):
        project.tracks._step(track, number).splice.apply(rows)
    return rows


@settings(max_examples=40)
@given(st.data())
def test_a_track_is_a_list_that_can_be_undone(tmp_path_factory, data):
    with Project.open(tmp_path_factory.mktemp("p") / "p.amts", create=True) as project:
        track = project.tracks.alignment(add_chapter(project))
        history, at = [[]], 0
        for _ in range(data.draw(st.integers(1, 8))):
            match data.draw(st.sampled_from(["splice", "splice", "undo", "redo", "go"])):
                case "splice":
                    rows = list(history[at])
                    start = data.draw(st.integers(0, len(rows)))
                    end = data.draw(st.integers(start, len(rows)))
                    splice = Splice(start, tuple(rows[start:end]), tuple(data.draw(beads)))
                    splice.apply(rows)
                    project.tracks.splice(track, splice, f"step {at + 1}")
                    history, at = [*history[: at + 1], rows], at + 1
                case "undo":
                    step = project.tracks.undo(track)
                    assert (step is None) is (at == 0)
                    at = max(at - 1, 0)
                case "redo":
                    step = project.tracks.redo(track)
                    assert (step is None) is (at == len(history) - 1)
                    at = min(at + 1, len(history) - 1)
                case "go":
                    wanted = data.draw(st.integers(0, len(history) - 1))
                    rows = list(history[at])
                    for step in project.tracks.go_to(track, wanted):
                        step.splice.apply(rows)
                    at = wanted
                    assert rows == history[at]
            entries = project.tracks.history(track)
            assert [(entry.number, entry.is_done) for entry in entries] == [
                (number, number <= at) for number in range(1, len(history))
            ]
            assert project.tracks.rows(track) == history[at] == replayed(project, track)
            names = [f"step {n}" if 0 < n < len(history) else "" for n in (at, at + 1)]
            assert project.tracks.labels(track) == tuple(names)


def test_rows_are_found_by_their_number_whoever_wrote_before(project):
    track = project.tracks.alignment(add_chapter(project))
    rows = [Bead(note=f"{number}") for number in range(6)]
    project.tracks.splice(track, Splice(0, (), tuple(rows)), "Align")
    with Project.join(project.path) as other:
        splice = Splice(1, tuple(rows[1:3]), ())
        other.tracks.splice(track, splice, "Elsewhere")
        splice.apply(rows)
    splice = Splice(2, (rows[2],), (Bead(note="new"), Bead(note="newer")))
    project.tracks.splice(track, splice, "Here")
    splice.apply(rows)
    assert project.tracks.rows(track) == rows


def test_what_was_rolled_back_is_not_taken_for_known(project):
    track = project.tracks.alignment(add_chapter(project))
    rows = [Bead(note=f"{number}") for number in range(4)]
    project.tracks.splice(track, Splice(0, (), tuple(rows)), "Align")

    def break_off():
        with project.transaction():
            project.tracks.splice(track, Splice(0, tuple(rows[:1]), ()), "Undone by the disk")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    project.tracks.splice(track, Splice(3, (rows[3],), (Bead(note="last"),)), "Last")
    assert [row.note for row in project.tracks.rows(track)] == ["0", "1", "2", "last"]


@pytest.fixture
def project(tmp_path):
    with Project.open(tmp_path / "p.amts", create=True) as opened:
        yield opened


def test_a_row_in_hand_and_the_row_on_disk_are_one(project):
    """An aligner's confidence has as many digits as it likes; the next edit must still find its row."""
    track = project.tracks.alignment(add_chapter(project))
    row = Bead((Sentence(0, 0, "One."),), confidence=1 / 3)
    project.tracks.splice(track, Splice(0, (), (row,)), "Align")
    project.tracks.splice(track, Splice(0, (row,), ()), "Delete")
    assert project.tracks.rows(track) == []


@pytest.mark.parametrize("start", [-2, -1, 3, 9])
def test_a_splice_outside_the_rows_is_refused(project, start):
    track = project.tracks.alignment(add_chapter(project))
    rows = [Bead(note="a"), Bead(note="b")]
    project.tracks.splice(track, Splice(0, (), tuple(rows)), "Align")
    with pytest.raises(SpliceError):
        project.tracks.splice(track, Splice(start, (), (Bead(),)), "Beyond")
    assert project.tracks.rows(track) == rows
    assert project.tracks.labels(track) == ("Align", "")


def test_a_track_that_begins_has_no_step_to_undo(project):
    track = project.tracks.review(add_chapter(project), "en-es")
    rows = (Decision(0, "One."), Decision(1, "Two."))
    project.tracks.begin(track, rows)
    assert project.tracks.labels(track) == ("", "")
    assert project.tracks.undo(track) is None
    assert project.tracks.rows(track) == list(rows)
    with pytest.raises(SpliceError):
        project.tracks.begin(track, rows)


def test_each_direction_has_a_review_of_its_own(project):
    chapter = add_chapter(project)
    there, back = project.tracks.review(chapter, "en-es"), project.tracks.review(chapter, "es-en")
    project.tracks.splice(there, Splice(0, (), (Decision(0, "One.", "Uno.", DecisionState.EDITED),)), "Type")
    assert [row.text for row in project.tracks.rows(there)] == ["Uno."]
    assert project.tracks.rows(back) == project.tracks.rows(project.tracks.alignment(chapter)) == []
    assert project.tracks.review(chapter, "en-es") == there


def fill(folder):
    """Leave not a single page free on the disk of a folder."""
    with (folder / "filler").open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 4096)
    assert shutil.disk_usage(folder).free == 0


def edit_without_end(project, track, confirmed):
    for number in range(10_000):
        row = Bead(note=f"{number} " + "x" * 2000)
        project.tracks.splice(track, Splice(number, (), (row,)), "Insert")
        confirmed.append(row)


def test_a_disk_that_fills_loses_no_confirmed_edit(small_disk):
    path = small_disk / "p.amts"
    confirmed = []
    with Project.open(path, create=True) as project:
        track = project.tracks.alignment(add_chapter(project))
        with pytest.raises(DeskError, match=r"The disk is full: the last change to p\.amts could not be saved"):
            edit_without_end(project, track, confirmed)
        assert len(confirmed) > 20
        assert project.tracks.rows(track) == confirmed == replayed(project, track)
        with pytest.raises(DeskError, match="The disk is full"):
            project.tracks.splice(track, Splice(0, (), (Bead(note="y" * 200_000),)), "Insert")
        fill(small_disk)
    subprocess.run(["mount", "-o", "remount,size=4m", str(small_disk)], check=True)
    with Project.open(path) as project:
        assert project.tracks.rows(track) == confirmed == replayed(project, track)
        project.tracks.splice(track, Splice(0, (), (Bead(note="room again"),)), "Insert")
        assert project._database.value("PRAGMA integrity_check") == "ok"


def test_a_project_that_cannot_say_goodbye_is_closed_all_the_same(tmp_path):
    path = tmp_path / "p.amts"
    project = Project.open(path, create=True)
    project._database.execute("PRAGMA query_only = ON")
    with pytest.raises(DeskError, match="cannot be opened for writing"):
        project.close()
    Project.open(path).close()


_WRITER = """
import itertools, sys
from pathlib import Path
from amts_desk.core.alignment import Bead
from amts_desk.core.splice import Splice
from amts_desk.core.terms import Term
from amts_desk.store.project import Project
project = Project.open(Path(sys.argv[1]))
track = project.tracks.alignment(project.chapters.all()[0])
rows = project.tracks.rows(track)
for number in itertools.count():
    start = number * 7919 % (len(rows) + 1)
    splice = Splice(start, tuple(rows[start : start + number % 3]), (Bead(note=f"{number}"), Bead(note="twin")))
    project.tracks.splice(track, splice, f"{number}")
    splice.apply(rows)
    print(number, flush=True)
    if number % 5 == 4:
        project.tracks.undo(track).splice.apply(rows)
"""


def killed_after(path, numbers):
    """Let a process edit until it has told `numbers` edits, kill it, and return the last number it has told."""
    root = str(Path(__file__).resolve().parents[3])
    command = [sys.executable, "-c", _WRITER, str(path)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": root})
    try:
        told = [child.stdout.readline() for _ in range(numbers)]
    finally:
        child.send_signal(signal.SIGKILL)
    told += child.stdout.readlines()
    child.stdout.close()
    child.wait()
    return int([line for line in told if line.endswith(b"\n")][-1])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_no_edit_that_was_told_is_lost_when_the_process_is_killed(tmp_path):
    path = tmp_path / "p.amts"
    with Project.open(path, create=True) as project:
        track = project.tracks.alignment(add_chapter(project))
    for _ in range(10):
        last = killed_after(path, random.randint(1, 60))
        with Project.open(path) as project:
            rows = project.tracks.rows(track)
            assert rows == replayed(project, track)
            labels = [label for (label,) in project._database.all("SELECT label FROM splice ORDER BY number")]
            undone_at_once = last % 5 == 4 or (last + 1) % 5 == 4
            assert {str(n) for n in range(last + 1) if n % 5 != 4} <= set(labels)
            assert str(last) in labels or undone_at_once
            assert project._database.value("PRAGMA integrity_check") == "ok"
            project._database.execute("DELETE FROM splice")
            project._database.execute("DELETE FROM row")
            project._database.execute("UPDATE track SET position = 0")


def test_the_terms_are_a_track_of_the_whole_project(project):
    """They belong to no chapter, keep their history, and stay when a chapter goes."""
    track = project.tracks.terms()
    term = Term("en", "zh", "batch", "批量")
    project.tracks.splice(track, Splice(0, (), (term,)), "Add")
    chapter = add_chapter(project)
    project.tracks.splice(project.tracks.alignment(chapter), Splice(0, (), (Bead(),)), "Align")
    assert project.tracks.terms() == track
    project._database.execute("DELETE FROM chapter")
    assert project._database.value("SELECT count(*) FROM track") == 1
    assert project.tracks.rows(track) == [term]
    project.tracks.undo(track)
    assert project.tracks.labels(track) == ("", "Add")
    with Project.join(project.path) as other:
        assert other.tracks.terms() == track
