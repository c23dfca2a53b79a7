"""Numba with its cache in the cache folder, so that a read-only program folder compiles only once, too."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from functools import cache as once
from pathlib import Path
from typing import Any, TypeVar, cast

from amts_desk import __version__
from amts_desk.steps.align import cache

Kernel = TypeVar("Kernel", bound=Callable[..., Any])


def kernel(function: Kernel) -> Kernel:
    """Return `function` compiled at its first call; it runs without the interpreter lock.

    Numba reads NUMBA_CACHE_DIR when it is first imported: https://numba.readthedocs.io/en/stable/reference/envvars.html
    """
    os.environ.setdefault("NUMBA_CACHE_DIR", str(_folder()))
    import numba

    return cast(Kernel, numba.njit(cache=True, nogil=True)(function))


def are_kernels_kept() -> bool:
    """Return whether the kernels, as they stand, were compiled before."""
    return any(_folder().rglob("*.nbc"))


def _folder() -> Path:
    return cache.folder() / "kernels" / _edition()


@once
def _edition() -> str:
    """Return a name for the kernels as they stand.

    Numba keeps a kernel until the file that it stands in changes, also when one that it calls has changed elsewhere
    (https://numba.readthedocs.io/en/stable/user/jit.html#cache). So every change of any of them gets a folder of its
    own.
    """
    digest = hashlib.sha256(__version__.encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
