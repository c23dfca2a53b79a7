"""Languages by Amazon's codes and their aliases."""

import pytest

from amts_desk.core.errors import DeskError
from amts_desk.core.languages import LANGUAGES, language, parse_direction


@pytest.mark.parametrize(
    ("found", "codes"),
    [
        ("en", ["en", " EN "]),
        ("zh", ["zh", "ZH", "zh-CN", "zh-Hans", "cmn"]),
        ("zh-TW", ["zh-TW", "zh-tw", "zh-Hant"]),
        ("pt", ["pt-BR"]),
    ],
)
def test_a_language_is_found_by_its_code_or_an_alias(found, codes):
    assert {language(code).code for code in codes} == {found}


@pytest.mark.parametrize("code", ["", "xx", "english", "e n"])
def test_an_unknown_language_is_said_with_those_that_are_known(code):
    with pytest.raises(DeskError, match=r"is not a language.*en, zh, zh-TW, es"):
        language(code)


def test_sentences_are_joined_with_spaces_only_where_the_language_has_them():
    assert language("en").join(["One.", "", "Two."]) == "One. Two."
    assert language("zh").join(("一。", "二。")) == "一。二。"


@pytest.mark.parametrize("source", LANGUAGES)
@pytest.mark.parametrize("target", LANGUAGES)
def test_every_direction_is_read_back(source, target):
    if source != target:
        assert parse_direction(f"{source}-{target}") == (source, target)


@pytest.mark.parametrize("text", ["", "en", "en-", "-zh", "en-xx", "en_zh", "enzh", "en-zh-", "en-en"])
def test_what_is_no_direction_is_refused(text):
    with pytest.raises(DeskError, match=r"is not a direction.*Write it like en-zh"):
        parse_direction(text)
