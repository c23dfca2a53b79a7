"""The session: what comes back late goes nowhere it does not belong."""

import pytest

from amts_desk.core import edits, review
from amts_desk.core.amazon import Connection
from amts_desk.core.errors import Cancelled, DeskError, SpliceError
from amts_desk.core.splice import Splice
from amts_desk.desk.session import Session
from amts_desk.desk.tasks import TaskRunner
from amts_desk.store.tracks import Step
from tests.gui.samples import make_project


class Later(TaskRunner):
    """A task runner whose tasks are done when the test says so."""

    def __init__(self):
        super().__init__()
        self.waiting = []

    def start(self, work, on_success, on_failure, title=""):
        """Keep the callbacks."""
        self.waiting.append((title, on_success, on_failure))

    def finish(self, title, result):
        """Bring a result, or an error, to the oldest task of that title."""
        found = next(entry for entry in self.waiting if entry[0].startswith(title))
        self.waiting.remove(found)
        found[2 if isinstance(result, BaseException) else 1](result)


@pytest.fixture
def late(tmp_path, qapp):
    session = Session(Later(), practice_folder=tmp_path / "practice")
    yield session
    session.close_project()


def heard(signal):
    """Return the list of what a signal says from now on."""
    said = []
    signal.connect(lambda *values: said.append(values))
    return said


def test_what_comes_back_for_another_project_is_not_told(late, tmp_path):
    make_project(late, tmp_path, name="first")
    late.import_paths([tmp_path])
    late.amazon.look_now()
    make_project(late, tmp_path, name="second")
    said = [heard(signal) for signal in (late.imported, late.failed, late.noted, late.crashed)]
    late.runner.finish("Reading chapters", None)
    late.runner.finish("Asking Amazon", Cancelled())
    assert said == [[], [], [], []]


def test_an_error_is_told_even_when_its_project_is_closed(late, tmp_path):
    make_project(late, tmp_path)
    late.import_paths([tmp_path])
    late.close_project()
    failed = heard(late.failed)
    late.runner.finish("Reading chapters", DeskError("The disk is full."))
    assert str(failed[0][0]) == "The disk is full."


def test_a_new_project_asks_though_the_old_one_never_heard(late, tmp_path):
    make_project(late, tmp_path, name="first")
    late.amazon.look_now()
    make_project(late, tmp_path, name="second")
    late.amazon.look_now()
    assert [title for title, *_ in late.runner.waiting].count("Asking Amazon") == 2


def test_only_the_newest_look_beside_is_shown(late, tmp_path):
    chapter = make_project(late, tmp_path)
    late.open_chapter(chapter.id)
    found = heard(late.beside_found)
    late.find_beside(None)
    late.find_beside(None)
    late.runner.finish("Looking what", "old")
    late.runner.finish("Looking what", "new")
    assert found == [("new",)]


def test_an_account_never_reaches_offline_practice(late, tmp_path):
    make_project(late, tmp_path)
    late.set_connection(Connection(bucket="b", profile="p", is_offline=False))
    late.set_connection(Connection())

    class Identity:
        account = "123456789012"

    late.runner.finish("Asking AWS", Identity())
    assert late.connection == Connection()


def track_of(session, chapter):
    return session.project.tracks.alignment(chapter)


def test_beads_aligned_again_become_one_step_wherever_the_person_is_by_then(late, tmp_path):
    chapter = make_project(late, tmp_path)
    late.open_chapter(chapter.id)
    splice = edits.merge(late.alignment.rows, 1, 2)
    late.realign(range(1, 3))
    late.runner.finish("Aligning beads", splice)
    assert len(late.alignment.rows) == 4
    assert late.alignment.labels()[0] == "Align selected beads again"
    late.alignment.undo()
    late.realign(range(1, 3))
    late.chapter = None
    late.runner.finish("Aligning beads", splice)
    assert len(late.project.tracks.rows(track_of(late, chapter))) == 4


def test_beads_that_were_changed_meanwhile_are_left_alone(late, tmp_path):
    late.open_chapter(make_project(late, tmp_path).id)
    failed, noted = heard(late.failed), heard(late.noted)
    late.realign(range(1, 3))
    splice = edits.merge(late.alignment.rows, 1, 2)
    late.alignment.edit(edits.confirm(late.alignment.rows, [1]), "Confirm")
    late.runner.finish("Aligning beads", splice)
    assert "have changed" in str(failed[0][0])
    late.realign(range(1, 3))
    late.runner.finish("Aligning beads", Splice(0, (), ()))
    assert "nothing is different" in noted[0][0]
    assert len(late.alignment.rows) == 5


@pytest.mark.parametrize("all_of_it", [True, False])
def test_what_a_person_typed_is_not_aligned_away(session, tmp_path, all_of_it):
    chapter = make_project(session, tmp_path)
    session.open_chapter(chapter.id)
    session.alignment.edit(edits.retype(session.alignment.rows, 2, ["It is brief."], ["它很短。"]), "Type")
    if all_of_it:
        session.align([chapter])
    else:
        session.realign(range(1, 4))
    assert "It is brief." in [s.text for bead in session.alignment.rows for s in bead.source]


def test_going_far_in_the_history_shows_the_rows_once(session, tmp_path):
    session.open_chapter(make_project(session, tmp_path).id)
    editor = session.alignment
    first = list(editor.rows)
    for number in range(30):
        editor.edit(edits.bookmark(editor.rows, [0], marked=number % 2 == 0), f"step {number}")
    spliced, loaded = heard(editor.spliced), heard(editor.loaded)
    editor.go_to(1)
    assert (len(spliced), len(loaded)) == (0, 1)
    assert editor.rows == first
    assert [entry.is_done for entry in editor.history()] == [True] + [False] * 30
    editor.go_to(4)
    assert len(spliced) == 3
    assert editor.rows == session.project.tracks.rows(track_of(session, session.chapter))


def test_the_counts_of_a_chapter_are_those_on_disk_after_every_edit(session, tmp_path):
    session.open_chapter(make_project(session, tmp_path).id)
    editor = session.alignment

    def agree():
        assert session.chapter_rows() == session.project.chapters.rows()

    agree()
    for make in (
        lambda: edits.confirm(editor.rows, [0, 1, 2]),
        lambda: edits.drop(editor.rows, [1]),
        lambda: edits.merge(editor.rows, 2, 3),
        lambda: edits.need_review(editor.rows, [0], "why"),
    ):
        editor.edit(make(), "Edit")
        agree()
    session.review.edit(review.confirm(session.review.rows, 0, "句对"), "Confirm")
    agree()
    for _ in range(4):
        editor.undo()
        agree()
    for number in range(30):
        editor.edit(edits.confirm(editor.rows, [0], confirmed=number % 2 == 0), "Edit")
    editor.go_to(1)
    agree()


def test_an_edit_of_very_many_beads_is_written_in_the_background(late, tmp_path, monkeypatch):
    monkeypatch.setattr("amts_desk.desk.session.MANY", 4)
    late.open_chapter(make_project(late, tmp_path).id)
    editor = late.alignment
    before, splice = list(editor.rows), edits.confirm_all_above(editor.rows, 4)
    late.edit_beads(splice, "Confirm all above")
    assert editor.rows == before, "nothing waits for it"
    track = track_of(late, late.chapter)
    late.project.tracks.splice(track, splice, "Confirm all above")
    late.runner.finish("Confirm all above", Step("Confirm all above", splice))
    assert all(bead.is_confirmed for bead in editor.rows)
    editor.undo()
    assert editor.rows == before == late.project.tracks.rows(track)


def test_an_edit_made_while_another_was_written_is_not_lost(late, tmp_path, monkeypatch):
    monkeypatch.setattr("amts_desk.desk.session.MANY", 4)
    late.open_chapter(make_project(late, tmp_path).id)
    editor, track = late.alignment, track_of(late, late.chapter)
    splice = edits.confirm_all_above(editor.rows, 3)
    late.edit_beads(splice, "Confirm all above")
    late.project.tracks.splice(track, splice, "Confirm all above")
    editor.edit(edits.bookmark(editor.rows, [4]), "Bookmark")
    late.runner.finish("Confirm all above", Step("Confirm all above", splice))
    assert [bead.is_confirmed for bead in editor.rows] == [True] * 4 + [False]
    assert editor.rows == late.project.tracks.rows(track)
    editor.go_to(0)
    assert editor.rows == []


def test_a_large_edit_is_written_by_the_work_itself(session, tmp_path, monkeypatch):
    monkeypatch.setattr("amts_desk.desk.session.MANY", 4)
    session.open_chapter(make_project(session, tmp_path).id)
    session.edit_beads(edits.confirm_all_above(session.alignment.rows, 4), "Confirm all above")
    assert all(bead.is_confirmed for bead in session.alignment.rows)
    assert session.alignment.labels() == ("Confirm all above", "")
    assert session.chapter_rows()[0].confirmed == 5


def test_while_very_many_beads_are_written_nothing_else_is(late, tmp_path, monkeypatch):
    monkeypatch.setattr("amts_desk.desk.session.MANY", 4)
    late.open_chapter(make_project(late, tmp_path).id)
    splice = edits.confirm_all_above(late.alignment.rows, 4)
    late.edit_beads(splice, "Confirm all above")
    for refused in (late.undo_beads, lambda: late.edit_beads(edits.bookmark(late.alignment.rows, [4]), "Bookmark")):
        with pytest.raises(SpliceError, match="still being written"):
            refused()
    late.project.tracks.splice(track_of(late, late.chapter), splice, "Confirm all above")
    late.runner.finish("Confirm all above", Step("Confirm all above", splice))
    late.edit_beads(edits.bookmark(late.alignment.rows, [4]), "Bookmark")
    assert late.alignment.rows[4].is_bookmarked


def test_very_many_beads_are_undone_and_redone_by_the_work(session, tmp_path, monkeypatch):
    monkeypatch.setattr("amts_desk.desk.session.MANY", 4)
    monkeypatch.setattr("amts_desk.desk.editor._LARGE", 100)
    session.open_chapter(make_project(session, tmp_path).id)
    editor, said = session.alignment, []
    session.noted.connect(said.append)
    before = list(editor.rows)
    session.edit_many(lambda rows: edits.confirm(rows, range(5)), "Confirm")
    assert all(bead.is_confirmed for bead in editor.rows)
    after = list(editor.rows)
    session.undo_beads()
    assert editor.rows == before == session.project.tracks.rows(track_of(session, session.chapter))
    assert editor.rows[0].source is after[0].source, "what is equal is the same"
    session.redo_beads()
    assert editor.rows == after == session.project.tracks.rows(track_of(session, session.chapter))
    session.redo_beads()
    session.edit_many(lambda rows: edits.confirm(rows, range(5)), "Confirm")
    assert said == ["These beads are already confirmed, or dropped."]
    session.undo_beads()
    session.undo_beads()
    assert editor.rows == []


def test_going_far_back_over_very_many_beads_is_done_by_the_work_in_one_step(session, tmp_path, monkeypatch):
    session.open_chapter(make_project(session, tmp_path).id)
    editor = session.alignment
    before = list(editor.rows)
    for rows in ([0, 1], [2], [3, 4]):
        session.edit_beads(edits.confirm(editor.rows, rows), "Confirm")
    session.edit_beads(edits.merge(editor.rows, 1, 3), "Merge")
    after = list(editor.rows)
    spliced, titles = heard(editor.spliced), []
    session.runner.task_started.connect(lambda task: titles.append(task.title))
    monkeypatch.setattr("amts_desk.desk.editor._LARGE", 100)
    session.go_to_step(1)
    assert editor.rows == before == session.project.tracks.rows(track_of(session, session.chapter))
    session.go_to_step(5)
    assert editor.rows == after == session.project.tracks.rows(track_of(session, session.chapter))
    assert len(spliced) == 2
    assert titles == ["Undo", "Redo"]
