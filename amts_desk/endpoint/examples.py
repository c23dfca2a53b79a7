"""Parallel data as the service takes it in: which records of an input file it imports, skips or fails.

Source: Amazon Translate developer guide, "Input files for parallel data" and "Guidelines and quotas":
a source text over 1000 bytes or blank skips its record, such a target text is skipped alone; of records with the
same source text the last wins (in TMX the one with the newest `changedate`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass

LONGEST = 1000
"""Bytes of UTF-8 that one text of a record may have."""


class ImportFailedError(Exception):
    """The file as a whole cannot be imported; says why."""


@dataclass(frozen=True, slots=True)
class Message:
    """What was wrong with a record, and which one it was ("Number 3 line")."""

    content: str
    message: str


@dataclass(frozen=True, slots=True)
class Example:
    """One record: a source text and its translations as (language code, text)."""

    source: str
    targets: tuple[tuple[str, str], ...]
    changed: str = ""

    @property
    def size(self) -> int:
        """Characters of its texts."""
        return len(self.source) + sum(len(text) for _, text in self.targets)


@dataclass(frozen=True, slots=True)
class Imported:
    """An imported file: its languages, its examples, and the counts the service tells."""

    source_language: str
    target_languages: tuple[str, ...]
    examples: tuple[Example, ...]
    skipped: int
    failed: int
    messages: tuple[Message, ...]

    @property
    def size(self) -> int:
        """Characters of all texts, without markup and delimiters."""
        return sum(example.size for example in self.examples)

    def pairs(self, target_language: str) -> list[tuple[str, str]]:
        """Return (source, target) of every example that has a translation into `target_language`."""
        return [(e.source, text) for e in self.examples for code, text in e.targets if code == target_language]


class Intake:
    """Takes in one record after another and counts."""

    def __init__(self) -> None:
        self._examples: dict[str, Example] = {}
        self._messages: list[Message] = []
        self._skipped = 0
        self._failed = 0

    def take(self, label: str, source: str, targets: list[tuple[str, str]], changed: str = "") -> None:
        """Take in a record; `label` names it in messages, `changed` is its date in TMX."""
        if problem := _problem(source):
            self._skip(label, f"The source text {problem}; the record was skipped.")
            return
        kept = []
        for code, text in targets:
            if problem := _problem(text):
                self._skip(label, f"The target text ({code}) {problem} and was skipped.")
            else:
                kept.append((code, text.strip()))
        if kept:
            self._add(label, Example(source.strip(), tuple(kept), changed))

    def fail(self, label: str, message: str) -> None:
        """Count a record that breaks the rules of the format."""
        self._failed += 1
        self._messages.append(Message(label, message))

    def skip_blank(self) -> None:
        """Count an empty line; nobody needs a message about it."""
        self._skipped += 1

    def result(self, source_language: str, target_languages: list[str]) -> Imported:
        """Return what was taken in. Raises ImportFailedError when nothing was."""
        if not self._examples:
            raise ImportFailedError("The input file has no valid record.")
        return Imported(
            source_language,
            tuple(target_languages),
            tuple(self._examples.values()),
            self._skipped,
            self._failed,
            tuple(self._messages),
        )

    def errors(self) -> bytes:
        """Return the error file of the service (JSON)."""
        summary = {"record_error_count": self._failed, "record_skipped_count": self._skipped}
        messages = [{"content": m.content, "message": m.message} for m in self._messages]
        return json.dumps({"summary": summary, "messages": messages}, ensure_ascii=False).encode()

    @property
    def has_messages(self) -> bool:
        """Whether there is anything to tell in an error file."""
        return bool(self._messages)

    def add_message(self, content: str, message: str) -> None:
        """Tell something about the file as a whole."""
        self._messages.append(Message(content, message))

    def _skip(self, label: str, message: str) -> None:
        self._skipped += 1
        self._messages.append(Message(label, message))

    def _add(self, label: str, example: Example) -> None:
        before = self._examples.get(example.source)
        if before is not None:
            self._skip(label, "The source text occurs more than once; only the last translation was imported.")
            if example.changed and before.changed and example.changed < before.changed:
                return
            del self._examples[example.source]
        self._examples[example.source] = example


def _problem(text: str) -> str:
    if not text.strip():
        return "is empty"
    size = len(text.encode("utf-8", "surrogatepass"))
    return f"is {size} bytes long, more than {LONGEST}" if size > LONGEST else ""
