"""Tags of parallel data and terminologies: TagResource, UntagResource, ListTagsForResource, and those of a creation.

Source: Amazon Translate developer guide, "Tagging your resources": at most 50 a resource, no key twice, none that
begins with "aws:".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from amts_desk.endpoint.errors import ApiError, not_found

MOST = 50
"""Tags of one resource."""


class TagShelf:
    """The tags of one account and Region, by ARN."""

    def __init__(self, is_there: Callable[[str], bool]) -> None:
        self._is_there = is_there
        self._tags: dict[str, dict[str, str]] = {}

    def checked(self, tags: list[dict[str, str]], arn: str = "") -> dict[str, str]:
        """Return the tags that a resource has when `tags` are added. Raises ApiError when they are not allowed."""
        keys = [tag["Key"] for tag in tags]
        if len(set(keys)) < len(keys) or any(key.lower().startswith("aws:") for key in keys):
            message = "Every tag key must be there once, and none may begin with “aws:”."
            raise ApiError("InvalidParameterValueException", message)
        every = {**self._tags.get(arn, {}), **{tag["Key"]: tag["Value"] for tag in tags}}
        if len(every) > MOST:
            raise ApiError("TooManyTagsException", f"A resource may have {MOST} tags; these would be {len(every)}.")
        return every

    def put(self, arn: str, tags: dict[str, str]) -> None:
        """Give a resource these tags and no others."""
        self._tags[arn] = tags

    def forget(self, arn: str) -> None:
        """Drop the tags of a resource that is gone."""
        self._tags.pop(arn, None)

    def add(self, request: dict[str, Any]) -> dict[str, Any]:
        """TagResource."""
        arn = self._known(request)
        self._tags[arn] = self.checked(request["Tags"], arn)
        return {}

    def remove(self, request: dict[str, Any]) -> dict[str, Any]:
        """UntagResource."""
        arn = self._known(request)
        self._tags[arn] = {k: v for k, v in self._tags.get(arn, {}).items() if k not in request["TagKeys"]}
        return {}

    def list(self, request: dict[str, Any]) -> dict[str, Any]:
        """ListTagsForResource."""
        found = self._tags.get(self._known(request), {})
        return {"Tags": [{"Key": key, "Value": value} for key, value in sorted(found.items())]}

    def dump(self) -> dict[str, dict[str, str]]:
        """Return everything there is to remember."""
        return {arn: dict(tags) for arn, tags in self._tags.copy().items() if tags}

    def restore(self, tags: dict[str, dict[str, str]]) -> None:
        """Take up again what `dump` returned."""
        self._tags = dict(tags)

    def _known(self, request: dict[str, Any]) -> str:
        arn: str = request["ResourceArn"]
        if not self._is_there(arn):
            raise not_found(f"There is no resource with the ARN {arn}.")
        return arn.removesuffix("/LATEST")
