"""The local endpoint as a child process, for a program that needs one. Imports nothing heavy."""

from __future__ import annotations

import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from amts_desk.core.errors import DeskError
from amts_desk.endpoint.session import Session, session_of

_READY_WITHIN = 60.0  # seconds: a first start on a slow disk compiles and loads a good deal
_GONE_WITHIN = 20.0
_TAIL = 2000  # characters of its messages that are told when it fails


class LocalEndpoint:
    """A running endpoint. It ends with `stop`, and when the program that started it ends, however that happens."""

    def __init__(self, process: subprocess.Popen[bytes], session: Session) -> None:
        self._process = process
        self.session = session
        self.url = session.url
        self.region = session.region
        self.access_key = session.access_key
        self.secret_key = session.secret_key
        self.bucket = session.bucket
        self.role_arn = session.role_arn

    @property
    def is_running(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def stop(self) -> None:
        """End it, its state saved; return when it is gone. Does nothing the second time."""
        _end(self._process)


def start(folder: Path, *, command: Sequence[str] | None = None, timeout: float = _READY_WITHIN) -> LocalEndpoint:
    """Start the endpoint whose state is in `folder`, and wait until it can be used.

    `command` is what to run, the program's own `endpoint` command unless given; `timeout` is in seconds.
    Raises DeskError when it ends or is not ready in time, with the end of what it wrote to stderr.
    """
    with tempfile.TemporaryFile() as messages:
        process = subprocess.Popen(
            list(command or _own_command(folder)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=messages,
            start_new_session=sys.platform != "win32",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        assert process.stdout
        line = _first_line(process.stdout, timeout)
        try:
            return LocalEndpoint(process, session_of(line))
        except DeskError as error:
            _end(process)
            said = _tail(messages) or error.message
            raise DeskError(f"The local endpoint did not start: {said}", "Try again.") from error


def _own_command(folder: Path) -> list[str]:
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "amts_desk"]
    return [*program, "endpoint", "--data", str(folder)]


def _first_line(stream: IO[bytes], timeout: float) -> str:
    """Return the first line of a stream, "" when there is none in time."""
    lines: queue.Queue[bytes] = queue.Queue()
    threading.Thread(target=lambda: lines.put(stream.readline()), daemon=True).start()
    try:
        return lines.get(timeout=timeout).decode("utf-8", "replace")
    except queue.Empty:
        return ""


def _tail(messages: IO[bytes]) -> str:
    messages.seek(0)
    return messages.read().decode("utf-8", "replace")[-_TAIL:].strip()


def _end(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin
    assert process.stdout
    process.stdin.close()
    try:
        process.wait(_GONE_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdout.close()
