"""Orders: what jobs should do, which jobs that makes, and each job written down before Amazon is called.

A run and its ClientToken are in the project before the call. Whatever happens then (a crash, a lost reply, a second
click), asking again finds the same runs and repeats the same call, which starts nothing twice.
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
from amts_desk.core.amazon import JobStatus, Run
from amts_desk.core.document import Document
from amts_desk.core.errors import DeskError
from amts_desk.flows.estimating import estimate
from amts_desk.store.chapters import Chapter
from amts_desk.store.project import Project

_GIVEN_UP = (JobStatus.FAILED, JobStatus.STOPPED)


@dataclass(frozen=True, slots=True)
class Order:
    """What one job should do: which chapters, into which languages, with which parallel data ("" for none).

    `chapters` may be of several directions; each language gets those of its own. `formality` is "", "FORMAL" or
    "INFORMAL". `again` asks for a new run even where one of exactly the same things is there.
    """

    chapters: tuple[Chapter, ...]
    source_language: str
    target_languages: tuple[str, ...]
    arm: str = "none"
    parallel_data: str = ""
    terminology: str = ""
    formality: str = ""
    masks_profanity: bool = False
    again: bool = False

    def chapters_into(self, target_language: str) -> tuple[Chapter, ...]:
        """Return the chapters that are translated into one of the languages."""
        wanted = {self.source_language, target_language}
        return tuple(c for c in self.chapters if {c.source_language, c.target_language} == wanted)


def separate(project: Project, order: Order) -> list[Order]:
    """Return the order as jobs that translate nothing in vain: Amazon takes every document into every language.

    So documents that are wanted in the same languages make up one job; a chapter that one language lacks is in a
    job of its own.
    """
    languages: dict[str, list[str]] = {}
    members: dict[str, list[Chapter]] = {}
    for target in order.target_languages:
        for chapter in order.chapters_into(target):
            edition = source_edition(project, chapter, order.source_language)
            if target not in languages.setdefault(edition, []):
                languages[edition].append(target)
            members.setdefault(edition, []).append(chapter)
    jobs: dict[tuple[str, ...], list[Chapter]] = {}
    for edition, targets in languages.items():
        jobs.setdefault(tuple(targets), []).extend(members[edition])
    return [
        replace(order, target_languages=targets, chapters=tuple(sorted(chapters, key=order.chapters.index)))
        for targets, chapters in jobs.items()
    ]


def plan(project: Project, cloud: Cloud, order: Order) -> tuple[Run, ...]:
    """Write the runs of a job down, or return those that were already made from exactly the same things.

    One run for each target language, in the order's order. A job that failed or was stopped is planned anew. Raises
    DeskError when a language has no chapter.
    """
    if not order.target_languages or not order.chapters:
        raise DeskError("No chapter was chosen for the job.", "Choose at least one chapter.")
    for target in order.target_languages:
        if not order.chapters_into(target):
            raise DeskError(f"No chapter was chosen for the job into {target}.", "Choose at least one chapter.")
    known, key = _known(project, cloud, order)
    return known or project.runs.add_runs(_new_runs(project, cloud, order, key))


def started_before(project: Project, cloud: Cloud, order: Order) -> tuple[Run, ...]:
    """Return the runs that were started from exactly the same things, none when the order would start a job."""
    known, _ = _known(project, cloud, order)
    return () if any(run.is_unsent for run in known) else known


def drafted(project: Project, cloud: Cloud, order: Order) -> tuple[Run, ...]:
    """Return the runs of a job as they are or would be written down, for looking at; nothing is stored."""
    known, key = _known(project, cloud, order)
    return known or tuple(_new_runs(project, cloud, order, key))


def order_of(project: Project, run: Run) -> Order:
    """Return the order that would start the job of a run once more, as a new one."""
    runs = project.runs.job(run)
    chapters = dict.fromkeys(number for each in runs for number in each.chapters)
    return Order(
        tuple(project.chapters.get(number) for number in chapters),
        run.source_language,
        tuple(each.target_language for each in runs),
        run.arm,
        run.parallel_data,
        run.terminology,
        run.formality,
        run.masks_profanity,
        again=True,
    )


def source_document(project: Project, chapter: Chapter, source_language: str) -> Document:
    """Return the document of a chapter that a run in `source_language` translates.

    Raises DeskError when neither side of the chapter is in that language.
    """
    return project.chapters.document(_source_id(chapter, source_language))


def source_edition(project: Project, chapter: Chapter, source_language: str) -> str:
    """Return the edition of what `source_document` returns, without reading all of it. Raises DeskError as it does."""
    return project.chapters.edition(_source_id(chapter, source_language))


def project_id(project: Project) -> str:
    """Return the project's own random name, made when first asked for; it keeps its files apart in the bucket."""
    name = project.setting("id")
    if name is None:
        name = uuid.uuid4().hex[:12]
        project.set_setting("id", name)
    return str(name)


def _source_id(chapter: Chapter, source_language: str) -> int:
    sides = {chapter.target_language: chapter.target_id, chapter.source_language: chapter.source_id}
    if source_language not in sides:
        raise DeskError(f"{chapter.name} has no text in the language {source_language}.", "Choose another direction.")
    return sides[source_language]


def _known(project: Project, cloud: Cloud, order: Order) -> tuple[tuple[Run, ...], str]:
    """Return the runs that the order asks for if they are there, and the key that new ones would get."""
    base, end = _fingerprint(project, cloud, order), _endings(order)[0]
    attempts = 0
    while (known := project.runs.run_with_key(f"{base}-{attempts}{end}")) is not None:
        if known.is_unsent or not (order.again or known.status in _GIVEN_UP):
            return project.runs.job(known), known.key
        attempts += 1
    return (), f"{base}-{attempts}"


def _new_runs(project: Project, cloud: Cloud, order: Order, key: str) -> list[Run]:
    connection, bucket = cloud.connection, Bucket(cloud)
    folder = f"{connection.prefix}/{project_id(project)}/runs/{key[:24]}{key[key.rindex('-') :]}"
    # The end makes the name the job's own: a job whose reply was lost is found again by it.
    name = f"{_name(project, order)}-{key[:8]}{key[key.rindex('-') :]}"
    token, now = str(uuid.uuid4()), datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    runs = []
    for target, end in zip(order.target_languages, _endings(order), strict=True):
        chapters = order.chapters_into(target)
        documents = (source_document(project, chapter, order.source_language) for chapter in chapters)
        different = {document.edition: document for document in documents}.values()
        cost = estimate(different, with_parallel_data=bool(order.parallel_data), region=connection.region)
        runs.append(
            Run(
                key + end,
                name,
                order.arm,
                order.source_language,
                target,
                token,
                bucket.uri(f"{folder}/input/"),
                bucket.uri(f"{folder}/output/"),
                tuple(chapter.id for chapter in chapters),
                order.parallel_data,
                is_offline=connection.is_offline,
                started_at=now,
                terminology=order.terminology,
                formality=order.formality,
                masks_profanity=order.masks_profanity,
                characters=cost.characters,
                dollars=0.0 if connection.is_offline else cost.dollars,
            )
        )
    return runs


def _name(project: Project, order: Order) -> str:
    stem = re.sub(r"[^A-Za-z0-9-]+", "-", project.path.stem) or "book"
    return f"amts-{stem}-{order.source_language}-{'-'.join(order.target_languages)}-{order.arm}"[:200]


def _endings(order: Order) -> list[str]:
    """Return what tells the keys of a job's runs apart; the run of a single language needs nothing."""
    return [""] if len(order.target_languages) == 1 else [f"-{target}" for target in order.target_languages]


def _fingerprint(project: Project, cloud: Cloud, order: Order) -> str:
    """Return a hash of everything a run is made from: texts, languages, parallel data version, where it runs."""
    sources = [source_edition(project, chapter, order.source_language) for chapter in order.chapters]
    version = project.runs.latest_version(order.parallel_data) if order.parallel_data else None
    made_from = [
        sources,
        [chapter.id for chapter in order.chapters],
        order.source_language,
        ",".join(order.target_languages),
        order.arm,
        order.parallel_data,
        version.sha256 if version else "",
        cloud.connection.bucket,
        cloud.connection.is_offline,
    ]
    wishes = [order.terminology, order.formality, order.masks_profanity]
    # Added only where there are any, so that runs of older projects are found again.
    return hashlib.sha256(json.dumps(made_from + wishes * any(wishes)).encode()).hexdigest()
