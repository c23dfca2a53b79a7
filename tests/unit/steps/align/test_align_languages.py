from itertools import permutations
from pathlib import Path

import pytest

from amts_desk.steps.align.aligner import align
from amts_desk.steps.align.links import Texts
from amts_desk.steps.read.files import read_file

SAMPLE = Path(__file__).parents[4] / "resources" / "sample"
SENTENCES = {
    "en": (
        "Parallel data is a list of sentence pairs.",
        "It teaches the machine the words that you have chosen.",
        "The algorithm learns from examples.",
        "Tanaka went to Tokyo by train.",
        "We translate the book in three days.",
    ),
    "ja": (
        "並列データは文の対の一覧です。",
        "それは、あなたが選んだ言葉を機械に教えます。",
        "アルゴリズムは例から学びます。",
        "田中さんは電車で東京へ行きました。",
        "私たちは三日で本を翻訳します。",
    ),
    "ko": (
        "병렬 데이터는 문장 쌍의 목록입니다.",
        "그것은 당신이 고른 단어를 기계에 가르칩니다.",
        "알고리즘은 예에서 배웁니다.",
        "다나카 씨는 기차로 도쿄에 갔습니다.",
        "우리는 사흘 만에 책을 번역합니다.",
    ),
    "zh-TW": (
        "平行資料是句對的列表。",
        "它把你選擇的詞語教給機器。",
        "演算法從例子中學習。",
        "田中坐火車去了東京。",
        "我們在三天內翻譯這本書。",
    ),
}


@pytest.mark.parametrize("codes", list(permutations(SENTENCES, 2)))
def test_sentences_go_one_to_one(codes):
    source, target = (SENTENCES[code] for code in codes)
    (links,) = align([Texts(source, target)], *codes).links
    assert [(link.source, link.target) for link in links] == [((n,), (n,)) for n in range(len(source))]


def hangul(text):
    """A text with each word as Hangul of its own: no Korean, but in its script and of its build."""
    syllables = ["".join(chr(0xAC00 + ord(c) * 37 % 11172) for c in word[:6:2]) for word in text.split()]
    return " ".join(syllables) + text[-1]


@pytest.mark.parametrize("code", ["ja", "ko"])
@pytest.mark.parametrize("forward", [True, False], ids=["from English", "to English"])
def test_sample_chapter_in_a_made_up_language_of_that_script(code, forward):
    """Smoke: Chinese with Japanese endings, and English spelt in Hangul, from the sample book."""
    english, chinese = (
        tuple(s.text for s in read_file(SAMPLE / language / "02-sentence-pairs.md", language).sentences)
        for language in ("en", "zh")
    )
    other = tuple(f"{text[:-1]}です。" for text in chinese) if code == "ja" else tuple(map(hangul, english))
    texts, codes = (Texts(english, other), ("en", code)) if forward else (Texts(other, english), (code, "en"))
    (links,) = align([texts], *codes).links
    assert [i for link in links for i in link.source] == list(range(len(texts.source)))
    assert [j for link in links for j in link.target] == list(range(len(texts.target)))
    assert sum(bool(link.source and link.target) for link in links) > 0.8 * min(len(english), len(other))
