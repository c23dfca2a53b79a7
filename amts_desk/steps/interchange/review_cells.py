"""Review files that are tables: their columns, how texts stand in cells, what a spreadsheet must not do with them.

A sentence has a line of its own in a cell, or, where a row is a line (TSV), ┊ stands between sentences. What a cell
cannot carry is written as the picture that Unicode has for it (␊ for a line feed); a picture that was there before, and
every ┊, has ␦ before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from amts_desk.core.errors import DeskError
from amts_desk.core.exchange import Content, ReviewFile, Row

CELL_LIMIT = 32_767
"""UTF-16 units that Excel keeps of a cell (Microsoft, "Excel specifications and limits"); the rest it cuts off."""
LINES, MARKS = "\n", " ┊ "
"""What stands between the sentences of a cell."""
_SHOWN = 1_000
_HEADINGS = ("No.", "Chapter", "Source ({0})", "Target ({1})", "State", "Note", "Id", "Hash")
_NEEDED = ("source", "target", "state", "note", "id", "hash")
_HEAD_ROWS = 30
"""A person may have written something above the table; further down nobody looks for its head."""

_SPECIAL = re.compile("[\x00-\x1f\x7f\u2400-\u241f\u2421\u2426\u250a\ufffe\uffff]")
_TOKEN = re.compile("\u2426(.)|([\u2400-\u241f\u2421])|( ?\u250a ?|\r\n?|\n)", re.DOTALL)
_NO_CHARACTERS = {"\ufffe": "\u2426e", "\uffff": "\u2426f"}
_OF_NO_CHARACTERS = {sign[1]: character for character, sign in _NO_CHARACTERS.items()}
_DANGER = re.compile("'*[=+\\-@\t\r＝＋－＠]")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table as it was read: where it stands, its cells, and what cannot be read in it."""

    place: str
    cells: Sequence[str]
    trouble: str = ""


# ---- texts in cells ------------------------------------------------------------------------------------------------


def as_cell(texts: Iterable[str], border: str = LINES) -> str:
    """Return texts as they stand in one cell, `border` between them."""
    return border.join(_SPECIAL.sub(_picture, text) for text in texts)


def from_cell(cell: str) -> tuple[str, ...]:
    """Return the texts of a cell; line breaks and ┊ alike stand between them."""
    texts = [""]
    at = 0
    for token in _TOKEN.finditer(cell):
        texts[-1] += cell[at : token.start()]
        at = token.end()
        escaped, picture, border = token.groups()
        if border:
            texts.append("")
        elif picture:
            texts[-1] += "\x7f" if picture == "\u2421" else chr(ord(picture) - 0x2400)
        else:
            texts[-1] += _OF_NO_CHARACTERS.get(escaped, escaped)
    texts[-1] += cell[at:]
    return tuple(texts)


def guarded(cell: str) -> str:
    """Return a cell of a text file so that no spreadsheet takes it for a formula: an apostrophe goes first.

    Source: OWASP, "CSV Injection".
    """
    return f"'{cell}" if _DANGER.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return a cell without the apostrophe of `guarded`; an apostrophe that stands before a word stays."""
    return cell[1:] if cell.startswith("'") and _DANGER.match(cell) else cell


def fitting(row: Row) -> Row:
    """Return the row as a spreadsheet can carry it: a text too long for a cell is shown in part, to be read only.

    The row that is returned in such a case is not whole and has to be sealed again.
    """
    sides = [as_cell(texts) for texts in (row.content.source, row.content.target, (row.content.note,))]
    # The apostrophe that may go first needs a place, and Excel counts in UTF-16.
    if all(len(side.encode("utf-16-le")) // 2 < CELL_LIMIT for side in sides):
        return row
    source, target = (_shortened(side) for side in (row.content.source, row.content.target))
    content = Content(source, target, row.content.state, "".join(_shortened((row.content.note,))))
    return replace(row, content=content, is_whole=False)


def is_cut(cell: str) -> bool:
    """Return whether a cell is so long that a program may have cut it off."""
    return len(cell.encode("utf-16-le", "surrogatepass")) // 2 >= CELL_LIMIT


def _picture(found: re.Match[str]) -> str:
    character = found.group()
    if character in _NO_CHARACTERS:
        return _NO_CHARACTERS[character]
    if character == "\x7f":
        return "\u2421"
    return chr(0x2400 + ord(character)) if character < "\x20" else f"\u2426{character}"


def _shortened(texts: Sequence[str]) -> tuple[str, ...]:
    length = sum(map(len, texts))
    if length <= _SHOWN:
        return tuple(texts)
    return (f"{' '.join(texts)[:_SHOWN]} … (to be read only: {length} characters are too many for a cell)",)


# ---- tables --------------------------------------------------------------------------------------------------------


def headings(languages: tuple[str, str]) -> list[str]:
    """Return the headings of the columns; the languages stand in those of the two sides."""
    return [heading.format(*languages) for heading in _HEADINGS]


def as_cells(row: Row, border: str = LINES) -> list[str]:
    """Return the cells of a row, in the order of the headings."""
    content = row.content
    sides = as_cell(content.source, border), as_cell(content.target, border)
    note = as_cell(content.note.split("\n"), border)
    return [str(row.number), as_cell((row.chapter,)), *sides, content.state, note, row.key, row.seal]


def read_table(lines: Iterable[Line], notices: Sequence[str] = ()) -> ReviewFile | None:
    """Return the rows of a table whose columns may stand in any order; None when it has no head of ours.

    Empty rows are passed over. Raises DeskError when a column is missing that cannot be done without.
    """
    columns: dict[str, int] = {}
    languages = {"source": "", "target": ""}
    rows: list[Row] = []
    for number, line in enumerate(lines):
        if not columns:
            columns = _columns(line.cells, languages)
            if not columns and number >= _HEAD_ROWS:
                return None
        elif any(cell.strip() for cell in line.cells) and _columns(line.cells, dict(languages)) != columns:
            rows.append(_row(line, columns))
    if not columns:
        return None
    return ReviewFile(languages["source"], languages["target"], tuple(rows), tuple(notices))


def _columns(cells: Sequence[str], languages: dict[str, str]) -> dict[str, int]:
    """Return where each column stands if these cells are the head of a review table, and set its languages."""
    found: dict[str, int] = {}
    for number, cell in enumerate(cells):
        name, _, language = cell.strip().lower().rstrip(")").partition("(")
        found.setdefault(name.strip(), number)
        if name.strip() in languages and language and not languages[name.strip()]:
            languages[name.strip()] = language.strip()
    if not {"id", "hash"} & found.keys() or not {"source", "target"} & found.keys():
        return {}
    missing = [name for name in _NEEDED if name not in found]
    if missing:
        raise DeskError(
            f"The table lacks the column “{missing[0].capitalize()}”.",
            "Undo its removal, or send the chapter out again; columns may be moved and hidden, not removed.",
        )
    return found


def _row(line: Line, columns: dict[str, int]) -> Row:
    def cell(name: str) -> str:
        at = columns.get(name, -1)
        return line.cells[at] if 0 <= at < len(line.cells) else ""

    note = "\n".join(from_cell(cell("note")))
    content = Content(from_cell(cell("source")), from_cell(cell("target")), cell("state"), note)
    trouble = line.trouble
    if not trouble and any(is_cut(cell(name)) for name in ("source", "target", "note")):
        trouble = f"A cell holds {CELL_LIMIT:,} characters, where spreadsheets cut texts off."
    return Row(cell("id").strip(), cell("hash").strip(), content, cell("chapter"), place=line.place, trouble=trouble)
