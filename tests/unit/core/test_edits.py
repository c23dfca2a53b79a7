"""What a person does to an alignment: done, undone, done again; no sentence is lost or changes its place."""

import json
from dataclasses import replace
from itertools import groupby

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from amts_desk.core import edits
from amts_desk.core.alignment import Bead, BeadState, Sentence
from amts_desk.core.errors import SpliceError
from amts_desk.core.knots import knots
from tests.unit.core.chapters import aligned, alignments, source_of, target_of


def rows_of(data, beads):
    return data.draw(st.lists(st.integers(0, len(beads) - 1), min_size=1, unique=True))


def place(data, sentences):
    number = data.draw(st.integers(0, len(sentences)))
    return number, data.draw(st.integers(0, 6)) if number < len(sentences) else 0


def block(data, beads, row):
    return row, data.draw(st.integers(row, min(len(beads) - 1, row + 4)))


SIDE = st.sampled_from(["source", "target"])
FLAG = st.booleans()
STRUCTURE = {
    "merge below": lambda d, b, r: edits.merge(b, r, d.draw(st.integers(r, len(b)))),
    "merge above": lambda d, b, r: edits.merge(b, r - 1, r),
    "merge rows": lambda d, b, r: edits.merge_rows(b, rows_of(d, b)),
    "split": lambda d, b, r: edits.split(b, r, d.draw(st.integers(0, 3)), d.draw(st.integers(0, 3))),
    "middle": lambda d, b, r: edits.split(b, r, *edits.middle(b[r])),
    "move": lambda d, b, r: edits.move(b, r, d.draw(SIDE), down=d.draw(FLAG)),
    "move both": lambda d, b, r: edits.move(b, r, "both", down=d.draw(FLAG)),
    "shift": lambda d, b, r: edits.shift(b, *block(d, b, r), d.draw(SIDE), down=d.draw(FLAG)),
    "tie": lambda d, b, r: edits.tie(b, r, d.draw(st.integers(0, len(b) - 1))),
}
CUT = {"split inside": lambda d, b, r: edits.split_at(b, r, place(d, b[r].source), place(d, b[r].target))}
SWAP = {"swap": lambda d, b, r: edits.swap(b, r, d.draw(SIDE))}
EMPTY = {"insert": lambda d, b, r: edits.insert_empty(d.draw(st.integers(0, len(b))))}
SAID = {
    "confirm": lambda d, b, r: edits.confirm(b, rows_of(d, b)),
    "unconfirm": lambda d, b, r: edits.confirm(b, rows_of(d, b), confirmed=False),
    "confirm above": lambda d, b, r: edits.confirm_all_above(b, r),
    "confirm sure": lambda d, b, r: edits.confirm(b, edits.sure_rows(b, d.draw(st.floats(0, 1)))),
    "drop": lambda d, b, r: edits.drop(b, rows_of(d, b), dropped=d.draw(FLAG)),
    "pin": lambda d, b, r: edits.pin(b, rows_of(d, b), pinned=d.draw(FLAG)),
    "bookmark": lambda d, b, r: edits.bookmark(b, rows_of(d, b), marked=d.draw(FLAG)),
    "need review": lambda d, b, r: edits.need_review(b, rows_of(d, b), d.draw(st.sampled_from(["", "why"]))),
}


def retyped(data, beads, row):
    texts = [[s.text + data.draw(st.sampled_from(["", "", "!"])) for s in side] for side in sides(beads[row])]
    return edits.retype(beads, row, *texts)


def sides(bead):
    return bead.source, bead.target


TEXT = {"retype": retyped, "as imported": lambda d, b, r: edits.as_imported(b, rows_of(d, b))}
EVERY = STRUCTURE | CUT | SWAP | EMPTY | SAID | TEXT


def drawn_edit(data, beads, kinds=EVERY):
    """Return a random edit of `beads` as a splice; SpliceError where it cannot be made."""
    row = data.draw(st.integers(0, len(beads) - 1))
    return kinds[data.draw(st.sampled_from(list(kinds)))](data, beads, row)


@pytest.mark.parametrize("kind", list(EVERY))
@given(data=st.data())
def test_each_edit_is_done_undone_and_done_again(kind, data):
    beads = disturbed(data, data.draw(alignments()))
    before = list(beads)
    try:
        splice = EVERY[kind](data, beads, data.draw(st.integers(0, len(beads) - 1)))
    except SpliceError:
        return
    splice.apply(beads)
    after = list(beads)
    assert after != before
    assert imported(after) == imported(before)
    if kind not in ("swap", "as imported"):
        assert order(after) == order(before)
    if kind not in EMPTY:
        assert empties(after) <= empties(before)
    stored = [Bead.from_json(json.loads(json.dumps(bead.as_json()))) for bead in after]
    assert stored == after
    splice.inverse().apply(beads)
    assert beads == before
    splice.apply(beads)
    assert beads == after


def disturbed(data, beads):
    """Do a few edits of any kind first, so that there is something cut, swapped, retyped and empty to work on."""
    for _ in range(data.draw(st.integers(0, 3))):
        try:
            drawn_edit(data, beads, STRUCTURE | CUT | SWAP | EMPTY | TEXT).apply(beads)
        except SpliceError:
            continue
    return beads


def imported(beads):
    """Return every imported sentence of both sides, each once and in its document's order."""
    tied = knots(beads)
    return [s for knot in tied for s in knot.source], [s for knot in tied for s in knot.target]


def order(beads):
    """Return the numbers of the sentences of both sides in the order they stand in, parts of one as one."""
    return [[index for index, _ in groupby(s.index for bead in beads for s in side(bead))] for side in (source, target)]


def empties(beads):
    return sum(not (bead.source or bead.target) for bead in beads)


def source(bead):
    return bead.source


def target(bead):
    return bead.target


@given(alignments(), st.data())
def test_every_edit_can_be_undone_and_done_again_and_keeps_every_sentence(beads, data):
    before = list(beads)
    try:
        splice = drawn_edit(data, beads, STRUCTURE | SAID)
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


def test_two_far_cells_are_tied_and_what_is_between_stands_above_and_below():
    beads = aligned([(1, 1), (1, 1), (1, 0), (1, 1), (1, 1)])
    down = after(beads, edits.tie(beads, 1, 3))
    assert text_of(down) == [("s0", "t0"), ("", "t1"), ("s1", "t2"), ("s2", ""), ("s3", ""), ("s4", "t3")]
    up = after(beads, edits.tie(beads, 3, 1))
    assert text_of(up) == [("s0", "t0"), ("s1", ""), ("s2", ""), ("s3", "t1"), ("", "t2"), ("s4", "t3")]
    assert [bead.has_pin for bead in up] == [False, False, False, True, False, False]
    assert after(beads, edits.tie(beads, 4, 4)) == after(beads, edits.pin(beads, [4]))


def test_a_tie_needs_two_texts_and_crosses_no_pin():
    beads = aligned([(1, 1), (1, 1), (1, 0), (1, 1)])
    with pytest.raises(SpliceError, match="no sentence in one"):
        edits.tie(beads, 0, 2)
    edits.confirm(beads, [1]).apply(beads)
    with pytest.raises(SpliceError, match="stands between"):
        edits.tie(beads, 0, 3)


def test_an_edited_bead_is_nobodys_confirmed_bead():
    beads = aligned([(2, 2), (1, 1)], [BeadState.CONFIRMED] * 2)
    for splice in (
        edits.merge(beads, 0, 1),
        edits.split(beads, 0, 1, 1),
        edits.move(beads, 0, "source", down=True),
    ):
        assert all(bead.state is BeadState.AUTOMATIC for bead in splice.new)


def text_of(beads):
    return [(" | ".join(s.text for s in b.source), " | ".join(s.text for s in b.target)) for b in beads]


def after(beads, splice):
    rows = list(beads)
    splice.apply(rows)
    return rows


def test_a_block_shifts_into_what_is_beside_it():
    beads = aligned([(1, 1), (1, 1), (1, 1), (1, 1)])
    down = after(beads, edits.shift(beads, 1, 2, "target", down=True))
    assert text_of(down) == [("s0", "t0"), ("s1", ""), ("s2", "t1"), ("s3", "t2 | t3")]
    up = after(beads, edits.shift(beads, 1, 3, "target", down=False))
    assert text_of(up) == [("s0", "t0 | t1"), ("s1", "t2"), ("s2", "t3"), ("s3", "")]


def test_at_the_ends_a_shifted_block_gets_a_bead_of_its_own():
    beads = aligned([(1, 1), (1, 1)])
    assert text_of(after(beads, edits.shift(beads, 0, 1, "target", down=True))) == [
        ("s0", ""), ("s1", "t0"), ("", "t1"),
    ]  # fmt: skip
    assert text_of(after(beads, edits.shift(beads, 0, 1, "source", down=False))) == [
        ("s0", ""), ("s1", "t0"), ("", "t1"),
    ]  # fmt: skip


def test_a_sentence_of_each_side_moves_at_once():
    beads = aligned([(2, 2), (1, 1)])
    assert shapes(beads, edits.move(beads, 0, "both", down=True)) == ["1-1", "2-2"]
    assert shapes(beads, edits.move(beads, 1, "both", down=False)) == ["3-3"]


def test_a_sentence_is_cut_at_the_caret_and_remembers_what_it_was():
    beads = [Bead((Sentence(0, 0, "One. Two."), Sentence(1, 0, "Three.")), (Sentence(0, 0, "一。二。三。"),))]
    cut = after(beads, edits.split_at(beads, 0, (0, 5), (0, 2)))
    assert text_of(cut) == [("One.", "一。"), ("Two. | Three.", "二。三。")]
    assert cut[0].source[0].origin == "One. Two."
    assert cut[1].source[1].origin is None
    again = after(cut, edits.as_imported(cut, [1]))
    assert text_of(again) == [("One. Two.", "一。二。三。"), ("Three.", "")]
    assert [s.origin for b in again for s in (*b.source, *b.target)] == [None] * 3


def test_a_caret_at_the_end_of_a_sentence_cuts_between_sentences():
    beads = aligned([(2, 1)], source_texts=["One. ", "Two."], target_texts=["一"])
    cut = after(beads, edits.split_at(beads, 0, (0, 5), (1, 0)))
    assert text_of(cut) == [("One. ", "一"), ("Two.", "")]
    assert all(s.origin is None for b in cut for s in b.source)


def test_a_swap_mends_what_crosses_and_is_undone_by_what_was_imported():
    beads = aligned([(1, 1), (1, 1), (1, 1)])
    crossed = after(beads, edits.swap(beads, 0, "target"))
    assert text_of(crossed) == [("s0", "t1"), ("s1", "t0"), ("s2", "t2")]
    assert after(crossed, edits.as_imported(crossed, [1])) == beads
    with pytest.raises(SpliceError, match="no bead below to swap"):
        edits.swap(beads, 2, "target")
    with pytest.raises(SpliceError, match="nothing to swap"):
        edits.swap([Bead(), Bead()], 0, "source")


def test_a_retyped_sentence_keeps_the_original_and_comes_back_to_it():
    beads = aligned([(1, 1)], [BeadState.CONFIRMED])
    typed = after(beads, edits.retype(beads, 0, ["S0 "], ["t0"]))
    assert typed[0].source == (Sentence(0, 0, "S0", "s0"),)
    assert typed[0].state is BeadState.AUTOMATIC
    assert after(typed, edits.retype(typed, 0, ["s0"], ["t0"]))[0].source == beads[0].source
    assert after(typed, edits.as_imported(typed, [0]))[0].source == beads[0].source
    for source, words in ((["a", "b"], "a line of its own"), ([" "], "cannot become blank"), (["s0"], "Nothing was")):
        with pytest.raises(SpliceError, match=words):
            edits.retype(beads, 0, source, ["t0"])
    with pytest.raises(SpliceError, match="as they were imported"):
        edits.as_imported(beads, [0])


def test_dropped_beads_stay_dropped_when_others_are_confirmed():
    beads = aligned([(1, 1)] * 4, [BeadState.DROPPED, BeadState.REVIEW, BeadState.AUTOMATIC, BeadState.DROPPED])
    states = [bead.state for bead in after(beads, edits.confirm_all_above(beads, 3))]
    assert states == [BeadState.DROPPED, BeadState.REVIEW, BeadState.CONFIRMED, BeadState.DROPPED]
    with pytest.raises(SpliceError, match="Everything above"):
        edits.confirm_all_above(beads, 1)
    with pytest.raises(SpliceError, match="already confirmed, or dropped"):
        edits.confirm(beads, [0])
    assert after(beads, edits.drop(beads, [0, 3], dropped=False))[3].state is BeadState.AUTOMATIC


def test_what_a_pin_a_drop_and_a_confirmation_mean():
    pinned = [Bead(has_pin=True), Bead(state=BeadState.CONFIRMED), Bead(state=BeadState.DROPPED)]
    assert all(bead.is_pinned for bead in pinned)
    assert not Bead().is_pinned
    assert not Bead(state=BeadState.REVIEW, is_bookmarked=True).is_pinned
    assert [bead.is_settled for bead in pinned] == [False, True, True]


def test_only_sure_beads_nobody_spoke_about_are_confirmed_by_confidence():
    beads = [Bead(confidence=c) for c in (0.99, 0.5, 0.9)] + [Bead(state=BeadState.REVIEW, confidence=1.0)]
    assert edits.sure_rows(beads, 0.9) == [0, 2]


def test_what_an_edit_has_left_with_an_empty_side_is_not_sure():
    beads = aligned([(1, 1)] * 3)
    moved = after(beads, edits.move(beads, 1, "target", down=True))
    assert [bead.shape for bead in moved] == ["1-1", "1-0", "1-2"]
    assert edits.sure_rows([*moved, Bead()], 0.9) == [0, 2]


def test_a_bead_that_needs_review_and_says_why_needs_it_again_when_it_is_restored():
    beads = after(aligned([(1, 1)] * 2), edits.need_review(aligned([(1, 1)] * 2), [0], "odd"))
    for dropped in (True, False):
        beads = after(beads, edits.drop(beads, [0, 1], dropped=dropped))
    assert [(bead.state, bead.note) for bead in beads] == [(BeadState.REVIEW, "odd"), (BeadState.AUTOMATIC, "")]


def test_a_gap_in_the_selection_is_not_merged_over():
    beads = aligned([(1, 1)] * 4)
    with pytest.raises(SpliceError, match="side by side"):
        edits.merge_rows(beads, [0, 2])
    with pytest.raises(SpliceError, match="no bead above"):
        edits.merge(beads, -1, 0)


def test_the_bookmark_of_a_bead_stays_when_its_sentences_change():
    beads = [replace(bead, is_bookmarked=True) for bead in aligned([(2, 2), (1, 1)])]
    for splice in (edits.merge(beads, 0, 1), edits.split(beads, 0, 1, 1), edits.move(beads, 0, "both", down=True)):
        assert splice.new[0].is_bookmarked
