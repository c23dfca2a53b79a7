"""Pages of a list (MaxResults and NextToken), and points of time as answers carry them."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from amts_desk.endpoint.errors import ApiError

Item = TypeVar("Item")


def page(
    items: Sequence[tuple[str, Item]],
    request: dict[str, Any],
    default: int = 100,
    code: str = "InvalidParameterValueException",
) -> tuple[list[Item], dict[str, str]]:
    """Return the items of the page that `request` asks for, and the `NextToken` member when more follow.

    `items` are (key, item) in a stable order; the token names the last key given, so that what is added or removed
    in the meantime shifts nothing. Raises ApiError with `code` on a token that is none of ours.
    """
    keys = [key for key, _ in items]
    token = request.get("NextToken")
    start = _after(keys, token, code) if token else 0
    end = start + int(request.get("MaxResults") or default)
    more = {"NextToken": _token(keys[end - 1])} if end < len(items) else {}
    return [item for _, item in items[start:end]], more


def _token(key: str) -> str:
    return base64.urlsafe_b64encode(key.encode()).decode()


def _after(keys: list[str], token: str, code: str) -> int:
    try:
        return keys.index(base64.urlsafe_b64decode(token).decode()) + 1
    except (ValueError, binascii.Error) as error:
        raise ApiError(code, "The NextToken is not valid any more.") from error


def moment(seconds: float) -> datetime:
    """Return the point of time that answers carry; `seconds` are counted from 1970."""
    return datetime.fromtimestamp(seconds, UTC)
