"""Text that would be read as Markdown's block marks where it is to stand, and how it is escaped.

A backslash before a mark is exact: CommonMark shows the mark and no more (spec 0.31, "Backslash escapes"). Text that no
backslash can save (HTML blocks, display math) is left as it is here, and refused when it does not read back.
"""

from __future__ import annotations

import re

from amts_desk.core.document import Kind

CONTAINERS = re.compile(r"(?:[ \t>]|[-+*][ \t]|\d{1,9}[.)][ \t]|\[[ xX]\][ \t]|\[\^[^\]\s]+\]:)*")
"""What may stand before the text of a block on its first line: marks of quotes, lists, tasks and footnotes."""

_MARK = re.compile(
    r"""
    \#{1,6}(?=\s|$) | [-+*](?=\s|$) | > | %
  | ([-*_])(?:\s*\1){2,}\s*$
  | `{3,}(?=[^`]*$) | ~{3,} | :{3,}
  | :(?=[^\s:`])(?![A-Za-z_]+:`) | :(?=(?:begin_tab|end_tab|label|eqlabel|width|height|bibliography):(?:`[^`]*`)?$)
  | \[(?=[ xX]\](?:\s|$)|[^\]]+\]:) | \((?=[\w.:-]+\)=$)
    """,
    re.VERBOSE,
)
_NUMBER = re.compile(r"(\d{1,9})(?=[.)](?:\s|$))")
_CLOSING_HASHES = re.compile(r"(?:(?<=\s)|^)(?=#+$)")
_BARE_BAR = re.compile(r"(?<!\\)((?:\\\\)*)\|")


def begins_a_block(text: str) -> bool:
    """Return whether a line that begins with `text` would be more than the next line of a paragraph."""
    return bool(_MARK.match(text) or _NUMBER.match(text) or text.startswith("$$"))


def escaped(text: str, kind: Kind, *, begins_line: bool) -> str:
    """Return one line of text with a backslash before what would be a mark in a block of this kind.

    `begins_line` says whether nothing but marks of containers stands before it.
    """
    if kind is Kind.TABLE_CELL:
        return _BARE_BAR.sub(r"\1\\|", text)
    if kind is Kind.HEADING:
        text = _CLOSING_HASHES.sub(r"\\", text)
    if begins_line and _MARK.match(text):
        return f"\\{text}"
    return _NUMBER.sub(r"\1\\", text, count=1) if begins_line and _NUMBER.match(text) else text
