"""A review as an InterText alignment: two XML documents whose sentences have ids, and an alignment that links the ids.

Source: "InterText server, technical details" (https://wanthalf.saga.cz/doc_itserver_details): `linkGrp` names the two
documents in `toDoc` and `fromDoc`; each `link` has in `xtargets` the ids of the first, a semicolon, the ids of the
second, `type` as in "1-2", and `status` (man: confirmed, auto: aligned by a program, plain: neither).

InterText may rewrite the alignment and number the sentences anew, but keeps what else stands in the documents. So each
sentence carries its number in the chapter (`n`), and the first of a bead its id, hash and state as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath, PureWindowsPath
from typing import BinaryIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement
from zipfile import ZIP_DEFLATED, ZipFile

from amts_desk.core.alignment import BeadState
from amts_desk.core.errors import DeskError
from amts_desk.core.exchange import Content, ReviewFile, Row
from amts_desk.steps.interchange.review_cells import MARKS, as_cell, from_cell
from amts_desk.steps.interchange.review_guard import parsed, unpacked

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_MEANT = {BeadState.CONFIRMED.value: "man", BeadState.AUTOMATIC.value: "auto"}
_STATES = {status: state for state, status in _MEANT.items()}
Documents = Callable[[str], bytes]
"""Gives the bytes of a document by its name; raises DeskError when it is not there."""


@dataclass(slots=True)
class _Sentences:
    """One side of an alignment that was read: its language, and its sentences by id."""

    language: str
    by_id: Mapping[str, Element]


def write(rows: Iterable[Row], languages: tuple[str, str], stream: BinaryIO) -> None:
    """Write a zip archive with the three files of each chapter to `stream`."""
    with ZipFile(stream, "w", ZIP_DEFLATED) as package:
        for number, (chapter, group) in enumerate(groupby(rows, key=lambda row: row.chapter), 1):
            names = _names(chapter, number, languages)
            for name, root in zip(names, _trees(list(group), languages, names), strict=True):
                package.writestr(name, ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def read_archive(data: bytes, name: str) -> ReviewFile:
    """Return the rows of every alignment in a zip archive. Raises DeskError when there is none of ours."""
    parts = unpacked(data, name)
    by_name = {_base(part): content for part, content in parts.items()}

    def document(wanted: str) -> bytes:
        if wanted not in by_name:
            raise DeskError(f"{name} lacks the document {wanted}.", "Put it back into the archive.")
        return by_name[wanted]

    alignments = [
        (part, content) for part, content in parts.items() if part.endswith(".xml") and b"<linkGrp" in content
    ]
    if not alignments:
        raise DeskError(f"{name} holds no InterText alignment.", "Choose the file that came back from the review.")
    files = [read(content, f"{name} ({part})", document) for part, content in alignments]
    rows = tuple(row for file in files for row in file.rows)
    return ReviewFile(files[0].source_language, files[0].target_language, rows)


def read(data: bytes, name: str, document: Documents) -> ReviewFile:
    """Return the rows of an alignment; `document` gives the two that it names. Raises DeskError."""
    root = parsed(data, name)
    group = root if root.tag == "linkGrp" else root.find(".//linkGrp")
    if group is None:
        raise DeskError(f"{name} is no InterText alignment.", "Choose the file whose links have “xtargets”.")
    files = [_base(group.get(which, "")) for which in ("toDoc", "fromDoc")]
    if not all(file.strip(".") for file in files):
        raise DeskError(f"{name} does not name its two documents.", "Put their names into “toDoc” and “fromDoc”.")
    sides = tuple(_sentences(document(file), file) for file in files)
    rows = tuple(_row(link, number, sides) for number, link in enumerate(group.iter("link"), 1))
    if not any(row.seal for row in rows):
        raise DeskError(f"{name} is no review of AMTS Desk.", "Its sentences carry no hash.")
    return ReviewFile(sides[0].language, sides[1].language, rows)


# ---- writing -------------------------------------------------------------------------------------------------------


def _names(chapter: str, number: int, languages: tuple[str, str]) -> tuple[str, str, str]:
    """Return the names of a chapter's files, as InterText names them: document.version(.version).xml."""
    plain = "".join(sign if sign.isalnum() or sign in "-_" else "_" for sign in chapter)[:80]
    stem = f"{number}-{plain}"
    return f"{stem}.{languages[0]}.xml", f"{stem}.{languages[1]}.xml", f"{stem}.{'.'.join(languages)}.xml"


def _trees(rows: Sequence[Row], languages: tuple[str, str], names: Sequence[str]) -> tuple[Element, Element, Element]:
    texts = [Element("text", {_LANGUAGE: language}) for language in languages]
    group = Element("linkGrp", {"toDoc": names[0], "fromDoc": names[1]})
    group.text = "\n"
    for number, row in enumerate(rows, 1):
        sides = (row.content.source, row.content.target)
        sentences = [_paragraph(text, number, side) for text, side in zip(texts, sides, strict=True)]
        for side, indices in zip(sentences, _numbers(row.key), strict=True):
            for sentence, index in zip(side, indices, strict=True):
                sentence.set("n", index)
        link = SubElement(group, "link", _link(row, sentences))
        link.tail = "\n"
        told = {"bead": row.key, "hash": row.seal, "state": row.content.state}
        if row.content.note:
            told["note"] = as_cell(row.content.note.split("\n"), MARKS)
        for carrier in (link, *[side[0] for side in sentences if side][:1]):
            carrier.attrib.update(told)
    return texts[0], texts[1], group


def _paragraph(text: Element, number: int, side: Sequence[str]) -> list[Element]:
    """Add a paragraph with the sentences of one side of a bead and return them."""
    if not side:
        return []
    paragraph = SubElement(text, "p", {"id": str(number)})
    paragraph.tail = "\n"
    made = []
    for place, words in enumerate(side, 1):
        sentence = SubElement(paragraph, "s", {"id": f"{number}:{place}"})
        sentence.text = as_cell((words,))
        made.append(sentence)
    return made


def _link(row: Row, sentences: Sequence[Sequence[Element]]) -> dict[str, str]:
    ids = [" ".join(sentence.get("id", "") for sentence in side) for side in sentences]
    return {
        "type": "-".join(str(len(side)) for side in sentences),
        "xtargets": ";".join(ids),
        "status": _MEANT.get(row.content.state, "plain"),
    }


# ---- reading -------------------------------------------------------------------------------------------------------


def _sentences(data: bytes, name: str) -> _Sentences:
    root = parsed(data, name)
    return _Sentences(root.get(_LANGUAGE, ""), {each.get("id", ""): each for each in root.iter("s")})


def _row(link: Element, number: int, sides: Sequence[_Sentences]) -> Row:
    ids = [part.split() for part in (link.get("xtargets", "") + ";").split(";")[:2]]
    lost = [each for side, named in zip(sides, ids, strict=True) for each in named if each not in side.by_id]
    found = [[side.by_id[each] for each in named if each in side.by_id] for side, named in zip(sides, ids, strict=True)]
    carrier = next((side[0] for side in found if side and side[0].get("hash")), link)
    key, seal = (link.get(name, carrier.get(name, "")) for name in ("bead", "hash"))
    source, target = (tuple(_words(each) for each in side) for side in found)
    note = link.get("note", "") if link.get("hash") else carrier.get("note", "")
    content = Content(source, target, _state(link, carrier), "\n".join(from_cell(note)))
    return Row(key, seal, content, place=f"link {number}", trouble=_trouble(key, found, lost))


def _words(sentence: Element) -> str:
    """Return the text of a sentence; line breaks in the file are blanks, whoever laid it out."""
    return " ".join(part.strip(" \t") for part in from_cell("".join(sentence.itertext())) if part.strip(" \t"))


def _state(link: Element, carrier: Element) -> str:
    """Return the state that a link says: our word for it, or InterText's, whichever was changed.

    “plain” stands for both needs review and dropped, and leaves them what they were.
    """
    before = carrier.get("state", "")
    stated = link.get("state", before)
    status = link.get("status", "plain")
    if stated != before or status == _MEANT.get(stated, "plain"):
        return stated
    return _STATES.get(status, BeadState.REVIEW.value)


def _trouble(key: str, found: Sequence[Sequence[Element]], lost: Sequence[str]) -> str:
    if lost:
        return f"The link names the sentence {lost[0]}, which is not in its document."
    told = tuple(tuple(sentence.get("n", "") for sentence in side) for side in found)
    if key and told != _numbers(key):
        return "Sentences were added, removed or moved to other links; do that in Align."
    return ""


def _numbers(key: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the numbers of the sentences that a key names, on either side."""
    source, _, target = key.partition(":b")[2].partition("~")[0].partition("=")
    return tuple(source.split(".")) if source else (), tuple(target.split(".")) if target else ()


def _base(name: str) -> str:
    """Return the last part of a name, whichever way its folders are written."""
    return PurePosixPath(PureWindowsPath(name).name).name
