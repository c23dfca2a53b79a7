"""The table of runs: newest first, filtered by state and by words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from PySide6.QtCore import QObject

from amts_desk.core.amazon import Run
from amts_desk.ui.models.table import Column, TableModel


class Show(StrEnum):
    """Which runs are shown."""

    ALL = "all"
    RUNNING = "running"
    FETCHED = "fetched"
    TROUBLED = "troubled"


_TESTS: dict[Show, Callable[[Run], bool]] = {
    Show.ALL: lambda run: True,
    Show.RUNNING: lambda run: run.is_running,
    Show.FETCHED: lambda run: run.is_fetched,
    Show.TROUBLED: lambda run: run.is_unsent or bool(run.message) or (run.status.has_ended and not run.is_fetched),
}


class RunsModel(TableModel[Run]):
    """Holds every run of the project and shows those that are asked for."""

    def __init__(self, columns: Sequence[Column[Run]], parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self._all: list[Run] = []
        self._show = Show.ALL
        self._words: list[str] = []

    @property
    def count(self) -> int:
        """How many runs there are, shown or not."""
        return len(self._all)

    def set_runs(self, runs: Sequence[Run]) -> None:
        """Show these runs, given oldest first, as far as the filter lets them through."""
        self._all = list(reversed(runs))
        self._refresh()

    def show_only(self, show: Show, words: str) -> None:
        """Show the runs in a state of which every word is found somewhere."""
        self._show, self._words = show, words.casefold().split()
        self._refresh()

    def row_of(self, number: int) -> int:
        """Return the row of the run of that number, -1 when it is not shown."""
        return next((row for row, run in enumerate(self.rows) if run.number == number), -1)

    def _refresh(self) -> None:
        self.set_rows([run for run in self._all if _TESTS[self._show](run) and self._has_words(run)])

    def _has_words(self, run: Run) -> bool:
        parts = (str(run.number), run.name, run.arm, run.direction, run.parallel_data, run.terminology, run.message)
        text = " ".join(parts).casefold()
        return all(word in text for word in self._words)
