from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sacrebleu.metrics.bleu import BLEU

from amts_desk.steps.score.bleu import tokens
from amts_desk.steps.score.highlight import Mark, confirmed, highlights, token_places
from amts_desk.steps.score.statistics import segment_statistics

texts = st.lists(st.sampled_from([*"一二三。， ab", "word ", "3.5", "&amp;", "𠀀", "😀"]), max_size=30).map("".join)
tokenizers = st.sampled_from(["zh", "13a", "intl", "char", "none"])
DRAFTS = Path(__file__).parents[4] / ".." / "shared" / "data" / "d2l-amazon-drafts"


@given(texts, texts, tokenizers)
def test_confirmed_occurrences_add_up_to_the_clipped_counts(hypothesis, reference, tokenize):
    found = tokens(hypothesis, tokenize)
    counted = confirmed(found, tokens(reference, tokenize))
    assert [len(starts) for starts in counted.starts] == BLEU(tokenize=tokenize, effective_order=True).sentence_score(
        hypothesis, [reference]
    ).counts
    for order, starts in enumerate(counted.starts, 1):
        for start in starts:
            assert all(level >= order for level in counted.levels[start : start + order])
    covered = {token for order, starts in enumerate(counted.starts, 1) for s in starts for token in range(s, s + order)}
    assert {token for token, level in enumerate(counted.levels) if level} == covered


@given(texts, texts, tokenizers)
def test_marks_cover_the_original_text_in_order(hypothesis, reference, tokenize):
    marks = highlights(hypothesis, reference, tokenize)
    found = tokens(hypothesis, tokenize)
    for mark, following in pairwise(marks):
        assert mark.start < mark.end <= following.start
        assert mark.order != following.order or hypothesis[mark.end : following.start].strip()
    if marks:
        marked = "".join(hypothesis[m.start : m.end] for m in marks)
        assert "".join(marked.split()) == "".join(found)


def test_marks_of_a_chinese_sentence():
    marks = highlights("我们用更小的 BERT 模型。", "我们用较小的 BERT 模型！", "zh")
    assert marks == [Mark(0, 3, 3), Mark(3, 4, 0), Mark(4, 14, 4), Mark(14, 15, 0)]


def test_of_two_occurrences_the_one_in_the_longer_match_is_taken():
    assert confirmed([*"axabcd"], [*"abcd"]).levels == (0, 0, 4, 4, 4, 4)


def test_of_two_equal_occurrences_the_nearer_is_taken():
    assert confirmed([*"axyza"], [*"qrsta"]).levels == (0, 0, 0, 0, 1)


def test_no_marks_when_the_tokeniser_changes_characters():
    assert highlights("a &amp; b", "a & b", "13a") == []
    assert token_places("ab", ["a"]) is None
    assert token_places("a b ", ["a", "b"]) == [(0, 1), (2, 3)]


def test_empty_texts():
    assert highlights("", "一", "zh") == []
    assert highlights("一", "", "zh") == [Mark(0, 1, 0)]


def test_real_drafts_add_up():
    if not DRAFTS.is_dir():
        pytest.skip("the shared Amazon drafts are not on this machine")
    read = [
        (DRAFTS / "bert-dataset" / f"{who}.zh.md").read_text(encoding="utf-8").splitlines()
        for who in ("amazon", "human")
    ]
    for hypothesis, reference in zip(*read, strict=False):
        counts = segment_statistics([hypothesis], [reference], "zh")[0].correct
        starts = confirmed(tokens(hypothesis, "zh"), tokens(reference, "zh")).starts
        assert tuple(map(len, starts)) == counts
