"""`amts-desk import-review`: bring a review file back into the project that it was sent out from."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amts_desk.cli.terminal import TerminalProgress, print_json

if TYPE_CHECKING:
    from amts_desk.core.homecoming import Conflict
    from amts_desk.flows.exchange import Returned


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("project", metavar="PROJECT.amts")
    parser.add_argument(
        "file", metavar="FILE", help="XLSX, DOCX, TSV, TMX, XLIFF, PO, or InterText (zip, or alignment.xml)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Bring in what changed, list the conflicts, and return the exit code: 1 when there are any."""
    from amts_desk.flows.exchange import bring_in, label_of, look
    from amts_desk.store.project import Project

    path = Path(arguments.file)
    with TerminalProgress() as progress, Project.open(Path(arguments.project)) as project:
        returned = look(project, path, progress)
        bring_in(project, returned.outcomes, label_of(path.name))
    if arguments.json:
        print_json(_as_json(path, returned))
    else:
        _tell(returned)
    return 1 if returned.conflicts else 0


def _tell(returned: Returned) -> None:
    for notice in returned.notices:
        print(notice, file=sys.stderr)
    for outcome in returned.outcomes:
        print(f"{outcome.origin.name}: {len(outcome.changes)} beads changed, {len(outcome.conflicts)} conflicts")
        for conflict in outcome.conflicts:
            print(f"amts-desk: {outcome.origin.name}: {_said(conflict)}", file=sys.stderr)
    for conflict in returned.strays:
        print(f"amts-desk: {_said(conflict)}", file=sys.stderr)


def _said(conflict: Conflict) -> str:
    bead = f"bead {conflict.row + 1}: " if conflict.row >= 0 else ""
    return f"{bead}{conflict}"


def _as_json(path: Path, returned: Returned) -> dict[str, Any]:
    chapters = [
        {
            "name": outcome.origin.name,
            "changed": [change.row + 1 for change in outcome.changes],
            "conflicts": _listed(outcome.conflicts),
        }
        for outcome in returned.outcomes
    ]
    return {
        "file": str(path),
        "changed": returned.changes,
        "chapters": chapters,
        "unknown": _listed(returned.strays),
        "notices": list(returned.notices),
    }


def _listed(conflicts: Iterable[Conflict]) -> list[dict[str, Any]]:
    return [
        {
            "kind": conflict.kind.value,
            "bead": conflict.row + 1 if conflict.row >= 0 else None,
            "place": conflict.place,
            "message": conflict.message,
        }
        for conflict in conflicts
    ]
