"""File names of our own for documents whose names came from a service: no path of theirs ever reaches the disk."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_LONGEST = 100
"""Characters of a name, well below the 255 bytes that file systems take, also in Chinese."""
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
"""Devices of Windows, which no file there can be named after."""


def own_names(keys: Sequence[str], language: str) -> list[str]:
    """Return a different file name for each S3 key, without any folder: language, last part, and a number if needed."""
    names: list[str] = []
    used: set[str] = set()
    for key in keys:
        stem, dot, suffix = _clean(re.split(r"[/\\]", key)[-1]).rpartition(".")
        stem, suffix = (stem, dot + suffix) if stem else (suffix, "")
        name, number = f"{language}.{stem}{suffix}", 1
        while name.casefold() in used:
            number += 1
            name = f"{language}.{stem}-{number}{suffix}"
        used.add(name.casefold())
        names.append(name)
    return names


def _clean(part: str) -> str:
    """Return one part of a key with nothing in it that a file system or a shell could misread."""
    kept = re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFC", part))
    kept = kept.strip(".-")[-_LONGEST:].strip(".-")
    return f"{kept}-" if _RESERVED.fullmatch(kept) else kept or "document"
