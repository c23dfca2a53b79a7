"""A dropped bead never goes to Amazon, whatever is chosen, and the reason is told."""

import pytest

from amts_desk.core import edits
from amts_desk.core.alignment import Bead, Sentence
from amts_desk.core.splice import Splice
from amts_desk.flows.pushing import Selection, prepare
from amts_desk.steps.read.files import read_document
from amts_desk.store.project import Project


@pytest.fixture
def project(tmp_path):
    with Project.open(tmp_path / "p.amts", create=True) as made:
        source = read_document("a.md", b"One.\n\nTwo.\n\nThree.\n", "en")
        target = read_document("b.md", "一。\n\n二。\n\n三。\n".encode(), "zh")
        track = made.tracks.alignment(made.chapters.add("a", source, target))
        beads = tuple(
            Bead((Sentence(i, i, s.text),), (Sentence(i, i, t.text),))
            for i, (s, t) in enumerate(zip(source.sentences, target.sentences, strict=True))
        )
        made.tracks.splice(track, Splice(0, (), beads), "Align")
        yield made


@pytest.mark.parametrize("unit", ["sentence", "paragraph"])
@pytest.mark.parametrize("codes", [("en", "zh"), ("zh", "en")])
def test_a_dropped_bead_is_not_sent_and_is_listed(project, unit, codes):
    chapter = project.chapters.all()[0]
    track = project.tracks.alignment(chapter)
    selection = Selection((chapter,), unit, *codes)
    project.tracks.splice(track, edits.drop(project.tracks.rows(track), [1]), "Drop")
    prepared = prepare(project, selection)
    left_out = [record for record in map(prepared.draft.record, range(3)) if not record.is_sent]
    assert [pair.source for pair in prepared.pairs()] == (["One.", "Three."] if codes[0] == "en" else ["一。", "三。"])
    assert [(record.pair.source, record.reason) for record in left_out] == [
        ("Two." if codes[0] == "en" else "二。", "the bead was dropped in Align")
    ]
    project.tracks.splice(track, edits.drop(project.tracks.rows(track), [1], dropped=False), "Restore")
    assert prepare(project, selection).sent == 3
