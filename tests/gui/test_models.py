"""The other models of the window, watched by Qt's own model tester."""

from PySide6.QtTest import QAbstractItemModelTester

from amts_desk.core import review
from amts_desk.ui.models.review import ReviewTable
from amts_desk.ui.models.table import Column, TableModel
from tests.gui.samples import make_project

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def test_the_table_of_review_follows_every_decision_and_its_undoing(session, tmp_path):
    session.open_chapter(make_project(session, tmp_path).id)
    editor = session.review
    model = ReviewTable(editor)
    tester = QAbstractItemModelTester(model, FATAL)
    for make in (
        lambda rows: review.retype(rows, 1, "一"),
        lambda rows: review.confirm(rows, 0, "二"),
        lambda rows: review.take_machine_output(rows, {2: "三"}, 1),
        lambda rows: review.reread(rows, ["Pairs", "Another block.", *[row.source for row in rows[1:]]]),
    ):
        editor.edit(make(list(editor.rows)), "Step")
        assert model.rows == editor.rows
        editor.undo()
        assert model.rows == editor.rows
        editor.redo()
        assert model.rows == editor.rows
    session.open_review("zh-en")
    assert model.rows == editor.rows
    del tester


def test_a_simple_table_takes_other_rows_and_columns(qapp):
    model = TableModel([Column("One", str)])
    tester = QAbstractItemModelTester(model, FATAL)
    for rows in ([], [1, 2, 3], [4, 5, 6], [7], []):
        model.set_rows(rows)
        assert model.rowCount() == len(rows)
        model.set_columns([Column("One", str), Column("Two", repr, is_number=True)], rows)
        assert model.columnCount() == 2
    del tester
