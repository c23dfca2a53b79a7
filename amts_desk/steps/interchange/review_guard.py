"""What every review file passes before anything reads it: no endless package, no document type of its own.

XLSX and DOCX are packages of XML parts, and no part of them may have a document type (ISO/IEC 29500-2, 9.1); without
one there are no entities, neither external ones nor such as grow without end, whatever parser comes after.
"""

from __future__ import annotations

import io
import zlib
from xml.etree import ElementTree
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from amts_desk.core.errors import DeskError

LARGEST_FILE = 64 << 20
"""Bytes of a file, which a hundred thousand beads do not reach."""
LARGEST_PACKAGE = 256 << 20
"""Bytes of all parts of a package, unpacked."""
MOST_PARTS = 2_000
_DOCTYPES = [b"<!DOCTYPE", *("<!DOCTYPE".encode(encoding) for encoding in ("utf-16-le", "utf-16-be"))]
_DAMAGED = "Open it in the program it was made with, save it again, and bring that file in."


class _Reached(Exception):  # noqa: N818  not an error: the first element has come
    """The prolog of an XML document is over."""


def unpacked(data: bytes, name: str) -> dict[str, bytes]:
    """Return the parts of a package by their names.

    Raises DeskError when it is damaged, encrypted, unpacks to too much, or an XML part declares a document type.
    """
    try:
        with ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            if len(members) > MOST_PARTS or sum(member.file_size for member in members) > LARGEST_PACKAGE:
                raise DeskError(f"{name} unpacks to more than a review can be.", "It was not brought in.")
            parts = {member.filename: package.read(member) for member in members if not member.is_dir()}
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise DeskError(f"{name} is damaged: {error}.", _DAMAGED) from error
    except (RuntimeError, NotImplementedError) as error:
        raise DeskError(f"{name} is protected or packed in an unusual way: {error}.", _DAMAGED) from error
    for part, content in parts.items():
        # A part may be read as XML whatever its name says.
        if part.endswith((".xml", ".rels")) or any(mark in content for mark in _DOCTYPES):
            require_plain(content, f"{name} ({part})", may_refer=False)
    return parts


def require_plain(data: bytes, name: str, *, may_refer: bool = True) -> None:
    """Raise DeskError when an XML document declares entities, or is no XML down to its first element.

    `may_refer` allows a document type that only refers to another file, which is never opened.
    """

    def doctype(_name: str, _system: str | None, _public: str | None, has_internal_subset: int) -> None:
        if has_internal_subset or not may_refer:
            raise DeskError(
                f"{name} declares its own document type.",
                "Such declarations can read other files and grow without end; remove everything from <!DOCTYPE to >.",
            )

    def start(_name: str, _attributes: dict[str, str]) -> None:
        raise _Reached

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    try:
        parser.Parse(data, True)
    except _Reached:
        return
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise DeskError(f"{name} is not well-formed: {error}.", _DAMAGED) from error


def parsed(data: bytes, name: str) -> ElementTree.Element:
    """Return the root of an XML document. Raises DeskError when it is not well-formed or declares entities."""
    require_plain(data, name)
    try:
        return ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise DeskError(f"{name} is not well-formed: {error}.", _DAMAGED) from error
