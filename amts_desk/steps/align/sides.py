"""From sentences to the arrays that are searched: words, lengths and borders of one side of a chapter."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from amts_desk.steps.align.borders import border_kinds
from amts_desk.steps.align.corpus import Side, Vocabulary, numbered
from amts_desk.steps.protect import protected_spans

_SPAN_LENGTH = 2
"""Characters that a formula, a piece of code or a reference counts for: it is as long in either language."""


def side(texts: Sequence[str], ends: Sequence[str], words: Sequence[Sequence[str]], vocabulary: Vocabulary) -> Side:
    """Return sentences as arrays; `words` are theirs, `ends` the kinds of block that end with each (or nothing)."""
    numbers, starts = numbered(words, vocabulary)
    lengths = np.array([_length(text) for text in texts], np.float64)
    return Side(numbers, starts, lengths, border_kinds(texts, ends))


def _length(text: str) -> int:
    """Return the characters of a sentence without white space and protected spans; at least 1."""
    length = len("".join(text.split()))
    for span in protected_spans(text):
        length += _SPAN_LENGTH - len("".join(text[span.start : span.end].split()))
    return max(1, length)
