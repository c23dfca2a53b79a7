"""Strict scores of sentence alignments: a bead counts when it is exactly a bead of the gold alignment.

Conventions: `paper` is that of vecalign's and bertalign's score programs (null beads count in the precision, not in
the recall); `no null` leaves null beads out, `all` counts them on both sides, `1-1` looks at 1-1 beads only.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Bead = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall, 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def bead(source: Sequence[int], target: Sequence[int]) -> Bead:
    """Return a bead in the form that is compared."""
    return tuple(sorted(source)), tuple(sorted(target))


def score(pairs: Sequence[tuple[Sequence[Bead], Sequence[Bead]]]) -> dict[str, Score]:
    """Return the score of (gold, found) alignments by convention; counts are summed over the documents."""
    return {
        "paper": Score(_share(pairs, _any, found_in_gold=True), _share(pairs, _full, found_in_gold=False)),
        "no null": _both(pairs, _full),
        "all": _both(pairs, _any),
        "1-1": _both(pairs, _single),
    }


def _both(pairs: Sequence[tuple[Sequence[Bead], Sequence[Bead]]], counts: Callable[[Bead], bool]) -> Score:
    return Score(_share(pairs, counts, found_in_gold=True), _share(pairs, counts, found_in_gold=False))


def _share(
    pairs: Sequence[tuple[Sequence[Bead], Sequence[Bead]]], counts: Callable[[Bead], bool], *, found_in_gold: bool
) -> float:
    """Return which part of the found beads is in gold, or the reverse, of those that count."""
    right = total = 0
    for gold, found in pairs:
        asked, known = (found, gold) if found_in_gold else (gold, found)
        asked_beads = {bead for bead in asked if counts(bead)}
        right += len(asked_beads & set(known))
        total += len(asked_beads)
    return right / total if total else 0.0


def _any(bead: Bead) -> bool:
    return bool(bead[0] or bead[1])


def _full(bead: Bead) -> bool:
    return bool(bead[0] and bead[1])


def _single(bead: Bead) -> bool:
    return len(bead[0]) == len(bead[1]) == 1
