"""Aligning again keeps whatever a person has said, typed, cut, swapped or dropped."""

import pytest

from amts_desk.core import edits
from amts_desk.core.knots import knots
from amts_desk.flows.aligning import align_chapters, realign
from amts_desk.flows.importing import import_chapters
from amts_desk.steps.read.pairing import find_pairs
from amts_desk.store.project import Project
from tests.unit.flows.test_aligning import SAMPLE


@pytest.fixture(scope="module")
def aligned(tmp_path_factory):
    path = tmp_path_factory.mktemp("edited") / "p.amts"
    with Project.open(path, create=True) as project:
        import_chapters(project, [p for p in find_pairs([SAMPLE], "en", "zh").pairs if p.name.startswith("02")])
        align_chapters(project, project.chapters.all())
    return path.read_bytes()


@pytest.mark.parametrize("all_of_it", [True, False])
def test_what_was_edited_stays_when_aligned_again(aligned, tmp_path, all_of_it):
    path = tmp_path / "p.amts"
    path.write_bytes(aligned)
    with Project.open(path) as project:
        chapter = project.chapters.all()[0]
        track = project.tracks.alignment(chapter)

        def do(make):
            project.tracks.splice(track, make(project.tracks.rows(track)), "Edit")

        first = project.tracks.rows(track)[10].source[0]
        do(lambda rows: edits.swap(rows, 20, "target"))
        do(lambda rows: edits.split_at(rows, 10, (0, len(first.text) // 2), (1, 0)))
        do(lambda rows: edits.retype(rows, 5, [s.text + "!" for s in rows[5].source], [s.text for s in rows[5].target]))
        do(lambda rows: edits.pin(rows, [2]))
        do(lambda rows: edits.drop(rows, [3]))
        do(lambda rows: edits.insert_empty(8))
        do(lambda rows: edits.bookmark(rows, [15]))
        before = project.tracks.rows(track)
        held = [*before[2:4], before[5], *before[11:13], *before[22:24]]
        if all_of_it:
            align_chapters(project, [chapter])
            after = project.tracks.rows(track)
        else:
            after = list(before)
            realign(project, chapter, range(len(before))).apply(after)
        assert all(bead in after for bead in held)
        for side in ("source", "target"):
            assert [s for k in knots(after) for s in getattr(k, side)] == [
                s for k in knots(before) for s in getattr(k, side)
            ]


def test_aligning_some_beads_again_leaves_the_others_alone_even_empty_ones(aligned, tmp_path):
    path = tmp_path / "p.amts"
    path.write_bytes(aligned)
    with Project.open(path) as project:
        chapter = project.chapters.all()[0]
        track = project.tracks.alignment(chapter)
        for make in (lambda rows: edits.insert_empty(30), lambda rows: edits.merge(rows, 10, 13)):
            project.tracks.splice(track, make(project.tracks.rows(track)), "Edit")
        project.tracks.splice(track, edits.insert_empty(2), "Edit")
        before = project.tracks.rows(track)
        splice = realign(project, chapter, range(11, 13))
        assert splice.start >= 11
        assert splice.start + len(splice.old) <= 13
        assert len(splice.new) > len(splice.old)
        after = list(before)
        splice.apply(after)
        assert sum(bead.shape == "0-0" for bead in after) == 2
        assert [s for bead in after for s in bead.source] == [s for bead in before for s in bead.source]
