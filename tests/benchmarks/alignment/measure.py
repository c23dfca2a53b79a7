"""Measure one aligner on one gold set in a process of its own; prints one JSON object."""

import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from amts_desk.steps.align.aligner import align
from amts_desk.steps.align.links import Texts
from tests.benchmarks.alignment.scoring import Bead, bead, score

GOLD = Path(__file__).resolve().parents[4] / "shared" / "data" / "gold"


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold set: its languages, chapters, and their beads."""

    languages: tuple[str, str]
    chapters: list[Texts]
    beads: list[list[Bead]]


def read(name: str) -> Gold:
    """Return a gold set of the shared data."""
    documents = [json.loads(path.read_text("utf-8")) for path in sorted((GOLD / name).glob("*.json"))]
    chapters = [Texts(tuple(d["src"]), tuple(d["tgt"])) for d in documents]
    beads = [[bead(source, target) for source, target in d["gold"]] for d in documents]
    return Gold((documents[0]["src_lang"], documents[0]["tgt_lang"]), chapters, beads)


def ours(gold: Gold, **options: bool) -> list[list[Bead]]:
    """Align with AMTS Desk."""
    found = align(gold.chapters, *gold.languages, **options).links
    return [[bead(link.source, link.target) for link in links] for links in found]


def gale_church(gold: Gold, *, by_bytes: bool) -> list[list[Bead]]:
    """Align with galechurch; with `by_bytes`, lengths are UTF-8 bytes and their ratio is the set's own."""
    import galechurch

    sides = [([_sized(s, by_bytes) for s in c.source], [_sized(t, by_bytes) for t in c.target]) for c in gold.chapters]
    ratio = sum(len("".join(t)) for _, t in sides) / sum(len("".join(s)) for s, _ in sides)
    options = {"mean_xy": ratio} if by_bytes else {}
    found = [galechurch.align(source, target, **options) for source, target in sides]
    return [
        [bead(range(b.source_start, b.source_end), range(b.target_start, b.target_end)) for b in result.beads]
        for result in found
    ]


def _sized(text: str, by_bytes: bool) -> str:
    return "x" * len(text.encode()) if by_bytes else text


SYSTEMS: dict[str, Callable[[Gold], list[list[Bead]]]] = {
    "ours, lexicon shared": ours,
    "ours, one chapter at a time": lambda gold: ours(gold, shared=False),
    "ours, no dictionary": lambda gold: ours(gold, use_dictionary=False),
    "galechurch": lambda gold: gale_church(gold, by_bytes=False),
    "galechurch, bytes and own ratio": lambda gold: gale_church(gold, by_bytes=True),
}


def main(arguments: Sequence[str]) -> None:
    """Measure SYSTEM on SET: the second of two runs is timed, when kernels and dictionaries are loaded."""
    system, name = arguments
    gold = read(name)
    align_all = SYSTEMS[system]
    align_all(gold)
    start = time.perf_counter()
    found = align_all(gold)
    seconds = time.perf_counter() - start
    sentences = sum(len(c.source) + len(c.target) for c in gold.chapters)
    scores = score(list(zip(gold.beads, found, strict=True)))
    print(
        json.dumps(
            {
                "f1": {convention: result.f1 for convention, result in scores.items()},
                "speed": sentences / seconds,
                "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1:])
