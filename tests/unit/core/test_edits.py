"""What a person does to an alignment: done, undone, done again; no sentence is lost or changes its place."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from amts_desk.core import edits
from amts_desk.core.alignment import Bead, BeadState
from amts_desk.core.errors import SpliceError
from tests.unit.core.chapters import aligned, alignments, source_of, target_of

KINDS = ("merge", "split", "middle", "confirm", "unconfirm", "confirm above", "move")


def drawn_edit(data, beads):
    """Return a random edit of `beads` as a splice; SpliceError where it cannot be made."""
    row = data.draw(st.integers(0, len(beads) - 1))
    match data.draw(st.sampled_from(KINDS)):
        case "merge":
            return edits.merge(beads, row, data.draw(st.integers(row, len(beads))))
        case "split":
            return edits.split(beads, row, data.draw(st.integers(0, 3)), data.draw(st.integers(0, 3)))
        case "middle":
            return edits.split(beads, row, *edits.middle(beads[row]))
        case "confirm above":
            return edits.confirm_all_above(beads, row)
        case "move":
            side = data.draw(st.sampled_from(["source", "target"]))
            return edits.move(beads, row, side, down=data.draw(st.booleans()))
        case kind:
            rows = data.draw(st.lists(st.integers(0, len(beads) - 1), min_size=1, unique=True))
            return edits.confirm(beads, rows, confirmed=kind == "confirm")


@given(alignments(), st.data())
def test_every_edit_can_be_undone_and_done_again_and_keeps_every_sentence(beads, data):
    before = list(beads)
    try:
        splice = drawn_edit(data, beads)
    except SpliceError:
        assume(False)
    splice.apply(beads)
    after = list(beads)
    assert after != before
    assert source_of(after) == source_of(before)
    assert target_of(after) == target_of(before)
    assert all(bead.source or bead.target for bead in after)
    splice.inverse().apply(beads)
    assert beads == before
    splice.apply(beads)
    assert beads == after


@given(alignments(), st.data())
def test_a_chain_of_edits_is_undone_to_the_beginning(beads, data):
    before, done = list(beads), []
    for _ in range(data.draw(st.integers(1, 6))):
        try:
            splice = drawn_edit(data, beads)
        except SpliceError:
            continue
        splice.apply(beads)
        done.append(splice)
    for splice in reversed(done):
        splice.inverse().apply(beads)
    assert beads == before


def shapes(beads, splice):
    rows = list(beads)
    splice.apply(rows)
    return [bead.shape for bead in rows]


def test_merging_joins_the_sentences_of_all_and_needs_two():
    beads = aligned([(1, 1), (1, 0), (0, 2), (1, 1)])
    assert shapes(beads, edits.merge(beads, 0, 2)) == ["2-3", "1-1"]
    for first, last in ((3, 4), (1, 1)):
        with pytest.raises(SpliceError, match="no bead below"):
            edits.merge(beads, first, last)


def test_splitting_cuts_both_sides_and_leaves_no_empty_bead():
    beads = aligned([(2, 3)])
    assert shapes(beads, edits.split(beads, 0, 1, 2)) == ["1-2", "1-1"]
    assert shapes(beads, edits.split(beads, 0, 2, 0)) == ["2-0", "0-3"]
    for cut in ((0, 0), (2, 3)):
        with pytest.raises(SpliceError, match="cannot be split there"):
            edits.split(beads, 0, *cut)


@pytest.mark.parametrize(
    ("size", "halves"),
    [
        ((1, 1), ["1-0", "0-1"]),
        ((2, 1), ["1-1", "1-0"]),
        ((1, 2), ["1-1", "0-1"]),
        ((3, 2), ["1-1", "2-1"]),
        ((2, 0), ["1-0", "1-0"]),
        ((0, 2), ["0-1", "0-1"]),
    ],
)
def test_the_middle_is_behind_the_first_sentences(size, halves):
    beads = aligned([size])
    assert shapes(beads, edits.split(beads, 0, *edits.middle(beads[0]))) == halves


@pytest.mark.parametrize("size", [(1, 0), (0, 1)])
def test_a_single_sentence_has_no_middle(size):
    beads = aligned([size])
    with pytest.raises(SpliceError):
        edits.split(beads, 0, *edits.middle(beads[0]))


def test_confirming_is_for_the_chosen_rows_only_and_not_twice():
    beads = aligned([(1, 1)] * 4)
    edits.confirm(beads, [1, 3]).apply(beads)
    assert [bead.is_confirmed for bead in beads] == [False, True, False, True]
    with pytest.raises(SpliceError, match="already confirmed"):
        edits.confirm(beads, [3, 1])
    edits.confirm_all_above(beads, 2).apply(beads)
    assert all(bead.is_confirmed for bead in beads)
    edits.confirm(beads, [0], confirmed=False).apply(beads)
    assert [bead.is_confirmed for bead in beads] == [False, True, True, True]


def test_taking_a_confirmation_back_leaves_what_needs_review():
    beads = [Bead(state=BeadState.REVIEW, note="The text changed here."), Bead(state=BeadState.CONFIRMED)]
    with pytest.raises(SpliceError, match="not confirmed"):
        edits.confirm(beads, [0], confirmed=False)
    edits.confirm(beads, [0, 1], confirmed=False).apply(beads)
    assert [bead.state for bead in beads] == [BeadState.REVIEW, BeadState.AUTOMATIC]
    assert beads[0].note == "The text changed here."
    edits.confirm(beads, [0]).apply(beads)
    assert beads[0] == Bead(state=BeadState.CONFIRMED)


def test_confirming_no_row_is_refused():
    with pytest.raises(SpliceError, match="No bead is selected"):
        edits.confirm(aligned([(1, 1)]), [])


@pytest.mark.parametrize(
    ("sizes", "row", "side", "down", "result"),
    [
        ([(2, 1), (1, 1)], 0, "source", True, ["1-1", "2-1"]),
        ([(1, 1), (1, 2)], 1, "target", False, ["1-2", "1-1"]),
        ([(1, 0), (0, 1)], 0, "source", True, ["1-1"]),
        ([(1, 1), (0, 1)], 1, "target", False, ["1-2"]),
    ],
)
def test_a_sentence_moves_over_the_border_and_an_empty_bead_vanishes(sizes, row, side, down, result):
    beads = aligned(sizes)
    assert shapes(beads, edits.move(beads, row, side, down=down)) == result


@pytest.mark.parametrize(("row", "side", "down"), [(0, "source", False), (1, "source", True), (0, "target", True)])
def test_nothing_moves_over_the_ends_or_from_an_empty_side(row, side, down):
    beads = aligned([(1, 0), (1, 1)])
    with pytest.raises(SpliceError, match="no sentence to move"):
        edits.move(beads, row, side, down=down)


def test_an_edited_bead_is_nobodys_confirmed_bead():
    beads = aligned([(2, 2), (1, 1)], [BeadState.CONFIRMED] * 2)
    for splice in (
        edits.merge(beads, 0, 1),
        edits.split(beads, 0, 1, 1),
        edits.move(beads, 0, "source", down=True),
    ):
        assert all(bead.state is BeadState.AUTOMATIC for bead in splice.new)
