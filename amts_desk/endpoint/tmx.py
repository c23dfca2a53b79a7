"""Parallel data in TMX 1.4b, read as a stream.

A document type with declarations of its own is refused, and so is every entity but the five of XML: such a file can
grow without bound or reach for other files. Source of the rules: Amazon Translate developer guide, "Input files for
parallel data"; of the format: TMX 1.4b specification (OSCAR).
"""

from __future__ import annotations

from typing import NoReturn
from xml.parsers import expat

from amts_desk.endpoint.examples import ImportFailedError, Intake
from amts_desk.endpoint.languages import known

_CODES = frozenset(("bpt", "ept", "it", "ph", "ut"))
"""Inline elements whose content is foreign markup, not text."""


class _Reader:
    """Takes in each `tu` as it ends."""

    def __init__(self, intake: Intake) -> None:
        self.source = ""
        self.targets: list[str] = []
        self._intake = intake
        self._number = 0
        self._changed = ""
        self._language = ""
        self._variants: list[tuple[str, str]] = []
        self._segment: list[str] | None = None
        self._codes = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _CODES:
            self._codes += 1
        elif tag == "header":
            self.source = known(attributes.get("srclang", "")) or ""
            if not self.source:
                raise ImportFailedError("The header's srclang is not a language code of the service.")
        elif tag == "tu":
            self._number += 1
            self._changed, self._variants = attributes.get("changedate", ""), []
        elif tag == "tuv":
            self._language = attributes.get("xml:lang", "")
        elif tag == "seg":
            self._segment = []

    def text(self, text: str) -> None:
        if self._segment is not None and not self._codes:
            self._segment.append(text)

    def end(self, tag: str) -> None:
        if tag in _CODES:
            self._codes -= 1
        elif tag == "seg" and self._segment is not None:
            self._variants.append((self._language, "".join(self._segment)))
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
        if any(code is None for code, _ in named):
            self._intake.fail(label, "The xml:lang of a tuv is missing or not a language code of the service.")
        elif len(sources) != 1 or not targets:
            self._intake.fail(label, f"There must be one tuv in {self.source} and at least one in another language.")
        else:
            self._intake.take(label, sources[0], targets, self._changed)
            self.targets += [code for code, _ in targets if code not in self.targets]


def read_tmx(body: bytes, intake: Intake) -> list[str]:
    """Take in every `tu`; return the language codes of the file, the source language first.

    Raises ImportFailedError when the file is not well-formed XML, declares entities or has no source language.
    """
    reader = _Reader(intake)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse_declarations
    parser.EntityDeclHandler = _refuse_entity
    parser.SkippedEntityHandler = _refuse_entity
    try:
        parser.Parse(body, True)
    except expat.ExpatError as error:
        raise ImportFailedError(f"The file is not well-formed XML: {error}.") from error
    return [reader.source, *reader.targets]


def _refuse_declarations(name: str, system: str | None, public: str | None, has_internal_subset: int) -> None:
    if has_internal_subset:
        raise ImportFailedError("The file's document type has declarations of its own, which is not allowed.")


def _refuse_entity(*what: object) -> NoReturn:
    raise ImportFailedError(f"The file uses the entity “{what[0]}”, which is not allowed.")
