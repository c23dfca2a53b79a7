"""How the bucket of a connection stands: there, ours, in the Region, closed to the public, encrypted.

Source: Amazon S3 user guide, "Security best practices"; Amazon Translate developer guide, "Prerequisites".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from amts_desk.aws.cloud import Cloud
from amts_desk.aws.looking import DENIED, look
from amts_desk.core.checks import Check, doubtful, fine, wrong
from amts_desk.core.errors import ServiceError

_NAME = "Check its name in the connection."
_BLOCKS = {
    "BlockPublicAcls": "new public access lists",
    "IgnorePublicAcls": "public access lists",
    "BlockPublicPolicy": "new public policies",
    "RestrictPublicBuckets": "public policies",
}


def bucket_checks(cloud: Cloud) -> Iterator[Check]:
    """Yield how the bucket stands; only whether it is there when it is not."""
    name = cloud.connection.bucket
    if not name:
        yield wrong("bucket", "No bucket is named.", "Name one in the connection (--bucket on the command line).")
        return
    try:
        with cloud.calling("Looking at the bucket"):
            answer = cloud.s3.head_bucket(Bucket=name)
    except ServiceError as error:
        yield _not_seen(cloud, error)
        return
    yield fine("bucket", f"“{name}” is there, and account {cloud.account} owns it.")
    yield _region(cloud, answer)
    yield look(cloud, "public access", lambda: _public(cloud), {"NoSuchPublicAccessBlockConfiguration": _open([])})
    missing = doubtful(
        "encryption", "Nothing is set, so Amazon's own keys are used.", "Set a default encryption for the bucket."
    )
    absent = {"ServerSideEncryptionConfigurationNotFoundError": missing}
    yield look(cloud, "encryption", lambda: _encryption(cloud), absent)
    yield look(cloud, "versions", lambda: _versions(cloud))


def _not_seen(cloud: Cloud, error: ServiceError) -> Check:
    name = cloud.connection.bucket
    if error.code in ("404", "NoSuchBucket"):
        return wrong("bucket", f"There is no bucket “{name}”.", _NAME)
    if error.code in DENIED:
        return wrong(
            "bucket",
            f"“{name}” is another account's, or the profile may not see it (s3:ListBucket).",
            f"It should belong to account {cloud.account}: check its name, or ask for the caller's policy.",
        )
    return wrong("bucket", error.message, error.advice)


def _region(cloud: Cloud, answer: Mapping[str, Any]) -> Check:
    headers = answer.get("ResponseMetadata", {}).get("HTTPHeaders", {})
    found, wanted = answer.get("BucketRegion") or headers.get("x-amz-bucket-region"), cloud.connection.region
    if not found:
        return doubtful("bucket Region", "Not told.", f"See in the S3 console that it is {wanted}.")
    if found == wanted:
        return fine("bucket Region", found)
    return wrong(
        "bucket Region",
        f"The bucket is in {found}, the connection in {wanted}.",
        "Choose the bucket's Region for the connection, or a bucket there: jobs need both in one.",
    )


def _public(cloud: Cloud) -> Check:
    answer = cloud.s3.get_public_access_block(Bucket=cloud.connection.bucket)
    closed = answer.get("PublicAccessBlockConfiguration", {})
    return _open([name for name in _BLOCKS if closed.get(name)])


def _open(closed: list[str]) -> Check:
    left = [words for name, words in _BLOCKS.items() if name not in closed]
    if not left:
        return fine("public access", "All four blocks are on.")
    return doubtful(
        "public access", f"Not blocked: {', '.join(left)}.", "Turn “Block all public access” on for the bucket."
    )


def _encryption(cloud: Cloud) -> Check:
    answer = cloud.s3.get_bucket_encryption(Bucket=cloud.connection.bucket)
    rules = answer.get("ServerSideEncryptionConfiguration", {}).get("Rules", [])
    default = rules[0].get("ApplyServerSideEncryptionByDefault", {}) if rules else {}
    algorithm, key = default.get("SSEAlgorithm", "none named"), default.get("KMSMasterKeyID", "")
    if not key or "alias/aws/s3" in key:
        return fine("encryption", f"Files are encrypted ({algorithm}).")
    return doubtful(
        "encryption",
        f"Files are encrypted with the key {key} ({algorithm}).",
        "You and the role need kms:Decrypt and kms:GenerateDataKey for it; the role needs kms:CreateGrant, too.",
    )


def _versions(cloud: Cloud) -> Check:
    answer = cloud.s3.get_bucket_versioning(Bucket=cloud.connection.bucket)
    if answer.get("Status") == "Enabled":
        return fine("versions", "Old versions of files are kept and paid for; a lifecycle rule can clear them.")
    return fine("versions", "Old versions of files are not kept; the project keeps its own.")
