"""Write files in one piece: either the old file stands or the new one, never half of it."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from amts_desk.core.errors import DeskError


def write_atomically(path: Path, data: bytes) -> None:
    """Write `data` to `path` in one piece. Raises DeskError as `written_atomically` does."""
    with written_atomically(path) as file:
        file.write(data)


@contextlib.contextmanager
def written_atomically(path: Path) -> Iterator[BinaryIO]:
    """Open a temporary file beside `path`; at the end it is flushed to the disk and takes its place.

    The permissions of an old file stay, and a link goes on pointing at its file. Raises DeskError when the folder
    cannot be written or the disk is full; then, and after any other trouble, the old file still stands.
    """
    goal = path.resolve()
    temporary = goal.with_name(f".{uuid.uuid4().hex}.part")
    try:
        goal.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if goal.exists():
            shutil.copymode(goal, temporary)
        temporary.replace(goal)
    except OSError as error:
        raise DeskError(
            f"{path} could not be written: {error.strerror or error}.",
            "Choose another folder, or make room on the disk.",
        ) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def passing_folder() -> Iterator[Path]:
    """Make a folder that is gone at the end. Raises DeskError when the disk is full or refuses."""
    try:
        with tempfile.TemporaryDirectory(prefix="amts-desk-", ignore_cleanup_errors=True) as folder:
            yield Path(folder)
    except OSError as error:
        raise DeskError(
            f"A temporary file could not be written: {error.strerror or error}.", "Make room on the disk."
        ) from error
