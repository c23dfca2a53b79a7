"""Parallel data and terminologies in TMX 1.4b, read as a stream.

A document type with declarations of its own is refused, and so is every entity but the five of XML: such a file can
grow without bound or reach for other files. Source of the rules: Amazon Translate developer guide, "Input files for
parallel data"; of the format: TMX 1.4b specification (OSCAR).
"""

from __future__ import annotations

from typing import BinaryIO, NoReturn
from xml.parsers import expat

from amts_desk.endpoint.examples import ImportFailedError, Taker
from amts_desk.endpoint.languages import known

_CODES = frozenset(("bpt", "ept", "it", "ph", "ut"))
"""Inline elements whose content is foreign markup, not text."""
_LONGEST_TEXT = 100_000
"""Characters of a segment that are kept: enough to see that it is too long to be imported."""


class _Reader:
    """Takes in each `tu` as it ends."""

    def __init__(self, taker: Taker) -> None:
        self.source = ""
        self.targets: list[str] = []
        self._taker = taker
        self._number = 0
        self._changed = ""
        self._language = ""
        self._variants: list[tuple[str, str]] = []
        self._segment: list[str] | None = None
        self._size = 0
        self._bare = 0
        """Variants of the `tu` in hand that have no segment so far."""
        self._is_first = True
        self._codes = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "seg":
            self._segment, self._size = [], 0
        elif tag == "tuv":
            self._language = attributes.get("xml:lang", "")
            self._bare += 1
        elif tag == "tu":
            self._number += 1
            self._changed, self._variants, self._bare = attributes.get("changedate", ""), [], 0
        elif tag in _CODES:
            self._codes += 1
        else:
            self._start_of_file(tag, attributes)

    def _start_of_file(self, tag: str, attributes: dict[str, str]) -> None:
        if self._is_first and tag != "tmx":
            raise ImportFailedError("The file is XML but not TMX: its first element is not tmx.")
        self._is_first = False
        if tag == "header":
            self.source = known(attributes.get("srclang", "")) or ""
            if not self.source:
                raise ImportFailedError("The header's srclang is not a language code of the service.")

    def text(self, text: str) -> None:
        if self._segment is not None and not self._codes and self._size < _LONGEST_TEXT:
            self._segment.append(text)
            self._size += len(text)

    def end(self, tag: str) -> None:
        if tag in _CODES:
            self._codes -= 1
        elif tag == "seg" and self._segment is not None:
            self._variants.append((self._language, "".join(self._segment)))
            self._bare -= 1
            self._segment = None
        elif tag == "tu":
            self._take()

    def _take(self) -> None:
        label = f"Number {self._number} TU element"
        named = [(known(language), text) for language, text in self._variants]
        sources = [text for code, text in named if code == self.source]
        targets = [(code, text) for code, text in named if code and code != self.source]
        if not self.source:
            raise ImportFailedError("The header with its srclang must stand in front of the first tu.")
        if self._bare:
            self._taker.fail(label, "A tuv has no seg element.")
        elif any(code is None for code, _ in named):
            self._taker.fail(label, "The xml:lang of a tuv is missing or not a language code of the service.")
        elif len(sources) != 1 or not targets:
            self._taker.fail(label, f"There must be one tuv in {self.source} and at least one in another language.")
        else:
            self._taker.take(label, sources[0], targets, self._changed)
            self.targets += [code for code, _ in targets if code not in self.targets]


def read_tmx(stream: BinaryIO, taker: Taker) -> list[str]:
    """Hand over every `tu`; return the language codes of the file, the source language first.

    Raises ImportFailedError when the file is not well-formed TMX in UTF-8, declares entities or has no source language.
    """
    reader = _Reader(taker)
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse_declarations
    parser.EntityDeclHandler = _refuse_entity
    parser.SkippedEntityHandler = _refuse_entity
    try:
        parser.ParseFile(stream)
    except expat.ExpatError as error:
        raise ImportFailedError(f"The file is not well-formed XML in UTF-8: {error}.") from error
    return [reader.source, *reader.targets]


def _refuse_declarations(name: str, system: str | None, public: str | None, has_internal_subset: int) -> None:
    if has_internal_subset:
        raise ImportFailedError("The file's document type has declarations of its own, which is not allowed.")


def _refuse_entity(*what: object) -> NoReturn:
    raise ImportFailedError(f"The file uses the entity “{what[0]}”, which is not allowed.")
