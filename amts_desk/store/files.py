"""Write files in one piece: either the old file stands or the new one, never half of it."""

from __future__ import annotations

import contextlib
import os
import shutil
import uuid
from pathlib import Path

from amts_desk.core.errors import DeskError


def write_atomically(path: Path, data: bytes) -> None:
    """Write `data` to `path` through a temporary file beside it, flushed to the disk before it takes its place.

    The permissions of an old file stay, and a link goes on pointing at its file. Raises DeskError when the folder
    cannot be written or the disk is full; the old file then still stands.
    """
    goal = path.resolve()
    temporary = goal.with_name(f".{uuid.uuid4().hex}.part")
    try:
        goal.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if goal.exists():
            shutil.copymode(goal, temporary)
        temporary.replace(goal)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise DeskError(
            f"{path} could not be written: {error.strerror or error}.",
            "Choose another folder, or make room on the disk.",
        ) from error
