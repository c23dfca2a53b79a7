"""Rows that came back against beads: every kind of conflict, and nothing guessed."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from amts_desk.core import edits
from amts_desk.core.alignment import BeadState
from amts_desk.core.exchange import (
    Content,
    Origin,
    Row,
    chapter_number,
    keys,
    named_sentences,
    opened,
    sealed,
    sent_rows,
)
from amts_desk.core.homecoming import ConflictKind, compare
from tests.unit.core.chapters import aligned, alignments

ORIGIN = Origin(7, "pairs", "en", "zh")
BEADS = aligned([(1, 1), (2, 1), (1, 2), (0, 1), (1, 1), (1, 1)])


def changed(row, **content):
    return replace(row, content=replace(row.content, **content))


def sent():
    return sent_rows(BEADS, ORIGIN)


def kinds(result):
    return [(conflict.kind, conflict.row) for conflict in result.conflicts]


def test_keys_name_the_sentences():
    assert keys(BEADS, ORIGIN)[:4] == ["7:b0=0", "7:b1.2=1", "7:b3=2.3", "7:b=4"]
    assert chapter_number("7:b1.2=1") == 7
    assert [chapter_number(key) for key in ("", "7", "x:b1=1", "7:b1", "７:b1=1")] == [None] * 5
    assert named_sentences("7:b1.2=1~2") == {("source", "1"), ("source", "2"), ("target", "1")}


@given(alignments())
def test_keys_are_never_alike(beads):
    cut = edits.split_at(beads, 0, (0, 1), (0, 1)).new if beads[0].source and beads[0].target else ()
    found = keys([*cut, *beads, *edits.insert_empty(0).new * 2], ORIGIN)
    assert len(set(found)) == len(found)


def test_a_seal_opens_only_for_its_row_and_chapter():
    row = sent()[1]
    assert opened(row, ORIGIN) is not None
    for other in (replace(ORIGIN, name="other"), replace(ORIGIN, target_language="es")):
        assert opened(row, other) is None
    for damaged in ("", row.seal[:-1], row.seal.upper(), row.seal + "0", "h" + "0" * 19):
        assert opened(replace(row, seal=damaged), ORIGIN) is None
    assert opened(replace(row, key="7:b0=0"), ORIGIN) is None


def test_unchanged_rows_say_nothing_whatever_happened_here():
    now = list(BEADS)
    edits.merge(now, 0, 1).apply(now)
    edits.confirm(now, [2]).apply(now)
    result = compare(now, sent(), ORIGIN)
    assert (result.changes, result.conflicts) == ((), ())


def test_changes_become_one_splice():
    rows = sent()
    rows[1] = changed(rows[1], source=("s1", "another"), state="confirmed")
    rows[4] = changed(rows[4], note="look here")
    result = compare(BEADS, rows, ORIGIN)
    assert result.conflicts == ()
    assert (result.splice.start, len(result.splice.old), len(result.splice.new)) == (1, 4, 4)
    now = list(BEADS)
    result.splice.apply(now)
    assert now[1].source[1].text == "another"
    assert now[1].source[1].origin == "s2"
    assert (now[1].state, now[4].note) == (BeadState.CONFIRMED, "look here")
    assert now[2:4] == BEADS[2:4]
    result.splice.inverse().apply(now)
    assert now == BEADS


def test_both_changed():
    now = list(BEADS)
    edits.confirm(now, [0]).apply(now)
    rows = sent()
    rows[0] = changed(rows[0], target=("theirs",))
    result = compare(now, rows, ORIGIN)
    assert kinds(result) == [(ConflictKind.CHANGED, 0)]
    assert result.conflicts[0].theirs.target == ("theirs",)
    assert result.splice is None


def test_both_changed_alike_is_no_conflict():
    now = list(BEADS)
    edits.confirm(now, [0]).apply(now)
    rows = sent()
    rows[0] = changed(rows[0], state="confirmed")
    assert compare(now, rows, ORIGIN).conflicts == ()


def test_a_bead_that_is_another_now():
    now = list(BEADS)
    edits.merge(now, 0, 1).apply(now)
    rows = sent()
    rows[0] = changed(rows[0], note="for the first")
    assert kinds(compare(now, rows, ORIGIN)) == [(ConflictKind.CHANGED, -1)]


def test_deleted_rows_are_told_in_stretches():
    rows = sent()
    del rows[3:5], rows[0]
    result = compare(BEADS, rows, ORIGIN)
    assert kinds(result) == [(ConflictKind.DELETED, 0), (ConflictKind.DELETED, 3)]
    assert [c.message.split(";")[0] for c in result.conflicts] == [
        "Bead 1 is missing in the file",
        "Beads 4 to 5 are missing in the file",
    ]


def test_a_row_twice():
    rows = sent()
    rows.append(changed(rows[2], note="which one?"))
    assert kinds(compare(BEADS, rows, ORIGIN)) == [(ConflictKind.DUPLICATED, 2)]


def test_rows_that_were_added():
    rows = [*sent(), Row("", "", Content(("new",), ("新",))), Row("7:b90=90", "hx", Content(("new",), ("新",)))]
    assert kinds(compare(BEADS, rows, ORIGIN)) == [(ConflictKind.UNKNOWN, -1)] * 2


def test_a_damaged_seal():
    rows = sent()
    rows[0] = replace(rows[0], seal="h0123456789ab-cdef01")
    assert kinds(compare(BEADS, rows, ORIGIN)) == [(ConflictKind.DAMAGED, 0)]


def test_ids_that_were_moved_without_their_rows():
    rows = sent()
    rows[0], rows[4] = replace(rows[0], key=rows[4].key), replace(rows[4], key=rows[0].key)
    assert (ConflictKind.DAMAGED, 4) in kinds(compare(BEADS, rows, ORIGIN))
    rows = sent()
    first, last = (rows[0].key, rows[0].seal), (rows[4].key, rows[4].seal)
    rows[0], rows[4] = (replace(r, key=k, seal=s) for r, (k, s) in ((rows[0], last), (rows[4], first)))
    result = compare(BEADS, rows, ORIGIN)
    assert result.changes == ()
    assert {kind for kind, _ in kinds(result)} == {ConflictKind.MOVED}


def test_moved_rows_keep_their_edits():
    rows = sent()
    rows[1] = changed(rows[1], note="moved and edited")
    rows = [rows[4], *rows[:4], rows[5]]
    result = compare(BEADS, rows, ORIGIN)
    assert kinds(result) == [(ConflictKind.MOVED, 4)]
    assert "another order in the file: 1." in result.conflicts[0].message
    assert [change.row for change in result.changes] == [1]


@given(st.permutations(range(6)))
def test_any_order_gives_the_same_changes(order):
    rows = sent()
    rows[2] = changed(rows[2], state="dropped")
    result = compare(BEADS, [rows[i] for i in order], ORIGIN)
    assert [(change.row, change.after.state) for change in result.changes] == [(2, BeadState.DROPPED)]
    assert bool(result.conflicts) is (list(order) != sorted(order))


def test_other_sentences_and_cleared_texts():
    rows = sent()
    rows[0] = changed(rows[0], source=())
    rows[3] = changed(rows[3], source=("now there is one",))
    assert kinds(compare(BEADS, rows, ORIGIN)) == [(ConflictKind.SENTENCES, 0), (ConflictKind.SENTENCES, 3)]


def test_unknown_states():
    rows = sent()
    rows[0], rows[1] = changed(rows[0], state="fine"), changed(rows[1], state="")
    result = compare(BEADS, rows, ORIGIN)
    assert kinds(result) == [(ConflictKind.STATE, 0), (ConflictKind.STATE, 1)]
    assert "automatic, confirmed, needs review, dropped" in result.conflicts[0].message


def test_what_cannot_be_read():
    rows = sent()
    rows[0] = replace(rows[0], trouble="A cell holds a formula.", place="row 2")
    result = compare(BEADS, rows, ORIGIN)
    assert kinds(result) == [(ConflictKind.UNREADABLE, 0)]
    assert str(result.conflicts[0]) == "row 2: A cell holds a formula."


def test_rows_to_be_read_only():
    rows = sent()
    part = sealed(changed(replace(rows[0], is_whole=False), source=("s0 …",)), ORIGIN)
    assert compare(BEADS, [part, *rows[1:]], ORIGIN).conflicts == ()
    result = compare(BEADS, [changed(part, source=("s0 … and more",)), *rows[1:]], ORIGIN)
    assert kinds(result) == [(ConflictKind.READ_ONLY, 0)]
    assert result.changes == ()


def test_blanks_and_capitals_are_no_change():
    rows = sent()
    rows[0] = changed(rows[0], source=("", "  s0 "), state=" Automatic", note=" ")
    assert compare(BEADS, rows, ORIGIN).changes == ()


@given(alignments(), st.data())
def test_only_what_was_changed_changes(beads, data):
    rows = sent_rows(beads, ORIGIN)
    row = data.draw(st.integers(0, len(beads) - 1))
    state = data.draw(st.sampled_from(BeadState))
    rows[row] = changed(rows[row], state=state.value)
    result = compare(beads, rows, ORIGIN)
    assert [change.row for change in result.changes] == ([] if beads[row].state is state else [row])
    assert result.conflicts == ()
    assert all(change.after == replace(change.before, state=state) for change in result.changes)
