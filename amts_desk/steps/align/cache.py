"""The folder of what can be computed again: parsed dictionaries and compiled kernels. It belongs to one person."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

VARIABLE = "AMTS_DESK_CACHE"
_log = logging.getLogger(__name__)
_chosen: list[Path] = []


def use(folder: Path) -> None:
    """Keep everything in `folder` from now on; to be called before the first alignment."""
    _chosen[:] = [folder]
    _ready.cache_clear()


def folder() -> Path:
    """Return the cache folder, made when missing: the chosen one, else $AMTS_DESK_CACHE, else the person's own.

    When it cannot be written, a private temporary folder stands in for it until the program ends.
    """
    return _ready(_chosen[0] if _chosen else _default())


def remembered(name: str, make: Callable[[], str]) -> str:
    """Return the text kept under `name`; `make` supplies it the first time. The file appears whole or not at all."""
    made: list[str] = []

    def write(path: Path) -> None:
        made.append(make())
        path.write_bytes(made[0].encode())

    path = remembered_file(name, write)
    if made:
        return made[0]
    return path.read_bytes().decode() if path else make()


def remembered_file(name: str, write: Callable[[Path], None]) -> Path | None:
    """Return the file kept under `name`; `write` makes it the first time, and it appears whole or not at all.

    None when it cannot be kept.
    """
    path = folder() / name
    if path.exists():
        return path
    try:
        with tempfile.TemporaryDirectory(dir=path.parent) as beside:
            new = Path(beside) / name
            write(new)
            new.replace(path)
    except OSError as error:
        _log.warning("%s could not be kept for the next time (%s).", name, error)
        return None
    return path


@cache
def _ready(wanted: Path) -> Path:
    try:
        wanted.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=wanted):
            return wanted
    except OSError as error:
        _log.warning("The cache folder cannot be used (%s); a temporary one is.", error)
        return Path(tempfile.mkdtemp(prefix="amts-desk-"))


def _default() -> Path:
    if named := os.environ.get(VARIABLE):
        return Path(named)
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")) / "amts-desk" / "Cache"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "amts-desk"
    return Path(os.environ.get("XDG_CACHE_HOME", home / ".cache")) / "amts-desk"
