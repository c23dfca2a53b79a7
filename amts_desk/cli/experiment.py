"""`amts-desk experiment` and `amts-desk pipeline`: from a configuration to scores."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from amts_desk.cli.board import TerminalBoard
from amts_desk.cli.terminal import ask, print_json, print_problems

if TYPE_CHECKING:
    from amts_desk.flows.results import Outcome


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of both commands."""
    parser.add_argument("configuration", metavar="CONFIG.toml")
    parser.add_argument("--out", metavar="DIR", help="folder of project and results (default: CONFIG-results)")
    parser.add_argument("--json", action="store_true", help="print the scores as JSON")
    parser.add_argument("--yes", action="store_true", help="agree to what it costs at AWS")


def run(arguments: argparse.Namespace) -> int:
    """Carry it out, print the table and return the exit code."""
    from amts_desk.core.amazon import Connection
    from amts_desk.flows.config import read_config
    from amts_desk.flows.estimating import Estimate
    from amts_desk.flows.experiment import run_experiment
    from amts_desk.flows.pipeline import Wishes, run_pipeline

    path = Path(arguments.configuration).absolute()
    config = read_config(path)
    folder = Path(arguments.out).absolute() if arguments.out else path.with_name(f"{path.stem}-results")
    is_pipeline = arguments.command == "pipeline"
    with TerminalBoard() as board:

        def approve(estimate: Estimate, connection: Connection) -> None:
            board.clear()
            ask(f"To {estimate.words(connection)}", yes=arguments.yes)

        carry_out = run_pipeline if is_pipeline else run_experiment
        outcome = carry_out(config, folder, Wishes(approve, board))
    return tell(outcome, as_json=arguments.json, with_pipelines=is_pipeline)


def tell(outcome: Outcome, *, as_json: bool, with_pipelines: bool = False) -> int:
    """Print the table (or the JSON) and the problems of an outcome, and return the exit code.

    With `with_pipelines` the JSON also tells how each direction went.
    """
    from amts_desk.steps.report import text_table

    experiment = outcome.compared.experiment
    if as_json:
        pipelines = {"pipelines": [pipeline.as_json() for pipeline in outcome.pipelines]}
        print_json(experiment.as_json() | (pipelines if with_pipelines else {}))
    else:
        print(text_table(experiment))
        if outcome.kept_out:
            print(f"{outcome.kept_out} pairs that stand in the articles were kept out of the parallel data.")
        print(f"Report and translated chapters: {outcome.folder}")
    return print_problems(outcome.problems)
