"""Let freed arrays go back to the system at once."""

from __future__ import annotations

import ctypes
import sys
from functools import cache

_M_MMAP_THRESHOLD, _THRESHOLD = -3, 131_072


@cache
def give_back() -> None:
    """Have the C library map arrays of 128 KB and more apart, as it does until a program frees its first large one.

    From then on it keeps up to 32 MB together, and what the aligner frees between two chapters stays with the program:
    on a whole book 27 MB. Only glibc does so (mallopt(3), M_MMAP_THRESHOLD).
    """
    if sys.platform == "linux" and (mallopt := getattr(ctypes.CDLL(None), "mallopt", None)):
        mallopt(_M_MMAP_THRESHOLD, _THRESHOLD)
