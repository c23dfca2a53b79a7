"""What a request breaks of the service model: enums, patterns, greatest lengths; botocore leaves them to the server.

botocore itself checks types, required members and least lengths (`botocore.validate`). So a mistake is told before
anything is uploaded, in words of ours, and not minutes later in the words of a regular expression.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

# The few Unicode classes that the model's patterns use and Python's re does not know. \w is a little wider than
# letters and digits: it has the low line, which the patterns that hold these classes allow as well.
_CLASSES = (
    (r"[\P{M}\p{M}]", r"[\s\S]"),
    (r"\p{L}", r"\w"),
    (r"\p{N}", r"\w"),
    (r"\p{Z}", r"\s"),
    (r"\p{ASCII}", r"\x00-\x7f"),
)
_SHOWN = 60


def broken(client: Any, operation: str, request: Mapping[str, Any]) -> list[str]:
    """Return a sentence for everything in the request of an operation ("StartTextTranslationJob") that is too much."""
    shape = client.meta.service_model.operation_model(operation).input_shape
    return list(_broken(shape, request, operation))


def _broken(shape: Any, value: Any, name: str) -> Iterator[str]:
    if shape.type_name == "structure":
        for member, inner in value.items():
            yield from _broken(shape.members[member], inner, member)
    elif shape.type_name == "list":
        yield from _too_many(shape, value, name)
        for item in value:
            yield from _broken(shape.member, item, name)
    elif shape.type_name == "string":
        yield from _wrong_text(shape, value, name)


def _too_many(shape: Any, value: Any, name: str) -> Iterator[str]:
    most = shape.metadata.get("max")
    if most is not None and len(value) > most:
        yield f"{name} has {len(value)} entries; at most {most} are allowed."


def _wrong_text(shape: Any, value: str, name: str) -> Iterator[str]:
    shown = value if len(value) <= _SHOWN else f"{value[:_SHOWN]}…"
    most, pattern = shape.metadata.get("max"), shape.metadata.get("pattern")
    if shape.enum and value not in shape.enum:
        yield f"{name} is “{shown}”; it can be {', '.join(shape.enum)}."
    if most is not None and len(value) > most:
        yield f"{name} is {len(value)} characters long; at most {most} are allowed."
    if pattern and not re.fullmatch(_python(pattern), value):
        yield f"{name} is “{shown}”, which Amazon does not allow (it must look like {pattern})."


def _python(pattern: str) -> str:
    for theirs, ours in _CLASSES:
        pattern = pattern.replace(theirs, ours)
    return pattern
