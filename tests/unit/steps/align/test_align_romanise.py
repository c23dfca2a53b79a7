import pytest

from amts_desk.steps.align.romanise import hangul, kana, pinyin, sounds


def test_pinyin_of_each_sign():
    assert pinyin("王小明") == ("wang", "xiao", "ming")
    assert pinyin("劉x") == ("liu", "")


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("アルゴリズム", "arugorizumu"),
        ("コンピューター", "konpyuta"),
        ("ティッシュ", "tishu"),
        ("ジェット", "jeto"),
        ("フィルタ", "firuta"),
        ("チョコレート", "chokoreto"),
        ("ヴィオラ", "viora"),
        ("とうきょう", "tokyo"),
        ("東京", ""),
        ("", ""),
    ],
)
def test_kana(word, latin):
    assert kana(word) == latin


@pytest.mark.parametrize(
    ("word", "latin"), [("알고리즘", "algorijeum"), ("서울", "seoul"), ("차", "cha"), ("서울x", "")]
)
def test_hangul(word, latin):
    assert hangul(word) == latin


@pytest.mark.parametrize(
    ("one", "other"),
    [("konpyuta", "computer"), ("enjin", "engine"), ("jeto", "jet"), ("kyashu", "cash"), ("paisseon", "python")],
)
def test_spellings_of_one_word_share_their_consonants(one, other):
    def consonants(word):
        return {"".join(filter(str.isupper, sound)) for sound in sounds(word)}

    assert consonants(one) & consonants(other)
