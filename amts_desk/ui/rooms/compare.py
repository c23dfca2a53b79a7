"""Compare: did the parallel data help? Articles down, arms across, with the definition of the score above."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QWidget

from amts_desk.core.experiment import Cell, Experiment
from amts_desk.desk.session import Session
from amts_desk.steps.report.wording import (
    both_scales,
    direction_definition,
    interval_words,
    is_significant,
    p_words,
)
from amts_desk.ui.models.table import Column, TableModel
from amts_desk.ui.rooms.room import Room
from amts_desk.ui.widgets.bars import BarChart
from amts_desk.ui.widgets.direction_box import DirectionBox
from amts_desk.ui.widgets.empty_state import EmptyState
from amts_desk.ui.widgets.table import Table

if TYPE_CHECKING:
    from amts_desk.flows.scoring import Compared


class CompareRoom(Room):
    """Scores every fetched run of a direction, article by article, and what parallel data changed."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        empty = EmptyState(
            self.tr("Nothing to compare yet"),
            self.tr(
                "Here you see by BLEU, article by article, whether parallel data helped. "
                "First translate chapters with it and without."
            ),
            self.tr("Go to Jobs"),
        )
        super().__init__(session, empty, parent)
        self.direction = DirectionBox()
        self.direction.currentIndexChanged.connect(self._on_direction)
        self.save_button = QPushButton(self.tr("Save a report…"))
        self.save_button.clicked.connect(self.save)
        self._definition = QLabel()
        self._definition.setProperty("role", "quiet")
        self._definition.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self.direction)
        row.addStretch(1)
        row.addWidget(self.save_button)
        self._model: TableModel[str] = TableModel([], self)
        self.table = Table(self._model, self.tr("Scores"), (), 44)
        self.chart = BarChart()
        self.column.addLayout(row)
        self.column.addWidget(self._definition)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.chart)
        self.found: Compared | None = None
        session.amazon.runs_changed.connect(self.refresh)
        session.project_closed.connect(self.refresh)
        session.compared.connect(self._on_compared)
        self.entry = self.table
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Score the fetched runs again, in the background."""
        runs = [run for run in self.session.amazon.runs() if run.is_fetched]
        self.show_empty(empty=not runs)
        if not runs:
            self.found = None
        if not runs or not self.isVisibleTo(self.window()):
            return
        before = self.direction.direction()
        self.direction.show_only(list(dict.fromkeys((run.source_language, run.target_language) for run in runs)))
        if self.direction.direction() == before:
            self._ask()

    def take_first_step(self, step: int) -> None:
        """Go to Jobs."""
        self.room_wanted.emit("jobs")

    def subtitle(self) -> str:
        """Return what is compared."""
        return self.tr("Articles: {0}").format(len(self.found.experiment.articles)) if self.found else ""

    @Slot()
    def save(self) -> None:
        """Save the comparison as an HTML page."""
        if self.found is None:
            return
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Save a report"), "report.html", "HTML (*.html)")
        if name:
            self.session.save_report(Path(name), self.found)

    @Slot()
    def _on_direction(self) -> None:
        self._ask()

    def _ask(self) -> None:
        source, target = self.direction.direction()
        if source:
            self.session.compare(source, target)

    @Slot(object)
    def _on_compared(self, found: Compared) -> None:
        self.found = found
        result = found.experiment
        direction = result.directions[0]
        engine = self.tr("offline practice engine, not Amazon") if result.offline else "Amazon Translate"
        self._definition.setText(f"{direction_definition(result, direction)} · {engine}")
        articles: list[Column[str]] = [
            Column(self.tr("Article"), lambda article: article or self.tr("All segments together")),
            Column(self.tr("n"), lambda article: _count(result, direction, article), is_number=True),
        ]
        arms = [self._column(result, direction, arm) for arm in result.arms]
        self._model.set_columns([*articles, *arms], [*result.articles, ""])
        self.table.set_widths((220, 60, *(0 for _ in result.arms)))
        bars = [(arm, result.cell(direction, "", arm)) for arm in result.arms]
        self.chart.show_bars([(self._arm(arm), cell.bleu, cell.ci) for arm, cell in bars if cell is not None])
        self.changed.emit()

    def _column(self, result: Experiment, direction: str, arm: str) -> Column[str]:
        first = result.arms[0]

        def text(article: str) -> str:
            cell, base = result.cell(direction, article, arm), result.cell(direction, article, first)
            return self._score(cell, base if arm != first else None)

        def tip(article: str) -> str:
            cell = result.cell(direction, article, arm)
            return _details(cell) if cell else ""

        return Column(self._arm(arm), text, tip)

    def _arm(self, arm: str) -> str:
        return {
            "none": self.tr("Without parallel data"),
            "paragraph": self.tr("Paragraph pairs"),
            "sentence": self.tr("Sentence pairs"),
        }.get(arm, arm)

    def _score(self, cell: Cell | None, base: Cell | None) -> str:
        """Return a score on both scales, and how it differs from the first arm."""
        if cell is None:
            return "–"
        if base is None:
            return both_scales(cell.bleu)
        words = f"{both_scales(cell.bleu)}   {cell.bleu - base.bleu:+.1f}"
        if cell.p is None:
            return words
        doubt = "" if is_significant(cell) else self.tr(" · not significant")
        return f"{words}   {p_words(cell.p)}{doubt}"


def _count(result: Experiment, direction: str, article: str) -> str:
    cells = [result.cell(direction, article, arm) for arm in result.arms]
    return next((str(cell.n) for cell in cells if cell), "–")


def _details(cell: Cell) -> str:
    interval = f"\n95 %: {interval_words(cell)}" if cell.ci else ""
    return f"BLEU {both_scales(cell.bleu)}\nchrF {cell.chrf:.2f}\nn = {cell.n}{interval}"
