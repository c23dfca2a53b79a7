"""Parallel data and terminologies in CSV and TSV, read as a stream.

Source: Amazon Translate developer guide, "Input files for parallel data": the first row names the languages, the
source language first; no field may hold a line break or begin with + - = @, quoted or not. Of terminologies the guide
says nothing but the first row.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO, TextIO

from amts_desk.endpoint.examples import ImportFailedError, Taker
from amts_desk.endpoint.languages import known

DELIMITERS = {"CSV": ",", "TSV": "\t"}
_LONGEST_LINE = 10_000_000  # characters; what has no line end must not fill the memory
_RISKY = ("+", "-", "=", "@")


def read_table(stream: BinaryIO, delimiter: str, taker: Taker, *, is_strict: bool = True) -> list[str]:
    """Hand over every row of a CSV or TSV file; return its language codes, the source language first.

    `is_strict` applies the rules of parallel data to the fields. Raises ImportFailedError when the file is not UTF-8,
    has no valid header or a quotation mark is out of place.
    """
    csv.field_size_limit(_LONGEST_LINE)  # a long text is skipped, it does not spoil the file
    text = io.TextIOWrapper(stream, "utf-8-sig", newline="")
    rows = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    try:
        codes = _header(next(rows, []))
        for row in rows:
            _take(f"Number {rows.line_num} line", row, codes, taker, is_strict=is_strict)
    except csv.Error as error:
        raise ImportFailedError(f"Line {rows.line_num} cannot be read: {error}.") from error
    except UnicodeDecodeError as error:
        raise ImportFailedError(f"The file is not UTF-8 (after line {rows.line_num}).") from error
    finally:
        text.detach()
    return codes


def _lines(text: TextIO) -> Iterator[str]:
    while line := text.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            raise ImportFailedError(f"A line is longer than {_LONGEST_LINE} characters.")
        yield line


def _header(row: list[str]) -> list[str]:
    codes = [known(cell) for cell in row]
    for cell, code in zip(row, codes, strict=True):
        if code is None:
            raise ImportFailedError(f"“{cell[:40]}” in the first line is not a language code.")
    found = [code for code in codes if code]
    if len(found) < 2 or len(set(found)) < len(found):
        raise ImportFailedError("The first line must name a source language and one or more other target languages.")
    return found


def _take(label: str, row: list[str], codes: list[str], taker: Taker, *, is_strict: bool) -> None:
    if not any(cell.strip() for cell in row):
        taker.skip_blank()
    elif len(row) != len(codes):
        taker.fail(label, f"The line has {len(row)} fields instead of {len(codes)}.")
    elif is_strict and any(cell.startswith(_RISKY) for cell in row):
        taker.fail(label, "A field begins with one of + - = @.")
    elif any("\n" in cell or "\r" in cell for cell in row):
        taker.fail(label, "A field holds a line break.")
    else:
        taker.take(label, row[0], list(zip(codes[1:], row[1:], strict=True)))
