"""The terms of a custom terminology: read from CSV, TSV and TMX, written in each, and found in a text.

Source: Amazon Translate developer guide, "Creating a custom terminology" (terms are case-sensitive and match exactly)
and "Guidelines and quotas": 200 bytes a term, 10 target languages a file.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO
from xml.sax.saxutils import escape

from amts_desk.endpoint.examples import ImportFailedError, Message, error_file, flaw_of
from amts_desk.endpoint.tables import DELIMITERS, read_table
from amts_desk.endpoint.tmx import read_tmx

LONGEST_TERM = 200
"""Bytes of UTF-8 that a term may have."""
MOST_TARGETS = 10
"""Target languages of one terminology."""
FORMATS = ("CSV", "TMX", "TSV")
_JOINED = re.compile("[^\\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Characters that make a longer word of the one beside them; those of Chinese, Japanese and Korean do not."""


@dataclass(frozen=True, slots=True)
class TermList:
    """The terms of a file: a row holds a term's text by language code, the source language's first."""

    source_language: str
    target_languages: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    messages: tuple[Message, ...]

    @property
    def skipped(self) -> int:
        """How many terms or lines were left out."""
        return len(self.messages)

    @property
    def languages(self) -> tuple[str, ...]:
        """Every language of the file, the source language first."""
        return (self.source_language, *self.target_languages)

    def errors(self) -> bytes:
        """Return the error file of the service (JSON)."""
        return error_file(0, self.skipped, self.messages)

    def between(self, source: str, target: str) -> dict[str, str]:
        """Return the target term of every source term; of equal source terms the last row's."""
        return {row[source]: row[target] for row in self.rows if source in row and target in row}


class _Intake:
    """Takes in terms."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, dict[str, str]]] = []
        self.messages: list[Message] = []

    def take(self, label: str, source: str, targets: list[tuple[str, str]], changed: str = "") -> None:
        if flaw := flaw_of(source, LONGEST_TERM):
            self.fail(label, f"The source term {flaw}; the term was skipped.")
            return
        kept = {}
        for code, text in targets:
            if not text.strip():
                continue  # not every term has to be in every language
            if flaw := flaw_of(text, LONGEST_TERM):
                self.fail(label, f"The target term ({code}) {flaw} and was skipped.")
            else:
                kept[code] = text.strip()
        if kept:
            self.rows.append((source.strip(), kept))

    def fail(self, label: str, message: str) -> None:
        self.messages.append(Message(label, message))

    def skip_blank(self) -> None:
        """Count nothing: an empty line is no term."""


def read_terms(stream: BinaryIO, form: str) -> TermList:
    """Return the terms of a file in the format "CSV", "TSV" or "TMX". Raises ImportFailedError when it has none."""
    intake = _Intake()
    if form == "TMX":
        source, *targets = read_tmx(stream, intake)
    else:
        source, *targets = read_table(stream, DELIMITERS[form], intake, is_strict=False)
    if len(targets) > MOST_TARGETS:
        raise ImportFailedError(f"The file has {len(targets)} target languages; {MOST_TARGETS} are allowed.")
    if not intake.rows:
        raise ImportFailedError("The file has no valid term.")
    rows = tuple({source: text, **kept} for text, kept in intake.rows)
    return TermList(source, tuple(targets), rows, tuple(intake.messages))


def write_terms(terms: TermList, form: str) -> bytes:
    """Return a file of the terms in the format "CSV", "TSV" or "TMX"."""
    if form == "TMX":
        return _tmx(terms).encode()
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=DELIMITERS[form], lineterminator="\n")
    writer.writerow(terms.languages)
    writer.writerows([row.get(code, "") for code in terms.languages] for row in terms.rows)
    return file.getvalue().encode()


def _tmx(terms: TermList) -> str:
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n<header creationtool="Amazon Translate"'
        ' creationtoolversion="0" datatype="PlainText" segtype="phrase" adminlang="en-us"'
        f' srclang="{terms.source_language}" o-tmf="practice"/>\n<body>\n'
    )
    units = (
        "<tu>" + "".join(f'<tuv xml:lang="{code}"><seg>{escape(text)}</seg></tuv>' for code, text in row.items())
        for row in terms.rows
    )
    return head + "".join(f"{unit}</tu>\n" for unit in units) + "</body>\n</tmx>\n"


class TermFinder:
    """Finds the terms of one language pair in a text, the longest first, never within a longer word."""

    def __init__(self, terms: Mapping[str, str]) -> None:
        self.terms = terms
        sizes: defaultdict[str, set[int]] = defaultdict(set)
        for term in terms:
            sizes[term[0]].add(len(term))
        self._sizes = {first: sorted(found, reverse=True) for first, found in sizes.items()}

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield start and end of every term in `text`."""
        at = 0
        while at < len(text):
            end = self._end(text, at)
            if end > at:
                yield at, end
                at = end
            else:
                at += 1

    def _end(self, text: str, start: int) -> int:
        for size in self._sizes.get(text[start], ()):
            end = start + size
            if text[start:end] in self.terms and not _is_within(text, start) and not _is_within(text, end):
                return end
        return start


def _is_within(text: str, place: int) -> bool:
    """Whether a word goes on across `place`."""
    return 0 < place < len(text) and bool(_JOINED.match(text[place - 1]) and _JOINED.match(text[place]))
