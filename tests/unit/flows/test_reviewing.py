"""What stands beside the translator's text, and the chapter that comes of it."""

import pytest
from hypothesis import given

from amts_desk.core.amazon import Run
from amts_desk.core.errors import DeskError
from amts_desk.core.review import Decision, DecisionState
from amts_desk.core.splice import Splice
from amts_desk.flows.reviewing import beside, finished_chapter, marks, references
from amts_desk.steps.read.files import read_document
from amts_desk.store.project import Project
from tests.unit.core.chapters import aligned, alignments, document

ENGLISH = "# Title\r\n\r\nOne. Two\r\nand a half.\r\n\r\n```\r\ncode\r\n```\r\n"
SPANISH = "# Título\n\nUno. Dos y medio.\n"


def test_each_block_has_the_sentences_its_beads_pair_with_it_in_order():
    beads = aligned([(1, 1), (1, 2), (1, 0), (0, 1), (2, 1)], source_blocks=[0, 0, 1, 1, 2])
    assert references(beads, document(["t"], "zh")) == {0: "t0t1t2", 1: "t4", 2: "t4"}
    assert references(beads, document(["t"], "en")) == {0: "t0 t1 t2", 1: "t4", 2: "t4"}


def test_beads_are_read_backwards_for_the_other_direction():
    beads = aligned([(1, 1), (2, 1), (1, 0), (0, 1)], target_blocks=[0, 0, 1])
    assert references(beads, document(["s"], "en"), reverse=True) == {0: "s0 s1 s2"}


@given(alignments())
def test_every_paired_sentence_stands_somewhere_and_no_other(beads):
    found = references(beads, document(["t"], "en"))
    paired = {s.text for bead in beads if bead.source for s in bead.target}
    assert {word for text in found.values() for word in text.split()} == paired
    swapped = [type(bead)(bead.target, bead.source) for bead in beads]
    assert references(swapped, document(["t"], "en"), reverse=True) == found


def test_marks_are_made_where_there_is_a_reference():
    found = marks({0: "one two", 1: "alone", 2: "nothing"}, {0: "one two three", 2: ""}, "en")
    assert set(found) == {0}
    assert all(mark.order > 0 for mark in found[0])


@pytest.fixture
def project(tmp_path):
    with Project.open(tmp_path / "p.amts", create=True) as opened:
        yield opened


@pytest.fixture
def chapter(project):
    source = read_document("a.md", b"\xef\xbb\xbf" + ENGLISH.encode(), "en")
    return project.chapters.add("a", source, read_document("b.md", SPANISH.encode(), "es"))


def decide(project, chapter, direction, *decisions):
    project.tracks.splice(project.tracks.review(chapter, direction), Splice(0, (), decisions), "Decide")


def test_without_a_run_only_the_references_stand_beside(project, chapter):
    project.tracks.splice(
        project.tracks.alignment(chapter),
        Splice(0, (), tuple(aligned([(1, 1), (2, 2)], source_blocks=[0, 1, 1]))),
        "Align",
    )
    there = beside(project, chapter, "en-es", None)
    assert (there.source_language, there.target_language) == ("en", "es")
    assert there.references == {0: "t0", 1: "t1 t2"}
    assert (there.machine, there.marks) == ({}, {})
    back = beside(project, chapter, "es-en", None)
    assert back.references == {0: "s0", 1: "s1 s2", 2: "s1 s2"}


def test_a_runs_output_is_marked_against_the_references(project, chapter):
    beads = aligned([(1, 1), (2, 2)], source_blocks=[0, 1, 1], target_texts=["Título", "Uno.", "Dos."])
    project.tracks.splice(project.tracks.alignment(chapter), Splice(0, (), tuple(beads)), "Align")
    run = project.runs.add_run(Run("k", "n", "none", "en", "es", "t", "i", "o", (chapter.id,)))
    project.runs.store_output(run, {chapter.id: ("sha", {0: "Título", 1: "Una cosa."})})
    seen = beside(project, chapter, "en-es", run)
    assert seen.machine == {0: "Título", 1: "Una cosa."}
    assert [mark.order for mark in seen.marks[0]] == [1]
    assert set(seen.marks) == {0, 1}


def test_a_finished_chapter_keeps_everything_that_has_no_translation(project, chapter):
    with pytest.raises(DeskError, match=r"a has no translation yet.*Take the machine output"):
        finished_chapter(project, chapter, "en-es")
    decide(project, chapter, "en-es", Decision(0, "Title", "Título", DecisionState.OPEN), Decision(1, "One.", " "))
    wanted = "\ufeff" + ENGLISH.replace("Title", "Título")
    assert finished_chapter(project, chapter, "en-es") == wanted.encode()


def test_the_other_direction_is_written_into_the_other_file(project, chapter):
    decide(project, chapter, "es-en", Decision(1, "Uno. Dos y medio.", "One. Two.", DecisionState.CONFIRMED))
    assert finished_chapter(project, chapter, "es-en") == "# Título\n\nOne. Two.\n".encode()


def test_a_decision_goes_to_its_own_block_whatever_edition_it_was_made_on(project, chapter):
    """After a re-reading was undone, the decisions may still have the numbers of the other edition."""
    decide(
        project,
        chapter,
        "es-en",
        Decision(0, "Antes."),
        Decision(1, "Título", "Title"),
        Decision(2, "Uno. Dos y medio.", "One."),
    )
    assert finished_chapter(project, chapter, "es-en") == b"# Title\n\nOne.\n"
