import pytest

from amts_desk.steps.align.transliteration import name_stems, transliterations


def found(source, target, source_language, target_language):
    pairs = transliterations(source, target, source_language, target_language)
    return {(source[s], target[t]): weight for s, t, weight in pairs}


def test_name_whole_and_in_parts():
    names = name_stems("王小明", "es")
    assert names["wangxiaoming"] == names["xiaoming"] > names["wang"] > names["ming"]


def test_two_syllables_are_surer_than_one():
    weights = found(["翠翠", "翠"], ["cuicui", "cui", "grandfath"], "zh", "en")
    assert weights["翠翠", "cuicui"] > 0.5 > 0.2 > weights["翠", "cui"]
    assert ("翠", "grandfath") not in weights


@pytest.mark.parametrize("chinese", ["zh", "zh-TW"])
def test_either_direction(chinese):
    forth = found(["劉", "陳"], ["liu", "chen"], chinese, "fr")
    back = found(["liu", "chen"], ["劉", "陳"], "fr", chinese)
    assert forth == {(c, f): weight for (f, c), weight in back.items()} != {}


@pytest.mark.parametrize(
    ("word", "language", "stem"),
    [
        ("アルゴリズム", "ja", "algorithm"),
        ("トレーニング", "ja", "train"),
        ("コンピュータ", "ja", "comput"),
        ("알고리즘", "ko", "algorithm"),
        ("데이터베이스", "ko", "databas"),
    ],
)
def test_loan_words(word, language, stem):
    weights = found([word], ["the", stem, "house", "letter"], language, "en")
    assert set(weights) == {(word, stem)}
    assert weights[word, stem] > 0.1


def test_one_consonant_says_nothing():
    assert found(["な", "の", "ル"], ["no", "in", "roe"], "ja", "en") == {}


def test_japanese_names_are_known_by_their_reading():
    assert found(["東京", "田中", "図書館"], ["tokyo", "tanaka", "librari"], "ja", "en").keys() == {
        ("東京", "tokyo"),
        ("田中", "tanaka"),
    }


def test_japanese_with_korean():
    assert ("데이터베이스", "データベース") in found(["데이터베이스", "나무"], ["データベース", "木"], "ko", "ja")


@pytest.mark.parametrize(
    ("one", "other", "chinese", "japanese"),
    [
        ("zh", "ja", "学习", "学習"),
        ("ja", "zh-TW", "經驗", "経験"),
        ("zh", "ja", "对", "対"),
        ("zh-TW", "ja", "總數", "総数"),
    ],
)
def test_chinese_and_japanese_share_signs(one, other, chinese, japanese):
    source, target = (chinese, japanese) if one != "ja" else (japanese, chinese)
    assert found([source, "x"], [target, "x"], one, other).keys() == {(source, target)}


def test_simplified_and_traditional():
    assert found(["机器", "学习"], ["學習"], "zh", "zh-TW").keys() == {("学习", "學習")}


@pytest.mark.parametrize(("one", "other"), [("en", "es"), ("zh", "ja"), ("ko", "zh")])
def test_no_pairs_where_nothing_sounds_alike(one, other):
    assert found(["data", "数据", "데이터"], ["data", "データ", "模型"], one, other) == {}
