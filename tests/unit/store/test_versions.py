"""Projects of every version that was ever written open today, and lose nothing.

`tests/data/version-1.sql` is the dump of a project that version 1 made of a chapter of the sample book: aligned, three
beads confirmed, a review begun. `version-3.sql` is one that version 3 made of a few sentences: three beads confirmed,
one dropped, parallel data pushed, a run fetched. They are never made anew.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from amts_desk.core.options import DEFAULT, Options
from amts_desk.core.pairs import Stamp
from amts_desk.store.project import Project
from amts_desk.store.schema import VERSION

DATA = Path(__file__).resolve().parents[2] / "data"


def written_by(version, tmp_path):
    """Return the path of a project that this version wrote."""
    path = tmp_path / "old.amts"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((DATA / f"version-{version}.sql").read_text(encoding="utf-8"))
    return path


@pytest.fixture
def old(tmp_path):
    """Return the path of a project that version 1 wrote."""
    return written_by(1, tmp_path)


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


def test_a_project_of_version_3_opens_with_all_that_is_in_it(tmp_path):
    with Project.open(written_by(3, tmp_path)) as project:
        (row,) = project.chapters.rows()
        assert (row.beads, row.confirmed, row.dropped, row.runs) == (5, 3, 1, 1)
        assert project.options == Options(semicolon=True)
        track = project.tracks.alignment(row.chapter)
        history = project.tracks.history(track)
        assert [entry.label for entry in history] == ["Align", "Confirm", "Drop"]
        made = history[0].made_at
        assert project.tracks.stamps(track) == [
            *[Stamp(made, history[1].made_at)] * 3, Stamp(made, history[2].made_at), Stamp(made, made)
        ]  # fmt: skip
        assert project.tracks.undo(track).label == "Drop"
        (version,) = project.runs.versions()
        assert (version.name, version.status, version.pairs, version.chapters) == (
            "amts-pairs",
            "ACTIVE",
            4,
            ("pairs",),
        )
        assert (version.format, version.made_by, version.service_status) == ("TMX", "", "")
        assert list(project.pairs.of(version.number)) == [], "version 3 kept only how many there were"
        assert project.runs.output(1, row.chapter.id) == {0: "句对", 1: "一对有两面。"}
        assert len(project.lexicons.read(("en", "zh"))) == 1


@pytest.mark.parametrize("version", [1, 3])
def test_it_is_of_this_version_from_then_on(version, tmp_path):
    old = written_by(version, tmp_path)
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
