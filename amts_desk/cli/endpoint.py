"""`amts-desk endpoint`: the local endpoint in the foreground."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("--port", type=int, default=0, help="port of 127.0.0.1 (default: any that is free)")
    parser.add_argument("--data", metavar="DIR", help="folder of its state (default: that of offline practice)")
    parser.add_argument(
        "--delay", type=float, metavar="SECONDS", help="time between two steps of a job (default: half a second)"
    )
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="FAULT",
        help="what goes wrong, such as StartTextTranslationJob:lost-reply:1 (OPERATION:FAULT[:TIMES[:SECONDS]] with "
        "throttling, server-error, expired-token, access-denied, slow, cut, lost-reply, truncated or corrupted)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve until SIGTERM or the end of stdin and return the exit code."""
    from amts_desk.endpoint.server import DELAY, serve
    from amts_desk.flows.connecting import practice_folder
    from amts_desk.steps.align.words import use_cache
    from amts_desk.store.places import cache_folder

    use_cache(cache_folder())  # its engine looks words up in the same dictionaries as the aligner
    folder = Path(arguments.data).absolute() if arguments.data else practice_folder()
    delay = DELAY if arguments.delay is None else max(arguments.delay, 0.0)
    return serve(folder, arguments.port, delay, arguments.fault)
