"""What a role allows: its trust policy and its permissions, as far as Amazon Translate needs them.

A small reading of the policy language: Allow and Deny, actions and resources with wildcards, and the conditions that
policies for Amazon Translate have. A condition that it does not know is not met. Source: IAM user guide, "IAM JSON
policy elements reference" and "Policy evaluation logic"; Amazon Translate developer guide, "Prerequisites".
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

SERVICE = "translate.amazonaws.com"
Context = Mapping[str, str]
_Test = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Need:
    """Something that a role must be allowed to do; `prefix` is that of a listing."""

    action: str
    resource: str
    prefix: str = ""

    def __str__(self) -> str:
        """Return it in words."""
        return f"{self.action} on {self.resource}" + (f" with the prefix {self.prefix}" if self.prefix else "")


def trusts(policy: str, account: str, region: str) -> bool:
    """Return whether a trust policy (JSON) lets Amazon Translate of this account and Region assume its role."""
    context = {"aws:sourceaccount": account, "aws:sourcearn": f"arn:aws:translate:{region}:{account}:job/practice"}
    effects = [
        statement.get("Effect")
        for statement in _statements(policy)
        if _names_service(statement.get("Principal"))
        and _matches(statement, "Action", "sts:AssumeRole", ignore_case=True)
        and _conditions_hold(statement, context)
    ]
    return "Allow" in effects and "Deny" not in effects


def missing(policies: Iterable[str], needs: Iterable[Need], account: str) -> list[Need]:
    """Return those needs that the policies (JSON) of a role do not allow, or deny."""
    statements = [statement for policy in policies for statement in _statements(policy)]
    return [need for need in needs if not _is_allowed(statements, need, account)]


def _is_allowed(statements: list[dict[str, Any]], need: Need, account: str) -> bool:
    context = {"aws:securetransport": "true", "aws:resourceaccount": account, "aws:principalaccount": account}
    if need.action == "s3:ListBucket":
        context["s3:prefix"] = need.prefix
    effects = [
        statement.get("Effect")
        for statement in statements
        if _matches(statement, "Action", need.action, ignore_case=True)
        and _matches(statement, "Resource", need.resource)
        and _conditions_hold(statement, context)
    ]
    return "Allow" in effects and "Deny" not in effects


def _statements(policy: str) -> Iterator[dict[str, Any]]:
    told = json.loads(policy)
    yield from _several(told.get("Statement", [])) if isinstance(told, dict) else ()


def _names_service(principal: Any) -> bool:
    if isinstance(principal, dict):
        return SERVICE in _several(principal.get("Service"))
    return bool(principal == "*")


def _matches(statement: dict[str, Any], member: str, value: str, *, ignore_case: bool = False) -> bool:
    """Whether an element of a statement (or its opposite, NotAction or NotResource) is about `value`."""
    if member in statement:
        return any(_like(value, pattern, ignore_case=ignore_case) for pattern in _several(statement[member]))
    opposite = statement.get(f"Not{member}")
    return opposite is not None and not any(_like(value, p, ignore_case=ignore_case) for p in _several(opposite))


def _conditions_hold(statement: dict[str, Any], context: Context) -> bool:
    return all(
        _condition_holds(operator, context.get(key.lower()), [str(value) for value in _several(wanted)])
        for operator, keys in statement.get("Condition", {}).items()
        for key, wanted in keys.items()
    )


def _like(value: str, pattern: str, *, ignore_case: bool = False) -> bool:
    return bool(_compiled(pattern, re.IGNORECASE if ignore_case else 0).fullmatch(value))


_TESTS: dict[str, _Test] = {
    "StringEquals": lambda value, wanted: value == wanted,
    "StringEqualsIgnoreCase": lambda value, wanted: value.lower() == wanted.lower(),
    "StringLike": _like,
    "ArnEquals": _like,
    "ArnLike": _like,
    "Bool": lambda value, wanted: value.lower() == wanted.lower(),
}


def _condition_holds(operator: str, value: str | None, wanted: list[str]) -> bool:
    name = operator.removeprefix("ForAnyValue:").removeprefix("ForAllValues:")
    may_miss, name = name.endswith("IfExists"), name.removesuffix("IfExists")
    is_negative, name = "Not" in name, name.replace("Not", "")
    test = _TESTS.get(name)
    if value is None or test is None:
        return test is not None and (may_miss or is_negative)
    return any(test(value, each) for each in wanted) != is_negative


@cache
def _compiled(pattern: str, flags: int) -> re.Pattern[str]:
    wild = {"*": ".*", "?": "."}
    return re.compile("".join(wild.get(sign) or re.escape(sign) for sign in pattern), re.DOTALL | flags)


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
