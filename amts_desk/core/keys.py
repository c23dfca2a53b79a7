"""Where a key of S3 may land on this computer: inside the chosen folder, or nowhere.

A key is any text of up to 1,024 bytes that somebody may have chosen (S3 user guide, "Naming Amazon S3 objects"). What
is a plain name on one system is a drive, a device or another folder on the next: so whatever is special on any of
them is refused everywhere (Windows: "Naming Files, Paths, and Namespaces").
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

from amts_desk.core.errors import DeskError

_LONGEST_KEY, _LONGEST_NAME = 1024, 255
"""Bytes of a key at S3, and of one name on every usual disk."""
_SPECIAL = frozenset('<>:"|?*/\\')
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"] + [f"{name}{n}" for name in ("com", "lpt") for n in range(10)]
)
_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
"""Unicode categories of what is not seen: control characters, marks of direction, halves of characters, line ends."""


def parts_of(key: str) -> tuple[str, ...]:
    """Return the names of folders and file that a key stands for. Raises DeskError for one that may lead elsewhere."""
    if not key or len(key.encode("utf-8", "surrogatepass")) > _LONGEST_KEY:
        raise _refused(key, "it is too long" if key else "it is empty")
    parts = tuple(key.replace("\\", "/").split("/"))
    for part in parts:
        problem = _problem(part)
        if problem:
            raise _refused(key, problem)
    return parts


def file_for(key: str, folder: Path) -> Path:
    """Return the file inside `folder` that a key (relative to the job's folder) is to be written to.

    Links in the folder are followed to see where they lead. Raises DeskError when that is outside, or when the file
    itself is a link.
    """
    root = folder.resolve()
    path = root.joinpath(*parts_of(key))
    if path.is_symlink() or not path.parent.resolve().is_relative_to(root):
        raise _refused(key, "a link in the folder leads elsewhere")
    return path


def _problem(part: str) -> str:
    """Return what is wrong with one name, "" when nothing is."""
    if not part:
        return "it has an empty part"
    if any(unicodedata.category(character) in _INVISIBLE for character in part):
        return "it has characters that cannot be seen"
    # Some systems take look-alikes for the characters themselves: a full-width slash, a superscript digit.
    plain = unicodedata.normalize("NFKC", part)
    if _SPECIAL & set(part + plain):
        return "it has characters that not every system allows"
    if part != part.strip() or plain != plain.strip() or plain.endswith("."):
        return "a part begins or ends with a blank, or ends with a dot"
    if plain.partition(".")[0].strip().casefold() in _DEVICES:
        return "a part of it is the name of a device"
    longest = max(len(unicodedata.normalize(form, part).encode()) for form in ("NFC", "NFD"))
    return "a part of it is too long" if longest > _LONGEST_NAME else ""


def _refused(key: str, why: str) -> DeskError:
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in key[:80])
    return DeskError(
        f"The file “{shown}” in the bucket was not downloaded: {why}.",
        "Give it a plain name in the bucket, and look who put it there.",
    )
