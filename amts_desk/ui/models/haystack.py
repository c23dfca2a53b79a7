"""The text of all beads as lines that can be searched at once: 100,000 of them in a few milliseconds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from time import perf_counter

import numpy as np

from amts_desk.core.alignment import Bead, Sentence
from amts_desk.core.errors import DeskError
from amts_desk.core.search import Query
from amts_desk.core.splice import Splice
from amts_desk.ui.models.columns import Mask

_PATIENCE = 1.0
"""Seconds after which a search is given up."""
_STRETCH = 2000
"""Lines that are searched between two looks at the clock."""
_BORDER = "\x1f"
"""Between two sentences of a line."""


class Haystack:
    """One side of all beads, as it is and without regard to case; it follows every splice."""

    def __init__(self, sides: Sequence[tuple[Sentence, ...]]) -> None:
        self._lines = [_line(side) for side in sides]
        self._folded = [folded(line) for line in self._lines]

    def splice(self, start: int, end: int, sides: Sequence[tuple[Sentence, ...]]) -> None:
        """Put other sides in the place of those from `start` to `end`."""
        new = [_line(side) for side in sides]
        self._lines[start:end] = new
        self._folded[start:end] = [folded(line) for line in new]

    def matching(self, query: Query, known: Mask | None = None) -> Mask:
        """Return which rows hold what is searched, whatever their state; those `known` to need not be looked at."""
        if query.is_pattern or not (query.is_cased or _is_plain(query.text)):
            return self._matching_pattern(query, known)
        if query.is_cased:
            found = [query.text in line for line in self._lines]
        else:
            text = folded(query.text)
            found = [text in line for line in self._folded]
        return np.fromiter(found, np.bool_, len(found))

    def _matching_pattern(self, query: Query, known: Mask | None) -> Mask:
        """Search for an expression where the text stands that it cannot do without."""
        find, literal = query.pattern.search, query.literal if query.is_pattern else ""
        if literal and _is_plain(literal):
            needle = folded(literal)
            found = np.zeros(len(self._lines), np.bool_)
            rows: Iterable[int] = [row for row, line in enumerate(self._folded) if needle in line]
        elif known is not None and known.any():
            found = np.zeros(len(self._lines), np.bool_)
            rows = np.flatnonzero(~known).tolist()
        else:
            found = self._found_in_lines(query)
            rows = self._joined()
        began = perf_counter()
        for row in rows:  # what reaches over the border of two sentences is nothing found
            query.require_quick(len(self._lines[row]))
            found[row] = any(map(find, self._lines[row].split(_BORDER)))
            _require_time(began)
        return found

    def _found_in_lines(self, query: Query) -> Mask:
        """Search all lines as they are, looking at the clock now and then."""
        query.require_quick(max(map(len, self._lines), default=0))
        found, find, began = np.zeros(len(self._lines), np.bool_), query.pattern.search, perf_counter()
        for start in range(0, len(self._lines), _STRETCH):
            lines = self._lines[start : start + _STRETCH]
            found[start : start + _STRETCH] = np.fromiter(map(bool, map(find, lines)), np.bool_, len(lines))
            _require_time(began)
        return found

    def _joined(self) -> list[int]:
        """Return the rows of several sentences."""
        return [row for row, line in enumerate(self._lines) if _BORDER in line]


class Haystacks:
    """Both sides of all beads."""

    def __init__(self, beads: Sequence[Bead]) -> None:
        self._source = Haystack([bead.source for bead in beads])
        self._target = Haystack([bead.target for bead in beads])

    def splice(self, splice: Splice[Bead]) -> None:
        """Follow one splice."""
        start, end = splice.start, splice.start + len(splice.old)
        if len(splice.old) == len(splice.new) and all(map(_has_same_texts, splice.old, splice.new)):
            return
        self._source.splice(start, end, [bead.source for bead in splice.new])
        self._target.splice(start, end, [bead.target for bead in splice.new])

    def matching(self, query: Query) -> Mask:
        """Return which beads hold what is searched, whatever their state. Raises DeskError as Query.pattern does."""
        if query.where == "both":
            found = self._source.matching(query)
            return found | self._target.matching(query, found)
        return (self._source if query.where == "source" else self._target).matching(query)


def _has_same_texts(one: Bead, other: Bead) -> bool:
    return one.source is other.source and one.target is other.target


def _require_time(began: float) -> None:
    if perf_counter() - began > _PATIENCE:
        raise DeskError("This expression takes too long in this chapter.", "Make it simpler, or search for plain text.")


def folded(text: str) -> str:
    """Return a text without regard to case, so that equal texts are those that re.IGNORECASE holds for equal."""
    lower = text.lower()
    if lower.isascii():
        return lower
    return lower.replace("i\u0307", "i").replace("ı", "i").replace("ſ", "s")


def _is_plain(text: str) -> bool:
    """Whether a text is without letters of several small forms (Greek, old Cyrillic), which `folded` does not know."""
    return not any(
        c in "µ"
        or "\u0345" <= c <= "\u052f"
        or "\u1c80" <= c <= "\u1fff"
        or "\ua640" <= c <= "\ua69f"
        or "\ufb00" <= c <= "\ufb06"
        for c in text
    )


def _line(side: tuple[Sentence, ...]) -> str:
    return side[0].text if len(side) == 1 else _BORDER.join(s.text for s in side)
