"""`amts-desk score`: BLEU and chrF of translations against a reference."""

from __future__ import annotations

import argparse
import io
from pathlib import Path
from typing import TYPE_CHECKING

from amts_desk.cli.terminal import TerminalProgress, print_json
from amts_desk.core.errors import DeskError
from amts_desk.core.languages import language

if TYPE_CHECKING:
    from amts_desk.steps.score.bleu import Comparison


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("--reference", metavar="FILE", required=True)
    parser.add_argument("--system", metavar="NAME=FILE", action="append", required=True, dest="systems")
    parser.add_argument("--lang", metavar="L", required=True, help="language of reference and systems")
    parser.add_argument("--tokenize", metavar="T", help="sacreBLEU's tokeniser (default: that of the language)")
    parser.add_argument("--unit", choices=("line", "block", "document"), default="line", help="what a segment is")
    parser.add_argument("--bootstrap", metavar="N", type=int, default=1000, help="resamples (default: 1000; 0: none)")
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Print the scores and return the exit code."""
    from amts_desk.steps.score.bleu import score_systems

    code = language(arguments.lang).code
    if arguments.bootstrap < 0:
        raise DeskError("--bootstrap cannot be negative.", "Write 0 to leave the resampling out.")
    reference = _segments(Path(arguments.reference), arguments.unit, code)
    systems: dict[str, list[str]] = {}
    for named in arguments.systems:
        name, equals, file = named.partition("=")
        if not (name and equals and file) or name in systems:
            raise DeskError(f"“{named}” does not name a system.", "Write --system NAME=FILE, each name once.")
        systems[name] = _segments(Path(file), arguments.unit, code)
    with TerminalProgress() as progress:
        comparison = score_systems(
            reference,
            systems,
            code,
            tokenize=arguments.tokenize,
            bootstrap=arguments.bootstrap,
            extra={"unit": arguments.unit},
            progress=progress,
        )
    if arguments.json:
        print_json(comparison.as_json())
    else:
        print(_table(comparison))
    return 0


def _segments(path: Path, unit: str, code: str) -> list[str]:
    """Return what is scored of a file: its lines as sacreBLEU reads them, its blocks, or all of it as one segment."""
    if unit == "line":
        return _lines(path)
    from amts_desk.steps.read.files import read_file

    blocks = [block.text for block in read_file(path, code).blocks]
    return blocks if unit == "block" else [language(code).join(blocks)]


def _lines(path: Path) -> list[str]:
    from amts_desk.steps.read.files import decode

    try:
        text, encoding = decode(path.read_bytes(), path.name)
    except OSError as error:
        raise DeskError(f"{path} could not be read: {error.strerror}.", "Check its name.") from error
    # sacreBLEU opens files with universal line ends, strips each line on the right and keeps a byte order mark.
    mark = "\ufeff" if encoding == "utf-8-sig" else ""
    return [line.rstrip() for line in io.StringIO(mark + text, newline=None)]


def _table(comparison: Comparison) -> str:
    from amts_desk.steps.report.wording import both_scales, definition, p_words

    wide = max(len(system.name) for system in comparison.systems)
    lines = [definition(comparison.signature, comparison.systems[0].n)]
    for system in comparison.systems:
        precisions = "/".join(f"{p:.1f}" for p in system.precisions)
        words = [f"{system.name:{wide}}  BLEU {both_scales(system.bleu)}", f"chrF {system.chrf:.1f}"]
        words += [precisions, f"BP {system.bp:.3f}"]
        words += ["{:.1f} to {:.1f}".format(*system.ci)] if system.ci else []
        # sacreBLEU gives equal systems its smallest p; beside a difference of nothing it would mislead.
        differs = system.bleu != comparison.systems[0].bleu
        words += [p_words(system.p)] if system.p is not None and differs else []
        lines.append("  ".join(words))
    return "\n".join([*lines, f"Signature: {comparison.signature}"])
