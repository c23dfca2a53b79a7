"""`amts-desk roundtrip`: read files and write them without edits; not one byte may change."""

from __future__ import annotations

import argparse
from pathlib import Path

from amts_desk.cli.terminal import print_problems
from amts_desk.core.errors import DeskError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("files", metavar="FILE", nargs="+")


def run(arguments: argparse.Namespace) -> int:
    """Name each file whose bytes would differ and return the exit code: 0 when there is none, else 1.

    Raises DeskError when a file cannot be read; what holds no text is compared all the same.
    """
    from amts_desk.steps.read.files import read_bytes, read_whole
    from amts_desk.steps.read.language import guess
    from amts_desk.steps.write import spliced

    problems, segments = [], 0
    for name in arguments.files:
        data = read_bytes(Path(name))
        document = read_whole(name, data, guess(data[:_SAMPLE].decode("utf-8", "replace")) or "en")
        segments += len(document.blocks)
        again = spliced(document, {block.block: block.text for block in document.blocks})
        if again.encode(document.encoding) != data:
            problems.append(DeskError(f"{name} would not be written as it is.", "Please report it with the file."))
    if not problems:
        print(f"{len(arguments.files)} files with {segments} blocks come out as they went in.")
    return print_problems(problems)


_SAMPLE = 20_000
"""Bytes of a file that are looked at to tell its language."""
