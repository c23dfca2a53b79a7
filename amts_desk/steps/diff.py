"""Differences between two versions of a text, as a person would tell them: the one door to diff_match_patch.

Words are compared in languages that put spaces between them, characters in the others. Source: Myers 1986, and the
semantic clean-up of Google's Diff Match Patch.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from amts_desk.core.languages import language as language_of

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_FIRST = 0xE000  # private use and beyond: to the clean-up no word looks like a blank or a letter


class ChangeKind(StrEnum):
    """What became of a piece of text."""

    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of text that stayed, came or went."""

    kind: ChangeKind
    text: str


_KINDS = {-1: ChangeKind.DELETE, 0: ChangeKind.EQUAL, 1: ChangeKind.INSERT}


def differences(before: str, after: str, language: str, *, seconds: float = 0.5) -> list[Change]:
    """Return the pieces in reading order; those not inserted make up `before`, those not deleted `after`.

    After about `seconds` the rest is given as deleted and inserted as a whole instead of searched further.
    Raises DeskError for a language the program does not know.
    """
    if language_of(language).spaced:
        return _word_differences(before, after, seconds)
    return [Change(kind, text) for kind, text in _compared(before, after, seconds)]


def _word_differences(before: str, after: str, seconds: float) -> list[Change]:
    words: dict[str, str] = {}
    found = _compared(_encoded(before, words), _encoded(after, words), seconds)
    spelled = {code: word for word, code in words.items()}
    return [Change(kind, "".join(spelled[code] for code in codes)) for kind, codes in found]


def _encoded(text: str, words: dict[str, str]) -> str:
    """Return one character a word; `words` learns the characters given."""
    return "".join(words.setdefault(word, chr(_FIRST + len(words))) for word in _WORDS.findall(text))


def _compared(before: str, after: str, seconds: float) -> list[tuple[ChangeKind, str]]:
    from diff_match_patch import diff_match_patch

    search = diff_match_patch()
    search.Diff_Timeout = seconds
    found = search.diff_main(before, after, checklines=False)
    search.diff_cleanupSemantic(found)
    return [(_KINDS[kind], text) for kind, text in found]
