"""A review as a PO file of gettext: an entry a bead, a line a sentence, for Poedit, Weblate and their like.

Source: the GNU gettext manual, "PO Files". What is confirmed or dropped is not fuzzy, everything else is; so a reviewer
confirms by taking “needs work” away, and asks for a review by setting it. polib reads and writes the file.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

from amts_desk.core.alignment import BeadState
from amts_desk.core.errors import DeskError
from amts_desk.core.exchange import Content, ReviewFile, Row
from amts_desk.steps.interchange.review_cells import as_cell, from_cell

_NOTHING = "∅"
"""Stands for a side without a sentence: an entry without a source is the head of the file."""
_FUZZY = "fuzzy"
_SURE = (BeadState.CONFIRMED.value, BeadState.DROPPED.value)


def write(rows: Iterable[Row], languages: tuple[str, str], stream: BinaryIO) -> None:
    """Write the entries to `stream`."""
    import polib

    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": languages[1],
        "X-Source-Language": languages[0],
    }
    file.extend(_entry(row) for row in rows)
    stream.write(f"{file}\n".encode())


def read(data: bytes, name: str) -> ReviewFile:
    """Return the rows of a PO file. Raises DeskError when it is none, or no review of ours."""
    import polib

    if data.count(b"\nmsgid ") != data.count(b"\nmsgstr "):
        raise DeskError(f"{name} is cut off: an entry has no translation.", "Save it again as PO.")
    with tempfile.TemporaryDirectory() as folder:  # from a file it reads lines as gettext does
        path = Path(folder) / "review.po"
        path.write_bytes(data)
        try:
            file = polib.pofile(str(path), encoding="utf-8-sig", wrapwidth=0)
        except (OSError, ValueError, UnicodeDecodeError) as error:
            reason = str(error).replace(str(path), name)
            raise DeskError(
                f"{name} is no PO file: {reason}.", "Save it again in the program it comes from."
            ) from error
    rows = [_row(entry) for entry in file if not entry.obsolete]
    if not any(row.seal for row in rows):
        raise DeskError(f"{name} is no review file of AMTS Desk.", "Its entries have no comment with a hash.")
    return ReviewFile(file.metadata.get("X-Source-Language", ""), file.metadata.get("Language", ""), tuple(rows))


def _entry(row: Row) -> Any:
    import polib

    content = row.content
    told = {"hash": row.seal, "state": content.state, "chapter": as_cell((row.chapter,))}
    return polib.POEntry(
        msgctxt=row.key,
        msgid=as_cell(content.source) or _NOTHING,
        msgstr=as_cell(content.target),
        comment="\n".join(f"{name}: {value}" for name, value in told.items()),
        tcomment=as_cell(content.note.split("\n")),
        flags=[] if content.state in _SURE else [_FUZZY],
    )


def _row(entry: Any) -> Row:
    told = dict(line.partition(":")[::2] for line in entry.comment.split("\n"))
    source = "" if entry.msgid == _NOTHING else entry.msgid
    return Row(
        (entry.msgctxt or "").strip(),
        told.get("hash", "").strip(),
        Content(
            from_cell(source),
            from_cell(entry.msgstr),
            _state(told.get("state", "").strip(), is_fuzzy=_FUZZY in entry.flags),
            "\n".join(from_cell(entry.tcomment)),
        ),
        told.get("chapter", "").strip(),
        place=f"line {entry.linenum}",
    )


def _state(sent: str, *, is_fuzzy: bool) -> str:
    """Return the state of an entry: the one that it was sent with, unless “fuzzy” was set or taken away since."""
    if is_fuzzy is (sent not in _SURE):
        return sent
    return BeadState.REVIEW.value if is_fuzzy else BeadState.CONFIRMED.value
