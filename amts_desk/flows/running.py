"""Jobs from start to end: upload and start, ask how they stand, stop. Each step done before is not done again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from amts_desk.aws.bucket import Bucket
from amts_desk.aws.cloud import Cloud
from amts_desk.aws.translate import Translate
from amts_desk.core.amazon import JobAnswer, JobStatus, Run
from amts_desk.core.errors import DeskError, ServiceError
from amts_desk.core.progress import Progress, silent
from amts_desk.flows.ordering import Order, plan, source_document
from amts_desk.flows.waiting import wait_until
from amts_desk.steps.interchange.job_html import to_html
from amts_desk.store.project import Project

TRIES = 5
"""How many times in a row the start of a job may go wrong for passing reasons before a person is asked."""
LONGEST_OFFLINE, LONGEST_AT_AMAZON = 2.0, 60.0
"""Seconds between two questions about a job, at most."""


def start(project: Project, cloud: Cloud, runs: Sequence[Run], progress: Progress = silent) -> tuple[Run, ...]:
    """Upload the documents of a planned job and start it; `runs` are its runs, one for each language.

    A job that has started is returned as it is. One whose start was tried before is looked for under its own name
    first, since its reply may have been lost, and only then called for again with the same token. Raises DeskError
    when it belongs to another bucket.
    """
    if runs[0].job_id:
        return tuple(runs)
    require_same_place(cloud, runs[0])
    was_tried = runs[0].status is JobStatus.SENT or bool(runs[0].message)
    found = Translate(cloud).find_job(runs[0]) if was_tried else None
    if found is None:
        _upload(project, cloud, runs, progress)
        found = _sent(project, cloud, runs, progress)
    return _seen(project, runs, found)


def start_all(
    project: Project, cloud: Cloud, orders: Sequence[Order], progress: Progress = silent
) -> tuple[list[Run], list[DeskError]]:
    """Write the jobs of some orders down and start them; return the runs, and what went wrong with single jobs.

    One job that is refused does not keep the others from being started. Raises ServiceError when Amazon cannot be
    reached or a person must sign in: then the rest is not tried.
    """
    started: list[Run] = []
    problems: list[DeskError] = []
    for runs in [plan(project, cloud, order) for order in orders]:
        try:
            started += start(project, cloud, runs, progress)
        except ServiceError as error:
            if error.passing or error.needs_sign_in:
                raise
            problems.append(error)
        except DeskError as error:
            problems.append(error)
    return started, problems


def refresh(project: Project, cloud: Cloud, run: Run) -> Run:
    """Ask what has become of the job of a run, store it with all its runs, and return the run as it is now.

    A job whose reply was lost is looked for; nothing is started. Raises DeskError when it belongs to another bucket.
    """
    require_same_place(cloud, run)
    runs = project.runs.job(run)
    now = next(each for each in runs if each.number == run.number)
    if now.is_running:
        runs = _seen(project, runs, Translate(cloud).job(run.job_id))
    elif now.status is JobStatus.SENT and (found := Translate(cloud).find_job(run)) is not None:
        runs = _seen(project, runs, found)
    return next(each for each in runs if each.number == run.number)


def stop(project: Project, cloud: Cloud, run: Run) -> Run:
    """Ask Amazon to stop the job of a run, in all its languages. Raises DeskError when it belongs to another bucket."""
    require_same_place(cloud, run)
    status = Translate(cloud).stop_job(run.job_id)
    stopped = [replace(each, status=status) for each in project.runs.job(run)]
    project.runs.update_runs(stopped)
    return next(each for each in stopped if each.number == run.number)


def follow(project: Project, cloud: Cloud, run: Run, progress: Progress = silent) -> Run:
    """Wait until the job of a run has ended, and return the run as it ended."""
    longest = LONGEST_OFFLINE if run.is_offline else LONGEST_AT_AMAZON
    current = run

    def ask() -> Run:
        nonlocal current
        current = refresh(project, cloud, current)
        return current

    return wait_until(ask, lambda r: r.status.has_ended, f"Waiting for {run.name}", progress, longest)


def require_same_place(cloud: Cloud, run: Run) -> None:
    """Raise DeskError unless a run is of the connection's bucket: another account or offline practice has it else."""
    if not cloud.has(run.input_uri):
        raise DeskError(
            f"The job “{run.name}” was planned for another bucket: {run.input_uri}.",
            "Choose that connection again, or run the chapters anew.",
        )


def sent_documents(project: Project, run: Run) -> dict[int, tuple[str, str]]:
    """Return for each chapter of a run the (edition, file name) of the document that was sent."""
    found: dict[int, tuple[str, str]] = {}
    for number, sent in project.setting(_sent_setting(run), {}).items():
        # Older projects noted the edition only: every chapter had a document of its own number.
        found[int(number)] = (sent, _file_name(int(number))) if isinstance(sent, str) else tuple(sent)
    return found


def _upload(project: Project, cloud: Cloud, runs: Sequence[Run], progress: Progress) -> None:
    """Upload each document once, and note for every run which edition of which document its chapters are."""
    bucket, folder = Bucket(cloud), runs[0].input_uri.split("/", 3)[3]
    total, done = sum(len(run.chapters) for run in runs), 0
    names: dict[str, str] = {}
    for run in runs:
        sent: dict[str, Sequence[str]] = {}
        for chapter_id in run.chapters:
            chapter = project.chapters.get(chapter_id)
            progress(done, total, chapter.name)
            document = source_document(project, chapter, run.source_language)
            if document.edition not in names:
                names[document.edition] = _file_name(chapter_id)
                page = to_html({block.block: block.text for block in document.blocks}, run.source_language)
                bucket.put(f"{folder}{names[document.edition]}", page.encode())
            sent[str(chapter_id)] = (document.edition, names[document.edition])
            done += 1
        project.set_setting(_sent_setting(run), sent)


def _sent(project: Project, cloud: Cloud, runs: Sequence[Run], progress: Progress) -> JobAnswer:
    """Make the call, again and again through passing trouble, always with the token that was stored."""
    called = [replace(run, status=JobStatus.SENT, message="") for run in runs]
    project.runs.update_runs(called)
    try:
        return wait_until(
            lambda: Translate(cloud).start_job(called),
            lambda _: True,
            f"Starting {runs[0].name}",
            progress,
            LONGEST_OFFLINE,
            patience=TRIES,
        )
    except ServiceError as error:
        # What was refused was not started; what got no answer may have been.
        status = JobStatus.SENT if error.passing or error.needs_sign_in else JobStatus.PLANNED
        project.runs.update_runs([replace(run, status=status, message=str(error)) for run in runs])
        raise


def _seen(project: Project, runs: Sequence[Run], answer: JobAnswer) -> tuple[Run, ...]:
    """Store what the service says about a job with all its runs."""
    fresh = tuple(
        replace(
            run,
            job_id=answer.job_id,
            status=answer.status,
            message=answer.message,
            documents=answer.documents or run.documents,
            translated=answer.translated or run.translated,
            with_errors=answer.with_errors or run.with_errors,
        )
        for run in runs
    )
    if fresh != tuple(runs):
        project.runs.update_runs(fresh)
    return fresh


def _sent_setting(run: Run) -> str:
    """Return the setting that tells which documents of a run were sent: blocks come back by number."""
    return f"editions of run {run.number}"


def _file_name(chapter_id: int) -> str:
    return f"chapter-{chapter_id:05d}.html"
