"""Batch translation jobs: start, describe, list, stop, and their life cycle.

SUBMITTED → IN_PROGRESS → COMPLETED | COMPLETED_WITH_ERROR | FAILED; STOP_REQUESTED → STOPPED. Source: Amazon Translate
API reference and developer guide, "Asynchronous processing".
"""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from amts_desk.endpoint.documents import CONTENT_TYPES
from amts_desk.endpoint.errors import ApiError, invalid, not_found
from amts_desk.endpoint.job_run import JobRun, input_keys
from amts_desk.endpoint.languages import supported
from amts_desk.endpoint.paging import moment, page
from amts_desk.endpoint.parallel_data import ParallelDataShelf
from amts_desk.endpoint.surroundings import Cloud, Surroundings, split_uri
from amts_desk.endpoint.terminology import TerminologyShelf, TermTranslator

_PRINCIPAL = "translate.amazonaws.com"
_MOST_TARGETS = 10
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
        self._region = region
        self._cloud = cloud
        self._around = around
        self._data = data
        self._terms = terms

    def start(self, request: dict[str, Any]) -> dict[str, Any]:
        """StartTextTranslationJob."""
        self._check_languages(request)
        self._check_names(request)
        self._check_role(request["DataAccessRoleArn"])
        self._check_places(request)
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
        """ListTextTranslationJobs, the newest first."""
        jobs = sorted(self.records.copy().values(), key=lambda job: (-job.submitted, job.id))
        chosen = _chosen(jobs, request.get("Filter") or {})
        found, more = page([(job.id, job.properties()) for job in chosen], request)
        return {"TextTranslationJobPropertiesList": found, **more}

    def stop(self, request: dict[str, Any]) -> dict[str, Any]:
        """StopTextTranslationJob: a job that has ended stays as it is."""
        job = self._record(request["JobId"])
        if job.status in _LIVE:
            job = self._put(replace(job, status="STOP_REQUESTED"))
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

    def _check_languages(self, request: dict[str, Any]) -> None:
        source, targets = request["SourceLanguageCode"], request["TargetLanguageCodes"]
        if source != "auto":
            supported(source)
        for target in targets:
            supported(target, source)
        if len(targets) > _MOST_TARGETS or len(set(targets)) < len(targets):
            raise invalid(f"A job takes up to {_MOST_TARGETS} different target languages.")

    def _check_names(self, request: dict[str, Any]) -> None:
        self._terms.check(request.get("TerminologyNames") or [], request["SourceLanguageCode"])
        names = request.get("ParallelDataNames") or []
        if len(names) > 1:
            raise invalid("A job takes one parallel data resource only.")
        for name in names:
            data = self._data.usable(name)
            missing = set(request["TargetLanguageCodes"]) - set(data.target_languages)
            if data.source_language != request["SourceLanguageCode"] or missing:
                raise invalid(f"Parallel data {name} does not have the source and target languages of the job.")

    def _check_role(self, arn: str) -> None:
        policy = self._cloud.trust_policy(arn)
        if policy is None or not trusts(policy, _PRINCIPAL):
            raise invalid(f"The role {arn} does not exist, or its trust policy does not name {_PRINCIPAL}.")

    def _check_places(self, request: dict[str, Any]) -> None:
        if request["InputDataConfig"]["ContentType"] not in CONTENT_TYPES:
            raise invalid(f"The local endpoint takes the content types {' and '.join(CONTENT_TYPES)} only.")
        for member in ("InputDataConfig", "OutputDataConfig"):
            bucket, _ = split_uri(request[member]["S3Uri"])
            if self._cloud.region(bucket) != self._region:
                raise invalid(f"The bucket {bucket} does not exist in {self._region}.")
        keys = input_keys(self._cloud, request["InputDataConfig"]["S3Uri"])
        if any("details" in key.split("/")[:-1] for key in keys):
            raise invalid("No input folder may have the name “details”.")

    def _begin(self, number: str) -> None:
        job = self._record(number)
        if job.status == "STOP_REQUESTED":
            self._put(replace(job, status="STOPPED", ended=self._around.clock()))
            return
        self._put(replace(job, status="IN_PROGRESS"), unless_stopping=True)
        self._around.later(lambda: self._run(number))

    def _run(self, number: str) -> None:
        job = self._record(number)
        run = JobRun(
            self._cloud,
            job.request,
            job.output_uri,
            self._translator,
            lambda: self._record(number).status == "STOP_REQUESTED",
        )
        message, failed = "", True
        try:
            run.carry_out()
            failed = False
        except (ApiError, LookupError) as error:
            message = f"The job failed: {error}"
        except Exception:
            logging.getLogger(__name__).exception("Job %s failed", number)
            message = "The job failed because of an internal error of the local endpoint; see its messages."
        status = "FAILED" if failed else run.status
        counts = {"documents": run.documents, "translated": run.documents - len(run.failed), "failed": len(run.failed)}
        self._put(replace(job, status=status, message=message, ended=self._around.clock(), **counts))  # type: ignore[arg-type]

    def _translator(self, request: dict[str, Any], source: str, target: str) -> TermTranslator:
        names = request.get("ParallelDataNames") or []
        examples = self._data.pairs(names[0], target) if names else []
        finder = self._terms.finder(request.get("TerminologyNames") or [], source, target)
        return TermTranslator(self._around.engine.translator(source, target, examples), finder)

    def _put(self, job: Job, *, unless_stopping: bool = False) -> Job:
        with self._around.lock:
            if not (unless_stopping and self.records[job.id].status == "STOP_REQUESTED"):
                self.records[job.id] = job
            self._around.keep()
        return job


def trusts(policy: str, principal: str) -> bool:
    """Return whether a trust policy (JSON) allows the service `principal` to assume its role."""
    statements = json.loads(policy).get("Statement", [])
    return any(
        statement.get("Effect") == "Allow"
        and "sts:AssumeRole" in _several(statement.get("Action"))
        and isinstance(statement.get("Principal"), dict)
        and principal in _several(statement["Principal"].get("Service"))
        for statement in _several(statements)
    )


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


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
