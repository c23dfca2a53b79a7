"""Parallel data in CSV and TSV.

Source: Amazon Translate developer guide, "Input files for parallel data": the first row names the languages, the
source language first; no field may hold a line break or begin with + - = @, quoted or not.
"""

from __future__ import annotations

import csv
import io

from amts_desk.endpoint.examples import ImportFailedError, Intake
from amts_desk.endpoint.languages import known

DELIMITERS = {"CSV": ",", "TSV": "\t"}
_ANY_SIZE = 2**31 - 1
_RISKY = ("+", "-", "=", "@")


def read_table(text: str, delimiter: str, intake: Intake) -> list[str]:
    """Take in every row of a CSV or TSV file; return its language codes, the source language first.

    Raises ImportFailedError when the file has no valid header or a quotation mark is out of place.
    """
    csv.field_size_limit(_ANY_SIZE)  # a long text is skipped, it does not spoil the file
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        codes = _header(next(rows, []))
        for row in rows:
            _take(f"Number {rows.line_num} line", row, codes, intake)
    except csv.Error as error:
        raise ImportFailedError(f"Line {rows.line_num} cannot be read: {error}.") from error
    return codes


def _header(row: list[str]) -> list[str]:
    codes = [known(cell) for cell in row]
    for cell, code in zip(row, codes, strict=True):
        if code is None:
            raise ImportFailedError(f"“{cell[:40]}” in the first line is not a language code.")
    found = [code for code in codes if code]
    if len(found) < 2 or len(set(found)) < len(found):
        raise ImportFailedError("The first line must name a source language and one or more other target languages.")
    return found


def _take(label: str, row: list[str], codes: list[str], intake: Intake) -> None:
    if not any(cell.strip() for cell in row):
        intake.skip_blank()
    elif len(row) != len(codes):
        intake.fail(label, f"The line has {len(row)} fields instead of {len(codes)}.")
    elif any(cell.startswith(_RISKY) for cell in row):
        intake.fail(label, "A field begins with one of + - = @.")
    elif any("\n" in cell or "\r" in cell for cell in row):
        intake.fail(label, "A field holds a line break.")
    else:
        intake.take(label, row[0], list(zip(codes[1:], row[1:], strict=True)))
