"""Bring the output of an ended job into the project: checked, marked where it is damaged, all of it or nothing.

What comes back is mapped through the details file of the job to the documents that were sent; no name that the
service gives is ever used as a name of ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from amts_desk.aws.bucket import Bucket
from amts_desk.aws.cloud import Cloud
from amts_desk.aws.translate import Translate, TranslatedFile
from amts_desk.core.amazon import Run, RunProblem
from amts_desk.core.document import Document
from amts_desk.core.errors import DeskError, ServiceError
from amts_desk.core.progress import Progress, silent
from amts_desk.flows.ordering import source_document
from amts_desk.flows.running import require_same_place, sent_documents
from amts_desk.steps.interchange.job_html import came_back
from amts_desk.store.project import Project

_WHOLE = -1
_MOST_TOLD = 10
"""Problems that the message of a run tells one by one."""


@dataclass(slots=True)
class _Haul:
    """What has been brought home so far: (edition, texts by block) by chapter, and what is wrong."""

    outputs: dict[int, tuple[str, dict[int, str]]] = field(default_factory=dict)
    problems: list[RunProblem] = field(default_factory=list)


def fetch(project: Project, cloud: Cloud, run: Run, progress: Progress = silent, *, again: bool = False) -> Run:
    """Bring the output of an ended run into the project, and say in its message what is missing.

    What was fetched before is fetched once more only with `again`. Raises DeskError when the job has no output, or no
    document of it could be read.
    """
    if run.is_fetched and not again:
        return run
    if not run.status.has_output:
        raise DeskError(
            f"The job “{run.name}” has no output: it is {run.status.value}. {run.message}".strip(),
            "Start it again when its cause is mended.",
        )
    require_same_place(cloud, run)
    files = Translate(cloud).translated_files(Translate(cloud).job(run.job_id), run.target_language)
    by_name = {file.source.rpartition("/")[2]: file for file in files}
    haul = _Haul()
    sent = sent_documents(project, run)
    chapters = [chapter for chapter in project.chapters.all() if chapter.id in set(run.chapters)]
    for done, chapter in enumerate(chapters):
        progress(done, len(chapters), chapter.name)
        document = source_document(project, chapter, run.source_language)
        edition, name = sent.get(chapter.id, (document.edition, ""))
        if edition != document.edition:
            message = "it was read again after the job had started. Run it again."
            haul.problems.append(RunProblem(chapter.id, _WHOLE, message))
            continue
        _take(cloud, chapter.id, document, by_name.get(name), haul)
    told = _told(project, haul.problems)
    if not haul.outputs:
        raise DeskError(f"The job “{run.name}” brought back nothing. {told}", "Start it again.")
    return project.runs.store_output(replace(run, message=told), haul.outputs, haul.problems)


def _take(cloud: Cloud, chapter_id: int, document: Document, file: TranslatedFile | None, haul: _Haul) -> None:
    """Take in one document that came back; its blocks are numbered from 0, as in `extract`."""
    page = None if file is None or file.error else _page(cloud, file.uri)
    if page is None:
        message = (file.error if file else "") or "no translation came back."
        haul.problems.append(RunProblem(chapter_id, _WHOLE, message))
        return
    sources = {block.block: block.text for block in document.blocks}
    back = came_back(page, sources)
    told = {problem.block for problem in back.problems}
    missing = len(sources.keys() - back.texts.keys() - told)
    if missing:
        message = f"{missing} block{'s' * (missing > 1)} did not come back."
        haul.problems.append(RunProblem(chapter_id, _WHOLE, message))
    haul.problems += [RunProblem(chapter_id, problem.block, f"{problem.message}.") for problem in back.problems]
    if back.texts:
        haul.outputs[chapter_id] = (document.edition, dict(back.texts))


def _page(cloud: Cloud, uri: str) -> str | None:
    """Return a translated page, None when it is not there any more."""
    try:
        return Bucket(cloud).get(uri).decode("utf-8", "replace")
    except ServiceError as error:
        if error.code != "NoSuchKey":
            raise
        return None


def _told(project: Project, problems: Sequence[RunProblem]) -> str:
    """Return the first problems as one message, each chapter named once."""
    words: list[str] = []
    before = None
    for problem in problems[:_MOST_TOLD]:
        name = "" if problem.chapter_id == before else f"{project.chapters.get(problem.chapter_id).name}: "
        words.append(f"{name}{problem}")
        before = problem.chapter_id
    if len(problems) > _MOST_TOLD:
        words.append(f"{len(problems) - _MOST_TOLD} more problems are listed in Jobs.")
    return " ".join(words)
