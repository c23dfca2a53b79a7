"""Reading a changed chapter again: nothing that stands unchanged is lost, and nothing new is overlooked."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.core import edits
from amts_desk.core.alignment import Bead, BeadState
from amts_desk.core.reread import reread
from amts_desk.core.splice import Splice
from tests.unit.core.chapters import aligned, alignments, document, source_of, target_of

words = st.sampled_from("abcdefgh")


def read_again(beads, source, target):
    """Return (the beads after a re-reading, the rows it lists)."""
    change = reread(beads, document(source), document(target, "zh"))
    rows = list(beads)
    change.splice.apply(rows)
    return rows, list(change.changed)


def texts(sentences):
    return [sentence.text for sentence in sentences]


@st.composite
def edited(draw, old):
    """Draw what has become of a list of sentences after a few deletions, insertions, changes and doublings."""
    new = list(old)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(new)))
        match draw(st.sampled_from(["delete", "insert", "change", "double"])):
            case "delete":
                del new[at : at + 1]
            case "insert":
                new.insert(at, draw(words))
            case "change":
                new[at : at + 1] = [draw(words)]
            case "double":
                new[at:at] = new[at : at + 1]
    return new


@given(alignments(texts=words), st.data())
def test_every_new_sentence_stands_in_one_bead_in_order_and_every_other_bead_is_an_old_one(beads, data):
    source = data.draw(edited(texts(source_of(beads))))
    target = data.draw(edited(texts(target_of(beads))))
    rows, changed = read_again(beads, source, target)
    for side, wanted in ((source_of, source), (target_of, target)):
        assert texts(side(rows)) == wanted
        assert [sentence.index for sentence in side(rows)] == list(range(len(wanted)))
        assert [sentence.block for sentence in side(rows)] == list(range(len(wanted)))
    assert all(bead.source or bead.target for bead in rows)
    kept = [bead for row, bead in enumerate(rows) if row not in changed]
    assert not Counter(map(said, kept)) - Counter(map(said, beads))
    for row in changed:
        assert rows[row] == Bead(
            rows[row].source, rows[row].target, BeadState.REVIEW, confidence=0.0, note="The text changed here."
        )


def said(bead):
    return tuple(texts(bead.source)), tuple(texts(bead.target)), bead.state, bead.note, bead.reasons


@given(alignments(), st.data())
def test_beads_whose_sentences_stand_unchanged_are_kept(beads, data):
    """With no two sentences alike: a bead goes only if one of its own sentences went or was parted from the next."""
    source = [
        t for text in texts(source_of(beads)) for t in data.draw(st.sampled_from([[text]] * 4 + [[], [text, "new"]]))
    ]
    target = texts(target_of(beads))
    rows, changed = read_again(beads, source, target)
    together = "|" + "|".join(source) + "|"
    standing = [b for b in beads if not b.source or "|" + "|".join(texts(b.source)) + "|" in together]
    assert [said(bead) for row, bead in enumerate(rows) if row not in changed] == [said(bead) for bead in standing]


@given(alignments(texts=words))
def test_an_unchanged_file_changes_no_state_and_lists_nothing(beads):
    rows, changed = read_again(beads, texts(source_of(beads)), texts(target_of(beads)))
    assert changed == []
    assert [said(bead) for bead in rows] == [said(bead) for bead in beads]


SIZES = [(1, 1), (2, 1), (1, 0), (1, 2)]
SOURCE, TARGET = ["s0", "s1", "s2", "s3", "s4"], ["t0", "t1", "t2", "t3"]


@pytest.mark.parametrize(
    ("source", "target", "shapes", "listed"),
    [
        (SOURCE, TARGET, ["1-1", "2-1", "1-0", "1-2"], []),
        (["s0", "S1", "s2", "s3", "s4"], TARGET, ["1-1", "2-1", "1-0", "1-2"], [1]),
        (["s0", "s1", "new", "s2", "s3", "s4"], TARGET, ["1-1", "3-1", "1-0", "1-2"], [1]),
        (["s0", "new", "s1", "s2", "s3", "s4"], TARGET, ["1-1", "1-0", "2-1", "1-0", "1-2"], [1]),
        (["s1", "s2", "s3", "s4"], TARGET, ["0-1", "2-1", "1-0", "1-2"], [0]),
        (["s1", "s2", "s3", "s4"], TARGET[1:], ["2-1", "1-0", "1-2"], []),
        (SOURCE, ["t0", "t1", "t2", "new", "t3"], ["1-1", "2-1", "1-0", "1-3"], [3]),
        (["s0", "s0", *SOURCE[1:]], ["t0", "t0", *TARGET[1:]], ["1-1", "1-1", "2-1", "1-0", "1-2"], None),
        (SOURCE, ["t0", "T1", "t2", "t3"], ["1-1", "2-1", "1-0", "1-2"], [1]),
        (SOURCE, ["t0", "t1", "T2", "t3"], ["1-1", "2-1", "1-0", "1-2"], [3]),
        (["x"], ["y", "z"], ["1-2"], [0]),
        ([], [], [], []),
    ],
)
def test_one_change_lists_one_place(source, target, shapes, listed):
    rows, changed = read_again(aligned(SIZES, [BeadState.CONFIRMED] * 4), source, target)
    assert [bead.shape for bead in rows] == shapes
    assert all(bead.is_confirmed is (row not in changed) for row, bead in enumerate(rows))
    if listed is not None:
        assert changed == listed


def test_a_chapter_that_was_never_aligned_stays_so():
    change = reread([], document(["a", "b"]), document(["c"], "zh"))
    assert change.splice == Splice(0, (), ())
    assert change.changed == ()


def test_what_a_person_retyped_cut_or_swapped_is_kept_when_the_file_has_not_changed_there():
    beads = aligned([(1, 1)] * 5, source_texts=["a b", "c", "d", "e", "f"])
    for make in (
        lambda: edits.retype(beads, 1, ["C"], ["t1"]),
        lambda: edits.split_at(beads, 0, (0, 1), (1, 0)),
        lambda: edits.swap(beads, 3, "target"),
        lambda: edits.confirm(beads, range(6)),
    ):
        make().apply(beads)
    rows, changed = read_again(beads, ["new", "a b", "c", "d", "e", "F"], ["t0", "t1", "t2", "t3", "t4"])
    assert [[s.text for s in b.source] for b in rows] == [["new"], ["a"], ["b"], ["C"], ["d"], ["e"], ["F"]]
    assert changed == [0, 6]
    assert [(s.index, s.origin) for b in rows[1:4] for s in b.source] == [(1, "a b"), (1, "a b"), (2, "c")]
    assert [bead.is_confirmed for bead in rows] == [False, True, True, True, True, True, False]
    same, changed = read_again(beads, ["a b", "c", "d", "e", "f"], ["t0", "t1", "t2", "t3", "t4"])
    assert (same, changed) == (beads, [])
