"""Numba with its cache in the cache folder, so that a read-only program folder compiles only once, too."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar, cast

from amts_desk.steps.align import cache

Kernel = TypeVar("Kernel", bound=Callable[..., Any])


def kernel(function: Kernel) -> Kernel:
    """Return `function` compiled at its first call; it runs without the interpreter lock.

    Numba reads NUMBA_CACHE_DIR when it is first imported: https://numba.readthedocs.io/en/stable/reference/envvars.html
    """
    os.environ.setdefault("NUMBA_CACHE_DIR", str(cache.folder() / "kernels"))
    import numba

    return cast(Kernel, numba.njit(cache=True, nogil=True)(function))
