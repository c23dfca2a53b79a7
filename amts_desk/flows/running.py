"""Runs: start batch jobs, follow them, and bring their output into the project.

A run and its ClientToken are in the project before Amazon is called. Whatever happens then (a crash, a lost reply,
a second click), asking again finds the same run and repeats the same call, which starts nothing twice.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
import uuid
from dataclasses import dataclass, replace

from amts_desk.aws.bucket import Bucket
from amts_desk.aws.cloud import Cloud
from amts_desk.aws.translate import Translate, TranslatedFile
from amts_desk.core.amazon import JobStatus, Run
from amts_desk.core.document import Document
from amts_desk.core.errors import DeskError
from amts_desk.core.progress import Progress, silent
from amts_desk.flows.waiting import wait_until
from amts_desk.steps.interchange.job_html import came_back, to_html
from amts_desk.store.chapters import Chapter
from amts_desk.store.project import Project

_MOST_TOLD = 10
"""Problems of one chapter that are told one by one."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a run should do: which chapters, in which direction, with which parallel data ("" for none)."""

    chapters: tuple[Chapter, ...]
    source_language: str
    target_language: str
    arm: str = "none"
    parallel_data: str = ""


def plan(project: Project, cloud: Cloud, order: Order) -> Run:
    """Write the run down, or return the one that was already made from exactly the same things.

    A run that failed or was stopped is planned anew. Raises DeskError when the order holds no chapter or the
    chapters are not in its languages.
    """
    if not order.chapters:
        raise DeskError("No chapter was chosen for the job.", "Choose at least one chapter.")
    base = _fingerprint(project, cloud, order)
    attempts = 0
    while (known := project.runs.run_with_key(f"{base}-{attempts}")) is not None:
        if known.status not in (JobStatus.FAILED, JobStatus.STOPPED):
            return known
        attempts += 1
    return project.runs.add_run(_new_run(project, cloud, order, f"{base}-{attempts}"))


def _new_run(project: Project, cloud: Cloud, order: Order, key: str) -> Run:
    connection = cloud.connection
    folder = f"{connection.prefix}/{project_id(project)}/runs/{key[:24]}{key[key.rindex('-') :]}"
    bucket = Bucket(cloud)
    stem = re.sub(r"[^A-Za-z0-9-]+", "-", project.path.stem) or "book"
    return Run(
        key,
        f"amts-{stem}-{order.source_language}-{order.target_language}-{order.arm}"[:200],
        order.arm,
        order.source_language,
        order.target_language,
        str(uuid.uuid4()),
        bucket.uri(f"{folder}/input/"),
        bucket.uri(f"{folder}/output/"),
        tuple(chapter.id for chapter in order.chapters),
        order.parallel_data,
        is_offline=connection.is_offline,
        started_at=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
    )


def start(project: Project, cloud: Cloud, run: Run, progress: Progress = silent) -> Run:
    """Upload the chapters of a planned run and start its job; a run that has started is returned as it is."""
    if run.job_id:
        return run
    bucket = Bucket(cloud)
    folder = run.input_uri.split("/", 3)[3]
    editions = {}
    for done, chapter_id in enumerate(run.chapters):
        chapter = project.chapters.get(chapter_id)
        progress(done, len(run.chapters), chapter.name)
        document = source_document(project, chapter, run.source_language)
        editions[str(chapter_id)] = document.edition
        html = to_html({block.block: block.text for block in document.blocks}, run.source_language)
        bucket.put(f"{folder}{_file_name(chapter_id)}", html.encode())
    project.set_setting(_editions(run), editions)
    answer = Translate(cloud).start_job(run)
    started = replace(run, job_id=answer.job_id, status=answer.status)
    project.runs.update_run(started)
    return started


def refresh(project: Project, cloud: Cloud, run: Run) -> Run:
    """Ask what has become of a run and store it."""
    if not run.job_id or run.status.has_ended:
        return run
    answer = Translate(cloud).job(run.job_id)
    fresh = replace(run, status=answer.status, message=answer.message)
    if fresh != run:
        project.runs.update_run(fresh)
    return fresh


def stop(project: Project, cloud: Cloud, run: Run) -> Run:
    """Ask Amazon to stop the job of a run."""
    stopped = replace(run, status=Translate(cloud).stop_job(run.job_id))
    project.runs.update_run(stopped)
    return stopped


def follow(project: Project, cloud: Cloud, run: Run, progress: Progress = silent) -> Run:
    """Wait until the job of a run has ended, and return the run as it ended."""
    longest = 2.0 if run.is_offline else 60.0
    current = run

    def ask() -> Run:
        nonlocal current
        current = refresh(project, cloud, current)
        return current

    return wait_until(ask, lambda r: r.status.has_ended, f"Waiting for {run.name}", progress, longest)


def fetch(project: Project, cloud: Cloud, run: Run, progress: Progress = silent) -> Run:
    """Bring the output of an ended run into the project, and say in its message what is missing.

    Raises DeskError when the job has no output, or no document of it could be read.
    """
    if run.is_fetched:
        return run
    if not run.status.has_output:
        raise DeskError(
            f"The job “{run.name}” has no output: it is {run.status.value}. {run.message}".strip(),
            "Start it again when its cause is mended.",
        )
    files = Translate(cloud).translated_files(Translate(cloud).job(run.job_id), run.target_language)
    by_name = {file.source.rpartition("/")[2]: file for file in files}
    outputs: dict[int, tuple[str, dict[int, str]]] = {}
    problems: list[str] = []
    sent = project.setting(_editions(run), {})
    for done, chapter_id in enumerate(run.chapters):
        chapter = project.chapters.get(chapter_id)
        progress(done, len(run.chapters), chapter.name)
        document = source_document(project, chapter, run.source_language)
        if sent.get(str(chapter_id), document.edition) != document.edition:
            problems.append(f"{chapter.name}: it was read again after the job had started. Run it again.")
            continue
        texts, problem = _translation(cloud, by_name.get(_file_name(chapter_id)), document)
        if texts:
            outputs[chapter_id] = (document.edition, texts)
        if problem:
            problems.append(f"{chapter.name}: {problem}")
    if not outputs:
        raise DeskError(f"The job “{run.name}” brought back nothing. {' '.join(problems)}", "Start it again.")
    return project.runs.store_output(replace(run, message=" ".join(problems)), outputs)


def carry_out(project: Project, cloud: Cloud, order: Order, progress: Progress = silent) -> Run:
    """Plan, start, follow and fetch a run; each part that was done before is not done again."""
    run = start(project, cloud, plan(project, cloud, order), progress)
    return fetch(project, cloud, follow(project, cloud, run, progress), progress)


def source_document(project: Project, chapter: Chapter, source_language: str) -> Document:
    """Return the document of a chapter that a run in `source_language` translates.

    Raises DeskError when neither side of the chapter is in that language.
    """
    for code, number in (
        (chapter.source_language, chapter.source_id),
        (chapter.target_language, chapter.target_id),
    ):
        if code == source_language:
            return project.chapters.document(number)
    raise DeskError(f"{chapter.name} has no text in the language {source_language}.", "Choose another direction.")


def project_id(project: Project) -> str:
    """Return the project's own random name, made when first asked for; it keeps its files apart in the bucket."""
    name = project.setting("id")
    if name is None:
        name = uuid.uuid4().hex[:12]
        project.set_setting("id", name)
    return str(name)


def _translation(cloud: Cloud, file: TranslatedFile | None, document: Document) -> tuple[dict[int, str], str]:
    """Return (texts by block, what is wrong) for one document that came back.

    The numbers of blocks are told from 0, as in `extract`.
    """
    if file is None:
        return {}, "no translation came back."
    if file.error:
        return {}, file.error
    sources = {block.block: block.text for block in document.blocks}
    back = came_back(Bucket(cloud).get(file.uri).decode("utf-8", "replace"), sources)
    told = {problem.block for problem in back.problems}
    missing = len(sources.keys() - back.texts.keys() - told)
    words = [f"{missing} block{'s' * (missing > 1)} did not come back."] if missing else []
    words += [str(problem) for problem in back.problems[:_MOST_TOLD]]
    if len(back.problems) > _MOST_TOLD:
        words.append(f"{len(back.problems) - _MOST_TOLD} more blocks or marks are damaged.")
    return dict(back.texts), " ".join(words)


def _editions(run: Run) -> str:
    """Return the setting that tells which edition of each chapter was sent: its blocks come back by number."""
    return f"editions of run {run.number}"


def _file_name(chapter_id: int) -> str:
    return f"chapter-{chapter_id:05d}.html"


def _fingerprint(project: Project, cloud: Cloud, order: Order) -> str:
    """Return a hash of everything a run is made from: texts, languages, parallel data version, where it runs."""
    sources = [source_document(project, chapter, order.source_language).edition for chapter in order.chapters]
    version = project.runs.latest_version(order.parallel_data) if order.parallel_data else None
    made_from = [
        sources,
        [chapter.id for chapter in order.chapters],
        order.source_language,
        order.target_language,
        order.arm,
        order.parallel_data,
        version.sha256 if version else "",
        cloud.connection.bucket,
        cloud.connection.is_offline,
    ]
    return hashlib.sha256(json.dumps(made_from).encode()).hexdigest()
