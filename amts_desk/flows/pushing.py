"""Parallel data: choose the pairs, keep held-out chapters out of them, send them, and see them become active."""

from __future__ import annotations

import datetime
import hashlib
import io
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from amts_desk.aws.bucket import Bucket
from amts_desk.aws.cloud import Cloud
from amts_desk.aws.translate import Translate
from amts_desk.core.amazon import ParallelDataAnswer, ParallelDataStatus, ParallelDataVersion
from amts_desk.core.errors import DeskError, ServiceError
from amts_desk.core.pairs import Pair, PairFormat, Unit
from amts_desk.core.progress import Progress, silent
from amts_desk.flows.ordering import project_id
from amts_desk.flows.waiting import wait_until
from amts_desk.steps.interchange.tmx import read_tmx, write_tmx
from amts_desk.steps.parallel_data import Leak, Preflight, Skipped, dropped, leaked, pairs_from_beads, preflight
from amts_desk.store.chapters import Chapter
from amts_desk.store.project import Project

_NAME = re.compile(r"([A-Za-z0-9-]_?)+")


@dataclass(frozen=True, slots=True)
class Selection:
    """What should go into parallel data. Chapters in `hold_out` are kept out by name and by content."""

    chapters: tuple[Chapter, ...]
    unit: Unit
    source_language: str
    target_language: str
    hold_out: tuple[Chapter, ...] = ()
    confirmed_only: bool = False
    minimum_confidence: float = 0.0

    @property
    def direction(self) -> str:
        """The languages as in "en-zh"."""
        return f"{self.source_language}-{self.target_language}"


@dataclass(frozen=True, slots=True)
class Prepared:
    """What will be sent, what Amazon would skip and why, and what a held-out chapter gave away."""

    selection: Selection
    preflight: Preflight
    leaks: tuple[Leak, ...] = field(default=(), repr=False)


def prepare(
    project: Project, selection: Selection, progress: Progress = silent, *, kind: PairFormat = PairFormat.TMX
) -> Prepared:
    """Return the pairs of the chosen chapters, checked against Amazon's rules for a file of this kind.

    A held-out chapter never goes in, nor does any pair whose text stands in one, nor any bead that was dropped.
    """
    held_out = {chapter.id for chapter in selection.hold_out}
    pairs: list[Pair] = []
    left_out: list[Skipped] = []
    chosen = [chapter for chapter in selection.chapters if chapter.id not in held_out]
    for done, chapter in enumerate(chosen):
        progress(done, len(chosen), chapter.name)
        found = _pairs(project, chapter, selection)
        pairs += found[0]
        left_out += found[1]
    leaks = leaked(pairs, held_out_texts(project, selection.hold_out))
    bad = {leak.pair for leak in leaks}
    clean = [pair for pair in pairs if pair not in bad]
    checked = preflight(clean, kind)
    return Prepared(selection, replace(checked, skipped=(*left_out, *checked.skipped)), tuple(leaks))


def held_out_texts(project: Project, chapters: Sequence[Chapter]) -> list[str]:
    """Return every sentence and every block of the chapters, both sides."""
    return [
        segment.text
        for chapter in chapters
        for document in project.chapters.documents(chapter)
        for segment in (*document.sentences, *document.blocks)
    ]


def default_name(project: Project, selection: Selection) -> str:
    """Return a name that Amazon takes for the parallel data of a selection."""
    stem = re.sub(r"[^A-Za-z0-9]+", "-", project.path.stem).strip("-") or "book"
    return f"amts-{stem}-{project_id(project)[:6]}-{selection.direction}-{selection.unit}"[:256]


def write_down(project: Project, cloud: Cloud, name: str, prepared: Prepared) -> ParallelDataVersion:
    """Upload the pairs and write the version down, with its token, before Amazon hears of it.

    The same pairs under the same name are the same version. Raises DeskError when the name is not allowed or
    there is nothing to send.
    """
    require_name(name)
    pairs = prepared.preflight.sendable
    selection = prepared.selection
    if not pairs:
        raise DeskError("There is no pair to send.", "Align and confirm chapters, or loosen the filters.")
    data = tmx(pairs, selection)
    digest = hashlib.sha256("\0".join(f"{p.source}\1{p.target}" for p in pairs).encode()).hexdigest()
    latest = project.runs.latest_version(name)
    is_of_use = latest and latest.status not in (ParallelDataStatus.FAILED, ParallelDataStatus.DELETED)
    if latest and is_of_use and latest.sha256 == digest:
        return latest
    key = f"{cloud.connection.prefix}/{project_id(project)}/parallel-data/{name}/{digest[:16]}.tmx"
    uri = Bucket(cloud).put(key, data)
    return project.runs.add_version(
        ParallelDataVersion(
            name,
            latest.version + 1 if latest else 1,
            selection.unit,
            selection.source_language,
            selection.target_language,
            str(uuid.uuid4()),
            uri,
            digest,
            len(pairs),
            len(prepared.preflight.skipped),
            tuple(sorted({pair.chapter for pair in pairs})),
            made_at=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        )
    )


def require_name(name: str) -> None:
    """Raise DeskError unless Amazon takes `name` for parallel data."""
    if len(name) > 256 or not _NAME.fullmatch(name):
        raise DeskError(
            f"“{name[:80]}” cannot be the name of parallel data.",
            "Use letters, digits, hyphens and single underscores, at most 256.",
        )


def tmx(pairs: Sequence[Pair], selection: Selection) -> bytes:
    """Return the pairs as the TMX file that is sent."""
    stream = io.BytesIO()
    write_tmx(pairs, selection.source_language, selection.target_language, stream, unit=selection.unit)
    return stream.getvalue()


def send(
    project: Project,
    cloud: Cloud,
    version: ParallelDataVersion,
    progress: Progress = silent,
    patience: int | None = None,
) -> ParallelDataVersion:
    """Create or update the parallel data of a version; one that was sent before is only asked about.

    Amazon takes one create or update at a time, so this waits for its turn; with a `patience` of 1 it does not wait.
    """
    if version.status != "PLANNED":
        return refresh(project, cloud, version)
    translate = Translate(cloud)
    is_new = version.version == 1 or translate.find_parallel_data(version.name) is None
    call = translate.create_parallel_data if is_new else translate.update_parallel_data
    answer = wait_until(
        lambda: call(version.name, version.uri, "TMX", version.token),
        lambda _: True,
        f"Sending {version.name}",
        progress,
        _longest(cloud),
        patience,
    )
    return _store(project, version, answer)


def refresh(project: Project, cloud: Cloud, version: ParallelDataVersion) -> ParallelDataVersion:
    """Ask what has become of a version and store it."""
    return _store(project, version, Translate(cloud).parallel_data(version.name))


def follow(
    project: Project, cloud: Cloud, version: ParallelDataVersion, progress: Progress = silent
) -> ParallelDataVersion:
    """Wait until Amazon has taken a version in. Raises ServiceError when it failed, with Amazon's words."""
    settled = wait_until(
        lambda: refresh(project, cloud, version),
        lambda v: ParallelDataStatus(v.status).is_settled,
        f"Waiting for {version.name}",
        progress,
        _longest(cloud),
    )
    if settled.status == ParallelDataStatus.FAILED:
        raise ServiceError(
            f"Amazon could not take in the parallel data “{settled.name}”: {settled.message}",
            "See its error file, mend the pairs and push again.",
            "FAILED",
        )
    return settled


def delete(project: Project, cloud: Cloud, name: str, progress: Progress = silent) -> None:
    """Delete parallel data at Amazon; the project keeps its versions, marked as deleted. Raises ServiceError."""
    delete_at_amazon(cloud, name, progress)
    _mark_deleted(project, name)


def delete_at_amazon(cloud: Cloud, name: str, progress: Progress = silent) -> None:
    """Delete parallel data and return when it is gone: until then its name is taken. Raises ServiceError."""
    translate = Translate(cloud)
    translate.delete_parallel_data(name)
    wait_until(
        lambda: translate.find_parallel_data(name),
        lambda answer: answer is None,
        f"Deleting {name}",
        progress,
        _longest(cloud),
    )


def push(
    project: Project, cloud: Cloud, name: str, prepared: Prepared, progress: Progress = silent
) -> ParallelDataVersion:
    """Write down, send and follow a version; each part that was done before is not done again."""
    return follow(project, cloud, hand_over(project, cloud, name, prepared, progress), progress)


def hand_over(
    project: Project,
    cloud: Cloud,
    name: str,
    prepared: Prepared,
    progress: Progress = silent,
    patience: int | None = None,
) -> ParallelDataVersion:
    """Write down and send a version without waiting until it is taken in; what was done before is not done again."""
    version = write_down(project, cloud, name, prepared)
    if version.status == ParallelDataStatus.ACTIVE:
        if Translate(cloud).find_parallel_data(name):
            return version
        # Somebody deleted it elsewhere, or the state of offline practice was thrown away.
        _mark_deleted(project, name)
        version = write_down(project, cloud, name, prepared)
    return send(project, cloud, version, progress, patience)


def sent_pairs(cloud: Cloud, version: ParallelDataVersion) -> list[Pair]:
    """Return the pairs of a version as they lie in the bucket: exactly what Amazon was given.

    Raises ServiceError when the file cannot be had.
    """
    stream = io.BytesIO(Bucket(cloud).get(version.uri))
    return list(read_tmx(stream, version.source_language, version.target_language))


def mark_deleted(project: Project, version: ParallelDataVersion) -> ParallelDataVersion:
    """Note that Amazon does not know a version any more, and return it as it is then."""
    deleted = replace(version, status=ParallelDataStatus.DELETED, message="")
    project.runs.update_version(deleted)
    return deleted


def _mark_deleted(project: Project, name: str) -> None:
    for version in project.runs.versions():
        if version.name == name:
            mark_deleted(project, version)


def _pairs(project: Project, chapter: Chapter, selection: Selection) -> tuple[list[Pair], list[Skipped]]:
    """Return the pairs of a chapter in the selection's direction, and those of its dropped beads.

    None when it is in other languages.
    """
    beads = project.tracks.rows(project.tracks.alignment(chapter))
    left_out = dropped(beads, chapter.source_language, chapter.target_language, chapter.name)
    pairs = pairs_from_beads(
        beads,
        selection.unit,
        chapter.source_language,
        chapter.target_language,
        chapter.name,
        confirmed_only=selection.confirmed_only,
        minimum_confidence=selection.minimum_confidence,
    )
    if chapter.direction == selection.direction:
        return pairs, left_out
    if (chapter.target_language, chapter.source_language) == (selection.source_language, selection.target_language):
        return [pair.reversed() for pair in pairs], [replace(s, pair=s.pair.reversed()) for s in left_out]
    return [], []


def _store(project: Project, version: ParallelDataVersion, answer: ParallelDataAnswer) -> ParallelDataVersion:
    fresh = replace(version, status=answer.status.value, message=answer.message, imported=answer.imported)
    if fresh != version:
        project.runs.update_version(fresh)
    return fresh


def _longest(cloud: Cloud) -> float:
    return 2.0 if cloud.connection.is_offline else 60.0
