"""What the commands say and how: UTF-8 output, JSON, progress on a terminal, questions."""

from __future__ import annotations

import io
import json
import logging
import shutil
import sys
import time
import traceback
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from amts_desk.core.errors import Cancelled, DeskError

_SECONDS = 0.1
"""Between two pictures of the progress."""


def prepare_streams() -> None:
    """Write UTF-8 whatever the locale says; file names that are no UTF-8 come out as the bytes they are."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")


def log_to_stderr() -> None:
    """Write the log to stderr: the program's own in full, of other packages what is worth a warning."""
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    logging.getLogger("amts_desk").setLevel(logging.DEBUG)


def report_defect(error: BaseException) -> None:
    """Print the whole story of something that nobody expected."""
    traceback.print_exception(error, file=sys.stderr)
    print("amts-desk: this is a defect of AMTS Desk. Please report the lines above.", file=sys.stderr)


def print_json(value: Any) -> None:
    """Print one JSON object; points of time in ISO 8601."""
    print(json.dumps(value, ensure_ascii=False, indent=1, default=_plain))


def print_problems(problems: Iterable[DeskError]) -> int:
    """Print each problem on a line of stderr and return the exit code: 0 when there was none, else 1."""
    told = [f"amts-desk: {problem}" for problem in problems]
    for line in told:
        print(line, file=sys.stderr)
    return 1 if told else 0


def write_or_print(data: bytes, path: str | None) -> None:
    """Write `data` into the file at `path`, or to stdout without one. Raises DeskError."""
    if path:
        from amts_desk.store.files import write_atomically

        write_atomically(Path(path), data)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


def ask(question: str, *, yes: bool) -> None:
    """Return when the person agrees, which `yes` says beforehand.

    Raises Cancelled when not, and DeskError when nobody can be asked.
    """
    print(question, file=sys.stderr)
    if yes:
        return
    if not sys.stdin.isatty():
        raise DeskError("This goes to AWS and may cost money, and nobody was asked.", "Add --yes to agree.")
    print("Go on? [y/N] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise Cancelled


class TerminalProgress:
    """Shows on one line of a terminal how far long work is; elsewhere it says nothing. Use it in a `with`."""

    def __init__(self) -> None:
        self._shows = sys.stderr.isatty()
        self._next = 0.0

    def __enter__(self) -> TerminalProgress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shows:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def __call__(self, done: int, total: int, note: str = "", /) -> None:
        """Draw the line anew unless it was drawn a moment ago."""
        if not self._shows or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _SECONDS
        share = f"{100 * done // total:3d} % " if total else "      "
        line = f"{share}{note}"[: shutil.get_terminal_size().columns - 1]
        print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
