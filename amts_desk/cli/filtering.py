"""The options by which a command leaves pairs out."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from amts_desk.core.errors import DeskError

if TYPE_CHECKING:
    from amts_desk.steps.parallel_data.filters import Filters


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `filters`."""
    parser.add_argument("--confirmed-only", action="store_true", help="only beads that a person has confirmed")
    parser.add_argument("--minimum-confidence", metavar="P", type=float, default=0.0, help="0 to 1")
    parser.add_argument(
        "--length-ratio",
        metavar="LOW:HIGH",
        help="leave out pairs whose target is shorter or longer than so many times the source; “usual” learns it",
    )
    parser.add_argument("--check-language", action="store_true", help="leave out a side in another language")
    parser.add_argument("--without-identical", action="store_true", help="leave out pairs with two equal sides")
    parser.add_argument(
        "--plain",
        action="store_true",
        help="without the marks of emphasis and links, as a job's text looks to the engine",
    )


def filters(arguments: argparse.Namespace) -> Filters:
    """Return the filters that the options name. Raises DeskError for a ratio that is none."""
    from amts_desk.steps.parallel_data.filters import Filters, Markup

    given = arguments.length_ratio
    return Filters(
        arguments.confirmed_only,
        arguments.minimum_confidence,
        given == "usual",
        _bounds(given) if given and given != "usual" else None,
        arguments.check_language,
        arguments.without_identical,
        Markup.PLAIN if arguments.plain else Markup.KEEP,
    )


def _bounds(text: str) -> tuple[float, float]:
    low, _, high = text.partition(":")
    try:
        bounds = float(low), float(high)
    except ValueError:
        bounds = 0.0, 0.0
    if not 0 <= bounds[0] < bounds[1]:
        raise DeskError(f"“{text}” is not a length ratio.", "Write it like 0.3:3, or “usual”.")
    return bounds
