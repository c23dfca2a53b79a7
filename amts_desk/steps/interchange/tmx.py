"""TMX 1.4b, the exchange format of translation memories: a writer and a reader that hold one unit at a time.

Sources: the TMX 1.4b specification (LISA, 2005), and the Amazon Translate developer guide, "Parallel data input files".
The reader stands on the standard library's expat: it tells of a document type before anything in it takes effect, and
refuses there. What the declaration would be good for, entities, is no part of TMX.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import BinaryIO
from xml.parsers import expat

from amts_desk import __version__
from amts_desk.core.errors import DeskError
from amts_desk.core.pairs import Pair, Unit
from amts_desk.steps.interchange.characters import NOT_IN_XML, is_language, require_pair_carried

_CHUNK = 1 << 16
_CODES = {"bpt", "ept", "ph", "it", "ut"}
"""Inline elements whose content is mark-up of the original file, not text."""
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})


def write_tmx(
    pairs: Iterable[Pair],
    source_language: str,
    target_language: str,
    stream: BinaryIO,
    *,
    unit: Unit = "sentence",
    created: datetime | None = None,
) -> int:
    """Write the pairs to `stream` and return how many; `created` (default: now) is the date in the header.

    A pair that names its chapter carries chapter and position as properties, and one with an origin the dates of its
    creation and last change, so that the same pairs make the same bytes. Raises DeskError for a character that XML
    cannot carry.
    """
    stream.write(_head(source_language, unit, created or datetime.now(UTC)).encode())
    number = 0
    for number, pair in enumerate(pairs, 1):
        require_pair_carried(number, pair, NOT_IN_XML)
        stream.write(_written(pair, source_language, target_language).encode())
    stream.write(b"</body>\n</tmx>\n")
    return number


def read_tmx(stream: BinaryIO, source_language: str, target_language: str) -> Iterator[Pair]:
    """Yield the pairs of two languages; units that lack one of them are left out.

    Where the file does not tell the position, it is the number of the unit (from 0). Raises DeskError for a file that
    is no well-formed TMX, that declares entities, or that has units but none in both languages.
    """
    reader = _Reader(source_language, target_language)
    while chunk := stream.read(_CHUNK):
        yield from reader.feed(chunk, last=False)
    yield from reader.feed(b"", last=True)
    reader.require_found()


def _head(source_language: str, unit: Unit, created: datetime) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        f'<header creationtool="AMTS Desk" creationtoolversion="{__version__}" segtype="{unit}" o-tmf="AMTS Desk" '
        f'adminlang="en" srclang="{_escaped(source_language)}" datatype="plaintext" '
        f'creationdate="{_date(created)}"/>\n<body>\n'
    )


def _written(pair: Pair, source_language: str, target_language: str) -> str:
    origin = ""
    if pair.chapter:
        origin = f'<prop type="x-chapter">{_escaped(pair.chapter)}</prop><prop type="x-position">{pair.position}</prop>'
    variants = "".join(
        f'<tuv xml:lang="{_escaped(code)}"><seg>{_escaped(text)}</seg></tuv>'
        for code, text in ((source_language, pair.source), (target_language, pair.target))
    )
    return f"<tu{_dates(pair)}>{origin}{variants}</tu>\n"


def _dates(pair: Pair) -> str:
    """Return the attributes that tell when a pair was made and changed; nothing of what nobody knows."""
    if pair.origin is None:
        return ""
    dates = (("creationdate", pair.origin.created_at), ("changedate", pair.origin.changed_at))
    return "".join(f' {name}="{_date(datetime.fromisoformat(when))}"' for name, when in dates if when)


def _date(when: datetime) -> str:
    """Return a date as TMX writes it, in UTC."""
    return f"{when.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)


@dataclass
class _Collected:
    """A translation unit in the making."""

    texts: dict[str, str] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)


class _Reader:
    """Expat's handlers: collects the text of segments and properties, unit by unit."""

    def __init__(self, source_language: str, target_language: str) -> None:
        self.languages = (source_language, target_language)
        self.seen: set[str] = set()
        self.units = self.found = 0
        self.unit = _Collected()
        self.key = self.property = ""
        self.text: list[str] | None = None
        self.codes = 0
        self.root = ""
        self.ready: list[Pair] = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.SkippedEntityHandler = self.entity

    def feed(self, chunk: bytes, *, last: bool) -> list[Pair]:
        """Return the pairs that are complete after `chunk`."""
        try:
            self.parser.Parse(chunk, last)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise DeskError(
                f"The TMX file is not well-formed: {error}.", "Export it again from its program."
            ) from error
        ready, self.ready = self.ready, []
        return ready

    def require_found(self) -> None:
        """Raise DeskError when there were units but none in both languages."""
        if self.units and not self.found:
            raise DeskError(
                f"The TMX file holds no text in both {' and '.join(self.languages)}.",
                f"Its languages are: {', '.join(sorted(self.seen)) or 'none'}.",
            )

    def doctype(self, _name: str, _system: str | None, _public: str | None, has_internal_subset: int) -> None:
        # Many programs write <!DOCTYPE tmx SYSTEM "tmx14.dtd">, which expat never opens.
        if has_internal_subset:
            raise DeskError(
                f"The TMX file declares its own document type in line {self.parser.CurrentLineNumber}.",
                "Such declarations can make a small file grow without end; remove everything from <!DOCTYPE to ]>.",
            )

    def entity(self, name: str, _is_parameter: bool) -> None:
        raise DeskError(
            f"The TMX file uses the unknown entity “&{name};” in line {self.parser.CurrentLineNumber}.",
            "Write the character itself in its place.",
        )

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if not self.root:
            self.root = name
            if name != "tmx":
                raise DeskError(f"The file is no TMX: it begins with <{name}>.", "Choose a file exported as TMX.")
        if name == "tu":
            self.unit = _Collected()
            self.units += 1
        elif name == "tuv":
            self.key = attributes.get("xml:lang") or attributes.get("lang", "")
            self.seen.add(self.key)
        elif name in ("seg", "prop"):
            self.text = []
            self.property = attributes.get("type", "")
        elif name in _CODES:
            self.codes += 1

    def end(self, name: str) -> None:
        if name == "seg":
            self.unit.texts[self.key] = self.taken()
        elif name == "prop":
            self.unit.properties[self.property] = self.taken()
        elif name == "tu":
            self.finish()
        elif name in _CODES:
            self.codes -= 1

    def characters(self, text: str) -> None:
        if self.text is not None and not self.codes:
            self.text.append(text)

    def taken(self) -> str:
        text, self.text = "".join(self.text or ()), None
        return text

    def finish(self) -> None:
        source, target = (self.side(code) for code in self.languages)
        if source is None or target is None:
            return
        self.found += 1
        told = self.unit.properties.get("x-position", "")
        position = int(told) if told.isdecimal() else self.units - 1
        self.ready.append(Pair(source, target, self.unit.properties.get("x-chapter", ""), position))

    def side(self, code: str) -> str | None:
        return next((text for tag, text in self.unit.texts.items() if is_language(tag, code)), None)
