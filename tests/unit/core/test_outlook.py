"""The expected errors, against the plain definition."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.core.outlook import SHARE, STEPS, outlook


def counted(thousandths):
    counts = [0] * (STEPS + 1)
    for step in thousandths:
        counts[step] += 1
    return counts


@given(st.lists(st.integers(0, STEPS), max_size=60))
def test_the_fewest_looks_find_the_share_of_the_errors(thousandths):
    seen = outlook(counted(thousandths))
    doubts = sorted((1 - step / STEPS for step in thousandths), reverse=True)
    assert seen.errors == pytest.approx(sum(doubts))
    assert seen.beads == len(thousandths)
    assert seen.found == pytest.approx(sum(doubts[: seen.look]))
    assert seen.found >= SHARE * seen.errors - 1e-6
    assert seen.look == 0 or sum(doubts[: seen.look - 1]) < SHARE * seen.errors


def test_the_line_of_the_design():
    """Seven errors expected, five of them in the 24 least confident beads of 160."""
    seen = outlook(counted([790] * 24 + [985] * 136))
    assert (round(seen.errors), seen.beads, seen.look, round(seen.found)) == (7, 160, 24, 5)


def test_nothing_to_look_at():
    assert outlook(counted([])).look == 0
    assert outlook(counted([STEPS] * 3)).errors == 0
