"""Chapters of a project out for review and back: one step of each chapter, all of it or nothing."""

import zipfile

import openpyxl
import pytest

from amts_desk.core import edits
from amts_desk.core.alignment import BeadState
from amts_desk.core.errors import DeskError, SpliceError
from amts_desk.core.splice import Splice
from amts_desk.flows import exchange
from amts_desk.steps.interchange import review_guard
from amts_desk.store.project import Project
from tests.unit.core.chapters import aligned, document

NAMES = ("one", "two")


@pytest.fixture
def project(tmp_path):
    with Project.open(tmp_path / "book.amts", create=True) as made:
        for name in NAMES:
            texts = [[f"{name} {side} {i}" for i in range(4)] for side in ("source", "target")]
            chapter = made.chapters.add(name, document(texts[0], "en"), document(texts[1], "zh"))
            beads = aligned([(1, 1), (2, 1), (1, 2)], (), *texts)
            made.tracks.splice(made.tracks.alignment(chapter), Splice(0, (), tuple(beads)), "Align")
        yield made


def rows(project, name="one"):
    return project.tracks.rows(project.tracks.alignment(project.chapters.named(name)))


def sent(project, path, kind=None):
    path.write_bytes(exchange.review_bytes(project, project.chapters.all(), kind or exchange.format_of(path)))
    return path


def edited(path, *cells):
    book = openpyxl.load_workbook(path)
    for place, text in cells:
        book["Review"][place] = text
    book.save(path)


@pytest.mark.parametrize("name", ["a.xlsx", "a.docx", "a.tsv", "a.tmx", "a.zip", "A.XLSX"])
def test_every_format_is_known_by_what_it_holds(project, tmp_path, name):
    path = sent(project, tmp_path / name)
    for other in (name, "renamed.bin", "renamed.xml"):
        renamed = path.rename(tmp_path / other)
        returned = exchange.look(project, renamed)
        assert [outcome.origin.name for outcome in returned.outcomes] == list(NAMES)
        assert (returned.changes, returned.conflicts) == (0, ())
        path = renamed


def test_both_chapters_change_in_one_step_each(project, tmp_path):
    path = sent(project, tmp_path / "a.xlsx")
    edited(path, ("E2", "confirmed"), ("D5", "zwei"), ("E6", "dropped"))
    before = {name: rows(project, name) for name in NAMES}
    returned = exchange.look(project, path)
    assert [len(outcome.changes) for outcome in returned.outcomes] == [1, 2]
    assert {name: rows(project, name) for name in NAMES} == before
    assert exchange.bring_in(project, returned.outcomes, exchange.label_of(path.name)) == 3
    assert rows(project)[0].state is BeadState.CONFIRMED
    assert [bead.state for bead in rows(project, "two")[:2]] == [BeadState.AUTOMATIC, BeadState.DROPPED]
    assert rows(project, "two")[0].target[0].text == "zwei"
    for name in NAMES:
        track = project.tracks.alignment(project.chapters.named(name))
        assert project.tracks.labels(track)[0] == "Review from a.xlsx"
        project.tracks.undo(track)
    assert {name: rows(project, name) for name in NAMES} == before


def test_bringing_the_same_file_in_twice_changes_nothing_more(project, tmp_path):
    path = sent(project, tmp_path / "a.xlsx")
    edited(path, ("E2", "confirmed"))
    exchange.bring_in(project, exchange.look(project, path).outcomes, "Review")
    returned = exchange.look(project, path)
    assert (returned.changes, returned.conflicts) == (0, ())


def test_all_chapters_or_none(project, tmp_path):
    path = sent(project, tmp_path / "a.xlsx")
    edited(path, ("E2", "confirmed"), ("E5", "confirmed"))
    returned = exchange.look(project, path)
    track = project.tracks.alignment(project.chapters.named("two"))
    project.tracks.splice(track, edits.merge(rows(project, "two"), 0, 1), "Merge")
    before = rows(project)
    with pytest.raises(SpliceError):
        exchange.bring_in(project, returned.outcomes, "Review")
    assert rows(project) == before


def test_an_alignment_beside_its_documents(project, tmp_path):
    path = sent(project, tmp_path / "a.zip")
    with zipfile.ZipFile(path) as package:
        package.extractall(tmp_path / "files")
    alignment = tmp_path / "files" / "1-one.en.zh.xml"
    alignment.write_text(alignment.read_text("utf-8").replace('status="auto"', 'status="man"', 1), "utf-8")
    (outcome,) = exchange.look(project, alignment).outcomes
    assert [(change.row, change.after.state) for change in outcome.changes] == [(0, BeadState.CONFIRMED)]
    (tmp_path / "files" / "1-one.zh.xml").unlink()
    with pytest.raises(DeskError, match=r"1-one\.zh\.xml could not be read"):
        exchange.look(project, alignment)


def test_an_alignment_that_names_files_elsewhere_reads_none_of_them(project, tmp_path):
    path = tmp_path / "a.xml"
    secret = tmp_path / "secret.xml"
    secret.write_text("<text><s id='1'>secret</s></text>")
    (tmp_path / "in").mkdir()
    for name in ("../secret.xml", str(secret), "..\\secret.xml", "..", ""):
        path = tmp_path / "in" / "a.xml"
        path.write_text(f'<linkGrp toDoc="{name}" fromDoc="{name}"><link xtargets="1;1"/></linkGrp>')
        with pytest.raises(DeskError, match=r"could not be read|does not name"):
            exchange.look(project, path)


def test_files_of_another_project_or_language_are_refused(project, tmp_path):
    path = sent(project, tmp_path / "a.xlsx")
    with Project.open(tmp_path / "other.amts", create=True) as other:
        texts = [["a", "b", "c", "d"]] * 2
        chapter = other.chapters.add("one", document(texts[0], "en"), document(texts[1], "es"))
        with pytest.raises(DeskError, match="en → zh, but the chapter “one” is en → es"):
            exchange.look(other, path)
        other.chapters.remove(chapter.id)
        with pytest.raises(DeskError, match="no row that was sent out from this project"):
            exchange.look(other, path)
        other.chapters.add("three", document(texts[0], "en"), document(texts[1], "zh"))
        with pytest.raises(DeskError, match="no row that was sent out from this project"):
            exchange.look(other, path)


def test_rows_of_no_chapter_are_told(project, tmp_path):
    path = sent(project, tmp_path / "a.xlsx")
    edited(path, ("C9", "A new one."), ("D9", "新的。"))
    returned = exchange.look(project, path)
    assert [conflict.place for conflict in returned.strays] == ["row 9"]
    assert returned.conflicts == returned.strays


def test_what_cannot_be_sent_out(project, tmp_path):
    with pytest.raises(DeskError, match="no ending that says its format"):
        exchange.format_of(tmp_path / "a.pdf")
    texts = [["a"]] * 2
    spanish = project.chapters.add("three", document(texts[0], "en"), document(texts[1], "es"))
    with pytest.raises(DeskError, match="one pair of languages"):
        exchange.review_bytes(project, project.chapters.all(), "xlsx")
    with pytest.raises(DeskError, match="no bead to review"):
        exchange.review_bytes(project, [spanish], "xlsx")


def test_files_too_large_or_not_there(project, tmp_path, monkeypatch):
    with pytest.raises(DeskError, match="could not be read"):
        exchange.look(project, tmp_path / "none.xlsx")
    path = sent(project, tmp_path / "a.tsv")
    monkeypatch.setattr(exchange, "LARGEST_FILE", 100)
    with pytest.raises(DeskError, match="a review may have at most"):
        exchange.look(project, path)
    assert review_guard.LARGEST_FILE > 1 << 20
