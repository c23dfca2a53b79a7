"""The command line: `amts-desk COMMAND …`, or no command to open the window.

Exit codes: 0 done, 1 done with problems listed, 2 could not be done (one line on stderr), 130 interrupted. A command is
imported when it is called, and nothing heavy before it needs it: `--version` answers at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from amts_desk import __version__

DONE, WITH_PROBLEMS, FAILED, INTERRUPTED = 0, 1, 2, 130


def main(argv: list[str] | None = None) -> int:
    """Carry out the command in `argv` (default: that of the process) and return the exit code."""
    if getattr(sys, "frozen", False):
        # A frozen program is its own worker process: this must come before anything else.
        from multiprocessing import freeze_support

        freeze_support()
    given = sys.argv[1:] if argv is None else argv
    if given == ["--version"]:
        print(f"amts-desk {__version__}")
        return DONE
    from amts_desk.cli.terminal import prepare_streams

    prepare_streams()
    try:
        code = _run(given)
        sys.stdout.flush()
    except BrokenPipeError:
        return _reader_gone()
    return code


def _run(given: Sequence[str]) -> int:
    """Carry out a command; what can be expected becomes one line and an exit code."""
    from amts_desk.core.errors import Cancelled, DeskError

    try:
        return _dispatch(given)
    except DeskError as error:
        _tell(str(error), error)
        return FAILED
    except (KeyboardInterrupt, Cancelled):
        _tell("stopped. What was finished is kept; the same command carries on.")
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001  a defect: reported in full, and no code that could pass for success
        from amts_desk.cli.terminal import report_defect

        report_defect(error)
        return FAILED


def _dispatch(given: Sequence[str]) -> int:
    from amts_desk.cli.arguments import parse

    arguments = parse(given)
    if arguments.config:
        os.environ["AMTS_DESK_HOME"] = os.path.abspath(arguments.config)
    if arguments.debug:
        from amts_desk.cli.terminal import log_to_stderr

        log_to_stderr()
    if arguments.version:
        print(f"amts-desk {__version__}")
        return DONE
    if arguments.self_check:
        from amts_desk.selfcheck import main as check_all

        return check_all()
    if arguments.run is not None:
        return int(arguments.run(arguments))
    return _open_window(arguments.window)


def _open_window(arguments: list[str]) -> int:
    try:
        from amts_desk.app import main as open_window
    except ImportError as error:
        from amts_desk.core.errors import DeskError

        raise DeskError(
            f"The window cannot open: {error}.", "See “amts-desk doctor”; every command works without it."
        ) from error
    return open_window(arguments)


def _tell(text: str, error: Exception | None = None) -> None:
    import logging

    logging.getLogger(__name__).debug("Could not be done", exc_info=error)
    print(f"amts-desk: {' '.join(text.split())}", file=sys.stderr)


def _reader_gone() -> int:
    """Whoever read the output (as in `… | head`) has gone: stop quietly, with nothing left to be flushed at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return WITH_PROBLEMS
