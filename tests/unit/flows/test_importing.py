"""Bringing chapters in, and reading them again when their files have changed."""

import pytest

from amts_desk.core import edits
from amts_desk.core.alignment import Bead, BeadState, Sentence
from amts_desk.core.errors import Cancelled, DeskError
from amts_desk.core.options import Options, Rules
from amts_desk.core.review import Decision, DecisionState
from amts_desk.core.splice import Splice
from amts_desk.flows.importing import import_chapters
from amts_desk.steps.read import markdown
from amts_desk.steps.read.pairing import ChapterPair
from amts_desk.store.project import Project


@pytest.fixture
def project(tmp_path):
    with Project.open(tmp_path / "p.amts", create=True) as opened:
        yield opened


@pytest.fixture
def pair(tmp_path):
    """Write a chapter of three sentences and return its pair."""
    pair = ChapterPair("a", tmp_path / "a_origin.md", tmp_path / "a.md", "en", "es")
    pair.source.write_text("One. Two. Three.", encoding="utf-8")
    pair.target.write_text("Uno. Dos. Tres.", encoding="utf-8")
    return pair


def align(project, chapter):
    """Align sentence with sentence and confirm every bead."""
    source, target = project.chapters.documents(chapter)
    beads = tuple(
        Bead((Sentence(i, s.block, s.text),), (Sentence(i, t.block, t.text),))
        for i, (s, t) in enumerate(zip(source.sentences, target.sentences, strict=True))
    )
    track = project.tracks.alignment(chapter)
    project.tracks.splice(track, Splice(0, (), beads), "Align")
    project.tracks.splice(track, edits.confirm(beads, range(len(beads))), "Confirm")
    return track


def test_a_new_chapter_is_brought_in_once(project, pair):
    told = []
    first = import_chapters(project, [pair], lambda *step: told.append(step))
    assert [chapter.name for chapter in first.new] == ["a"]
    assert (first.unchanged, first.problems) == (0, ())
    assert list(dict.fromkeys(told)) == [(0, 1, "a"), (1, 1, "")]
    again = import_chapters(project, [pair])
    assert (again.readings, again.unchanged, again.problems) == ((), 1, ())
    assert len(project.chapters.all()) == 1


def test_a_pair_that_cannot_be_read_is_a_problem_of_its_own(project, pair, tmp_path):
    binary = tmp_path / "b.md"
    binary.write_bytes(b"\0\1")
    bad = ChapterPair("b", pair.source, binary, "en", "es")
    gone = ChapterPair("c", pair.source, tmp_path / "c.md", "en", "es")
    found = import_chapters(project, [bad, pair, gone])
    assert [chapter.name for chapter in found.new] == ["a"]
    assert [isinstance(problem, DeskError) for problem in found.problems] == [True, True]
    assert "b.md is not a text file" in found.problems[0].message


def test_a_changed_file_keeps_what_is_unchanged_and_one_undo_takes_it_back(project, pair):
    (chapter,) = import_chapters(project, [pair]).new
    track = align(project, chapter)
    before = project.tracks.rows(track)
    pair.source.write_text("One. Two changed. Three.", encoding="utf-8")
    (reading,) = import_chapters(project, [pair]).readings
    assert (reading.is_new, reading.rows) == (False, (1,))
    rows = project.tracks.rows(track)
    assert [bead.state for bead in rows] == [BeadState.CONFIRMED, BeadState.REVIEW, BeadState.CONFIRMED]
    assert rows[1].source[0].text == "Two changed."
    assert project.chapters.documents(project.chapters.get(chapter.id))[0].text == "One. Two changed. Three."
    project.tracks.undo(track)
    assert project.tracks.rows(track) == before
    assert project.chapters.documents(project.chapters.get(chapter.id))[0].text == "One. Two. Three."


def test_a_chapter_that_was_never_aligned_is_read_again_and_stays_unaligned(project, pair):
    (chapter,) = import_chapters(project, [pair]).new
    pair.target.write_text("Uno. Dos.", encoding="utf-8")
    (reading,) = import_chapters(project, [pair]).readings
    assert reading.rows == ()
    assert project.tracks.rows(project.tracks.alignment(chapter)) == []
    assert project.chapters.documents(project.chapters.get(chapter.id))[1].text == "Uno. Dos."


def test_decisions_about_unchanged_blocks_stay_in_both_directions(project, pair):
    pair.source.write_text("One.\n\nTwo.", encoding="utf-8")
    pair.target.write_text("Uno.\n\nDos.", encoding="utf-8")
    (chapter,) = import_chapters(project, [pair]).new
    for direction, texts in (("en-es", ("One.", "Two.")), ("es-en", ("Uno.", "Dos."))):
        decisions = tuple(Decision(i, text, f"my {text}", DecisionState.CONFIRMED) for i, text in enumerate(texts))
        project.tracks.splice(project.tracks.review(chapter, direction), Splice(0, (), decisions), "Decide")
    pair.source.write_text("New.\n\nTwo.", encoding="utf-8")
    pair.target.write_text("Dos.", encoding="utf-8")
    import_chapters(project, [pair])
    there = project.tracks.rows(project.tracks.review(chapter, "en-es"))
    back = project.tracks.rows(project.tracks.review(chapter, "es-en"))
    assert there == [Decision(0, "New."), Decision(1, "Two.", "my Two.", DecisionState.CONFIRMED)]
    assert back == [Decision(0, "Dos.", "my Dos.", DecisionState.CONFIRMED)]


def test_a_damaged_chapter_is_read_as_far_as_it_goes_and_the_line_is_named(tmp_path):
    source, target = tmp_path / "a_origin.md", tmp_path / "a.md"
    source.write_text("# A Title\n\nThe text of it is here.\n\n```python\nx = 1\n", "utf-8")
    target.write_text("# 标题\n\n正文在这里。\n", "utf-8")
    pair = ChapterPair("a", source, target, "en", "zh")
    with Project.open(tmp_path / "b.amts", create=True) as project:
        imported = import_chapters(project, [pair])
        assert [chapter.name for chapter in imported.new] == ["a"]
    assert len(imported.problems) == 1
    assert "line 5 is not closed" in str(imported.problems[0])


def test_reading_one_long_chapter_can_be_stopped(tmp_path):
    source, target = tmp_path / "a_origin.md", tmp_path / "a.md"
    source.write_text("# Ein Titel\n\n" + "Das ist der Text. Er ist lang. " * 50, "utf-8")
    target.write_text("# A Title\n\nThe text of it is here.\n", "utf-8")
    calls = []

    def stop(done, total, note="", /):
        calls.append(note)
        if len(calls) > 1:
            raise Cancelled

    with Project.open(tmp_path / "b.amts", create=True) as project:
        with pytest.raises(Cancelled):
            import_chapters(project, [ChapterPair("a", source, target, "de", "en")], stop)
        assert project.chapters.all() == []
    assert calls == ["a", "a"]


CODE = "```python\nx = 1  # one thing\n```\n"


def test_other_options_read_a_chapter_again_and_keep_what_is_unchanged(project, tmp_path):
    pair = ChapterPair("a", tmp_path / "a_origin.md", tmp_path / "a.md", "en", "zh")
    pair.source.write_text("One; two.\n\nThree.\n", encoding="utf-8")
    pair.target.write_text("一；二。\n\n三。\n", encoding="utf-8")
    (chapter,) = import_chapters(project, [pair]).new
    track = align(project, chapter)
    before = project.tracks.rows(track)
    project.set_options(Options(columns=80, latin_spaces=True))
    assert import_chapters(project, [pair]).unchanged == 1
    assert project.tracks.rows(track) == before
    project.set_options(Options(semicolon=True))
    assert project.tracks.rows(track) == before
    (reading,) = import_chapters(project, [pair]).readings
    assert reading.rows == (0,)
    rows = project.tracks.rows(track)
    assert [bead.is_confirmed for bead in rows] == [False, True]
    assert [sentence.text for sentence in rows[0].target] == ["一；", "二。"]
    assert import_chapters(project, [pair]).unchanged == 1
    project.tracks.undo(track)
    assert project.tracks.rows(track) == before
    assert not any(d.rules.semicolon for d in project.chapters.documents(project.chapters.get(chapter.id)))


def test_comments_are_text_when_the_project_says_so_and_make_another_edition(project, pair):
    pair.source.write_text(f"One.\n\n{CODE}\nTwo.\n", encoding="utf-8")
    (chapter,) = import_chapters(project, [pair]).new
    before, _ = project.chapters.documents(chapter)
    project.set_options(Options(comments=True))
    import_chapters(project, [pair])
    after, target = project.chapters.documents(project.chapters.get(chapter.id))
    assert [block.text for block in after.blocks] == ["One.", "one thing", "Two."]
    # The output of a run is stored by block: it must not be taken for one of these blocks.
    assert before.sha256 == after.sha256
    assert before.edition != after.edition
    assert target.rules == Rules(comments=True)


def test_a_chapter_that_this_program_reads_otherwise_is_read_again(project, pair, monkeypatch):
    pair.source.write_text("One.\n\n<p>Two.</p>\n", encoding="utf-8")
    with monkeypatch.context() as older:
        older.setattr(markdown, "html_pieces", lambda _: ())
        (chapter,) = import_chapters(project, [pair]).new
        assert import_chapters(project, [pair]).unchanged == 1
    before, _ = project.chapters.documents(chapter)
    (reading,) = import_chapters(project, [pair]).readings
    after, _ = project.chapters.documents(project.chapters.get(chapter.id))
    assert [block.text for block in before.blocks] == ["One."]
    assert [block.text for block in after.blocks] == ["One.", "Two."]
    assert (reading.is_new, before.sha256 == after.sha256, before.edition == after.edition) == (False, True, False)


def test_a_chapter_that_was_only_moved_is_unchanged(project, pair, tmp_path):
    import_chapters(project, [pair])
    moved = ChapterPair("a", pair.source.rename(tmp_path / "b_origin.md"), pair.target, "en", "es")
    assert import_chapters(project, [moved]).unchanged == 1
