"""A second opinion on full stops, from a library that knows more abbreviations and ordinals than our own rules.

The library sees plain prose: markup is gone and masked spans are a name. It is asked only whether a sentence ends
where our rules say so after a plain full stop; behind other marks, quotations and brackets our rules are the better.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from amts_desk.core.progress import Progress
from amts_desk.steps.segment import pysbd_judge, sentencex_judge

MOST = 2_500
"""Characters that a library gets at once: pysbd takes a time that grows with their square, and hangs above 5,000."""
_LONGEST = 1_000
"""Characters of one piece: two always go together, and what is far from the full stop tells nothing about it."""
_PATIENCE = 20.0
"""Seconds that a library gets for one text, more than a megabyte of prose takes; then our own rules decide alone."""
_PROSE = str.maketrans(
    {"*": None, "_": None, "\ue004": None, "\ue005": None, "\ue007": None}
    | dict.fromkeys(("\ue001", "\ue002", "\ue003", "\ue006"), "X")
)


def confirmed(text: str, ends: list[int], code: str, progress: Progress) -> Iterator[int]:
    """Return those of `ends`, offsets in masked text behind a plain full stop, where a library ends a sentence too.

    `progress` hears how many of the `ends` are judged; what it raises (Cancelled) is passed on.
    """
    pieces = [_prose(text[start:end]) for start, end in pairwise([0, *ends, len(text)])]
    judge = pysbd_judge if code in pysbd_judge.LANGUAGES else sentencex_judge
    until = time.monotonic() + _PATIENCE
    for first, last in _groups(pieces):
        tick = partial(progress, first, len(ends))
        tick()
        prose = " ".join(pieces[first : last + 1])
        starts = judge.sentence_starts(prose, code, tick) if time.monotonic() < until else None
        at = 0
        for number in range(first, last):
            at += len(pieces[number]) + 1
            if starts is None or at in starts:
                yield ends[number]


def _prose(piece: str) -> str:
    """Return a piece of masked text without markup, and without its middle when it is long."""
    prose = piece.translate(_PROSE).strip()
    return prose if len(prose) <= _LONGEST else f"{prose[: _LONGEST // 2]}{prose[-_LONGEST // 2 :]}"


def _groups(pieces: list[str]) -> Iterator[tuple[int, int]]:
    """Return (first, last) of groups of pieces that fit together; the last of one is the first of the next."""
    first = size = 0
    for number, piece in enumerate(pieces):
        if size + len(piece) + 1 > MOST and number > first:
            yield first, number - 1
            first, size = number - 1, len(pieces[number - 1]) + 1
        size += len(piece) + 1
    if first < len(pieces) - 1:
        yield first, len(pieces) - 1
