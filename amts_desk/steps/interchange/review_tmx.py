"""A review as TMX 1.4b: a translation unit a bead, a line a sentence, id, hash, state and note beside the texts.

Source: the TMX 1.4b specification (LISA, 2005): `tuid`, `prop` types that begin with "x-", `note`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from amts_desk import __version__
from amts_desk.core.errors import DeskError
from amts_desk.core.exchange import Content, ReviewFile, Row
from amts_desk.steps.interchange.characters import is_language
from amts_desk.steps.interchange.review_cells import as_cell, from_cell
from amts_desk.steps.interchange.review_guard import parsed

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_CODES = {"bpt", "ept", "ph", "it", "ut"}


def write(rows: Iterable[Row], languages: tuple[str, str], stream: BinaryIO) -> None:
    """Write the units to `stream`."""
    stream.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n')
    head = Element("header", {
        "creationtool": "AMTS Desk", "creationtoolversion": __version__, "segtype": "block", "o-tmf": "AMTS Desk",
        "adminlang": "en", "srclang": languages[0], "datatype": "plaintext",
    })  # fmt: skip
    SubElement(head, "prop", {"type": "x-target-language"}).text = languages[1]
    stream.write(_bytes(head) + b"<body>\n")
    for row in rows:
        stream.write(_bytes(_unit(row, languages)))
    stream.write(b"</body>\n</tmx>\n")


def read(data: bytes, name: str) -> ReviewFile:
    """Return the rows of a TMX. Raises DeskError when it is none, or no review of ours."""
    root = parsed(data, name)
    if root.tag != "tmx":
        raise DeskError(f"{name} is no TMX: it begins with <{root.tag}>.", "Choose the file that came back.")
    head = root.find("header")
    properties = _properties(head) if head is not None else {}
    languages = (head.get("srclang", "") if head is not None else "", properties.get("x-target-language", ""))
    rows = [_row(unit, number, languages) for number, unit in enumerate(root.iter("tu"), 1)]
    if not any(row.seal for row in rows):
        raise DeskError(f"{name} is no review file of AMTS Desk.", "Its units have no property “x-hash”.")
    return ReviewFile(*languages, tuple(rows))


def _unit(row: Row, languages: tuple[str, str]) -> Element:
    unit = Element("tu", {"tuid": row.key})
    if row.content.note:
        SubElement(unit, "note").text = as_cell(row.content.note.split("\n"))
    told = {
        "x-hash": row.seal,
        "x-state": row.content.state,
        "x-chapter": as_cell((row.chapter,)),
        "x-number": str(row.number),
    }
    for kind, text in told.items():
        SubElement(unit, "prop", {"type": kind}).text = text
    for language, texts in zip(languages, (row.content.source, row.content.target), strict=True):
        SubElement(SubElement(unit, "tuv", {_LANGUAGE: language}), "seg").text = as_cell(texts)
    return unit


def _row(unit: Element, number: int, languages: tuple[str, str]) -> Row:
    told = _properties(unit)
    sides = {(variant.get(_LANGUAGE) or variant.get("lang") or ""): variant.find("seg") for variant in unit.iter("tuv")}
    texts = [_side(sides, language) for language in languages]
    missing = [language for language, text in zip(languages, texts, strict=True) if text is None]
    source, target = (from_cell(text or "") for text in texts)
    note = "\n".join(from_cell("\n".join(each.text or "" for each in unit.findall("note"))))
    return Row(
        unit.get("tuid", "").strip(),
        told.get("x-hash", "").strip(),
        Content(source, target, told.get("x-state", ""), note),
        told.get("x-chapter", ""),
        place=f"unit {number}",
        trouble=f"The unit has no text in {missing[0]}." if missing else "",
    )


def _side(sides: dict[str, Element | None], language: str) -> str | None:
    segment = next((each for tag, each in sides.items() if is_language(tag, language)), None)
    return None if segment is None else _words(segment)


def _words(segment: Element) -> str:
    """Return the text of a segment without the codes of other programs."""
    for code in [each for each in segment.iter() if each.tag in _CODES]:
        tail = code.tail
        code.clear()
        code.tail = tail
    return "".join(segment.itertext())


def _properties(element: Element) -> dict[str, str]:
    return {each.get("type", ""): each.text or "" for each in element.findall("prop")}


def _bytes(element: Element) -> bytes:
    return bytes(ElementTree.tostring(element, encoding="utf-8", xml_declaration=False)) + b"\n"
