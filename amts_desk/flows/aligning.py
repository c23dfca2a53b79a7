"""Align chapters of a project and store the beads."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from amts_desk.core.progress import Progress, silent
from amts_desk.core.splice import difference
from amts_desk.store.chapters import Chapter
from amts_desk.store.project import Project


def align_chapters(project: Project, chapters: Sequence[Chapter], progress: Progress = silent) -> int:
    """Align the chapters anew, sharing what is learned among those of one language pair; returns the bead count.

    The result of each chapter is one step of its history, which undo takes back.
    """
    from amts_desk.steps.align.aligner import Texts, align
    from amts_desk.steps.align.beads import to_beads

    def languages(chapter: Chapter) -> tuple[str, str]:
        return chapter.source_language, chapter.target_language

    count = 0
    for pair, company in groupby(sorted(chapters, key=languages), key=languages):
        group = list(company)
        documents = [project.chapters.documents(chapter) for chapter in group]
        texts = [
            Texts(tuple(s.text for s in source.sentences), tuple(s.text for s in target.sentences))
            for source, target in documents
        ]
        for chapter, (source, target), links in zip(
            group, documents, align(texts, *pair, progress=progress), strict=True
        ):
            track = project.tracks.alignment(chapter)
            beads = to_beads(source, target, links)
            splice = difference(tuple(project.tracks.rows(track)), beads)
            if splice.old or splice.new:
                project.tracks.splice(track, splice, "Align")
            count += len(beads)
    return count


def unaligned(project: Project) -> list[Chapter]:
    """Return the chapters that have no beads yet."""
    return [row.chapter for row in project.chapters.rows() if not row.beads]
