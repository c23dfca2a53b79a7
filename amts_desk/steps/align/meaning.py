"""What an encoder adds: sentences as vectors that are near each other when they mean the same, in whatever language.

Its likeness is one more term of a bead's score, on top of the words'.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np

from amts_desk.steps.align.corpus import Singles2
from amts_desk.steps.align.program import LONGEST, Window

_WEIGHT = np.float32(7)
"""What a cosine of 1 more than a fair one is worth, beside log likelihood ratios of words."""
_BATCH = 64


class Encoder(Protocol):
    """A model of sentences, such as LaBSE."""

    def encode(self, texts: Sequence[str], language: str) -> Singles2:
        """Return a vector (row) for each text in the language of that Amazon code; all languages share one space."""


def vectors(encoder: Encoder, texts: Sequence[str], code: str, beat: Callable[[], None]) -> Singles2:
    """Return unit vectors of sentences without what all of them have in common.

    `beat` is called every few sentences, and may raise Cancelled.
    """
    batches = []
    for at in range(0, len(texts), _BATCH):
        beat()
        batches.append(encoder.encode(texts[at : at + _BATCH], code))
    found = np.concatenate(batches)
    return _unit(found - found.mean(axis=0))


def likeness(given: Singles2, made: Singles2, window: Window) -> Singles2:
    """Return what every `made` sentence of the window gains from each span of `given` ones (as `program.gains`).

    A span's vector is the sum of its sentences'. A fair cosine, which gains nothing, lies halfway between the mean of
    all and that of the nearest.
    """
    found = np.zeros((int(window.starts[-1]), LONGEST), np.float32)
    nearest = []
    for i, (first, last) in enumerate(zip(window.first, window.last, strict=True)):
        if first < last:
            spans = _unit(np.cumsum(given[i : i + LONGEST], axis=0))
            cosines = made[first:last] @ spans.T
            found[window.starts[i] : window.starts[i + 1], : len(spans)] = cosines
            nearest.append(cosines[:, 0].max())
    fair = (np.mean(nearest) + found[:, 0].mean()) / 2 if nearest else 0.0
    gained: Singles2 = (_WEIGHT * (found - fair)).astype(np.float32)
    return gained


def _unit(rows: Singles2) -> Singles2:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    units: Singles2 = (rows / np.maximum(lengths, 1e-9)).astype(np.float32)
    return units
