"""`amts-desk endpoint`: the local endpoint in the foreground."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("--port", type=int, default=0, help="port of 127.0.0.1 (default: any that is free)")
    parser.add_argument("--data", metavar="DIR", help="folder of its state (default: that of offline practice)")


def run(arguments: argparse.Namespace) -> int:
    """Serve until SIGTERM or the end of stdin and return the exit code."""
    from amts_desk.endpoint.server import serve
    from amts_desk.flows.connecting import practice_folder
    from amts_desk.steps.align.words import use_cache
    from amts_desk.store.places import cache_folder

    use_cache(cache_folder())  # its engine looks words up in the same dictionaries as the aligner
    return serve(Path(arguments.data).absolute() if arguments.data else practice_folder(), arguments.port)
