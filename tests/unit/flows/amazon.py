"""Amazon at arm's length: S3 and Translate in memory, asked through the program's own clients, with faults on order."""

from __future__ import annotations

import io
import json
from functools import cache
from types import SimpleNamespace

from botocore.exceptions import ClientError, EndpointConnectionError, ReadTimeoutError

from amts_desk.aws.cloud import Cloud
from amts_desk.core.amazon import Connection

CONNECTION = Connection(
    region="us-west-2",
    bucket="books",
    role_arn="arn:aws:iam::123456789012:role/Amts",
    account="123456789012",
    is_offline=False,
)


def refusal(code, message="No."):
    """Return what botocore raises when the service answers with an error."""
    return ClientError({"Error": {"Code": code, "Message": message}, "ResponseMetadata": {}}, "Operation")


def away():
    """Return what botocore raises when nobody answers."""
    return EndpointConnectionError(endpoint_url="https://translate.us-west-2.amazonaws.com")


def too_late():
    """Return what botocore raises when an answer does not come in time."""
    return ReadTimeoutError(endpoint_url="https://translate.us-west-2.amazonaws.com")


@cache
def _meta():
    return Cloud(Connection(keys=("A", "b"))).client("translate").meta


class Amazon(Cloud):
    """One account. `faults[operation]` is a list of errors that its next calls raise, None for a call that works.

    An error in `after[operation]` is raised when the call has done its work: its reply is lost.
    """

    def __init__(self, connection=CONNECTION):
        super().__init__(connection)
        self.objects: dict[str, bytes] = {}
        self.jobs: dict[str, dict] = {}
        self.data: dict[str, dict] = {}
        self.terminologies: list[dict] = []
        self.calls: list[str] = []
        self.faults: dict[str, list] = {}
        self.after: dict[str, list] = {}
        self.remembers_tokens = True

    def client(self, service):
        """Return this account in the place of a client."""
        operations = {name: self._operation(name) for name in OPERATIONS}
        one_page = lambda name: SimpleNamespace(paginate=lambda **asked: [operations[name](**asked)])  # noqa: E731
        return SimpleNamespace(meta=_meta(), get_paginator=one_page, **operations)

    def _operation(self, name):
        def call(**request):
            self.calls.append(name)
            self._raise(self.faults, name)
            answer = getattr(self, f"_{name}")(**request)
            self._raise(self.after, name)
            return answer

        return call

    def _raise(self, plan, name):
        error = plan.get(name, []).pop(0) if plan.get(name) else None
        if error is not None:
            raise error

    def end(self, status="COMPLETED", message="", translate=lambda text: text, damage=None):
        """End every job that runs; `translate` makes a page of each document, `damage` changes the details."""
        for job in self.jobs.values():
            if job["JobStatus"] in ("SUBMITTED", "IN_PROGRESS"):
                self._carry_out(job, status, message, translate, damage)

    def _carry_out(self, job, status, message, translate, damage):
        folder = job["InputDataConfig"]["S3Uri"].removeprefix("s3://books/")
        out = job["OutputDataConfig"]["S3Uri"].removeprefix("s3://books/")
        names = [key.removeprefix(folder) for key in self.objects if key.startswith(folder)]
        for target in job["TargetLanguageCodes"]:
            for name in names:
                page = translate(self.objects[folder + name].decode())
                self.objects[f"{out}{target}.{name}"] = page.encode()
            details = [{"sourceFile": name, "targetFile": f"{target}.{name}", "auxiliaryData": {}} for name in names]
            details = damage(details) if damage else details
            told = json.dumps({"details": details}).encode()
            self.objects[f"{out}details/{target}.auxiliary-translation-details.json"] = told
        job |= {"JobStatus": status, "Message": message}
        job["JobDetails"] |= {"TranslatedDocumentsCount": len(names), "InputDocumentsCount": len(names)}

    def _put_object(self, Bucket, Key, Body):  # noqa: N803
        self.objects[Key] = Body
        return {}

    def _get_object(self, Bucket, Key):  # noqa: N803
        if Key not in self.objects:
            raise refusal("NoSuchKey")
        return {"Body": io.BytesIO(self.objects[Key])}

    def _start_text_translation_job(self, ClientToken, **request):  # noqa: N803
        known = [job for job in self.jobs.values() if job["Token"] == ClientToken]
        if not (known and self.remembers_tokens):
            number = f"j{len(self.jobs) + 1}"
            folder = f"{request['OutputDataConfig']['S3Uri']}123456789012-TranslateText-{number}/"
            request |= {"OutputDataConfig": {"S3Uri": folder}, "JobDetails": {}, "Token": ClientToken}
            known = [{**request, "JobId": number, "JobStatus": "SUBMITTED"}]
            self.jobs[number] = known[0]
        return {"JobId": known[0]["JobId"], "JobStatus": known[0]["JobStatus"]}

    def _describe_text_translation_job(self, JobId):  # noqa: N803
        if JobId not in self.jobs:
            raise refusal("ResourceNotFoundException")
        return {"TextTranslationJobProperties": self.jobs[JobId]}

    def _list_text_translation_jobs(self, Filter=None, **more):  # noqa: N803
        wanted = (Filter or {}).items()
        found = [job for job in self.jobs.values() if all(job.get(name) == value for name, value in wanted)]
        return {"TextTranslationJobPropertiesList": found}

    def _stop_text_translation_job(self, JobId):  # noqa: N803
        self.jobs[JobId]["JobStatus"] = "STOP_REQUESTED"
        return {"JobId": JobId, "JobStatus": "STOP_REQUESTED"}

    def _get_parallel_data(self, Name):  # noqa: N803
        if Name not in self.data:
            raise refusal("ResourceNotFoundException")
        return {"ParallelDataProperties": {"Name": Name, **self.data[Name]}}

    def _get_caller_identity(self):
        return {"Account": "123456789012", "Arn": "arn:aws:sts::123456789012:assumed-role/Writer/me"}

    def _list_terminologies(self, **more):
        return {"TerminologyPropertiesList": self.terminologies}

    def _translate_text(self, Text, SourceLanguageCode, TargetLanguageCode):  # noqa: N803
        return {"TranslatedText": Text.upper() if "<" not in Text else Text}


OPERATIONS = [name.removeprefix("_") for name in vars(Amazon) if name.startswith(("_put", "_get_", "_start", "_des"))]
OPERATIONS += [name.removeprefix("_") for name in vars(Amazon) if name.startswith(("_list", "_stop", "_translate"))]
