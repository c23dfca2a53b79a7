"""Pairs that are kept for good, drafts that are not, and who changed which bead when."""

import gc
import threading
import weakref
from dataclasses import replace

import pytest

from amts_desk.core import edits
from amts_desk.core.alignment import Bead, Sentence
from amts_desk.core.amazon import ImportMessage, ParallelDataVersion
from amts_desk.core.pairs import Fate, Origin, Pair, Record, Stamp
from amts_desk.core.splice import Splice
from amts_desk.steps.read.files import read_document
from amts_desk.store.drafts import Draft
from amts_desk.store.project import Project

ORIGIN = Origin(("aa", "bb"), ((1, 2), (3,)), "paragraph", 0.5, "confirmed", "2026-01-01", "2026-01-02", "li")
PAIRS = [Pair("a", "1", "c.md", 4, ORIGIN), Pair("b", "“2”\n", "c.md", 5), Pair("a", "1", "d.md")]


@pytest.fixture
def project(tmp_path):
    with Project.open(tmp_path / "book.amts", create=True) as opened:
        yield opened


def version(number):
    return ParallelDataVersion("n", number, "sentence", "en", "zh", f"t{number}", "s3://b/k", str(number), 3)


def test_pairs_come_back_with_their_origin_and_stand_there_once(project):
    first = project.runs.add_version(version(1), project.pairs.add(PAIRS))
    second = project.runs.add_version(version(2), project.pairs.add([*reversed(PAIRS), PAIRS[0]]))
    assert list(project.pairs.of(first.number)) == PAIRS
    assert list(project.pairs.of(second.number)) == [*reversed(PAIRS), PAIRS[0]]
    assert project._database.value("SELECT count(*) FROM pair") == 3
    assert list(project.pairs.of(99)) == []


def test_another_origin_is_another_pair(project):
    other = replace(PAIRS[0], origin=replace(ORIGIN, changed_by="wang"))
    made = project.runs.add_version(version(1), project.pairs.add([PAIRS[0], other]))
    assert [pair.origin.changed_by for pair in project.pairs.of(made.number)] == ["li", "wang"]


def test_messages_stand_against_the_pairs_of_their_version(project):
    made = project.runs.add_version(version(1), project.pairs.add(PAIRS))
    said = [
        ImportMessage(2, "Number 2 TU element", "odd"),
        ImportMessage(9, "Number 9", "?"),
        ImportMessage(0, "File", "x"),
    ]
    project.pairs.keep_messages(made.number, [said[2]])
    project.pairs.keep_messages(made.number, said)
    assert project.pairs.messages(made.number) == [(said[0], PAIRS[1]), (said[1], None), (said[2], None)]


def records():
    return [
        Record(0, PAIRS[0]),
        Record(1, PAIRS[1], Fate.REFUSED, "the target is too long"),
        Record(2, replace(PAIRS[2], origin=replace(ORIGIN, changed_at="2026-03-01"))),
        Record(3, Pair("lone \ud800", "3"), Fate.REFUSED, "half a character"),
    ]


def test_a_draft_gives_back_what_it_was_given():
    draft = Draft()
    draft.fill(records())
    assert [draft.record(number) for number in range(3)] == records()[:3]
    assert draft.record(3).pair.source == "lone ???".replace("???", "\ufffd" * 3)
    assert list(draft.pairs()) == [records()[0].pair, records()[2].pair]
    assert [pair.target for pair in draft.pairs(Fate.REFUSED)] == ["“2”\n", "3"]
    assert (list(draft.sizes[0]), list(draft.sizes[1])) == ([1, 1, 1, 8], [1, 8, 1, 1])
    assert (list(draft.places[0]), list(draft.chapters)) == ([0, 0, 1, 2], ["c.md", "d.md", ""])
    assert draft.newest() == "2026-03-01"


def test_a_record_may_get_another_fate():
    draft = Draft()
    draft.fill(records())
    draft.settle(2, Fate.REPEATED, "comes again", 0)
    assert draft.record(2) == Record(2, records()[2].pair, Fate.REPEATED, "comes again", 0)
    assert draft.counts() == {Fate.SENT: 1, Fate.REFUSED: 2, Fate.REPEATED: 1, Fate.LEFT_OUT: 0, Fate.HELD_OUT: 0}
    assert draft.newest() == "2026-01-02"
    assert draft.reasons() == [("comes again", 1), ("half a character", 1), ("the target is too long", 1)]


@pytest.mark.parametrize(
    ("words", "found"), [("a", [0, 2, 3]), ("“2", [1]), ("D.MD", [2]), ("TOO long", [1]), ("A CHAR", [3]), ("é", [])]
)
def test_a_draft_is_searched_on_both_sides_in_chapters_and_reasons(words, found):
    draft = Draft()
    draft.fill(records())
    draft.settle(1, Fate.REFUSED, "too long")
    assert draft.having(words) == found


def test_a_draft_is_filled_by_one_thread_and_read_by_another():
    draft = Draft()
    thread = threading.Thread(target=draft.fill, args=(records(),))
    thread.start()
    thread.join()
    assert len(list(draft.pairs())) == 2


def test_a_draft_that_nobody_needs_any_more_is_closed():
    draft = Draft()
    connection = draft._connection
    gone = weakref.ref(draft)
    del draft
    gc.collect()
    assert gone() is None
    with pytest.raises(Exception, match="closed"):
        connection.execute("SELECT 1")


# ---- stamps ------------------------------------------------------------------------------------------------------


@pytest.fixture
def track(project):
    documents = (read_document(f"{code}.md", b"x\n", code) for code in ("en", "zh"))
    found = project.tracks.alignment(project.chapters.add("a", *documents))
    beads = tuple(Bead((Sentence(i, 0, f"s{i}"),), (Sentence(i, 0, f"t{i}"),)) for i in range(4))
    project.tracks.splice(found, Splice(0, (), beads), "Align")
    return found


def edit(project, track, author, make):
    project.tracks._author = author
    project.tracks.splice(track, make(project.tracks.rows(track)), "Edit")
    return project.tracks.history(track)[-1].made_at


def test_every_bead_tells_who_changed_it_last_and_when(project, track):
    made = project.tracks.history(track)[0].made_at
    author = project.author
    assert author
    assert project.tracks.stamps(track) == [Stamp(made, made, author)] * 4
    when = edit(project, track, "li", lambda beads: edits.confirm(beads, [1, 3]))
    edit(project, track, "wang", lambda beads: edits.bookmark(beads, [1, 2]))
    stamps = project.tracks.stamps(track)
    assert stamps == [Stamp(made, made, author), Stamp(made, when, "li")] * 2
    merged = edit(project, track, "wang", lambda beads: edits.merge(beads, 0, 1))
    assert project.tracks.stamps(track) == [Stamp(merged, merged, "wang"), *stamps[2:]]
    project.tracks.undo(track)
    assert project.tracks.stamps(track) == stamps
    project.tracks.go_to(track, 0)
    assert project.tracks.stamps(track) == []


def test_rows_that_no_step_made_have_an_empty_stamp(project):
    documents = (read_document(f"{code}.md", b"x\n", code) for code in ("en", "zh"))
    track = project.tracks.alignment(project.chapters.add("a", *documents))
    beads = tuple(Bead((Sentence(i, 0, f"s{i}"),), (Sentence(i, 0, f"t{i}"),)) for i in range(3))
    project.tracks.begin(track, beads)
    when = edit(project, track, "li", lambda rows: edits.confirm(rows, [1]))
    assert project.tracks.stamps(track) == [Stamp(), Stamp(when, when, "li"), Stamp()]
