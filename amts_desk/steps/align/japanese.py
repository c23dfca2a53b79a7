"""Japanese words with their dictionary forms and readings, from Sudachi. The door to sudachipy and its dictionary."""

from __future__ import annotations

import threading
from functools import cache, lru_cache
from typing import Any

_PROPER_NOUN = "固有名詞"
_analysing = threading.Lock()


def morphemes(text: str) -> list[tuple[str, str]]:
    """Return the words of a text without white space as they stand, each with its normalised dictionary form."""
    with _analysing:  # a tokenizer may not be used by two threads at once
        return [(word.surface(), word.normalized_form()) for word in _tokenizer().tokenize(text)]


@lru_cache(maxsize=20_000)
def name_reading(word: str) -> str:
    """Return the reading of a proper noun in katakana (東京: トウキョウ); "" for any other word."""
    with _analysing:
        found = list(_tokenizer().tokenize(word))
        is_name = len(found) == 1 and _PROPER_NOUN in found[0].part_of_speech()
        return str(found[0].reading_form()) if is_name else ""


@cache
def _tokenizer() -> Any:
    from sudachipy import Dictionary, SplitMode

    return Dictionary(dict="small").tokenizer(mode=SplitMode.A)
