"""`amts-desk policies`: the least-privilege policies for a connection, ready to copy."""

from __future__ import annotations

import argparse
import sys
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from amts_desk.cli import connection
from amts_desk.cli.connection import named_connection
from amts_desk.cli.terminal import print_json

if TYPE_CHECKING:
    from amts_desk.core.amazon import Connection

_TITLES = {
    "caller": "What you need: attach it to your user, role or permission set",
    "role": "What the role for jobs needs",
    "trust": "Who may use the role for jobs: its trust policy",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("path", metavar="PROJECT.amts", nargs="?", help="the project whose connection is meant")
    parser.add_argument("--account", metavar="NUMBER", default="", help="AWS account (default: asked for)")
    parser.add_argument("--only", choices=tuple(_TITLES), help="one policy, and nothing but it")
    parser.add_argument("--json", action="store_true")
    connection.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the policies and return the exit code. Nothing is sent but the question who is signed in."""
    from amts_desk.flows.checking import policies
    from amts_desk.store.project import Project

    path = arguments.path or arguments.project
    with Project.open(Path(path)) if path else nullcontext() as project:
        named = named_connection(arguments, project)
    found = asdict(policies(named, arguments.account or _account(named)))
    if arguments.json:
        print_json(found)
    elif arguments.only:
        print(found[arguments.only])
    else:
        print("\n\n".join(f"# {title}\n{found[name]}" for name, title in _TITLES.items()))
    return 0


def _account(named: Connection) -> str:
    """Return the account, asked for unless known; "" when nobody is signed in, which is told."""
    if named.account or named.is_offline:
        return named.account
    from amts_desk.aws.cloud import Cloud
    from amts_desk.core.errors import ServiceError
    from amts_desk.core.policies import UNKNOWN_ACCOUNT

    try:
        return Cloud(named).account
    except ServiceError as error:
        print(f"amts-desk: {error} Put the number in the place of {UNKNOWN_ACCOUNT}.", file=sys.stderr)
        return ""
