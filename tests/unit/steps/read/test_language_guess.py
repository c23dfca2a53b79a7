"""The language of a text by its script and commonest words."""

import pytest

from amts_desk.steps.read.language import guess
from amts_desk.store.places import resource

TEXTS = {
    "en": "We are in the middle of a chapter that is about the way in which a network learns.",
    "es": "Estamos en medio de un capítulo que trata de la forma en que aprende una red con los datos.",
    "pt": "Estamos no meio de um capítulo que trata da forma como uma rede aprende com os dados, e não mais.",
    "fr": "Nous sommes au milieu d'un chapitre qui parle de la façon dont un réseau apprend dans les données.",
    "de": "Wir sind in der Mitte von einem Kapitel, das die Art zeigt, wie ein Netz mit den Daten lernt, und nicht.",
    "tr": "Bu bölüm bir ağın nasıl öğrendiğini ve verilerle ne kadar çok çalıştığını anlatır, daha da çok.",
    "vi": "Đây là một chương về cách mà mạng học được từ những dữ liệu của các bài toán và không có gì cho để.",
    "zh": "这一章讲的是网络如何学习。",
    "zh-TW": "這一章講的是網絡如何學習。",
    "ja": "この章ではネットワークの学習について説明します。",
    "ko": "이 장에서는 네트워크가 학습하는 방법을 설명합니다.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_sentence_tells_its_language(code):
    assert guess(TEXTS[code]) == code
    assert guess("```python\nx = 1\n```\n" + TEXTS[code]) == code


def test_a_chinese_text_without_any_mark_is_chinese():
    assert guess("机器学习") == "zh"


@pytest.mark.parametrize("text", ["", "123 456", "x = f(y)", "$$\\alpha$$", "ReLU GPU", "😀"])
def test_too_little_text_is_no_language(text):
    assert guess(text) == ""


@pytest.mark.parametrize("path", sorted(resource("sample").glob("*/*.md")), ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_every_chapter_of_the_sample_book_is_told(path):
    assert guess(path.read_text(encoding="utf-8")) == path.parent.name
