"""Score runs against the human translation, block by block: for the experiment and for the Compare room.

A segment is a group of beads that makes up whole paragraphs on both sides: what the run made of its source blocks is
the hypothesis, the target blocks are the reference. So both sides say the same by construction, whatever the
translator did to the sentences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from amts_desk.core.alignment import Bead, BeadGroup, paragraph_groups
from amts_desk.core.amazon import Run
from amts_desk.core.document import Document
from amts_desk.core.errors import DeskError
from amts_desk.core.experiment import ArmScore, Cell, Example, Experiment, Leakage
from amts_desk.core.languages import language
from amts_desk.core.progress import Progress, silent
from amts_desk.flows.ordering import source_document
from amts_desk.steps.score.bleu import Comparison, score_systems, tokenizer_for
from amts_desk.steps.score.statistics import segment_statistics, sentence_scores
from amts_desk.store.chapters import Chapter
from amts_desk.store.project import Project

DEFINITION = {"unit": "block", "scope": "prose", "markup": "kept"}
"""What is added to sacreBLEU's signature."""
_EXAMPLES = 6
"""Segments of an article that the report shows: those that changed most."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One segment: its source, the human translation, and the output of each run in the order of the runs."""

    source: str
    reference: str
    outputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineUp:
    """Runs of one direction that stand side by side over some articles; the first is what the others are compared with.

    `tokenize` is the tokeniser, "" for that of the target language.
    """

    source_language: str
    target_language: str
    articles: tuple[Chapter, ...]
    runs: tuple[Run, ...]
    tokenize: str = ""

    @property
    def direction(self) -> str:
        """The languages as in "EN-ZH"."""
        return f"{self.source_language}-{self.target_language}".upper()

    @property
    def arms(self) -> tuple[str, ...]:
        """The names of the runs: their arms, with the number of the run where two have the same."""
        counts = Counter(run.arm for run in self.runs)
        return tuple(run.arm if counts[run.arm] == 1 else f"{run.arm} #{run.number}" for run in self.runs)


@dataclass(frozen=True, slots=True)
class Compared:
    """The scores, and the segments of every article that changed most."""

    experiment: Experiment
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class _Article:
    """An article ready to be scored: its segments, and the arms whose runs brought it back."""

    name: str
    segments: tuple[Scored, ...]
    arms: tuple[str, ...]

    def outputs(self) -> dict[str, list[str]]:
        """Return arm → its hypotheses."""
        return {arm: [segment.outputs[at] for segment in self.segments] for at, arm in enumerate(self.arms)}

    def references(self) -> list[str]:
        """Return the reference of every segment."""
        return [segment.reference for segment in self.segments]


def segments(
    beads: Sequence[Bead],
    source: Document,
    target: Document,
    outputs: Sequence[Mapping[int, str]],
    *,
    reverse: bool = False,
) -> list[Scored]:
    """Return the segments of a chapter; omissions and additions are none.

    `source` and `target` are the documents in the direction of the runs, `outputs` (source block → text) their
    translations of `source`; a block that did not come back counts as an empty text. With `reverse` the beads are read
    from target to source.
    """
    original, translated = language(source.language).join, language(target.language).join
    return [
        Scored(
            original([source.blocks[block].text for block in near]),
            translated([target.blocks[block].text for block in far]),
            tuple(translated([output.get(block, "") for block in near]) for output in outputs),
        )
        for near, far in (_sides(group, reverse=reverse) for group in paragraph_groups(beads))
        if near and far
    ]


def compare(
    project: Project,
    line_ups: Sequence[LineUp],
    *,
    bootstrap: int = 1000,
    leakage: Sequence[Leakage] = (),
    progress: Progress = silent,
) -> Compared:
    """Return the scores of every article and run, direction by direction, with interval and paired p.

    An article is scored for the runs that brought it back; all articles pooled, for the runs that brought back each.
    Raises DeskError when an output was made from another edition of its source, when an article is not aligned, or
    when there is nothing to score.
    """
    scores: list[ArmScore] = []
    pooled: list[ArmScore] = []
    signatures: list[str] = []
    examples: list[Example] = []
    for line_up in line_ups:
        articles = [_article(project, line_up, chapter) for chapter in line_up.articles]
        articles = [article for article in articles if article.arms]
        together = _together(articles, line_up)
        done = list(_compared([*articles, *together], line_up, bootstrap, progress))
        for article, comparison in zip([*articles, *together], done, strict=True):
            rows = _rows(line_up, article.name, comparison)
            (scores if article.name else pooled).extend(rows)
        signatures.append(done[-1].signature)
        examples += [example for article in articles for example in _examples(line_up, article)]
    return Compared(
        Experiment(
            tuple(dict.fromkeys(row.article for row in scores)),
            tuple(dict.fromkeys(arm for line_up in line_ups for arm in line_up.arms)),
            tuple(line_up.direction for line_up in line_ups),
            tuple(scores),
            tuple(signatures),
            any(run.is_offline for line_up in line_ups for run in line_up.runs),
            tuple(pooled),
            tuple(leakage),
        ),
        tuple(examples),
    )


def chapter_segments(project: Project, chapter: Chapter, runs: Sequence[Run]) -> list[Scored]:
    """Return the segments of a chapter with the output of each of the runs, all of one direction.

    Raises DeskError when the chapter is not aligned, or an output was made from another edition of its source.
    """
    first = runs[0]
    source = source_document(project, chapter, first.source_language)
    target = source_document(project, chapter, first.target_language)
    beads = project.tracks.rows(project.tracks.alignment(chapter))
    if not beads:
        raise DeskError(f"{chapter.name} is not aligned, so nothing can be scored.", "Align it first.")
    for run in runs:
        if project.runs.source_of_output(run.number, chapter.id) != source.edition:
            raise DeskError(
                f"The output of “{run.name}” for {chapter.name} is out of date: its source has changed since.",
                "Run it again on the new source.",
            )
    outputs = [project.runs.output(run.number, chapter.id) for run in runs]
    return segments(beads, source, target, outputs, reverse=first.source_language != chapter.source_language)


def _sides(group: BeadGroup, *, reverse: bool) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return (group.target_blocks, group.source_blocks) if reverse else (group.source_blocks, group.target_blocks)


def _article(project: Project, line_up: LineUp, chapter: Chapter) -> _Article:
    here = [
        (arm, run)
        for arm, run in zip(line_up.arms, line_up.runs, strict=True)
        if project.runs.source_of_output(run.number, chapter.id)
    ]
    if not here:
        return _Article(chapter.name, (), ())
    found = chapter_segments(project, chapter, [run for _, run in here])
    return _Article(chapter.name, tuple(found), tuple(arm for arm, _ in here))


def _together(articles: Sequence[_Article], line_up: LineUp) -> list[_Article]:
    """Return all articles as one without a name, for the arms that every one of them has."""
    arms = tuple(arm for arm in line_up.arms if all(arm in article.arms for article in articles))
    if not articles:
        raise DeskError(
            f"There is no output to score in {line_up.direction}.", "Fetch the runs, or choose others that have ended."
        )
    if not arms:
        return []
    pooled = [
        replace(segment, outputs=tuple(segment.outputs[article.arms.index(arm)] for arm in arms))
        for article in articles
        for segment in article.segments
    ]
    return [_Article("", tuple(pooled), arms)]


def _compared(
    articles: Sequence[_Article], line_up: LineUp, bootstrap: int, progress: Progress
) -> Iterator[Comparison]:
    for done, article in enumerate(articles):
        yield score_systems(
            article.references(),
            article.outputs(),
            line_up.target_language,
            tokenize=line_up.tokenize or None,
            bootstrap=bootstrap,
            extra=DEFINITION,
            progress=_told(progress, done, len(articles), article.name or "all articles"),
        )
    progress(len(articles), len(articles))


def _told(progress: Progress, done: int, total: int, name: str) -> Progress:
    """Return a progress that tells of one article among several, however many pieces the article has."""

    def tell(_done: int, _total: int, _note: str = "", /) -> None:
        progress(done, total, f"Scoring {name}")

    return tell


def _rows(line_up: LineUp, article: str, comparison: Comparison) -> Iterator[ArmScore]:
    """Yield the cells of an article; p only where the first arm of the line-up is what it was compared with.

    Where there is no difference there is no p either: sacreBLEU gives equal systems its smallest one.
    """
    baseline = comparison.systems[0]
    for system in comparison.systems:
        p = system.p if baseline.name == line_up.arms[0] and system.bleu != baseline.bleu else None
        yield ArmScore(line_up.direction, article, system.name, Cell(system.bleu, system.chrf, system.n, system.ci, p))


def _examples(line_up: LineUp, article: _Article) -> list[Example]:
    """Return the segments whose sentence BLEU differs most between the arms, in reading order."""
    tokenize = line_up.tokenize or tokenizer_for(line_up.target_language)
    by_arm = [
        sentence_scores(segment_statistics(outputs, article.references(), tokenize))
        for outputs in article.outputs().values()
    ]
    spread = [max(scores) - min(scores) for scores in zip(*by_arm, strict=True)]
    most = sorted(range(len(spread)), key=lambda at: -spread[at])[:_EXAMPLES]
    return [
        Example(
            line_up.direction,
            article.name,
            segment.source,
            segment.reference,
            tuple(zip(article.arms, segment.outputs, strict=True)),
        )
        for segment in (article.segments[at] for at in sorted(most))
    ]
