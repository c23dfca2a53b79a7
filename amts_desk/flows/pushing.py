"""Parallel data: choose the pairs, keep held-out chapters out of them, send them, and see them become active."""

from __future__ import annotations

import datetime
import hashlib
import io
import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from amts_desk.aws.bucket import Bucket
from amts_desk.aws.cloud import Cloud
from amts_desk.aws.translate import Translate
from amts_desk.core.amazon import ImportMessage, ParallelDataAnswer, ParallelDataStatus, ParallelDataVersion
from amts_desk.core.errors import DeskError, ServiceError
from amts_desk.core.pairs import Fate, Pair, PairFormat, Unit
from amts_desk.core.progress import Progress, silent
from amts_desk.flows.ordering import project_id
from amts_desk.flows.waiting import wait_until
from amts_desk.steps.interchange.delimited import read_delimited, write_delimited
from amts_desk.steps.interchange.tmx import read_tmx, write_tmx
from amts_desk.steps.parallel_data.beads import Material, candidates
from amts_desk.steps.parallel_data.filters import Filters
from amts_desk.steps.parallel_data.leaks import Guard
from amts_desk.steps.parallel_data.rules import repetition
from amts_desk.steps.parallel_data.sieve import Sieve
from amts_desk.store.chapters import Chapter
from amts_desk.store.drafts import Draft
from amts_desk.store.files import passing_folder
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
    filters: Filters = field(default_factory=Filters)

    @property
    def direction(self) -> str:
        """The languages as in "en-zh"."""
        return f"{self.source_language}-{self.target_language}"

    @property
    def languages(self) -> tuple[str, str]:
        """Source and target language."""
        return self.source_language, self.target_language


@dataclass(frozen=True, slots=True)
class Prepared:
    """Every pair of a selection and what becomes of it in a file of this kind.

    `bounds` is the length ratio that was taken as usual, None where nobody asked for it or too few pairs can tell.
    `standing` names how the beads stood when they were gathered.
    """

    selection: Selection
    kind: PairFormat
    draft: Draft = field(repr=False, compare=False)
    bounds: tuple[float, float] | None = None
    standing: str = ""

    @property
    def sent(self) -> int:
        """How many pairs go into the file."""
        return self.draft.counts()[Fate.SENT]

    @property
    def leaks(self) -> int:
        """How many pairs a held-out chapter keeps out."""
        return self.draft.counts()[Fate.HELD_OUT]

    @property
    def skipped(self) -> int:
        """How many pairs stay behind for another reason."""
        return len(self.draft) - self.sent - self.leaks

    @property
    def size(self) -> int:
        """The bytes of the texts that go into the file."""
        sizes = zip(*self.draft.sizes, self.draft.fates, strict=True)
        return sum(source + target for source, target, fate in sizes if fate == 0)

    def pairs(self) -> Iterator[Pair]:
        """Yield the pairs that go into the file, few at a time."""
        return self.draft.pairs()

    def write(self, stream: BinaryIO) -> None:
        """Write the file that is sent. The same pairs make the same bytes."""
        pairs, codes = self.pairs(), self.selection.languages
        if self.kind is PairFormat.TMX:
            newest = self.draft.newest()
            created = datetime.datetime.fromisoformat(newest) if newest else None
            write_tmx(pairs, *codes, stream, unit=self.selection.unit, created=created)
        else:
            write_delimited(pairs, *codes, stream, self.kind)


def prepare(
    project: Project, selection: Selection, progress: Progress = silent, *, kind: PairFormat = PairFormat.TMX
) -> Prepared:
    """Return the pairs of the chosen chapters, checked against Amazon's rules for a file of this kind.

    A held-out chapter never goes in, nor does any pair whose text stands in one, nor any bead that was dropped.
    """
    standing = project.tracks.standing()
    guard = Guard(held_out_texts(project, selection.hold_out))
    sieve = Sieve(selection.languages, selection.filters, kind, guard)
    draft = Draft()
    draft.fill(sieve.records(_candidates(project, selection, progress)))
    for number, reason in sieve.odd_lengths():
        draft.settle(number, Fate.LEFT_OUT, reason)
    for loser, winner in sieve.repeated():
        pair, other = (draft.record(number).pair for number in (loser, winner))
        if pair.source == other.source:
            draft.settle(loser, Fate.REPEATED, repetition(pair, other), winner)
    return Prepared(selection, kind, draft, sieve.bounds, standing)


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


def write_down(
    project: Project, cloud: Cloud, name: str, prepared: Prepared, progress: Progress = silent
) -> ParallelDataVersion:
    """Upload the pairs and write the version down, with its pairs and its token, before Amazon hears of it.

    The same pairs under the same name in the same bucket are the same version. Raises DeskError when the name is not
    allowed or there is nothing to send.
    """
    require_name(name)
    selection = prepared.selection
    if not prepared.sent:
        raise DeskError("There is no pair to send.", "Align and confirm chapters, or loosen the filters.")
    digest, chapters = _digest(prepared)
    latest = project.runs.latest_version(name)
    gone = (ParallelDataStatus.FAILED, ParallelDataStatus.DELETED)
    is_of_use = latest and latest.status not in gone and cloud.has(latest.uri)
    if latest and is_of_use and (latest.sha256, latest.format) == (digest, prepared.kind):
        return latest
    folder = f"{cloud.connection.prefix}/{project_id(project)}/parallel-data/{name}"
    uri = _upload(cloud, f"{folder}/{digest[:16]}.{prepared.kind.lower()}", prepared, progress)
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
            prepared.sent,
            prepared.skipped,
            chapters,
            made_at=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            format=prepared.kind.value,
            made_by=project.author,
        ),
        project.pairs.add(prepared.pairs()),
    )


def _digest(prepared: Prepared) -> tuple[str, tuple[str, ...]]:
    """Return a digest of the texts that are sent, and the names of their chapters."""
    digest, chapters = hashlib.sha256(), set()
    for number, pair in enumerate(prepared.pairs()):
        digest.update(f"{chr(0) if number else ''}{pair.source}{chr(1)}{pair.target}".encode())
        chapters.add(pair.chapter)
    return digest.hexdigest(), tuple(sorted(chapters))


def _upload(cloud: Cloud, key: str, prepared: Prepared, progress: Progress) -> str:
    """Write the file and upload it; returns its address."""
    with passing_folder() as folder:
        path = folder / "pairs"
        with path.open("wb") as stream:
            prepared.write(stream)
        return Bucket(cloud).upload_file(path, key, progress)


def require_name(name: str) -> None:
    """Raise DeskError unless Amazon takes `name` for parallel data."""
    if len(name) > 256 or not _NAME.fullmatch(name):
        raise DeskError(
            f"“{name[:80]}” cannot be the name of parallel data.",
            "Use letters, digits, hyphens and single underscores, at most 256.",
        )


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
        lambda: call(version.name, version.uri, version.format, version.token),
        lambda _: True,
        f"Sending {version.name}",
        progress,
        _longest(cloud),
        patience,
    )
    return _store(project, cloud, version, answer)


def refresh(project: Project, cloud: Cloud, version: ParallelDataVersion) -> ParallelDataVersion:
    """Ask what has become of a version and store it."""
    return _store(project, cloud, version, Translate(cloud).parallel_data(version.name))


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
    version = write_down(project, cloud, name, prepared, progress)
    if version.status == ParallelDataStatus.ACTIVE:
        if Translate(cloud).find_parallel_data(name):
            return version
        # Somebody deleted it elsewhere, or the state of offline practice was thrown away.
        _mark_deleted(project, name)
        version = write_down(project, cloud, name, prepared, progress)
    return send(project, cloud, version, progress, patience)


def sent_pairs(cloud: Cloud, version: ParallelDataVersion) -> list[Pair]:
    """Return the pairs of a version as they lie in the bucket: exactly what Amazon was given.

    Raises ServiceError when the file cannot be had.
    """
    stream = io.BytesIO(Bucket(cloud).get(version.uri))
    codes = version.source_language, version.target_language
    if version.format == PairFormat.TMX:
        return list(read_tmx(stream, *codes))
    return list(read_delimited(stream, *codes, PairFormat.CSV if version.format == PairFormat.CSV else PairFormat.TSV))


def mark_deleted(project: Project, version: ParallelDataVersion) -> ParallelDataVersion:
    """Note that Amazon does not know a version any more, and return it as it is then."""
    deleted = replace(version, status=ParallelDataStatus.DELETED, message="")
    project.runs.update_version(deleted)
    return deleted


def _mark_deleted(project: Project, name: str) -> None:
    for version in project.runs.versions():
        if version.name == name:
            mark_deleted(project, version)


def _candidates(project: Project, selection: Selection, progress: Progress) -> Iterator[tuple[Pair, str]]:
    """Yield the pairs of the chosen chapters in the selection's direction, and why one is not wanted."""
    held_out = {chapter.id for chapter in selection.hold_out}
    chosen = [chapter for chapter in selection.chapters if chapter.id not in held_out]
    wanted = selection.filters
    for done, chapter in enumerate(chosen):
        progress(done, len(chosen), chapter.name)
        languages = chapter.source_language, chapter.target_language
        if selection.languages not in (languages, languages[::-1]):
            continue
        found = candidates(
            material(project, chapter),
            selection.unit,
            confirmed_only=wanted.confirmed_only,
            minimum_confidence=wanted.minimum_confidence,
        )
        is_forward = selection.languages == languages
        yield from ((pair if is_forward else pair.reversed(), reason) for pair, reason in found)


def material(project: Project, chapter: Chapter) -> Material:
    """Return the beads of a chapter with all that its pairs are made from."""
    track = project.tracks.alignment(chapter)
    (_, source), (_, target) = project.chapters.digests(chapter)
    languages = chapter.source_language, chapter.target_language
    stamps = project.tracks.stamps(track)
    return Material(chapter.name, languages, project.tracks.rows(track), stamps, (source, target))


def _store(
    project: Project, cloud: Cloud, version: ParallelDataVersion, answer: ParallelDataAnswer
) -> ParallelDataVersion:
    """Store what has become of a version; once it is settled, what the error file says of its records, too."""
    fresh = replace(
        version,
        status=answer.status.value,
        message=answer.message,
        imported=answer.imported,
        service_status=answer.in_use,
        attempt_status=answer.attempt,
        skipped_there=answer.skipped,
        failed_there=answer.failed,
    )
    if fresh != version:
        if answer.status.is_settled and version.status != fresh.status:
            project.pairs.keep_messages(version.number, _messages(cloud, version, of_update=bool(answer.attempt)))
        project.runs.update_version(fresh)
    return fresh


def _messages(cloud: Cloud, version: ParallelDataVersion, *, of_update: bool) -> list[ImportMessage]:
    """Return what the error file says. One that cannot be had for good is told in its place."""
    try:
        return Translate(cloud).import_messages(version.name, of_update=of_update)
    except ServiceError as error:
        if error.passing:
            raise
        return [ImportMessage(0, "File", str(error))]


def _longest(cloud: Cloud) -> float:
    return 2.0 if cloud.connection.is_offline else 60.0
