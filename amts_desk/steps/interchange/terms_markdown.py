"""Terms as they stand in Markdown: a table, or a list of lines as in the TERMINOLOGY.md of "Dive into Deep Learning".

The table is that of GitHub Flavored Markdown, its head the codes or names of the languages. A line of the list reads
汇聚层，pooling layer: the term of the book's language, a full-width comma, the English one; English is the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from amts_desk.core.errors import DeskError
from amts_desk.core.terms import Term, TermFile, TermTable, tidy
from amts_desk.steps.interchange.characters import NOT_IN_UTF8, require_carried
from amts_desk.steps.interchange.terms_csv import terms_of_rows
from amts_desk.steps.interchange.terms_languages import codes_of, guessed

_TOKEN = re.compile(r"\\.|<br>|[\\|<]|[^\\|<]+", re.DOTALL)
_ESCAPES = {"\\\\": "\\", "\\|": "|", "\\<": "<", "<br>": "\n"}
_BULLET = re.compile(r"^[-*+]\s+")
_SHORT = re.compile(r"(.+?)\s*\(((?=.*[A-Z].*[A-Z]|.*\.)[^()]+)\)$")
_LONGEST_LINE = 500
"""Characters of a line that still is a term and its translation."""


def write_markdown(table: TermTable) -> bytes:
    """Return the terms as a Markdown table in UTF-8, with a column for notes where there are any.

    Raises DeskError for a character that UTF-8 cannot carry.
    """
    has_notes = any(row.note for row in table.rows)
    heads = [*table.languages, *["note"] * has_notes]
    lines = [heads, ["---"] * len(heads)]
    for number, row in enumerate(table.rows, 1):
        targets = dict(row.targets)
        cells = [row.source, *(targets.get(code, "") for code in table.target_languages), *[row.note] * has_notes]
        for cell in cells:
            require_carried(cell, NOT_IN_UTF8, f"Term {number}")
        lines.append([_cell(cell) for cell in cells])
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines).encode()


def read_markdown(text: str, languages: tuple[str, str] | None = None) -> TermFile:
    """Return the terms of every table of a Markdown file that names two languages; without a table, of its list.

    `languages` (source, target) are those of the first table where none names them, or of a list whose script does
    not tell. Raises DeskError when there is neither table nor list.
    """
    tables = list(_tables(text.replace("\r\n", "\n").split("\n")))
    if not tables:
        return _listed(text, languages)
    named = [rows for rows in tables if sum(map(bool, codes_of(rows[0]))) > 1]
    found = [terms_of_rows(rows, languages) for rows in named or tables[:1]]
    return TermFile(
        tuple(term for part in found for term in part.terms), tuple(note for part in found for note in part.notes)
    )


def _tables(lines: list[str]) -> Iterator[list[list[str]]]:
    """Yield the rows of each table, the head first."""
    at = 1
    while at < len(lines):
        if not _is_rule(lines[at]) or "|" not in lines[at - 1]:
            at += 1
            continue
        rows = [_cells(lines[at - 1])]
        at += 1
        while at < len(lines) and "|" in lines[at]:
            rows.append(_cells(lines[at]))
            at += 1
        yield rows


def _is_rule(line: str) -> bool:
    """Whether a line is the one below the head of a table."""
    return "-" in line and "|" in line and set(line) <= set("|:- \t")


def _cells(line: str) -> list[str]:
    """Return the texts of a row, without what only parts or escapes them."""
    parts: list[list[str]] = [[]]
    for token in _TOKEN.findall(line.strip()):
        if token == "|":
            parts.append([])
        else:
            parts[-1].append(_ESCAPES.get(token, token))
    cells = ["".join(part).strip() for part in parts]
    return cells[0 if cells[0] else 1 : len(cells) if cells[-1] else -1]


def _cell(text: str) -> str:
    escaped = re.sub(r"[\\|]|<(?=br>)", lambda found: f"\\{found.group()}", text)
    return escaped.replace("\n", "<br>")


def _listed(text: str, languages: tuple[str, str] | None) -> TermFile:
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("#")]
    pairs = [pair for pair in map(_pair, lines) if pair]
    if not pairs or 2 * len(pairs) < len(lines):
        raise DeskError(
            "The Markdown file has neither a table of terms nor a list of them.",
            "Write a table whose head names the languages, or a line for each term: 汇聚层，pooling layer.",
        )
    first, second = (guessed([pair[side] for pair in pairs]) for side in (0, 1))
    source, target = languages or (second, first)
    if source == target:
        raise DeskError("The terms of the list seem to be in one language.", "Say which languages they are in.")
    is_turned = first == source and second != source
    ordered = [pair if is_turned else pair[::-1] for pair in pairs]
    return TermFile(tuple(_term(source, target, *pair) for pair in ordered))


def _pair(line: str) -> tuple[str, str] | None:
    """Return the two sides of a line of the list; None for a line that is a sentence or says nothing of the kind."""
    text = line.strip()
    if len(text) > _LONGEST_LINE or text.endswith(("。", "！", "？", ".", "!", "?")):
        return None
    left, _, right = _BULLET.sub("", text).partition("，" if "，" in text else ",")
    return (left, right) if left.strip() and right.strip() else None


def _term(source_language: str, target_language: str, source: str, target: str) -> Term:
    """Return the term of a line: an abbreviation in brackets and further translations after a / go into the note."""
    short = _SHORT.match(source.strip())
    name, abbreviation = short.groups() if short else (source, "")
    first, *others = map(tidy, target.split("/"))
    note = "; ".join(filter(None, [abbreviation, *others]))
    return Term(source_language, target_language, name, first, note).tidied()
