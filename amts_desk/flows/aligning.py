"""Align chapters of a project and store the beads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from amts_desk.core.alignment import Bead
from amts_desk.core.errors import DeskError
from amts_desk.core.progress import Progress, silent
from amts_desk.core.splice import Splice, difference
from amts_desk.steps.align.aligner import align
from amts_desk.steps.align.beads import pins_of, side_text, texts_of, to_beads
from amts_desk.steps.align.links import Alignment, Entry, Knowledge, Texts
from amts_desk.store.chapters import Chapter
from amts_desk.store.places import cache_folder
from amts_desk.store.project import Project

if TYPE_CHECKING:
    from amts_desk.steps.align.meaning import Encoder

_MOST_WORDS = 200_000
"""Words that a project remembers of a pair of languages: those of about ten books."""

Languages = tuple[str, str]


def align_chapters(project: Project, chapters: Sequence[Chapter], progress: Progress = silent) -> int:
    """Align the chapters anew, sharing what is learned among those of one language pair; returns the bead count.

    Confirmed beads stay as they are, and teach with weight, as those of all other chapters do. What was learned is
    remembered for the next time. The result of each chapter is one step of its history, which undo takes back.
    """
    count = 0
    for pair, group in _by_languages(chapters):
        sides = [project.chapters.documents(chapter) for chapter in group]
        rows = [tuple(project.tracks.rows(project.tracks.alignment(chapter))) for chapter in group]
        texts = [
            texts_of(*both, pins_of(beads, *both, range(len(beads)))) for both, beads in zip(sides, rows, strict=True)
        ]
        found = _align(project, group, texts, pair, progress)
        with project.transaction():  # broken off here, all are aligned again, with the same result
            for chapter, both, links, beads in zip(group, sides, found.links, rows, strict=True):
                new = to_beads(*both, links, kept=beads)
                _store(project, chapter, difference(beads, new))
                count += len(new)
            project.lexicons.write(pair, _remembered(project.lexicons.read(pair), found.words))
    return count


def realign(project: Project, chapter: Chapter, rows: range, progress: Progress = silent) -> Splice[Bead]:
    """Return the splice that aligns the beads of some rows anew between those around them; nothing is stored.

    Confirmed beads among them stay. Raises DeskError when the chapter's files were read again since.
    """
    both = project.chapters.documents(chapter)
    beads = tuple(project.tracks.rows(project.tracks.alignment(chapter)))
    pins = pins_of(beads, *both, rows)
    if beads and not pins and len(rows) < len(beads):
        raise DeskError(f"The beads of {chapter.name} are of an earlier edition.", "Align the whole chapter.")
    pair = chapter.source_language, chapter.target_language
    (links,) = _align(project, [chapter], [texts_of(*both, pins)], pair, progress).links
    return difference(beads, to_beads(*both, links, kept=beads))


@dataclass(frozen=True, slots=True)
class Means:
    """What an alignment may use besides the texts: a dictionary, the encoder that comes along, or one of that name."""

    dictionary: bool = True
    encoder: bool = True
    model: str | None = None


def align_texts(
    texts: Sequence[Texts],
    languages: Languages,
    *,
    shared: bool = True,
    knowledge: Knowledge | None = None,
    means: Means | None = None,
    progress: Progress = silent,
) -> Alignment:
    """Return what `steps.align.aligner` finds, dictionaries and kernels kept in our cache.

    Raises DeskError as it does, and when the named encoder cannot be loaded.
    """
    from amts_desk.steps.align.words import use_cache

    use_cache(cache_folder())
    means = means or Means()
    return align(
        texts,
        *languages,
        shared=shared,
        use_dictionary=means.dictionary,
        knowledge=knowledge,
        encoder=_encoder(means.model) if means.model else None,
        use_encoder=means.encoder,
        progress=progress,
    )


def _encoder(name: str) -> Encoder:
    from amts_desk.steps.align.encoders import Transformer

    return Transformer(name)


def warm(progress: Progress = silent) -> None:
    """Compile the aligner's kernels unless they were compiled before, so that the first alignment need not wait."""
    from amts_desk.steps.align.compiled import are_kernels_kept
    from amts_desk.steps.align.words import use_cache

    use_cache(cache_folder())
    if not are_kernels_kept():
        align_texts([Texts(("One.", "Two."), ("一。", "二。"))], ("en", "zh"), progress=progress)


def unaligned(project: Project) -> list[Chapter]:
    """Return the chapters that have no beads yet."""
    return [row.chapter for row in project.chapters.rows() if not row.beads]


def _align(
    project: Project, chapters: Sequence[Chapter], texts: Sequence[Texts], languages: Languages, progress: Progress
) -> Alignment:
    """Align with what the project knows."""
    confirmed = tuple(
        (side_text(bead.source, languages[0]), side_text(bead.target, languages[1]))
        for bead in project.tracks.confirmed(languages, without=[chapter.id for chapter in chapters])
        if bead.source and bead.target
    )
    knowledge = Knowledge(confirmed, project.lexicons.read(languages))
    return align_texts(texts, languages, knowledge=knowledge, progress=progress)


def _remembered(earlier: Iterable[Entry], learned: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return what was known with what was learned in its place; of too many words the surest."""
    weights = {(source, target): weight for words in (earlier, learned) for source, target, weight in words}
    surest = sorted(weights.items(), key=lambda entry: -entry[1])[:_MOST_WORDS]
    return tuple((source, target, weight) for (source, target), weight in surest)


def _by_languages(chapters: Iterable[Chapter]) -> Iterator[tuple[Languages, list[Chapter]]]:
    def languages(chapter: Chapter) -> Languages:
        return chapter.source_language, chapter.target_language

    for pair, group in groupby(sorted(chapters, key=languages), key=languages):
        yield pair, list(group)


def _store(project: Project, chapter: Chapter, splice: Splice[Bead]) -> None:
    if splice.old or splice.new:
        project.tracks.splice(project.tracks.alignment(chapter), splice, "Align")
