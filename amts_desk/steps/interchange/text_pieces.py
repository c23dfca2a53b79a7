"""Text in pieces small enough for one TranslateText call: cut between sentences, and never inside a protected span.

Amazon takes 10,000 bytes of UTF-8 a call (developer guide, "Guidelines and quotas"): about 3,300 Chinese characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from amts_desk.steps.interchange.job_html import marked
from amts_desk.steps.protect import inline_spans

MOST_BYTES = 10_000
_ENDS = (re.compile(r"(?<=[.!?])\s+|(?<=[。！？])"), re.compile(r"\s+"), re.compile(r"(?<=.)(?=.)", re.DOTALL))
"""Where a text may be cut: behind sentences, else between words, else between any two characters."""


def pieces(text: str, most: int = MOST_BYTES) -> Iterator[str]:
    """Yield the text in pieces whose marked form has at most `most` bytes; joined they are the text again.

    A single protected span that is longer than that is yielded as it is: nothing of it would be translated.
    """
    if len(marked(text).encode("utf-8", "replace")) <= most or (at := _middle(text)) == 0:
        yield text
        return
    yield from pieces(text[:at], most)
    yield from pieces(text[at:], most)


def _middle(text: str) -> int:
    """Return the best place to cut near the middle of a text, 0 when there is none."""
    spans = [(span.start, span.end) for span in inline_spans(text)]
    for ends in _ENDS:
        places = [m.end() for m in ends.finditer(text) if 0 < m.end() < len(text)]
        free = [at for at in places if not any(start < at < end for start, end in spans)]
        if free:
            return min(free, key=lambda at: abs(at - len(text) // 2))
    return 0
