"""What BLEU is made of: ten whole numbers a segment that add up to those of an article, a filter or a book.

A score of any selection of segments is sacreBLEU's arithmetic over the sum, so nothing is tokenised twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from amts_desk.core.errors import DeskError
from amts_desk.steps.score.bleu import Bleu, bleu_from_counts, tokens

ORDERS = (1, 2, 3, 4)
_NONE = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Statistics:
    """Lengths in tokens, and for the n-gram orders 1 to 4 the clipped matches and the hypothesis' n-grams."""

    hypothesis_length: int = 0
    reference_length: int = 0
    correct: tuple[int, ...] = _NONE
    total: tuple[int, ...] = _NONE

    def bleu(self) -> Bleu:
        """Return the corpus BLEU of the segments summed up here."""
        return bleu_from_counts(self.correct, self.total, self._lengths, sentence=False)

    def sentence_bleu(self) -> Bleu:
        """Return the BLEU of one segment, for sorting: orders longer than the segment do not count."""
        return bleu_from_counts(self.correct, self.total, self._lengths, sentence=True)

    @property
    def _lengths(self) -> tuple[int, int]:
        return self.hypothesis_length, self.reference_length


def segment_statistics(hypotheses: Sequence[str], references: Sequence[str], tokenize: str) -> list[Statistics]:
    """Return the statistics of every segment. Raises DeskError when the lengths differ or the tokeniser is unknown."""
    if len(hypotheses) != len(references):
        raise DeskError(
            f"The hypothesis has {len(hypotheses)} segments but the reference has {len(references)}.",
            "Score texts whose segments stand one to one.",
        )
    return [
        _compared(tokens(hypothesis, tokenize), tokens(reference, tokenize))
        for hypothesis, reference in zip(hypotheses, references, strict=True)
    ]


def summed(segments: Iterable[Statistics]) -> Statistics:
    """Return the statistics of all the segments together; those of no text for no segment."""
    rows = [(s.hypothesis_length, s.reference_length, *s.correct, *s.total) for s in segments]
    if not rows:
        return Statistics()
    sums = [sum(column) for column in zip(*rows, strict=True)]
    return Statistics(sums[0], sums[1], tuple(sums[2:6]), tuple(sums[6:]))


def sentence_scores(segments: Iterable[Statistics]) -> list[float]:
    """Return the sentence BLEU (0 to 100) of each segment."""
    return [segment.sentence_bleu().score for segment in segments]


def ngrams(sentence: Sequence[str], order: int) -> list[tuple[str, ...]]:
    """Return the n-grams of `order` in the order in which they begin."""
    return list(zip(*(sentence[start:] for start in range(order)), strict=False))


def _compared(hypothesis: list[str], reference: list[str]) -> Statistics:
    correct, total = [], []
    for order in ORDERS:
        found = Counter(ngrams(hypothesis, order))
        wanted = Counter(ngrams(reference, order))
        correct.append((found & wanted).total())
        total.append(found.total())
    return Statistics(len(hypothesis), len(reference), tuple(correct), tuple(total))
