"""The SQLite file of a project: one connection, whose troubles are told in sentences."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from amts_desk.core.errors import DeskError

Row = tuple[Any, ...]


class Database:
    """A connection of the thread that made it: write-ahead log, foreign keys, every commit on the disk.

    Every method raises DeskError when the disk is full or refuses, or when the file is no database.
    """

    def __init__(self, path: Path, *, create: bool = True) -> None:
        self.path = path
        if not create:
            self._require_there()
        with self._explained():
            self._connection = sqlite3.connect(path, timeout=10, isolation_level=None)
            try:
                self._connection.execute("PRAGMA foreign_keys = ON")
                self._connection.execute("PRAGMA synchronous = FULL")
                self._connection.execute("PRAGMA schema_version")
            except sqlite3.Error:
                self._connection.close()
                raise
        self._file = os.stat(path)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def execute(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Carry out one statement."""
        with self._explained():
            return self._connection.execute(sql, values)

    def insert(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Carry out one statement for each of many rows."""
        with self._explained():
            self._connection.executemany(sql, rows)

    def script(self, sql: str) -> None:
        """Carry out several statements."""
        with self._explained():
            self._connection.executescript(sql)

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """Return the first column of the first row, None when there is no row."""
        row = self.execute(sql, values).fetchone()
        return row[0] if row else None

    def all(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """Return every row."""
        with self._explained():
            return self._connection.execute(sql, values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do what is in the block completely or not at all; inside another transaction, as a part of it.

        Raises DeskError when the file was taken away: what is written into an open file without a name is lost.
        """
        if self._connection.in_transaction:
            yield
            return
        self._require_there(self._file)
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def _require_there(self, file: os.stat_result | None = None) -> None:
        """Raise DeskError unless a file stands at the path; with `file`, that one."""
        try:
            found = os.stat(self.path)
        except OSError:
            found = None
        if found is None or (file is not None and not os.path.samestat(found, file)):
            raise DeskError(
                f"{self.path} was moved, deleted or replaced while it was open, so this was not saved.",
                "Put it back, or open it again where it is now.",
            )

    def _explained(self) -> AbstractContextManager[None]:
        return explained(self.path.name, str(self.path))


@contextmanager
def explained(name: str, path: str = "") -> Iterator[None]:
    """Turn SQLite's errors in the block into a DeskError about the file of that name."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _explanation(name, path or name, str(error)) or error from error


def _explanation(name: str, path: str, reason: str) -> DeskError | None:
    if "full" in reason or "disk I/O" in reason:
        return DeskError(
            f"The disk is full: the last change to {name} could not be saved.",
            "Make room on the disk and repeat it; everything before it is safe.",
        )
    if "not a database" in reason:
        return DeskError(f"{name} is not an AMTS Desk project.", "Choose a file that ends in .amts.")
    if "malformed" in reason:
        return DeskError(f"{name} is damaged: a part of it cannot be read.", "Go back to a copy of it.")
    if any(word in reason for word in ("readonly", "unable to open", "locked")):
        return DeskError(
            f"{path} cannot be opened for writing ({reason}).",
            "Check the permissions of its folder, or choose another place.",
        )
    return None
