"""From the probability of a bead in the model to how often such a bead is right.

The model's evidence is not independent, so its probabilities are off, the more so when there is no dictionary. Platt
scaling (1999, "Probabilistic outputs for support vector machines") mends that: two numbers, fitted on the development
sets by `python -m tests.benchmarks.alignment.confidence`.
"""

from __future__ import annotations

import numpy as np

from amts_desk.steps.align.corpus import Floats

_WITH_DICTIONARY, _WITH_ENCODER, _WITH_NEITHER = (0.96, -0.17), (0.70, -0.28), (0.97, -0.64)
_EDGE = 1e-4


def calibrated(probabilities: Floats, *, is_known: bool, has_encoder: bool) -> Floats:
    """Return for probabilities (0 to 1) of the model which part of such beads is right, strictly.

    `is_known` tells whether a large dictionary helped, `has_encoder` whether an encoder did.
    """
    known = _WITH_DICTIONARY if is_known else _WITH_ENCODER if has_encoder else _WITH_NEITHER
    slope, offset = known
    return sigmoid(slope * logits(probabilities) + offset)


def logits(probabilities: Floats) -> Floats:
    """Return log(p / (1 - p)), of what is nearly 0 or 1 as if it were a little less so."""
    inside = np.clip(probabilities, _EDGE, 1 - _EDGE)
    odds: Floats = np.log(inside / (1 - inside))
    return odds


def sigmoid(values: Floats) -> Floats:
    """Return 1 / (1 + e^-x), the inverse of `logits`."""
    shares: Floats = 1 / (1 + np.exp(-values))
    return shares
