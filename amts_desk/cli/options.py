"""Arguments that are options of a project: they are left as they stand unless one is given."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any

from amts_desk.core.options import Options

_READING = {
    "semicolon": "； ends a sentence, too (Chinese and Japanese)",
    "comments": "comments in code are translated, too",
}
_SPACES = "a space between Hanzi and Latin letters, digits, code or math"


def add_reading_arguments(parser: argparse.ArgumentParser) -> None:
    """Add how chapters are read."""
    for name, words in _READING.items():
        parser.add_argument(f"--{name}", action=argparse.BooleanOptionalAction, help=words)


def add_writing_arguments(parser: argparse.ArgumentParser) -> None:
    """Add how lines of finished chapters are written."""
    parser.add_argument("--columns", metavar="N", type=int, help="wrap paragraphs at N columns; 0: one line each")
    parser.add_argument("--latin-spaces", action=argparse.BooleanOptionalAction, help=_SPACES)


def given_options(arguments: argparse.Namespace) -> dict[str, Any]:
    """Return the options among the arguments by name: those that were given."""
    names = Options().as_json()
    return {name: value for name in names if (value := getattr(arguments, name, None)) is not None}


def with_arguments(options: Options, arguments: argparse.Namespace) -> Options:
    """Return `options` with those that were given in their place. Raises DeskError for a width that cannot be."""
    return replace(options, **given_options(arguments)).checked()
