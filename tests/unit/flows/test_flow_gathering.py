"""Bringing the chapters of a configuration together."""

import shutil

import pytest

from amts_desk.core.errors import DeskError
from amts_desk.flows import gathering
from amts_desk.flows.config import Config
from amts_desk.flows.gathering import chapter_pairs
from amts_desk.store.places import resource
from amts_desk.store.project import Project
from tests.unit.flows.small_book import gather

SAMPLE = resource("sample")


def config(**changes):
    known = {"hold_out": ("05-post-editing",), "folder": SAMPLE, "targets": ("zh",), "directions": ("en-zh",)}
    known |= changes
    return Config("study", "en", known.pop("targets"), known.pop("directions"), known.pop("hold_out"), **known)


@pytest.fixture
def project(tmp_path):
    with Project.open(tmp_path / "study.amts", create=True) as project:
        yield project


def test_chapters_are_imported_aligned_and_sorted_out(project):
    gathered = gather(project, config())
    assert [c.name for c in gathered.articles] == ["05-post-editing"]
    assert [c.name for c in gathered.included] == [
        "01-why-translate", "02-sentence-pairs", "03-parallel-data", "04-measuring",
    ]  # fmt: skip
    assert all(row.beads for row in project.chapters.rows())
    assert gathered.problems == ()


def test_asking_again_changes_nothing(project):
    first = gather(project, config())
    before = [project.tracks.rows(project.tracks.alignment(c)) for c in project.chapters.all()]
    assert gather(project, config()) == first
    assert [project.tracks.rows(project.tracks.alignment(c)) for c in project.chapters.all()] == before


@pytest.mark.parametrize(
    ("include", "expected"),
    [
        (("02-*", "03-*"), ["02-sentence-pairs", "03-parallel-data"]),
        (("en/01-why-translate.md",), ["01-why-translate"]),
    ],
)
def test_include_chooses_by_name_or_path(project, include, expected):
    assert [c.name for c in gather(project, config(include=include)).included] == expected


def test_only_the_languages_of_the_configuration(project):
    both = config(targets=("zh", "es"), directions=("en-zh", "en-es"))
    for target in ("zh", "es"):
        read = gathering.read(project, both, gathering.find_chapters(project, both), f"en-{target}")
        assert {chapter.target_language for chapter in read.chapters} == {target}
    assert {p.target_language for p in chapter_pairs(config(targets=("es",))).pairs} == {"es"}


def test_an_unknown_article_is_told_with_the_nearest_name(project):
    with pytest.raises(DeskError, match=r"There is no chapter “05-post-editting” to hold out. Did you mean “05-post-e"):
        gather(project, config(hold_out=("05-post-editting",)))


def test_two_folders_of_other_names(tmp_path, project):
    for code in ("en", "zh"):
        shutil.copytree(SAMPLE / code, tmp_path / f"text-{code}")
    (tmp_path / "text-zh" / "01-why-translate.md").unlink()
    folders = tmp_path / "text-en", tmp_path / "text-zh"
    gathered = gather(project, config(folder=None, folders=folders))
    assert len(gathered.included) == 3
    assert "01-why-translate.md has no partner" in str(gathered.problems[0])
    with pytest.raises(DeskError, match=r"There is no folder .*nowhere"):
        chapter_pairs(config(folder=None, folders=(tmp_path / "nowhere", folders[1])))


def test_a_chapter_that_cannot_be_read_leaves_the_rest(tmp_path, project):
    shutil.copytree(SAMPLE, tmp_path / "book")
    (tmp_path / "book" / "zh" / "01-why-translate.md").write_bytes("翻译".encode("gbk"))
    gathered = gather(project, config(folder=tmp_path / "book"))
    assert len(gathered.included) == 3
    assert "is not UTF-8" in str(gathered.problems[0])


def test_no_chapters_at_all(tmp_path, project):
    (tmp_path / "empty").mkdir()
    with pytest.raises(DeskError, match="No chapters were found"):
        gather(project, config(folder=tmp_path / "empty"))
