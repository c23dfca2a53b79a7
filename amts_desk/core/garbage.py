"""Make very many objects without Python looking through all of them for garbage again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Make many objects that all stay: looking for garbage among them takes as long as making them."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def staying() -> Iterator[None]:
    """Make many objects as `without_collecting`, and never look through what is there now again.

    They still go when nothing refers to them; only circles among them would stay. Without this, the next look at a
    hundred thousand beads holds every thread up for a fifth of a second.
    """
    with without_collecting():
        yield
        gc.freeze()
