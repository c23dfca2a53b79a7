"""Parallel data as the service takes it in: which records of an input file it imports, skips or fails.

Records wait in a private database file that vanishes with the intake: a file of a million of them is read with little
memory. Source: Amazon Translate developer guide, "Input files for parallel data" and "Guidelines and quotas": a source
text over 1000 bytes or blank skips its record, such a target text is skipped alone; of records with the same source
text the last wins (in TMX the one with the newest `changedate`).
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

LONGEST = 1000
"""Bytes of UTF-8 that one text of a record may have."""
_MOST_MESSAGES = 10_000
_TABLE = (
    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000;"
    "CREATE TABLE record(number INTEGER PRIMARY KEY, key INTEGER NOT NULL, size INTEGER NOT NULL,"
    " changed TEXT NOT NULL, source TEXT NOT NULL, targets TEXT NOT NULL);"
    "CREATE UNIQUE INDEX record_key ON record(key); BEGIN"
)

_INSERT = "INSERT OR IGNORE INTO record(key, size, changed, source, targets) VALUES (?, ?, ?, ?, ?)"


class ImportFailedError(Exception):
    """The file as a whole cannot be imported; says why."""


@dataclass(frozen=True, slots=True)
class Message:
    """What was wrong with a record, and which one it was ("Number 3 line")."""

    content: str
    message: str


class Taker(Protocol):
    """What a reader of CSV, TSV or TMX hands its records to; `label` names a record in messages."""

    def take(self, label: str, source: str, targets: list[tuple[str, str]], changed: str = "") -> None:
        """Take in a record; `changed` is its date in TMX."""

    def fail(self, label: str, message: str) -> None:
        """Count a record that breaks the rules of the format."""

    def skip_blank(self) -> None:
        """Count an empty line; nobody needs a message about it."""


@dataclass(frozen=True, slots=True)
class Imported:
    """An imported file: its languages, and the counts the service tells; `size` is characters of its texts."""

    source_language: str
    target_languages: tuple[str, ...]
    count: int
    size: int
    skipped: int
    failed: int


class Intake:
    """Takes in one record after another and counts. To be closed when nobody needs its records any more."""

    def __init__(self) -> None:
        self._records = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._records.executescript(_TABLE)
        self._messages: list[Message] = []
        self._skipped = self._failed = self._size = self._count = 0

    def __enter__(self) -> Intake:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Forget the records."""
        self._records.close()

    def take(self, label: str, source: str, targets: list[tuple[str, str]], changed: str = "") -> None:
        """Take in a record; `label` names it in messages, `changed` is its date in TMX."""
        if flaw := flaw_of(source):
            self._skip(label, f"The source text {flaw}; the record was skipped.")
            return
        kept = {}
        for code, text in targets:
            if flaw := flaw_of(text):
                self._skip(label, f"The target text ({code}) {flaw} and was skipped.")
            else:
                kept[code] = text.strip()
        if kept:
            self._add(label, source.strip(), kept, changed)

    def fail(self, label: str, message: str) -> None:
        """Count a record that breaks the rules of the format."""
        self._failed += 1
        self.add_message(label, message)

    def skip_blank(self) -> None:
        """Count an empty line; nobody needs a message about it."""
        self._skipped += 1

    def result(self, source_language: str, target_languages: Sequence[str]) -> Imported:
        """Return what was taken in. Raises ImportFailedError when nothing was."""
        if not self._count:
            raise ImportFailedError("The input file has no valid record.")
        languages = tuple(target_languages)
        return Imported(source_language, languages, self._count, self._size, self._skipped, self._failed)

    def pairs(self, target_language: str, most: int) -> Iterator[tuple[str, str]]:
        """Yield (source, target) of records with a text in `target_language`: all, or `most` spread evenly."""
        found = self._records.execute("SELECT source, targets FROM record ORDER BY number")
        step = max(self._count / most, 1.0)
        due = 0.0
        for place, (source, targets) in enumerate(found):
            if place >= due:
                due += step
                text = json.loads(targets).get(target_language)
                if text is not None:
                    yield source, text

    def errors(self) -> bytes:
        """Return the error file of the service (JSON)."""
        return error_file(self._failed, self._skipped, self._messages)

    @property
    def has_messages(self) -> bool:
        """Whether there is anything to tell in an error file."""
        return bool(self._messages)

    def add_message(self, content: str, message: str) -> None:
        """Tell something about a record or the file as a whole; the file of them has an end, the counts have none."""
        if len(self._messages) < _MOST_MESSAGES:
            self._messages.append(Message(content, message))

    def _skip(self, label: str, message: str) -> None:
        self._skipped += 1
        self.add_message(label, message)

    def _add(self, label: str, source: str, targets: dict[str, str], changed: str) -> None:
        key = int.from_bytes(hashlib.blake2b(source.encode("utf-8", "replace"), digest_size=8).digest(), signed=True)
        size = len(source) + sum(map(len, targets.values()))
        row = (key, size, changed, source, json.dumps(targets))
        if not self._records.execute(_INSERT, row).rowcount:
            self._skip(label, "The source text occurs more than once; only the last translation was imported.")
            if self._is_newer(key, changed):
                return
            self._drop(key)
            self._records.execute(_INSERT, row)
        self._size += size
        self._count += 1

    def _is_newer(self, key: int, changed: str) -> bool:
        """Whether the record that is there was changed later than at `changed`."""
        before = self._records.execute("SELECT changed FROM record WHERE key = ?", (key,)).fetchone()[0]
        return bool(changed and before and changed < before)

    def _drop(self, key: int) -> None:
        (size,) = self._records.execute("DELETE FROM record WHERE key = ? RETURNING size", (key,)).fetchone()
        self._size -= size
        self._count -= 1


def flaw_of(text: str, longest: int = LONGEST) -> str:
    """Return what keeps a text from being imported, "" when nothing does; `longest` is in bytes."""
    if not text.strip():
        return "is empty"
    size = len(text.encode("utf-8", "surrogatepass"))
    return f"is {size} bytes long, more than {longest}" if size > longest else ""


def error_file(failed: int, skipped: int, messages: Iterable[Message]) -> bytes:
    """Return the error file of the service (JSON), as its developer guide shows it."""
    told = [{"content": m.content, "message": m.message} for m in messages]
    summary = {"record_error_count": failed, "record_skipped_count": skipped}
    return json.dumps({"summary": summary, "messages": told}, ensure_ascii=False).encode("utf-8", "replace")
