"""Pipelines: a page of the Jobs room that shows one row for each language and how far each step of it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from amts_desk.core.errors import DeskError
from amts_desk.core.pipeline import Pipeline, Step, StepName, StepState
from amts_desk.desk import pipelines
from amts_desk.desk.pipelines import PipelineDesk
from amts_desk.desk.session import Session
from amts_desk.flows.estimating import Estimate
from amts_desk.ui.dialogs.start_pipelines import StartPipelinesDialog
from amts_desk.ui.models.table import Column, TableModel
from amts_desk.ui.rooms.room import Room
from amts_desk.ui.widgets.pipeline_form import PipelineForm, arrow
from amts_desk.ui.widgets.table import Table

if TYPE_CHECKING:
    from amts_desk.flows.config import Config
    from amts_desk.flows.results import Outcome


class PipelinesPage(QWidget):
    """To the left what pipelines should do, by a form or a file that was opened; to the right how each stands."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.desk = PipelineDesk(session, self)
        self.asking: StartPipelinesDialog | None = None
        self._file: tuple[Config, Path] | None = None
        self._is_behind = True
        self._shows_run = False
        split = QSplitter()
        split.addWidget(self._choices())
        split.addWidget(self._results())
        split.setStretchFactor(1, 1)
        split.setSizes([216, 884])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(split)
        self.desk.stood.connect(self._on_stood)
        self.desk.estimated.connect(self._on_estimated)
        self.desk.ended.connect(self._on_ended)
        session.chapters_changed.connect(self._on_changed)
        session.project_closed.connect(self._on_closed)
        self._update()

    # ---- building ----------------------------------------------------------------------------------------------

    def _choices(self) -> QWidget:
        self.form = PipelineForm()
        self.form.changed.connect(self._on_form)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.own_button = QPushButton(self.tr("Use the project’s chapters"))
        self.own_button.clicked.connect(self.use_form)
        opened = QWidget()
        column = QVBoxLayout(opened)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.told)
        column.addWidget(self.own_button)
        column.addStretch(1)
        self.source = QStackedWidget()
        self.source.addWidget(self.form)
        self.source.addWidget(opened)
        self.open_button = QPushButton(self.tr("Open…"))
        self.open_button.setToolTip(self.tr("Open a pipeline that was saved as a TOML file"))
        self.open_button.clicked.connect(self._choose_file)
        self.save_button = QPushButton(self.tr("Save as…"))
        self.save_button.setToolTip(self.tr("Save it as a TOML file, also for “amts-desk pipeline”"))
        self.save_button.clicked.connect(self._choose_place)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 8, 0)
        row.addWidget(self.open_button)
        row.addWidget(self.save_button)
        row.addStretch(1)
        side = QWidget()
        outer = QVBoxLayout(side)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.source, 1)
        outer.addLayout(row)
        return side

    def _results(self) -> QWidget:
        titles = {
            StepName.READ: self.tr("Read"),
            StepName.ALIGN: self.tr("Align"),
            StepName.PARALLEL_DATA: self.tr("Parallel data"),
            StepName.JOBS: self.tr("Jobs"),
            StepName.OUTPUT: self.tr("Output"),
            StepName.SCORES: self.tr("Scores"),
        }
        self._pipelines: TableModel[Pipeline] = TableModel(
            [
                Column(self.tr("Language"), lambda p: arrow(p.direction)),
                *(self._step_column(title, name) for name, title in titles.items()),
                Column(self.tr("Time"), _time, is_number=True),
            ],
            self,
        )
        self.table = Table(self._pipelines, self.tr("Pipelines"), (0, 92, 112, 112, 112, 112, 96, 62), 30)
        self.table.selectionModel().selectionChanged.connect(self._tell)
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.setAccessibleName(self.tr("What goes on"))
        note = QLabel(self.tr("Stop leaves jobs that were started with Amazon; “Go on” finds and fetches them."))
        note.setProperty("role", "quiet")
        note.setWordWrap(True)
        self.report_button = QPushButton(self.tr("Open the report"))
        self.report_button.clicked.connect(self.open_report)
        self.stop_button = QPushButton(self.tr("Stop"))
        self.stop_button.clicked.connect(self.desk.stop)
        self.start_button = QPushButton()
        self.start_button.setProperty("role", "primary")
        self.start_button.clicked.connect(self.start)
        row = QHBoxLayout()
        row.addWidget(self.report_button)
        row.addStretch(1)
        row.addWidget(self.stop_button)
        row.addWidget(self.start_button)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        for widget, stretch in ((self.table, 1), (self.message, 0), (note, 0)):
            column.addWidget(widget, stretch)
        column.addLayout(row)
        return side

    def _step_column(self, title: str, name: StepName) -> Column[Pipeline]:
        return Column(title, lambda p: self._words(p.step(name)), lambda p: p.step(name).message)

    # ---- what is chosen ----------------------------------------------------------------------------------------

    def chosen(self) -> tuple[Config, Path] | None:
        """Return the configuration and the folder of its results, None while nothing that could run is chosen."""
        if self.session.project is None:
            return None
        if self._file is not None:
            return self._file
        project = self.session.project.path
        config = self.form.config(project)
        return (config, project.with_name(f"{project.stem}-results")) if config else None

    def open_file(self, path: Path) -> None:
        """Show the pipelines of a TOML file."""
        try:
            self._file = self.desk.open(path)
        except DeskError as error:
            self.session.failed.emit(error)
            return
        config = self._file[0]
        words = self.tr("{0}\n\nLanguages: {1}\nJobs for each: {2}\nHeld out: {3}")
        directions, arms, articles = (", ".join(names) for names in (config.directions, config.arms, config.hold_out))
        self.told.setText(words.format(path.name, directions, arms, articles))
        self.source.setCurrentIndex(1)
        self._look()

    def save_file(self, path: Path) -> None:
        """Save what is chosen as a TOML file."""
        chosen = self.chosen()
        if chosen is None:
            return
        try:
            pipelines.save(chosen[0], path)
        except DeskError as error:
            self.session.failed.emit(error)
        else:
            self.session.noted.emit(self.tr("Saved {0}").format(path.name))

    @Slot()
    def use_form(self) -> None:
        """Go back to the chapters of the project."""
        self._file = None
        self.source.setCurrentIndex(0)
        self._look()

    # ---- doing -------------------------------------------------------------------------------------------------

    @Slot()
    def start(self) -> None:
        """Count what it costs; the question follows, and only then they start or go on."""
        chosen = self.chosen()
        if chosen is not None and not self.desk.is_running:
            self.desk.estimate(*chosen)

    @Slot()
    def open_report(self) -> None:
        """Show the report in the browser."""
        report = self._report()
        if report is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(report)))

    @Slot(object)
    def _on_estimated(self, estimate: Estimate) -> None:
        chosen = self.chosen()
        if chosen is None or self.asking is not None:
            return
        count = len(chosen[0].directions)
        self.asking = StartPipelinesDialog(estimate, count, self.session.connection, self.window())
        self.asking.accepted.connect(self._on_agreed)
        self.asking.finished.connect(self._on_answered)
        self.asking.open()

    @Slot()
    def _on_agreed(self) -> None:
        chosen = self.chosen()
        if chosen is not None:
            # What they tell at their end, above all why one failed, stays until something else is asked.
            self._shows_run = True
            self.desk.start(*chosen)
            self._update()

    @Slot()
    def _on_answered(self) -> None:
        if self.asking is not None:
            self.asking.deleteLater()
            self.asking = None

    # ---- showing -----------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while the page was out of sight."""
        super().showEvent(event)
        if self._is_behind:
            self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        """Follow the chapters of the project; out of sight, or while pipelines run, that can wait."""
        self._is_behind = not self.isVisible() or self.desk.is_running
        if self._is_behind:
            return
        self.form.show_chapters([row.chapter for row in self.session.chapter_rows()])
        if not self._shows_run:
            self._look()

    @Slot()
    def _on_closed(self) -> None:
        self._file = None
        self.source.setCurrentIndex(0)
        self._pipelines.set_rows([])
        self._is_behind = True
        self._update()

    @Slot()
    def _on_form(self) -> None:
        if self._file is None:
            self._look()

    def _look(self) -> None:
        """Show how what is chosen stands, as the project tells it."""
        chosen = self.chosen()
        if self.desk.is_running:
            return
        self._shows_run = False
        if chosen is None:
            self._pipelines.set_rows([])
        else:
            self.desk.look(*chosen)
        self._update()

    @Slot(object)
    def _on_stood(self, found: tuple[Pipeline, ...]) -> None:
        before = self.table.chosen_rows()
        self._pipelines.set_rows(found)
        if found and not before:
            self.table.choose_row(0)
        self._tell()
        self._update()

    @Slot(object)
    def _on_ended(self, outcome: Outcome | None) -> None:
        if outcome is not None:
            done = sum(pipeline.state is StepState.DONE for pipeline in outcome.pipelines)
            words = self.tr("Pipelines at their end: {0} of {1}").format(done, len(outcome.pipelines))
            self.session.noted.emit(words)
        if self._is_behind:
            self._on_changed()
        self._update()

    @Slot()
    def _tell(self) -> None:
        """Say what goes on in the selected pipeline."""
        rows = [self._pipelines.rows[row] for row in self.table.chosen_rows() if row < len(self._pipelines.rows)]
        told = [f"{arrow(pipeline.direction)}: {pipeline.message}" for pipeline in rows if pipeline.message]
        self.message.setText("\n".join(told))

    def _update(self) -> None:
        """Bring buttons in line with what can be done."""
        chosen, is_running = self.chosen(), self.desk.is_running
        rows = self._pipelines.rows
        # Chapters are also read and aligned elsewhere; what follows belongs to pipelines.
        is_begun = any(step.state is not StepState.WAITING for pipeline in rows for step in pipeline.steps[2:])
        is_done = bool(rows) and all(pipeline.state is StepState.DONE for pipeline in rows)
        words = self.tr("Go on…") if is_begun else self.tr("Start…")
        if chosen is None:
            words = self.tr("Tick languages and an article to hold out")
        self.start_button.setText(self.tr("All done") if is_done else words)
        self.start_button.setEnabled(chosen is not None and not is_running and not is_done)
        self.stop_button.setEnabled(is_running)
        self.save_button.setEnabled(chosen is not None)
        for widget in (self.form, self.open_button, self.own_button):
            widget.setEnabled(not is_running)
        self.report_button.setEnabled(self._report() is not None)

    def _report(self) -> Path | None:
        """Return the page with the scores, None when there is none yet."""
        chosen = self.chosen()
        report = chosen[1] / "report.html" if chosen else None
        return report if report is not None and report.is_file() else None

    def _words(self, step: Step) -> str:
        """Return how a step stands with a sign and a word, and how far it is while that is not all."""
        words = {
            StepState.WAITING: self.tr("· waiting"),
            StepState.RUNNING: self.tr("▶ running"),
            StepState.DONE: self.tr("✓ done"),
            StepState.FAILED: self.tr("✗ failed"),
            StepState.STOPPED: self.tr("■ stopped"),
        }[step.state]
        is_partly = step.total and step.state not in (StepState.DONE, StepState.WAITING)
        return f"{words} {step.done}/{step.total}" if is_partly else words

    # ---- files -------------------------------------------------------------------------------------------------

    @Slot()
    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Open a pipeline"), "", self.tr("Pipelines (*.toml);;All files (*)")
        )
        if path:
            self.open_file(Path(path))

    @Slot()
    def _choose_place(self) -> None:
        usual = self.session.opened().path.with_name("pipeline.toml")
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the pipeline"), str(usual), self.tr("Pipelines (*.toml)")
        )
        if path:
            self.save_file(Path(path))


def add_pipelines(room: Room) -> PipelinesPage:
    """Make what a room shows the first of two tabs, the second of which are the pipelines; returns their page."""
    page, tabs = PipelinesPage(room.session), QTabWidget()
    first = QWidget()
    inner = QVBoxLayout(first)
    inner.setContentsMargins(0, 8, 0, 0)
    while (item := room.column.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            inner.addWidget(widget, 1)
    tabs.addTab(first, room.tr("Jobs"))
    tabs.addTab(page, room.tr("Pipelines"))
    room.column.addWidget(tabs, 1)
    return page


def _time(pipeline: Pipeline) -> str:
    minutes, seconds = divmod(int(pipeline.seconds), 60)
    return f"{minutes}:{seconds:02d}" if pipeline.seconds else ""
