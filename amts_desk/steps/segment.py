"""Cut a block into sentences. English, Chinese and Spanish by own rules on unwrapped, masked text.

The rules follow what reading the Dive into Deep Learning chapters taught: a sentence ends after . ! ? and closing
quotes or brackets when something like a new sentence follows; in Chinese after 。！？ unless a bracket or quotation
is still open or the sentence goes on behind the quotation (“…”他说). A footnote mark belongs to the sentence before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from amts_desk.core.languages import language
from amts_desk.steps.protect import masked

_ABBREVIATION = re.compile(
    r"(?<![^\W\d_])(?:[A-Z]|[a-z]\.[a-z](?:\.[a-z])*|Ch|Dr|Eq|Fig|Inc|Jr|Mr|Mrs|Ms|No|Prof|Sec|Sr|Sra|St|Tab|Vol|al|approx|art|ca"
    r"|cap|cf|ed|eq|fig|núm|p|pp|pág|págs|resp|sec|sr|sra|vol|vs)$"
)
_OPENING = "\"'“‘«([*_`¿¡"
_ENUMERATOR = re.compile(r"[(\s]*\d+(?:\.\d+)*")
# \ue004 and \ue005 are masked links and tags: a footnote mark or the end of bold stands behind the full stop.
_SPACED_END = re.compile(
    r"(?<![.!?…])[.!?…]++[\"'”’»)\]*_\ue004\ue005]*+\s++(?=[\"'“‘«(\[*_`¿¡]*(?:[^\W_]|[\ue001-\ue006]))"
)
_HAN_END = re.compile(r"(?<![。！？!?])[。！？!?]++[”’」』）)》】〉\"\]\ue004]*+|[.](?=\s+[A-Z一-鿿])")
_OPEN_CLOSE = (("（(", "）)"), ("“", "”"), ("「『", "」』"), ("《", "》"))
_GOES_ON = re.compile(
    r"\s*(?:的|地|这|那|和|与|或|是|为|等|也|[^\W\d_]{1,4}?(?:说|问|答|喊|叫|道|想)[道着]?[。，！？])"
)


def boundaries(text: str, code: str) -> list[int]:
    """Return the offsets in unwrapped `text` where a new sentence begins, without 0."""
    ends = _spaced_ends if language(code).spaced else _han_ends
    return [end for end in ends(masked(text)) if text[end:].strip()]


def cut(text: str, code: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each sentence in unwrapped `text`, without the white space around it."""
    edges = [0, *boundaries(text, code), len(text)]
    found = []
    for start, end in pairwise(edges):
        piece = text[start:end]
        if piece.strip():
            found.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
    return found


def _spaced_ends(text: str) -> Iterator[int]:
    start = 0
    for match in _SPACED_END.finditer(text):
        if match.group().startswith(".") and _is_short_form(text, start, match.start()):
            continue
        if not text[match.end() : match.end() + 8].lstrip(_OPENING)[:1].islower():
            start = match.end()
            yield start


def _is_short_form(text: str, start: int, stop: int) -> bool:
    """Whether the full stop at `stop` ends an abbreviation, or the number in front of a heading."""
    return bool(_ABBREVIATION.search(text, max(start, stop - 12), stop) or _ENUMERATOR.fullmatch(text, start, stop))


def _han_ends(text: str) -> Iterator[int]:
    start = 0
    for match in _HAN_END.finditer(text):
        end = match.end() + _closing_stars(text, start, match.end())
        is_short = match.group() == "." and _is_short_form(text, start, match.start())
        if not (is_short or _is_open(text, start, end) or _goes_on(text, match.group()[-1], end)):
            start = end
            yield end


def _goes_on(text: str, last: str, end: int) -> bool:
    """Whether the sentence goes on at `end`, behind a stop whose last character is `last`."""
    if text[end : end + 1] in ("，", "、", "；", "：", ",", ";", ":", ")", "）"):
        return True
    return last in "》〉" or (last in "”’」』）)" and _GOES_ON.match(text, end) is not None)


def _closing_stars(text: str, start: int, end: int) -> int:
    """Return how many emphasis marks at `end` close an emphasis that was opened since `start`."""
    stars = len(text) - end - len(text[end:].lstrip("*"))
    return stars if stars and text.count("*", start, end) % (2 * stars) == stars else 0


def _is_open(text: str, start: int, end: int) -> bool:
    """Whether a bracket or quotation mark between `start` and `end` is not closed yet, but will be."""
    piece = text[start:end]
    return any(
        _count(piece, opening) > _count(piece, closing) and any(text.find(mark, end) >= 0 for mark in closing)
        for opening, closing in _OPEN_CLOSE
    )


def _count(text: str, characters: str) -> int:
    return sum(map(text.count, characters))
