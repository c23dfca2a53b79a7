"""Bring the chapters that a configuration names into a project, aligned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path

from amts_desk.core.errors import DeskError
from amts_desk.core.progress import Progress, silent
from amts_desk.flows.aligning import align_chapters, unaligned
from amts_desk.flows.config import Config
from amts_desk.flows.importing import import_chapters
from amts_desk.steps.read.pairing import SUFFIXES, ChapterPair, Found, find_pairs
from amts_desk.store.chapters import Chapter
from amts_desk.store.project import Project


@dataclass(frozen=True, slots=True)
class Gathered:
    """The chapters of a configuration: those of the parallel data, the held-out articles, and what went wrong."""

    included: tuple[Chapter, ...]
    articles: tuple[Chapter, ...]
    problems: tuple[DeskError, ...]


def gather(project: Project, config: Config, progress: Progress = silent) -> Gathered:
    """Import the chapters of the configuration, align those that are not, and return them sorted out.

    Chapters that stand already in the project are left as they are. Raises DeskError when there are no chapters, or
    when an article that is to be held out is not among them.
    """
    found = chapter_pairs(config)
    imported = import_chapters(project, found.pairs, progress)
    chapters = [
        chapter
        for pair in found.pairs
        if (chapter := project.chapters.find(pair.name, pair.source_language, pair.target_language))
    ]
    problems = (*imported.problems, *found.left_over)
    if not chapters:
        raise problems[0] if problems else DeskError(f"{config.name} has no chapters.", "Check [source].")
    names = {chapter.id for chapter in chapters}
    todo = [chapter for chapter in unaligned(project) if chapter.id in names]
    align_chapters(project, todo, progress)
    articles = _held_out(config, chapters)
    included = [c for c in chapters if c not in articles and _is_included(project, config, c)]
    return Gathered(tuple(included), tuple(articles), problems)


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


def _held_out(config: Config, chapters: Sequence[Chapter]) -> list[Chapter]:
    found = []
    for name in config.hold_out:
        matching = [c for c in chapters if name in (c.name, c.name.rpartition("/")[2]) or fnmatchcase(c.name, name)]
        if not matching:
            near = get_close_matches(name, [c.name for c in chapters], n=1)
            advice = f"Did you mean “{near[0]}”?" if near else "Check “parallel_data.hold_out”."
            raise DeskError(f"There is no chapter “{name}” to hold out.", advice)
        found += [chapter for chapter in matching if chapter not in found]
    return found


def _is_included(project: Project, config: Config, chapter: Chapter) -> bool:
    """Whether a pattern of the configuration fits the chapter's name or the end of its path."""
    path = project.chapters.digests(chapter)[0][0]
    return any(fnmatchcase(chapter.name, p) or fnmatchcase(path, f"*/{p.lstrip('/')}") for p in config.include)
