"""`amts-desk export`: the pairs of a project as a file, exactly as they would go to Amazon; or its beads for review."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from amts_desk.cli import filtering
from amts_desk.cli.choosing import chosen_chapters, chosen_direction
from amts_desk.cli.terminal import TerminalProgress, write_or_print
from amts_desk.core.errors import DeskError
from amts_desk.core.pairs import PairFormat

if TYPE_CHECKING:
    from amts_desk.flows.pushing import Prepared, Selection
    from amts_desk.store.project import Project


_PAIRS, _REVIEWS = ("tmx", "csv", "tsv"), ("xlsx", "docx", "intertext", "xliff", "po")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("project", metavar="PROJECT.amts")
    parser.add_argument("--format", choices=(*_PAIRS, *_REVIEWS), required=True, help="of pairs, or of a review")
    parser.add_argument("--review", action="store_true", help="all beads, to be reviewed and brought back")
    parser.add_argument("-o", "--output", metavar="OUT", help="default: stdout")
    parser.add_argument("--direction", metavar="S-T", help="as in en-zh; needed when there are several")
    add_selection(parser)


def add_selection(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that choose pairs."""
    parser.add_argument("--chapters", metavar="NAME", nargs="+", help="default: all")
    parser.add_argument("--hold-out", metavar="NAME", nargs="+", default=(), help="keep these out, also by content")
    parser.add_argument("--unit", choices=("sentence", "paragraph"), default="sentence")
    filtering.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the file and return the exit code."""
    if arguments.review or arguments.format in _REVIEWS:
        return _run_review(arguments)
    return _run_pairs(arguments)


def _run_review(arguments: argparse.Namespace) -> int:
    from amts_desk.flows.exchange import FORMATS, review_bytes
    from amts_desk.steps.parallel_data.filters import Filters
    from amts_desk.store.project import Project

    if arguments.format not in FORMATS:
        raise DeskError(f"A review cannot be written as {arguments.format}.", f"Use one of: {', '.join(FORMATS)}.")
    has_filters = filtering.filters(arguments) != Filters()
    if has_filters or arguments.hold_out or arguments.unit != "sentence":
        raise DeskError("A review holds every bead of its chapters.", "Choose chapters, and nothing else.")
    with TerminalProgress() as progress, Project.open(Path(arguments.project)) as project:
        direction = chosen_direction(project, arguments.direction)
        chapters = chosen_chapters(project, arguments.chapters, direction)
        wanted = [chapter for chapter in chapters if chapter.direction == "-".join(direction)]
        data = review_bytes(project, wanted, arguments.format, progress)
    write_or_print(data, arguments.output)
    print(f"{len(wanted)} chapters sent out for review.", file=sys.stderr)
    return 0


def _run_pairs(arguments: argparse.Namespace) -> int:
    from amts_desk.flows.pushing import prepare
    from amts_desk.store.files import written_atomically
    from amts_desk.store.project import Project

    kind = PairFormat(arguments.format.upper())
    with TerminalProgress() as progress, Project.open(Path(arguments.project)) as project:
        prepared = prepare(project, selected(project, arguments), progress, kind=kind)
    if not prepared.sent:
        raise DeskError("No pair is left to export.", "Align and confirm chapters, or loosen the filters.")
    if arguments.output:
        with written_atomically(Path(arguments.output)) as stream:
            prepared.write(stream)
    else:
        sys.stdout.flush()
        prepared.write(sys.stdout.buffer)
    tell(prepared)
    return 0


def selected(project: Project, arguments: argparse.Namespace) -> Selection:
    """Return the selection that the arguments of `add_selection` name."""
    from amts_desk.flows.pushing import Selection

    direction = chosen_direction(project, arguments.direction)
    return Selection(
        tuple(chosen_chapters(project, arguments.chapters, direction)),
        arguments.unit,
        *direction,
        tuple(chosen_chapters(project, arguments.hold_out, direction)),
        filtering.filters(arguments),
    )


def tell(prepared: Prepared) -> None:
    """Say on stderr how many pairs stay behind and why."""
    print(
        f"{prepared.sent} pairs, {prepared.skipped} left out, {prepared.leaks} kept out as text of held-out chapters.",
        file=sys.stderr,
    )
    for reason, count in prepared.draft.reasons():
        print(f"{count:7} × {reason}", file=sys.stderr)
