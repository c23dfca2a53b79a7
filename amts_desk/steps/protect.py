"""Protected spans: the parts of running text that no translation may touch.

One model for segmentation, alignment, translation and editing: inline code, math, roles, the targets of links,
HTML tags, footnote marks and URLs. Emphasis marks are text: they travel with the words they mark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class SpanKind(StrEnum):
    """What a protected span is."""

    ROLE = "role"
    CODE = "code"
    MATH = "math"
    LINK = "link"
    TAG = "tag"
    URL = "url"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of a text that must stay as they are."""

    start: int
    end: int
    kind: SpanKind


# In a Chinese sentence Hanzi count as word characters, so no rule may lean on \w or \b.
_SPANS = re.compile(
    r"""
    (?P<role>:[A-Za-z][A-Za-z_]*:`[^`\n]*`)
  | (?P<code>(?<!`)(?P<ticks>`++)(?:.+?)(?<!`)(?P=ticks)(?!`))
  | (?P<math>(?<![\\$])\$\$(?:[^$\\]|\\.)+?\$\$ | (?<![\\$])\$(?![\s$])(?:[^$\\]|\\.)*?(?<!\s)\$(?![\d$]))
  | (?P<link>(?<=\])\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+"[^"]*")?\) | \[\^[^\]\s]+\])
  | (?P<tag></?[A-Za-z][A-Za-z0-9-]*(?:\s+[^<>]*)?/?> | <!--.*?-->)
  | (?P<url><https?://[^\s<>]+> | https?://[A-Za-z0-9\-._~:/?\#@!$&'*+,;=%]+[A-Za-z0-9/\#=_])
    """,
    re.VERBOSE | re.DOTALL,
)
_MASKS = {
    SpanKind.ROLE: "\ue001",
    SpanKind.CODE: "\ue002",
    SpanKind.MATH: "\ue003",
    SpanKind.LINK: "\ue004",
    SpanKind.TAG: "\ue005",
    SpanKind.URL: "\ue006",
}


def protected_spans(text: str) -> list[Span]:
    """Return the protected spans of unwrapped text in order; they never overlap."""
    found = []
    for match in _SPANS.finditer(text):
        kind = next(kind for kind in SpanKind if match.group(kind.value) is not None)
        found.append(Span(match.start(), match.end(), kind))
    return found


def masked(text: str) -> str:
    """Return the text with every character of a protected span replaced by a private-use one.

    Length and positions stay, so what is found in the masked text holds in the text itself.
    """
    pieces, at = [], 0
    for span in protected_spans(text):
        pieces += [text[at : span.start], _MASKS[span.kind] * (span.end - span.start)]
        at = span.end
    return "".join([*pieces, text[at:]])
