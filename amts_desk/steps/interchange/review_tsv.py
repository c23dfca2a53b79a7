"""A review as a table of tab-separated values: one row a bead, ┊ between sentences.

It begins with a byte order mark, without which Excel does not take it for UTF-8. Excel itself saves "Unicode text" as
UTF-16 and other programs separate by commas or semicolons: all of that is read.
"""

from __future__ import annotations

import codecs
import csv
import io
import sys
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from amts_desk.core.errors import DeskError
from amts_desk.core.exchange import ReviewFile, Row
from amts_desk.steps.interchange.review_cells import (
    MARKS,
    Line,
    as_cells,
    guarded,
    headings,
    read_table,
    unguarded,
)

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def write(rows: Iterable[Row], languages: tuple[str, str], stream: BinaryIO) -> None:
    """Write the table to `stream`."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    try:
        writer = csv.writer(text, delimiter="\t", lineterminator="\r\n")
        writer.writerow(headings(languages))
        writer.writerows([guarded(cell) for cell in as_cells(row, MARKS)] for row in rows)
    finally:
        text.detach()


def read(data: bytes, name: str) -> ReviewFile:
    """Return the rows of a table. Raises DeskError when it is no text, or no review of ours."""
    text, encoding = _decoded(data, name)
    delimiter = max("\t;,", key=text[:10_000].partition("\n")[0].count)
    found = read_table(_lines(text, delimiter, name), _notices(encoding, delimiter))
    if found is None:
        raise DeskError(f"{name} is no review file of AMTS Desk.", "It lacks the columns Id and Hash.")
    return found


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    encoding = next((encoding for mark, encoding in _BOMS if data.startswith(mark)), "")
    if not encoding:
        nulls = data[:200:2].count(0), data[1:200:2].count(0)
        encoding = "utf-16-be" if nulls[0] > 20 else "utf-16-le" if nulls[1] > 20 else "utf-8"
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise DeskError(
            f"{name} is neither UTF-8 nor UTF-16 (byte {error.start + 1}).", "Save it as “Unicode text” or UTF-8."
        ) from error


def _lines(text: str, delimiter: str, name: str) -> Iterator[Line]:
    csv.field_size_limit(sys.maxsize if sys.maxsize < 1 << 31 else (1 << 31) - 1)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            yield Line(f"line {reader.line_num}", [unguarded(cell) for cell in cells])
    except csv.Error as error:
        raise DeskError(
            f"Line {reader.line_num} of {name} cannot be read: {error}.", "The file may be cut off; mend its quotes."
        ) from error


def _notices(encoding: str, delimiter: str) -> list[str]:
    notices = []
    if encoding.startswith("utf-16"):
        notices.append("The file came back as UTF-16, as Excel saves “Unicode text”; it was read so.")
    if delimiter != "\t":
        notices.append(f"The file came back separated by “{delimiter}”; it was read so.")
    return notices
