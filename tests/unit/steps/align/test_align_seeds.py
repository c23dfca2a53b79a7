import pytest

from amts_desk.steps.align.corpus import Vocabulary, row_numbers
from amts_desk.steps.align.seeds import has_dictionary, seeds


def weights(source, target, codes, *, dictionary=False):
    """Return {(source word, target word): weight} of two texts in words."""
    one, other = Vocabulary.of([source.split()]), Vocabulary.of([target.split()])
    found = seeds(one, other, *codes, dictionary=dictionary)
    pairs = zip(row_numbers(found), found.columns, found.values.tolist(), strict=True)
    return {(one.words[s], other.words[t]): weight for t, s, weight in pairs}


def test_equal_words_marks_and_numbers():
    found = weights("1998 berlin .", "berlin , 1998 .", ("de", "fr"))
    assert found["1998", "1998"] == found["berlin", "berlin"] > found[".", "."]


def test_equal_short_words_are_weak_between_alphabetic_languages_only():
    alphabetic = weights("die net", "die net", ("de", "en"))["net", "net"]
    assert alphabetic < weights("学习 net", "learn net", ("zh", "en"))["net", "net"]


def test_words_that_differ_in_frequency_are_weak():
    often = "die " * 40 + "platte"
    assert weights(often, "die plate", ("de", "en"))["die", "die"] < 0.1
    assert weights(often, often, ("de", "en"))["die", "die"] == 0.5


def test_cognates():
    found = weights("una región grande", "a big region", ("es", "en"))
    assert found["región", "region"] > 0.5
    assert found.keys() == {("región", "region")}


def test_names_without_dictionary():
    found = weights("翠翠 学习", "cuicui learn", ("zh", "en"))
    assert found.keys() == {("翠翠", "cuicui")}
    assert weights("cuicui learn", "翠翠 学习", ("en", "zh")).keys() == {("cuicui", "翠翠")}


def test_dictionary():
    found = weights("学习 翠翠", "learn cuicui", ("zh", "en"), dictionary=True)
    assert found["学习", "learn"] == 0.5
    assert found["翠翠", "cuicui"] > 0.5
    turned = weights("learn cuicui", "学习 翠翠", ("en", "zh"), dictionary=True)
    assert turned == {(e, c): weight for (c, e), weight in found.items()}


def test_known_word_is_less_often_a_name():
    with_dictionary = weights("王", "wang", ("zh", "en"), dictionary=True)["王", "wang"]
    assert with_dictionary < weights("王", "wang", ("zh", "en"))["王", "wang"]


@pytest.mark.parametrize("codes", [("en", "es"), ("zh", "en"), ("ja", "en"), ("ko", "ja")])
def test_nothing_in_common(codes):
    assert weights("", "", codes) == {}
    assert weights("a", "", codes) == {}


def test_japanese_dictionary():
    found = weights("機械 データ を", "machin data", ("ja", "en"), dictionary=True)
    assert found["機械", "machin"] == 0.5
    assert found["データ", "data"] > weights("データ", "data", ("ja", "en"))["データ", "data"] > 0
    turned = weights("machin data", "機械 データ を", ("en", "ja"), dictionary=True)
    assert turned == {(e, j): weight for (j, e), weight in found.items()}


def test_names_of_emoji_where_there_is_no_dictionary():
    assert weights("baum", "arbre", ("de", "fr")) == {}
    assert weights("berg", "montagn", ("de", "fr"), dictionary=True)["berg", "montagn"] > 0.3


def test_has_dictionary():
    assert has_dictionary("zh-TW", "en")
    assert has_dictionary("en", "ja")
    assert not has_dictionary("en", "es")
    assert not has_dictionary("zh", "ja")
