"""Pieces of text for single calls: small enough in bytes, cut between sentences, whole again when joined."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.steps.interchange.job_html import marked
from amts_desk.steps.interchange.text_pieces import MOST_BYTES, pieces
from amts_desk.steps.protect import inline_spans


def test_a_short_text_is_one_piece():
    assert list(pieces("Use `f` here.")) == ["Use `f` here."]
    assert list(pieces("")) == [""]


def test_a_long_text_is_cut_between_sentences():
    text = "One more sentence stands here. " * 1000
    found = list(pieces(text))
    assert "".join(found) == text
    assert all(len(piece.encode()) <= MOST_BYTES for piece in found)
    assert all(piece.rstrip().endswith(".") for piece in found)
    assert len(found) <= 4


def test_bytes_count_and_not_characters():
    text = "这里还有一句话。" * 1000
    found = list(pieces(text))
    assert "".join(found) == text
    assert len(found) == 4, "24,000 bytes halved twice"
    assert all(piece.endswith("。") for piece in found)


@pytest.mark.parametrize("text", ["word " * 4000, "字" * 9000])
def test_without_sentences_it_is_cut_between_words_or_characters(text):
    found = list(pieces(text))
    assert "".join(found) == text
    assert max(len(piece.encode()) for piece in found) <= MOST_BYTES


@given(st.lists(st.sampled_from(["Go on. ", "`a b. c`", "$x. y$", "**bold** ", "字。", "a"]), max_size=60))
def test_no_span_is_cut_and_every_piece_fits(parts):
    text = "".join(parts)
    found = list(pieces(text, 60))
    assert "".join(found) == text
    edges, at = set(), 0
    for piece in found:
        at += len(piece)
        edges.add(at)
        assert len(marked(piece).encode()) <= 60 or len(inline_spans(piece)) >= 1
    assert not any(span.start < edge < span.end for span in inline_spans(text) for edge in edges)
