"""The pairs of every version of parallel data, kept for good: an update replaces all, so all must be at hand."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import islice

from amts_desk.core.amazon import ImportMessage
from amts_desk.core.pairs import Origin, Pair
from amts_desk.store.database import Database

_AT_ONCE = 2000
"""Pairs written in one transaction: others want to write, too."""
_FIELDS = "source, target, chapter, position, origin"


class Pairs:
    """Reads and writes pairs. Every pair stands in the project once, however many versions have it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, pairs: Iterable[Pair]) -> bytes:
        """Store pairs that are not there yet and return the ids of all in order, for `Runs.add_version`.

        Broken off in the middle, the pairs stored so far belong to no version, and are there the next time.
        """
        ids, rest = array("I"), iter(pairs)
        while batch := list(islice(rest, _AT_ONCE)):
            with self._database.transaction():
                ids.extend(map(self._id, batch))
        return ids.tobytes()

    def ids(self, version: int) -> array[int]:
        """Return the ids of the pairs of a version (by its number) in order; none when an older program made it."""
        stored = self._database.value("SELECT pairs FROM version_pairs WHERE version_id = ?", (version,))
        return array("I", stored or b"")

    def of(self, version: int) -> Iterator[Pair]:
        """Yield the pairs of a version in the order of its file, one at a time."""
        yield from self.named(self.ids(version))

    def named(self, ids: Iterable[int]) -> Iterator[Pair]:
        """Yield the pairs with these ids."""
        sql = f"SELECT {_FIELDS} FROM pair WHERE id = ?"
        for number in ids:
            source, target, chapter, position, origin = self._database.execute(sql, (number,)).fetchone()
            yield Pair(source, target, chapter, position, _origin(origin))

    def keep_messages(self, version: int, messages: Sequence[ImportMessage]) -> None:
        """Store what Amazon said of the records of a version, in the place of what it said before."""
        with self._database.transaction():
            self._database.execute("DELETE FROM import_message WHERE version_id = ?", (version,))
            self._database.insert(
                "INSERT INTO import_message VALUES (?, ?, ?, ?, ?)",
                ((version, number, m.record, m.content, m.message) for number, m in enumerate(messages)),
            )

    def messages(self, version: int) -> list[tuple[ImportMessage, Pair | None]]:
        """Return what Amazon said of records of a version, each with its pair where it is one of the version's."""
        ids = self.ids(version)
        rows = self._database.all(
            "SELECT record, content, message FROM import_message WHERE version_id = ? ORDER BY number", (version,)
        )
        return [
            (ImportMessage(*row), next(self.named([ids[row[0] - 1]])) if 0 < row[0] <= len(ids) else None)
            for row in rows
        ]

    def _id(self, pair: Pair) -> int:
        origin = json.dumps(pair.origin.as_json(), separators=(",", ":")) if pair.origin else ""
        values = (pair.source, pair.target, pair.chapter, pair.position, origin)
        digest = blake2b(json.dumps(values).encode(), digest_size=16).digest()
        found = self._database.value("SELECT id FROM pair WHERE digest = ?", (digest,))
        if found is None:
            sql = f"INSERT INTO pair (digest, {_FIELDS}) VALUES (?, ?, ?, ?, ?, ?)"
            found = self._database.execute(sql, (digest, *values)).lastrowid
        return int(found or 0)


def _origin(stored: str) -> Origin | None:
    return Origin.from_json(json.loads(stored)) if stored else None
