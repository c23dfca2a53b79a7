import pytest

from amts_desk.core.errors import DeskError
from amts_desk.steps.align import japanese_dictionary
from amts_desk.steps.align.japanese_dictionary import english_phrases, gloss_stems
from amts_desk.steps.align.words import words


def test_phrases_of_a_word():
    assert "machine" in english_phrases("機械")
    assert english_phrases("ヌヌヌ") == ()


def test_stems_share_one_vote():
    assert gloss_stems("機械") == pytest.approx({"machin": 0.5, "mechan": 0.5})


def test_words_are_found_as_they_are_normalised():
    assert all(gloss_stems(word) for word in words("あいにく本を読みました", "ja") if word not in ("を", "ます", "た"))


def test_unknown_word_is_looked_up_in_chinese():
    assert english_phrases("微分") == ()
    assert gloss_stems("微分") == {"differenti": 1.0}


def test_unknown_word_is_taken_apart_into_signs():
    found = gloss_stems("線形")
    assert found["line"] > 0
    assert sum(found.values()) < 0.5


def test_nothing_known_of_other_scripts():
    assert gloss_stems("qwzx") == gloss_stems("モデルル") == gloss_stems("。") == {}


def test_missing_dictionary_is_told(monkeypatch):
    def missing(name):
        raise japanese_dictionary.PackageNotFoundError(name)

    monkeypatch.setattr(japanese_dictionary, "version", missing)
    japanese_dictionary._version.cache_clear()
    with pytest.raises(DeskError, match="dictionary is missing"):
        japanese_dictionary._version()
