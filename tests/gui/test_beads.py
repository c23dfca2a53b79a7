"""The table of beads follows every splice, watched by Qt's own model tester."""

import inspect

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from amts_desk.core import edits
from amts_desk.core.alignment import Bead, BeadState, Sentence
from amts_desk.core.errors import SpliceError
from amts_desk.core.search import Query
from amts_desk.core.splice import Splice
from amts_desk.desk.editor import TrackEditor
from amts_desk.store.project import Project
from amts_desk.ui.delegates.text import SHOWN_ROLE
from amts_desk.ui.models.beads import CONFIDENCE, SOURCE, STATE, TARGET, BeadTable
from amts_desk.ui.models.columns import BeadColumns
from amts_desk.ui.models.haystack import Haystacks

OPERATIONS = {
    "merge": lambda rows, row: edits.merge(rows, row, row + 1),
    "merge_rows": lambda rows, row: edits.merge_rows(rows, [row, row + 1]),
    "merge everything": lambda rows, row: edits.merge(rows, 0, len(rows) - 1),
    "split": lambda rows, row: edits.split(rows, row, *edits.middle(rows[row])),
    "split_at": lambda rows, row: edits.split_at(rows, row, (0, 1), (0, 1)),
    "move up": lambda rows, row: edits.move(rows, row, "target", down=False),
    "move down": lambda rows, row: edits.move(rows, row, "source", down=True),
    "move both": lambda rows, row: edits.move(rows, row, "both", down=True),
    "shift down": lambda rows, row: edits.shift(rows, row, len(rows) - 1, "target", down=True),
    "shift up": lambda rows, row: edits.shift(rows, row, len(rows) - 1, "source", down=False),
    "swap": lambda rows, row: edits.swap(rows, row, "target"),
    "swap source": lambda rows, row: edits.swap(rows, row, "source"),
    "insert_empty": lambda rows, row: edits.insert_empty(row),
    "retype": lambda rows, row: edits.retype(rows, row, *_typed(rows[row])),
    "retype_all": lambda rows, row: edits.retype_all(rows, [(i, *_typed(rows[i])) for i in {row, 0}]),
    "as_imported": lambda rows, row: edits.as_imported(rows, [row, len(rows) - 1]),
    "confirm": lambda rows, row: edits.confirm(rows, [row]),
    "confirm no more": lambda rows, row: edits.confirm(rows, [row], confirmed=False),
    "confirm_all": lambda rows, row: edits.confirm_all(rows, [row, 0]),
    "confirm_all_above": lambda rows, row: edits.confirm_all_above(rows, row),
    "drop": lambda rows, row: edits.drop(rows, [row, len(rows) - 1]),
    "drop no more": lambda rows, row: edits.drop(rows, [row], dropped=False),
    "tie": lambda rows, row: edits.tie(rows, row, min(row + 2, len(rows) - 1)),
    "pin": lambda rows, row: edits.pin(rows, [row]),
    "bookmark": lambda rows, row: edits.bookmark(rows, [row]),
    "need_review": lambda rows, row: edits.need_review(rows, [row], "Why?"),
}
"""Every edit there is: the first word of each name is the function's."""
KINDS = tuple(OPERATIONS)


def _typed(bead):
    return [s.text + "x" for s in bead.source], [s.text + "y" for s in bead.target]


def make(rows, kind, row):
    return OPERATIONS[kind](rows, row)


def test_no_edit_is_left_out_here():
    there = {
        name
        for name, function in vars(edits).items()
        if inspect.isfunction(function)
        and not name.startswith("_")
        and "Splice" in str(function.__annotations__.get("return"))
    }
    assert there == {name.split()[0] for name in OPERATIONS}


@pytest.mark.parametrize("kind", KINDS)
def test_each_edit_runs_through_the_model_at_every_row(qapp, editor, kind):
    """Qt's own tester watches each edit, and each being undone and done again, plain and sorted and filtered."""
    mark = np.array([True, False, True, True, False, True])
    done = 0
    for row in range(6):
        editor.edit(edits.merge(editor.rows, 3, 4), "Merge")
        editor.edit(edits.drop(editor.rows, [1]), "Drop")
        editor.edit(edits.confirm(editor.rows, [2]), "Confirm")
        editor.edit(edits.retype(editor.rows, 0, *_typed(editor.rows[0])), "Type")
        try:
            splice = make(editor.rows, kind, row % len(editor.rows))
        except SpliceError:
            editor.go_to(1)
            continue
        models = [BeadTable(editor) for _ in range(3)]
        testers = [
            QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal) for model in models
        ]
        models[1].sort(CONFIDENCE)
        models[2].show_only(mark[: len(editor.rows)])
        editor.edit(splice, kind)
        after = list(editor.rows)
        for step in (editor.undo, editor.redo):
            step()
            for model in models:
                agrees(model, editor)
        assert editor.rows == after
        done += 1
        del testers
        for model in models:
            model.deleteLater()
        editor.go_to(1)
    assert done, "the edit is possible somewhere"


@pytest.fixture
def editor(tmp_path):
    from amts_desk.steps.read.files import read_document
    from tests.gui.samples import ENGLISH

    with Project.open(tmp_path / "b.amts", create=True) as project:
        document = read_document("a.md", ENGLISH.encode(), "en")
        track = project.tracks.alignment(project.chapters.add("a", document, document))
        beads = tuple(
            Bead((Sentence(i, 0, f"s{i}"),), (Sentence(i, 0, f"t{i}"),), confidence=0.1 * (i * 5 % 7)) for i in range(6)
        )
        project.tracks.splice(track, Splice(0, (), beads), "Align")
        made = TrackEditor()
        made.open(project, track)
        yield made


@given(steps=st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 20)), max_size=8))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_model_follows_every_edit_and_its_undoing(qapp, editor, steps):
    model = BeadTable(editor)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    states = [list(editor.rows)]
    for kind, at in steps:
        try:
            splice = make(editor.rows, kind, at % len(editor.rows))
        except SpliceError:
            continue
        editor.edit(splice, kind)
        states.append(list(editor.rows))
        assert [model.rows[i] for i in range(model.rowCount())] == editor.rows
    for expected in reversed(states[:-1]):
        editor.undo()
        assert [model.rows[i] for i in range(model.rowCount())] == expected == editor.rows
    for expected in states[1:]:
        editor.redo()
        assert editor.rows == expected
    for _ in states[1:]:
        editor.undo()
    del tester


VIEWS = ("sort up", "sort down", "sort by state", "chapter", "some", "everything", "search")


def view(model, kind, data):
    """Sort, filter or search."""
    up, down = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
    {
        "sort up": lambda: model.sort(CONFIDENCE, up),
        "sort down": lambda: model.sort(CONFIDENCE, down),
        "sort by state": lambda: model.sort(STATE, down),
        "chapter": lambda: model.sort(-1, up),
        "some": lambda: model.show_only(np.array([data.draw(st.booleans()) for _ in model.rows], np.bool_)),
        "everything": lambda: model.show_only(None),
        "search": lambda: model.search(Query(data.draw(st.sampled_from(["s", "1", "t3", ""])))),
    }[kind]()


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_sorted_filtered_and_searched_the_model_still_follows(qapp, editor, data):
    editor.go_to(1)
    model = BeadTable(editor)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    done = 0
    for _ in range(data.draw(st.integers(1, 10))):
        kind = data.draw(st.sampled_from([*KINDS, *KINDS, *VIEWS, "undo"]))
        if kind in VIEWS:
            view(model, kind, data)
        elif kind == "undo" and done:
            editor.undo()
            done -= 1
        elif kind in KINDS:
            try:
                splice = make(editor.rows, kind, data.draw(st.integers(0, len(editor.rows) - 1)))
            except SpliceError:
                continue
            was_shown = {id(model.rows[number]) for number in model.order}
            editor.edit(splice, kind)
            done += 1
            if all(id(bead) in was_shown for bead in splice.old):
                rows = range(splice.start, splice.start + len(splice.new))
                assert all(model.place(row) >= 0 for row in rows), "what was edited stays in sight"
        agrees(model, editor)
    for _ in range(done):
        editor.undo()
        agrees(model, editor)
    del tester


def agrees(model, editor):
    """Check that the model shows beads of the editor, each at most once, with its number; and finds what there is."""
    assert model.rows == editor.rows
    shown = list(model.order)
    assert len(set(shown)) == len(shown)
    assert all(0 <= number < len(editor.rows) for number in shown)
    if not model.is_filtered:
        assert len(shown) == len(editor.rows)
    for row, number in enumerate(shown):
        assert model.headerData(row, Qt.Orientation.Vertical) == str(number + 1)
        assert model.index(row, SOURCE).data() == model.text(editor.rows[number], SOURCE)
        assert model.place(number) == row
    fresh = BeadColumns(editor.rows)
    assert list(model.columns.confidence) == list(fresh.confidence)
    assert list(model.columns.state) == list(fresh.state)
    assert list(model.columns.uneven) == list(fresh.uneven)
    if model.query is not None:
        assert list(model.hits) == [model.query.matches(bead) for bead in editor.rows]


ALPHABET = "aAiIİısSſßẞkKKéÉΣςσ字·. "


@given(
    st.lists(st.tuples(*[st.lists(st.text(ALPHABET, max_size=6), max_size=2)] * 2), max_size=6),
    st.text(ALPHABET, min_size=1, max_size=2) | st.sampled_from(["a.", "i+ı?", "[sk]s", "éK?", ".é", "字.", "a|k"]),
    st.sampled_from(["source", "target", "both"]),
    st.booleans(),
    st.booleans(),
)
def test_searching_at_once_finds_what_searching_one_by_one_finds(sides, text, where, is_cased, is_pattern):
    beads = [Bead(*(tuple(Sentence(i, 0, t) for i, t in enumerate(side)) for side in pair)) for pair in sides]
    query = Query(text, where, is_pattern, is_cased)
    assert list(Haystacks(beads).matching(query)) == [query.matches(bead) for bead in beads]


def test_the_columns_know_the_queue_and_what_stands_out(qapp):
    one = Sentence(0, 0, "a")
    beads = [
        Bead((one,), (one,), confidence=0.5),
        Bead((one, one), (one,), confidence=0.2),
        Bead((one,), (one,), BeadState.CONFIRMED, 0.1),
        Bead((one,), (one,), BeadState.REVIEW, 0.3, is_bookmarked=True),
        Bead((one,), (), BeadState.DROPPED, 0.0),
        Bead((one,), (one,), confidence=0.99),
    ]
    columns = BeadColumns(beads)
    assert list(columns.queue(np.arange(6))) == [1, 3, 0]
    assert list(columns.queue(np.array([5, 0, 1]))) == [1, 0]
    assert list(columns.uneven) == [False, True, False, False, True, False]
    assert list(columns.bookmarked) == [False, False, False, True, False, False]
    assert (columns.outlook().beads, round(columns.outlook().errors, 2)) == (4, 2.01)


def test_numbers_stay_when_some_beads_are_shown(qapp, editor):
    model = BeadTable(editor)
    model.search(Query("t", state=BeadState.AUTOMATIC))
    model.show_only(np.array([False, True, False, True, True, False]))
    assert [model.headerData(row, Qt.Orientation.Vertical) for row in range(3)] == ["2", "4", "5"]
    assert (model.rowCount(), model.place(0), model.place(4)) == (3, -1, 2)
    editor.edit(edits.merge(editor.rows, 2, 3), "Merge")
    assert [model.headerData(row, Qt.Orientation.Vertical) for row in range(model.rowCount())] == ["2", "4"]


def test_what_was_found_is_marked_and_what_was_dropped_is_struck(qapp, editor):
    model = BeadTable(editor)
    editor.edit(edits.merge(editor.rows, 0, 1), "Merge")
    editor.edit(edits.drop(editor.rows, [0]), "Drop")
    model.search(Query("1", "source"))
    marks = model.index(0, SOURCE).data(SHOWN_ROLE).marks
    text = model.index(0, SOURCE).data(SHOWN_ROLE).text
    assert [(text[start:end], style) for start, end, style in marks] == [
        ("1 ", "number"), ("s0", "dropped"), (" ┊ ", "border"), ("2 ", "number"), ("s1", "dropped"), ("1", "hit"),
    ]  # fmt: skip
    assert not [mark for mark in model.index(0, TARGET).data(SHOWN_ROLE).marks if mark[2] == "hit"]


def test_state_and_marks_are_said(qapp, editor):
    model = BeadTable(editor)
    editor.edit(edits.pin(editor.rows, [0]), "Pin")
    editor.edit(edits.bookmark(editor.rows, [0]), "Bookmark")
    editor.edit(edits.need_review(editor.rows, [0], "Why?"), "Review")
    cell = model.index(0, STATE)
    assert cell.data() == "? needs review"
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Bead 1, state needs review, pinned, bookmarked: Why?; confidence 0 per cent"
    )
    assert cell.data(Qt.ItemDataRole.ToolTipRole) == "needs review, pinned, bookmarked\nWhy?"


def test_a_cell_shows_its_sentences_with_their_border(qapp, editor):
    model = BeadTable(editor)
    editor.edit(edits.merge(editor.rows, 0, 1), "Merge")
    assert model.index(0, SOURCE).data() == "s0 ┊ s1"
    shown = model.index(0, SOURCE).data(SHOWN_ROLE)
    assert [shown.text[a:b] for a, b, style in shown.marks if style == "border"] == [" ┊ "]
    assert (
        model.index(0, TARGET).data(Qt.ItemDataRole.AccessibleTextRole)
        == "Bead 1, target: t0 t1; automatic; confidence 100 per cent"
    )


def test_borders_of_paragraphs_are_seen_in_a_cell_and_between_rows(qapp, editor):
    beads = [Bead((Sentence(i, i // 2, f"s{i}"),), (Sentence(i, 0, f"t{i}"),)) for i in range(4)]
    editor.edit(Splice(0, tuple(editor.rows), tuple(beads)), "Other beads")
    model = BeadTable(editor)
    assert [model.index(row, SOURCE).data(SHOWN_ROLE).is_first for row in range(4)] == [False, False, True, False]
    assert not any(model.index(row, TARGET).data(SHOWN_ROLE).is_first for row in range(4))
    editor.edit(edits.merge(editor.rows, 1, 2), "Merge")
    assert model.index(1, SOURCE).data(SHOWN_ROLE).text == "2 s1 ¶ 3 s2"
    assert not model.index(1, SOURCE).data(SHOWN_ROLE).is_first
    editor.undo()
    model.show_only(np.array([False, False, True, True]))
    assert model.index(0, SOURCE).data(SHOWN_ROLE).is_first


def test_the_confidence_says_why(qapp, editor):
    doubtful = Bead((Sentence(0, 0, "s0"),), (), confidence=0.4, reasons=("nothing on the other side",))
    model = BeadTable(editor)
    editor.edit(Splice(0, tuple(editor.rows[:1]), (doubtful,)), "Doubt")
    assert model.index(0, CONFIDENCE).data() == "40%"
    assert model.index(0, CONFIDENCE).data(Qt.ItemDataRole.ToolTipRole) == "nothing on the other side"


def test_an_expression_that_takes_too_long_is_refused_before_or_given_up(monkeypatch):
    from amts_desk.core.errors import DeskError

    long = [Bead((Sentence(0, 0, "a" * 5_000),), ())]
    with pytest.raises(DeskError, match="5000 characters"):
        Haystacks(long).matching(Query("x*a*y*b*", is_pattern=True))
    assert list(Haystacks(long).matching(Query("b+", is_pattern=True))) == [False]
    assert list(Haystacks(long).matching(Query("a*x*y*b", is_pattern=True))) == [False], "no b, nothing to look at"
    monkeypatch.setattr("amts_desk.ui.models.haystack._PATIENCE", -1.0)
    with pytest.raises(DeskError, match="too long in this chapter"):
        Haystacks(long).matching(Query("[ab]+", is_pattern=True))
