"""What can be expected of the beads that nobody has settled: how many errors, and how far one must look for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

STEPS = 1000
"""Confidences are counted in steps of a thousandth."""
SHARE = 0.7
"""The share of the errors that the queue is asked for."""

FEW = 0.5
"""Expected errors: with fewer, none is expected."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """`errors` are expected in `beads`; the `look` least confident of them hold about `found` of these errors."""

    errors: float
    beads: int
    look: int
    found: float


def outlook(counts: Sequence[int]) -> Outlook:
    """Return what to expect of beads of which `counts[i]` are right with a probability of i / STEPS.

    A bead is wrong with the probability that it is not right, so the expected number of errors is the sum of these;
    looking at the least confident first finds the SHARE of them with the fewest looks.
    """
    chances = [1 - step / STEPS for step in range(STEPS + 1)]
    errors = sum(count * chance for count, chance in zip(counts, chances, strict=True))
    look, found = 0, 0.0
    for count, chance in zip(counts, chances, strict=True):
        missing = errors * SHARE - found
        if missing <= 1e-9:
            break
        taken = min(count, ceil(missing / chance - 1e-9)) if chance else 0
        look += taken
        found += taken * chance
    return Outlook(errors, sum(counts), look, found)
