"""sentencex (Wikimedia), for the languages that pysbd does not know. It is fast, and was never seen to hang.

There is no wheel of it for Windows on ARM; without it our own rules decide alone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from typing import Any

_log = logging.getLogger(__name__)


def sentence_starts(text: str, code: str, _tick: Callable[[], None]) -> frozenset[int] | None:
    """Return the offsets in `text` where sentencex begins a sentence, None when it is not installed.

    It is too fast to be worth a `tick`.
    """
    library = _library()
    if library is None:
        return None
    return frozenset(found["start_index"] for found in library.get_sentence_boundaries(code, text))


@cache
def _library() -> Any:
    """Return sentencex, or None after one warning."""
    try:
        import sentencex
    except ImportError as error:
        _log.warning("Sentences of Korean, Portuguese and Turkish are cut by own rules alone: %s", error)
        return None
    return sentencex
