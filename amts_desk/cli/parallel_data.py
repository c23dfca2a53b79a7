"""`amts-desk parallel-data`: create, update, show, list, download and delete parallel data; what versions differ in."""

from __future__ import annotations

import argparse
import sys
import uuid
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amts_desk.cli import connection
from amts_desk.cli.connection import Opened, opened, tell_elsewhere
from amts_desk.cli.export import add_selection, selected, tell
from amts_desk.cli.terminal import TerminalProgress, ask, print_json
from amts_desk.core.errors import DeskError
from amts_desk.core.pairs import Pair, PairFormat, PairsDifference

if TYPE_CHECKING:
    from amts_desk.core.amazon import ParallelDataAnswer

_FORMATS = {".tmx": "TMX", ".csv": "CSV", ".tsv": "TSV"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of every action."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, text in (("create", "make it"), ("update", "replace its pairs")):
        action = actions.add_parser(name, help=f"{text}, from a project's chapters or from a file")
        action.add_argument("name", metavar="NAME")
        action.add_argument("--file", metavar="FILE", help="a TMX, CSV or TSV file instead of a project's chapters")
        action.add_argument("--direction", metavar="S-T", help="as in en-zh")
        action.add_argument("--format", choices=("tmx", "csv", "tsv"), default="tmx", help="of a project's pairs")
        action.add_argument("--no-wait", action="store_true", help="do not wait until it is ready")
        action.add_argument("--yes", action="store_true", help="agree to send it to AWS")
        add_selection(action)
        connection.add_arguments(action)
    show = actions.add_parser("show", help="what the service says about it")
    download = actions.add_parser("download", help="the file it was made from")
    download.add_argument("-o", "--output", metavar="FILE", help="default: stdout")
    delete = actions.add_parser("delete", help="delete it")
    for action in (show, download, delete):
        action.add_argument("name", metavar="NAME")
    listing = actions.add_parser("list", help="all parallel data of the account and Region")
    diff = actions.add_parser("diff", help="what two of the project's versions of it differ in")
    diff.add_argument("name", metavar="NAME")
    diff.add_argument("versions", metavar="V", type=int, nargs="*", help="two numbers; default: the newest two")
    diff.add_argument("--project", metavar="PROJECT.amts", required=True)
    for action in (show, download, delete, listing):
        connection.add_arguments(action)
    for action in actions.choices.values():
        action.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Carry the action out and return the exit code."""
    if arguments.action == "diff":
        return _diff(arguments)
    act = {"create": _send, "update": _send, "show": _show, "list": _list, "download": _download, "delete": _delete}
    with opened(arguments) as over:
        act[arguments.action](over, arguments)
    return 0


def _send(over: Opened, arguments: argparse.Namespace) -> None:
    """Create or update from the project, which remembers it, or from a file."""
    with TerminalProgress() as progress:
        if arguments.file:
            _send_file(over, arguments, progress)
        else:
            _push(over, arguments, progress)
    _show(over, arguments)


def _push(over: Opened, arguments: argparse.Namespace, progress: TerminalProgress) -> None:
    from amts_desk.flows import pushing

    project = over.required_project("Parallel data from chapters")
    kind = PairFormat(arguments.format.upper())
    prepared = pushing.prepare(project, selected(project, arguments), progress, kind=kind)
    _approve(over, f"{prepared.sent:,} pairs", arguments)
    tell(prepared)
    version = pushing.hand_over(project, over.cloud, arguments.name, prepared, progress)
    if not arguments.no_wait:
        pushing.follow(project, over.cloud, version, progress)


def _send_file(over: Opened, arguments: argparse.Namespace, progress: TerminalProgress) -> None:
    from amts_desk.aws.bucket import Bucket
    from amts_desk.aws.translate import Translate
    from amts_desk.flows.pushing import require_name
    from amts_desk.flows.waiting import wait_until

    require_name(arguments.name)
    path = Path(arguments.file)
    kind = _FORMATS.get(path.suffix.lower())
    if kind is None:
        raise DeskError(f"{path.name} is neither TMX, CSV nor TSV.", "Choose a file that ends in .tmx, .csv or .tsv.")
    try:
        path.open("rb").close()
    except OSError as error:
        raise DeskError(f"{path} could not be read: {error.strerror}.", "Check its name.") from error
    _approve(over, f"{path.stat().st_size:,} bytes", arguments)
    key = f"{over.cloud.connection.prefix}/files/{uuid.uuid4().hex[:12]}/{arguments.name}{path.suffix.lower()}"
    uri = Bucket(over.cloud).upload_file(path, key, progress)
    translate = Translate(over.cloud)
    call = translate.create_parallel_data if arguments.action == "create" else translate.update_parallel_data
    answer = call(arguments.name, uri, kind, str(uuid.uuid4()))
    if not arguments.no_wait:
        answer = wait_until(
            lambda: translate.parallel_data(arguments.name),
            lambda a: a.status.is_settled,
            f"Waiting for {arguments.name}",
            progress,
        )
    _require_taken(answer)


def _require_taken(answer: ParallelDataAnswer) -> None:
    if answer.status == "FAILED":
        raise DeskError(f"“{answer.name}” was not taken in: {answer.message}", "Mend the file and update it.")


def _approve(over: Opened, what: str, arguments: argparse.Namespace) -> None:
    connection = over.cloud.connection
    if not connection.is_offline:
        tell_elsewhere(over)
        connection = replace(connection, account=over.cloud.account)
        ask(f"To {connection.label}, bucket {connection.bucket}: {what}.", yes=arguments.yes)


def _show(over: Opened, arguments: argparse.Namespace) -> None:
    from amts_desk.aws.translate import Translate

    answer = Translate(over.cloud).parallel_data(arguments.name)
    if arguments.json:
        print_json(_as_json(answer))
        return
    counts = f"{answer.imported} pairs imported, {answer.skipped} skipped, {answer.failed} failed"
    print(f"{answer.name}  {answer.status}  {counts}")
    if answer.attempt:
        print(f"In use: {answer.in_use}; last update: {answer.attempt}")
    if answer.message:
        print(answer.message)
    _show_messages(over, arguments.name)


def _show_messages(over: Opened, name: str) -> None:
    """Print what the error file of the newest version said of its pairs, and where these come from."""
    version = over.project.runs.latest_version(name) if over.project else None
    if version is None or over.project is None:
        return
    for message, pair in over.project.pairs.messages(version.number):
        where = f" (bead {pair.position + 1} of {pair.chapter})" if pair else ""
        print(f"{message.content}{where}: {message.message}")


def _as_json(answer: ParallelDataAnswer) -> dict[str, Any]:
    """Return the service's own answer with the files it was made from. Taking it in costs nothing at Amazon."""
    own = {key: value for key, value in answer.answer.items() if key != "ResponseMetadata"}
    uri = own["ParallelDataProperties"].get("ParallelDataConfig", {}).get("S3Uri")
    return {**own, "estimate": {"pairs": answer.imported, "dollars": 0.0}, "files": [uri] if uri else []}


def _list(over: Opened, arguments: argparse.Namespace) -> None:
    from amts_desk.flows.versions import listed

    found = listed(over.project, over.cloud)
    if arguments.json:
        names = [answer.name for answer in found.others]
        print_json({"parallel_data": [dict(a.answer) for a in (*found.ours, *found.others)], "others": names})
        return
    for title, answers in (("", found.ours), ("Not of this project:" if over.project else "", found.others)):
        if answers and title:
            print(title)
        for answer in answers:
            print(f"{answer.name}  {answer.status}  {answer.imported} pairs")


def _download(over: Opened, arguments: argparse.Namespace) -> None:
    from amts_desk.aws.translate import Translate
    from amts_desk.flows.versions import download

    if arguments.output:
        download(over.cloud, arguments.name, Path(arguments.output))
        return
    sys.stdout.flush()
    Translate(over.cloud).download_parallel_data(arguments.name, sys.stdout.buffer)


def _diff(arguments: argparse.Namespace) -> int:
    """Print what two versions differ in."""
    from amts_desk.flows.versions import difference, version_of
    from amts_desk.store.project import Project

    if len(arguments.versions) not in (0, 2):
        raise DeskError("A difference is between two versions.", "Name two numbers, or none for the newest two.")
    with Project.open(Path(arguments.project)) as project:
        newest = version_of(project, arguments.name).version
        numbers = arguments.versions or (newest - 1, newest)
        if numbers[0] < 1:
            raise DeskError(f"“{arguments.name}” has one version only.", "Change pairs and update it first.")
        before, after = (version_of(project, arguments.name, number) for number in numbers)
        found = difference(project, before, after)
    if arguments.json:
        print_json(_difference_as_json(found))
        return 0
    print(
        f"{arguments.name}, version {numbers[0]} → {numbers[1]}: {len(found.added)} added, {len(found.removed)} "
        f"removed, {len(found.changed)} changed, {found.unchanged} unchanged"
    )
    for sign, pairs in (("+", found.added), ("-", found.removed), *(("~", change) for change in found.changed)):
        for pair in pairs:
            print(f"{sign} {pair.source}\t{pair.target}\t{pair.chapter}:{pair.position + 1}")
    return 0


def _difference_as_json(found: PairsDifference) -> dict[str, Any]:
    return {
        "added": [_pair_as_json(pair) for pair in found.added],
        "removed": [_pair_as_json(pair) for pair in found.removed],
        "changed": [{"before": _pair_as_json(old), "after": _pair_as_json(new)} for old, new in found.changed],
        "unchanged": found.unchanged,
    }


def _pair_as_json(pair: Pair) -> dict[str, Any]:
    told: dict[str, Any] = {"source": pair.source, "target": pair.target, "chapter": pair.chapter}
    told["bead"] = pair.position + 1
    if pair.origin:
        told |= {"state": pair.origin.state, "confidence": pair.origin.confidence, "unit": pair.origin.unit}
        told |= {"changed_at": pair.origin.changed_at, "changed_by": pair.origin.changed_by}
        told |= {"editions": pair.origin.editions, "sentences": pair.origin.sentences}
    return told


def _delete(over: Opened, arguments: argparse.Namespace) -> None:
    from amts_desk.flows import pushing

    with TerminalProgress() as progress:
        if over.project:
            pushing.delete(over.project, over.cloud, arguments.name, progress)
        else:
            pushing.delete_at_amazon(over.cloud, arguments.name, progress)
    print(f"{arguments.name} is deleted.")
