"""`amts-desk import`: bring chapters into a project, and align them."""

from __future__ import annotations

import argparse
from pathlib import Path

from amts_desk.cli.terminal import TerminalProgress, print_problems
from amts_desk.core.languages import language


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("project", metavar="PROJECT.amts", help="made when it is not there")
    parser.add_argument("paths", metavar="PATH", nargs="+", help="files or folders")
    parser.add_argument("--source-lang", metavar="L", default="")
    parser.add_argument("--target-lang", metavar="L", default="")


def run(arguments: argparse.Namespace) -> int:
    """Import, align what is new, print what the project holds, and return the exit code."""
    from amts_desk.flows.aligning import align_chapters, unaligned
    from amts_desk.flows.importing import import_chapters
    from amts_desk.steps.read.pairing import find_pairs
    from amts_desk.store.project import Project

    codes = [language(code).code if code else "" for code in (arguments.source_lang, arguments.target_lang)]
    found = find_pairs([Path(path) for path in arguments.paths], *codes)
    if not found.pairs and len(found.left_over) == 1:
        raise found.left_over[0]
    with TerminalProgress() as progress, Project.open(Path(arguments.project), create=True) as project:
        imported = import_chapters(project, found.pairs, progress)
        align_chapters(project, unaligned(project), progress)
        rows = project.chapters.rows()
    problems = [*imported.problems, *found.left_over]
    for row in rows:
        chapter = row.chapter
        source, target = row.sentences
        print(f"{chapter.direction}  {chapter.name}  {source} and {target} sentences, {row.beads} beads")
    new, again = len(imported.new), len(imported.readings) - len(imported.new)
    print(f"{new} new, {again} read again, {imported.unchanged} unchanged, {len(problems)} problems.")
    code = print_problems(problems)
    return code if rows else 2 * code
