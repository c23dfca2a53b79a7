"""Pipelines while a project is open: what they would cost, how they stand, run in the background, stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from amts_desk.core.errors import DeskError
from amts_desk.core.pipeline import Pipeline, StepState, Tell, tell_nobody
from amts_desk.core.progress import Progress
from amts_desk.desk.session import Session
from amts_desk.desk.tasks import Task, Work

if TYPE_CHECKING:
    from amts_desk.flows.config import Config
    from amts_desk.flows.connecting import Line
    from amts_desk.flows.estimating import Estimate
    from amts_desk.flows.results import Outcome

Todo = Callable[[Path, "Line"], Work]


class PipelineDesk(QObject):
    """Runs the pipelines of one configuration in the open project. Methods return at once; signals bring the rest.

    `stood` brings a tuple of core.pipeline.Pipeline whenever they stand otherwise, `estimated` what they would cost,
    `ended` a flows.results.Outcome, or None when they were stopped or all failed.
    """

    stood = Signal(object)
    estimated = Signal(object)
    ended = Signal(object)
    _told = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._task: Task | None = None
        self._is_running = False
        self._states: list[list[StepState]] = []
        self._looked_at: Config | None = None
        self._told.connect(self._on_told)
        session.project_closed.connect(self._on_closed)

    @property
    def is_running(self) -> bool:
        """Whether pipelines run now."""
        return self._is_running

    def open(self, path: Path) -> tuple[Config, Path]:
        """Return the configuration in a file, as it is carried out in the open project, and the folder of its results.

        Raises DeskError when it cannot be read, or is of another project.
        """
        from amts_desk.flows.config import read_config

        config = read_config(path)
        own = self._session.opened().path
        if config.project is not None and config.project.absolute() != own:
            raise DeskError(f"{path.name} is a pipeline of {config.project.name}.", "Open that project first.")
        wished = config.connection.is_offline
        if config.has_connection and wished != self._session.connection.is_offline:
            words = self.tr("{0} names another connection; here that of the project is used: {1}.")
            self._session.noted.emit(words.format(path.name, self._session.connection.label))
        return config, path.with_name(f"{path.stem}-results")

    def look(self, config: Config, folder: Path) -> None:
        """See in the project how the pipelines stand; `stood` brings it, unless something else is asked meanwhile."""
        self._looked_at = config

        def succeed(found: tuple[Pipeline, ...]) -> None:
            if config is self._looked_at and not self.is_running:
                self.stood.emit(found)

        self._session.start_work(_standing(config, folder), succeed, self.tr("Looking how far pipelines are"))

    def estimate(self, config: Config, folder: Path) -> None:
        """Read the chapters and count what the jobs would cost; `estimated` brings a flows.estimating.Estimate."""
        self._session.start_work(_estimate(config, folder), self.estimated.emit, self.tr("Counting what jobs cost"))

    def start(self, config: Config, folder: Path) -> None:
        """Start the pipelines, or go on with them; what was done before is not done again."""
        if not self._is_running:
            self._is_running = True
            todo = _run(config, folder, self._told.emit)
            self._task = self._session.start_work(todo, self._on_ended, self.tr("Running pipelines"), self._on_failed)

    def stop(self) -> None:
        """Stop them at the next opportunity. Jobs that were started go on at Amazon."""
        if self._is_running and self._task is not None:
            self._task.cancel()

    @Slot(object)
    def _on_told(self, pipelines: tuple[Pipeline, ...]) -> None:
        if not self._is_running:
            return
        states = [[step.state for step in pipeline.steps] for pipeline in pipelines]
        self.stood.emit(pipelines)
        if states != self._states:
            self._states = states
            self._tell_rooms()

    @Slot(object)
    def _on_ended(self, outcome: Outcome) -> None:
        self._is_running = False
        for problem in outcome.problems:
            self._session.failed.emit(problem)
        self._tell_rooms()
        self.ended.emit(outcome)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self._is_running = False
        self._session.report(error)
        self._tell_rooms()
        self._session.amazon.look_now()
        self.ended.emit(None)

    @Slot()
    def _on_closed(self) -> None:
        """Forget what ran in the project: it was stopped, and what it still tells is of no project that is open."""
        self._is_running = False

    def _tell_rooms(self) -> None:
        """Let the other rooms show what is in the project now."""
        session = self._session
        for signal in (session.chapters_changed, session.amazon.parallel_data_changed, session.amazon.runs_changed):
            signal.emit()


def _run(config: Config, folder: Path, tell: Tell) -> Todo:
    """Run the pipelines; brings an Outcome."""

    def todo(project: Path, line: Line) -> Work:
        def work(progress: Progress) -> Outcome:
            from amts_desk.flows.pipeline import Pipelines, Wishes
            from amts_desk.store.project import Project

            with Project.join(project) as joined:
                return Pipelines(joined, line, config, folder, Wishes(tell=tell, progress=progress)).run()

        return work

    return todo


def _estimate(config: Config, folder: Path) -> Todo:
    """Count what the jobs would cost; brings an Estimate."""

    def todo(project: Path, line: Line) -> Work:
        def work(progress: Progress) -> Estimate:
            from amts_desk.flows.pipeline import Pipelines, Wishes
            from amts_desk.store.project import Project

            with Project.join(project) as joined:
                return Pipelines(joined, line, config, folder, Wishes(tell=tell_nobody, progress=progress)).expected()

        return work

    return todo


def _standing(config: Config, folder: Path) -> Todo:
    """See how the pipelines stand; brings a tuple of Pipeline."""

    def todo(project: Path, _: Line) -> Work:
        def work(_: Progress) -> tuple[Pipeline, ...]:
            from amts_desk.flows.standing import standing
            from amts_desk.store.project import Project

            with Project.join(project) as joined:
                return standing(joined, config, folder)

        return work

    return todo


def save(config: Config, path: Path) -> None:
    """Write a configuration as TOML. Raises DeskError when the file cannot be written."""
    from amts_desk.flows.config_text import config_text
    from amts_desk.store.files import write_atomically

    write_atomically(path, config_text(replace(config, name=path.stem), path.parent).encode())
