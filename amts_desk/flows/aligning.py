"""Align chapters of a project and store the beads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from amts_desk.core.alignment import Bead
from amts_desk.core.progress import Progress, silent
from amts_desk.core.splice import difference
from amts_desk.steps.align.aligner import align
from amts_desk.steps.align.beads import to_beads
from amts_desk.steps.align.links import Link, Texts
from amts_desk.store.chapters import Chapter
from amts_desk.store.places import cache_folder
from amts_desk.store.project import Project


def align_chapters(
    project: Project, chapters: Sequence[Chapter], progress: Progress = silent, *, company: Sequence[Chapter] = ()
) -> int:
    """Align the chapters anew, sharing what is learned among those of one language pair; returns the bead count.

    The `company` is read for its words as well, but its own beads stay as they are. The result of each chapter is one
    step of its history, which undo takes back.
    """
    wanted = {chapter.id for chapter in chapters}
    everyone = {chapter.id: chapter for chapter in (*company, *chapters)}
    count = 0
    for pair, group in _by_languages(everyone.values()):
        if wanted.isdisjoint(chapter.id for chapter in group):
            continue
        documents = [project.chapters.documents(chapter) for chapter in group]
        texts = [
            Texts(tuple(s.text for s in source.sentences), tuple(s.text for s in target.sentences))
            for source, target in documents
        ]
        found = align_texts(texts, pair, progress=progress)
        for chapter, sides, links in zip(group, documents, found, strict=True):
            if chapter.id in wanted:
                count += _store(project, chapter, to_beads(*sides, links))
    return count


def align_texts(
    texts: Sequence[Texts], languages: tuple[str, str], *, shared: bool = True, progress: Progress = silent
) -> list[list[Link]]:
    """Return the links of every chapter (see `steps.align.aligner`), dictionaries and kernels kept in our cache."""
    from amts_desk.steps.align.words import use_cache

    use_cache(cache_folder())
    return align(texts, *languages, shared=shared, progress=progress)


def unaligned(project: Project) -> list[Chapter]:
    """Return the chapters that have no beads yet."""
    return [row.chapter for row in project.chapters.rows() if not row.beads]


def _by_languages(chapters: Iterable[Chapter]) -> Iterator[tuple[tuple[str, str], list[Chapter]]]:
    def languages(chapter: Chapter) -> tuple[str, str]:
        return chapter.source_language, chapter.target_language

    for pair, group in groupby(sorted(chapters, key=languages), key=languages):
        yield pair, list(group)


def _store(project: Project, chapter: Chapter, beads: tuple[Bead, ...]) -> int:
    track = project.tracks.alignment(chapter)
    splice = difference(tuple(project.tracks.rows(track)), beads)
    if splice.old or splice.new:
        project.tracks.splice(track, splice, "Align")
    return len(beads)
