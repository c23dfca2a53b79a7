"""Amazon Translate: parallel data, batch jobs and single texts.

Source of every operation: the Amazon Translate API reference (2017-07-01). Every call that makes something takes
the ClientToken that was stored before it, so that repeating it makes nothing twice.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from amts_desk.aws.bucket import Bucket
from amts_desk.aws.cloud import Cloud
from amts_desk.aws.links import fetch, read_messages
from amts_desk.core.amazon import ImportMessage, JobAnswer, JobStatus, ParallelDataAnswer, ParallelDataStatus, Run
from amts_desk.core.errors import ServiceError

_LARGEST_ERRORS = 64 * 1024 * 1024
"""Bytes of an error file that are read: hundreds of thousands of messages, more than anybody will."""

_JOB_ID = re.compile(r"[\w \-.:/=+%@]{1,32}")
"""JobId of the service model."""


@dataclass(frozen=True, slots=True)
class TranslatedFile:
    """What became of one input document of a job: its translation's address, or the error Amazon gave for it."""

    source: str
    language: str
    uri: str = ""
    error: str = ""


class _UnreadableError(ServiceError):
    """A file arrived that is not what the service writes."""


class Translate:
    """Amazon Translate over one connection. Every method raises ServiceError when it is refused."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud

    def create_parallel_data(self, name: str, uri: str, file_format: str, token: str) -> ParallelDataAnswer:
        """Make parallel data from the file at `uri` ("TMX", "CSV" or "TSV"); it is CREATING at first."""
        with self._cloud.calling(f"Creating the parallel data “{name}”"):
            self._cloud.translate.create_parallel_data(
                Name=name, ParallelDataConfig={"S3Uri": uri, "Format": file_format}, ClientToken=token
            )
        return self.parallel_data(name)

    def update_parallel_data(self, name: str, uri: str, file_format: str, token: str) -> ParallelDataAnswer:
        """Replace parallel data by the file at `uri`; the old version stays usable until the new one is ready."""
        with self._cloud.calling(f"Updating the parallel data “{name}”"):
            reply = self._cloud.translate.update_parallel_data(
                Name=name, ParallelDataConfig={"S3Uri": uri, "Format": file_format}, ClientToken=token
            )
        answer = self.parallel_data(name)
        began, known = (told.get("LatestUpdateAttemptAt") for told in (reply, answer.answer["ParallelDataProperties"]))
        if began and (known is None or known < began):  # the answer is older than the update: of the version before
            return replace(answer, status=ParallelDataStatus.UPDATING)
        return answer

    def parallel_data(self, name: str) -> ParallelDataAnswer:
        """Return what the service says about parallel data."""
        with self._cloud.calling(f"Asking about the parallel data “{name}”"):
            answer = self._cloud.translate.get_parallel_data(Name=name)
        links = ("DataLocation", "AuxiliaryDataLocation", "LatestUpdateAttemptAuxiliaryDataLocation")
        with _reading(f"The answer about the parallel data “{name}”"):
            # The links are signed: they are for now and for nobody else, so they are not kept with the answer.
            kept = {k: v for k, v in answer.items() if k not in links}
            return _parallel_data(answer["ParallelDataProperties"], kept)

    def find_parallel_data(self, name: str) -> ParallelDataAnswer | None:
        """Return what the service says about parallel data, None when it has none of that name."""
        try:
            return self.parallel_data(name)
        except ServiceError as error:
            if error.code == "ResourceNotFoundException":
                return None
            raise

    def all_parallel_data(self) -> list[ParallelDataAnswer]:
        """Return every parallel data of the account and Region."""
        found = self._pages("list_parallel_data", "ParallelDataPropertiesList", "Listing the parallel data")
        return [_parallel_data(properties, properties) for properties in found]

    def download_parallel_data(self, name: str, stream: BinaryIO) -> None:
        """Write the file that parallel data was last made from to `stream`, through the link the service gives."""
        link = self._link(name, "DataLocation")
        if link is None:
            raise ServiceError(f"Amazon has no file of the parallel data “{name}”.", "Wait until it is ready.")
        fetch(link, stream, f"Downloading the parallel data “{name}”")

    def import_messages(self, name: str, *, of_update: bool) -> list[ImportMessage]:
        """Return what the error file of the create or of the last update says; nothing when there is none."""
        link = self._link(name, "LatestUpdateAttemptAuxiliaryDataLocation" if of_update else "AuxiliaryDataLocation")
        if link is None:
            return []
        stream = io.BytesIO()
        fetch(link, stream, f"Downloading the error file of “{name}”", _LARGEST_ERRORS)
        return read_messages(stream.getvalue())

    def _link(self, name: str, member: str) -> str | None:
        """Return the presigned link of an answer. It is used at once: nothing keeps it or writes it down."""
        with self._cloud.calling(f"Asking about the parallel data “{name}”"):
            answer = self._cloud.translate.get_parallel_data(Name=name)
        location: str | None = answer.get(member, {}).get("Location")
        return location

    def delete_parallel_data(self, name: str) -> None:
        """Delete parallel data."""
        with self._cloud.calling(f"Deleting the parallel data “{name}”"):
            self._cloud.translate.delete_parallel_data(Name=name)

    def job_request(self, runs: Sequence[Run], content_type: str = "text/html") -> dict[str, Any]:
        """Return the request that starts the job of `runs`, one run for each target language."""
        run = runs[0]
        request: dict[str, Any] = {
            "JobName": run.name,
            "InputDataConfig": {"S3Uri": run.input_uri, "ContentType": content_type},
            "OutputDataConfig": {"S3Uri": run.output_uri},
            "DataAccessRoleArn": self._cloud.connection.role_arn,
            "SourceLanguageCode": run.source_language,
            "TargetLanguageCodes": [each.target_language for each in runs],
            "ClientToken": run.token,
        }
        if run.parallel_data:
            request["ParallelDataNames"] = [run.parallel_data]
        if run.terminology:
            request["TerminologyNames"] = [run.terminology]
        settings = {"Formality": run.formality} if run.formality else {}
        if run.masks_profanity:
            settings["Profanity"] = "MASK"
        return {**request, "Settings": settings} if settings else request

    def start_job(self, runs: Sequence[Run], content_type: str = "text/html") -> JobAnswer:
        """Start the batch job of some runs with their stored token; asked again, the same job answers."""
        request = self.job_request(runs, content_type)
        with self._cloud.calling(f"Starting the job “{runs[0].name}”"):
            answer = self._cloud.translate.start_text_translation_job(**request)
        with _reading(f"The answer about the job “{runs[0].name}”"):
            return _job(answer, answer)

    def find_job(self, run: Run) -> JobAnswer | None:
        """Return the job of a run whose start was never answered, None when there is none: nothing is started."""
        wanted = {"Filter": {"JobName": run.name}}
        found = self._pages(
            "list_text_translation_jobs", "TextTranslationJobPropertiesList", "Listing the jobs", wanted
        )
        for properties in found:
            if properties.get("InputDataConfig", {}).get("S3Uri", "").rstrip("/") == run.input_uri.rstrip("/"):
                return _job(properties, properties)
        return None

    def job(self, job_id: str) -> JobAnswer:
        """Return what the service says about a job."""
        with self._cloud.calling(f"Asking about the job {job_id}"):
            answer = self._cloud.translate.describe_text_translation_job(JobId=job_id)
        with _reading(f"The answer about the job {job_id}"):
            return _job(answer["TextTranslationJobProperties"], answer)

    def jobs(self) -> list[JobAnswer]:
        """Return every job of the account and Region, also other people's."""
        found = self._pages("list_text_translation_jobs", "TextTranslationJobPropertiesList", "Listing the jobs")
        return [_job(properties, properties) for properties in found]

    def count_jobs(self, status: JobStatus) -> int:
        """Return how many jobs of the account and Region, also other people's, have a status."""
        wanted = {"Filter": {"JobStatus": status.value}}
        found = self._pages(
            "list_text_translation_jobs", "TextTranslationJobPropertiesList", "Listing the jobs", wanted
        )
        return sum(1 for _ in found)

    def stop_job(self, job_id: str) -> JobStatus:
        """Ask the service to stop a job; what is translated already stays."""
        with self._cloud.calling(f"Stopping the job {job_id}"):
            return JobStatus(self._cloud.translate.stop_text_translation_job(JobId=job_id)["JobStatus"])

    def translated_files(self, job: JobAnswer, language: str) -> list[TranslatedFile]:
        """Return what became of each document of an ended job, as its details file tells.

        One that cannot be read is downloaded once more: S3 need not have a checksum of it that shows what the network
        has changed.
        """
        try:
            return self._details(job, language)
        except _UnreadableError:
            return self._details(job, language)

    def _details(self, job: JobAnswer, language: str) -> list[TranslatedFile]:
        folder = job.output_uri.rstrip("/") + "/"
        uri = f"{folder}details/{language}.auxiliary-translation-details.json"
        data = Bucket(self._cloud).get(uri)
        try:
            return [_translated(entry, folder, language) for entry in json.loads(data)["details"]]
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise _UnreadableError(
                f"The details file of the job {job.job_id} cannot be read: {error or type(error).__name__}.",
                f"Look at {uri}, or start the job again.",
            ) from error

    def translate_text(self, text: str, source_language: str, target_language: str) -> str:
        """Return one text of at most 10,000 bytes translated, without parallel data."""
        with self._cloud.calling("Translating a text"):
            answer = self._cloud.translate.translate_text(
                Text=text, SourceLanguageCode=source_language, TargetLanguageCode=target_language
            )
        return str(answer["TranslatedText"])

    def _pages(
        self, operation: str, member: str, what: str, wanted: Mapping[str, Any] | None = None
    ) -> Iterator[Mapping[str, Any]]:
        """Yield the items of a listing; Translate has no paginator for it."""
        token: dict[str, str] = {}
        while True:
            with self._cloud.calling(what):
                answer = getattr(self._cloud.translate, operation)(**(wanted or {}), **token)
            yield from answer.get(member, ())
            if not answer.get("NextToken"):
                return
            token = {"NextToken": answer["NextToken"]}


@contextmanager
def _reading(what: str) -> Iterator[None]:
    """Turn what an answer lacks in the block, or holds that it cannot, into a ServiceError that begins with `what`.

    A proxy can break an answer off. The work may have been done: asking again with the same token tells.
    """
    try:
        yield
    except (KeyError, ValueError) as error:
        raise ServiceError(
            f"{what} cannot be read.",
            "Repeat it; should it happen again, look whether the network changes what passes through it.",
            "unreadable",
            passing=True,
        ) from error


def _parallel_data(properties: Mapping[str, Any], answer: Mapping[str, Any]) -> ParallelDataAnswer:
    """Read the state that matters: after an update that is the attempt's, while the old version still serves."""
    attempt = properties.get("LatestUpdateAttemptStatus")
    return ParallelDataAnswer(
        properties["Name"],
        ParallelDataStatus(attempt or properties["Status"]),
        properties.get("Message", ""),
        properties.get("ImportedRecordCount", 0),
        properties.get("SkippedRecordCount", 0),
        properties.get("FailedRecordCount", 0),
        answer,
        properties["Status"],
        attempt or "",
    )


def _job(properties: Mapping[str, Any], answer: Mapping[str, Any]) -> JobAnswer:
    if not _JOB_ID.fullmatch(properties["JobId"]):
        raise ValueError("no JobId")
    counts = properties.get("JobDetails", {})
    return JobAnswer(
        properties["JobId"],
        JobStatus(properties["JobStatus"]),
        properties.get("Message", ""),
        properties.get("OutputDataConfig", {}).get("S3Uri", ""),
        counts.get("InputDocumentsCount", 0),
        counts.get("TranslatedDocumentsCount", 0),
        counts.get("DocumentsWithErrorsCount", 0),
        answer,
    )


def _translated(entry: Mapping[str, Any], folder: str, language: str) -> TranslatedFile:
    error = (entry.get("auxiliaryData") or {}).get("error")
    if error:
        message, code = error.get("errorMessage", "It was not translated"), error.get("errorCode", "no code")
        return TranslatedFile(entry["sourceFile"], language, error=f"{message} ({code})")
    return TranslatedFile(entry["sourceFile"], language, folder + entry["targetFile"])
