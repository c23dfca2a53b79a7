"""Ready-made policies, filled with the names of a connection. Source: Amazon Translate developer guide, IAM pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from string import Template
from typing import Any

from amts_desk.core.amazon import Connection

NAMES = ("caller", "role", "trust")
UNKNOWN_ACCOUNT = "YOUR-ACCOUNT-NUMBER"
_UNKNOWN_BUCKET = "YOUR-BUCKET"
ROLE = "AmtsTranslateData"
"""What the role for jobs is called where the connection does not name one yet."""


@dataclass(frozen=True, slots=True)
class Policies:
    """Three policies as JSON: what the person needs, what the role needs, and who may use the role."""

    caller: str
    role: str
    trust: str


def partition_of(region: str) -> str:
    """Return the partition that the ARNs of a Region begin with (AWS general reference, "Amazon Resource Names")."""
    for start, partition in (("cn-", "aws-cn"), ("us-gov-", "aws-us-gov")):
        if region.startswith(start):
            return partition
    return "aws"


def role_name(arn: str) -> str:
    """Return the path and name of a role from its ARN, "" when it is no ARN of a role."""
    return arn.partition(":role/")[2]


def filled(templates: Mapping[str, str], connection: Connection, account: str = "") -> Policies:
    """Return the policies for a connection; `templates` are those of `resources/policies` by name.

    What is not known yet stands in capitals, to be replaced.
    """
    prefix = connection.prefix.strip("/")
    values = {
        "PARTITION": partition_of(connection.region),
        "REGION": connection.region,
        "ACCOUNT": account or connection.account or UNKNOWN_ACCOUNT,
        "BUCKET": connection.bucket or _UNKNOWN_BUCKET,
        "PREFIX": f"{prefix}/" if prefix else "",
        "ROLE": role_name(connection.role_arn) or ROLE,
    }
    return Policies(*(json.dumps(_replaced(json.loads(templates[name]), values), indent=2) for name in NAMES))


def _replaced(value: Any, values: Mapping[str, str]) -> Any:
    """Fill the texts of a policy one by one, so that no name can break out of its place."""
    if isinstance(value, dict):
        return {key: _replaced(item, values) for key, item in value.items()}
    if isinstance(value, list):
        return [_replaced(item, values) for item in value]
    return Template(value).substitute(values) if isinstance(value, str) else value
