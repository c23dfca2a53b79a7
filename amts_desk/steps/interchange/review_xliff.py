"""A review as XLIFF 1.2: a file element a chapter, a unit a bead, a line a sentence; states as CAT tools know them.

Source: XLIFF Version 1.2 (OASIS, 2008): `state`, `approved`, `translate`; attributes of other namespaces are allowed.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import BinaryIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement
from xml.sax.saxutils import quoteattr

from amts_desk.core.alignment import BeadState
from amts_desk.core.errors import DeskError
from amts_desk.core.exchange import Content, ReviewFile, Row
from amts_desk.steps.interchange.review_cells import as_cell, from_cell
from amts_desk.steps.interchange.review_guard import parsed

_XLIFF, _OURS = "urn:oasis:names:tc:xliff:document:1.2", "urn:amts-desk:review"
_DROPPED = "x-dropped"
_STATES = {
    BeadState.AUTOMATIC: "translated",
    BeadState.CONFIRMED: "final",
    BeadState.REVIEW: "needs-review-translation",
    BeadState.DROPPED: _DROPPED,
}
_WORDS = {word: state.value for state, word in _STATES.items()} | {
    "": BeadState.AUTOMATIC.value,
    "signed-off": BeadState.CONFIRMED.value,
    "new": BeadState.REVIEW.value,
    "needs-adaptation": BeadState.REVIEW.value,
    "needs-l10n": BeadState.REVIEW.value,
    "needs-review-adaptation": BeadState.REVIEW.value,
    "needs-review-l10n": BeadState.REVIEW.value,
    "needs-translation": BeadState.REVIEW.value,
}


def write(rows: Iterable[Row], languages: tuple[str, str], stream: BinaryIO) -> None:
    """Write the units to `stream`."""
    stream.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<xliff version="1.2" xmlns="{_XLIFF}" '.encode())
    stream.write(f'xmlns:amts="{_OURS}">\n'.encode())
    source, target = (quoteattr(language) for language in languages)
    for chapter, members in groupby(rows, key=lambda row: row.chapter):
        name = quoteattr(as_cell((chapter,)))
        head = f'<file original={name} source-language={source} target-language={target} datatype="plaintext">'
        stream.write(f"{head}<body>\n".encode())
        for row in members:
            stream.write(ElementTree.tostring(_unit(row), encoding="utf-8", xml_declaration=False) + b"\n")
        stream.write(b"</body></file>\n")
    stream.write(b"</xliff>\n")


def read(data: bytes, name: str) -> ReviewFile:
    """Return the rows of an XLIFF 1.2. Raises DeskError when it is none, or no review of ours."""
    root = parsed(data, name)
    if root.tag != f"{{{_XLIFF}}}xliff":
        raise DeskError(f"{name} is no XLIFF 1.2: it begins with <{root.tag}>.", "Choose the file that came back.")
    files = root.findall(_of("file"))
    units = [(unit, file) for file in files for unit in file.iter(_of("trans-unit"))]
    rows = [_row(unit, file, number) for number, (unit, file) in enumerate(units, 1)]
    if not any(row.seal for row in rows):
        raise DeskError(f"{name} is no review file of AMTS Desk.", "Its units have no attribute “amts:hash”.")
    languages = (files[0].get("source-language", ""), files[0].get("target-language", ""))
    return ReviewFile(*languages, tuple(rows))


def _unit(row: Row) -> Element:
    state = row.content.state
    unit = Element("trans-unit", {"id": row.key, "amts:hash": row.seal, "amts:number": str(row.number)})
    if state == BeadState.CONFIRMED:
        unit.set("approved", "yes")
    if state == BeadState.DROPPED:
        unit.set("translate", "no")
    SubElement(unit, "source", {"xml:space": "preserve"}).text = as_cell(row.content.source)
    target = SubElement(unit, "target", {"xml:space": "preserve", "state": _STATES[BeadState(state)]})
    target.text = as_cell(row.content.target)
    if row.content.note:
        SubElement(unit, "note").text = as_cell(row.content.note.split("\n"))
    return unit


def _row(unit: Element, file: Element, number: int) -> Row:
    source, target = unit.find(_of("source")), unit.find(_of("target"))
    note = "\n".join(from_cell("\n".join("".join(each.itertext()) for each in unit.findall(_of("note")))))
    texts = ["" if side is None else "".join(side.itertext()) for side in (source, target)]
    return Row(
        unit.get("id", "").strip(),
        unit.get(f"{{{_OURS}}}hash", "").strip(),
        Content(from_cell(texts[0]), from_cell(texts[1]), _state(unit, target), note),
        file.get("original", ""),
        place=f"unit {number}",
        trouble="The unit has no source." if source is None else "",
    )


def _state(unit: Element, target: Element | None) -> str:
    """Return the state that a unit says; a word that XLIFF does not know as it stands."""
    if unit.get("translate") == "no":
        return BeadState.DROPPED.value
    if unit.get("approved") == "yes":
        return BeadState.CONFIRMED.value
    word = "" if target is None else target.get("state", "")
    found = _WORDS.get(word, word)
    # Whoever takes “approved” or “translate” back without more says no more than that.
    return BeadState.AUTOMATIC.value if word in ("final", _DROPPED) else found


def _of(name: str) -> str:
    return f"{{{_XLIFF}}}{name}"
