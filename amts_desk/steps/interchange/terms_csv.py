"""Terms as CSV or TSV: language codes in row 1, the source language first, and a column "note" for people.

This is the file that Amazon Translate takes ("Creating a custom terminology") but for the note; what a spreadsheet
could take for a formula has an apostrophe before it (OWASP, "CSV Injection"), which is taken off again on reading.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from amts_desk.core.errors import DeskError
from amts_desk.core.terms import Term, TermFile, TermTable
from amts_desk.steps.interchange.characters import NOT_IN_TABLES, require_carried
from amts_desk.steps.interchange.review_cells import guarded, unguarded
from amts_desk.steps.interchange.terms_languages import NOTE_HEADINGS, codes_of, left_out

_DELIMITERS = ",;\t"


def write_csv(table: TermTable) -> bytes:
    """Return the terms as CSV in UTF-8. Raises DeskError for a character that UTF-8 cannot carry."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    has_notes = any(row.note for row in table.rows)
    writer.writerow([*table.languages, *["note"] * has_notes])
    for number, row in enumerate(table.rows, 1):
        targets = dict(row.targets)
        cells = [row.source, *(targets.get(code, "") for code in table.target_languages), *[row.note] * has_notes]
        for cell in cells:
            require_carried(cell, NOT_IN_TABLES, f"Term {number}")
        writer.writerow([guarded(cell) for cell in cells])
    return text.getvalue().encode()


def read_csv(text: str, languages: tuple[str, str] | None = None) -> TermFile:
    """Return the terms of a table whose cells are parted by commas, semicolons or tabs, as its first row shows.

    `languages` (source, target) are those of a table whose first row does not name them. Raises DeskError when
    nothing does, or when a quote stands where none may.
    """
    head = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=head.count), strict=True)
    try:
        return terms_of_rows([[unguarded(cell) for cell in row] for row in rows if any(row)], languages)
    except csv.Error as error:
        raise DeskError(f"Line {rows.line_num} of the table cannot be read: {error}.", "Mend its quotes.") from error


def terms_of_rows(rows: list[list[str]], languages: tuple[str, str] | None = None) -> TermFile:
    """Return the terms of the rows of a table; its first row names the languages, unless `languages` do.

    Raises DeskError when neither names a source and a target.
    """
    names = [cell.strip() for cell in rows[0]] if rows else []
    codes = codes_of(names)
    if sum(map(bool, codes)) < 2:
        if languages is None:
            raise DeskError(
                f"The first row names no two languages; it reads: {', '.join(names)[:200] or 'nothing'}.",
                "Put their codes there, as in en,zh, or say which languages the columns are in.",
            )
        return TermFile(tuple(_terms(rows, [*languages, "note"][: max(map(len, rows), default=0)])))
    roles = [code or _note(name) for code, name in zip(codes, names, strict=True)]
    strange = [name for name, role in zip(names, roles, strict=True) if name and not role]
    return TermFile(tuple(_terms(rows[1:], roles)), tuple(map(left_out, strange)))


def _terms(rows: list[list[str]], roles: list[str]) -> Iterator[Term]:
    """Yield the terms of rows whose columns are languages by code, "note", or "" for what is passed over."""
    columns = [(at, role) for at, role in enumerate(roles) if role and role != "note"]
    (first, source), targets = columns[0], columns[1:]
    for row in rows:
        cells = row + [""] * (len(roles) - len(row))
        note = next((cells[at] for at, role in enumerate(roles) if role == "note"), "")
        for at, code in targets:
            if cells[first].strip() and cells[at].strip():  # not every term is in every language
                yield Term(source, code, cells[first], cells[at], note).tidied()


def _note(name: str) -> str:
    return "note" if name.casefold() in NOTE_HEADINGS else ""
