"""Bring the chapters that a configuration names into a project, aligned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path

from amts_desk.core.errors import DeskError
from amts_desk.core.languages import parse_direction
from amts_desk.core.progress import Progress, silent
from amts_desk.flows.aligning import align_chapters, unaligned
from amts_desk.flows.config import Config
from amts_desk.flows.importing import import_chapters
from amts_desk.steps.read.pairing import SUFFIXES, ChapterPair, Found, find_pairs
from amts_desk.store.chapters import Chapter
from amts_desk.store.project import Project


@dataclass(frozen=True, slots=True)
class Gathered:
    """The chapters of one direction: those of the parallel data, the held-out articles, and what went wrong."""

    included: tuple[Chapter, ...]
    articles: tuple[Chapter, ...]
    problems: tuple[DeskError, ...] = ()

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """All of them."""
        return self.included + self.articles


def find_chapters(project: Project, config: Config) -> Found:
    """Return the chapter pairs that the configuration names; those of the project itself when it names no folder.

    Raises DeskError when there are none, or when an article that is to be held out is not among them.
    """
    found = chapter_pairs(config) if config.project is None else _stored_pairs(project, config)
    if not found.pairs:
        raise found.left_over[0] if found.left_over else DeskError(f"{config.name} has no chapters.", "Check [source].")
    names = list(dict.fromkeys(pair.name for pair in found.pairs))
    for wanted in config.hold_out:
        if not any(_is_named(name, wanted) for name in names):
            near = get_close_matches(wanted, names, n=1)
            advice = f"Did you mean “{near[0]}”?" if near else "Check “parallel_data.hold_out”."
            raise DeskError(f"There is no chapter “{wanted}” to hold out.", advice)
    return found


def read(project: Project, config: Config, found: Found, direction: str, progress: Progress = silent) -> Gathered:
    """Import the chapters of one direction, and return them sorted out.

    Chapters that stand already in the project and have not changed are left as they are. Raises DeskError when the
    direction has no article.
    """
    languages = set(parse_direction(direction))
    pairs = [pair for pair in found.pairs if {pair.source_language, pair.target_language} == languages]
    problems: list[DeskError] = []
    if config.project is None:
        imported = import_chapters(project, pairs, progress)
        problems = [*imported.problems, *found.left_over]
    chapters = [
        chapter
        for pair in pairs
        if (chapter := project.chapters.find(pair.name, pair.source_language, pair.target_language))
    ]
    gathered = sorted_out(project, config, chapters, direction)
    return replace(gathered, problems=tuple(problems))


def sorted_out(project: Project, config: Config, chapters: Sequence[Chapter], direction: str) -> Gathered:
    """Return the chapters of one direction as the configuration wants them. Raises DeskError when none is held out."""
    articles = tuple(c for c in chapters if any(_is_named(c.name, wanted) for wanted in config.hold_out))
    if not articles:
        raise DeskError(f"No held-out article can be translated in {direction}.", "Check “parallel_data.hold_out”.")
    return Gathered(tuple(c for c in chapters if c not in articles and _is_included(project, config, c)), articles)


def align(project: Project, chapters: Sequence[Chapter], progress: Progress = silent) -> None:
    """Align those of the chapters that are not aligned yet."""
    numbers = {chapter.id for chapter in chapters}
    align_chapters(project, [chapter for chapter in unaligned(project) if chapter.id in numbers], progress)


def chapter_pairs(config: Config) -> Found:
    """Return the chapter pairs of the configuration in its languages. Raises DeskError when a folder is missing."""
    if config.folders:
        return _same_names(*config.folders, config.source_language, config.targets[0])
    assert config.folder
    found = find_pairs([config.folder], config.source_language)
    pairs = tuple(pair for pair in found.pairs if pair.target_language in config.targets)
    if not pairs and len(config.targets) == 1:
        # What the text looks like is only a guess; the configuration knows.
        return find_pairs([config.folder], config.source_language, config.targets[0])
    return Found(pairs, found.left_over)


def _same_names(source: Path, target: Path, source_language: str, target_language: str) -> Found:
    for folder in (source, target):
        if not folder.is_dir():
            raise DeskError(f"There is no folder {folder}.", "Check [source] in the configuration.")
    files = sorted(path.relative_to(source) for path in source.rglob("*") if path.suffix.lower() in SUFFIXES)
    counts = Counter(file.stem for file in files)
    pairs, problems = [], []
    for file in files:
        name = file.stem if counts[file.stem] == 1 else file.with_suffix("").as_posix()
        if (target / file).is_file():
            pairs.append(ChapterPair(name, source / file, target / file, source_language, target_language))
        else:
            problems.append(DeskError(f"{file} has no partner in {target}.", "Put its translation there."))
    return Found(tuple(pairs), tuple(problems))


def _stored_pairs(project: Project, config: Config) -> Found:
    """Return the chapters of the project in the languages of the configuration, as they were read."""
    wanted = [{config.source_language, target} for target in config.targets]
    pairs = []
    for chapter in project.chapters.all():
        if {chapter.source_language, chapter.target_language} in wanted:
            (source, _), (target, _) = project.chapters.digests(chapter)
            languages = chapter.source_language, chapter.target_language
            pairs.append(ChapterPair(chapter.name, Path(source), Path(target), *languages))
    return Found(tuple(pairs))


def _is_named(name: str, wanted: str) -> bool:
    """Whether a chapter of that name is meant by a name or pattern of the configuration."""
    return wanted in (name, name.rpartition("/")[2]) or fnmatchcase(name, wanted)


def _is_included(project: Project, config: Config, chapter: Chapter) -> bool:
    """Whether a pattern of the configuration fits the chapter's name or the end of its path."""
    path = project.chapters.digests(chapter)[0][0]
    return any(fnmatchcase(chapter.name, p) or fnmatchcase(path, f"*/{p.lstrip('/')}") for p in config.include)
