"""The full way of one direction, as a way that others can be walked beside: align, push, jobs, output, scores.

Each step asks the project first whether it was done before. So a way that was broken off, however hard, is carried on
by walking it again, and nothing is sent or paid for twice.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from amts_desk.aws.cloud import Cloud
from amts_desk.core.amazon import ParallelDataStatus, ParallelDataVersion, Run
from amts_desk.core.checks import Verdict
from amts_desk.core.errors import DeskError, ServiceError
from amts_desk.core.experiment import Leakage, without_terminology
from amts_desk.core.languages import parse_direction
from amts_desk.core.pairs import Unit
from amts_desk.core.pipeline import StepName
from amts_desk.core.progress import Progress
from amts_desk.flows import gathering, ordering, preflight, pushing, running
from amts_desk.flows.board import Board
from amts_desk.flows.config import Config
from amts_desk.flows.fetching import fetch
from amts_desk.flows.gathering import Gathered
from amts_desk.flows.lanes import Rest, Turns, Way
from amts_desk.flows.results import write_chapters
from amts_desk.flows.scoring import Compared, LineUp, compare
from amts_desk.flows.waiting import PATIENCE, asking
from amts_desk.steps.parallel_data import leaked
from amts_desk.store.project import Project

Answer = TypeVar("Answer")
UNITS: dict[str, Unit] = {"paragraph": "paragraph", "sentence": "sentence"}
_IN_FLIGHT = (ParallelDataStatus.CREATING, ParallelDataStatus.UPDATING)
_PATIENCE_WHEN_BUSY = 150
"""How many times in a row somebody else's parallel data may be in the way: at one question a minute, for hours."""
_BUSY = ("ConcurrentModificationException", "LimitExceededException")


@dataclass(frozen=True, slots=True)
class Finished:
    """One direction at its end: its runs, their scores, and what the check of the parallel data found.

    `kept_out` are the pairs that had been kept out of the parallel data because they stand in an article.
    """

    line_up: LineUp
    compared: Compared
    leakage: tuple[Leakage, ...]
    kept_out: int
    problems: tuple[DeskError, ...]


@dataclass(frozen=True, slots=True)
class _Pushed:
    """Parallel data that Amazon has taken in: its name, pairs checked as they lie in the bucket, pairs kept out."""

    name: str
    checked: int
    kept_out: int


@dataclass(slots=True)
class Direction:
    """What the way of one direction needs. `turns` is the queue for parallel data, shared with the others.

    `cloud` returns the clients, which may be others when the local endpoint had to be started again.
    """

    name: str
    project: Project
    cloud: Callable[[], Cloud]
    config: Config
    folder: Path
    board: Board
    turns: Turns
    progress: Progress
    longest: float
    _pushed: dict[str, _Pushed] = field(default_factory=dict)

    def way(self, gathered: Gathered) -> Way[Finished]:
        """Walk from chapters that were read to scores and written chapters.

        Raises DeskError when a step cannot be done, or when an article leaked into what was sent.
        """
        yield from self._aligned(gathered)
        runs = yield from self._started(gathered)
        fetched = yield from self._fetched(runs)
        line_up = LineUp(*parse_direction(self.name), gathered.articles, tuple(fetched), self.config.tokenize)
        finished = yield from self._scored(line_up, gathered)
        self.board.end(self.name)
        return finished

    # ---- align -------------------------------------------------------------------------------------------------

    def _aligned(self, gathered: Gathered) -> Way[None]:
        self.board.begin(self.name, StepName.ALIGN, len(gathered.chapters))
        yield 0.0
        gathering.align(self.project, gathered.chapters, self._noting(StepName.ALIGN))
        self.board.count(self.name, StepName.ALIGN, len(gathered.chapters))
        yield 0.0

    # ---- parallel data and jobs --------------------------------------------------------------------------------

    def _started(self, gathered: Gathered) -> Way[list[Run]]:
        """Start the job of each arm as soon as its parallel data is there: the jobs of the others run meanwhile."""
        units = units_of(self.config)
        self.board.begin(self.name, StepName.PARALLEL_DATA, len(units))
        self.board.begin(self.name, StepName.JOBS, len(self.config.arms))
        runs: list[Run] = []
        if not units:
            self.board.count(self.name, StepName.PARALLEL_DATA, 0)
        for arm in self.config.arms:
            unit = without_terminology(arm)
            if unit in UNITS and unit not in self._pushed:
                self._pushed[unit] = yield from self._push(unit, gathered)
                self.board.count(self.name, StepName.PARALLEL_DATA, len(self._pushed))
            runs.append((yield from self._start(arm, gathered)))
        return runs

    def _push(self, unit: str, gathered: Gathered) -> Way[_Pushed]:
        """Push a selection, and check what lies in the bucket for text of the articles."""
        name = StepName.PARALLEL_DATA
        self._note(name, f"gathering {unit} pairs")
        yield 0.0
        codes = parse_direction(self.name)
        selection = pushing.Selection(gathered.included, UNITS[unit], *codes, hold_out=gathered.articles)
        prepared = pushing.prepare(self.project, selection, self._noting(name))
        resource = pushing.default_name(self.project, selection)
        pushing.write_down(self.project, self.cloud(), resource, prepared, self._noting(name))
        yield 0.0
        taking_in = self._taken_in(unit, resource, prepared)
        version = yield from self.turns.taken(taking_in, lambda: self._note(name, f"{unit} pairs wait for their turn"))
        self._note(name, f"checking the {unit} pairs for text of the articles")
        yield 0.0
        sent = pushing.sent_pairs(self.cloud(), version)
        leaks = leaked(sent, pushing.held_out_texts(self.project, gathered.articles))
        if leaks:
            raise DeskError(
                f"{len(leaks)} of {len(sent)} pairs in the parallel data “{resource}” hold text of the articles, "
                f"as in: {leaks[0].held_out[:80]}",
                "Push the parallel data again before scores are made with it.",
            )
        return _Pushed(resource, len(sent), prepared.leaks)

    def _taken_in(self, unit: str, resource: str, prepared: pushing.Prepared) -> Way[ParallelDataVersion]:
        """Send parallel data once nothing else is being taken in, and wait until Amazon is ready with it."""
        project = self.project
        self._note(StepName.PARALLEL_DATA, "other pairs are taken in first")
        yield from self._asked(lambda: self._in_flight(resource), lambda others: not others)
        self._note(StepName.PARALLEL_DATA, f"sending the {unit} pairs")
        version = yield from self._asked(
            lambda: pushing.hand_over(project, self.cloud(), resource, prepared, patience=1), lambda _: True
        )
        self._note(StepName.PARALLEL_DATA, f"the {unit} pairs are being taken in")
        if not ParallelDataStatus(version.status).is_settled:
            yield from self._asked(
                lambda: pushing.refresh(project, self.cloud(), version),
                lambda v: ParallelDataStatus(v.status).is_settled,
            )
        return pushing.follow(project, self.cloud(), version)

    def _in_flight(self, resource: str) -> int:
        """Return how many other versions of the project Amazon is still taking in, of this process or one before."""
        others = [v for v in self.project.runs.versions() if v.name != resource and v.status in _IN_FLIGHT]
        return sum(self._refreshed(version).status in _IN_FLIGHT for version in others)

    def _refreshed(self, version: ParallelDataVersion) -> ParallelDataVersion:
        try:
            return pushing.refresh(self.project, self.cloud(), version)
        except ServiceError as error:
            if error.code != "ResourceNotFoundException":
                raise
            return pushing.mark_deleted(self.project, version)

    def _start(self, arm: str, gathered: Gathered) -> Way[Run]:
        unit = without_terminology(arm)
        pushed = self._pushed.get(unit)
        source, target = parse_direction(self.name)
        terminology = "" if arm == unit else self.config.terminology
        name = pushed.name if pushed else ""
        order = ordering.Order(gathered.articles, source, (target,), arm, name, terminology)
        self._note(StepName.JOBS, f"starting the job {_with(arm)}")
        yield 0.0
        ready = yield from self._asked(
            lambda: preflight.make_ready(self.project, self.cloud(), [order]), lambda _: True
        )
        problems = [check for check in ready.checks if check.verdict is Verdict.PROBLEM]
        if problems:
            raise DeskError(f"The job {_with(arm)} was not started, since Amazon would refuse it. {problems[0]}")
        (run,) = running.start(self.project, self.cloud(), ordering.plan(self.project, self.cloud(), order))
        self._note(StepName.JOBS, "")
        return run

    # ---- output and scores -------------------------------------------------------------------------------------

    def _fetched(self, runs: list[Run]) -> Way[list[Run]]:
        """Follow every run and fetch it. What one brought is kept, also when another has failed: that is told last."""
        fetched: list[Run] = []
        failed: tuple[StepName, DeskError] | None = None
        self.board.begin(self.name, StepName.OUTPUT, len(runs))
        for run in runs:
            self._note(StepName.JOBS, f"translating {_with(run.arm)}")
            try:
                fetched.append((yield from self._ended_and_fetched(run)))
                self.board.count(self.name, StepName.OUTPUT, len(fetched))
            except DeskError as error:
                has_ended = self.project.runs.run(run.number).status.has_output
                failed = failed or (StepName.OUTPUT if has_ended else StepName.JOBS, error)
        if failed is not None:
            self._note(failed[0], "")
            raise failed[1]
        return fetched

    def _ended_and_fetched(self, run: Run) -> Way[Run]:
        project = self.project
        ended = yield from self._asked(
            lambda: running.refresh(project, self.cloud(), project.runs.run(run.number)), lambda r: r.status.has_ended
        )
        if ended.status.has_output:
            done = self.board.done(self.name, StepName.JOBS)
            self.board.count(self.name, StepName.JOBS, done + 1)
        self._note(StepName.OUTPUT, f"fetching what was translated {_with(run.arm)}")
        yield 0.0
        return (
            yield from self._asked(lambda: fetch(project, self.cloud(), project.runs.run(run.number)), lambda _: True)
        )

    def _scored(self, line_up: LineUp, gathered: Gathered) -> Generator[Rest, None, Finished]:
        self.board.begin(self.name, StepName.SCORES, len(gathered.articles))
        yield 0.0
        leakage = [
            Leakage(self.name.upper(), arm, pushed.checked, 0)
            for arm in self.config.arms
            if (pushed := self._pushed.get(without_terminology(arm)))
        ]
        compared = compare(
            self.project,
            [line_up],
            bootstrap=self.config.bootstrap,
            leakage=leakage,
            progress=self._noting(StepName.SCORES),
        )
        write_chapters(self.project, line_up, self.folder)
        problems = [_problem(run) for run in line_up.runs if run.message]
        self.board.count(self.name, StepName.SCORES, len(gathered.articles))
        kept_out = sum(pushed.kept_out for pushed in self._pushed.values())
        return Finished(line_up, compared, tuple(leakage), kept_out, (*gathered.problems, *problems))

    # ---- small ones --------------------------------------------------------------------------------------------

    def _asked(self, ask: Callable[[], Answer], is_settled: Callable[[Answer], bool]) -> Way[Answer]:
        return asking(ask, is_settled, self.longest, self._patience)

    def _patience(self, error: ServiceError) -> int:
        """Return how often in a row an error may come: somebody else's turn lasts as long as it lasts."""
        if error.code in _BUSY:
            self._note(StepName.PARALLEL_DATA, "somebody else's parallel data is taken in first")
            return _PATIENCE_WHEN_BUSY
        return PATIENCE if error.passing else 0

    def _noting(self, name: StepName) -> Progress:
        return self.board.noting(self.name, name, self.progress)

    def _note(self, name: StepName, message: str) -> None:
        self.board.note(self.name, name, message)


def units_of(config: Config) -> list[str]:
    """Return the units of the parallel data that the arms need, each once."""
    return list(dict.fromkeys(unit for arm in config.arms if (unit := without_terminology(arm)) in UNITS))


def _with(arm: str) -> str:
    """Return what the job of an arm is given, in words."""
    unit = without_terminology(arm)
    words = f"with {unit} pairs" if unit in UNITS else "without parallel data"
    return words if arm == unit else f"{words} and with terms"


def _problem(run: Run) -> DeskError:
    return DeskError(f"{run.name}: {run.message}", "Start it again to translate what is missing.")
