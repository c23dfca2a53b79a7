"""Watches what Amazon is doing: asks about unfinished runs and parallel data, less and less often."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

FIRST, LONGEST = 1_000, 60_000
"""Milliseconds between two questions."""


class Watcher(QObject):
    """Calls `ask` again and again while there is something to wait for.

    `ask` starts the question in the background; whoever gets the answer calls `heard(changed, waiting)`.
    """

    def __init__(self, ask: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)
        self._pause = FIRST

    def wake(self) -> None:
        """Begin to ask, or ask soon again after something new was started."""
        self._pause = FIRST
        self._timer.start(self._pause)

    def heard(self, *, changed: bool, waiting: bool) -> None:
        """Plan the next question after an answer, none when nothing is waited for any more."""
        if not waiting:
            return
        self._pause = FIRST if changed else min(int(self._pause * 1.5), LONGEST)
        self._timer.start(self._pause)

    def stop(self) -> None:
        """Ask no more."""
        self._timer.stop()

    @Slot()
    def _on_time(self) -> None:
        self._ask()
