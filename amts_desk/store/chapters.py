"""The chapters of a project and the documents they were read from."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass

from amts_desk.core.document import Document, Kind, Segment
from amts_desk.core.errors import DeskError
from amts_desk.core.options import Rules
from amts_desk.store.database import Database, Row


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the project: its two documents by number. `id` is its number in the project."""

    id: int
    name: str
    source_language: str
    target_language: str
    source_id: int
    target_id: int

    @property
    def direction(self) -> str:
        """The languages as in "en-zh"."""
        return f"{self.source_language}-{self.target_language}"


@dataclass(frozen=True, slots=True)
class ChapterRow:
    """What the Chapters room and `import` show of a chapter; counts are of beads and of review rows."""

    chapter: Chapter
    sentences: tuple[int, int]
    beads: int
    confirmed: int
    dropped: int
    to_review: int
    reviewed: int
    runs: int
    rules: tuple[Rules, Rules]
    """How the source and the target were read."""
    notes: tuple[str, ...]
    """What was damaged in the two files when they were read."""

    @property
    def settled(self) -> int:
        """How many beads a person has confirmed or dropped."""
        return self.confirmed + self.dropped

    def is_read_by(self, rules: Rules) -> bool:
        """Whether reading the chapter by these rules would make the same segments as it has."""
        codes = self.chapter.source_language, self.chapter.target_language
        return self.rules == tuple(rules.of(code) for code in codes)


_FIELDS = "id, name, source_language, target_language, source_id, target_id"
_NUMBERS = f"chapter.{_FIELDS}"


class Chapters:
    """Reads and writes chapters and documents."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Chapter]:
        """Return every chapter in the order of import."""
        return [Chapter(*row) for row in self._database.all(f"SELECT {_FIELDS} FROM chapter ORDER BY id")]

    def get(self, chapter_id: int) -> Chapter:
        """Return a chapter by its number. Raises DeskError when it is gone."""
        return self._one("id = ?", (chapter_id,), f"number {chapter_id}")

    def named(self, name: str) -> Chapter:
        """Return the first chapter of that name. Raises DeskError when there is none."""
        return self._one("name = ?", (name,), f"“{name}”")

    def find(self, name: str, source_language: str, target_language: str) -> Chapter | None:
        """Return the chapter of that name and direction, None when it was never imported."""
        where = "name = ? AND source_language = ? AND target_language = ?"
        row = self._database.execute(
            f"SELECT {_FIELDS} FROM chapter WHERE {where}", (name, source_language, target_language)
        ).fetchone()
        return Chapter(*row) if row else None

    def add(self, name: str, source: Document, target: Document) -> Chapter:
        """Add a chapter with its two documents. The name must be new in its direction."""
        with self._database.transaction():
            ids = self.add_document(source), self.add_document(target)
            number = self._database.execute(
                "INSERT INTO chapter (name, source_language, target_language, source_id, target_id)"
                " VALUES (?, ?, ?, ?, ?)",
                (name, source.language, target.language, *ids),
            ).lastrowid
        return self.get(int(number or 0))

    def remove(self, chapter_id: int) -> None:
        """Remove a chapter with its alignment, review and outputs. Its files on disk are not touched."""
        self._database.execute("DELETE FROM chapter WHERE id = ?", (chapter_id,))

    def add_document(self, document: Document) -> int:
        """Store a document as it was read and return its number."""
        with self._database.transaction():
            number = self._database.execute(
                "INSERT INTO document (path, language, sha256, encoding, text, notes, semicolon, comments, read_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    document.path,
                    document.language,
                    document.sha256,
                    document.encoding,
                    document.text,
                    json.dumps(document.notes, ensure_ascii=False),
                    document.rules.semicolon,
                    document.rules.comments,
                    datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
                ),
            ).lastrowid
            for unit, segments in (("block", document.blocks), ("sentence", document.sentences)):
                self._database.insert(
                    "INSERT INTO segment VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    ((number, unit, i, s.block, s.kind.value, s.start, s.end, s.text) for i, s in enumerate(segments)),
                )
        return int(number or 0)

    def document(self, document_id: int) -> Document:
        """Return a stored document with its blocks and sentences."""
        path, language, sha256, encoding, text, notes, *rules = self._database.execute(
            "SELECT path, language, sha256, encoding, text, notes, semicolon, comments FROM document WHERE id = ?",
            (document_id,),
        ).fetchone()
        blocks, sentences = (self._segments(document_id, unit) for unit in ("block", "sentence"))
        return Document(path, language, text, sha256, blocks, sentences, encoding, _notes(notes), _rules(*rules))

    def edition(self, document_id: int) -> str:
        """Return the edition of a stored document without reading it: the name of its blocks."""
        sql = "SELECT sha256 || ':' || (SELECT count(*) FROM segment WHERE unit = 'block' AND document_id = ?1)"
        return str(self._database.value(f"{sql} FROM document WHERE id = ?1", (document_id,)))

    def documents(self, chapter: Chapter) -> tuple[Document, Document]:
        """Return the source and the target document of a chapter."""
        return self.document(chapter.source_id), self.document(chapter.target_id)

    def digests(self, chapter: Chapter) -> tuple[tuple[str, str], tuple[str, str]]:
        """Return (path, SHA-256) of the source and of the target as they were read."""
        found = [
            self._database.execute("SELECT path, sha256 FROM document WHERE id = ?", (number,)).fetchone()
            for number in (chapter.source_id, chapter.target_id)
        ]
        return found[0], found[1]

    def rows(self) -> list[ChapterRow]:
        """Return what is known of every chapter, in the order of import."""
        return [
            _row(row)
            for row in self._database.all(
                f"""
                SELECT {_NUMBERS},
                  (SELECT count(*) FROM segment WHERE document_id = source_id AND unit = 'sentence'),
                  (SELECT count(*) FROM segment WHERE document_id = target_id AND unit = 'sentence'),
                  {_count("alignment", "")}, {_count("alignment", "confirmed")},
                  {_count("alignment", "dropped")},
                  {_count("alignment", "needs review")}, {_count("review", "confirmed")},
                  (SELECT count(DISTINCT run_id) FROM output WHERE chapter_id = chapter.id),
                  source.semicolon, source.comments, target.semicolon, target.comments, source.notes, target.notes
                FROM chapter JOIN document AS source ON source.id = source_id
                  JOIN document AS target ON target.id = target_id
                ORDER BY chapter.id
                """
            )
        ]

    def _one(self, where: str, values: tuple[object, ...], what: str) -> Chapter:
        row = self._database.execute(f"SELECT {_FIELDS} FROM chapter WHERE {where} ORDER BY id", values).fetchone()
        if row is None:
            raise DeskError(f"The project has no chapter {what}.", "See the names with the Chapters room.")
        return Chapter(*row)

    def texts(self, document_id: int) -> list[str]:
        """Return the text of every block of a document."""
        sql = "SELECT text FROM segment WHERE document_id = ? AND unit = 'block' ORDER BY number"
        return [text for (text,) in self._database.all(sql, (document_id,))]

    def kinds(self, document_id: int, blocks: Iterable[int]) -> dict[int, Kind]:
        """Return what some blocks of a document are, by their numbers."""
        wanted = sorted(blocks)
        marks = ", ".join("?" * len(wanted))
        sql = f"SELECT number, kind FROM segment WHERE document_id = ? AND unit = 'block' AND number IN ({marks})"
        return {number: Kind(kind) for number, kind in self._database.all(sql, (document_id, *wanted))}

    def _segments(self, document_id: int, unit: str) -> tuple[Segment, ...]:
        rows = self._database.all(
            'SELECT text, kind, block, start, "end" FROM segment WHERE document_id = ? AND unit = ? ORDER BY number',
            (document_id, unit),
        )
        return tuple(Segment(text, Kind(kind), block, start, end) for text, kind, block, start, end in rows)


def _row(row: Row) -> ChapterRow:
    beads, confirmed, dropped, to_review, reviewed, runs = row[8:14]
    rules, notes = (_rules(*row[14:16]), _rules(*row[16:18])), (*_notes(row[18]), *_notes(row[19]))
    return ChapterRow(Chapter(*row[:6]), row[6:8], beads, confirmed, dropped, to_review, reviewed, runs, rules, notes)


def _notes(stored: str) -> tuple[str, ...]:
    return tuple(json.loads(stored))


def _rules(semicolon: int, comments: int) -> Rules:
    return Rules(bool(semicolon), bool(comments))


def _count(kind: str, state: str) -> str:
    """Return SQL that counts a chapter's rows of one kind of track, in one state or in all."""
    state = f" AND row.state = '{state}'" if state else ""
    return (
        "(SELECT count(*) FROM row JOIN track ON track.id = row.track_id"
        f" WHERE track.chapter_id = chapter.id AND track.kind = '{kind}'{state})"
    )
