"""`amts-desk terminology`: terms into and out of a project, and as a terminology at Amazon Translate."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amts_desk.cli import connection
from amts_desk.cli.connection import Opened, opened, tell_elsewhere
from amts_desk.cli.terminal import ask, print_json, write_or_print
from amts_desk.core.errors import DeskError

if TYPE_CHECKING:
    from amts_desk.core.terminology import Terminology


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of every action."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    _add_import(actions.add_parser("import", help="bring the terms of a CSV, TSV, TMX, TBX or Markdown file in"))
    _add_export(actions.add_parser("export", help="the terms of a project as a file"))
    push = actions.add_parser("push", help="send the terms of a project to Amazon Translate")
    push.add_argument("name", metavar="NAME", nargs="?", default="", help="default: made from the project's name")
    push.add_argument("--both-ways", action="store_true", help="every language of it may be the source")
    push.add_argument("--yes", action="store_true", help="agree to send it to AWS")
    _add_languages(push)
    show = actions.add_parser("show", help="what the service says about one")
    download = actions.add_parser("download", help="the file it was made from")
    download.add_argument("-o", "--output", metavar="FILE", help="default: stdout")
    delete = actions.add_parser("delete", help="delete one at Amazon; the project keeps its terms")
    for action in (show, download, delete):
        action.add_argument("name", metavar="NAME")
    listing = actions.add_parser("list", help="all terminologies of the account and Region")
    for action in (push, show, download, delete, listing):
        connection.add_arguments(action)
    for name in ("import", "push", "show", "list"):
        actions.choices[name].add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Carry the action out and return the exit code."""
    if arguments.action == "import":
        return _import(arguments)
    if arguments.action == "export":
        return _export(arguments)
    act = {"push": _push, "show": _show, "list": _list, "download": _download, "delete": _delete}
    with opened(arguments) as over:
        return act[arguments.action](over, arguments)


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("project", metavar="PROJECT.amts", help="made when missing")
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--source-lang", metavar="L", default="", help="for a file that does not name its languages")
    parser.add_argument("--target-lang", metavar="L", default="")
    parser.add_argument(
        "--conflicts",
        choices=("both", "new", "old"),
        default="both",
        help="a term that is there with another translation: keep both (the new one wins), the new or the old",
    )


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("project", metavar="PROJECT.amts")
    parser.add_argument("--format", choices=("csv", "tmx", "tbx", "md"), required=True)
    parser.add_argument("-o", "--output", metavar="FILE", help="default: stdout")
    _add_languages(parser)


def _add_languages(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--source-lang", metavar="L", default="", help="needed when there are terms from several")
    parser.add_argument("--target-lang", metavar="L", nargs="+", default=(), help="default: all")


def _import(arguments: argparse.Namespace) -> int:
    from amts_desk.core.terms import Keep
    from amts_desk.flows.terminology import bring_in, read_terms
    from amts_desk.store.project import Project

    path, keep = Path(arguments.file), Keep(arguments.conflicts)
    found = read_terms(path, _languages(arguments))
    with Project.open(Path(arguments.project), create=True) as project:
        merged = bring_in(project, found.terms, keep, f"Bring in {path.name}")
    problems = [*found.notes, *(conflict.told(keep) for conflict in merged.conflicts)]
    for problem in problems:
        print(f"amts-desk: {problem}", file=sys.stderr)
    if arguments.json:
        print_json({"added": merged.added, "known": merged.known, "empty": merged.empty, "problems": problems})
    else:
        print(f"{merged.added} terms added, {merged.known} were there already, {merged.empty} without a translation.")
    return 1 if problems else 0


def _languages(arguments: argparse.Namespace) -> tuple[str, str] | None:
    from amts_desk.core.languages import language

    codes = arguments.source_lang, arguments.target_lang
    if not any(codes):
        return None
    if not all(codes):
        raise DeskError("One language alone does not tell the other.", "Give both --source-lang and --target-lang.")
    return language(codes[0]).code, language(codes[1]).code


def _export(arguments: argparse.Namespace) -> int:
    from amts_desk.flows.terminology import write_terms
    from amts_desk.store.project import Project

    with Project.open(Path(arguments.project)) as project:
        terms = project.tracks.rows(project.tracks.terms())
    write_or_print(write_terms(terms, arguments.format, arguments.source_lang, arguments.target_lang), arguments.output)
    return 0


def _push(over: Opened, arguments: argparse.Namespace) -> int:
    from amts_desk.flows import terminology

    project = over.required_project("A terminology")
    terms = project.tracks.rows(project.tracks.terms())
    source = terminology.source_of(terms, arguments.source_lang)
    name = arguments.name or terminology.default_name(project, source)
    parcel = terminology.prepare(name, terms, source, arguments.target_lang, is_both_ways=arguments.both_ways)
    for lost in parcel.refused:
        print(f"amts-desk: “{lost.term.source}” is not sent: {lost.reason}.", file=sys.stderr)
    where = over.cloud.connection
    if not where.is_offline:
        tell_elsewhere(over)
        size = f"{parcel.entries:,} terms, {len(parcel.data):,} bytes"
        ask(f"To {where.label}, as the terminology {name}: {size}. Sending it costs nothing.", yes=arguments.yes)
    pushed = terminology.push(over.cloud, parcel)
    if not arguments.json:
        print("The same is there already." if pushed.was_there else "Sent.")
    _print(pushed.terminology, arguments)
    return 1 if parcel.refused else 0


def _show(over: Opened, arguments: argparse.Namespace) -> int:
    from amts_desk.aws.terminology import Terminologies

    found = Terminologies(over.cloud).find(arguments.name)
    if found is None:
        raise DeskError(f"There is no terminology “{arguments.name}”.", "See “amts-desk terminology list”.")
    _print(found, arguments)
    return 0


def _print(found: Terminology, arguments: argparse.Namespace) -> None:
    if arguments.json:
        print_json({key: value for key, value in found.answer.items() if key != "ResponseMetadata"})
    else:
        print(_line(found))
        if found.message:
            print(found.message)


def _line(found: Terminology) -> str:
    return f"{found.name}  {found.languages}  {found.terms} terms, {found.skipped} skipped"


def _list(over: Opened, arguments: argparse.Namespace) -> int:
    from amts_desk.aws.terminology import Terminologies

    found = Terminologies(over.cloud).all()
    if arguments.json:
        told: dict[str, Any] = {"terminologies": [dict(terminology.answer) for terminology in found]}
        print_json(told)
    else:
        print("".join(f"{_line(terminology)}\n" for terminology in found), end="")
    return 0


def _download(over: Opened, arguments: argparse.Namespace) -> int:
    from amts_desk.aws.terminology import Terminologies

    write_or_print(Terminologies(over.cloud).download(arguments.name)[0], arguments.output)
    return 0


def _delete(over: Opened, arguments: argparse.Namespace) -> int:
    from amts_desk.aws.terminology import Terminologies

    Terminologies(over.cloud).delete(arguments.name)
    print(f"{arguments.name} is deleted at Amazon; the terms of your projects are untouched.")
    return 0
