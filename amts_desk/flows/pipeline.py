"""The full way in one direction: parallel data, jobs, output; and the same for a project from a configuration.

Each part asks the project first whether it was done before. So a run that was broken off, however hard, is carried on
by starting it again, and nothing is sent or paid for twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from amts_desk.aws.cloud import Cloud
from amts_desk.core.amazon import Run
from amts_desk.core.errors import DeskError
from amts_desk.core.experiment import Leakage, without_terminology
from amts_desk.core.languages import parse_direction
from amts_desk.core.pairs import Unit
from amts_desk.core.progress import Progress, silent
from amts_desk.flows import ordering, pushing, running
from amts_desk.flows.config import Config
from amts_desk.flows.connecting import Line
from amts_desk.flows.estimating import NOTHING, Estimate, estimate
from amts_desk.flows.fetching import fetch
from amts_desk.flows.gathering import Gathered, gather
from amts_desk.flows.results import Outcome, write_results
from amts_desk.flows.scoring import LineUp, compare
from amts_desk.steps.parallel_data import leaked
from amts_desk.store.chapters import Chapter
from amts_desk.store.project import Project

Approve = Callable[[Estimate], None]
"""Asked before anything is sent; raises when the person does not want it."""
_UNITS: dict[str, Unit] = {"paragraph": "paragraph", "sentence": "sentence"}


@dataclass(frozen=True, slots=True)
class Translated:
    """The runs of one direction with their output, and what the leakage check found in the data that was sent.

    `kept_out` are the pairs that had been kept out of it because they stand in an article.
    """

    line_up: LineUp
    leakage: tuple[Leakage, ...]
    kept_out: int


def run_pipeline(
    config: Config, folder: Path, progress: Progress = silent, *, approve: Approve = lambda _: None
) -> Outcome:
    """Carry out the configuration's one direction in `folder`, score it, and write the results there.

    The project is the file of the configuration's name in that folder. Raises DeskError when the configuration names
    several directions, and what any part raises.
    """
    if len(config.directions) != 1:
        raise DeskError(
            f"A pipeline goes one way, but {config.name} names {', '.join(config.directions)}.",
            "Leave one direction, or run it as an experiment.",
        )
    return carry_out(config, folder, config.name, progress, approve)


def carry_out(config: Config, folder: Path, name: str, progress: Progress, approve: Approve) -> Outcome:
    """Carry out every direction of a configuration in `folder`, in the project of that `name`; score, and write."""
    with open_project(folder, name) as project, Line(config.connection) as line:
        project.set_connection(config.connection)
        if config.options is not None:
            project.set_options(config.options)
        gathered = gather(project, config, progress)
        if not config.connection.is_offline:
            approve(expected(project, config, gathered))
        cloud = line.open()
        done = [translate(project, cloud, config, gathered, direction, progress) for direction in config.directions]
        compared = compare(
            project,
            [translated.line_up for translated in done],
            bootstrap=config.bootstrap,
            leakage=[row for translated in done for row in translated.leakage],
            progress=progress,
        )
        problems = [*gathered.problems, *(_problem(run) for t in done for run in t.line_up.runs if run.message)]
        outcome = Outcome(compared, tuple(problems), sum(translated.kept_out for translated in done), folder)
        write_results(project, outcome, [translated.line_up for translated in done])
        return outcome


def open_project(folder: Path, name: str) -> Project:
    """Return the project of that name in `folder`; both are made when missing. Raises DeskError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DeskError(
            f"The folder {folder} cannot be made: {error.strerror}.", "Choose another place with --out."
        ) from error
    return Project.open(folder / f"{name}.amts", create=True)


def expected(project: Project, config: Config, gathered: Gathered) -> Estimate:
    """Return what all jobs of the configuration would cost together."""
    total = NOTHING
    for direction in config.directions:
        source, _ = codes = parse_direction(direction)
        documents = [ordering.source_document(project, c, source) for c in gathered.articles if _speaks(c, *codes)]
        for arm in config.arms:
            is_custom = without_terminology(arm) != "none"
            total += estimate(documents, with_parallel_data=is_custom, region=config.connection.region)
    return total


def translate(
    project: Project, cloud: Cloud, config: Config, gathered: Gathered, direction: str, progress: Progress = silent
) -> Translated:
    """Push the parallel data of each arm, start its job at once, and return the runs when their output is fetched.

    Amazon takes in one parallel data at a time; the jobs of the arms before run meanwhile. Raises DeskError when the
    direction has no article, or when an article leaked into what was sent.
    """
    codes = parse_direction(direction)
    articles = tuple(chapter for chapter in gathered.articles if _speaks(chapter, *codes))
    included = tuple(chapter for chapter in gathered.included if _speaks(chapter, *codes))
    if not articles:
        raise DeskError(f"No held-out article can be translated in {direction}.", "Check “parallel_data.hold_out”.")
    runs: list[Run] = []
    leakage: list[Leakage] = []
    kept_out = 0
    for arm in config.arms:
        name = ""
        unit = without_terminology(arm)
        if unit != "none":
            selection = pushing.Selection(included, _UNITS[unit], *codes, hold_out=articles)
            name, checked, leaks = _push(project, cloud, selection, progress)
            leakage.append(Leakage(direction.upper(), arm, checked, 0))
            kept_out += leaks
        terminology = config.terminology if arm != unit else ""
        order = ordering.Order(articles, codes[0], codes[1:], arm, name, terminology)
        runs += running.start(project, cloud, ordering.plan(project, cloud, order), progress)
    fetched = tuple(_fetched(project, cloud, run, progress) for run in runs)
    return Translated(LineUp(*codes, articles, fetched, config.tokenize), tuple(leakage), kept_out)


def _push(project: Project, cloud: Cloud, selection: pushing.Selection, progress: Progress) -> tuple[str, int, int]:
    """Push a selection and return (name, pairs checked as they lie in the bucket, pairs kept out before)."""
    prepared = pushing.prepare(project, selection, progress)
    name = pushing.default_name(project, selection)
    version = pushing.push(project, cloud, name, prepared, progress)
    progress(0, 0, f"Checking {name} for text of the articles")
    sent = pushing.sent_pairs(cloud, version)
    leaks = leaked(sent, pushing.held_out_texts(project, selection.hold_out))
    if leaks:
        raise DeskError(
            f"{len(leaks)} of {len(sent)} pairs in the parallel data “{name}” hold text of the articles, as in: "
            f"{leaks[0].held_out[:80]}",
            "Push the parallel data again before scores are made with it.",
        )
    return name, len(sent), prepared.leaks


def _fetched(project: Project, cloud: Cloud, run: Run, progress: Progress) -> Run:
    return fetch(project, cloud, running.follow(project, cloud, run, progress), progress)


def _speaks(chapter: Chapter, source: str, target: str) -> bool:
    return {chapter.source_language, chapter.target_language} == {source, target}


def _problem(run: Run) -> DeskError:
    return DeskError(f"{run.name}: {run.message}", "Start it again to translate what is missing.")
