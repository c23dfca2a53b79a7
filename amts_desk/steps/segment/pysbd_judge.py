"""pysbd, which hangs on some text: only ever asked in a worker process, and about no more than 2,500 characters."""

from __future__ import annotations

import re
from collections.abc import Callable

from amts_desk.steps.segment.guard import Guard

LANGUAGES = frozenset({"fr", "de"})
"""The languages it judges; it also knows en, es, zh and ja, where our own rules are better."""
_SECONDS = 2.0  # fifty times what 2,500 characters of prose take
# Its rule for numbered references tries the numbers of a list behind a full stop, such as a printed tensor, in all
# combinations (pysbd issue 79). No reference is longer than this.
_TENSOR = re.compile(r"(?<=[.∯])\[(?=\d[^\]]{12})")


def sentence_starts(text: str, code: str, tick: Callable[[], None]) -> frozenset[int] | None:
    """Return the offsets in `text` where pysbd begins a sentence, None when it gives no answer.

    `tick` is called while waiting and may raise Cancelled.
    """
    found = _GUARD.ask((_TENSOR.sub("(", text), code), tick)
    return None if found is None else frozenset(found)


def _make() -> Callable[[tuple[str, str]], list[int]]:
    """Return the function that answers in the worker."""
    import pysbd

    segmenters = {code: pysbd.Segmenter(language=code, clean=False, char_span=True) for code in LANGUAGES}
    return lambda question: [span.start for span in segmenters[question[1]].segment(question[0])]


_GUARD = Guard(_make, seconds=_SECONDS)
