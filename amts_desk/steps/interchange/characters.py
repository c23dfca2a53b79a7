"""Which characters a file can carry, and whether two codes name one language: what the formats have in common."""

from __future__ import annotations

import re
from functools import lru_cache

from amts_desk.core.errors import DeskError
from amts_desk.core.languages import language as language_of
from amts_desk.core.pairs import Pair

NOT_IN_UTF8 = re.compile(r"[\ud800-\udfff]")
"""Lone surrogates: halves of characters."""
NOT_IN_TABLES = re.compile(r"[\r\ud800-\udfff]")
"""Besides those a carriage return, which Python's csv leaves unquoted where rows end in a line feed."""
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What is no Char in XML 1.0 (https://www.w3.org/TR/xml/#charsets)."""


def require_carried(text: str, forbidden: re.Pattern[str], where: str) -> None:
    """Raise DeskError naming the first `forbidden` character of `text`, which stands at `where`."""
    found = forbidden.search(text)
    if found:
        raise DeskError(
            f"{where} holds U+{ord(found.group()):04X} at character {found.start() + 1}, which the file cannot carry.",
            "Remove that character from the text; control characters and halves of characters carry no meaning.",
        )


def require_pair_carried(number: int, pair: Pair, forbidden: re.Pattern[str]) -> None:
    """Raise DeskError when the pair of this number (from 1) holds a `forbidden` character."""
    origin = f" ({pair.chapter})" if pair.chapter else ""
    for side, text in (("source", pair.source), ("target", pair.target), ("chapter name", pair.chapter)):
        require_carried(text, forbidden, f"The {side} of pair {number}{origin}")


@lru_cache(maxsize=1024)
def is_language(tag: str, code: str) -> bool:
    """Return whether a file's language tag (en, en-US, ZH_CN) names the language of an Amazon code.

    A tag with a region the program does not know counts as its language: "en-GB" is "en", but "zh-TW" is not "zh".
    """
    tag = tag.strip().replace("_", "-")
    for candidate in (tag, tag.split("-")[0]):
        try:
            return language_of(candidate).code == language_of(code).code
        except DeskError:
            continue
    return tag.lower() == code.lower()
