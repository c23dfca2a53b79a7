"""`amts-desk parallel-data`: create, update, show, list, download and delete parallel data."""

from __future__ import annotations

import argparse
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amts_desk.cli import connection
from amts_desk.cli.connection import Opened, opened
from amts_desk.cli.export import add_selection, selected
from amts_desk.cli.terminal import TerminalProgress, ask, print_json, write_or_print
from amts_desk.core.errors import DeskError

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
    for action in (show, download, delete, listing):
        connection.add_arguments(action)
    for action in actions.choices.values():
        action.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Carry the action out and return the exit code."""
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
    prepared = pushing.prepare(project, selected(project, arguments), progress)
    _approve(over, f"{len(prepared.preflight.sendable):,} pairs", arguments)
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
        data = path.read_bytes()
    except OSError as error:
        raise DeskError(f"{path} could not be read: {error.strerror}.", "Check its name.") from error
    _approve(over, f"{len(data):,} bytes", arguments)
    key = f"{over.cloud.connection.prefix}/files/{uuid.uuid4().hex[:12]}/{arguments.name}{path.suffix.lower()}"
    uri = Bucket(over.cloud).put(key, data)
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
        ask(f"To {connection.label}, bucket {connection.bucket}: {what}.", yes=arguments.yes)


def _show(over: Opened, arguments: argparse.Namespace) -> None:
    from amts_desk.aws.translate import Translate

    answer = Translate(over.cloud).parallel_data(arguments.name)
    if arguments.json:
        print_json(_as_json(answer))
        return
    counts = f"{answer.imported} pairs imported, {answer.skipped} skipped, {answer.failed} failed"
    print(f"{answer.name}  {answer.status}  {counts}")
    if answer.message:
        print(answer.message)


def _as_json(answer: ParallelDataAnswer) -> dict[str, Any]:
    """Return the service's own answer with the files it was made from. Taking it in costs nothing at Amazon."""
    own = {key: value for key, value in answer.answer.items() if key != "ResponseMetadata"}
    uri = own["ParallelDataProperties"].get("ParallelDataConfig", {}).get("S3Uri")
    return {**own, "estimate": {"pairs": answer.imported, "dollars": 0.0}, "files": [uri] if uri else []}


def _list(over: Opened, arguments: argparse.Namespace) -> None:
    from amts_desk.aws.translate import Translate

    found = Translate(over.cloud).all_parallel_data()
    if arguments.json:
        print_json({"parallel_data": [dict(answer.answer) for answer in found]})
        return
    for answer in found:
        print(f"{answer.name}  {answer.status}  {answer.imported} pairs")


def _download(over: Opened, arguments: argparse.Namespace) -> None:
    from amts_desk.aws.translate import Translate

    write_or_print(Translate(over.cloud).download_parallel_data(arguments.name), arguments.output)


def _delete(over: Opened, arguments: argparse.Namespace) -> None:
    from amts_desk.flows import pushing

    with TerminalProgress() as progress:
        if over.project:
            pushing.delete(over.project, over.cloud, arguments.name, progress)
        else:
            pushing.delete_at_amazon(over.cloud, arguments.name, progress)
    print(f"{arguments.name} is deleted.")
