"""The gold alignments of the shared data, whole and with a part missing."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

from amts_desk.steps.align.links import Texts
from tests.benchmarks.alignment.scoring import Bead, bead

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "data" / "gold"
SETS = ("mac-dev", "d2l-dev")


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold set: its languages, chapters, and their beads."""

    languages: tuple[str, str]
    chapters: list[Texts]
    beads: list[list[Bead]]


def read(name: str) -> Gold:
    """Return a gold set of the shared data."""
    documents = [json.loads(path.read_text("utf-8")) for path in sorted((FOLDER / name).glob("*.json"))]
    chapters = [Texts(tuple(d["src"]), tuple(d["tgt"])) for d in documents]
    beads = [[bead(source, target) for source, target in d["gold"]] for d in documents]
    return Gold((documents[0]["src_lang"], documents[0]["tgt_lang"]), chapters, beads)


def without_a_fifth(gold: Gold) -> Gold:
    """Return the set with 20 % of the target sentences cut out of the middle of each chapter."""
    cut = [_without(*each) for each in zip(gold.chapters, gold.beads, strict=True)]
    return Gold(gold.languages, [chapter for chapter, _ in cut], [beads for _, beads in cut])


def _without(chapter: Texts, beads: list[Bead]) -> tuple[Texts, list[Bead]]:
    count = len(chapter.target)
    kept = [j for j in range(count) if not 0.4 * count <= j < 0.6 * count]
    number = {old: new for new, old in enumerate(kept)}
    target = tuple(chapter.target[j] for j in kept)
    left = [(source, tuple(number[j] for j in targets if j in number)) for source, targets in beads]
    return replace(chapter, target=target), left
