"""Search and replace in beads."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.core import edits
from amts_desk.core.alignment import Bead, BeadState, Sentence
from amts_desk.core.errors import DeskError
from amts_desk.core.search import Query, replacements


def bead(source, target, **more):
    return Bead(*(tuple(Sentence(i, 0, text) for i, text in enumerate(side)) for side in (source, target)), **more)


BEADS = [
    bead(["The model learns.", "It is deep."], ["模型会学习。"]),
    bead(["A Model forgets."], ["模型会忘记。"], state=BeadState.CONFIRMED),
    bead(["Nothing."], [], state=BeadState.DROPPED),
]


def rows(query):
    return [row for row, each in enumerate(BEADS) if query.matches(each)]


def test_either_side_case_state_and_expression():
    assert rows(Query("model")) == [0, 1]
    assert rows(Query("model", is_cased=True)) == [0]
    assert rows(Query("模型", "source")) == []
    assert rows(Query("模型", "target")) == [0, 1]
    assert rows(Query("model", state=BeadState.CONFIRMED)) == [1]
    assert rows(Query("", state=BeadState.DROPPED)) == [2]
    assert rows(Query("learns|^Noth", is_pattern=True)) == [0, 2]
    assert rows(Query("learns|^Noth")) == []
    assert rows(Query("learns. It")) == [], "a match never reaches over the border of a sentence"


def test_spans_are_characters_and_matches_of_nothing_are_none():
    assert Query("模型").spans("大模型，模型") == [(1, 3), (4, 6)]
    assert Query("x*", is_pattern=True).spans("axxb") == [(1, 3)]
    assert Query("").spans("a") == []


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("abc", "abc"),
        (r"\dth of", "th of"),
        ("a|b", ""),
        ("x+yz", "yz"),
        ("(ab)c", "c"),
        ("ab?", "a"),
        ("(?i)ab", "ab"),
    ],
)
def test_what_an_expression_cannot_do_without(text, literal):
    assert Query(text, is_pattern=True).literal == literal


@pytest.mark.parametrize("text", ["(", "[a", "(?P<x", "*a"])
def test_what_is_no_expression_is_said(text):
    with pytest.raises(DeskError, match="no regular expression"):
        _ = Query(text, is_pattern=True).pattern


@pytest.mark.parametrize(
    "text",
    [
        "(a+)+b",
        "(a*)*",
        "((ab)*c)*x",
        "(?:x+y?)+$",
        "(a|b+)*c",
        "(?=(a+)+)b",
        "(.+)*?x",
        "(a|aa)+$",
        "(foo|bar)*x",
        "(a{1,3})+",
        "(a?a)*b",
        "(a{1,99}){1,99}",
    ],
)
def test_what_may_take_for_ever_is_refused(text):
    with pytest.raises(DeskError, match="for ever"):
        _ = Query(text, is_pattern=True).pattern


@pytest.mark.parametrize("text", [r"\d+", "a+b*", "(ab)+", r"[A-Z]\w+ \d{4}", "(a{2})+", "(a{1,3}){2}", "(?i:x)|y+"])
def test_plain_repetitions_are_allowed(text):
    assert Query(text, is_pattern=True).pattern


def test_a_replacement_is_an_edit_that_keeps_the_original():
    found = replacements(BEADS, range(3), Query("model"), "net")
    assert [(each.row, each.source, each.places) for each in found] == [
        (0, ("The net learns.", "It is deep."), 1), (1, ("A net forgets.",), 1),
    ]  # fmt: skip
    splice = edits.retype_all(BEADS, [(each.row, each.source, each.target) for each in found])
    changed = list(BEADS)
    splice.apply(changed)
    assert changed[0].source[0] == Sentence(0, 0, "The net learns.", "The model learns.")
    assert changed[0].source[1] == BEADS[0].source[1]
    assert changed[1].state is BeadState.AUTOMATIC
    splice.inverse().apply(changed)
    assert changed == BEADS


def test_groups_and_a_side():
    query = Query(r"(\w+)\.", "source", is_pattern=True)
    assert replacements(BEADS, [1], query, r"\1!")[0].source == ("A Model forgets!",)
    assert replacements(BEADS, [0, 1], Query("model", "target"), "x") == []
    with pytest.raises(DeskError, match="cannot be made"):
        replacements(BEADS, [1], query, r"\2")
    assert replacements(BEADS, [1], Query("model"), r"\2")[0].source == (r"A \2 forgets.",)
    assert replacements(BEADS, [2], Query("Nothing."), "") == [], "a sentence cannot become blank"


@given(st.text(max_size=20), st.text(min_size=1, max_size=3), st.text(max_size=3), st.booleans())
def test_plain_text_is_replaced_as_python_does(text, wanted, words, is_cased):
    flags = 0 if is_cased else re.IGNORECASE
    found = replacements([bead([text], [])], [0], Query(wanted, is_cased=is_cased), words)
    expected = re.sub(re.escape(wanted), lambda _: words, text, flags=flags)
    assert (found[0].source[0] if found else text) == (expected if expected.strip() else text)


@pytest.mark.parametrize(
    ("text", "length", "is_quick"),
    [
        (r"\d+", 5_000, True),
        (".*a.*b", 300, True),
        (".*a.*b", 2_000, False),
        (".*a.*b.*c.*d", 60, True),
        (".*a.*b.*c.*d", 1_000, False),
        ("(a?)" * 30 + "a" * 30, 40, False),
        ("(foo|bar)(x|y)", 5_000, True),
        ("(a{1,9}){1,9}b", 100, False),
        (r"\bneural\b.{0,40}network", 900, True),
    ],
)
def test_what_may_take_long_in_a_long_sentence_is_refused_there(text, length, is_quick):
    query = Query(text, is_pattern=True)
    if is_quick:
        query.require_quick(length)
        return
    with pytest.raises(DeskError, match=f"{length} characters"):
        query.require_quick(length)


def test_plain_text_is_quick_however_long_a_sentence_is():
    Query("a.*b").require_quick(10_000_000)
