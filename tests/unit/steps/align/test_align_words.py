import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.steps.align import cache
from amts_desk.steps.align.words import chinese_frequency, stems, surface_words, words


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The dog's houses cost 3.14, don't we?", "en", "the dog hous cost 3.14 , don't we ?"),
        ("Las redes neuronales aprenden.", "es", "las red neuronal aprend ."),
        ("我们使用“深度学习”，见图3.1。", "zh", '我们 使用 " 深度 学习 " , 见图 3.1 .'),
        ("学习 `Net` 的 $x_i$", "zh", "学习 ` net ` 的 $ x _ i $"),
        ("ＡＢＣ１２", "zh", "abc 12"),
        ("機器學習的模型", "zh-TW", "機器 學習 的 模型"),
        ("ｼﾝﾌﾟﾙなモデルの`x`を学びました。", "ja", "シンプル だ モデル の ` x ` を 学ぶ ます た ."),
        ("신경망은 12.5에서 `x`를 배웠습니다.", "ko", "신경망 12.5 에서 ` x ` 를 배우 ."),
    ],
)
def test_normalised(text, language, expected):
    assert words(text, language) == expected.split()


def test_surface_stands_as_it_is():
    assert surface_words("Networks LEARN 学习。", "zh") == ["Networks", "LEARN", "学习", "。"]


def test_same_code_and_math_on_both_sides():
    formula = r"$\mathbf{x}_{i+1} = 2.5$ and :numref:`fig_x`"
    assert words(formula, "zh") == words(formula, "fr")


@given(st.text(max_size=60), st.sampled_from(["en", "zh", "zh-TW", "es", "ja", "ko", "vi"]))
def test_one_normalised_word_for_each_surface_word(text, language):
    surface = surface_words(text, language)
    assert len(words(text, language)) == len(surface)
    assert "".join(surface) == "".join(text.split())


def test_segmentation_is_the_same_in_traditional_signs():
    simple, traditional = "我们用机器学习的模型预测房价", "我們用機器學習的模型預測房價"
    assert list(map(len, words(traditional, "zh-TW"))) == list(map(len, words(simple, "zh")))


@given(st.lists(st.sampled_from(["모델은", "학습에서", "를", "배웠습니다", "ㅋㅋ", "꽃", "뷁"]), max_size=8))
def test_one_stem_for_each_korean_word(found):
    assert surface_words(" ".join(found), "ko") == [piece for word in found for piece in surface_words(word, "ko")]


def test_two_threads_at_once():
    with ThreadPoolExecutor(4) as pool:
        assert len(set(map(tuple, pool.map(lambda _: words("モデルを学ぶ", "ja"), range(200))))) == 1
        assert len(set(map(tuple, pool.map(lambda _: words("모델을 배웁니다", "ko"), range(200))))) == 1


def test_irregular_forms_are_led_back():
    assert words("She said the children went.", "en") == words("She say the child go.", "en")
    assert stems(["thought", "thinks"], "en") == ["think", "think"]


def test_stems_of_a_language_without_stemmer_are_the_words():
    assert stems(["houses"], "vi") == ["houses"]
    assert stems(["houses", "s"], "en") == ["hous", "s"]


def test_frequent_words_are_frequent():
    assert chinese_frequency("我们") > chinese_frequency("梯度") > 0
    assert chinese_frequency("没有这个词") == 0


def test_jieba_is_quiet_and_keeps_its_cache_private(tmp_path):
    code = (
        "from pathlib import Path; from amts_desk.steps.align.words import use_cache, words;"
        f"use_cache(Path({str(tmp_path)!r})); words('深度学习', 'zh')"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == done.stderr == ""
    assert (tmp_path / "jieba.cache").is_file()
    assert cache.folder() != tmp_path
