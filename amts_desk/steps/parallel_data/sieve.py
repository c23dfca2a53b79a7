"""The sieve: each pair is judged as it comes by, and those that depend on all others when all have been seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from amts_desk.core.pairs import Fate, Pair, PairFormat, Record
from amts_desk.steps.parallel_data.filters import Filters, Lengths, objections, with_markup
from amts_desk.steps.parallel_data.leaks import Guard, Leak
from amts_desk.steps.parallel_data.rules import Repeats, cleaned, hindrances, repetition

_BATCH = 1000


@dataclass(slots=True)
class Sieve:
    """Judges pairs in one direction against a person's filters, held-out texts and Amazon's rules.

    Feed all pairs through `records`; then `odd_lengths` tells who else stays behind, and after it `repeated`. What it
    remembers is at most 28 bytes a pair.
    """

    languages: tuple[str, str]
    filters: Filters
    kind: PairFormat
    guard: Guard = field(default_factory=lambda: Guard(()))
    bounds: tuple[float, float] | None = None
    """The usual length ratio, once all pairs were seen; None when nobody asked for it or too few pairs can tell."""
    _lengths: Lengths = field(default_factory=Lengths)
    _repeats: Repeats = field(init=False)
    _odd: set[int] = field(default_factory=set)
    _count: int = 0

    def __post_init__(self) -> None:
        self._repeats = Repeats(self.kind)

    def records(self, candidates: Iterable[tuple[Pair, str]]) -> Iterator[Record]:
        """Yield a record for each pair, cleaned; a pair that comes with a reason is left out for that."""
        ready = ((cleaned(with_markup(pair, self.filters.markup)), reason) for pair, reason in candidates)
        while batch := list(islice(ready, _BATCH)):
            leaks = self.guard.leaks(pair for pair, _ in batch)
            for (pair, reason), leak in zip(batch, leaks, strict=True):
                yield self._judged(pair, reason, leak)
                self._count += 1

    def odd_lengths(self) -> list[tuple[int, str]]:
        """Return (number, reason) of who is left out for an unusual length, and set `bounds`."""
        self.bounds = self.filters.length_ratio or (self._lengths.usual() if self.filters.usual_length else None)
        odd = self._lengths.outside(self.bounds) if self.bounds else []
        self._odd = {number for number, _ in odd}
        return odd

    def repeated(self) -> list[tuple[int, int]]:
        """Return (number of a record that Amazon would not take, number of the one with its source that it takes)."""
        return self._repeats.losers(self._odd)

    def _judged(self, pair: Pair, reason: str, leak: Leak | None) -> Record:
        reason = reason or ("" if leak else next(objections(pair, self.languages, self.filters), ""))
        if reason:
            return Record(self._count, pair, Fate.LEFT_OUT, reason)
        if leak:
            return Record(self._count, pair, Fate.HELD_OUT, leak.reason)
        hindrance = hindrances(pair, self.kind)
        if hindrance:
            return Record(self._count, pair, Fate.REFUSED, hindrance)
        if self.filters.usual_length or self.filters.length_ratio:
            self._lengths.add(self._count, pair)
        self._repeats.add(self._count, pair)
        return Record(self._count, pair)


def preflight(pairs: Sequence[Pair], kind: PairFormat) -> list[Record]:
    """Return what Amazon Translate would do with each of a few pairs in a file of this kind, without any filter."""
    sieve = Sieve(("", ""), Filters(), kind)
    records = list(sieve.records((pair, "") for pair in pairs))
    for loser, winner in sieve.repeated():
        reason = repetition(records[loser].pair, records[winner].pair)
        records[loser] = Record(loser, records[loser].pair, Fate.REPEATED, reason, winner)
    return records
