"""How fast chapters are read, beside marko's plain parse of the same text.

Run from the checkout: `python tests/benchmarks/reading.py FOLDER [LANGUAGE]`; FOLDER holds Markdown files.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path


def seconds(work: Callable[[], object]) -> float:
    """Return how long `work` takes, the better of two times."""
    best = float("inf")
    for _ in range(2):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    """Print the figures."""
    import marko

    from amts_desk.steps.read.files import read_document
    from amts_desk.steps.read.formats import read_text

    folder, code = Path(sys.argv[1]), (sys.argv[2:] or ["en"])[0]
    paths = sorted(folder.rglob("*_origin.md")) or sorted(folder.rglob("*.md"))
    data = [path.read_bytes() for path in paths]
    read_document("a.md", b"warm", code)
    plain = marko.Markdown(extensions=["gfm", "footnote"])
    plain.parse("warm")
    for name, work in (
        ("read and cut", lambda d: read_document("a.md", d, code)),
        ("read", lambda d: read_text(d.decode(), "a.md", spaced=True)),
        ("marko alone", lambda d: plain.parse(d.decode())),
    ):
        times = [seconds(lambda d=d, work=work: work(d)) for d in data]
        print(f"{name:14}{len(times):5} files {sum(times):7.2f} s   median {1000 * statistics.median(times):6.1f} ms")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    main()
