"""Where sentences end in languages that put a space behind them.

A sentence may end after . ! ? … and closing quotes or brackets when something follows that can begin a new one. Which
of these places are ends is judged by own rules here, or by a library (see `amts_desk.steps.segment`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from amts_desk.steps.segment.abbreviations import ENUMERATOR, REACH, is_short_form

_OPENING = "\"'“‘«„‹([*_`¿¡"
# \ue004 and \ue005 are masked links and tags: a footnote mark or the end of bold stands behind the full stop. The
# look-behind keeps a long run of stops from being tried at each of them. The last set of the look-ahead are pictures.
_PLACE = re.compile(
    r"[.!?…。！？](?<![.!?…。！？]{2})[.!?…。！？]*+(?:\s?[»›])?[\"'”’“»›)\]*_\ue004\ue005]*+\s++"
    r"(?=[\"'“‘«„‹(\[*_`¿¡]*+\s?+(?:[^\W_]|[\ue001-\ue007☀-➿\U0001f300-\U0001faff]))"
)


def places(text: str) -> Iterator[tuple[int, int]]:
    """Return (offset of the stop, offset behind the white space) wherever a sentence of masked text might end."""
    for match in _PLACE.finditer(text):
        end = match.end()
        if not text[end : end + 8].lstrip(_OPENING)[:1].islower():
            yield match.start(), end


def spaced_ends(text: str, code: str) -> Iterator[int]:
    """Return the offsets where a new sentence of masked text in the language `code` begins, by own rules."""
    start = 0
    for stop, end in places(text):
        if text[stop] != "." or text[stop + 1] == "." or not _is_inside(text, start, stop, end, code):
            start = end
            yield end


def _is_inside(text: str, start: int, stop: int, end: int, code: str) -> bool:
    """Whether the full stop at `stop` ends an abbreviation, or the number in front of a heading."""
    before = text[max(start, stop - REACH) : stop].split()
    word = before[-1].lstrip(_OPENING) if before else ""
    if word[-1:].isdigit():
        return ENUMERATOR.fullmatch(text, start, stop) is not None
    following = text[end : end + REACH].lstrip(_OPENING).split()
    return is_short_form(word, following[0] if following else "", code)


def is_plain(text: str, end: int) -> bool:
    """Whether the sentence before `end` closes with a single full stop, but for markup and white space."""
    before = text[max(0, end - REACH) : end].rstrip(" \t\n\u3000\xa0*_\ue004\ue005")
    return before.endswith(".") and before[-2:-1] not in (".", "…")
