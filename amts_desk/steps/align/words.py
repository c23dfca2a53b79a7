"""Cut sentences into words and normalise them. The door to jieba and to PyStemmer."""

from __future__ import annotations

import logging
import re
import sys
import threading
import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from amts_desk.steps.align import cache as cache_folder
from amts_desk.steps.align import japanese, korean
from amts_desk.steps.align.english import base_form

HAN_WORD = re.compile("[㐀-䶿一-鿿]+")
"""Matches a run of Chinese characters."""
_HAN_RUN = re.compile("([㐀-䶿一-鿿]+)")
_RUNS = {  # of the script that a language's own tokenizer takes apart
    "zh": _HAN_RUN,
    "zh-TW": _HAN_RUN,
    "ja": re.compile("([々〆ぁ-ヿｦ-ﾟ㐀-䶿一-鿿]+)"),
    "ko": re.compile(r"([가-힣]+(?:\s+[가-힣]+)*)"),
}
_TOKEN = re.compile(
    r"""[゠-ヿ]+ | [぀-ゟ㐀-䶿一-鿿]                               # Japanese: katakana words, other signs one by one
      | (?:(?![぀-ヿ㐀-䶿一-鿿])[^\W\d_])+(?:['’](?:s|t|d|m|re|ve|ll)\b)?  # words, with English contractions
      | \d+(?:[.,]\d+)*
      | \S""",
    re.VERBOSE | re.IGNORECASE,
)
_PUNCTUATION = str.maketrans(
    {"。": ".", "、": ",", "—": "-", "–": "-", "’": "'", "‘": "'"} | dict.fromkeys("“”《》「」『』«»„", '"')
)
_STEMMERS = {"en": "porter", "es": "spanish", "fr": "french", "de": "german", "pt": "portuguese", "tr": "turkish"}
_stemming = threading.Lock()


def use_cache(folder: Path) -> None:
    """Keep jieba's dictionary, the parsed CC-CEDICT and compiled kernels in `folder`; call it before aligning."""
    cache_folder.use(folder)


def words(text: str, language: str) -> list[str]:
    """Return the normalised words of a sentence: lower case, plain punctuation, stems or dictionary forms.

    One for each of `surface_words`. Punctuation marks are words; white space is not.
    """
    return [_normalised(form, language) for _, form in _analysed(text, language)]


def surface_words(text: str, language: str) -> list[str]:
    """Return the words of a sentence as they stand, in the same segmentation as `words`."""
    return [surface for surface, _ in _analysed(text, language)]


def _analysed(text: str, language: str) -> list[tuple[str, str]]:
    """Return each word as it stands, and the form of it that is to be normalised."""
    if language not in _RUNS:
        return _plain(text)
    found: list[tuple[str, str]] = []
    for number, piece in enumerate(_RUNS[language].split(text)):
        found += _TAKE_APART[language](piece) if number % 2 else _plain(piece)
    return found


def _plain(text: str) -> list[tuple[str, str]]:
    return [(word, word) for word in _TOKEN.findall(text)]


def _chinese(text: str) -> list[tuple[str, str]]:
    return [(word, word) for word in _jieba().lcut(text)]


def _traditional(text: str) -> list[tuple[str, str]]:
    """Return the words of traditional Chinese as jieba finds them in simplified Chinese, which it knows far better."""
    from amts_desk.steps.align.dictionary import simplified

    ends = accumulate(map(len, _jieba().lcut(simplified(text))), initial=0)
    return [(text[begin:end], text[begin:end]) for begin, end in pairwise(ends)]


def _korean(text: str) -> list[tuple[str, str]]:
    found = text.split()
    return list(zip(found, korean.stems(found), strict=True))


_TAKE_APART = {"zh": _chinese, "zh-TW": _traditional, "ja": japanese.morphemes, "ko": _korean}


def stems(plain: list[str], language: str) -> list[str]:
    """Return the stems of lower-case words; the words themselves in a language without a stemmer."""
    if language not in _STEMMERS:
        return plain
    if language == "en":
        plain = list(map(base_form, plain))
    with _stemming:  # a Stemmer may not be used by two threads at once
        found = _stemmer(language).stemWords(plain)
    return [stem or word for stem, word in zip(found, plain, strict=True)]  # Porter leaves nothing of "s"


def chinese_frequency(word: str) -> int:
    """Return how often a Chinese word stands in the corpus that jieba's dictionary was counted on; 0 when unknown."""
    return int(_jieba().FREQ.get(word, 0))


@lru_cache(maxsize=100_000)
def _normalised(word: str, language: str) -> str:
    plain = unicodedata.normalize("NFKC", word).translate(_PUNCTUATION).lower()
    if not plain[:1].isalpha():
        return plain
    if language == "en":
        plain = plain.removesuffix("'s")
    return stems([plain], language)[0]


@cache
def _stemmer(language: str) -> Any:
    import Stemmer

    return Stemmer.Stemmer(_STEMMERS[language], 0)


@contextmanager
def _without(package: str) -> Iterator[None]:
    """Let a package look as if it were not installed, unless it is loaded already."""
    hidden = package not in sys.modules
    if hidden:
        sys.modules[package] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if hidden:
            del sys.modules[package]


@cache
def _jieba() -> Any:
    """Return jieba's tokenizer, quiet, with its dictionary kept in the cache folder."""
    with warnings.catch_warnings(), _without("pkg_resources"):  # jieba does as well without it, and starts sooner
        for category in (DeprecationWarning, SyntaxWarning):  # jieba 0.42.1 has unescaped backslashes in its patterns
            warnings.simplefilter("ignore", category)
        import jieba
    jieba.setLogLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(cache_folder.folder())
    tokenizer.initialize()
    return tokenizer
