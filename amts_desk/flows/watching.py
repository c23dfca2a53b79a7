"""See how things stand at Amazon: ask about everything unfinished once, and fetch what has ended."""

from __future__ import annotations

from dataclasses import dataclass, replace

from amts_desk.aws.cloud import Cloud
from amts_desk.core.amazon import ParallelDataStatus, Run
from amts_desk.core.errors import DeskError, ServiceError
from amts_desk.core.progress import Progress, silent
from amts_desk.flows import pushing, running
from amts_desk.store.project import Project

_UNSETTLED = (ParallelDataStatus.CREATING, ParallelDataStatus.UPDATING, ParallelDataStatus.DELETING)


@dataclass(frozen=True, slots=True)
class Look:
    """What one look showed: whether anything has changed, whether something is still waited for, what went wrong."""

    changed: bool
    waiting: bool
    problems: tuple[DeskError, ...] = ()


def is_waiting(project: Project) -> bool:
    """Whether anything of the project is unfinished at Amazon."""
    return any(map(_is_unfinished, project.runs.runs())) or any(
        version.status in _UNSETTLED for version in project.runs.versions()
    )


def look(project: Project, cloud: Cloud, progress: Progress = silent) -> Look:
    """Ask about unfinished parallel data and runs, fetch the output of those that have ended, and store it all.

    Raises ServiceError when Amazon cannot be reached at all; what is wrong with one run is a problem of its own.
    """
    changed = waiting = False
    problems: list[DeskError] = []
    for version in [version for version in project.runs.versions() if version.status in _UNSETTLED]:
        try:
            fresh = pushing.refresh(project, cloud, version)
        except ServiceError as error:
            if error.code != "ResourceNotFoundException":
                raise
            fresh = replace(version, status=ParallelDataStatus.DELETED)
            project.runs.update_version(fresh)
            problems.append(error)
        changed |= fresh != version
        waiting |= fresh.status in _UNSETTLED
    for run in filter(_is_unfinished, project.runs.runs()):
        progress(0, 0, run.name)
        try:
            seen = _look_at(project, cloud, run, progress)
        except DeskError as error:
            problems.append(error)
            waiting |= isinstance(error, ServiceError) and error.passing
            continue
        changed |= seen != run
        waiting |= _is_unfinished(seen)
    return Look(changed, waiting, tuple(problems))


def _look_at(project: Project, cloud: Cloud, run: Run, progress: Progress) -> Run:
    """Return a run as it stands now, its output fetched if it has ended. A run without use is not asked about again."""
    seen = running.refresh(project, cloud, run)
    if not seen.status.has_output:
        return seen
    try:
        return running.fetch(project, cloud, seen, progress)
    except ServiceError:
        raise
    except DeskError as error:
        project.runs.update_run(replace(seen, message=str(error), is_fetched=True))
        raise


def _is_unfinished(run: Run) -> bool:
    ended_without_output = run.status.has_ended and not run.status.has_output
    return bool(run.job_id) and not run.is_fetched and not ended_without_output
