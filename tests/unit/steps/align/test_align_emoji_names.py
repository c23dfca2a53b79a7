import pytest

from amts_desk.steps.align.emoji_names import translations
from amts_desk.steps.align.words import words


def chances(one, other, source_language, target_language):
    found = {(source, target): chance for source, target, chance in translations(source_language, target_language)}
    return found.get((words(one, source_language)[0], words(other, target_language)[0]), 0)


@pytest.mark.parametrize(
    ("one", "other", "codes"),
    [("Berg", "montagne", ("de", "fr")), ("고양이", "cat", ("ko", "en")), ("caballo", "cavalo", ("es", "pt"))],
)
def test_everyday_words(one, other, codes):
    assert chances(one, other, *codes) >= 0.3
    assert chances(other, one, *reversed(codes)) == chances(one, other, *codes)


def test_words_of_longer_names_are_learned():
    assert chances("black", "negro", "en", "es") > 0.3


def test_all_are_sure_enough():
    assert all(0.3 <= chance <= 1 for *_, chance in translations("de", "tr"))


@pytest.mark.parametrize("codes", [("en", "vi"), ("zh-TW", "en"), ("en", "en")])
def test_other_languages_have_none(codes):
    assert translations(*codes) == ()
