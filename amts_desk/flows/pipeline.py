"""Pipelines: one for each direction of a configuration, each the full way, all of them side by side.

What stands between them is one queue: Amazon takes in one parallel data at a time. The failure of one leaves the
others running and is told at the end. How far each is can be seen in the project, so going on is starting again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from amts_desk.core.amazon import Connection
from amts_desk.core.errors import DeskError
from amts_desk.core.experiment import Experiment, without_terminology
from amts_desk.core.languages import parse_direction
from amts_desk.core.pipeline import StepName, Tell, tell_nobody
from amts_desk.core.progress import Progress, silent
from amts_desk.flows import gathering
from amts_desk.flows.board import Board
from amts_desk.flows.config import Config
from amts_desk.flows.connecting import Line
from amts_desk.flows.direction import UNITS, Direction, Finished
from amts_desk.flows.estimating import NOTHING, Estimate, estimate
from amts_desk.flows.gathering import Gathered
from amts_desk.flows.lanes import Clock, Rest, Turns, walk
from amts_desk.flows.ordering import source_document
from amts_desk.flows.results import Outcome, write_report
from amts_desk.flows.running import LONGEST_AT_AMAZON, LONGEST_OFFLINE
from amts_desk.flows.scoring import Compared
from amts_desk.store.project import Project

Approve = Callable[[Estimate, Connection], None]
"""Asked before anything is sent to that connection; raises when the person does not want it."""
End = TypeVar("End")


def approved(_estimate: Estimate, _connection: Connection) -> None:
    """Agree to anything: for offline practice, and where the person was asked before."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How pipelines are watched: who is asked before anything is sent, who hears how they stand, and by what clock."""

    approve: Approve = approved
    tell: Tell = tell_nobody
    progress: Progress = silent
    clock: Clock = time


def run_pipeline(config: Config, folder: Path, wishes: Wishes | None = None) -> Outcome:
    """Carry out every direction of the configuration, score them, and write the results into `folder`.

    The project is that of the configuration, else the file of its name in the folder. Started again after whatever
    broke it off, it carries on. Raises DeskError when nothing could be done at all: then every reason is told.
    """
    return carry_out(config, folder, config.name, wishes or Wishes())


def carry_out(config: Config, folder: Path, name: str, wishes: Wishes) -> Outcome:
    """Do what `run_pipeline` does in the project of that `name`."""
    with open_project(config, folder, name) as project:
        connection = config.connection if config.has_connection else project.connection
        with Line(connection) as line:
            project.set_connection(connection)
            if config.options is not None:
                project.set_options(config.options)
            return Pipelines(project, line, config, folder, wishes).run()


def open_project(config: Config, folder: Path, name: str) -> Project:
    """Return the project of a configuration, else that of the `name` in `folder`; both are made when missing.

    Raises DeskError.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DeskError(
            f"The folder {folder} cannot be made: {error.strerror}.", "Choose another place with --out."
        ) from error
    if config.project is not None:
        return Project.open(config.project)
    return Project.open(folder / f"{name}.amts", create=True)


class Pipelines:
    """The pipelines of a configuration in an open project, over a line to Amazon; results go into `folder`."""

    def __init__(self, project: Project, line: Line, config: Config, folder: Path, wishes: Wishes) -> None:
        self._project, self._line, self._config, self._folder = project, line, config, folder
        self._wishes = wishes
        self._is_offline = project.connection.is_offline
        self._turns = Turns()
        self._board = Board(config.directions, wishes.tell, wishes.clock)
        self._failed: dict[str, DeskError] = {}

    def expected(self) -> Estimate:
        """Read the chapters and return what all jobs would cost together; nothing is sent.

        Raises DeskError when no direction can be read.
        """
        gathered = self._read()
        self._require_any(gathered)
        return self._expected(gathered)

    def run(self) -> Outcome:
        """Carry them out, and return what came of them. Raises DeskError when every one of them failed."""
        try:
            gathered = self._read()
            self._require_any(gathered)
            if not self._is_offline:
                self._wishes.approve(self._expected(gathered), self._project.connection)
            finished = self._walked({name: self._way(name, found) for name, found in gathered.items()})
        except BaseException:
            self._board.stop()
            raise
        self._require_any(finished)
        outcome = self._outcome(finished)
        write_report(outcome)
        return outcome

    def _read(self) -> dict[str, Gathered]:
        """Read the chapters of each direction, and return what could be read."""
        found = gathering.find_chapters(self._project, self._config)

        def reading(direction: str) -> Generator[Rest, None, Gathered]:
            languages = set(parse_direction(direction))
            count = sum({pair.source_language, pair.target_language} == languages for pair in found.pairs)
            self._board.begin(direction, StepName.READ, count)
            noting = self._board.noting(direction, StepName.READ, self._wishes.progress)
            gathered = gathering.read(self._project, self._config, found, direction, noting)
            self._board.count(direction, StepName.READ, count)
            yield 0.0
            return gathered

        return self._walked({direction: reading(direction) for direction in self._config.directions})

    def _expected(self, gathered: Mapping[str, Gathered]) -> Estimate:
        total = NOTHING
        region = self._project.connection.region
        for direction, found in gathered.items():
            source, _ = parse_direction(direction)
            documents = [source_document(self._project, chapter, source) for chapter in found.articles]
            for arm in self._config.arms:
                is_custom = without_terminology(arm) in UNITS
                total += estimate(documents, with_parallel_data=is_custom, region=region)
        return total

    def _way(self, name: str, gathered: Gathered) -> Generator[Rest, None, Finished]:
        direction = Direction(
            name,
            self._project,
            self._line.open,
            self._config,
            self._folder,
            self._board,
            self._turns,
            self._wishes.progress,
            LONGEST_OFFLINE if self._is_offline else LONGEST_AT_AMAZON,
        )
        return direction.way(gathered)

    def _walked(self, ways: Mapping[str, Generator[Rest, None, End]]) -> dict[str, End]:
        """Walk ways side by side and return the ends of those that came there; the errors of the others are kept."""

        def guarded(name: str, way: Generator[Rest, None, End]) -> Generator[Rest, None, End]:
            try:
                return (yield from way)
            except DeskError as error:
                self._board.fail(name, error)
                raise

        def progress(done: int, total: int, note: str = "", /) -> None:
            self._board.tick()
            self._wishes.progress(done, total, note)

        ends = walk({name: guarded(name, way) for name, way in ways.items()}, progress, self._wishes.clock)
        self._failed |= {name: end for name, end in ends.items() if isinstance(end, DeskError)}
        return {name: end for name, end in ends.items() if not isinstance(end, DeskError)}

    def _require_any(self, ends: Mapping[str, object]) -> None:
        """Raise DeskError when there is nothing to go on with: the one reason there is, or all of them."""
        if ends:
            return
        reasons = dict.fromkeys(map(str, self._failed.values()))
        if len(reasons) == 1:
            raise next(iter(self._failed.values()))
        told = " ".join(f"{name}: {error}" for name, error in self._failed.items())
        raise DeskError(f"No pipeline came to its end. {told}", "What was finished is kept; start again to go on.")

    def _outcome(self, finished: Mapping[str, Finished]) -> Outcome:
        ends = list(finished.values())
        problems = [problem for end in ends for problem in end.problems]
        problems += [DeskError(f"{name}: {e.message}", e.advice) for name, e in self._failed.items()]
        return Outcome(
            together([end.compared for end in ends]),
            tuple({str(problem): problem for problem in problems}.values()),
            sum(end.kept_out for end in ends),
            self._folder,
            self._board.pipelines,
        )


def together(parts: Sequence[Compared]) -> Compared:
    """Return what was compared direction by direction as one comparison."""
    experiments = [part.experiment for part in parts]
    return Compared(
        Experiment(
            tuple(dict.fromkeys(article for e in experiments for article in e.articles)),
            tuple(dict.fromkeys(arm for e in experiments for arm in e.arms)),
            tuple(direction for e in experiments for direction in e.directions),
            tuple(score for e in experiments for score in e.scores),
            tuple(signature for e in experiments for signature in e.signatures),
            any(e.offline for e in experiments),
            tuple(score for e in experiments for score in e.pooled),
            tuple(row for e in experiments for row in e.leakage),
        ),
        tuple(example for part in parts for example in part.examples),
    )
