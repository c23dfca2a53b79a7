"""`amts-desk extract`: the translatable text of a file."""

from __future__ import annotations

import argparse
from pathlib import Path

from amts_desk.cli.terminal import print_json, print_problems
from amts_desk.core.errors import DeskError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--lang", metavar="L", required=True, help="language of the file, as in en, zh, es")
    parser.add_argument("--unit", choices=("sentence", "paragraph"), default="sentence")
    parser.add_argument("--semicolon", action="store_true", help="； ends a sentence, too (Chinese and Japanese)")
    parser.add_argument("--comments", action="store_true", help="the comments in code, too")
    parser.add_argument("--json", action="store_true", help="print kind, block and place of each text, too")


def run(arguments: argparse.Namespace) -> int:
    """Print the texts and return the exit code; what was damaged in the file goes to stderr."""
    from amts_desk.core.options import Rules
    from amts_desk.steps.read.files import read_file

    rules = Rules(arguments.semicolon, arguments.comments)
    document = read_file(Path(arguments.file), arguments.lang, rules)
    found = document.sentences if arguments.unit == "sentence" else document.blocks
    if not arguments.json:
        print("\n".join(segment.text for segment in found))
        return print_problems(map(DeskError, document.notes))
    print_json(
        {
            "segments": [
                {"text": s.text, "kind": s.kind.value, "block": s.block, "start": s.start, "end": s.end} for s in found
            ]
        }
    )
    return print_problems(map(DeskError, document.notes))
