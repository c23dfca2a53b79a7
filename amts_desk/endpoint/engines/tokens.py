"""A passage as tokens for the engine, and tokens put together into text again.

Marks and numbers are carried tokens: every one of them must come out exactly once. Their keys are classes, so that
what was learned beside one formula serves beside every other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from amts_desk.endpoint.passages import MARK, Passage, Place
from amts_desk.steps.align.words import surface_words, words

_CLASSES = {Place.WORD: "\ue0f0", Place.OPENING: "\ue0f1", Place.CLOSING: "\ue0f2"}
_NUMBER = "\ue0f3"
_FULL_WIDTH = {",": "，", ".": "。", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
_HALF_WIDTH = {full: half for half, full in _FULL_WIDTH.items()} | {"、": ",", "“": '"', "”": '"', "《": '"', "》": '"'}
_HAN = re.compile("[㐀-鿿，。：；？！（）、]")
_CLINGS_LEFT = frozenset(",.:;?!)%”’»…、，。：；？！）")
_JOINERS = ("-", "/")
_CLINGS_RIGHT = frozenset("(“‘«¿¡（")


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it stands and the key under which things are learned about it."""

    surface: str
    key: str

    @property
    def is_carried(self) -> bool:
        """Whether it must come out of the translation exactly once."""
        return "\ue0f0" <= self.key <= "\ue0ff"


def tokens(passage: Passage, language: str) -> list[Token]:
    """Return the tokens of a passage."""
    pairs = zip(surface_words(passage.text, language), words(passage.text, language), strict=True)
    return [Token(surface, _key(surface, word, passage)) for surface, word in pairs]


def _key(surface: str, word: str, passage: Passage) -> str:
    if MARK.match(surface):
        return _CLASSES[passage.span(surface).place]
    return _NUMBER if surface[0].isdigit() else word


def wording(surfaces: Iterable[str], passage: Passage, language: str) -> str:
    """Return tokens of the target language as text: its punctuation, its spaces, a capital to begin with."""
    is_han = language.startswith(("zh", "ja"))
    signs = _FULL_WIDTH if is_han else _HALF_WIDTH
    pieces = [signs.get(surface, surface) for surface in surfaces if surface]
    text, open_quotes = "", 0
    for number, piece in enumerate(pieces):
        if piece == '"':
            open_quotes += 1
        before = pieces[number - 1] if number else ""
        quoted = before == '"' and open_quotes % 2 == 1
        closing = piece == '"' and open_quotes % 2 == 0
        if before and not quoted and not closing and _is_apart(before, piece, passage, is_han=is_han):
            text += " "
        text += piece
    return text if is_han else _capitalised(text)


def _is_apart(before: str, after: str, passage: Passage, *, is_han: bool) -> bool:
    """Whether a space stands between two tokens."""
    if _clings(before, passage, Place.OPENING, _CLINGS_RIGHT) or _clings(after, passage, Place.CLOSING, _CLINGS_LEFT):
        return False
    if before in _JOINERS or after in _JOINERS:
        return False
    if not is_han:
        return not after.startswith(("'", "’")) or len(after) == 1
    return not any(_HAN.match(sign) or MARK.match(sign) for sign in (before[-1], after[0]))


def _clings(piece: str, passage: Passage, place: Place, signs: frozenset[str]) -> bool:
    return passage.span(piece).place is place if MARK.match(piece) else piece in signs


def _capitalised(text: str) -> str:
    first = re.search(r"[^\W\d_]", text)
    if first is None or (first.start() > 2 and not MARK.search(text, 0, first.start())):
        return text
    return text[: first.start()] + first.group().upper() + text[first.end() :]
