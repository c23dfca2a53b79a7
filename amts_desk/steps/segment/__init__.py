"""Cut a block into sentences: unwrapped text is masked, cut, and the offsets hold in the text itself.

English, Spanish, Chinese and Japanese by own rules; pysbd and sentencex judge the other languages.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from amts_desk.core.languages import language
from amts_desk.steps.protect import masked
from amts_desk.steps.segment.han import han_ends
from amts_desk.steps.segment.spaced import spaced_ends


def boundaries(text: str, code: str) -> list[int]:
    """Return the offsets in unwrapped `text` where a new sentence begins, without 0."""
    known = language(code)
    ends = spaced_ends if known.spaced else han_ends
    last = len(text.rstrip())
    return [end for end in ends(masked(text), known.code) if end < last]


def cut(text: str, code: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each sentence in unwrapped `text`, without the white space around it."""
    edges = [0, *boundaries(text, code), len(text)]
    found = []
    for start, end in pairwise(edges):
        piece = text[start:end]
        if piece.strip():
            found.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
    return found
