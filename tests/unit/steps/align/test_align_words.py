import subprocess
import sys

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
        ("モデルを学ぶ", "ja", "モデル を 学 ぶ"),
        ("딥 러닝", "ko", "딥 러닝"),
    ],
)
def test_normalised(text, language, expected):
    assert words(text, language) == expected.split()


def test_surface_stands_as_it_is():
    assert surface_words("Networks LEARN 学习。", "zh") == ["Networks", "LEARN", "学习", "。"]


def test_same_code_and_math_on_both_sides():
    formula = r"$\mathbf{x}_{i+1} = 2.5$ and :numref:`fig_x`"
    assert words(formula, "zh") == words(formula, "fr")


@given(st.text(max_size=60), st.sampled_from(["en", "zh", "es", "ja", "vi"]))
def test_one_normalised_word_for_each_surface_word(text, language):
    surface = surface_words(text, language)
    assert len(words(text, language)) == len(surface)
    assert "".join(surface) == "".join(text.split())


def test_stems_of_a_language_without_stemmer_are_the_words():
    assert stems(["houses"], "vi") == ["houses"]
    assert stems(["houses"], "en") == ["hous"]


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
