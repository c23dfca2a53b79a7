"""See how things stand at Amazon: ask about everything unfinished once, and fetch what has ended."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from amts_desk.aws.cloud import Cloud
from amts_desk.core.amazon import JobStatus, ParallelDataStatus, Run
from amts_desk.core.errors import DeskError, ServiceError
from amts_desk.core.progress import Progress, silent
from amts_desk.flows import pushing, running
from amts_desk.flows.fetching import fetch
from amts_desk.store.project import Project

_UNSETTLED = (ParallelDataStatus.CREATING, ParallelDataStatus.UPDATING, ParallelDataStatus.DELETING)
_MOST_TROUBLES = 3
"""After so many questions in a row that got no answer the rest is left for the next look."""


@dataclass(slots=True)
class Look:
    """What one look showed: whether anything has changed, whether something is still waited for, what went wrong.

    `trouble` is the last of the errors that pass by themselves: nothing need be done about it.
    """

    changed: bool = False
    waiting: bool = False
    problems: list[DeskError] = field(default_factory=list)
    trouble: ServiceError | None = None


def is_waiting(project: Project) -> bool:
    """Whether anything of the project is unfinished at Amazon."""
    return any(map(_is_unfinished, project.runs.runs())) or any(
        version.status in _UNSETTLED for version in project.runs.versions()
    )


def look(project: Project, cloud: Cloud, progress: Progress = silent) -> Look:
    """Ask about unfinished parallel data and runs, fetch the output of those that have ended, and store it all.

    What went over another connection, as in offline practice, is left for that one: here nobody would know of it.
    Raises ServiceError when Amazon cannot be reached at all or a person must sign in first: nothing is failed by
    that. What is wrong with one run is a problem of its own, and passing trouble is only told.
    """
    seen = Look()
    for version in [v for v in project.runs.versions() if v.status in _UNSETTLED and cloud.has(v.uri)]:
        try:
            fresh = pushing.refresh(project, cloud, version)
        except ServiceError as error:
            if error.code != "ResourceNotFoundException":
                raise
            fresh = replace(version, status=ParallelDataStatus.DELETED)
            project.runs.update_version(fresh)
            seen.problems.append(error)
        seen.changed |= fresh != version
        seen.waiting |= fresh.status in _UNSETTLED
    _look_at_runs(project, cloud, seen, progress)
    return seen


def _look_at_runs(project: Project, cloud: Cloud, seen: Look, progress: Progress) -> None:
    troubles = 0
    for old in [run for run in project.runs.runs() if _is_unfinished(run) and cloud.has(run.input_uri)]:
        # The run before it may have been of the same job, and then this one has been asked about already.
        run = project.runs.run(old.number)
        progress(0, 0, run.name)
        try:
            run = _look_at(project, cloud, run, progress)
            troubles = 0
        except ServiceError as error:
            if error.needs_sign_in:
                raise
            if not error.passing:
                seen.problems.append(error)
                continue
            seen.trouble, seen.waiting, troubles = error, True, troubles + 1
            if troubles >= _MOST_TROUBLES:
                return
        except DeskError as error:
            seen.problems.append(error)
            seen.changed = True
            continue
        seen.changed |= run != old
        seen.waiting |= _is_waited_for(run)


def _look_at(project: Project, cloud: Cloud, run: Run, progress: Progress) -> Run:
    """Return a run as it stands now, its output fetched if it has ended. A run without use is not asked about again."""
    seen = running.refresh(project, cloud, run)
    if not seen.status.has_output:
        return seen
    try:
        return fetch(project, cloud, seen, progress)
    except ServiceError:
        raise
    except DeskError as error:
        project.runs.update_run(replace(seen, message=str(error), is_fetched=True))
        raise


def _is_unfinished(run: Run) -> bool:
    """Whether there is something to ask: how a job stands, whether it was started at all, or for its output."""
    return run.status is JobStatus.SENT or _is_waited_for(run)


def _is_waited_for(run: Run) -> bool:
    ended_without_output = run.status.has_ended and not run.status.has_output
    return bool(run.job_id) and not run.is_fetched and not ended_without_output
