"""Tracks: rows that people edit (beads, decisions), with the journal of every splice.

A track changes only by splices. Each is written with its journal row in one transaction, so what a person did is
on the disk before the next key is handled, and the journal with its position is the undo stack.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, Protocol, Self, TypeVar

from amts_desk.core.alignment import Bead, BeadState
from amts_desk.core.errors import SpliceError
from amts_desk.core.garbage import without_collecting
from amts_desk.core.pairs import Stamp
from amts_desk.core.review import Decision
from amts_desk.core.splice import Splice
from amts_desk.core.terms import Term
from amts_desk.store.chapters import Chapter
from amts_desk.store.database import Database
from amts_desk.store.stamps import stamps

_GAP = 1 << 20
"""Ranks of neighbouring rows lie this far apart at first, so that a splice moves no other row."""
_LAST = (1 << 63) - 1
_CHANGED = "The rows have changed since this edit was made.", "Select them again and repeat it."
_decoded: Callable[[str, int], tuple[Any, int]] = json.JSONDecoder().raw_decode


class Storable(Protocol):
    """A row of a track: it has a state and can be written down as JSON."""

    @property
    def state(self) -> Any:
        """What a person has said about it."""

    def as_json(self) -> dict[str, Any]:
        """Return what is stored of it."""

    @classmethod
    def from_json(cls, row: dict[str, Any], /) -> Self:
        """Return the row that was stored."""


Kept = TypeVar("Kept", bound=Storable)


@dataclass(frozen=True, slots=True)
class Track(Generic[Kept]):
    """One alignment, one review or the terms: its number in the project and the type of its rows.

    The terms belong to no chapter; their `chapter_id` is None.
    """

    id: int
    chapter_id: int | None
    direction: str
    rows: type[Kept]


@dataclass(frozen=True, slots=True)
class Editions:
    """The documents (source, target) of a chapter before and after a re-reading."""

    before: tuple[int, int]
    after: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Step(Generic[Kept]):
    """One entry of the history."""

    label: str
    splice: Splice[Kept]
    editions: Editions | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A step as the history shows it: number, name, when it was made (ISO 8601, UTC), whether it is in force."""

    number: int
    label: str
    made_at: str
    is_done: bool


class Tracks:
    """Reads and splices the tracks of a project."""

    def __init__(self, database: Database, author: str = "") -> None:
        self._database = database
        self._author = author
        self._ranks: dict[int, list[int]] = {}
        """The ranks of the rows of tracks that were spliced, so that a row is found by its number at once."""
        self._version = -1

    def alignment(self, chapter: Chapter) -> Track[Bead]:
        """Return the alignment of a chapter; it is empty until it is first aligned."""
        return Track(self._id(chapter.id, "alignment", chapter.direction), chapter.id, chapter.direction, Bead)

    def confirmed(self, languages: tuple[str, str], without: Iterable[int] = ()) -> list[Bead]:
        """Return the confirmed beads of all chapters in a (source, target) pair of languages but those `without`."""
        found = self._database.all(
            "SELECT chapter.id, data FROM row JOIN track ON track.id = track_id JOIN chapter ON chapter.id = chapter_id"
            " WHERE state = ? AND kind = 'alignment' AND source_language = ? AND target_language = ?"
            " ORDER BY chapter.id, rank",
            (BeadState.CONFIRMED.value, *languages),
        )
        left_out = set(without)
        return [Bead.from_json(json.loads(data)) for chapter, data in found if chapter not in left_out]

    def review(self, chapter: Chapter, direction: str) -> Track[Decision]:
        """Return the review of a chapter in one direction ("en-zh", "zh-en")."""
        return Track(self._id(chapter.id, "review", direction), chapter.id, direction, Decision)

    def terms(self) -> Track[Term]:
        """Return the terms of the project, those of all languages in one list."""
        return Track(self._id(None, "terms", ""), None, "", Term)

    def rows(self, track: Track[Kept]) -> list[Kept]:
        """Return the rows as they stand."""
        with without_collecting():
            found = self._database.all("SELECT data FROM row WHERE track_id = ? ORDER BY rank", (track.id,))
            return [track.rows.from_json(_decoded(data, 0)[0]) for (data,) in found]

    def splice(self, track: Track[Kept], splice: Splice[Kept], label: str, editions: Editions | None = None) -> None:
        """Carry out a splice and write it into the journal; steps that were undone before it are forgotten.

        Raises SpliceError when the rows no longer stand where the splice expects them.
        """
        with self._splicing():
            position = self._position(track)
            self._apply(track, splice)
            self._database.execute("DELETE FROM splice WHERE track_id = ? AND number > ?", (track.id, position))
            old, new = _dump(splice.old), _dump(splice.new)
            self._database.execute(
                "INSERT INTO splice (track_id, number, made_at, label, weight, start, old, new, documents, author)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    track.id,
                    position + 1,
                    datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds"),
                    label,
                    len(old) + len(new),
                    splice.start,
                    old,
                    new,
                    json.dumps([editions.before, editions.after]) if editions else None,
                    self._author,
                ),
            )
            self._stand(track, position + 1, editions.after if editions else None)

    def begin(self, track: Track[Kept], rows: tuple[Kept, ...]) -> None:
        """Fill a track that nobody has worked in. No person did this, so there is no step to undo.

        Raises SpliceError when the track holds rows already.
        """
        with self._splicing():
            if self.rows(track):
                raise SpliceError(*_CHANGED)
            self._apply(track, Splice(0, (), rows))

    def undo(self, track: Track[Kept]) -> Step[Kept] | None:
        """Take back the last step and return it as it was undone; None when there is nothing to undo."""
        with self._splicing():
            position = self._position(track)
            step = self._step(track, position)
            if step is None:
                return None
            inverse = step.splice.inverse()
            self._apply(track, inverse)
            self._stand(track, position - 1, step.editions.before if step.editions else None)
        return Step(step.label, inverse, step.editions)

    def redo(self, track: Track[Kept]) -> Step[Kept] | None:
        """Do again the last step that was undone and return it; None when there is none."""
        with self._splicing():
            position = self._position(track)
            step = self._step(track, position + 1)
            if step is None:
                return None
            self._apply(track, step.splice)
            self._stand(track, position + 1, step.editions.after if step.editions else None)
        return step

    def go_to(self, track: Track[Kept], number: int) -> list[Step[Kept]]:
        """Undo or redo until step `number` is the last one in force (0: none); return the steps as they were done."""
        steps: list[Step[Kept]] = []
        with self._splicing():
            distance = number - self._position(track)
            for _ in range(abs(distance)):
                step = self.redo(track) if distance > 0 else self.undo(track)
                if step is None:
                    break
                steps.append(step)
        return steps

    def history(self, track: Track[Kept]) -> list[Entry]:
        """Return every step of the journal, the oldest first, those that were undone included."""
        position = self._position(track)
        found = self._database.all(
            "SELECT number, label, made_at FROM splice WHERE track_id = ? ORDER BY number", (track.id,)
        )
        return [Entry(number, label, made_at, number <= position) for number, label, made_at in found]

    def stamps(self, track: Track[Kept]) -> list[Stamp]:
        """Return when each row came to be and was last changed in what it says or in its state, and by whom."""
        count = int(self._database.value("SELECT count(*) FROM row WHERE track_id = ?", (track.id,)))
        return stamps(self._database, track.id, self._position(track), count)

    def standing(self) -> str:
        """Return a name for how the beads of all chapters stand: as long as it is the same, so are they."""
        sql = (
            "SELECT t.id, t.position, c.source_id, c.target_id, EXISTS (SELECT 1 FROM row WHERE track_id = t.id),"
            " (SELECT made_at FROM splice WHERE track_id = t.id AND number = t.position)"
            " FROM track t JOIN chapter c ON c.id = t.chapter_id WHERE t.kind = 'alignment' ORDER BY t.id"
        )
        return hashlib.sha256(json.dumps(self._database.all(sql)).encode()).hexdigest()

    def labels(self, track: Track[Kept]) -> tuple[str, str]:
        """Return the names of the steps that undo and redo would carry out; "" where there is none."""
        position = self._position(track)
        names = [
            self._database.value("SELECT label FROM splice WHERE track_id = ? AND number = ?", (track.id, number))
            for number in (position, position + 1)
        ]
        return names[0] or "", names[1] or ""

    def position(self, track: Track[Kept]) -> int:
        """Return the number of the last step in force; 0 when there is none."""
        return self._position(track)

    def weight(self, track: Track[Kept], number: int) -> int:
        """Return how long what `go_to` would read is: characters of its rows as they are stored."""
        low, high = sorted((self._position(track), number))
        sql = "SELECT sum(weight) FROM splice WHERE track_id = ? AND number > ? AND number <= ?"
        return int(self._database.value(sql, (track.id, low, high)) or 0)

    def _id(self, chapter_id: int | None, kind: str, direction: str) -> int:
        where = (chapter_id, kind, direction)
        sql = "SELECT id FROM track WHERE chapter_id IS ? AND kind = ? AND direction = ?"
        found = self._database.value(sql, where)
        if found is None:
            self._database.execute("INSERT INTO track (chapter_id, kind, direction) VALUES (?, ?, ?)", where)
            found = self._database.value(sql, where)
        return int(found)

    def _position(self, track: Track[Kept]) -> int:
        return int(self._database.value("SELECT position FROM track WHERE id = ?", (track.id,)))

    def _stand(self, track: Track[Kept], position: int, documents: tuple[int, int] | None) -> None:
        """Move to a position of the journal; a re-reading also sets the chapter's documents."""
        self._database.execute("UPDATE track SET position = ? WHERE id = ?", (position, track.id))
        if documents:
            self._database.execute(
                "UPDATE chapter SET source_id = ?, target_id = ? WHERE id = ?", (*documents, track.chapter_id)
            )

    def _step(self, track: Track[Kept], number: int) -> Step[Kept] | None:
        row = self._database.execute(
            "SELECT label, start, old, new, documents FROM splice WHERE track_id = ? AND number = ?",
            (track.id, number),
        ).fetchone()
        if row is None:
            return None
        label, start, old, new, documents = row
        splice = Splice(start, _load(track, old), _load(track, new))
        editions = Editions(*(tuple(pair) for pair in json.loads(documents))) if documents else None
        return Step(label, splice, editions)

    @contextmanager
    def _splicing(self) -> Iterator[None]:
        """Splice completely or not at all; after a failure nothing is taken for known."""
        try:
            with self._database.transaction():
                version = int(self._database.value("PRAGMA data_version"))
                if version != self._version:  # another connection has written
                    self._ranks.clear()
                    self._version = version
                yield
        except BaseException:
            self._ranks.clear()
            raise

    def _apply(self, track: Track[Kept], splice: Splice[Kept]) -> None:
        """Replace the stored rows of the splice, finding room for the new ones between their neighbours."""
        start, end = splice.start, splice.start + len(splice.old)
        if not any(self._stands(track, start, splice.old) for _ in range(2)):
            raise SpliceError(*_CHANGED)
        before, after = self._neighbours(track, start, end)
        if after - before <= len(splice.new):
            self._spread(track)
            before, after = self._neighbours(track, start, end)
        ranks = self._known(track)
        if splice.old:
            self._database.execute(
                "DELETE FROM row WHERE track_id = ? AND rank BETWEEN ? AND ?", (track.id, ranks[start], ranks[end - 1])
            )
        step = min(_GAP, (after - before) // (len(splice.new) + 1))
        ranks[start:end] = [before + step * (i + 1) for i in range(len(splice.new))]
        self._database.insert(
            "INSERT INTO row VALUES (?, ?, ?, ?)",
            ((track.id, ranks[start + i], str(row.state), _text(row)) for i, row in enumerate(splice.new)),
        )

    def _known(self, track: Track[Kept]) -> list[int]:
        """Return the ranks of all rows in order."""
        if track.id not in self._ranks:
            found = self._database.all("SELECT rank FROM row WHERE track_id = ? ORDER BY rank", (track.id,))
            self._ranks[track.id] = [rank for (rank,) in found]
        return self._ranks[track.id]

    def _stands(self, track: Track[Kept], start: int, old: tuple[Kept, ...]) -> bool:
        """Return whether the rows `old` stand at `start`; where the ranks are not those known, forget those."""
        ranks, end = self._known(track), start + len(old)
        if not 0 <= start <= end <= len(ranks):
            del self._ranks[track.id]
            return False
        low = ranks[start - 1] if start else 0
        high = ranks[end] if end < len(ranks) else _LAST
        found = self._database.all(
            "SELECT rank, data FROM row WHERE track_id = ? AND rank BETWEEN ? AND ? ORDER BY rank",
            (track.id, low, high),
        )
        if [rank for rank, _ in found] != ranks[max(0, start - 1) : end + 1]:
            del self._ranks[track.id]
            return False
        inner = found[bool(start) : bool(start) + len(old)]
        return tuple(track.rows.from_json(json.loads(data)) for _, data in inner) == old

    def _neighbours(self, track: Track[Kept], start: int, end: int) -> tuple[int, int]:
        """Return the ranks of the rows before and after a stretch; generous ends where there is none."""
        ranks = self._known(track)
        before = ranks[start - 1] if start else 0
        return before, ranks[end] if end < len(ranks) else before + _GAP * 1_000_000

    def _spread(self, track: Track[Kept]) -> None:
        """Give every row a new rank with room between."""
        rows = self._database.all("SELECT state, data FROM row WHERE track_id = ? ORDER BY rank", (track.id,))
        self._database.execute("DELETE FROM row WHERE track_id = ?", (track.id,))
        self._database.insert(
            "INSERT INTO row VALUES (?, ?, ?, ?)",
            ((track.id, _GAP * (i + 1), state, data) for i, (state, data) in enumerate(rows)),
        )
        self._ranks.pop(track.id, None)


def _text(row: Storable) -> str:
    return json.dumps(row.as_json(), ensure_ascii=False, separators=(",", ":"))


def _dump(rows: Iterable[Storable]) -> str:
    # Row by row: one call for many rows would hold up every other thread.
    return f"[{','.join(map(_text, rows))}]"


def _load(track: Track[Kept], text: str) -> tuple[Kept, ...]:
    return tuple(track.rows.from_json(row) for row in json.loads(text))
