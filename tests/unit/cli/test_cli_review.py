"""Reviews on the command line, from end to end."""

import json

import docx
import openpyxl
import pytest

from amts_desk.core.alignment import Bead, BeadState, Sentence
from amts_desk.core.splice import Splice
from amts_desk.store.project import Project
from tests.unit.cli.calling import done, told
from tests.unit.core.chapters import document


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "book.amts"
    with Project.open(path, create=True) as project:
        english, chinese = ["One.", "=Two.", "Three."], ["一。", "二。", "三。"]
        for name in ("first", "second"):
            chapter = project.chapters.add(name, document(english, "en"), document(chinese, "zh"))
            texts = enumerate(zip(english, chinese, strict=True))
            beads = tuple(Bead((Sentence(i, i, s),), (Sentence(i, i, t),)) for i, (s, t) in texts)
            project.tracks.splice(project.tracks.alignment(chapter), Splice(0, (), beads), "Align")
    return path


def beads(path, name="first"):
    with Project.open(path) as project:
        return project.tracks.rows(project.tracks.alignment(project.chapters.named(name)))


def test_out_edited_and_back(capsys, book, tmp_path):
    out = tmp_path / "review.xlsx"
    done(capsys, "export", book, "--format", "xlsx", "-o", out)
    workbook = openpyxl.load_workbook(out)
    sheet = workbook["Review"]
    sheet["D2"], sheet["E3"], sheet["F6"] = "壹。", "confirmed", "good"
    workbook.save(out)
    assert done(capsys, "import-review", book, out).splitlines() == [
        "first: 2 beads changed, 0 conflicts",
        "second: 1 beads changed, 0 conflicts",
    ]
    first, second, _ = beads(book)
    assert (first.target[0].text, first.target[0].origin, second.state) == ("壹。", "一。", BeadState.CONFIRMED)
    assert beads(book, "second")[1].note == "good"


def test_conflicts_are_listed_and_the_rest_is_brought_in(capsys, book, tmp_path):
    out = tmp_path / "review.docx"
    done(capsys, "export", book, "--format", "docx", "--chapters", "first", "-o", out)
    document_ = docx.Document(out)
    cells = document_.tables[0].rows
    cells[1].cells[4].text, cells[2].cells[4].text = "perfect", "dropped"
    document_.tables[0]._tbl.remove(cells[3]._tr)
    document_.save(out)
    told_ = json.loads(done(capsys, "import-review", book, out, "--json", code=1))
    assert list(told_) == ["file", "changed", "chapters", "unknown", "notices"]
    assert told_["changed"] == 1
    (chapter,) = told_["chapters"]
    assert (chapter["name"], chapter["changed"]) == ("first", [2])
    assert [(c["kind"], c["bead"], c["place"]) for c in chapter["conflicts"]] == [
        ("unknown state", 1, "row 2"),
        ("row missing", 3, ""),
    ]
    assert [bead.state for bead in beads(book)] == [BeadState.AUTOMATIC, BeadState.DROPPED, BeadState.AUTOMATIC]


@pytest.mark.parametrize("form", ["tsv", "tmx", "intertext"])
def test_the_other_formats_come_back(capsys, book, tmp_path, form):
    out = tmp_path / f"review.{form}"
    done(capsys, "export", book, "--format", form, "--review", "-o", out)
    assert "first: 0 beads changed, 0 conflicts" in done(capsys, "import-review", book, out)


def test_tsv_and_tmx_are_parallel_data_without_review(capsys, book, tmp_path):
    assert done(capsys, "export", book, "--format", "tsv").splitlines()[0] == "en\tzh"
    out = tmp_path / "pairs.tmx"
    done(capsys, "export", book, "--format", "tmx", "-o", out)
    assert "is no review file of AMTS Desk" in told(capsys, "import-review", book, out)


def test_what_cannot_be_done_is_one_line(capsys, book, tmp_path):
    assert "cannot be written as csv" in told(capsys, "export", book, "--format", "csv", "--review")
    assert "holds every bead" in told(capsys, "export", book, "--format", "xlsx", "--confirmed-only")
    assert "could not be read" in told(capsys, "import-review", book, tmp_path / "none.xlsx")


@pytest.mark.parametrize(("form", "suffix"), [("xliff", ".xlf"), ("po", ".po")])
def test_catalogues_of_other_programs_go_out_and_come_back(capsys, book, tmp_path, form, suffix):
    out = tmp_path / f"review{suffix}"
    done(capsys, "export", book, "--format", form, "-o", out)
    assert json.loads(done(capsys, "import-review", book, out, "--json"))["changed"] == 0
