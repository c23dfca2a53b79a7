"""What Amazon Translate looks at before it takes a job: languages, settings, role, folders and sizes.

Source: Amazon Translate API reference, StartTextTranslationJob, and developer guide, "Prerequisites" (folders, role)
and "Guidelines and quotas" (sizes).
"""

from __future__ import annotations

from typing import Any

from amts_desk.endpoint.documents import CONTENT_TYPES
from amts_desk.endpoint.errors import ApiError, invalid
from amts_desk.endpoint.languages import supported
from amts_desk.endpoint.parallel_data import ParallelDataShelf
from amts_desk.endpoint.roles import SERVICE, Need, missing, trusts
from amts_desk.endpoint.surroundings import Cloud, split_uri
from amts_desk.endpoint.terminology import TerminologyShelf

MOST_TARGETS = 10
MOST_DOCUMENTS = 1_000_000
LARGEST_JOB = 5 * 1024**3
"""Bytes of all documents of a job."""
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OTHER_TYPES = (
    f"{_OFFICE}wordprocessingml.document",
    f"{_OFFICE}presentationml.presentation",
    f"{_OFFICE}spreadsheetml.sheet",
    "application/x-xliff+xml",
)
Request = dict[str, Any]


def input_keys(cloud: Cloud, uri: str) -> list[str]:
    """Return the keys of the documents in an input folder. Raises ApiError when it is none or holds none."""
    bucket, folder = split_uri(uri)
    if not folder.strip("/"):
        raise invalid("The input files must be in a folder, not at the top level of the bucket.")
    keys = [key for key in cloud.names(bucket, folder.rstrip("/") + "/") if not key.endswith("/")]
    if not keys:
        raise invalid(f"There is no file in the folder {uri}.")
    return keys


class Examiner:
    """Examines the requests of one account and Region. Every method raises ApiError when something is wrong."""

    def __init__(
        self, account: str, region: str, cloud: Cloud, data: ParallelDataShelf, terms: TerminologyShelf
    ) -> None:
        self._account = account
        self._region = region
        self._cloud = cloud
        self._data = data
        self._terms = terms

    def examine(self, request: Request) -> None:
        """Look at a StartTextTranslationJob request."""
        self._check_languages(request)
        self._check_parallel_data(request)
        self._terms.check(request.get("TerminologyNames") or [], request["SourceLanguageCode"])
        if (request.get("Settings") or {}).get("Brevity"):
            raise invalid("Batch jobs have no brevity.")
        self._check_type(request["InputDataConfig"]["ContentType"])
        self._check_trust(request["DataAccessRoleArn"])
        keys = self._documents(request)
        self._check_permissions(request, keys)

    def _check_languages(self, request: Request) -> None:
        source, targets = request["SourceLanguageCode"], request["TargetLanguageCodes"]
        if source != "auto":
            supported(source)
        for target in targets:
            supported(target, source)
        if len(targets) > MOST_TARGETS or len(set(targets)) < len(targets):
            raise invalid(f"A job takes up to {MOST_TARGETS} different target languages.")
        if source in targets:
            raise invalid(f"The source language {source} is one of the target languages.")

    def _check_parallel_data(self, request: Request) -> None:
        names = request.get("ParallelDataNames") or []
        if len(names) > 1:
            raise invalid("A job takes one parallel data resource only.")
        for name in names:
            data = self._data.usable(name)
            absent = set(request["TargetLanguageCodes"]) - set(data.target_languages)
            if data.source_language != request["SourceLanguageCode"] or absent:
                raise invalid(f"Parallel data {name} does not have the source and target languages of the job.")

    def _check_type(self, content_type: str) -> None:
        if content_type in _OTHER_TYPES:
            raise invalid(
                f"Amazon Translate takes {content_type}; the local endpoint only {' and '.join(CONTENT_TYPES)}."
            )
        if content_type not in CONTENT_TYPES:
            raise ApiError("InvalidParameterValueException", f"The content type {content_type} is not supported.")

    def _check_trust(self, arn: str) -> None:
        policy = self._cloud.trust_policy(arn)
        if policy is None or not trusts(policy, self._account, self._region):
            raise invalid(f"The role {arn} does not exist, or its trust policy does not let {SERVICE} assume it.")

    def _documents(self, request: Request) -> list[str]:
        """Return the keys of the documents, once they and the places of the job were looked at."""
        for member in ("InputDataConfig", "OutputDataConfig"):
            bucket, _ = split_uri(request[member]["S3Uri"])
            if self._cloud.region(bucket) != self._region:
                raise invalid(f"The bucket {bucket} does not exist in {self._region}.")
        uri = request["InputDataConfig"]["S3Uri"]
        keys = input_keys(self._cloud, uri)
        if any("details" in key.split("/")[:-1] for key in keys):
            raise invalid("No input folder may have the name “details”.")
        if len(keys) > MOST_DOCUMENTS:
            raise invalid(f"The folder {uri} has {len(keys)} files; {MOST_DOCUMENTS} are allowed.")
        bucket, _ = split_uri(uri)
        if (size := sum(self._cloud.size(bucket, key) for key in keys)) > LARGEST_JOB:
            raise invalid(f"The files of {uri} have {size} bytes; {LARGEST_JOB} are allowed.")
        return keys

    def _check_permissions(self, request: Request, keys: list[str]) -> None:
        bucket, folder = split_uri(request["InputDataConfig"]["S3Uri"])
        out_bucket, out_folder = split_uri(request["OutputDataConfig"]["S3Uri"])
        written = "/".join(part for part in (out_folder.strip("/"), f"{self._account}-TranslateText-practice") if part)
        needs = [
            Need("s3:ListBucket", f"arn:aws:s3:::{bucket}", folder.rstrip("/") + "/"),
            Need("s3:ListBucket", f"arn:aws:s3:::{out_bucket}", f"{written}/"),
            *(Need("s3:GetObject", f"arn:aws:s3:::{bucket}/{key}") for key in keys),
            Need("s3:GetObject", f"arn:aws:s3:::{out_bucket}/{written}/zh.name"),
            Need("s3:PutObject", f"arn:aws:s3:::{out_bucket}/{written}/zh.name"),
        ]
        role = request["DataAccessRoleArn"]
        if absent := missing(self._cloud.role_policies(role), needs, self._account):
            raise invalid(f"The role {role} does not allow {absent[0]}.")
