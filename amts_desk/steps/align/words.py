"""Cut sentences into words and normalise them. The door to jieba and to PyStemmer."""

from __future__ import annotations

import logging
import re
import threading
import unicodedata
import warnings
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from amts_desk.steps.align import cache as cache_folder

_HAN = "[㐀-䶿一-鿿]+"
HAN_WORD = re.compile(_HAN)
"""Matches a run of Chinese characters."""
_HAN_RUN = re.compile(f"({_HAN})")
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
    """Return the normalised words of a sentence: lower case, plain punctuation, stems in languages that have them.

    One for each of `surface_words`. Punctuation marks are words; white space is not.
    """
    return [_normalised(word, language) for word in surface_words(text, language)]


def surface_words(text: str, language: str) -> list[str]:
    """Return the words of a sentence as they stand, in the same segmentation as `words`."""
    if not language.startswith("zh"):
        return _TOKEN.findall(text)
    found: list[str] = []
    for number, piece in enumerate(_HAN_RUN.split(text)):
        found += _jieba().lcut(piece) if number % 2 else _TOKEN.findall(piece)
    return found


def stems(plain: list[str], language: str) -> list[str]:
    """Return the stems of lower-case words; the words themselves in a language without a stemmer."""
    if language not in _STEMMERS:
        return plain
    with _stemming:  # a Stemmer may not be used by two threads at once
        return list(_stemmer(language).stemWords(plain))


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


@cache
def _jieba() -> Any:
    """Return jieba's tokenizer, quiet, with its dictionary kept in the cache folder."""
    with warnings.catch_warnings():
        # jieba 0.42.1 imports pkg_resources (deprecated) and has unescaped backslashes in its patterns.
        for category in (DeprecationWarning, PendingDeprecationWarning, SyntaxWarning):
            warnings.simplefilter("ignore", category)
        warnings.filterwarnings("ignore", "pkg_resources", UserWarning)
        import jieba
    jieba.setLogLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(cache_folder.folder())
    tokenizer.initialize()
    return tokenizer
