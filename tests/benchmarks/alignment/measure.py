"""Measure one aligner on one gold set in a process of its own; prints one JSON object."""

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

from amts_desk.steps.align.aligner import align
from amts_desk.steps.align.words import words
from tests.benchmarks.alignment.gold import Gold, read, without_a_fifth
from tests.benchmarks.alignment.scoring import Bead, bead, score

Aligner = Callable[[Gold], list[list[Bead]]]
CUT = " -20 %"
"""Behind the name of a set: with a fifth of one side missing."""


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


def hunalign(gold: Gold, *, dictionary: bool) -> list[list[Bead]]:
    """Align with the hunalign binary, lengths in bytes (its characters are hopeless for Chinese)."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        tokens = [
            [[" ".join(words(text, code)) for text in side] for side, code in zip(pair, gold.languages, strict=True)]
            for pair in ((chapter.source, chapter.target) for chapter in gold.chapters)
        ]
        lines = _dictionary(gold, tokens) if dictionary else []
        (place / "dictionary").write_text("".join(f"{line}\n" for line in lines), "utf-8")
        return [list(_ladder(place, *sides)) for sides in tokens]


def _dictionary(gold: Gold, tokens: list[list[list[str]]]) -> Iterator[str]:
    """Yield "target @ source" for the words of the set that our own dictionary translates."""
    from amts_desk.steps.align.corpus import Vocabulary, row_numbers
    from amts_desk.steps.align.seeds import seeds

    source, target = (Vocabulary.of(text.split() for sides in tokens for text in sides[n]) for n in (0, 1))
    known = seeds(source, target, *gold.languages, dictionary=True)
    for row, column in zip(row_numbers(known).tolist(), known.columns.tolist(), strict=True):
        yield f"{target.words[row]} @ {source.words[column]}"


def _ladder(place: Path, source: list[str], target: list[str]) -> Iterator[Bead]:
    for name, side in (("source", source), ("target", target)):
        (place / name).write_text("".join(f"{text}\n" for text in side), "utf-8")
    command = ["hunalign", "-onebyteencoding", "dictionary", "source", "target"]
    printed = subprocess.run(command, cwd=place, check=True, capture_output=True, text=True).stdout
    rungs = [tuple(int(number) for number in line.split()[:2]) for line in printed.splitlines()]
    for before, after in pairwise(rungs):
        yield bead(range(before[0], after[0]), range(before[1], after[1]))


SYSTEMS: dict[str, Aligner] = {
    "ours, lexicon shared": ours,
    "ours, one chapter at a time": partial(ours, shared=False),
    "ours, encoder for dictionary": partial(ours, use_dictionary=False),
    "ours, neither": partial(ours, use_dictionary=False, use_encoder=False),
    "galechurch": partial(gale_church, by_bytes=False),
    "galechurch, bytes and own ratio": partial(gale_church, by_bytes=True),
    "hunalign": partial(hunalign, dictionary=False),
    "hunalign, our dictionary": partial(hunalign, dictionary=True),
}


def missing(system: str) -> str:
    """Return what has to be installed for a system; "" when nothing has."""
    from importlib.util import find_spec

    if system.startswith("galechurch") and find_spec("galechurch") is None:
        return "pip install galechurch==0.1.0"
    if system.startswith("hunalign") and shutil.which("hunalign") is None:
        return "the hunalign binary on the PATH (https://github.com/danielvarga/hunalign)"
    return ""


def main(arguments: Sequence[str]) -> None:
    """Measure SYSTEM on SET: the second of two runs is timed, when kernels and dictionaries are loaded."""
    system, name = arguments
    gold = read(name.removesuffix(CUT))
    if name.endswith(CUT):
        gold = without_a_fifth(gold)
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
