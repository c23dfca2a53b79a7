import time
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.core.alignment import Bead, BeadState, Sentence
from amts_desk.core.errors import DeskError
from amts_desk.core.pairs import Pair, PairFormat
from amts_desk.steps.parallel_data import (
    MAXIMUM_BYTES,
    dropped,
    leaked,
    pairs_from_beads,
    preflight,
)


def bead(source, target, state=BeadState.AUTOMATIC, confidence=1.0):
    """Return a bead of "block:text" sentences."""
    sides = (tuple(Sentence(i, int(s[0]), s[2:]) for i, s in enumerate(side)) for side in (source, target))
    return Bead(*sides, state, confidence)


BEADS = [
    bead(["0:Title"], ["0:标题"], BeadState.CONFIRMED),
    bead(["1:One.", "1:Two."], ["1:一二。"], BeadState.CONFIRMED, 0.9),
    bead(["1:Three."], ["1:三。"], confidence=0.4),
    bead(["2:Left out."], []),
    bead([], ["2:添加。"]),
    bead(["3:Four."], ["3:四，", "3:肆。"], BeadState.CONFIRMED, 0.3),
]


def test_sentence_pairs_are_the_beads_with_both_sides():
    assert pairs_from_beads(BEADS, "sentence", "en", "zh", "a.md") == [
        Pair("Title", "标题", "a.md", 0),
        Pair("One. Two.", "一二。", "a.md", 1),
        Pair("Three.", "三。", "a.md", 2),
        Pair("Four.", "四，肆。", "a.md", 5),
    ]


def test_paragraph_pairs_hold_whole_blocks():
    assert pairs_from_beads(BEADS, "paragraph", "en", "zh", "a.md") == [
        Pair("Title", "标题", "a.md", 0),
        Pair("One. Two. Three.", "一二。三。", "a.md", 1),
        Pair("Four.", "四，肆。", "a.md", 5),
    ]


def test_a_paragraph_is_as_sure_as_its_least_sure_bead():
    def sources(unit, **options):
        return [pair.source for pair in pairs_from_beads(BEADS, unit, "en", "zh", "a.md", **options)]

    assert sources("sentence", confirmed_only=True) == ["Title", "One. Two.", "Four."]
    assert sources("paragraph", confirmed_only=True) == ["Title", "Four."]
    assert sources("sentence", minimum_confidence=0.5) == ["Title", "One. Two."]
    assert sources("paragraph", minimum_confidence=0.5) == ["Title"]
    assert sources("paragraph", minimum_confidence=0.4) == ["Title", "One. Two. Three."]


def test_a_dropped_bead_is_in_no_pair_and_is_listed_with_the_reason():
    beads = [replace(b, state=BeadState.DROPPED) if row in (0, 2, 3) else b for row, b in enumerate(BEADS)]
    sentences = pairs_from_beads(beads, "sentence", "en", "zh", "a.md")
    assert [pair.source for pair in sentences] == ["One. Two.", "Four."]
    paragraphs = pairs_from_beads(beads, "paragraph", "en", "zh", "a.md", confirmed_only=True)
    assert [(p.source, p.target, p.position) for p in paragraphs] == [
        ("One. Two.", "一二。", 1),
        ("Four.", "四，肆。", 5),
    ]
    told = dropped(beads, "en", "zh", "a.md")
    assert [(s.pair.source, s.pair.target, s.pair.position) for s in told] == [
        ("Title", "标题", 0), ("Three.", "三。", 2), ("Left out.", "", 3),
    ]  # fmt: skip
    assert {s.reason for s in told} == {"the bead was dropped in Align"}


def test_an_unknown_language_is_refused():
    with pytest.raises(DeskError):
        pairs_from_beads(BEADS, "sentence", "en", "xx", "a.md")


def test_the_other_direction():
    pairs = pairs_from_beads(BEADS, "sentence", "en", "zh", "a.md")
    assert pairs[1].reversed() == Pair("一二。", "One. Two.", "a.md", 1)
    assert [pair.reversed().reversed() for pair in pairs] == pairs


def skipped(pairs, kind=PairFormat.TMX):
    return [(s.pair.position, s.reason) for s in preflight(pairs, kind).skipped]


def test_too_many_bytes_are_told_by_their_number():
    fits, too_long = "数" * 333 + "a", "数" * 334
    assert skipped([Pair(fits, "b"), Pair("c", fits)]) == []
    assert skipped([Pair("a", too_long, position=4), Pair(too_long, "", position=5)]) == [
        (4, f"the target has 1002 bytes, {MAXIMUM_BYTES} are allowed"),
        (5, f"the source has 1002 bytes, {MAXIMUM_BYTES} are allowed; the target is blank"),
    ]


def test_texts_are_cleaned_before_they_are_judged():
    checked = preflight([Pair(" cafe\x00\u0301\x1b\r\n", "a\rb\tc\x7f\ufffe")], PairFormat.TMX)
    assert checked.sendable == (Pair("caf\u00e9", "a\nb\tc"),)
    assert skipped([Pair(" \x07 ", "b")]) == [(0, "the source is blank")]
    assert skipped([Pair("a", "b\ud83d")]) == [(0, "the target holds half a character (a lone surrogate)")]


def test_of_one_source_the_last_wins():
    pairs = [
        Pair("a", "1", position=0),
        Pair("b", "2", position=1),
        Pair(" a", "3", position=2),
        Pair("a", "3", position=3),
    ]
    assert [pair.position for pair in preflight(pairs, PairFormat.TMX).sendable] == [1, 3]
    assert skipped(pairs) == [
        (0, "the same source comes again later with another translation; the last one counts"),
        (2, "the same pair comes again later"),
    ]


def test_a_pair_that_cannot_be_sent_does_not_push_out_one_that_can():
    assert skipped([Pair("a", "1"), Pair("a", "", position=1)]) == [(1, "the target is blank")]


@pytest.mark.parametrize("kind", [PairFormat.CSV, PairFormat.TSV])
def test_the_stricter_rules_of_tables(kind):
    pairs = [Pair(f"{sign} item", "x", position=n) for n, sign in enumerate("+-=@*")] + [Pair("a\nb", "-c", position=9)]
    assert skipped(pairs, kind) == [
        *[(n, f"the source begins with {sign}, which {kind} may not") for n, sign in enumerate("+-=@")],
        (9, f"the source holds a line break, which {kind} may not; the target begins with -, which {kind} may not"),
    ]
    assert skipped(pairs, PairFormat.TMX) == []


texts = st.text(max_size=8) | st.sampled_from(["a", "-b", "数" * 400])


@given(st.lists(st.builds(Pair, texts, texts), max_size=12), st.sampled_from(PairFormat))
def test_every_pair_is_sent_or_skipped_and_a_second_look_finds_nothing(pairs, kind):
    checked = preflight(pairs, kind)
    assert len(checked.sendable) + len(checked.skipped) == len(pairs)
    assert preflight(checked.sendable, kind) == type(checked)(checked.sendable, ())
    assert len({pair.source for pair in checked.sendable}) == len(checked.sendable)
    for pair in checked.sendable:
        for text in (pair.source, pair.target):
            assert text == unicodedata.normalize("NFC", text).strip() != ""
            assert len(text.encode()) <= MAXIMUM_BYTES


HELD_OUT = [
    "We use the smaller WikiText-2 corpus to pretrain BERT in this section.",
    "为了演示 BERT 的预训练，我们使用较小的语料库 WikiText-2。与用于预训练 word2vec 的数据集相比，它保留了标点符号。",
    "Summary",
    "在这一节中，我们学习",
]


@pytest.mark.parametrize(
    ("pair", "reason"),
    [
        (
            Pair("we use the smaller  WIKITEXT‑2 corpus to pretrain BERT, in this section", "x"),
            "the source is the same",
        ),
        (Pair("x", "为了演示BERT的预训练, 我们使用较小的语料库WikiText-2."), "the target shares 16 of 16 runs of six"),
        (
            Pair("So we use the smaller WikiText-2 corpus to pretrain BERT in this section today.", "x"),
            "the source shares",
        ),
        (Pair("x", "在这一节中我们学习。"), "the target is the same"),
    ],
)
def test_pairs_with_held_out_text_are_found_by_content(pair, reason):
    (leak,) = leaked([Pair("Quite another sentence about gradient descent and its rate.", "无关"), pair], HELD_OUT)
    assert leak.pair is pair
    assert leak.reason.startswith(reason)
    assert leak.held_out in HELD_OUT


@pytest.mark.parametrize(
    "pair",
    [
        Pair("Summary", "小结"),
        Pair("", ""),
        Pair("We use the smaller corpus of novels to train a model of language.", "我们使用较小的数据集。"),
        Pair("WikiText-2 corpus to pretrain BERT", "语料库"),
    ],
)
def test_small_talk_and_other_sentences_do_not_leak(pair):
    assert leaked([pair], HELD_OUT) == []


def test_words_in_the_held_out_text_may_not_hide_it_in_a_longer_one():
    long = (
        "Before all else, a word on data. " + HELD_OUT[0] + " After that comes the model, which is described elsewhere."
    )
    assert len(leaked([Pair(long, "x")], HELD_OUT)) == 1


def test_twelve_thousand_pairs_are_checked_within_three_seconds():
    words = [f"word{n}" for n in range(4000)]
    sentences = [" ".join(words[(n * 37 + k * (n % 11 + 1)) % 4000] for k in range(25)) for n in range(12700)]
    pairs = [Pair(sentence, sentence[::-1]) for sentence in sentences]
    began = time.perf_counter()
    leaks = leaked(pairs[:12000], sentences[12000:] + sentences[:10])
    assert time.perf_counter() - began < 3
    assert {leak.pair for leak in leaks} >= {*pairs[:10]}


def test_no_held_out_text_no_leak():
    assert leaked([Pair("a b c d e f g h i", "一")], []) == []
