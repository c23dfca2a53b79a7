import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.core.errors import DeskError
from amts_desk.steps.diff import Change, ChangeKind, differences


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["en", "zh", "ko"]))
def test_pieces_make_up_both_texts(before, after, language):
    changes = differences(before, after, language)
    assert "".join(c.text for c in changes if c.kind is not ChangeKind.INSERT) == before
    assert "".join(c.text for c in changes if c.kind is not ChangeKind.DELETE) == after
    assert all(change.text for change in changes)


def test_whole_words_where_words_are_spaced():
    assert differences("The cat sat there.", "The coat sat there.", "en") == [
        Change(ChangeKind.EQUAL, "The "),
        Change(ChangeKind.DELETE, "cat"),
        Change(ChangeKind.INSERT, "coat"),
        Change(ChangeKind.EQUAL, " sat there."),
    ]


def test_characters_in_chinese():
    assert differences("我们训练模型", "我们训练大模型", "zh") == [
        Change(ChangeKind.EQUAL, "我们训练"),
        Change(ChangeKind.INSERT, "大"),
        Change(ChangeKind.EQUAL, "模型"),
    ]


def test_accidental_matches_are_cleaned_away():
    kinds = [change.kind for change in differences("mouse", "sofas", "zh")]
    assert kinds == [ChangeKind.DELETE, ChangeKind.INSERT]


def test_equal_and_empty_texts():
    assert differences("", "", "en") == []
    assert differences("a", "a", "zh") == [Change(ChangeKind.EQUAL, "a")]


def test_the_search_is_bounded_in_time():
    before = "".join(chr(0x4E00 + i * 7919 % 9000) for i in range(30000))
    after = "".join(chr(0x4E00 + i * 104729 % 9000) for i in range(30000))
    began = time.monotonic()
    changes = differences(before, after, "zh", seconds=0.2)
    assert time.monotonic() - began < 10
    assert "".join(c.text for c in changes if c.kind is not ChangeKind.INSERT) == before


def test_unknown_language_is_refused():
    with pytest.raises(DeskError):
        differences("a", "b", "xx")
