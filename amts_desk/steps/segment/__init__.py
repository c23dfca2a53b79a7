"""Cut a block into sentences: unwrapped text is masked, cut, and the offsets hold in the text itself.

English, Spanish, Chinese and Japanese are cut by own rules, which are better there than any library that was tried
(`python -m tests.benchmarks.segmentation`). In French and German pysbd, and in the languages that pysbd does not know
sentencex, must agree with them where a plain full stop is to end a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from amts_desk.core.languages import language
from amts_desk.core.options import DEFAULT, Rules
from amts_desk.core.progress import Progress, silent
from amts_desk.steps.protect import masked
from amts_desk.steps.segment.han import han_ends
from amts_desk.steps.segment.spaced import is_plain, spaced_ends

_OWN = frozenset({"en", "es", "vi"})


def boundaries(text: str, code: str, rules: Rules = DEFAULT, progress: Progress = silent) -> list[int]:
    """Return the offsets in unwrapped `text` where a new sentence begins, without 0.

    `progress` hears of long work and may raise Cancelled. Raises DeskError when the language is not known.
    """
    known = language(code)
    progress(0, 1)
    last = len(text.rstrip())
    return [end for end in _ends(masked(text), known.code, known.spaced, rules, progress) if end < last]


def cut(text: str, code: str, rules: Rules = DEFAULT, progress: Progress = silent) -> list[tuple[int, int]]:
    """Return the (start, end) of each sentence in unwrapped `text`, without the white space around it.

    `progress` and errors as in `boundaries`.
    """
    edges = [0, *boundaries(text, code, rules, progress), len(text)]
    found = []
    for start, end in pairwise(edges):
        piece = text[start:end]
        if piece.strip():
            found.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
    return found


def _ends(text: str, code: str, spaced: bool, rules: Rules, progress: Progress) -> Iterable[int]:
    if not spaced:
        return han_ends(text, code, semicolon=rules.semicolon)
    own = list(spaced_ends(text, code))
    if code in _OWN:
        return own
    # The worker's machinery is not needed by the usual languages, nor at the first paint.
    from amts_desk.steps.segment.judges import confirmed

    doubtful = [end for end in own if is_plain(text, end)]
    refused = set(doubtful).difference(confirmed(text, doubtful, code, progress)) if doubtful else set()
    return [end for end in own if end not in refused]
