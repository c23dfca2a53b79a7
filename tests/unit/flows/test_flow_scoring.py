"""Scoring by blocks: what is compared with what, and what is refused."""

from dataclasses import replace

import pytest

from amts_desk.core.alignment import Bead, Sentence
from amts_desk.core.amazon import JobStatus, Run
from amts_desk.core.errors import Cancelled, DeskError
from amts_desk.core.splice import Splice
from amts_desk.flows.scoring import LineUp, compare, segments
from amts_desk.steps.read.files import read_document
from amts_desk.store.project import Project

SOURCE = "# Drafts\n\nRead the draft. Correct it.\n\nThen stop.\n\nOnly in English.\n"
TARGET = "# 初稿\n\n阅读初稿。\n\n修改它。然后停下。\n\n只有中文。\n"


def documents():
    return read_document("a_origin.md", SOURCE.encode(), "en"), read_document("a.md", TARGET.encode(), "zh")


def beads(source, target):
    """Bind block 0 to 0, the blocks 1 and 2 to 1 and 2 crosswise, and leave the last of each side alone."""
    s = [Sentence(i, x.block, x.text) for i, x in enumerate(source.sentences)]
    t = [Sentence(i, x.block, x.text) for i, x in enumerate(target.sentences)]
    pairs = [((0,), (0,)), ((1,), (1,)), ((2,), (2,)), ((3,), (3,)), ((4,), ()), ((), (4,))]
    return [Bead(tuple(s[i] for i in a), tuple(t[j] for j in b)) for a, b in pairs]


def run(arm, number=0, **changes):
    made = Run(f"key-{arm}", f"job-{arm}", arm, "en", "zh", f"token-{arm}", "s3://b/i/", "s3://b/o/", (1,))
    return replace(made, status=JobStatus.COMPLETED, number=number, **changes)


@pytest.fixture
def project(tmp_path):
    with Project.open(tmp_path / "a.amts", create=True) as project:
        yield project


def filled(project, *, aligned=True):
    source, target = documents()
    chapter = project.chapters.add("a", source, target)
    if aligned:
        rows = tuple(beads(source, target))
        project.tracks.splice(project.tracks.alignment(chapter), Splice(0, (), rows), "Align")
    return chapter


def with_output(project, chapter, arm, texts, *, digest=None):
    source, _ = project.chapters.documents(chapter)
    kept = project.runs.add_run(run(arm))
    return project.runs.store_output(kept, {chapter.id: (digest or source.edition, texts)})


GOOD = {0: "初稿", 1: "阅读初稿。修改它。", 2: "然后停下。", 3: "只有英文。"}
BAD = {0: "草案", 1: "读草案。改正。", 2: "停。", 3: "英文。"}


def test_a_segment_holds_whole_paragraphs_of_both_sides():
    source, target = documents()
    found = segments(beads(source, target), source, target, [GOOD])
    assert [(s.source, s.reference, s.outputs) for s in found] == [
        ("Drafts", "初稿", ("初稿",)),
        ("Read the draft. Correct it. Then stop.", "阅读初稿。修改它。然后停下。", ("阅读初稿。修改它。然后停下。",)),
    ]


def test_the_other_direction_swaps_the_sides():
    source, target = documents()
    output = {0: "Drafts", 1: "Read it.", 2: "Mend it. Stop.", 3: "Chinese."}
    found = segments(beads(source, target), target, source, [output], reverse=True)
    assert [(s.source, s.reference, s.outputs) for s in found] == [
        ("初稿", "Drafts", ("Drafts",)),
        ("阅读初稿。修改它。然后停下。", "Read the draft. Correct it. Then stop.", ("Read it. Mend it. Stop.",)),
    ]


def test_a_block_that_did_not_come_back_counts_as_empty():
    source, target = documents()
    found = segments(beads(source, target), source, target, [{1: "阅读。"}])
    assert [s.outputs for s in found] == [("",), ("阅读。",)]


def test_runs_are_compared_with_the_first(project):
    chapter = filled(project)
    runs = with_output(project, chapter, "none", BAD), with_output(project, chapter, "sentence", GOOD)
    compared = compare(project, [LineUp("en", "zh", (chapter,), runs)], bootstrap=50)
    result = compared.experiment
    assert (result.articles, result.arms, result.directions) == (("a",), ("none", "sentence"), ("EN-ZH",))
    baseline, better = (result.cell("EN-ZH", "a", arm) for arm in result.arms)
    assert better.bleu == 100
    assert baseline.bleu < 50
    assert baseline.p is None
    assert better.p is not None
    assert better.n == 2
    assert result.cell("EN-ZH", "", "sentence").bleu == 100
    assert "unit:block|scope:prose|markup:kept" in result.signatures[0]
    assert compared.examples[0].outputs == (("none", "草案"), ("sentence", "初稿"))


def test_where_nothing_differs_nothing_is_significant(project):
    chapter = filled(project)
    runs = with_output(project, chapter, "none", BAD), with_output(project, chapter, "sentence", BAD)
    result = compare(project, [LineUp("en", "zh", (chapter,), runs)], bootstrap=50).experiment
    assert [result.cell("EN-ZH", article, "sentence").p for article in ("a", "")] == [None, None]


def test_an_article_that_one_arm_lacks_is_scored_for_the_others(project):
    chapter = filled(project)
    other = project.chapters.add("b", *documents())
    rows = tuple(beads(*documents()))
    project.tracks.splice(project.tracks.alignment(other), Splice(0, (), rows), "Align")
    runs = with_output(project, chapter, "none", BAD), with_output(project, chapter, "sentence", GOOD)
    both = project.runs.store_output(runs[1], {c.id: (documents()[0].edition, GOOD) for c in (chapter, other)})
    result = compare(project, [LineUp("en", "zh", (chapter, other), (runs[0], both))], bootstrap=20).experiment
    assert result.cell("EN-ZH", "b", "none") is None
    assert result.cell("EN-ZH", "b", "sentence").p is None, "there is nothing it was compared with"
    assert result.cell("EN-ZH", "", "none") is None, "an arm that lacks an article is not pooled"


def test_two_runs_of_one_arm_are_told_apart(project):
    chapter = filled(project)
    runs = tuple(with_output(project, chapter, arm, GOOD) for arm in ("x", "y"))
    same = tuple(replace(r, arm="none") for r in runs)
    line_up = LineUp("en", "zh", (chapter,), same)
    assert line_up.arms == tuple(f"none #{r.number}" for r in same)


def test_output_of_another_edition_is_out_of_date(project):
    chapter = filled(project)
    old = with_output(project, chapter, "none", BAD, digest="0" * 64)
    with pytest.raises(DeskError, match="is out of date: its source has changed"):
        compare(project, [LineUp("en", "zh", (chapter,), (old,))])


def test_without_alignment_nothing_is_scored(project):
    chapter = filled(project, aligned=False)
    made = with_output(project, chapter, "none", BAD)
    with pytest.raises(DeskError, match="is not aligned"):
        compare(project, [LineUp("en", "zh", (chapter,), (made,))])


def test_without_output_there_is_nothing_to_score(project):
    chapter = filled(project)
    planned = project.runs.add_run(run("none"))
    with pytest.raises(DeskError, match="There is no output to score in EN-ZH"):
        compare(project, [LineUp("en", "zh", (chapter,), (planned,))])


def test_scoring_tells_how_far_it_is_and_can_be_stopped(project):
    chapter = filled(project)
    made = with_output(project, chapter, "none", BAD)

    def progress(done, total, note="", /):
        assert (done, total, note) == (0, 2, "Scoring a")
        raise Cancelled

    with pytest.raises(Cancelled):
        compare(project, [LineUp("en", "zh", (chapter,), (made,))], bootstrap=0, progress=progress)
