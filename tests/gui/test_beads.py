"""The table of beads follows every splice, watched by Qt's own model tester."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from amts_desk.core import edits
from amts_desk.core.alignment import Bead, Sentence
from amts_desk.core.errors import SpliceError
from amts_desk.desk.editor import TrackEditor
from amts_desk.store.project import Project
from amts_desk.ui.delegates.text import SHOWN_ROLE
from amts_desk.ui.models.beads import CONFIDENCE, SOURCE, TARGET, BeadTable

KINDS = ("merge", "split", "confirm", "above", "up", "down")


def make(rows, kind, row):
    return {
        "merge": lambda: edits.merge(rows, row, row + 1),
        "split": lambda: edits.split(rows, row, *edits.middle(rows[row])),
        "confirm": lambda: edits.confirm(rows, [row]),
        "above": lambda: edits.confirm_all_above(rows, row),
        "up": lambda: edits.move(rows, row, "target", down=False),
        "down": lambda: edits.move(rows, row, "source", down=True),
    }[kind]()


@pytest.fixture
def editor(tmp_path):
    from amts_desk.core.splice import Splice
    from amts_desk.steps.read.files import read_document
    from tests.gui.samples import ENGLISH

    with Project.open(tmp_path / "b.amts", create=True) as project:
        document = read_document("a.md", ENGLISH.encode(), "en")
        track = project.tracks.alignment(project.chapters.add("a", document, document))
        beads = tuple(Bead((Sentence(i, 0, f"s{i}"),), (Sentence(i, 0, f"t{i}"),)) for i in range(6))
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


def test_a_cell_shows_its_sentences_with_their_border(qapp, editor):
    model = BeadTable(editor)
    editor.edit(edits.merge(editor.rows, 0, 1), "Merge")
    assert model.index(0, SOURCE).data() == "s0 ┊ s1"
    shown = model.index(0, SOURCE).data(SHOWN_ROLE)
    assert [shown.text[a:b] for a, b, style in shown.marks if style == "border"] == [" ┊ "]
    assert model.index(0, TARGET).data(Qt.ItemDataRole.AccessibleTextRole) == "Target: t0 ┊ t1"


def test_the_confidence_says_why(qapp, editor):
    from amts_desk.core.splice import Splice

    doubtful = Bead((Sentence(0, 0, "s0"),), (), confidence=0.4, reasons=("nothing on the other side",))
    model = BeadTable(editor)
    editor.edit(Splice(0, tuple(editor.rows[:1]), (doubtful,)), "Doubt")
    assert model.index(0, CONFIDENCE).data() == "40%"
    assert model.index(0, CONFIDENCE).data(Qt.ItemDataRole.ToolTipRole) == "nothing on the other side"
