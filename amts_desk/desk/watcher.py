"""Watches what Amazon is doing: asks about unfinished runs and parallel data, less and less often."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from amts_desk.flows.waiting import LONGEST, LONGEST_IN_TROUBLE, Pace

FIRST = 1.0
"""Seconds until the first question."""
_TICK = 5_000
"""Milliseconds between two looks at the clocks: so soon it is noticed that the machine has slept."""


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
        self._pace = Pace(FIRST, LONGEST)

    @property
    def is_waiting(self) -> bool:
        """Whether a question is planned."""
        return self._timer.isActive()

    def wake(self) -> None:
        """Begin to ask, or ask soon again after something new was started."""
        self._pace.hurry()
        self._plan()

    def heard(self, *, changed: bool, waiting: bool, trouble: bool = False) -> None:
        """Plan the next question after an answer, none when nothing is waited for any more.

        In `trouble`, when nobody answered, the pauses grow to minutes.
        """
        if not waiting:
            return
        if changed:
            self._pace.hurry()
        else:
            self._pace.slow_down(LONGEST_IN_TROUBLE if trouble else LONGEST)
        self._plan()

    def stop(self) -> None:
        """Ask no more."""
        self._timer.stop()

    @Slot()
    def _on_time(self) -> None:
        if self._pace.left() > 0:
            self._plan()
        else:
            self._ask()

    def _plan(self) -> None:
        """Look at the clocks when the pause is over, or at the next tick."""
        self._timer.start(min(_TICK, int(self._pace.left() * 1000) + 1))
