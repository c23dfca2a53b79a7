"""Tell the language of a text from its script and its commonest words.

Good enough to pair files without being told and to warn about the wrong one; a person's choice always wins.
"""

from __future__ import annotations

import re
from collections import Counter

from amts_desk.core.errors import DeskError
from amts_desk.core.languages import language

_COMMON = {
    "en": "the of and to is that we for in with as are this be can by it on",
    "es": "de la que el en los se para las una por del con un es como su más",
    "pt": "de que o para uma um não em os do da com as no se por mais é",
    "fr": "de la le les des et est que une dans pour un en du qui sur nous par",
    "de": "der die das und ist wir von zu den mit ein eine nicht auf dem im für",
    "tr": "bir ve bu için ile olarak daha gibi olan de da çok ne kadar her",
    "vi": "là của và các một có được trong cho không với này ta những để",
}
_COMMON_IN: dict[str, list[str]] = {}
for _code, _words in _COMMON.items():
    for _word in _words.split():
        _COMMON_IN.setdefault(_word, []).append(_code)
_OWN_SCRIPT = {"zh", "ja", "ko"}
_FEWEST_WORDS, _FEWEST_COMMON = 6, 2
"""Words, and different common words among them, from which on a sentence in Latin letters tells its language."""
_HAN = re.compile(r"[一-鿿]")
_KANA = re.compile(r"[぀-ヿ]")
_HANGUL = re.compile(r"[가-힯]")
_WORD = re.compile(r"[^\W\d_]+")
_TRADITIONAL = set("個們來這時會對說國學與為過發現開經實點無長門問間東車馬語體")
_SIMPLIFIED = set("个们来这时会对说国学与为过发现开经实点无长门问间东车马语体")


def guess(text: str) -> str:
    """Return the Amazon code of the text's language, or "" when there is too little to tell."""
    letters = sum(map(len, _WORD.findall(text)))
    if not letters:
        return ""
    han, kana, hangul = (len(pattern.findall(text)) for pattern in (_HAN, _KANA, _HANGUL))
    if kana > 0.1 * (han + kana) and han + kana > 0.1 * letters:
        return "ja"
    if hangul > 0.1 * letters:
        return "ko"
    if han > 0.1 * letters:
        counts = Counter(text)
        traditional = sum(counts[c] for c in _TRADITIONAL - _SIMPLIFIED)
        return "zh-TW" if traditional > sum(counts[c] for c in _SIMPLIFIED - _TRADITIONAL) else "zh"
    return _by_common_words(text)


def foreign(sentence: str, code: str) -> str:
    """Return the code of the language that a sentence is evidently in, when that is not `code`; else "".

    A sentence says little, so this keeps silent unless its script or several of its commonest words are another's.
    """
    told = guess(sentence)
    if not told or told[:2] == code[:2]:
        return ""
    words = [word.lower() for word in _WORD.findall(sentence)]
    if told[:2] in _OWN_SCRIPT:
        signs = sum(len(pattern.findall(sentence)) for pattern in (_HAN, _KANA, _HANGUL))
        is_evident = code[:2] in _OWN_SCRIPT or signs > max(3, 0.3 * sum(map(len, words)))
    else:
        scores = _scores(sorted(set(words)))
        is_evident = len(words) >= _FEWEST_WORDS and scores[told] >= max(_FEWEST_COMMON, 2 * scores.get(code[:2], 0))
    return told if is_evident else ""


def doubts(names: tuple[str, str], texts: tuple[str, str], codes: tuple[str, str]) -> list[DeskError]:
    """Return what is odd about the languages that two texts are said to be in; nothing when all seems well."""
    told = [guess(text)[:2] for text in texts]
    said = [code[:2] for code in codes]
    if told == said[::-1] and told[0] != told[1]:
        return [
            DeskError(
                f"{names[0]} seems to be in {language(codes[1]).name}, {names[1]} in {language(codes[0]).name}.",
                "Exchange the files or the languages.",
            )
        ]
    return [
        DeskError(f"{name} looks like {language(seen).name}, not {language(code).name}.", "Check the languages.")
        for name, seen, code in zip(names, told, codes, strict=True)
        if seen and seen != code[:2]
    ]


def _by_common_words(text: str) -> str:
    words = [word.lower() for word in _WORD.findall(text)]
    scores = _scores(words)
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] >= 0.05 * len(words) else ""


def _scores(words: list[str]) -> dict[str, int]:
    """Return how many of the words are among the commonest of each language in Latin letters."""
    scores = dict.fromkeys(_COMMON, 0)
    for word in words:
        for code in _COMMON_IN.get(word, ()):
            scores[code] += 1
    return scores
