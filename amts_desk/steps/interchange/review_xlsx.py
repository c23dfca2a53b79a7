"""A review as an Excel workbook: one row a bead, a line a sentence; the columns Id and Hash are hidden.

Every cell is text, with the mark that an apostrophe before it leaves (quotePrefix): no spreadsheet runs it, and it
comes back as it was. What a reviewer enters as a formula is not evaluated. The one door to openpyxl.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Iterator
from itertools import islice, repeat
from operator import is_
from typing import Any, BinaryIO
from xml.etree import ElementTree

from amts_desk.core.alignment import BeadState
from amts_desk.core.errors import DeskError
from amts_desk.core.exchange import ReviewFile, Row
from amts_desk.steps.interchange.review_cells import Line, as_cells, headings, read_table
from amts_desk.steps.interchange.review_guard import unpacked

_WIDTHS = (6, 16, 60, 60, 14, 30, 10, 10)
_STATE, _HIDDEN = "E", "GH"
_MOST_COLUMNS, _MOST_ROWS = 64, 1_048_576
_HELP = (
    "Correct the texts in the columns Source and Target. Each sentence keeps a line of its own.",
    f"Say in the column State what you think of a row: {', '.join(BeadState)}.",
    "Write in the column Note whatever the editor should know.",
    "Please leave the rows and the hidden columns as they are. To merge or split rows, write a note.",
    "Signs such as ␊ and ␉ stand for what a cell cannot hold (a line feed, a tab); leave them where they belong.",
)
_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How a workbook writes characters by number (ISO/IEC 29500-1, 22.9.2.19, ST_Xstring)."""
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def write(rows: Iterable[Row], languages: tuple[str, str], stream: BinaryIO) -> None:
    """Write the workbook to `stream`."""
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook(write_only=True)
    book.properties.creator = "AMTS Desk"
    sheet = book.create_sheet("Review")
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDEFGH", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
        sheet.column_dimensions[letter].hidden = letter in _HIDDEN
    states = DataValidation(type="list", formula1=f'"{",".join(BeadState)}"', allow_blank=False)
    states.add(f"{_STATE}2:{_STATE}1048576")
    sheet.data_validations.append(states)
    _Sheet(sheet, is_head=True).append(headings(languages))
    table = _Sheet(sheet)
    for row in rows:
        table.append(as_cells(row))
    help_sheet = book.create_sheet("How to review")
    help_sheet.column_dimensions["A"].width = 110
    for text in _HELP:
        _Sheet(help_sheet).append([text])
    book.save(stream)


def read(data: bytes, name: str) -> ReviewFile:
    """Return the rows of a workbook. Raises DeskError when it is damaged, hostile, or no review of ours."""
    parts = unpacked(data, name)
    found = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of styles and extensions that it leaves out
            found = _read(data, parts)
    # What openpyxl raises for a workbook that is damaged inside is whatever its code runs into first.
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, OSError, OverflowError) as error:
        raise DeskError(
            f"{name} is damaged: {error}.", "Open it in Excel or LibreOffice, save it again, and bring that file in."
        ) from error
    if found is None:
        raise DeskError(
            f"{name} is no review file of AMTS Desk.", "No sheet has the columns Source, Target, Id and Hash."
        )
    return found


def _read(data: bytes, parts: dict[str, bytes]) -> ReviewFile | None:
    from openpyxl import load_workbook

    # Cell by cell as they are stored: one cell in the last row of a sheet must not make a million others.
    book = load_workbook(io.BytesIO(data), read_only=True)
    for sheet in book.worksheets:
        merged = _merged_rows(parts.get(sheet._worksheet_path, b"<none/>"))
        found = read_table(_lines(sheet, merged))
        if found is not None:
            return found
    return None


def _lines(sheet: Any, merged: set[int]) -> Iterator[Line]:
    for number, cells in enumerate(islice(sheet.iter_rows(max_col=_MOST_COLUMNS), _MOST_ROWS), 1):
        if all(map(is_, cells, repeat(cells[0]))):  # the same empty cell all along: a gap, and there may be many
            continue
        texts, troubles = [], []
        for cell in cells:
            text, trouble = _text(cell.value, cell.data_type)
            texts.append(text)
            troubles += [trouble] if trouble else []
        if any(texts) and number in merged:
            troubles.append("Cells of this row are merged with others; take them apart first.")
        yield Line(f"row {number}", texts, troubles[0] if troubles else "")


def _text(value: object, kind: str) -> tuple[str, str]:
    """Return the text of a cell, and a sentence about what cannot be read in it."""
    if value is None:
        return "", ""
    if kind == "f":
        formula = value if isinstance(value, str) else getattr(value, "text", "") or "=…"
        return str(formula), f"A cell holds the formula {str(formula)[:60]}, which is not evaluated; type its text."
    if kind in ("e", "d"):
        what = "an error" if kind == "e" else "a date"
        return str(value), f"A cell holds {what} ({value}) in the place of a text."
    if kind == "b":
        return str(value).upper(), ""
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return _CODED.sub(_decoded, text), ""


def _decoded(found: re.Match[str]) -> str:
    """Return the character of a number; half a character stays as it is written."""
    number = int(found[1], 16)
    return found[0] if 0xD800 <= number <= 0xDFFF else chr(number)


def _merged_rows(sheet: bytes) -> set[int]:
    """Return the rows with merged cells in the XML of a sheet."""
    found: list[tuple[int, int]] = []
    for _, element in ElementTree.iterparse(io.BytesIO(sheet)):
        if element.tag == f"{_MAIN}mergeCell":
            rows = [int(digits) for digits in re.findall(r"\d+", element.get("ref", ""))]
            found += [(rows[0], min(rows[-1], _MOST_ROWS))] if rows else []
        elif element.tag == f"{_MAIN}row":
            element.clear()
    merged: set[int] = set()
    end = 0
    for first, last in sorted(found):  # however many blocks there are, each row is looked at once
        merged.update(range(max(first, end + 1), last + 1))
        end = max(end, last)
    return merged


class _Sheet:
    """A sheet in the making. Its cells share a style: to work one out for each takes longer than all the rest."""

    def __init__(self, sheet: Any, *, is_head: bool = False) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font

        self._sheet = sheet
        self._make = WriteOnlyCell
        model = WriteOnlyCell(sheet)
        model.number_format = "@"
        model.quotePrefix = True
        model.alignment = Alignment(wrap_text=True, vertical="top")
        model.font = Font(bold=is_head)
        self._style = model._style

    def append(self, texts: Iterable[str]) -> None:
        """Add a row of texts."""
        self._sheet.append([self._cell(text) for text in texts])

    def _cell(self, text: str) -> Any:
        # A text that looks like a character by number gets its first sign written so.
        cell = self._make(self._sheet, _CODED.sub(lambda found: f"_x005F{found[0]}", text))
        cell.data_type = "s"  # whatever it begins with
        cell._style = self._style
        return cell
