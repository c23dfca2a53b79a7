"""Every change of rows is a splice: it can be carried out, taken back, and refuses other rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.core.errors import SpliceError
from amts_desk.core.splice import Splice, difference

rows = st.lists(st.integers(0, 3), max_size=8)


@given(rows, st.data(), rows)
def test_a_splice_replaces_its_rows_and_its_inverse_restores_them(before, data, new):
    start = data.draw(st.integers(0, len(before)))
    end = data.draw(st.integers(start, len(before)))
    splice = Splice(start, tuple(before[start:end]), tuple(new))
    changed = list(before)
    splice.apply(changed)
    assert changed == before[:start] + new + before[end:]
    splice.inverse().apply(changed)
    assert changed == before
    assert splice.inverse().inverse() == splice


@given(rows, st.integers(-3, 12), rows)
def test_a_splice_of_foreign_rows_is_refused_and_changes_nothing(before, start, old):
    changed = list(before)
    splice = Splice(start, tuple(old), (9,))
    if 0 <= start <= len(before) and before[start : start + len(old)] == old:
        splice.apply(changed)
        assert changed.count(9) == 1
    else:
        with pytest.raises(SpliceError, match=r"rows have changed.*Select them again"):
            splice.apply(changed)
        assert changed == before


@given(rows, rows)
def test_the_difference_turns_one_into_the_other_and_is_the_smallest(before, after):
    splice = difference(tuple(before), tuple(after))
    changed = list(before)
    splice.apply(changed)
    assert changed == after
    if splice.old and splice.new:
        assert splice.old[0] != splice.new[0]
        assert splice.old[-1] != splice.new[-1]
    if before == after:
        assert not splice.old
        assert not splice.new
