from dataclasses import replace
from pathlib import Path

import pytest

from amts_desk.core.edits import confirm, merge, move
from amts_desk.core.errors import DeskError
from amts_desk.core.splice import Splice
from amts_desk.flows import aligning
from amts_desk.flows.aligning import align_chapters, realign
from amts_desk.flows.importing import import_chapters
from amts_desk.steps.read.pairing import find_pairs
from amts_desk.store.project import Project

SAMPLE = Path(__file__).parents[3] / "resources" / "sample"


@pytest.fixture(scope="module")
def aligned(tmp_path_factory):
    """Two chapters of the sample book, aligned."""
    path = tmp_path_factory.mktemp("aligned") / "p.amts"
    with Project.open(path, create=True) as project:
        pairs = [p for p in find_pairs([SAMPLE], "en", "zh").pairs if p.name[:2] in ("02", "04")]
        import_chapters(project, pairs)
        align_chapters(project, project.chapters.all())
    return path.read_bytes()


@pytest.fixture
def project(aligned, tmp_path):
    path = tmp_path / "p.amts"
    path.write_bytes(aligned)
    with Project.open(path) as opened:
        yield opened


def chapter_of(project):
    chapter = project.chapters.all()[0]
    return chapter, project.tracks.alignment(chapter)


def test_confirmed_beads_stay_when_the_chapter_is_aligned_again(project):
    chapter, track = chapter_of(project)
    project.tracks.splice(track, merge(project.tracks.rows(track), 5, 6), "Merge")
    project.tracks.splice(track, confirm(project.tracks.rows(track), [5]), "Confirm")
    kept = project.tracks.rows(track)[5]
    align_chapters(project, [chapter])
    assert kept in project.tracks.rows(track)


def test_range_is_aligned_again_and_nothing_else(project):
    chapter, track = chapter_of(project)
    right = project.tracks.rows(track)
    for row in (10, 12, 14):
        project.tracks.splice(track, move(project.tracks.rows(track), row, "target", down=True), "Move")
    wrong = project.tracks.rows(track)
    assert wrong != right
    splice = realign(project, chapter, range(8, 18))
    assert project.tracks.rows(track) == wrong  # nothing is stored
    rows = list(wrong)
    splice.apply(rows)
    assert 8 <= splice.start < splice.start + len(splice.old) <= 18
    assert [(b.source, b.target) for b in rows] == [(b.source, b.target) for b in right]


def test_beads_of_another_edition_hold_nothing(project):
    chapter, track = chapter_of(project)
    rows = project.tracks.rows(track)
    project.tracks.splice(track, Splice(3, (rows[3],), (replace(rows[3], source=()),)), "Lose a sentence")
    with pytest.raises(DeskError, match="earlier edition"):
        realign(project, chapter, range(8, 18))


def test_project_remembers_words_for_the_next_chapter(project):
    words = {(source, target): weight for source, target, weight in project.lexicons.read(("en", "zh"))}
    assert words["sentenc", "句子"] > 0.2
    assert project.lexicons.read(("zh", "en")) == ()


def test_broken_off_while_it_is_stored_nothing_is(project, monkeypatch):
    chapters = project.chapters.all()
    for chapter in chapters:
        project.tracks.undo(project.tracks.alignment(chapter))
    before = project.lexicons.read(("en", "zh"))
    stored = []
    splice = project.tracks.splice

    def dies(*arguments):
        if stored:
            raise KeyboardInterrupt
        stored.append(arguments)
        splice(*arguments)

    monkeypatch.setattr(project.tracks, "splice", dies)
    with pytest.raises(KeyboardInterrupt):
        align_chapters(project, chapters)
    assert len(stored) == 1
    assert [project.tracks.rows(project.tracks.alignment(chapter)) for chapter in chapters] == [[], []]
    assert project.lexicons.read(("en", "zh")) == before


@pytest.mark.parametrize(("kept", "expected"), [(True, []), (False, [("en", "zh")])])
def test_kernels_are_compiled_once(monkeypatch, kept, expected):
    asked = []
    monkeypatch.setattr("amts_desk.steps.align.compiled.are_kernels_kept", lambda: kept)
    monkeypatch.setattr(aligning, "align_texts", lambda texts, languages, **options: asked.append(languages))
    aligning.warm()
    assert asked == expected
