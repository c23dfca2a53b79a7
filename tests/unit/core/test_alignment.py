"""Beads are written down exactly, and paragraph beads follow from them."""

import json

from hypothesis import given
from hypothesis import strategies as st

from amts_desk.core.alignment import Bead, BeadState, Sentence, paragraph_groups
from tests.unit.core.chapters import aligned, alignments

texts = st.text(max_size=20)


@given(
    st.lists(st.builds(Sentence, st.integers(0, 99), st.integers(0, 99), texts), max_size=3).map(tuple),
    st.sampled_from(BeadState),
    st.floats(0, 1),
    st.lists(texts, max_size=2).map(tuple),
    texts,
)
def test_a_bead_comes_back_from_json_as_it_was(side, state, confidence, reasons, note):
    bead = Bead(side, side[:1], state, confidence, reasons, note)
    assert Bead.from_json(json.loads(json.dumps(bead.as_json()))) == bead


def test_empty_members_take_no_room():
    assert Bead((Sentence(0, 0, "a"),)).as_json() == {"s": [[0, 0, "a"]], "t": [], "c": 1.0}


@given(alignments())
def test_paragraph_groups_are_a_partition_in_order_that_keeps_every_block_whole(beads):
    groups = paragraph_groups(beads)
    assert [bead for group in groups for bead in group.beads] == beads
    for side in ("source", "target"):
        blocks = [list(getattr(group, f"{side}_blocks")) for group in groups]
        assert [sorted({s.block for bead in g.beads for s in getattr(bead, side)}) for g in groups] == blocks
        flat = [block for group in blocks for block in group]
        assert len(flat) == len(set(flat)), f"a {side} block stands in two groups"
        assert flat == sorted(flat)


@given(alignments())
def test_paragraph_groups_are_as_small_as_can_be(beads):
    for group in paragraph_groups(beads):
        for cut in range(1, len(group.beads)):
            assert any(_blocks(group.beads[:cut], side) & _blocks(group.beads[cut:], side) for side in (0, 1))


def _blocks(beads, side):
    return {sentence.block for bead in beads for sentence in ((bead.source, bead.target)[side])}


def test_an_added_paragraph_in_the_midst_of_another_belongs_to_it():
    beads = aligned([(1, 1), (0, 1), (1, 1), (1, 1)], source_blocks=[0, 0, 1], target_blocks=[0, 1, 2, 3])
    groups = paragraph_groups(beads)
    assert [(g.source_blocks, g.target_blocks) for g in groups] == [((0,), (0, 1, 2)), ((1,), (3,))]


def test_no_beads_have_no_groups():
    assert paragraph_groups([]) == []


def test_beads_of_an_older_project_are_read_and_a_plain_bead_is_stored_as_before():
    old = {"s": [[0, 0, "One."]], "t": [[0, 0, "一。"]], "c": 0.5, "state": "needs review", "note": "why"}
    bead = Bead.from_json(old)
    assert bead == Bead(
        (Sentence(0, 0, "One."),), (Sentence(0, 0, "一。"),), BeadState.REVIEW, confidence=0.5, note="why"
    )
    assert bead.as_json() == old


def test_what_is_new_of_a_bead_is_stored_and_read_again():
    cut = Sentence(3, 1, "One.", "One. Two.")
    bead = Bead((cut,), (), BeadState.DROPPED, 0.25, ("why",), "note", has_pin=True, is_bookmarked=True)
    assert bead.as_json() == {
        "s": [[3, 1, "One.", "One. Two."]], "t": [], "c": 0.25, "state": "dropped", "why": ["why"], "note": "note",
        "pin": True, "mark": True,
    }  # fmt: skip
    assert Bead.from_json(bead.as_json()) == bead
    assert cut.imported == Sentence(3, 1, "One. Two.")
    assert cut.retyped("One. Two.") == cut.imported
