"""Projects for GUI tests, made of a few sentences of our own."""

from amts_desk.core.alignment import Bead, Sentence
from amts_desk.core.amazon import JobStatus, Run
from amts_desk.core.splice import Splice
from amts_desk.steps.read.files import read_document

ENGLISH = "# Pairs\n\nA pair has two sides. It is short.\n\nEvery pair counts. Confirm it.\n"
CHINESE = "# 句对\n\n一对有两边。它很短。\n\n每一对都算数。确认它。\n"


def make_project(session, tmp_path, *, name="book"):
    """Open a project with one aligned chapter in the session and return the chapter."""
    session.open_project(tmp_path / f"{name}.amts", create=True)
    source = read_document("pairs_origin.md", ENGLISH.encode(), "en")
    target = read_document("pairs.md", CHINESE.encode(), "zh")
    chapter = session.project.chapters.add("pairs", source, target)
    beads = tuple(
        Bead((Sentence(i, s.block, s.text),), (Sentence(i, t.block, t.text),), confidence=0.99 - 0.2 * i)
        for i, (s, t) in enumerate(zip(source.sentences, target.sentences, strict=True))
    )
    session.project.tracks.splice(session.project.tracks.alignment(chapter), Splice(0, (), beads), "Align")
    session.chapters_changed.emit()
    return chapter


def add_run(session, chapter, arm="none", texts=None):
    """Store a fetched run with its output for the chapter and return it."""
    run = session.project.runs.add_run(
        Run(f"key-{arm}", f"run-{arm}", arm, "en", "zh", f"token-{arm}", "s3://b/i/", "s3://b/o/", (chapter.id,))
    )
    from dataclasses import replace

    run = replace(run, job_id=f"job-{arm}", status=JobStatus.COMPLETED)
    session.project.runs.update_run(run)
    source, _ = session.project.chapters.documents(chapter)
    texts = texts or {0: "句对", 1: "一对有两面。它很短。", 2: "每一对都重要。确认它。"}
    fetched = session.project.runs.store_output(run, {chapter.id: (source.edition, texts)})
    session.amazon.runs_changed.emit()
    return fetched
