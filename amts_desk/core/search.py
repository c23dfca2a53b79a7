"""Search in the beads of a chapter: what is looked for, where it stands, and what would stand there instead."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from re import Pattern
from typing import Any, Literal

from amts_desk.core.alignment import Bead, BeadState, Sentence
from amts_desk.core.errors import DeskError

_PARSER: Any = import_module("re._parser")
Where = Literal["source", "target", "both"]
_FEW = 10
"""A repetition of up to so many is counted out; one of more is held for endless."""
_MOST_STEPS = 3e7
"""Steps that an expression may need for one sentence: about a third of a second."""


@dataclass(frozen=True)
class Query:
    """What is searched: `text` in one side or both, in beads of one state or of all."""

    text: str
    where: Where = "both"
    is_pattern: bool = False
    is_cased: bool = False
    state: BeadState | None = None

    @cached_property
    def pattern(self) -> Pattern[str]:
        """The expression to search for. Raises DeskError when it is none, or might never come to an end."""
        flags = 0 if self.is_cased else re.IGNORECASE
        if not self.is_pattern:
            return re.compile(re.escape(self.text), flags)
        try:
            pattern = re.compile(self.text, flags)
        except re.error as error:
            raise DeskError(
                f"This is no regular expression: {error}.", "Put \\ before a sign that stands for itself."
            ) from error
        if self._ways[0] == math.inf:
            raise DeskError(
                "This expression repeats a repetition or a choice, which may take for ever.",
                "Repeat only the outer or only the inner part.",
            )
        return pattern

    @cached_property
    def _ways(self) -> tuple[float, int]:
        return _growth(_PARSER.parse(self.text)) if self.is_pattern else (1.0, 0)

    def require_quick(self, length: int) -> None:
        """Raise DeskError when the expression may take too long in a text of so many characters.

        A search goes back on every way in which it can match, from every place: Python cannot stop it, nor do
        anything else meanwhile.
        """
        ways, lengths = self._ways
        if ways * float(length) ** (lengths + 1) / math.factorial(lengths + 1) > _MOST_STEPS:
            raise DeskError(
                f"This expression may take too long in a sentence of {length} characters.",
                "Use fewer signs of repetition (* + ?), or search for a text that stands beside it.",
            )

    @cached_property
    def literal(self) -> str:
        """A text that stands in whatever an expression matches, as "th" in "[0-9]th?th"; "" when none is sure to."""
        runs, run = [""], ""
        for name, value in _PARSER.parse(self.text):
            run = run + chr(value) if str(name) == "LITERAL" else ""
            runs.append(run)
        return max(runs, key=len)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is looked for, so that every bead of the state matches."""
        return not self.text

    def matches(self, bead: Bead) -> bool:
        """Whether the bead holds what is looked for."""
        if self.state is not None and bead.state is not self.state:
            return False
        return self.is_empty or any(self.pattern.search(s.text) for side in self.sides(bead) for s in side)

    def sides(self, bead: Bead) -> tuple[tuple[Sentence, ...], ...]:
        """Return the sides of a bead that are searched."""
        return {"source": (bead.source,), "target": (bead.target,), "both": (bead.source, bead.target)}[self.where]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where it stands in a text (start, end), matches of nothing left out."""
        if self.is_empty:
            return []
        return [m.span() for m in self.pattern.finditer(text) if m.end() > m.start()]


@dataclass(frozen=True, slots=True)
class Replacement:
    """What a bead would say after a replacement: the texts of its sentences, and how many places change."""

    row: int
    source: tuple[str, ...]
    target: tuple[str, ...]
    places: int


def replacements(beads: Sequence[Bead], rows: Sequence[int], query: Query, words: str) -> list[Replacement]:
    r"""Return what replacing would make of the beads in `rows`; those that stay as they are left out.

    In a regular expression `\1` stands for its first group. Raises DeskError for a group that is not there.
    """
    found = []
    for row in rows:
        bead = beads[row]
        if query.is_empty or not query.matches(bead):
            continue
        source, places = _replaced(bead.source, query, words, is_wanted=query.where != "target")
        target, more = _replaced(bead.target, query, words, is_wanted=query.where != "source")
        if (source, target) != (_texts(bead.source), _texts(bead.target)):
            found.append(Replacement(row, source, target, places + more))
    return found


def _texts(sentences: Sequence[Sentence]) -> tuple[str, ...]:
    return tuple(s.text for s in sentences)


def _replaced(
    sentences: Sequence[Sentence], query: Query, words: str, *, is_wanted: bool
) -> tuple[tuple[str, ...], int]:
    """Return the texts with what is found replaced, and how often; a sentence that would become blank stays."""
    texts, places = [], 0
    for sentence in sentences:
        new, count = _one_replaced(sentence.text, query, words) if is_wanted else (sentence.text, 0)
        is_blank = not new.strip()
        texts.append(sentence.text if is_blank else new)
        places += 0 if is_blank else count
    return tuple(texts), places


def _one_replaced(text: str, query: Query, words: str) -> tuple[str, int]:
    spans = query.spans(text)
    if not spans:
        return text, 0
    pieces, at = [], 0
    for match in query.pattern.finditer(text):
        if match.end() > match.start():
            pieces += [text[at : match.start()], _expanded(match, words) if query.is_pattern else words]
            at = match.end()
    return "".join([*pieces, text[at:]]), len(spans)


def _expanded(match: re.Match[str], words: str) -> str:
    try:
        return match.expand(words)
    except (re.error, IndexError) as error:
        raise DeskError(
            f"The replacement cannot be made: {error}.", "Use \\1 only for a group in the expression."
        ) from error


def _growth(parsed: Any) -> tuple[float, int]:
    """Return in how many ways an expression can match at one place: a number, and how often times the text's length.

    The number is endless for a repetition or a choice inside an endless repetition, as in (a+)+, (a|aa)+ and (a?a)*.
    """
    ways, lengths = 1.0, 0
    for name, value in parsed:
        if str(name) in ("MAX_REPEAT", "MIN_REPEAT"):
            more, longer = _repeated(*value)
        elif str(name) == "BRANCH":
            inner = [_growth(part) for part in value[1]]
            more, longer = sum(w for w, _ in inner), max(n for _, n in inner)
        else:
            inner = [_growth(part) for part in _parts(value)]
            more, longer = math.prod(w for w, _ in inner), sum(n for _, n in inner)
        ways, lengths = ways * more, lengths + longer
    return ways, lengths


def _repeated(least: int, most: int, parsed: Any) -> tuple[float, int]:
    ways, lengths = _growth(parsed)
    if most > _FEW:
        return (1.0 if ways == 1 and not lengths else math.inf), 1
    try:
        return ways**most * (most - least + 1), lengths * most
    except OverflowError:
        return math.inf, 0


def _parts(value: Any) -> Iterator[Any]:
    """Yield the expressions inside an argument of a parsed expression."""
    if isinstance(value, _PARSER.SubPattern):
        yield value
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _parts(part)
