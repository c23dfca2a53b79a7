"""Knots: what can only stand together, found without losing a bead or a sentence."""

from hypothesis import given
from hypothesis import strategies as st

from amts_desk.core import edits
from amts_desk.core.alignment import Bead, Sentence
from amts_desk.core.knots import knots
from tests.unit.core.chapters import aligned, alignments, source_of, target_of


@given(alignments())
def test_beads_in_order_are_a_knot_each(beads):
    tied = knots(beads)
    assert [knot.beads for knot in tied] == [(bead,) for bead in beads]
    assert [knot.start for knot in tied] == list(range(len(beads)))


@given(alignments(min_size=2), st.data())
def test_a_swap_ties_two_beads_and_nothing_else(beads, data):
    row = data.draw(st.integers(0, len(beads) - 2))
    swapped = list(beads)
    upper, lower = beads[row : row + 2]
    swapped[row : row + 2] = [Bead(upper.source, lower.target), Bead(lower.source, upper.target)]
    tied = knots(swapped)
    assert [bead for knot in tied for bead in knot.beads] == swapped
    assert [s for knot in tied for s in knot.source] == source_of(beads)
    assert [s for knot in tied for s in knot.target] == target_of(beads)
    assert len(tied) == len(beads) - bool(upper.target and lower.target)


def test_the_parts_of_a_cut_sentence_are_tied_and_make_one_again():
    beads = [Bead((Sentence(0, 0, "One. Two."),), (Sentence(0, 0, "一"),)), *aligned([(1, 1)])]
    beads[1] = Bead((Sentence(1, 0, "s1"),), (Sentence(1, 0, "t1"),))
    edits.split_at(beads, 0, (0, 4), (1, 0)).apply(beads)
    tied = knots(beads)
    assert [(knot.start, len(knot.beads)) for knot in tied] == [(0, 2), (2, 1)]
    assert tied[0].source == (Sentence(0, 0, "One. Two."),)


def test_an_empty_bead_is_a_knot_of_its_own():
    beads = [*aligned([(1, 1)]), Bead(), Bead()]
    assert [len(knot.beads) for knot in knots(beads)] == [1, 1, 1]
    assert knots([]) == []
