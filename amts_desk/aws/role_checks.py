"""How the role for jobs stands: there, trusting Amazon Translate for this account, and able to use the bucket.

All of it as far as the profile may read. Source: Amazon Translate developer guide, "Prerequisites for asynchronous
batch translation"; IAM user guide, "The confused deputy problem".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from amts_desk.aws.cloud import Cloud
from amts_desk.aws.looking import DENIED, unreadable
from amts_desk.core.checks import Check, doubtful, fine, wrong
from amts_desk.core.errors import ServiceError
from amts_desk.core.permissions import Permission, Trust, permission, trust
from amts_desk.core.policies import partition_of, role_name

_ROLE = re.compile(r"arn:aws(-[^:]+)?:iam::([0-9]{12}):role/(.+)")
"""As in the service model (IamRoleArn)."""
_SERVICE = "translate.amazonaws.com"
_TRUST_POLICY = "Give the role the trust policy that is shown."
_ROLE_POLICY = "Give the role the policy that is shown."


def role_checks(cloud: Cloud) -> Iterator[Check]:
    """Yield how the role stands; only what is wrong with its ARN when it cannot be asked for."""
    arn = cloud.connection.role_arn
    named = _ROLE.fullmatch(arn)
    if named is None:
        yield _no_role(arn)
        return
    if named[2] != cloud.account:
        yield wrong(
            "role",
            f"The role belongs to account {named[2]}, the calls are made for {cloud.account}.",
            "Choose a role of your own account: one of another account cannot be lent to Amazon Translate.",
        )
        return
    try:
        with cloud.calling("Looking at the role"):
            role = cloud.client("iam").get_role(RoleName=_name(arn))["Role"]
    except ServiceError as error:
        yield _not_seen(arn, error)
        return
    yield _found(arn, role)
    yield _trusted(cloud, role.get("AssumeRolePolicyDocument") or {})
    if cloud.connection.bucket:
        yield _able(cloud, arn)


def _name(arn: str) -> str:
    return role_name(arn).rpartition("/")[2]


def _no_role(arn: str) -> Check:
    if not arn:
        return wrong("role", "No role is named.", "Name the ARN of a role for jobs (--role-arn on the command line).")
    if ":user/" in arn:
        return wrong("role", f"{arn} is a user, not a role.", "Give the ARN of a role: …:role/NAME.")
    return wrong("role", f"“{arn}” is not the ARN of a role.", "Write it like arn:aws:iam::123456789012:role/NAME.")


def _not_seen(arn: str, error: ServiceError) -> Check:
    if error.code == "NoSuchEntity":
        return wrong("role", f"There is no role “{role_name(arn)}”.", "Make it with the policies that are shown.")
    if error.code in DENIED:
        return unreadable("role", "Role, trust and permissions")
    return wrong("role", error.message, error.advice)


def _found(arn: str, role: Mapping[str, Any]) -> Check:
    if role.get("Arn", arn) != arn:
        return wrong("role", f"The role's ARN is {role['Arn']}, not {arn}.", "Correct it in the connection.")
    if role.get("PermissionsBoundary"):
        return doubtful(
            "role",
            "The role is there, within a permissions boundary.",
            "Ask whoever set the boundary whether it lets the role use the bucket.",
        )
    return fine("role", f"“{role_name(arn)}” is there.")


def _trusted(cloud: Cloud, document: Mapping[str, Any]) -> Check:
    region, account = cloud.connection.region, cloud.account
    found = trust(document, _SERVICE, account, region, partition_of(region))
    return {
        Trust.ALLOWED: fine("role trust", f"Amazon Translate may use it, for account {account} only."),
        Trust.OPEN: doubtful(
            "role trust",
            "Amazon Translate may use it, for whoever asks (the confused deputy).",
            "Add conditions on aws:SourceAccount and aws:SourceArn, as in the trust policy that is shown.",
        ),
        Trust.CONDITIONAL: doubtful(
            "role trust", "Amazon Translate may use it under conditions that this program does not know.", _TRUST_POLICY
        ),
        Trust.ELSEWHERE: wrong(
            "role trust", f"Its conditions are for another account or Region than {account}, {region}.", _TRUST_POLICY
        ),
        Trust.DENIED: wrong("role trust", "The trust policy keeps Amazon Translate out.", _TRUST_POLICY),
        Trust.MISSING: wrong("role trust", f"It does not trust {_SERVICE}.", _TRUST_POLICY),
    }[found]


def _able(cloud: Cloud, arn: str) -> Check:
    documents: list[Mapping[str, Any]] = []
    is_complete = True
    try:
        with cloud.calling("Looking at the role permissions"):
            for document in _documents(cloud.client("iam"), _name(arn)):
                documents.append(document)
    except ServiceError as error:
        if error.code not in DENIED:
            return wrong("role permissions", error.message, error.advice)
        is_complete = False
    return _weighed(cloud, documents, is_complete=is_complete)


def _documents(iam: Any, name: str) -> Iterator[Mapping[str, Any]]:
    """Yield the policies of a role: those written into it, then those attached to it."""
    for page in iam.get_paginator("list_role_policies").paginate(RoleName=name):
        for policy in page["PolicyNames"]:
            yield iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"]
    for page in iam.get_paginator("list_attached_role_policies").paginate(RoleName=name):
        for attached in page["AttachedPolicies"]:
            arn = attached["PolicyArn"]
            version = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
            yield iam.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]["Document"]


def _weighed(cloud: Cloud, documents: list[Mapping[str, Any]], *, is_complete: bool) -> Check:
    """Return whether the role can do with the bucket what jobs need."""
    connection = cloud.connection
    bucket = f"arn:{partition_of(connection.region)}:s3:::{connection.bucket}"
    files = "/".join(part for part in (bucket, connection.prefix.strip("/"), "file") if part)
    needs = {"s3:ListBucket": bucket, "s3:GetObject": files, "s3:PutObject": files}
    found = {action: permission(documents, action, place) for action, place in needs.items()}
    bad = [action for action, state in found.items() if state in (Permission.MISSING, Permission.DENIED)]
    if bad and not is_complete and Permission.DENIED not in found.values():
        return unreadable("role permissions", "All of its policies")
    if bad:
        return wrong(
            "role permissions",
            f"It may not use {connection.bucket}/{connection.prefix}: {', '.join(bad)}.",
            _ROLE_POLICY,
        )
    if Permission.CONDITIONAL in found.values():
        return doubtful("role permissions", "It may use the bucket under conditions.", "Check that they hold for jobs.")
    return fine("role permissions", f"It may read and write {connection.bucket}/{connection.prefix}.")
