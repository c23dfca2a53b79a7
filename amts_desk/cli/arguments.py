"""Which commands there are, and the arguments of the one that was called."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from amts_desk.core.errors import DeskError

COMMANDS = {
    "demo": ("demo", "the whole way on the sample book, over the local endpoint"),
    "extract": ("extract", "the translatable text of a file"),
    "roundtrip": ("roundtrip", "read and write files without edits, and name those that would change"),
    "align": ("align", "align two chapters, or a folder of sentence files"),
    "import": ("importing", "bring chapters into a project"),
    "export": ("export", "parallel data out of a project, or chapters to be reviewed elsewhere"),
    "import-review": ("import_review", "bring a review file back into its project"),
    "write": ("write", "a translated chapter out of a project"),
    "parallel-data": ("parallel_data", "create, update, show, list, download or delete parallel data"),
    "jobs": ("jobs", "start, show, list, stop or fetch translation jobs"),
    "terminology": ("terminology", "terms into and out of a project, and as a terminology at Amazon"),
    "pipeline": ("experiment", "several languages the whole way side by side, from a configuration"),
    "experiment": ("experiment", "articles, arms and directions compared, from a configuration"),
    "score": ("score", "BLEU and chrF of translations against a reference"),
    "endpoint": ("endpoint", "the local endpoint in the foreground"),
    "policies": ("policies", "least-privilege policies for an AWS connection, ready to copy"),
    "doctor": ("doctor", "what is installed, reachable and permitted"),
}
"""Command → (module of `amts_desk.cli` with `add_arguments` and `run`, help)."""


class Parser(argparse.ArgumentParser):
    """A parser whose errors are DeskErrors: one line that says what is wrong and where help is."""

    def error(self, message: str) -> NoReturn:
        """Raise DeskError."""
        raise DeskError(f"{message[:1].upper()}{message[1:]}.", f"See “{self.prog} --help”.")


def parse(given: Sequence[str]) -> argparse.Namespace:
    """Return the arguments; `run` is the function of the command, None for the window, whose arguments are `window`.

    Raises DeskError when they make no sense.
    """
    options, rest = _options().parse_known_args(_head(given))
    rest += given[len(_head(given)) :]
    if not rest or rest[0] not in COMMANDS:
        _require_window(rest)
        return argparse.Namespace(**vars(options), run=None, window=[*rest, *["--sample"] * options.sample])
    module = import_module(f"amts_desk.cli.{COMMANDS[rest[0]][0]}")
    parser = Parser(prog=f"amts-desk {rest[0]}", description=COMMANDS[rest[0]][1].capitalize() + ".")
    module.add_arguments(parser)
    arguments = argparse.Namespace(**vars(options), run=module.run, window=[], command=rest[0])
    return parser.parse_args(rest[1:], arguments)


def _head(given: Sequence[str]) -> list[str]:
    """Return what stands before the command: the options of the program itself."""
    head: list[str] = []
    for word in given:
        if word in COMMANDS and head[-1:] != ["--config"]:
            break
        head.append(word)
    return head


def _options() -> Parser:
    listed = "\n".join(f"  {name:15}{text}" for name, (_, text) in COMMANDS.items())
    parser = Parser(
        prog="amts-desk",
        usage="amts-desk [--config DIR] [--debug] COMMAND …  |  amts-desk [PROJECT.amts]",
        description="Turn human translations into parallel data, run Amazon Translate with it, and see if it helped.\n"
        "Without a command the window opens.",
        epilog=f"commands:\n{listed}\n\n“amts-desk COMMAND --help” tells the arguments of a command.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="store_true", help="print the version")
    parser.add_argument("--self-check", action="store_true", help="call everything the program is made of once")
    parser.add_argument("--sample", action="store_true", help="open the window on the sample book")
    parser.add_argument("--config", metavar="DIR", help="keep everything of the program in this folder")
    parser.add_argument("--debug", action="store_true", help="write the log to stderr")
    return parser


def _require_window(rest: Sequence[str]) -> None:
    """Raise DeskError when what stands in the place of a command is neither one nor a project."""
    if not rest:
        return
    name = rest[0]
    if len(rest) == 1 and (name.endswith(".amts") or Path(name).is_file()):
        return
    near = get_close_matches(name, COMMANDS, n=1)
    raise DeskError(
        f"“{name}” is neither a command nor a project.",
        f"Did you mean “{near[0]}”?" if near else "See “amts-desk --help”.",
    )
