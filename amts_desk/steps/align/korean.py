"""Korean words without their particles and endings, from MeCab-ko. The door to mecab_ko and its dictionary."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import cache
from typing import Any

_SUFFIXES = ("J", "E", "XS", "VCP", "VX")  # particles, endings, suffixes, copula, auxiliary verbs
_analysing = threading.Lock()


def stems(words: list[str]) -> list[str]:
    """Return the content of each word of a text in order: 학습에서는 ("in learning") is 학습.

    A word without content, as a particle that stands alone, is its own stem. Words are Hangul throughout.
    """
    with _analysing:  # a tagger may not be used by two threads at once
        lines = _tagger().parse(" ".join(words)).splitlines()
    morphemes = iter(lines)
    return [_content(word, morphemes) or word for word in words]


def _content(word: str, lines: Iterator[str]) -> str:
    """Return what remains of a word when its morphemes (from `lines`, as far as they belong to it) are looked at."""
    content, length = "", 0
    while length < len(word):
        surface, _, features = next(lines).partition("\t")
        length += len(surface)
        tag, *_, parts = features.split(",")
        if not tag.startswith(_SUFFIXES):
            is_inflected = "+" in tag or (tag.startswith("V") and "/" in parts)
            content += parts.split("/")[0] if is_inflected else surface
    return content


@cache
def _tagger() -> Any:
    from mecab_ko import Tagger

    return Tagger()
