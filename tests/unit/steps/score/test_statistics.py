import pytest
from hypothesis import given
from hypothesis import strategies as st
from sacrebleu.metrics.bleu import BLEU

from amts_desk.core.errors import DeskError
from amts_desk.steps.score.bleu import score_systems
from amts_desk.steps.score.statistics import (
    Statistics,
    ngrams,
    segment_statistics,
    sentence_scores,
    summed,
)

words = st.lists(st.sampled_from(["a", "b", "c", "一", "二", "。", ",", "3.5"]), max_size=12).map(" ".join)
pairs = st.lists(st.tuples(words, words), min_size=1, max_size=6)


@given(pairs, st.sampled_from(["zh", "13a", "intl", "char", "none"]))
def test_statistics_and_sums_equal_sacrebleu(rows, tokenize):
    hypotheses, references = [hyp for hyp, _ in rows], [ref for _, ref in rows]
    found = segment_statistics(hypotheses, references, tokenize)
    for statistics, (hypothesis, reference) in zip(found, rows, strict=True):
        theirs = BLEU(tokenize=tokenize, effective_order=True).sentence_score(hypothesis, [reference])
        assert (list(statistics.correct), list(statistics.total)) == (theirs.counts, theirs.totals)
        assert (statistics.hypothesis_length, statistics.reference_length) == (theirs.sys_len, theirs.ref_len)
        assert statistics.sentence_bleu().score == min(theirs.score, 100.0)
    system = score_systems(references, {"a": hypotheses}, "zh", tokenize=tokenize, bootstrap=0).systems[0]
    whole = summed(found).bleu()
    assert (whole.score, whole.precisions, whole.bp) == (system.bleu, system.precisions, system.bp)


def test_sums_do_not_depend_on_how_segments_are_grouped():
    rows = segment_statistics(["a b c", "d e f g"], ["a b d", "d e f h"], "13a")
    assert summed([summed(rows[:1]), summed(rows[1:])]) == summed(rows)
    assert summed([]) == Statistics()
    assert summed([]).bleu().score == 0.0


def test_sentence_scores_sort_the_worst_first():
    rows = segment_statistics(["a b c d", "x", "a b x y"], ["a b c d", "a", "a b c d"], "13a")
    scores = sentence_scores(rows)
    assert scores[0] == 100.0
    assert scores[1] == 0.0
    assert 0 < scores[2] < 100


def test_unequal_lengths_are_refused():
    with pytest.raises(DeskError, match="2 segments but the reference has 1"):
        segment_statistics(["a", "b"], ["a"], "13a")


def test_ngrams():
    assert ngrams("abc", 2) == [("a", "b"), ("b", "c")]
    assert ngrams("abc", 4) == []
