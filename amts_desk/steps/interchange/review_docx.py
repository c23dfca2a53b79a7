"""A review as a table in a Word document: one row a bead, a paragraph a sentence; id and hash are hidden text.

Tracked changes are read as if they were accepted: what was deleted is gone, what was inserted is there. The one door to
python-docx, whose own `text` leaves insertions out; so the table is read from the XML of the document.

Source: ECMA-376 part 1, WordprocessingML: 17.3 paragraphs and runs, 17.4 tables, 17.13.5 revisions.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from amts_desk.core.errors import DeskError
from amts_desk.core.exchange import ReviewFile, Row
from amts_desk.steps.interchange.review_cells import Line, as_cells, headings, read_table
from amts_desk.steps.interchange.review_guard import unpacked

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NAMESPACE = _W[1:-1]
_GONE = {f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "tbl")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_WIDTHS = (600, 1300, 5000, 5000, 1300, 1900, 120, 120)
"""Twentieths of a point, over the width of a page that lies on its side."""
_HIDDEN = (6, 7)
_ASIAN = ("zh", "ja", "ko")
_HELP = (
    "Correct the texts in the columns Source and Target; each sentence keeps a paragraph of its own. Change the state "
    "to confirmed, needs review, dropped or automatic, and write a note if you like. You may track changes. Please "
    "leave the rows as they are; to merge or split rows, write a note."
)


def write(rows: Iterable[Row], languages: tuple[str, str], stream: BinaryIO) -> None:
    """Write the document to `stream`."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.oxml import parse_xml
    from docx.shared import Cm

    document = Document()
    document.core_properties.author = "AMTS Desk"
    document.core_properties.comments = ""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = Cm(1.5)
    document.add_paragraph(_HELP)
    table = document.add_table(rows=0, cols=len(_WIDTHS), style="Table Grid")
    table.autofit = False
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, _WIDTHS, strict=True):
        column.set(f"{_W}w", str(width))
    table._tbl.append(parse_xml(_row_xml(headings(languages), languages, is_head=True)))
    for row in rows:
        table._tbl.append(parse_xml(_row_xml(as_cells(row), languages)))
    document.save(stream)


def read(data: bytes, name: str) -> ReviewFile:
    """Return the rows of a document. Raises DeskError when it is damaged, hostile, or no review of ours."""
    from docx import Document

    unpacked(data, name)
    try:
        body = Document(io.BytesIO(data)).element.body
        found = read_table(_lines(body))
    # What python-docx and lxml raise for a document that is damaged inside is whatever their code runs into first.
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, OSError, OverflowError) as error:
        raise DeskError(
            f"{name} is damaged: {error}.", "Open it in Word or LibreOffice, save it again, and bring that file in."
        ) from error
    if found is None:
        raise DeskError(
            f"{name} is no review file of AMTS Desk.", "No table has the columns Source, Target, Id and Hash."
        )
    return found


# ---- reading -------------------------------------------------------------------------------------------------------


def _lines(body: Any) -> Iterator[Line]:
    for number, row in enumerate(body.iter(f"{_W}tr"), 1):
        if row.find(f"{_W}trPr/{_W}del") is None:  # a row whose deletion was tracked is deleted
            cells, trouble = _cells(row)
            yield Line(f"row {number}", cells, trouble)


def _cells(row: Any) -> tuple[list[str], str]:
    """Return the text of each column of a row; a merged cell stands in its first column."""
    cells: list[str] = []
    trouble = ""
    for cell in _children(row, "tc"):
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        columns = min(64, int(span.get(f"{_W}val", "1"))) if span is not None else 1
        if columns > 1 or cell.find(f"{_W}tcPr/{_W}vMerge") is not None:
            trouble = "Cells of this row are merged with others; take them apart first."
        cells += [_cell_text(cell), *[""] * (columns - 1)]
    return cells, trouble


def _cell_text(cell: Any) -> str:
    """Return the text of a cell as it is when all tracked changes are accepted, a line a paragraph."""
    text, is_first, joins = "", True, False
    for paragraph in _children(cell, "p"):
        text += "" if is_first or joins else "\n"
        text += "".join(_words(paragraph))
        is_first = False
        # Where the mark of a paragraph was deleted, the next one goes on in it.
        joins = paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None
    return text


def _children(parent: Any, name: str) -> Iterator[Any]:
    """Yield the cells of a row or the paragraphs of a cell, also those inside content controls."""
    for child in parent:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag not in _GONE:
            yield from _children(child, name)


def _words(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in _GONE:
            continue
        name = child.tag.removeprefix(_W) if isinstance(child.tag, str) else ""
        if name == "t":
            yield child.text or ""
        elif name == "sym":
            number = int(child.get(f"{_W}char", "20"), 16)
            yield "\ufffd" if 0xD800 <= number <= 0xDFFF else chr(number)
        elif name in _SIGNS:
            yield _SIGNS[name]
        else:
            yield from _words(child)


# ---- writing -------------------------------------------------------------------------------------------------------


def _row_xml(cells: Sequence[str], languages: tuple[str, str], *, is_head: bool = False) -> str:
    spoken = {2: languages[0], 3: languages[1]}
    inner = ""
    for number, (cell, width) in enumerate(zip(cells, _WIDTHS, strict=True)):
        properties = _run_properties(spoken.get(number, ""), is_head=is_head, is_hidden=number in _HIDDEN)
        size = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        inner += f"<w:tc>{size}{_paragraphs(cell, properties)}</w:tc>"
    head = "<w:trPr><w:tblHeader/></w:trPr>" if is_head else ""
    return f'<w:tr xmlns:w="{_NAMESPACE}">{head}{inner}</w:tr>'


def _paragraphs(cell: str, properties: str) -> str:
    return "".join(
        f'<w:p><w:r>{properties}<w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in cell.split("\n")
    )


def _run_properties(language: str, *, is_head: bool, is_hidden: bool) -> str:
    spoken = f'w:eastAsia="{language}"' if language.startswith(_ASIAN) else f'w:val="{language}"'
    inner = ("<w:b/>" if is_head else "") + ("<w:vanish/>" if is_hidden else "")
    return f"<w:rPr>{inner}{f'<w:lang {spoken}/>' if language else ''}</w:rPr>"
