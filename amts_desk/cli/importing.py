"""`amts-desk import`: bring chapters into a project, and align them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from amts_desk.cli.options import add_reading_arguments, add_writing_arguments, given_options, with_arguments
from amts_desk.cli.terminal import TerminalProgress, print_problems
from amts_desk.core.errors import DeskError
from amts_desk.core.languages import language

if TYPE_CHECKING:
    from amts_desk.core.options import Options
    from amts_desk.store.chapters import ChapterRow


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("project", metavar="PROJECT.amts", help="made when it is not there")
    parser.add_argument("paths", metavar="PATH", nargs="*", help="files or folders; none to set options only")
    parser.add_argument("--source-lang", metavar="L", default="")
    parser.add_argument("--target-lang", metavar="L", default="")
    add_reading_arguments(parser)
    add_writing_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Import, align what is new, print what the project holds, and return the exit code."""
    from amts_desk.flows.aligning import align_chapters, unaligned
    from amts_desk.flows.importing import import_chapters
    from amts_desk.steps.read.pairing import Found, find_pairs
    from amts_desk.store.project import Project

    codes = [language(code).code if code else "" for code in (arguments.source_lang, arguments.target_lang)]
    if not arguments.paths and not given_options(arguments):
        raise DeskError("The following arguments are required: PATH.", "See “amts-desk import --help”.")
    found = find_pairs([Path(path) for path in arguments.paths], *codes) if arguments.paths else Found((), ())
    if not found.pairs and len(found.left_over) == 1:
        raise found.left_over[0]
    with TerminalProgress() as progress, Project.open(Path(arguments.project), create=True) as project:
        options = with_arguments(project.options, arguments)
        project.set_options(options)
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
    code = print_problems([*problems, *_read_otherwise(rows, options)])
    return code if rows else 2 * code


def _read_otherwise(rows: list[ChapterRow], options: Options) -> list[DeskError]:
    """Return one problem when chapters were read by other options than the project has now."""
    names = [row.chapter.name for row in rows if not row.is_read_by(options.rules)]
    if not names:
        return []
    return [
        DeskError(
            f"Read with other options than the project has now: {', '.join(names)}.",
            "Import their files again; beads whose sentences are unchanged are kept.",
        )
    ]
