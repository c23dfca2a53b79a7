"""What a person may leave out: lengths, languages, equal sides, markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.core.pairs import Fate, Pair, PairFormat
from amts_desk.steps.interchange.job_html import from_html, to_html
from amts_desk.steps.parallel_data.filters import Filters, Lengths, Markup, objections, plain, with_markup
from amts_desk.steps.parallel_data.sieve import Sieve


def strange(source, target, codes=("en", "zh")):
    return list(objections(Pair(source, target), codes, Filters(check_language=True, without_identical=True)))


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        ("We learn about attention.", "我们来学习注意力。", None),
        ("我们来学习注意力机制。", "We will learn about the mechanism.", "source and target seem to be exchanged"),
        ("We learn.", "Here is the sentence that nobody has seen.", "the target looks like English, not Chinese"),
        ("在这一节中我们学习", "我们来学习注意力。", "the source looks like Chinese, not English"),
        ("We learn.", "이 장에서는 주의 메커니즘을 배웁니다", "the target looks like Korean, not Chinese"),
        ("BERT", "BERT", "source and target are the same"),
        ("Use `the_of_and_to` here.", "`this is the code of that`和`for we in`", None),
        ("GPU", "GPU", "source and target are the same"),
        ("Her shiny braids and her necklace fell on her.", "她的辫子。", None),
        ("The character 猫 means cat.", "“猫”这个字。", None),
    ],
)  # fmt: skip
def test_a_wrong_language_is_named(source, target, reason):
    assert strange(source, target) == ([reason] if reason else [])


def test_two_languages_in_latin_letters_are_told_apart_by_several_words():
    spanish = "En esta sección se aprende cómo los datos son para el modelo."
    portuguese = "Nesta seção você aprende como os dados são para o modelo, que não é um mistério."
    assert strange("We learn.", spanish, ("en", "es")) == []
    assert strange("We learn.", portuguese, ("en", "es")) == ["the target looks like Portuguese, not Spanish"]
    assert strange("We learn.", "Los datos del modelo", ("en", "pt")) == [], "too few words to tell"


def lengths(pairs):
    found = Lengths()
    for number, pair in enumerate(pairs):
        found.add(10 * number, pair)
    return found


def ordinary(count):
    return [Pair("word " * (6 + n % 7), "字字" * (6 + n % 7 + n % 2)) for n in range(count)]


def test_the_usual_length_is_learned_from_the_pairs_and_wrong_pairs_do_not_widen_it():
    good = ordinary(200)
    low, high = lengths(good).usual()
    assert low < 0.4 < high
    bad = [Pair("word " * 12, "字字")] * 30
    found = lengths([*good, *bad])
    assert found.usual() == pytest.approx((low, high), rel=0.1)
    odd = found.outside(found.usual())
    assert [number for number, _ in odd] == [10 * n for n in range(200, 230)]
    assert odd[0][1].startswith("the target is 0.03 times as long as the source; 0.")


def test_short_texts_and_few_pairs_say_nothing():
    assert lengths(ordinary(29)).usual() is None
    assert lengths([Pair("No.", "这当然绝对不行。")]).outside((0.5, 2)) == []
    assert Lengths().usual() is None


def test_code_and_formulas_do_not_count():
    code = "`a_very_long_name_of_a_function_indeed(x)`"
    ((number, reason),) = lengths([Pair(f"Call {code} once or twice.", code)]).outside((0.3, 1))
    assert (number, reason.split(" times")[0]) == (0, "the target is 0.05")


def test_own_bounds_are_taken_as_they_are():
    sieve = Sieve(("en", "zh"), Filters(length_ratio=(0.5, 1)), PairFormat.TMX)
    records = list(sieve.records([(Pair("twenty letters are so", "二十个字"), ""), (Pair("b" * 20, "字" * 15), "")]))
    assert [record.fate for record in records] == [Fate.SENT] * 2
    assert sieve.odd_lengths() == [(0, "the target is 0.19 times as long as the source; 0.50 to 1.00 is usual")]


def test_who_is_left_out_for_its_length_does_not_win_over_its_twin():
    sieve = Sieve(("en", "zh"), Filters(length_ratio=(0.2, 1)), PairFormat.TMX)
    list(sieve.records((Pair("a source of twenty letters", target), "") for target in ("一二三四五六", "一")))
    assert len(sieve.odd_lengths()) == 1
    assert sieve.repeated() == []


def test_plain_text_is_what_the_engine_sees_of_a_job():
    text = "Use `a<b` & see **the [old *book*](u.md)** :numref:`sec_x` [**now**]."
    assert plain(text) == "Use `a<b` & see the old book :numref:`sec_x` now."
    assert with_markup(Pair(text, "**字**"), Markup.PLAIN).target == "字"
    assert with_markup(Pair(text, "**字**"), Markup.KEEP) == Pair(text, "**字**")


pieces = st.sampled_from(["`<b>`", "$a<b$", "**", "*", "_", "[", "](u)", "[**", "**]", "\\*", "{ref}`c`", " ", "字"])


@given(st.lists(pieces | st.text("ab&<", max_size=5), max_size=8).map("".join).filter(str.strip))
def test_plain_text_is_always_the_text_of_the_page(text):
    assert plain(text).strip() == from_html(to_html({1: text}, "en"))[1].strip()
