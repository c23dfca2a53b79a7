"""The table of a draft's records: filtered, sorted and searched by numbers, read from the disk row by row."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from amts_desk.core.pairs import Fate, Origin, Pair, Record
from amts_desk.store.drafts import Draft
from amts_desk.ui.models.records import CHAPTER, FATE, SOURCE, SOURCE_BYTES, TARGET_BYTES, RecordTable

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
FATES = [Fate.SENT, Fate.REFUSED, Fate.HELD_OUT]


@pytest.fixture
def model(qapp):
    """Return a table of 240 records under the eyes of Qt's tester."""
    draft = Draft()
    draft.fill(
        Record(n, Pair("s" * (n % 7 + 1), "字" * (n % 5 + 1), f"c{9 - n // 40}", n, Origin()), FATES[n % 3], "why")
        for n in range(240)
    )
    table = RecordTable()
    tester = QAbstractItemModelTester(table, FATAL)
    table.show_draft(draft, ("en", "zh"))
    yield table
    tester.setParent(None)


def numbers(model):
    return [model.record(row).number for row in range(model.rowCount())]


@pytest.mark.parametrize("order", Qt.SortOrder)
@pytest.mark.parametrize(
    ("column", "key"),
    [
        (SOURCE_BYTES, lambda n: n % 7),
        (TARGET_BYTES, lambda n: n % 5),
        (CHAPTER, lambda n: -(n // 40)),
        (FATE, lambda n: list(Fate).index(FATES[n % 3])),
    ],
)
def test_sorting_is_stable_both_ways(model, column, key, order):
    model.sort(column, order)
    sign = -1 if order == Qt.SortOrder.DescendingOrder else 1
    assert numbers(model) == sorted(range(240), key=lambda n: sign * key(n))
    model.sort(SOURCE, order)
    assert numbers(model) == list(range(240))


def test_filter_and_search_go_together_and_keep_the_order(model):
    model.sort(SOURCE_BYTES, Qt.SortOrder.DescendingOrder)
    model.show_only((Fate.REFUSED,), range(0, 240, 2))
    expected = [n for n in range(0, 240, 2) if n % 3 == 1]
    assert numbers(model) == sorted(expected, key=lambda n: -(n % 7))
    model.show_only(None, [])
    assert model.rowCount() == 0
    model.show_only(None, None)
    assert model.rowCount() == 240


def test_what_a_row_says_and_shows(model):
    words = [model.index(1, column).data() for column in range(model.columnCount())]
    assert words == ["ss", "字字", "2", "6", "c9", "2", "Amazon would skip it: why"]
    assert model.index(2, FATE).data() == "held out: why"
    assert model.index(0, FATE).data() == "will be sent"
    assert model.index(0, SOURCE).data(Qt.ItemDataRole.AccessibleTextRole) == "Source: s"
    assert model.told(1) == "Bead 2 of c9, 2 and 6 bytes: Amazon would skip it: why"


def test_without_a_draft_there_is_nothing(model):
    model.show_draft(None)
    assert model.rowCount() == 0
