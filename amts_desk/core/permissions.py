"""What policies allow, as far as reading them tells (IAM user guide, "Policy evaluation logic").

Only what stands in the documents counts: policies of the bucket, of the organisation and of sessions are not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

Document = Mapping[str, Any]


class Permission(StrEnum):
    """How a call stands: denied wherever anything denies it; conditional where conditions decide; else missing."""

    ALLOWED = "allowed"
    CONDITIONAL = "conditional"
    DENIED = "denied"
    MISSING = "missing"


class Trust(StrEnum):
    """How a role trusts Amazon Translate: `OPEN` is for jobs of any account (the confused deputy), else as it says."""

    ALLOWED = "allowed"
    OPEN = "open"
    CONDITIONAL = "conditional"
    ELSEWHERE = "elsewhere"
    DENIED = "denied"
    MISSING = "missing"


_BEST_FIRST = (Trust.ALLOWED, Trust.OPEN, Trust.CONDITIONAL, Trust.ELSEWHERE, Trust.MISSING)


def permission(documents: Iterable[Document], action: str, resource: str) -> Permission:
    """Return whether the policies let somebody carry out an action ("s3:GetObject") on the ARN of a resource."""
    speaking = [
        statement
        for statement in _statements(documents)
        if _names(statement, "Action", action, ignore_case=True) and _names(statement, "Resource", resource)
    ]
    denying = [statement for statement in speaking if _denies(statement)]
    allowing = [statement for statement in speaking if statement.get("Effect") == "Allow"]
    if not all(map(_has_condition, denying)):
        return Permission.DENIED
    if not allowing:
        return Permission.MISSING
    return Permission.CONDITIONAL if denying or all(map(_has_condition, allowing)) else Permission.ALLOWED


def trust(document: Document, service: str, account: str, region: str, partition: str = "aws") -> Trust:
    """Return whether a role's trust policy lets a service ("translate.amazonaws.com") use it for that account."""
    speaking = [
        statement
        for statement in _statements([document])
        if _trusts(statement, service) and _names(statement, "Action", "sts:AssumeRole", ignore_case=True)
    ]
    denying = [statement for statement in speaking if _denies(statement)]
    if not all(map(_has_condition, denying)):
        return Trust.DENIED
    arn = f"arn:{partition}:translate:{region}:{account}:job"
    found = [_condition(s.get("Condition") or {}, account, arn) for s in speaking if s.get("Effect") == "Allow"]
    best = min([*found, Trust.MISSING], key=_BEST_FIRST.index)
    return Trust.CONDITIONAL if denying and best in (Trust.ALLOWED, Trust.OPEN) else best


def matches(pattern: str, text: str, *, ignore_case: bool = False) -> bool:
    """Whether a text is what a pattern of IAM stands for: `*` is any characters, `?` one."""
    expression = "".join({"*": ".*", "?": "."}.get(c, re.escape(c)) for c in re.sub(r"\*+", "*", pattern))
    return re.fullmatch(expression, text, re.DOTALL | (re.IGNORECASE if ignore_case else 0)) is not None


def _statements(documents: Iterable[Document]) -> Iterator[Mapping[str, Any]]:
    for document in documents:
        for statement in _listed(document.get("Statement")):
            if isinstance(statement, Mapping):
                yield statement


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _denies(statement: Mapping[str, Any]) -> bool:
    return statement.get("Effect") == "Deny"


def _has_condition(statement: Mapping[str, Any]) -> bool:
    return bool(statement.get("Condition"))


def _names(statement: Mapping[str, Any], member: str, text: str, *, ignore_case: bool = False) -> bool:
    """Whether a statement speaks of an action or a resource, also by naming all but others."""
    if f"Not{member}" in statement:
        return not any(matches(str(p), text, ignore_case=ignore_case) for p in _listed(statement[f"Not{member}"]))
    return any(matches(str(p), text, ignore_case=ignore_case) for p in _listed(statement.get(member)))


def _trusts(statement: Mapping[str, Any], service: str) -> bool:
    principal = statement.get("Principal")
    if principal == "*":
        return True
    return isinstance(principal, Mapping) and service in _listed(principal.get("Service"))


def _condition(conditions: Mapping[str, Any], account: str, arn: str) -> Trust:
    """Return what the conditions of a statement that trusts the service make of it."""
    found = Trust.OPEN
    for operator, tests in conditions.items():
        for key, values in tests.items():
            wanted = {"aws:sourceaccount": account, "aws:sourcearn": arn}.get(key.lower())
            if wanted is None or operator.removesuffix("IfExists") not in _LIKENESS:
                return Trust.CONDITIONAL
            if not any(matches(str(value), wanted) for value in _listed(values)):
                return Trust.ELSEWHERE
            found = Trust.ALLOWED
    return found


_LIKENESS = frozenset(("StringEquals", "StringLike", "ArnLike", "ArnEquals"))
"""Operators that, on an account or ARN, ask for the text or what its pattern stands for."""
