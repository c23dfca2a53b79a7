"""One connection: whole transactions, and troubles in sentences."""

import os
import sqlite3

import pytest

from amts_desk.core.errors import DeskError
from amts_desk.store.database import Database


@pytest.fixture
def database(tmp_path):
    database = Database(tmp_path / "a.amts")
    database.script("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)")
    yield database
    database.close()


def test_values_and_rows_are_read(database):
    database.insert("INSERT INTO t VALUES (?, ?)", [(1, "x"), (2, "y")])
    assert database.value("SELECT b FROM t WHERE a = ?", (2,)) == "y"
    assert database.value("SELECT b FROM t WHERE a = 3") is None
    assert database.all("SELECT * FROM t ORDER BY a") == [(1, "x"), (2, "y")]


def test_a_transaction_is_done_completely_or_not_at_all_with_those_within_it(database):
    with database.transaction():
        database.execute("INSERT INTO t VALUES (1, 'x')")
    with pytest.raises(KeyError):
        broken_off(database)
    assert database.all("SELECT a FROM t") == [(1,)]


def broken_off(database):
    with database.transaction():
        with database.transaction():
            database.execute("INSERT INTO t VALUES (2, 'y')")
        raise KeyError


def test_commits_are_flushed_to_the_disk_and_references_are_kept(database):
    assert database.value("PRAGMA synchronous") == 2
    assert database.value("PRAGMA foreign_keys") == 1


def test_a_locked_file_is_said_so(database):
    other = Database(database.path)
    database.execute("PRAGMA busy_timeout = 0")
    with (
        other.transaction(),
        pytest.raises(DeskError, match=r"cannot be opened for writing \(database is locked\)"),
        database.transaction(),
    ):
        pass
    other.close()


def test_a_folder_in_place_of_a_file_is_said_so(tmp_path):
    with pytest.raises(DeskError, match="cannot be opened for writing"):
        Database(tmp_path)


def test_what_is_no_database_is_said_so(tmp_path):
    path = tmp_path / "a.amts"
    path.write_bytes(os.urandom(5000))
    with pytest.raises(DeskError, match=r"a\.amts is not an AMTS Desk project"):
        Database(path)


def test_a_damaged_file_is_said_so(database):
    database.insert("INSERT INTO t VALUES (?, ?)", [(number, "x" * 500) for number in range(1000)])
    database.close()
    content = bytearray(database.path.read_bytes())
    for page in range(40, len(content) // 4096):
        content[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    database.path.write_bytes(content)
    damaged = Database(database.path)
    with pytest.raises(DeskError, match=r"a\.amts is damaged.*Go back to a copy"):
        damaged.all("SELECT * FROM t")
    damaged.close()


def test_a_mistake_in_the_program_is_no_error_of_the_person(database):
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        database.execute("SELECT * FROM nowhere")
    with pytest.raises(sqlite3.IntegrityError):
        database.insert("INSERT INTO t VALUES (?, ?)", [(1, "x"), (1, "y")])
