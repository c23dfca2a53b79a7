"""Comments in code, as an option: translators of books translate them, too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from amts_desk.core.document import Kind
from amts_desk.steps.read.blocks import Block, unwrap

# Strings come first, so that a mark inside one begins no comment.
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""' + r"|'''(?:\\.|[^\\])*?'''" + r'|"(?:\\.|[^"\\\n])*"' + r"|'(?:\\.|[^'\\\n])*'"
    r"|(?P<comment>(?<!\S)(?:\#|//)[ \t]*(?P<body>[^\n]*))",
    re.DOTALL,
)
_INSTRUCTION = re.compile(r"@|!|%|noqa\b|type:|pylint:|fmt:|-\*-")


def code_comments(text: str, start: int, end: int, *, spaced: bool) -> Iterator[Block]:
    """Yield the comment of each line of the code in `text[start:end]` (a fence with its marks, or bare).

    Comments begin with `#` or `//`. Instructions (`#@tab`, `#@save`, `#!`, `# noqa`) and rules of marks are none.
    """
    for match in _TOKEN.finditer(text, _first_line_end(text, start, end), end):
        body = match["body"]
        if body is None or _INSTRUCTION.match(body) or not any(c.isalpha() for c in body):
            continue
        if block := unwrap(text, *match.span("body"), Kind.COMMENT, spaced=spaced):
            yield block


def _first_line_end(text: str, start: int, end: int) -> int:
    """Return `start`, or behind the opening line of a fence."""
    if text.startswith(("```", "~~~"), start):
        line = text.find("\n", start, end)
        return end if line < 0 else line
    return start
