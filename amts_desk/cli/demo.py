"""`amts-desk demo`: the whole way on the sample book."""

from __future__ import annotations

import argparse
from pathlib import Path

from amts_desk.cli.board import TerminalBoard
from amts_desk.cli.experiment import tell


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("--out", metavar="DIR", default="amts-demo", help="folder of the results (default: amts-demo)")
    parser.add_argument("--json", action="store_true", help="print the scores as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Carry it out, print the table and return the exit code."""
    from amts_desk.flows.demo import run_demo

    with TerminalBoard() as board:
        outcome = run_demo(Path(arguments.out).absolute(), board)
    return tell(outcome, as_json=arguments.json)
