"""A worker process for code that may never come back: started when first needed, kept, killed when it is too slow.

Only a process will do: Python's regular expressions hold the interpreter lock while they search, so a thread that
hangs in one stops every other thread and cannot be ended.
"""

from __future__ import annotations

import faulthandler
import logging
import multiprocessing
import os
import signal
import threading
import time
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

_READY_WITHIN = 30.0  # seconds: a busy machine starts Python slowly
_BEAT = 0.1  # seconds between two looks at whether the answer is still wanted
_log = logging.getLogger(__name__)

Answer = Callable[[Any], Any]


class Guard:
    """One worker process that answers one question at a time, for any thread.

    `make` is a module's function; it runs in the worker and returns the function that answers. After `patience`
    questions without an answer in time nothing is asked any more: each of them costs its whole time limit.
    """

    def __init__(self, make: Callable[[], Answer], *, seconds: float, patience: int = 3) -> None:
        self._make = make
        self._seconds = seconds
        self._patience = patience
        self._lock = threading.Lock()
        self._pipe: Connection | None = None
        self._process: BaseProcess | None = None

    def ask(self, question: object, tick: Callable[[], None]) -> Any:
        """Return the worker's answer, None when it died or did not answer in time.

        `tick` is called while waiting; what it raises (Cancelled) ends the worker and is passed on.
        """
        while not self._lock.acquire(timeout=_BEAT):
            tick()
        try:
            return self._asked(question, tick) if self._patience > 0 else None
        except BaseException:
            self._end()
            raise
        finally:
            self._lock.release()

    def close(self) -> None:
        """End the worker, if there is one; the next question starts a new one."""
        with self._lock:
            self._end()

    def _asked(self, question: object, tick: Callable[[], None]) -> Any:
        try:
            pipe = self._pipe or self._started(tick)
            pipe.send(question)
            return _answer(pipe, self._seconds, tick)
        except (EOFError, OSError) as error:
            self._patience -= 1
            _log.warning("%s did not answer (%s); %d more tries", self._make.__module__, error, self._patience)
            self._end()
            return None

    def _started(self, tick: Callable[[], None]) -> Connection:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._make, self._seconds), daemon=True)
        try:
            self._process.start()
        finally:
            theirs.close()
        _answer(self._pipe, _READY_WITHIN, tick)
        return self._pipe

    def _end(self) -> None:
        if self._pipe:
            self._pipe.close()
        if self._process and self._process.pid:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._pipe = self._process = None


def _answer(pipe: Connection, seconds: float, tick: Callable[[], None]) -> Any:
    """Return what comes out of the pipe. Raises TimeoutError after `seconds`, EOFError when the worker has died."""
    until = time.monotonic() + seconds
    while not pipe.poll(_BEAT):
        tick()
        if time.monotonic() > until:
            raise TimeoutError(f"no answer within {seconds:.0f} s")
    return pipe.recv()


def _serve(pipe: Connection, make: Callable[[], Answer], seconds: float) -> None:
    """Answer questions until the program at the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the program's to handle
    warnings.simplefilter("ignore")
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        answer = make()
        pipe.send("ready")
        while True:
            try:
                question = pipe.recv()
            except (EOFError, OSError):
                return
            # Should the program be killed while this hangs, nobody else would end it.
            faulthandler.dump_traceback_later(2 * seconds, exit=True, file=nowhere)
            pipe.send(answer(question))
            faulthandler.cancel_dump_traceback_later()
