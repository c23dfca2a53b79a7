"""Chinese, Japanese and Korean words in Latin letters, and what two spellings of one name or loan word share.

The door to pypinyin. Kana and Hangul are spelt by their Unicode names ("KATAKANA LETTER GA", "HANGUL SYLLABLE REUM").
A loan word keeps its consonants and loses its vowels (アルゴリズム "arugorizumu", 알고리즘 "algorijeum", "algorithm"):
`sounds` is a Soundex for that, with the consonants that these languages do not tell apart in one class.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from amts_desk.steps.align import cache as cache_folder

_Rules = tuple[tuple[re.Pattern[str], str], ...]


def _rules(*rules: tuple[str, str]) -> _Rules:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in rules)


_HAN_SIGNS = range(0x4E00, 0xA000)
_KANA = re.compile("(?:KATAKANA|HIRAGANA) LETTER (SMALL )?([A-Z]+)")
_KANA_RULES = _rules(  # a small sign stands in small letters
    ("tu", ""),
    ("SI", "SHI"), ("TI", "CHI"), ("TU", "TSU"), ("HU", "FU"), ("[ZD]I", "JI"), ("DU", "ZU"),
    ("(SH|CH|J)Iy", r"\1"), ("[IE]y", "y"), ("[AIUEO](?=[aiueo])", ""),
)  # fmt: skip
_LONG_VOWELS = _rules(("o[ou]", "o"), ("uu", "u"))
_HANGUL = "HANGUL SYLLABLE "
_SOUND_RULES = _rules(
    ("tch|t?sh|ch|t[sz]|t(?=i[aou])|th", "S"),
    ("ph", "P"),
    ("igh|ough", "i"),
    ("^[kg]n|n[gk]u?$|ng(?![aeiou])", "N"),
    ("x", "KS"),
    ("ck|q|c(?![eiy])", "K"),
    ("[szcj]", "S"),
    ("[bpfv]", "P"),
    ("[td]", "T"),
    ("[gk]", "K"),
    ("[lr]", "R"),
    ("[mn]", "N"),
    ("[hw]", ""),
    ("ei|ae", "e"),
    ("e([ou])", r"\1"),
    (r"(.)\1+", r"\1"),
)
_MUTE_R = re.compile("(?<=[aeiou])r(?![aeiou])")
_SOFT_G = re.compile("g(?=[eiy])")


def pinyin(word: str) -> tuple[str, ...]:
    """Return the pinyin of each Chinese sign without tones; "" for a sign that has none."""
    return tuple(_pinyin().get(sign, "") for sign in word)


def kana(word: str) -> str:
    """Return a word of kana in Hepburn romanisation, long vowels short; "" when there is another sign in it."""
    found = [_KANA.match(unicodedata.name(sign, "")) for sign in word.replace("ー", "")]
    if not all(found):
        return ""
    letters = "".join(sign[2].lower() if sign[1] else sign[2] for sign in found if sign)
    return _replaced(_replaced(letters, _KANA_RULES).lower(), _LONG_VOWELS)


def hangul(word: str) -> str:
    """Return a word of Hangul in Latin letters, nearly as the Revised Romanization; "" when there is another sign."""
    names = [unicodedata.name(sign, "") for sign in word]
    if not all(name.startswith(_HANGUL) for name in names):
        return ""
    return "".join(name.removeprefix(_HANGUL).lower().replace("c", "ch") for name in names)


@lru_cache(maxsize=100_000)
def sounds(latin: str) -> frozenset[str]:
    """Return how a plain lower-case word may sound: classes of consonants as capitals between its vowels.

    More than one when an r may be mute or a g soft.
    """
    spellings = {latin, _SOFT_G.sub("j", latin)}
    return frozenset(
        _replaced(spelling, _SOUND_RULES) for word in spellings for spelling in (word, _MUTE_R.sub("", word))
    )


def _replaced(text: str, rules: _Rules) -> str:
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return text


@cache
def _pinyin() -> dict[str, str]:
    text = cache_folder.remembered("pinyin-2.tsv", lambda: "\n".join(_pinyin_lines()))
    return dict(zip(map(chr, _HAN_SIGNS), text.split("\n"), strict=True))


def _pinyin_lines() -> Iterator[str]:
    from pypinyin import lazy_pinyin

    for sign in map(chr, _HAN_SIGNS):
        found = lazy_pinyin(sign)[0]
        yield found if found.isascii() else ""
