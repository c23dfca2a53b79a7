"""`amts-desk write`: a translated chapter out of a project."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from amts_desk.cli.options import add_writing_arguments, with_arguments
from amts_desk.cli.terminal import write_or_print
from amts_desk.core.errors import DeskError
from amts_desk.core.languages import language

if TYPE_CHECKING:
    from amts_desk.store.chapters import Chapter
    from amts_desk.store.project import Project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("project", metavar="PROJECT.amts")
    parser.add_argument("chapter", metavar="CHAPTER")
    parser.add_argument("--lang", metavar="L", required=True, help="language to write it in")
    parser.add_argument("--run", dest="number", metavar="N", type=int, help="the output of this run, not the review")
    add_writing_arguments(parser)
    parser.add_argument("-o", "--output", metavar="FILE", help="default: stdout")


def run(arguments: argparse.Namespace) -> int:
    """Write the chapter and return the exit code."""
    from amts_desk.flows.results import translated_chapter
    from amts_desk.flows.reviewing import finished_chapter
    from amts_desk.store.project import Project

    with Project.open(Path(arguments.project)) as project:
        options = with_arguments(project.options, arguments)
        chapter, source, target = _chapter(project, arguments.chapter, language(arguments.lang).code)
        if arguments.number is None:
            data = finished_chapter(project, chapter, f"{source}-{target}", options)
        else:
            run = project.runs.run(arguments.number)
            if (run.source_language, run.target_language) != (source, target):
                raise DeskError(f"Run {run.number} translates {run.direction}.", f"Choose a run of {source}-{target}.")
            data = translated_chapter(project, chapter, run, options)
    write_or_print(data, arguments.output)
    return 0


def _chapter(project: Project, name: str, target: str) -> tuple[Chapter, str, str]:
    """Return the chapter of that name which can be written in `target`, with source and target language."""
    for chapter in project.chapters.all():
        languages = chapter.source_language, chapter.target_language
        if chapter.name == name and target in languages:
            return chapter, languages[target == languages[0]], target
    raise DeskError(f"{project.path.name} has no chapter “{name}” in {target}.", "Check name and language.")
