"""Cut a block into sentences. English, Chinese and Spanish by own rules on unwrapped, masked text.

The rules follow what reading the Dive into Deep Learning chapters taught: a sentence ends after . ! ? and closing
quotes or brackets when something like a new sentence follows; in Chinese after 。！？ unless a bracket or quotation
is still open or the sentence goes on behind the quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from amts_desk.core.languages import language
from amts_desk.steps.protect import masked

_ABBREVIATION = re.compile(
    r"(?<![^\W\d_])(?:[A-Z]|[a-z]\.[a-z](?:\.[a-z])*|Ch|Dr|Eq|Fig|Inc|Jr|Mr|Mrs|Ms|No|Prof|Sec|Sr|St|Tab|Vol|al|approx|art|ca"
    r"|cap|cf|ed|eq|etc|fig|núm|p|pp|pág|págs|resp|sec|sr|sra|vol|vs)$"
)
_SPACED_END = re.compile(r"[.!?…]+[\"'”’»)\]*_]*\s+(?=[\"'“‘«(\[*_`¿¡]*(?:[^\W_]|[\ue001-\ue006]))")
_HAN_END = re.compile(r"[。！？!?]+[”’」』）)》】〉\"\]]*|[.](?=\s+[A-Z一-鿿])")
_OPEN_CLOSE = (("（(", "）)"), ("“", "”"), ("「『", "」』"), ("《", "》"))
_GOES_ON = re.compile(r"[，、；：,;:)）]|\s*(?:的|地|这|那|和|与|或|是|为|等|也)")


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
    for match in _SPACED_END.finditer(text):
        if match.group().startswith(".") and _ABBREVIATION.search(text, max(0, match.start() - 12), match.start()):
            continue
        following = text[match.end() :].lstrip("\"'“‘«([*_`¿¡")
        if not following[:1].islower():
            yield match.end()


def _han_ends(text: str) -> Iterator[int]:
    start = 0
    for match in _HAN_END.finditer(text):
        end = match.end() + _closing_stars(text, start, match.end())
        if _is_open(text[start:end]):
            continue
        after = text[end : end + 4]
        if after and after[0] in "，、；：,;:)）":
            continue
        if match.group()[-1] in "”’」』）)" and _GOES_ON.match(after):
            continue
        start = end
        yield end


def _closing_stars(text: str, start: int, end: int) -> int:
    """Return how many emphasis marks at `end` close an emphasis that was opened since `start`."""
    stars = len(text) - end - len(text[end:].lstrip("*"))
    return stars if stars and text.count("*", start, end) % (2 * stars) == stars else 0


def _is_open(piece: str) -> bool:
    """Whether a bracket or quotation mark of the piece is not closed yet."""
    return any(_count(piece, opening) > _count(piece, closing) for opening, closing in _OPEN_CLOSE)


def _count(text: str, characters: str) -> int:
    return sum(map(text.count, characters))
