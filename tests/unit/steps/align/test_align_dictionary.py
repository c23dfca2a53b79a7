import time

import pytest

from amts_desk.core.errors import DeskError
from amts_desk.steps.align import dictionary
from amts_desk.steps.align.dictionary import english_glosses, english_to_chinese, gloss_stems


def test_glosses_of_simplified_and_traditional():
    assert english_glosses("学习") == ("learn", "study")
    assert english_glosses("學習") == ("learn", "study")
    assert english_glosses("没有这个词") == ()


@pytest.mark.parametrize(
    ("english", "chinese"),
    [("network", "网络"), ("deep learning", "深度学习"), ("weight", "重量"), ("gradient", "梯度"), ("we", "我们")],
)
def test_best_chinese_comes_first(english, chinese):
    assert english_to_chinese()[english][0] == chinese


def test_stems_of_a_word_share_one_vote():
    found = gloss_stems("学习")
    assert found["learn"] == found["studi"] == 0.5


def test_unknown_word_is_taken_apart():
    assert "学习率" not in dictionary._glosses()
    assert gloss_stems("学习率")["learn"] > 0.1


def test_nothing_known_of_other_scripts():
    assert gloss_stems("qwzx") == {}


def test_warm_load_is_fast():
    english_glosses("学习")
    english_to_chinese()
    dictionary._glosses.cache_clear()
    dictionary._version.cache_clear()
    english_to_chinese.cache_clear()
    start = time.process_time()
    english_glosses("学习")
    english_to_chinese()
    assert time.process_time() - start < 1.0


def test_missing_dictionary_is_told(monkeypatch):
    def missing(name):
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(dictionary.importlib.resources, "files", missing)
    with pytest.raises(DeskError, match="dictionary is missing"):
        dictionary._file()
