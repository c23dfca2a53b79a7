"""Projects of every version that was ever written open today, and lose nothing.

`tests/data/version-1.sql` is the dump of a project that version 1 made of a chapter of the sample book: aligned, three
beads confirmed, a review begun. It is never made anew.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from amts_desk.core.options import DEFAULT, Options
from amts_desk.store.project import Project
from amts_desk.store.schema import VERSION

DUMP = Path(__file__).resolve().parents[2] / "data" / "version-1.sql"


@pytest.fixture
def old(tmp_path):
    """Return the path of a project that version 1 wrote."""
    path = tmp_path / "old.amts"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(DUMP.read_text(encoding="utf-8"))
    return path


def test_a_project_of_version_1_opens_with_all_that_is_in_it(old):
    with Project.open(old) as project:
        (row,) = project.chapters.rows()
        assert (row.chapter.name, row.beads, row.confirmed) == ("05-post-editing", 61, 3)
        assert (row.notes, row.rules) == ((), (DEFAULT, DEFAULT))
        source, target = project.chapters.documents(row.chapter)
        assert (source.rules, target.notes) == (DEFAULT, ())
        assert source.text[source.blocks[0].start : source.blocks[0].end] == source.blocks[0].text
        assert project.tracks.labels(project.tracks.alignment(row.chapter))[0] == "Confirm"
        assert len(project.tracks.rows(project.tracks.review(row.chapter, "en-zh"))) == len(source.blocks)
        assert project.runs.source_of_output(1, row.chapter.id) == source.edition
        assert project.setting("id") == "0123456789ab"
        assert project.options == Options()


def test_it_is_of_this_version_from_then_on(old):
    Project.open(old).close()
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
    with Project.open(old) as project:
        assert len(project.chapters.rows()) == 1


def test_its_histories_are_whole_and_hang_on_their_chapters(old):
    """A table was made anew under the rows that refer to it: none was lost, and they still go with their chapter."""
    with closing(sqlite3.connect(old)) as connection:
        before = [connection.execute(f"SELECT count(*) FROM {name}").fetchone() for name in ("track", "row", "splice")]
    with Project.open(old) as project:
        database = project._database
        after = [database.execute(f"SELECT count(*) FROM {name}").fetchone() for name in ("track", "row", "splice")]
        assert after == before
        assert database.all("PRAGMA foreign_key_check") == []
        assert database.value("PRAGMA foreign_keys") == 1
        database.execute("DELETE FROM chapter")
        assert [database.value(f"SELECT count(*) FROM {name}") for name in ("track", "row", "splice")] == [0, 0, 0]
