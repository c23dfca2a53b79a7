"""The constraints of a request (required, enum, length, range, pattern), read from botocore's service model.

botocore's own client checks types, required members and minimum lengths only; all else reaches the service.
The wording is that of the service: "1 validation error detected: Value … failed to satisfy constraint: …".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from amts_desk.endpoint.errors import ApiError

# The few Unicode classes that the model's patterns use and Python's re does not know.
_CLASSES = ((r"[\P{M}\p{M}]", r"[\s\S]"), (r"\p{L}\p{Z}\p{N}_", r"\w\s"), (r"\p{ASCII}", r"[\x00-\x7f]"))


def check(operation: str, request: dict[str, Any]) -> None:
    """Raise ApiError (ValidationException) naming every constraint that the request of an operation breaks."""
    found = list(_structure(_model().operation_model(operation).input_shape, request, ""))
    if found:
        count = f"{len(found)} validation error{'s' if len(found) > 1 else ''} detected: "
        raise ApiError("ValidationException", count + "; ".join(found))


@cache
def _model() -> Any:
    from botocore.session import Session

    return Session().get_service_model("translate")


def _violations(shape: Any, value: Any, path: str) -> Iterator[str]:
    tests: dict[str, Callable[[Any, Any, str], Iterator[str]]]
    tests = {
        "structure": _structure,
        "list": _list,
        "string": _string,
        "integer": _number,
        "long": _number,
        "blob": _blob,
    }
    test = tests.get(shape.type_name)
    return test(shape, value, path) if test else iter(())


def _structure(shape: Any, value: dict[str, Any], path: str) -> Iterator[str]:
    for name in shape.required_members:
        if value.get(name) is None:
            yield f"Value null at '{_below(path, name)}' failed to satisfy constraint: Member must not be null"
    for name, member in shape.members.items():
        if value.get(name) is not None:
            yield from _violations(member, value[name], _below(path, name))


def _list(shape: Any, value: list[Any], path: str) -> Iterator[str]:
    yield from _range(shape, len(value), value, path, "length ")
    for number, item in enumerate(value, 1):
        yield from _violations(shape.member, item, f"{path}.{number}.member")


def _string(shape: Any, value: str, path: str) -> Iterator[str]:
    if shape.enum and value not in shape.enum:
        yield _broken(value, path, f"Member must satisfy enum value set: [{', '.join(shape.enum)}]")
    yield from _range(shape, len(value), value, path, "length ")
    pattern = shape.metadata.get("pattern")
    if pattern and not _python(pattern).fullmatch(value):
        yield _broken(value, path, f"Member must satisfy regular expression pattern: {pattern}")


def _blob(shape: Any, value: bytes, path: str) -> Iterator[str]:
    return _range(shape, len(value), "java.nio.HeapByteBuffer", path, "length ")


def _number(shape: Any, value: int, path: str) -> Iterator[str]:
    return _range(shape, value, value, path, "value ")


def _range(shape: Any, size: int, value: Any, path: str, what: str) -> Iterator[str]:
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if least is not None and size < least:
        yield _broken(value, path, f"Member must have {what}greater than or equal to {least}")
    if most is not None and size > most:
        yield _broken(value, path, f"Member must have {what}less than or equal to {most}")


def _broken(value: Any, path: str, constraint: str) -> str:
    return f"Value '{str(value)[:80]}' at '{path}' failed to satisfy constraint: {constraint}"


def _below(path: str, name: str) -> str:
    name = name[0].lower() + name[1:]
    return f"{path}.{name}" if path else name


@cache
def _python(pattern: str) -> re.Pattern[str]:
    for theirs, ours in _CLASSES:
        pattern = pattern.replace(theirs, ours)
    return re.compile(pattern)
