"""Large read-only tables from text to text, parsed once and kept as SQLite files in the cache folder.

A table costs next to no time to open and no memory to speak of, where a dict of CC-CEDICT takes 95 MB.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path

from amts_desk.steps.align import cache as cache_folder

Rows = Iterable[tuple[str, str]]


class Table:
    """The rows of one table. It may be asked by several threads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read from `connection`, which belongs to the table from now on."""
        self._connection = connection
        self._asking = threading.Lock()

    def get(self, key: str) -> str:
        """Return the value of a key; "" when there is none."""
        with self._asking:
            found = self._connection.execute("SELECT value FROM entry WHERE key = ?", (key,)).fetchone()
        return str(found[0]) if found else ""

    def __contains__(self, key: str) -> bool:
        return bool(self.get(key))

    def items(self) -> Iterator[tuple[str, str]]:
        """Return all keys and values, by key."""
        with self._asking:
            return iter(self._connection.execute("SELECT key, value FROM entry ORDER BY key").fetchall())


def table(name: str, make: Callable[[], Rows]) -> Table:
    """Return the table kept under `name`; `make` supplies its rows (keys differ, no value is "") the first time."""

    def write(path: Path) -> None:
        rows = make()
        try:
            with closing(sqlite3.connect(path)) as connection:
                _fill(connection, rows)
        except sqlite3.Error as error:
            raise OSError(str(error)) from error

    path = cache_folder.remembered_file(name + ".sqlite", write)
    if path is None:
        memory = sqlite3.connect(":memory:", check_same_thread=False)
        _fill(memory, make())
        return Table(memory)
    return Table(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False))


def _fill(connection: sqlite3.Connection, rows: Rows) -> None:
    connection.execute("CREATE TABLE entry (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")
    with connection:
        connection.executemany("INSERT INTO entry VALUES (?, ?)", sorted(rows))
