"""Whether confidence can be trusted: `python -m tests.benchmarks.alignment.confidence`.

AUC: how probably a right bead has more confidence than a wrong one. The part of all errors among the least confident
fifth. The expected calibration error in ten bins. Each chapter is judged by a calibration fitted on the others; the
numbers fitted on all of them are those of `amts_desk.steps.align.calibration`. Last, a simulated review: when the least
confident tenth of a chapter is put right and confirmed, how good is the rest of it, aligned again?
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from amts_desk.steps.align import run
from amts_desk.steps.align.aligner import align
from amts_desk.steps.align.calibration import logits, sigmoid
from amts_desk.steps.align.links import Link, Pin, Stretch
from tests.benchmarks.alignment.gold import FOLDER, SETS, Gold, read
from tests.benchmarks.alignment.scoring import Bead, bead, score

Floats = npt.NDArray[np.float64]
_TENTH, _FIFTH = 0.1, 0.2


@dataclass(frozen=True, slots=True)
class Judged:
    """The beads of one chapter: what the model makes of them, and whether they are right (1) or not (0)."""

    odds: Floats
    right: Floats


def judged(gold: Gold, **options: bool) -> list[Judged]:
    """Align a set without calibration and compare with its gold."""
    calibrated, run.calibrated = run.calibrated, lambda probabilities, **_: probabilities
    try:
        found = align(gold.chapters, *gold.languages, **options).links
    finally:
        run.calibrated = calibrated
    chapters = []
    for links, beads in zip(found, gold.beads, strict=True):
        right = [float(bead(link.source, link.target) in beads) for link in links]
        chapters.append(Judged(logits(np.array([link.confidence for link in links])), np.array(right)))
    return chapters


def fitted(chapters: Sequence[Judged]) -> tuple[float, float]:
    """Return slope and offset of the logistic regression of right on odds (Newton's method)."""
    odds = np.stack([np.concatenate([c.odds for c in chapters]), np.ones(sum(len(c.odds) for c in chapters))], axis=1)
    right = np.concatenate([c.right for c in chapters])
    weights = np.zeros(2)
    for _ in range(30):
        chances = sigmoid(odds @ weights)
        spread = (odds * (chances * (1 - chances))[:, None]).T @ odds
        weights += np.linalg.solve(spread, odds.T @ (right - chances))
    return float(weights[0]), float(weights[1])


def cross_validated(chapters: Sequence[Judged], others: Sequence[Judged] = ()) -> tuple[Floats, Floats]:
    """Return the confidence of every bead by a calibration that never saw its chapter, and whether it is right."""
    found = []
    for number, chapter in enumerate(chapters):
        slope, offset = fitted([*chapters[:number], *chapters[number + 1 :], *others])
        found.append(sigmoid(slope * chapter.odds + offset))
    return np.concatenate(found), np.concatenate([chapter.right for chapter in chapters])


def auc(confidence: Floats, right: Floats) -> float:
    """Return the area under the curve of right beads by confidence; ties count half."""
    _values, place, counts = np.unique(confidence, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    positive = right.sum()
    return float((ranks[right == 1].sum() - positive * (positive + 1) / 2) / (positive * (len(right) - positive)))


def caught(confidence: Floats, right: Floats, part: float) -> float:
    """Return which part of all errors is among the least confident `part` of the beads."""
    order = np.argsort(confidence, kind="stable")
    return float((1 - right[order[: int(part * len(order))]]).sum() / (1 - right).sum())


def calibration_error(confidence: Floats, right: Floats) -> float:
    """Return the mean distance of confidence and share of right beads in ten bins, weighted by their beads."""
    bins = np.minimum((confidence * 10).astype(int), 9)
    found = [(bins == n) for n in range(10) if (bins == n).any()]
    return float(sum(abs(confidence[b].mean() - right[b].mean()) * b.mean() for b in found))


def reviewed(gold: Gold) -> tuple[float, float]:
    """Return the F1 of the beads nobody touched, before and after the least confident tenth of each was put right."""
    found = align(gold.chapters, *gold.languages).links
    pins = [_corrected(*each) for each in zip(found, gold.beads, strict=True)]
    chapters = [replace(chapter, pins=tuple(each)) for chapter, each in zip(gold.chapters, pins, strict=True)]
    again = align(chapters, *gold.languages).links
    return _rest(gold, found, pins), _rest(gold, again, pins)


def _corrected(links: Sequence[Link], beads: Sequence[Bead]) -> list[Pin]:
    """Return the gold beads that share a sentence with the least confident tenth of the links."""
    doubtful = sorted(links, key=lambda link: link.confidence)[: int(_TENTH * len(links))]
    sources, targets = {i for link in doubtful for i in link.source}, {j for link in doubtful for j in link.target}
    pins, at = [], [0, 0]
    for source, target in beads:
        stretch = Stretch(at[0], at[0] + len(source), at[1], at[1] + len(target))
        in_order = source == tuple(range(*stretch[:2])) and target == tuple(range(*stretch[2:]))
        if in_order and (sources.intersection(source) or targets.intersection(target)):
            pins.append(Pin(stretch))
        at = [stretch.source_end, stretch.target_end]
    return pins


def _rest(gold: Gold, found: Sequence[Sequence[Link]], pins: Sequence[Sequence[Pin]]) -> float:
    """Return the F1 (paper) without every bead that has a sentence of a pinned one."""
    pairs = []
    for beads, links, fixed in zip(gold.beads, found, pins, strict=True):
        sources = {i for pin in fixed for i in range(*pin.stretch[:2])}
        targets = {j for pin in fixed for j in range(*pin.stretch[2:])}
        ours = [bead(link.source, link.target) for link in links]
        pairs.append(
            tuple([b for b in side if not sources & set(b[0]) and not targets & set(b[1])] for side in (beads, ours))
        )
    return score(pairs)["paper"].f1


def main() -> int:
    """Print the figures; return 2 when there is no gold set."""
    if not FOLDER.is_dir():
        print(f"There are no gold alignments at {FOLDER}.", file=sys.stderr)
        return 2
    sets = {name: read(name) for name in SETS}
    with_dictionary = {name: judged(gold) for name, gold in sets.items()}
    everything = [chapter for chapters in with_dictionary.values() for chapter in chapters]
    for name, chapters in with_dictionary.items():
        others = [chapter for other, each in with_dictionary.items() if other != name for chapter in each]
        _print(name, *cross_validated(chapters, others))
    encoded = [chapter for gold in sets.values() for chapter in judged(gold, use_dictionary=False)]
    _print("both, encoder", *cross_validated(encoded))
    plain = judged(sets["mac-dev"], use_dictionary=False, use_encoder=False)
    _print("mac-dev, neither", *cross_validated(plain))
    for name, chapters in (("dictionary", everything), ("encoder", encoded), ("neither", plain)):
        slope, offset = fitted(chapters)
        print(f"calibration with {name}: slope {slope:.2f}, offset {offset:.2f}")
    before, after = reviewed(sets["mac-dev"])
    print(f"mac-dev, the least confident tenth confirmed: F1 of the rest {before:.3f} before, {after:.3f} after")
    return 0


def _print(name: str, confidence: Floats, right: Floats) -> None:
    print(
        f"{name:24} AUC {auc(confidence, right):.3f}  errors in the least confident fifth "
        f"{caught(confidence, right, _FIFTH):.0%}  calibration error {calibration_error(confidence, right):.3f}  "
        f"errors expected {(1 - confidence).sum():.0f}, real {(1 - right).sum():.0f} of {len(right)}"
    )


if __name__ == "__main__":
    raise SystemExit(main())
