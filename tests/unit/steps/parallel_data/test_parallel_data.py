import time
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.core.alignment import Bead, BeadState, Sentence
from amts_desk.core.errors import DeskError
from amts_desk.core.pairs import Origin, Pair, PairFormat
from amts_desk.steps.parallel_data.beads import Material, candidates, pairs_from_beads
from amts_desk.steps.parallel_data.leaks import leaked
from amts_desk.steps.parallel_data.rules import MAXIMUM_BYTES
from amts_desk.steps.parallel_data.sieve import preflight


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
    for unit in ("sentence", "paragraph"):
        found = candidates(Material("a.md", ("en", "zh"), beads), unit)
        told = [(pair, reason) for pair, reason in found if "dropped" in reason]
        assert [(pair.source, pair.target, pair.position) for pair, _ in told] == [
            ("Title", "标题", 0), ("Three.", "三。", 2), ("Left out.", "", 3),
        ]  # fmt: skip
        assert {reason for _, reason in told} == {"the bead was dropped in Align"}


def test_an_unknown_language_is_refused():
    with pytest.raises(DeskError):
        pairs_from_beads(BEADS, "sentence", "en", "xx", "a.md")


def test_the_other_direction():
    pairs = pairs_from_beads(BEADS, "sentence", "en", "zh", "a.md")
    assert pairs[1].reversed() == Pair("一二。", "One. Two.", "a.md", 1)
    assert [pair.reversed().reversed() for pair in pairs] == pairs


def skipped(pairs, kind=PairFormat.TMX):
    return [(r.pair.position, r.reason) for r in preflight(pairs, kind) if not r.is_sent]


def sendable(pairs, kind=PairFormat.TMX):
    return [r.pair for r in preflight(pairs, kind) if r.is_sent]


def test_too_many_bytes_are_told_by_their_number():
    fits, too_long = "数" * 333 + "a", "数" * 334
    assert skipped([Pair(fits, "b"), Pair("c", fits)]) == []
    assert skipped([Pair("a", too_long, position=4), Pair(too_long, "", position=5)]) == [
        (4, f"the target has 1002 bytes, {MAXIMUM_BYTES} are allowed"),
        (5, f"the source has 1002 bytes, {MAXIMUM_BYTES} are allowed; the target is blank"),
    ]


def test_texts_are_cleaned_before_they_are_judged():
    assert sendable([Pair(" cafe\x00\u0301\x1b\r\n", "a\rb\tc\x7f\ufffe")]) == [Pair("caf\u00e9", "a\nb\tc")]
    assert skipped([Pair(" \x07 ", "b")]) == [(0, "the source is blank")]
    assert skipped([Pair("a", "b\ud83d")]) == [(0, "the target holds half a character (a lone surrogate)")]


def test_of_one_source_the_last_wins():
    pairs = [
        Pair("a", "1", position=0),
        Pair("b", "2", position=1),
        Pair(" a", "3", position=2),
        Pair("a", "3", position=3),
    ]
    assert [pair.position for pair in sendable(pairs)] == [1, 3]
    assert skipped(pairs) == [
        (0, "the same source with another translation: Amazon takes the one from pair 4"),
        (2, "the same pair is sent from pair 4"),
    ]
    named = [replace(pair, chapter="a.md") for pair in pairs]
    assert skipped(named)[1] == (2, "the same pair is sent from bead 4 of a.md")


def dated(target, date, position):
    return Pair("a", target, position=position, origin=Origin(changed_at=f"2026-01-{date}T10:00:00.500+00:00"))


def test_in_tmx_the_newest_change_wins_over_the_last_place():
    pairs = [dated("old", "02", 0), dated("new", "03", 1), dated("older", "01", 2), Pair("b", "2", position=3)]
    assert [pair.target for pair in sendable(pairs)] == ["new", "2"]
    assert [pair.target for pair in sendable(pairs, PairFormat.CSV)] == ["older", "2"]
    assert [r.winner for r in preflight(pairs, PairFormat.TMX)] == [1, -1, 1, -1]
    assert [pair.target for pair in sendable([pairs[1], replace(pairs[1], target="twin")])] == ["twin"]


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
    assert len(preflight(pairs, kind)) == len(pairs)
    sent = sendable(pairs, kind)
    assert sendable(sent, kind) == sent
    assert len({pair.source for pair in sent}) == len(sent)
    for pair in sent:
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


def test_a_hundred_thousand_pairs_are_checked_against_a_book_in_seconds():
    words = [f"word{n}" for n in range(4000)]
    texts = [" ".join(words[(n * 37 + k * (n % 11 + 1)) % 4000] for k in range(20)) for n in range(50_000)]
    pairs = [Pair(text, text[:60]) for text in texts]
    held_out = [" ".join(f"other{(n * 31 + k) % 9000}" for k in range(20)) for n in range(20_000)] + texts[7:9]
    began = time.perf_counter()
    leaks = leaked(pairs + pairs, held_out)
    assert time.perf_counter() - began < 30  # 3 s on a quiet machine
    assert {leak.pair for leak in leaks} >= {*pairs[7:9]}


def test_near_duplicates_are_found_in_either_language_by_their_share_of_runs():
    sentence = [f"word{number}" for number in range(12)]
    chinese = "在这一节中我们学习如何使用机器翻译的平行数据来训练模型"
    near, far = " ".join([*sentence[:11], "other"]), " ".join([*sentence[:7], *"abcde"])
    held_out = [" ".join(sentence), chinese]
    assert [leak.reason for leak in leaked([Pair(near, "x"), Pair(far, "x")], held_out)] == [
        "the source shares 6 of 7 runs of six words or Hanzi with a held-out text"
    ]
    assert [leak.held_out for leak in leaked([Pair("x", chinese[:-1] + "吧"), Pair("x", chinese[:12])], held_out)] == [
        chinese, chinese
    ]  # fmt: skip
    assert leaked([Pair("x", "在这一节中我们不学习平行数据")], held_out) == []


def test_no_held_out_text_no_leak():
    assert leaked([Pair("a b c d e f g h i", "一")], []) == []
