"""Custom terminologies of Amazon Translate: their rules, and what the service says about one.

Sources: the Amazon Translate developer guide, "Creating a custom terminology" and "Guidelines and quotas", and the API
reference (2017-07-01), ImportTerminology and TerminologyProperties.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from amts_desk.core.errors import DeskError
from amts_desk.core.terms import Key, Term

LONGEST_TERM = 200
"""Bytes of UTF-8 that a term may have in each language."""
LARGEST_FILE = 10 * 1024 * 1024
"""Bytes of the file of a terminology."""
MOST_TARGETS = 10
"""Target languages of one terminology."""
_NAME = re.compile(r"([A-Za-z0-9-]_?)+")
_BREAK = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Refused:
    """A term that will not be sent, and why: the end of a sentence."""

    term: Term
    reason: str


@dataclass(frozen=True, slots=True)
class Terminology:
    """What the service says about a terminology; `answer` is its own words. `changed_at` is ISO 8601, UTC."""

    name: str
    source_language: str
    target_languages: tuple[str, ...] = ()
    terms: int = 0
    skipped: int = 0
    size: int = 0
    is_both_ways: bool = False
    file_format: str = ""
    description: str = ""
    message: str = ""
    changed_at: str = ""
    answer: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def languages(self) -> str:
        """Its languages for people, as in "en → zh, es" or "en ⇄ zh"."""
        arrow = "⇄" if self.is_both_ways else "→"
        return f"{self.source_language} {arrow} {', '.join(self.target_languages)}"


def flaw(term: Term) -> str:
    """Return why Amazon would not take a term, as the end of a sentence; "" when it takes it."""
    for side, text in (("source", term.source), ("translation", term.target)):
        size = len(text.encode("utf-8", "surrogatepass"))
        if not text.strip():
            return f"the {side} is empty"
        if _BREAK.search(text):
            return f"the {side} has a line break"
        if size > LONGEST_TERM:
            return f"the {side} has {size} bytes, and Amazon takes {LONGEST_TERM}"
    return ""


def overruled(terms: Sequence[Term]) -> dict[int, Term]:
    """Return the terms by row that a later one with the same source wins over, each with the one that wins."""
    last: dict[Key, int] = {term.key: row for row, term in enumerate(terms)}
    return {row: terms[last[term.key]] for row, term in enumerate(terms) if last[term.key] != row}


def examine(terms: Sequence[Term]) -> tuple[tuple[Term, ...], tuple[Refused, ...]]:
    """Return the terms that Amazon takes and those that it does not, or that a later one wins over."""
    good = [term for term in terms if not flaw(term)]
    lost = overruled(good)
    refused = [Refused(term, reason) for term in terms if (reason := flaw(term))]
    refused += [Refused(good[row], _why_lost(good[row], winner)) for row, winner in lost.items()]
    return tuple(term for row, term in enumerate(good) if row not in lost), tuple(refused)


def require_name(name: str) -> None:
    """Raise DeskError unless Amazon takes `name` for a terminology."""
    if len(name) > 256 or not _NAME.fullmatch(name):
        raise DeskError(
            f"“{name[:80]}” cannot be the name of a terminology.",
            "Use letters, digits, hyphens and single underscores, at most 256.",
        )


def require_targets(codes: Iterable[str]) -> None:
    """Raise DeskError when a terminology would have no target language, or more than Amazon takes."""
    count = len(set(codes))
    if not count:
        raise DeskError("There is no term to send.", "Add terms, or choose another source language.")
    if count > MOST_TARGETS:
        raise DeskError(
            f"The terms go into {count} languages; one terminology takes {MOST_TARGETS}.",
            "Send them as several terminologies, with some target languages each.",
        )


def _why_lost(term: Term, winner: Term) -> str:
    if winner.target == term.target:
        return "the same term comes again further down"
    return f"“{winner.target}” comes further down for it, and the last one wins"
