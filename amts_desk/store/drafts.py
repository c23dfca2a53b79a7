"""A draft of parallel data: every pair that was looked at and what becomes of it, on the disk while it is needed.

A book's pairs would find room in memory, a million would not. The file is SQLite's own temporary one, which is gone
with the draft however the program ends; in memory stay 25 bytes a pair, by which the preview sorts and filters.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import weakref
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from amts_desk.core.pairs import Fate, Origin, Pair, Record
from amts_desk.store.database import explained

_FIELDS = "number, source, target, chapter, position, origin, fate, reason, winner"
_AT_ONCE = 1000
_FATES = tuple(Fate)
_NAME = "The list of the pairs"


class Draft:
    """The records of one look at some pairs, in order; written once, then read by any thread.

    The arrays hold, for each record, the number of its fate (in the order of Fate), the bytes of either side, the
    confidence, and the number of its chapter in `chapters` with its position there.
    """

    def __init__(self) -> None:
        # Work in the background fills it, the window reads it: one at a time, by the lock.
        self._connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        weakref.finalize(self, self._connection.close)
        self._lock = threading.Lock()
        self.fates, self.sizes, self.confidences = array("B"), (array("I"), array("I")), array("f")
        self.chapters: dict[str, int] = {}
        self.places = array("I"), array("I")
        self._do("CREATE TABLE record (number INTEGER PRIMARY KEY, source TEXT, target TEXT, chapter TEXT,"
                 " position INTEGER, origin TEXT, fate TEXT, reason TEXT, winner INTEGER)")  # fmt: skip

    def __len__(self) -> int:
        return len(self.fates)

    def fill(self, records: Iterable[Record]) -> None:
        """Add records, numbered on from the last."""
        rest = iter(records)
        while batch := list(islice(rest, _AT_ONCE)):
            rows = [self._noted(record) for record in batch]
            with explained(_NAME), self._lock:
                self._connection.execute("BEGIN")
                self._connection.executemany("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
                self._connection.execute("COMMIT")

    def settle(self, number: int, fate: Fate, reason: str, winner: int = -1) -> None:
        """Give a record another fate than it had when it came."""
        self.fates[number] = _FATES.index(fate)
        self._do(
            "UPDATE record SET fate = ?, reason = ?, winner = ? WHERE number = ?", (fate.value, reason, winner, number)
        )

    def counts(self) -> Counter[Fate]:
        """Return how many records have each fate."""
        return Counter({fate: self.fates.count(number) for number, fate in enumerate(_FATES)})

    def reasons(self) -> list[tuple[str, int]]:
        """Return why records stay behind and how many for each reason, the commonest first."""
        return self._all("SELECT reason, count(*) FROM record WHERE reason != '' GROUP BY 1 ORDER BY 2 DESC, 1")

    def newest(self) -> str:
        """Return when the newest change of a pair that is sent was made; "" when nobody knows."""
        changed = "json_extract(origin, '$[6]')"
        found = self._all(f"SELECT max({changed}) FROM record WHERE fate = ? AND origin != ''", (Fate.SENT.value,))
        return found[0][0] or ""

    def record(self, number: int) -> Record:
        """Return one record by its number."""
        return _record(self._all(f"SELECT {_FIELDS} FROM record WHERE number = ?", (number,))[0])

    def pairs(self, fate: Fate = Fate.SENT) -> Iterator[Pair]:
        """Yield the pairs of one fate in order, few at a time."""
        last = -1
        sql = f"SELECT {_FIELDS} FROM record WHERE number > ? AND fate = ? ORDER BY number LIMIT {_AT_ONCE}"
        while rows := self._all(sql, (last, fate.value)):
            yield from (_record(row).pair for row in rows)
            last = rows[-1][0]

    def having(self, words: str) -> list[int]:
        """Return the numbers of the records that hold the words on either side, in chapter or reason; case is equal."""
        folded = words.casefold()

        def holds(*texts: str) -> bool:
            return any(folded in text.casefold() for text in texts)

        with self._lock:
            self._connection.create_function("holds", 4, holds, deterministic=True)
        found = self._all("SELECT number FROM record WHERE holds(source, target, chapter, reason) ORDER BY number")
        return [number for (number,) in found]

    def _noted(self, record: Record) -> tuple[Any, ...]:
        pair, origin = record.pair, record.pair.origin
        self.fates.append(_FATES.index(record.fate))
        for sizes, text in zip(self.sizes, (pair.source, pair.target), strict=True):
            sizes.append(len(text.encode("utf-8", "surrogatepass")))
        self.confidences.append(origin.confidence if origin else 1.0)
        self.places[0].append(self.chapters.setdefault(pair.chapter, len(self.chapters)))
        self.places[1].append(pair.position)
        return (
            len(self) - 1,
            _storable(pair.source),
            _storable(pair.target),
            pair.chapter,
            pair.position,
            json.dumps(origin.as_json()) if origin else "",
            record.fate.value,
            record.reason,
            record.winner,
        )

    def _do(self, sql: str, values: tuple[Any, ...] = ()) -> None:
        with explained(_NAME), self._lock:
            self._connection.execute(sql, values)

    def _all(self, sql: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        with explained(_NAME), self._lock:
            return self._connection.execute(sql, values).fetchall()


def _storable(text: str) -> str:
    """Return the text with halves of characters, which no file can hold, shown as U+FFFD."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _record(row: tuple[Any, ...]) -> Record:
    number, source, target, chapter, position, origin, fate, reason, winner = row
    stored = Origin.from_json(json.loads(origin)) if origin else None
    return Record(number, Pair(source, target, chapter, position, stored), Fate(fate), reason, winner)
