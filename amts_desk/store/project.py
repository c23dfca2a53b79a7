"""A project: one SQLite file that holds everything the program must not lose.

One process holds a project at a time. The lock is the operating system's (through filelock), so it ends with the
process however that ends; the table `holder` only says who it is. Worker threads of the same process join with
their own connection.
"""

from __future__ import annotations

import datetime
import getpass
import json
import os
import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from amts_desk.core.amazon import Connection
from amts_desk.core.errors import DeskError
from amts_desk.core.options import Options
from amts_desk.store.chapters import Chapters
from amts_desk.store.database import Database
from amts_desk.store.lexicons import Lexicons
from amts_desk.store.pairs import Pairs
from amts_desk.store.runs import Runs
from amts_desk.store.schema import prepare
from amts_desk.store.tracks import Tracks

if TYPE_CHECKING:
    from filelock import FileLock

SUFFIX = ".amts"


class Project:
    """An open project file and its parts: `chapters`, `tracks`, `runs`, `pairs`, `lexicons`.

    `author` is who works in it, by the name that the computer knows.
    """

    def __init__(self, database: Database, lock: FileLock | None = None) -> None:
        self._database = database
        self._lock = lock
        self.path = database.path
        self.chapters = Chapters(database)
        self.author = _user()
        self.tracks = Tracks(database, self.author)
        self.runs = Runs(database)
        self.pairs = Pairs(database)
        self.lexicons = Lexicons(database)

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Self:
        """Open the project at `path` and hold it; with `create`, make it when it is not there.

        Raises DeskError when it is missing, held by another window or program, not a project, made by a newer
        program, or cannot be written.
        """
        path = path.expanduser().absolute()
        if not create and not path.exists():
            raise DeskError(f"There is no project {path}.", "Check its name, or make a new project.")
        lock = _hold(path)
        try:
            database = Database(path)
            try:
                prepare(database)
                _sign(database)
            except BaseException:
                database.close()
                raise
        except BaseException:
            lock.release()
            raise
        return cls(database, lock)

    @classmethod
    @contextmanager
    def join(cls, path: Path) -> Iterator[Self]:
        """Give a worker thread its own connection to a project that this process holds already.

        Raises DeskError when its file is gone.
        """
        project = cls(Database(path, create=False))
        try:
            yield project
        finally:
            project.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file and let others open it."""
        try:
            if self._lock is not None and self._lock.is_locked:
                self._database.execute("DELETE FROM holder")
        finally:
            self._database.close()
            if self._lock is not None:
                self._lock.release()

    def transaction(self) -> AbstractContextManager[None]:
        """Do all that is stored inside it, or nothing."""
        return self._database.transaction()

    def setting(self, name: str, default: Any = None) -> Any:
        """Return a stored setting of the project (plain JSON values)."""
        value = self._database.value("SELECT value FROM setting WHERE name = ?", (name,))
        return default if value is None else json.loads(value)

    def set_setting(self, name: str, value: Any) -> None:
        """Store a setting of the project."""
        self._database.execute(
            "INSERT INTO setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, json.dumps(value, ensure_ascii=False)),
        )

    @property
    def options(self) -> Options:
        """What the project decides about its documents."""
        return Options.from_json(self.setting("options", {}))

    def set_options(self, options: Options) -> None:
        """Store other options. Raises DeskError for lines that are too short; chapters are not read again by this."""
        self.set_setting("options", options.checked().as_json())

    @property
    def connection(self) -> Connection:
        """Where the project's calls go; offline practice until somebody chose otherwise. Never holds keys."""
        return Connection(**self.setting("connection", {}))

    def set_connection(self, connection: Connection) -> None:
        """Store where the project's calls go; keys and the address of a local endpoint are not stored."""
        names = ("region", "bucket", "prefix", "role_arn", "profile", "is_offline", "account")
        self.set_setting("connection", {name: getattr(connection, name) for name in names})


def _hold(path: Path) -> FileLock:
    from filelock import FileLock, Timeout

    lock = FileLock(path.with_name(path.name + ".lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise DeskError(
            f"{path.name} is already open: {_holder(path)}.", "Close it there first, or open another project."
        ) from None
    except OSError as error:
        raise DeskError(
            f"{path} cannot be opened for writing ({error.strerror or error}).",
            "Check the permissions of its folder, or choose another place.",
        ) from error
    return lock


def _holder(path: Path) -> str:
    with closing(Database(path)) as database:
        row = database.execute("SELECT user, host, pid, since FROM holder").fetchone()
    return "{} on {}, process {}, since {}".format(*row) if row else "by another program"


def _sign(database: Database) -> None:
    database.execute(
        "INSERT OR REPLACE INTO holder VALUES (1, ?, ?, ?, ?)",
        (socket.gethostname(), _user(), os.getpid(), datetime.datetime.now().astimezone().strftime("%H:%M on %d %b")),
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"
