"""Pairs of words that are one name or loan word in two scripts. No dictionary is needed for them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from heapq import nlargest
from operator import itemgetter

from amts_desk.steps.align.cognates import plain_letters
from amts_desk.steps.align.japanese import name_reading
from amts_desk.steps.align.romanise import hangul, kana, pinyin, sounds
from amts_desk.steps.align.signs import simplified_signs
from amts_desk.steps.align.words import HAN_WORD, stems

Pair = tuple[int, int, float]

_LONGEST_NAME = 4
_LONG_NAME, _NAME, _SURNAME, _SYLLABLE = 0.6, 0.3, 0.5, 0.1
_LEAST_LONG_NAME = 6
_SURNAMES = frozenset(  # of most Chinese people, in the order of their frequency
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪"
    "廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤"
    "張劉陳楊黃趙吳孫馬許鄧韓馮蕭葉蔣魏蘇呂盧鍾譚陸範韋賈鄒閻龍賀顧龔萬錢嚴湯鄭羅謝"
)

_SAME_SIGNS, _SAME_SIGN = 0.7, 0.3
_VOWELS = re.compile("[^A-Z]+")
_BY_CONSONANTS = (0.0, 0.0, 0.2, 0.4, 0.6)
"""How sure a loan word is by the number of its consonants, when the vowels agree, too."""
_FEW = 2
_LEAST_LIKENESS = (0.75, 0.5)
"""Of words with few consonants in common, and with more."""
_MOST = 4
_CUT_SHORT = 0.5
"""For a word of which one side lacks the last consonant, as a stem does."""
_LEAST_CUT = 4

_Speller = Callable[[str], str]
_SPELLERS: dict[str, _Speller] = {"ja": lambda word: kana(word) or kana(name_reading(word)), "ko": hangul}


def transliterations(
    source: Sequence[str], target: Sequence[str], source_language: str, target_language: str
) -> Iterator[Pair]:
    """Return (source number, target number, how probable) of words that sound alike in another script.

    Chinese names are known by their pinyin, loan words of Japanese and Korean by their consonants. Words are lower
    case, or stems. Words of Chinese and of Japanese may have the same signs. Nothing comes back for two languages with
    Latin letters.
    """
    one, other = source_language[:2], target_language[:2]
    if _rank(other) > _rank(one):
        return ((s, t, weight) for t, s, weight in transliterations(target, source, other, one))
    if one == "zh":
        return {0: _names, 1: _shared_signs, 2: _shared_signs}[_rank(other)](source, target, other)
    return _loan_words(source, target, one, other) if one in _SPELLERS else iter(())


def _rank(language: str) -> int:
    """Return 2 for Chinese, 1 for a language whose script is spelt out, 0 for Latin letters."""
    return 2 if language == "zh" else int(language in _SPELLERS)


def _shared_signs(chinese: Sequence[str], other: Sequence[str], _: str) -> Iterator[Pair]:
    """Return words that are written with the same Chinese signs but for their simplification."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, word in enumerate(chinese):
        if HAN_WORD.fullmatch(word):
            numbers[simplified_signs(word)].append(number)
    for number, word in enumerate(other):
        for chinese_number in numbers.get(simplified_signs(word), ()):
            yield chinese_number, number, _SAME_SIGNS if len(word) > 1 else _SAME_SIGN


def _names(chinese: Sequence[str], target: Sequence[str], language: str) -> Iterator[Pair]:
    numbers = {word: number for number, word in enumerate(target)}
    for number, word in enumerate(chinese):
        if len(word) > _LONGEST_NAME or not HAN_WORD.fullmatch(word):
            continue
        for spelling, weight in name_stems(word, language).items():
            if spelling in numbers:
                yield number, numbers[spelling], weight


def name_stems(word: str, language: str) -> Mapping[str, float]:
    """Return the stems in a language with Latin letters that a Chinese word may become if it is a name.

    That is its pinyin, whole and as family and given name, with weights that say how sure a match is: two syllables
    are hardly ever met by accident.
    """
    syllables = pinyin(word)
    spellings: dict[str, float] = {}
    for begin, end in _divisions(len(word)):
        name = "".join(syllables[begin:end])
        weight = _certainty(name, word[begin:end] if begin == 0 else "")
        spellings[name] = max(weight, spellings.get(name, 0))
    return dict(zip(stems(list(spellings), language), spellings.values(), strict=True))


def _divisions(signs: int) -> set[tuple[int, int]]:
    """Return (begin, end) of the parts of a name: all of it; a family name of one or two signs and the given name."""
    families = range(1, min(signs, _LONGEST_NAME - 1))
    return {(0, signs), *((0, family) for family in families), *((family, signs) for family in families)}


def _certainty(name: str, first_signs: str) -> float:
    if len(first_signs) == 1 and first_signs in _SURNAMES:
        return _SURNAME
    if len(name) >= _LEAST_LONG_NAME:
        return _LONG_NAME
    return _NAME if len(name) > 4 else _SYLLABLE


def _loan_words(source: Sequence[str], target: Sequence[str], one: str, other: str) -> Iterator[Pair]:
    index: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for number, word in enumerate(target):
        for consonants, sound in _sounds(word, other):
            index[consonants].append((number, sound))
    for number, word in enumerate(source):
        found: dict[int, float] = {}
        for consonants, sound in _sounds(word, one):
            for other_number, weight in _matches(consonants, sound, index):
                found[other_number] = max(weight, found.get(other_number, 0))
        likely = nlargest(_MOST, found.items(), key=itemgetter(1))
        yield from ((number, other_number, weight**3 / likely[0][1] ** 2) for other_number, weight in likely)


def _sounds(word: str, language: str) -> Iterator[tuple[str, str]]:
    """Return (consonants, all sounds) of a word, none when it has no letters of its language's script."""
    latin = _SPELLERS.get(language, plain_letters)(word)
    if latin.isascii() and latin.isalpha():
        yield from ((_VOWELS.sub("", sound), sound) for sound in sounds(latin))


def _matches(consonants: str, sound: str, index: Mapping[str, list[tuple[int, str]]]) -> Iterator[tuple[int, float]]:
    for key, certainty in ((consonants, 1.0), (consonants[:-1], _CUT_SHORT)):
        if certainty < 1 and len(consonants) < _LEAST_CUT:
            continue
        sureness = certainty * _BY_CONSONANTS[min(len(key), len(_BY_CONSONANTS) - 1)]
        for number, other in index.get(key, ()) if sureness else ():
            if (likeness := _likeness(sound, other, _LEAST_LIKENESS[len(key) > _FEW])) > 0:
                yield number, sureness * likeness


def _likeness(sound: str, other: str, least: float) -> float:
    """Return how alike two words sound, from `least` to 1; 0 when they are less so."""
    if 2 * min(len(sound), len(other)) < least * (len(sound) + len(other)):
        return 0
    ratio = 2 * _common(sound, other) / (len(sound) + len(other))
    return ratio if ratio >= least else 0


def _common(one: str, other: str) -> int:
    """Return the length of the longest common subsequence of two short words (see cognates for the method)."""
    places: dict[str, int] = {}
    for place, sign in enumerate(one):
        places[sign] = places.get(sign, 0) | 1 << place
    row = whole = (1 << len(one)) - 1
    for sign in other:
        shared = row & places.get(sign, 0)
        row = (row + shared | row - shared) & whole
    return len(one) - row.bit_count()
