"""Batch translation jobs: start, describe, list, stop, and their life cycle.

SUBMITTED → IN_PROGRESS → COMPLETED | COMPLETED_WITH_ERROR | FAILED; STOP_REQUESTED → STOPPED. Source: Amazon Translate
API reference and developer guide, "Asynchronous processing".
"""

from __future__ import annotations

import logging
import uuid
from collections import deque
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from amts_desk.endpoint.errors import ApiError, not_found
from amts_desk.endpoint.job_request import Examiner
from amts_desk.endpoint.job_run import JobRun
from amts_desk.endpoint.paging import moment, page
from amts_desk.endpoint.parallel_data import ParallelDataShelf
from amts_desk.endpoint.surroundings import Cloud, Surroundings
from amts_desk.endpoint.terminology import TerminologyShelf, TermTranslator

MOST_RUNNING, MOST_WAITING = 10, 1000
"""Jobs of an account and Region that run at once, and that wait for their turn."""
_LIVE = ("SUBMITTED", "IN_PROGRESS", "STOP_REQUESTED")


@dataclass(frozen=True, slots=True)
class Job:
    """One job as it is kept on disk: the request it came from and how far it is; times in seconds since 1970."""

    id: str
    request: dict[str, Any]
    output_uri: str
    status: str
    submitted: float
    ended: float = 0.0
    message: str = ""
    documents: int = 0
    translated: int = 0
    failed: int = 0

    def properties(self) -> dict[str, Any]:
        """Return the TextTranslationJobProperties of an answer; the output URI is that of the job's own folder."""
        told = {name: value for name, value in self.request.items() if name != "ClientToken"}
        told |= {"JobId": self.id, "JobStatus": self.status, "SubmittedTime": moment(self.submitted)}
        told["OutputDataConfig"] = {**self.request["OutputDataConfig"], "S3Uri": self.output_uri}
        told["JobDetails"] = {
            "InputDocumentsCount": self.documents,
            "TranslatedDocumentsCount": self.translated,
            "DocumentsWithErrorsCount": self.failed,
        }
        if self.ended:
            told["EndTime"] = moment(self.ended)
        if self.message:
            told["Message"] = self.message
        return told


class JobShelf:
    """The batch jobs of one account and Region."""

    def __init__(
        self,
        account: str,
        region: str,
        cloud: Cloud,
        around: Surroundings,
        data: ParallelDataShelf,
        terms: TerminologyShelf,
    ) -> None:
        self.records: dict[str, Job] = {}
        self._account = account
        self._cloud = cloud
        self._around = around
        self._data = data
        self._terms = terms
        self._examiner = Examiner(account, region, cloud, data, terms)
        self._running: set[str] = set()
        self._waiting: deque[str] = deque()

    def start(self, request: dict[str, Any]) -> dict[str, Any]:
        """StartTextTranslationJob."""
        self._examiner.examine(request)
        if sum(job.status == "SUBMITTED" for job in self.records.values()) >= MOST_WAITING:
            raise ApiError("TooManyRequestsException", f"{MOST_WAITING} jobs are waiting already.")
        number = uuid.uuid4().hex
        base = request["OutputDataConfig"]["S3Uri"].rstrip("/")
        folder = f"{base}/{self._account}-TranslateText-{number}/"
        self.records[number] = Job(number, request, folder, "SUBMITTED", self._around.clock())
        self._around.later(lambda: self._begin(number))
        return {"JobId": number, "JobStatus": "SUBMITTED"}

    def describe(self, request: dict[str, Any]) -> dict[str, Any]:
        """DescribeTextTranslationJob."""
        return {"TextTranslationJobProperties": self._record(request["JobId"]).properties()}

    def page(self, request: dict[str, Any]) -> dict[str, Any]:
        """ListTextTranslationJobs, the newest first; those before a time the oldest first."""
        wanted = request.get("Filter") or {}
        jobs = sorted(self.records.copy().values(), key=lambda job: (-job.submitted, job.id))
        if "SubmittedBeforeTime" in wanted:
            jobs.reverse()
        chosen = _chosen(jobs, wanted)
        found, more = page([(job.id, job.properties()) for job in chosen], request, code="InvalidRequestException")
        return {"TextTranslationJobPropertiesList": found, **more}

    def stop(self, request: dict[str, Any]) -> dict[str, Any]:
        """StopTextTranslationJob: a job that has ended stays as it is."""
        job = self._record(request["JobId"])
        if job.status in _LIVE:
            job = self._put(replace(job, status="STOP_REQUESTED"))
            if job.id in self._waiting:
                self._waiting.remove(job.id)
                self._around.later(lambda: self._begin(job.id))
        return {"JobId": job.id, "JobStatus": job.status}

    def dump(self) -> list[dict[str, Any]]:
        """Return everything there is to remember."""
        return [asdict(job) for job in self.records.copy().values()]

    def restore(self, rows: Sequence[dict[str, Any]]) -> None:
        """Take up again what `dump` returned; a job that had not ended is run once more, under its own id."""
        for row in rows:
            job = Job(**row)
            self.records[job.id] = job
            if job.status in _LIVE:
                self._around.later(lambda number=job.id: self._begin(number))  # type: ignore[misc]

    def _record(self, number: str) -> Job:
        job = self.records.get(number)
        if job is None:
            raise not_found(f"There is no text translation job with the id {number}.")
        return job

    def _begin(self, number: str) -> None:
        """Let a job that was submitted have its turn, or wait for it."""
        with self._around.lock:
            job = self._record(number)
            if job.status == "STOP_REQUESTED":
                self._put(replace(job, status="STOPPED", ended=self._around.clock()))
            elif len(self._running) >= MOST_RUNNING:
                self._waiting.append(number)
            else:
                self._running.add(number)
                self._put(replace(job, status="IN_PROGRESS"))
                self._around.later(lambda: self._run(number))
        self._around.keep()

    def _run(self, number: str) -> None:
        job = self._record(number)
        run = JobRun(
            self._cloud,
            job.request,
            job.output_uri,
            self._translator,
            lambda: self._record(number).status == "STOP_REQUESTED",
        )
        status, message = "FAILED", ""
        try:
            run.carry_out()
            status, message = run.status, self._message(job.request, run)
        except (ApiError, LookupError) as error:
            message = f"The job failed: {error}"
        except Exception:
            logging.getLogger(__name__).exception("Job %s failed", number)
            message = "The job failed because of an internal error of the local endpoint; see its messages."
        counts = {"documents": run.documents, "translated": run.translated, "failed": len(run.failed)}
        self._put(replace(job, status=status, message=message, ended=self._around.clock(), **counts))  # type: ignore[arg-type]
        self._give_way(number)

    def _give_way(self, number: str) -> None:
        """Let the next job that waits have the turn of one that has ended."""
        with self._around.lock:
            self._running.discard(number)
            if self._waiting:
                waiting = self._waiting.popleft()
                self._around.later(lambda: self._begin(waiting))
        self._around.keep()

    def _message(self, request: dict[str, Any], run: JobRun) -> str:
        used = (self._data.records.get(name) for name in request.get("ParallelDataNames") or [])
        told = [data.message for data in used if data]
        if run.failed:
            told.append(f"{len(run.failed)} of {run.documents} documents have errors; see the details file.")
        return " ".join(sentence for sentence in told if sentence)

    def _translator(self, request: dict[str, Any], source: str, target: str) -> TermTranslator:
        names = request.get("ParallelDataNames") or []
        examples = self._data.pairs(names[0], target) if names else []
        finder = self._terms.finder(request.get("TerminologyNames") or [], source, target)
        return TermTranslator(self._around.engine.translator(source, target, examples), finder)

    def _put(self, job: Job) -> Job:
        with self._around.lock:
            self.records[job.id] = job
        return job


def _chosen(jobs: list[Job], wanted: dict[str, Any]) -> list[Job]:
    if len(wanted) > 1:
        raise ApiError("InvalidFilterException", "Only one filter can be used at a time.")
    tests = {
        "JobName": lambda job, value: job.request.get("JobName") == value,
        "JobStatus": lambda job, value: job.status == value,
        "SubmittedBeforeTime": lambda job, value: moment(job.submitted) < value,
        "SubmittedAfterTime": lambda job, value: moment(job.submitted) > value,
    }
    return [job for job in jobs if all(tests[name](job, value) for name, value in wanted.items())]
