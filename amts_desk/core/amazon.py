"""Amazon Translate as the program sees it: where to reach it, parallel data, and runs.

States and limits are those of the Amazon Translate API reference (2017-07-01).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Connection:
    """Where the calls go. Nothing in it is a secret but `keys`, which only the offline practice has.

    `endpoint_url` and `keys` (access key, secret key) are set for offline practice and for nothing else that is
    stored; with AWS the credentials stay where botocore finds them. `account` is what AWS last said it is.
    """

    region: str = "us-west-2"
    bucket: str = ""
    prefix: str = "amts"
    role_arn: str = ""
    profile: str = ""
    endpoint_url: str = ""
    is_offline: bool = True
    account: str = ""
    keys: tuple[str, str] | None = field(default=None, repr=False)

    @property
    def label(self) -> str:
        """A few words for the status line: "Offline practice", or the account (once known) and Region."""
        if self.is_offline:
            return "Offline practice"
        return " · ".join(("AWS", self.account or self.profile or "default profile", self.region))


class ParallelDataStatus(StrEnum):
    """Life cycle of parallel data. DELETED is ours: the service no longer knows it."""

    CREATING = "CREATING"
    UPDATING = "UPDATING"
    ACTIVE = "ACTIVE"
    DELETING = "DELETING"
    DELETED = "DELETED"
    FAILED = "FAILED"

    @property
    def is_settled(self) -> bool:
        """Whether the service has finished with it."""
        return self in (ParallelDataStatus.ACTIVE, ParallelDataStatus.FAILED)


class JobStatus(StrEnum):
    """Life cycle of a batch job. PLANNED and SENT are ours: written down; and called for, but not answered yet."""

    PLANNED = "PLANNED"
    SENT = "SENT"
    SUBMITTED = "SUBMITTED"
    IN_PROGRESS = "IN_PROGRESS"
    COMPLETED = "COMPLETED"
    COMPLETED_WITH_ERROR = "COMPLETED_WITH_ERROR"
    FAILED = "FAILED"
    STOP_REQUESTED = "STOP_REQUESTED"
    STOPPED = "STOPPED"

    @property
    def has_ended(self) -> bool:
        """Whether the job will not change any more."""
        return self in (JobStatus.COMPLETED, JobStatus.COMPLETED_WITH_ERROR, JobStatus.FAILED, JobStatus.STOPPED)

    @property
    def has_output(self) -> bool:
        """Whether there is translated output to fetch."""
        return self in (JobStatus.COMPLETED, JobStatus.COMPLETED_WITH_ERROR)


@dataclass(frozen=True, slots=True)
class ParallelDataAnswer:
    """What the service says about a parallel data resource; `answer` is its own words."""

    name: str
    status: ParallelDataStatus
    message: str = ""
    imported: int = 0
    skipped: int = 0
    failed: int = 0
    answer: Mapping[str, Any] = field(default_factory=dict, repr=False)
    in_use: str = ""
    """The service's Status: that of the version jobs use now."""
    attempt: str = ""
    """The service's LatestUpdateAttemptStatus: how the last update went or goes; "" before the first."""


@dataclass(frozen=True, slots=True)
class ImportMessage:
    """What the service's error file says of one record of a file, counted from 1; 0 is the file as a whole.

    `content` are the service's own words for the record ("Number 1 TU element").
    """

    record: int
    content: str
    message: str


@dataclass(frozen=True, slots=True)
class JobAnswer:
    """What the service says about a job; `answer` is its own words. Counts are of documents."""

    job_id: str
    status: JobStatus
    message: str = ""
    output_uri: str = ""
    documents: int = 0
    translated: int = 0
    with_errors: int = 0
    answer: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class ParallelDataVersion:
    """One version of parallel data as the project keeps it, written down before the call that sends it.

    `skipped` counts what was left out here, `skipped_there` and `failed_there` what Amazon passed over.
    `service_status` and `attempt_status` are its two life cycles, of what jobs use now and of the last update.
    """

    name: str
    version: int
    unit: str
    source_language: str
    target_language: str
    token: str
    uri: str
    sha256: str
    pairs: int
    skipped: int = 0
    chapters: tuple[str, ...] = ()
    status: str = "PLANNED"
    message: str = ""
    imported: int = 0
    made_at: str = ""
    format: str = "TMX"
    made_by: str = ""
    service_status: str = ""
    attempt_status: str = ""
    skipped_there: int = 0
    failed_there: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """One batch job into one target language, over some chapters, with or without parallel data.

    A job into several languages is several runs with the same `token` and `job_id`, each with the chapters of its own
    direction: whatever compares, reviews or writes a run has one direction before it and need not know of the others.

    `arm` names it in comparisons: "none", "paragraph", "sentence", each also with "+terminology". `token` is the
    ClientToken, stored before the call so that a crash, a retry or a second click starts nothing twice. `key` is a
    hash of everything the run is made from: the same run is never started again. `documents`, `translated` and
    `with_errors` are the service's counts over the whole job; `dollars` is what this language was expected to cost.
    """

    key: str
    name: str
    arm: str
    source_language: str
    target_language: str
    token: str
    input_uri: str
    output_uri: str
    chapters: tuple[int, ...]
    parallel_data: str = ""
    job_id: str = ""
    status: JobStatus = JobStatus.PLANNED
    message: str = ""
    is_offline: bool = True
    started_at: str = ""
    is_fetched: bool = False
    terminology: str = ""
    formality: str = ""
    masks_profanity: bool = False
    documents: int = 0
    translated: int = 0
    with_errors: int = 0
    characters: int = 0
    dollars: float = 0.0
    number: int = 0

    @property
    def direction(self) -> str:
        """The languages as in "en-zh"."""
        return f"{self.source_language}-{self.target_language}"

    @property
    def is_running(self) -> bool:
        """Whether the service has the job and has not ended it."""
        return bool(self.job_id) and not self.status.has_ended

    @property
    def is_unsent(self) -> bool:
        """Whether no answer has ever said that the job was started."""
        return self.status in (JobStatus.PLANNED, JobStatus.SENT)


@dataclass(frozen=True, slots=True)
class RunProblem:
    """What is wrong with what a run brought back of a chapter; `block` is -1 for the whole document."""

    chapter_id: int
    block: int
    message: str

    def __str__(self) -> str:
        return self.message if self.block < 0 else f"Block {self.block}: {self.message}"
