"""Where the program keeps its own things: the door to platformdirs.

`--config DIR` (or the variable AMTS_DESK_HOME) moves everything into one throw-away folder.
"""

from __future__ import annotations

import os
from pathlib import Path

HOME_VARIABLE = "AMTS_DESK_HOME"
CACHE_VARIABLE = "AMTS_DESK_CACHE"


def resource(name: str) -> Path:
    """Return a file or folder of `resources`: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "resources" / name
    return inside if inside.exists() else package.parent / "resources" / name


def data_folder() -> Path:
    """Return the folder of what must last: the state of offline practice, the log."""
    return _folder("data")


def config_folder() -> Path:
    """Return the folder of what the person has set for all projects: the table of prices."""
    return _folder("config")


def cache_folder() -> Path:
    """Return the folder of what can be made again: parsed dictionaries, compiled loops.

    The variable AMTS_DESK_CACHE names it apart from the rest, so that a throw-away home need not make it again.
    """
    named = os.environ.get(CACHE_VARIABLE)
    if not named:
        return _folder("cache")
    Path(named).mkdir(parents=True, exist_ok=True)
    return Path(named)


def _folder(kind: str) -> Path:
    home = os.environ.get(HOME_VARIABLE)
    if home:
        folder = Path(home) / kind
    else:
        import platformdirs

        dirs = platformdirs.PlatformDirs("amts-desk", appauthor=False)
        folder = {"data": dirs.user_data_path, "config": dirs.user_config_path, "cache": dirs.user_cache_path}[kind]
    folder.mkdir(parents=True, exist_ok=True)
    return folder
