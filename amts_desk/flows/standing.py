"""How far pipelines are, seen in the project alone: what they have left there is the only record of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from amts_desk.core.amazon import JobStatus, ParallelDataStatus, Run
from amts_desk.core.errors import DeskError
from amts_desk.core.languages import parse_direction
from amts_desk.core.pipeline import Pipeline, Step, StepName, StepState
from amts_desk.flows import gathering, pushing
from amts_desk.flows.config import Config
from amts_desk.flows.direction import UNITS, units_of
from amts_desk.steps.read.pairing import Found
from amts_desk.store.chapters import Chapter
from amts_desk.store.project import Project


def standing(project: Project, config: Config, folder: Path) -> tuple[Pipeline, ...]:
    """Return the pipelines of a configuration as the project and the results in `folder` show them.

    What was begun and is not finished is stopped: whoever asks knows that nobody works on it. Raises DeskError when
    the configuration has no chapters.
    """
    found = gathering.find_chapters(project, config)
    return tuple(_pipeline(project, config, found, direction, folder) for direction in config.directions)


def _pipeline(project: Project, config: Config, found: Found, direction: str, folder: Path) -> Pipeline:
    languages = set(parse_direction(direction))
    pairs = [pair for pair in found.pairs if {pair.source_language, pair.target_language} == languages]
    chapters = [
        c for pair in pairs if (c := project.chapters.find(pair.name, pair.source_language, pair.target_language))
    ]
    try:
        gathered = gathering.sorted_out(project, config, chapters, direction)
    except DeskError:
        return Pipeline(direction, (_step(StepName.READ, len(chapters), len(pairs)), *map(Step, list(StepName)[1:])))
    wanted = {chapter.id for chapter in gathered.chapters}
    aligned = sum(row.beads > 0 for row in project.chapters.rows() if row.chapter.id in wanted)
    runs = [_newest(project, direction, arm, gathered.articles) for arm in config.arms]
    fetched = sum(run is not None and run.is_fetched for run in runs)
    return Pipeline(
        direction,
        (
            _step(StepName.READ, len(chapters), len(pairs)),
            _step(StepName.ALIGN, aligned, len(wanted)),
            _parallel_data(project, config, gathered, direction),
            _jobs(runs),
            _step(StepName.OUTPUT, fetched, len(runs)),
            _scores(direction, config, gathered, folder, is_ready=fetched == len(runs)),
        ),
    )


def _parallel_data(project: Project, config: Config, gathered: gathering.Gathered, direction: str) -> Step:
    units = units_of(config)
    versions = []
    for unit in units:
        selection = pushing.Selection(gathered.included, UNITS[unit], *parse_direction(direction))
        versions.append(project.runs.latest_version(pushing.default_name(project, selection)))
    states = [version.status if version else "" for version in versions]
    failed = [v.message for v in versions if v is not None and v.status == ParallelDataStatus.FAILED]
    return _step(
        StepName.PARALLEL_DATA, states.count(ParallelDataStatus.ACTIVE), len(units), any(states), failed or None
    )


def _jobs(runs: Sequence[Run | None]) -> Step:
    there = [run for run in runs if run is not None]
    failed = [run.message for run in there if run.status is JobStatus.FAILED]
    ended = sum(run.status.has_output for run in there)
    return _step(StepName.JOBS, ended, len(runs), bool(there), failed or None)


def _scores(direction: str, config: Config, gathered: gathering.Gathered, folder: Path, *, is_ready: bool) -> Step:
    """Return the step of the scores: they are there when the report names the direction with every arm."""
    try:
        scores = json.loads((folder / "report.json").read_text("utf-8"))["scores"].get(direction.upper(), {})
    except (OSError, ValueError, KeyError):
        scores = {}
    total = len(gathered.articles)
    done = sum(set(config.arms) <= scores.get(article.name, {}).keys() for article in gathered.articles)
    return _step(StepName.SCORES, done if is_ready else 0, total)


def _newest(project: Project, direction: str, arm: str, articles: Iterable[Chapter]) -> Run | None:
    """Return the last run of an arm over exactly these articles."""
    wanted = {chapter.id for chapter in articles}
    runs = [r for r in project.runs.runs() if (r.direction, r.arm) == (direction, arm) and set(r.chapters) == wanted]
    return runs[-1] if runs else None


def _step(name: StepName, done: int, total: int, is_begun: bool = False, failed: Sequence[str] | None = None) -> Step:
    """Return a step by what is done of it; where something has `failed`, with the first of the messages."""
    state = StepState.WAITING
    if failed:
        state = StepState.FAILED
    elif done >= total:
        state = StepState.DONE
    elif done or is_begun:
        state = StepState.STOPPED
    return Step(name, state, done, total, failed[0] if failed else "")
