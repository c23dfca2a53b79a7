"""Slow work off the GUI thread, its result back on it: the one way to do it.

    runner.start(work, on_success, on_failure)

`work(progress)` gets plain data in its closure, touches no Qt, and calls `progress(done, total, note)` between two
pieces, which raises Cancelled when the person has stopped it. Exactly one of the two callbacks comes back, on the
GUI thread; after a stop, `on_failure` with Cancelled.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from amts_desk.core.errors import Cancelled
from amts_desk.core.progress import Progress

Work = Callable[[Progress], Any]
_SWITCH = 0.0005
"""Seconds that a thread may keep Python to itself while the window waits: by default it is ten times as long, and
one event of the window waits several times over."""
_TELLING = 0.05
"""Seconds between two reports that the window hears of: work of many small pieces would keep it busy reading."""


class Task(QObject):
    """One piece of slow work. Its signals reach the GUI thread, where the task was made."""

    progressed = Signal(int, int, str)
    succeeded = Signal(object)
    failed = Signal(object)

    def __init__(self, title: str, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self._work = work
        self._stop = threading.Event()
        self._told_at = 0.0

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self._stop.set()

    def run(self) -> None:
        """Do the work in the calling thread and report how it went, whatever happens."""
        try:
            result = self._work(self._progress)
        except BaseException as error:  # noqa: BLE001  every error must reach the person who waits
            self.failed.emit(error)
        else:
            self.succeeded.emit(result)

    def _progress(self, done: int, total: int, note: str = "", /) -> None:
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - self._told_at >= _TELLING:
            self._told_at = now
            self.progressed.emit(done, total, note)


class _Runnable(QRunnable):
    def __init__(self, task: Task) -> None:
        super().__init__()
        self._task = task

    def run(self) -> None:
        self._task.run()


class _Reply(QObject):
    """Brings the end of one task to its callbacks, then forgets it."""

    done = Signal(object)

    def __init__(
        self, task: Task, on_success: Callable[[Any], None], on_failure: Callable[[BaseException], None]
    ) -> None:
        super().__init__(task)
        self._task = task
        self._on_success = on_success
        self._on_failure = on_failure
        task.succeeded.connect(self._succeed)
        task.failed.connect(self._fail)

    @Slot(object)
    def _succeed(self, result: object) -> None:
        self.done.emit(self._task)
        self._on_success(result)

    @Slot(object)
    def _fail(self, error: BaseException) -> None:
        self.done.emit(self._task)
        self._on_failure(error)


class TaskRunner(QObject):
    """Starts tasks and keeps them until they are done. `inline` does each at once, for tests."""

    task_started = Signal(object)
    task_ended = Signal(object)

    def __init__(self, parent: QObject | None = None, *, inline: bool = False) -> None:
        super().__init__(parent)
        sys.setswitchinterval(_SWITCH)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(max(4, self._pool.maxThreadCount()))
        self._tasks: list[Task] = []
        self._inline = inline

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The tasks that run now, oldest first."""
        return tuple(self._tasks)

    def start(
        self,
        work: Work,
        on_success: Callable[[Any], None],
        on_failure: Callable[[BaseException], None],
        title: str = "",
    ) -> Task:
        """Run `work` in the background and return its task; exactly one callback follows in this thread."""
        task = Task(title, work, self)
        reply = _Reply(task, on_success, on_failure)
        reply.done.connect(self._forget)
        self._tasks.append(task)
        self.task_started.emit(task)
        if self._inline:
            task.run()
        else:
            self._pool.start(_Runnable(task))
        return task

    @Slot(object)
    def _forget(self, task: Task) -> None:
        self._tasks.remove(task)
        self.task_ended.emit(task)
        task.deleteLater()

    def close(self, milliseconds: int = 20_000) -> bool:
        """Stop what still runs and wait for it; returns whether everything has ended in time."""
        for task in self._tasks:
            task.cancel()
        return self._pool.waitForDone(milliseconds)
