"""How lines of a translation are written: spaces as the target language has them, and where lines end."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from amts_desk.core.languages import language
from amts_desk.steps.protect import SpanKind, masked, protected_spans
from amts_desk.steps.write.marks import begins_a_block

_BREAKS = re.compile(r"\s*[\r\n\u2028\u2029]\s*")
_HANZI = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LATIN = "A-Za-z0-9\ue002\ue003"  # with masked code and math
_SPACED = re.compile(f"(?<=[{_HANZI}]) +(?=[{_LATIN}])|(?<=[{_LATIN}]) +(?=[{_HANZI}])")
_JOINED = re.compile(f"(?<=[{_HANZI}])(?=[{_LATIN}])|(?<=[{_LATIN}])(?=[{_HANZI}])")
_CLOSING = "，。、；：？！）》」』】〉”’…—,.;:?!)]}%"
_OPENING = "（《「『【〈“‘([{"
_BEFORE_ROLES = "([{*_\"'-/:<"
"""Behind these a role needs no space (docutils, "Inline markup recognition rules"), or may have none."""


@dataclass(frozen=True, slots=True)
class LineStyle:
    """The line style of a project for one target language.

    `columns` is the width at which paragraphs are wrapped (a Hanzi takes two), 0 for one line each; `latin_spaces` puts
    a space between Hanzi and Latin letters, digits, code or math instead of none. Without a `language` texts are
    written as they are.
    """

    language: str = ""
    columns: int = 0
    latin_spaces: bool = False

    def line(self, text: str) -> str:
        """Return a text on one line, spaced as its language wants it.

        In Chinese a space stands before a role, which is no role without one.
        """
        line = _BREAKS.sub(" ", text).strip()
        if not self.language.startswith("zh"):
            return line
        return self._latin(_before_roles(line))

    def wrapped(self, text: str, taken: int) -> list[str]:
        """Return a text as lines that read as the same text again; `taken` columns are not free in each line.

        A span longer than the width, or a line that would begin with a block mark, stays on the line before.
        """
        if not self.columns:
            return [text]
        lines, start, last = [], 0, (0, 0)
        for at, after in [*_breaks(text, spaced=self._is_spaced()), (len(text), len(text))]:
            if taken + columns_of(text[start:at]) > self.columns and last[0] > start:
                lines.append(text[start : last[0]])
                start = last[1]
            last = at, after
        return [*lines, text[start:]]

    def _is_spaced(self) -> bool:
        return not self.language or language(self.language).spaced

    def _latin(self, line: str) -> str:
        pattern, space = (_JOINED, " ") if self.latin_spaces else (_SPACED, "")
        pieces, at = [], 0
        for gap in pattern.finditer(masked(line)):
            pieces += [line[at : gap.start()], space]
            at = gap.end()
        return "".join([*pieces, line[at:]])


def columns_of(text: str) -> int:
    """Return how many columns a text takes; wide characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _before_roles(line: str) -> str:
    pieces, at = [], 0
    for span in protected_spans(line):
        if span.kind is SpanKind.ROLE and span.start and _wants_space(line[span.start - 1]):
            pieces += [line[at : span.start], " "]
            at = span.start
    return "".join([*pieces, line[at:]])


def _wants_space(before: str) -> bool:
    return not before.isspace() and before not in _BEFORE_ROLES


def _breaks(text: str, *, spaced: bool) -> Iterator[tuple[int, int]]:
    """Yield (end of a line, start of the next) of every place where a line may end so that reading joins it again."""
    hidden = masked(text)
    for at in range(1, len(text)):
        before, after = hidden[at - 1], hidden[at + 1 : at + 2]
        if hidden[at] == " " and (spaced or _both_latin(before, after)):
            if not before.isspace() and before != "\\" and _may_begin(text, hidden, at + 1):
                yield at, at + 1
        elif not spaced and _is_between(before, hidden[at]) and _may_begin(text, hidden, at):
            yield at, at


def _both_latin(before: str, after: str) -> bool:
    return all(character.isascii() and character.isalnum() for character in (before, after))


def _is_between(before: str, after: str) -> bool:
    """Whether a line of Chinese may end between two characters, one of them wide."""
    is_wide = columns_of(before) == 2 or columns_of(after) == 2
    return is_wide and not before.isspace() and before not in _OPENING and after not in _CLOSING


def _may_begin(text: str, hidden: str, at: int) -> bool:
    first = hidden[at : at + 1]
    is_span = "\ue001" <= first <= "\ue003"
    is_inside = is_span and at > 0 and hidden[at - 1] == first
    return (first.isalnum() or is_span or first in "“‘（《「") and not is_inside and not begins_a_block(text[at:])
