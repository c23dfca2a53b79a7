"""Rows that come back from a review, held against the beads: changes as one Splice, conflicts told, nothing guessed.

Three states are compared: what was sent out (its digest is in the seal of the row), what came back, and the bead as it
stands now. A row that was not changed in the file never changes the project, whatever happened there meanwhile.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from amts_desk.core.alignment import Bead, BeadState, Sentence
from amts_desk.core.exchange import (
    Content,
    Origin,
    Row,
    content_of,
    digest_of,
    keys,
    named_sentences,
    opened,
)
from amts_desk.core.splice import Splice


class ConflictKind(StrEnum):
    """Why a row was not brought in."""

    CHANGED = "changed here, too"
    DELETED = "row missing"
    DUPLICATED = "row twice"
    UNKNOWN = "unknown row"
    MOVED = "order changed"
    DAMAGED = "seal damaged"
    SENTENCES = "other sentences"
    STATE = "unknown state"
    UNREADABLE = "cannot be read"
    READ_ONLY = "read only"


@dataclass(frozen=True, slots=True)
class Change:
    """A bead that a reviewer has changed. `row` is its row in the chapter, from 0."""

    row: int
    before: Bead
    after: Bead


@dataclass(frozen=True, slots=True)
class Conflict:
    """What was not brought in, in one sentence. `row` is the bead it is about, -1 when there is none.

    `place` is where it stands in the file, `theirs` what it says there.
    """

    kind: ConflictKind
    message: str
    row: int = -1
    place: str = ""
    theirs: Content | None = None

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came back for one chapter: changes, conflicts, and the splice that brings all changes in, if any."""

    origin: Origin
    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]
    splice: Splice[Bead] | None


def compare(beads: Sequence[Bead], rows: Sequence[Row], origin: Origin) -> Outcome:
    """Hold the rows that came back for a chapter against its beads as they stand."""
    desk = _Desk(beads, rows, origin)
    found = desk.judged()
    changes = sorted((each for each in found if isinstance(each, Change)), key=lambda change: change.row)
    conflicts = [each for each in found if isinstance(each, Conflict)]
    conflicts += [*desk.missing(), *desk.moved()]
    return Outcome(origin, tuple(changes), tuple(conflicts), _joined(beads, changes))


class _Desk:
    """Judges the rows of one chapter."""

    def __init__(self, beads: Sequence[Bead], rows: Sequence[Row], origin: Origin) -> None:
        self._beads, self._rows, self._origin = beads, rows, origin
        self._place = {key: number for number, key in enumerate(keys(beads, origin))}
        self._counts = Counter(row.key for row in rows if row.key)
        self._told: set[str] = set()
        self._digests = [digest_of(row.content) for row in rows]
        self._seals = [opened(row, origin) for row in rows]
        pairs = zip(self._digests, self._seals, strict=True)
        self._astray = {seal[0] for digest, seal in pairs if seal is not None and digest != seal[0]}
        """What was sent out in rows that hold something else now."""

    def judged(self) -> list[Change | Conflict]:
        """Return what the rows mean, those left out that say nothing new."""
        rows = zip(self._rows, self._digests, self._seals, strict=True)
        return [found for each in rows if (found := self._judge(*each)) is not None]

    def _judge(self, row: Row, digest: str, seal: tuple[str, bool] | None) -> Change | Conflict | None:
        number = self._place.get(row.key, -1)
        if self._counts[row.key] > 1:
            return self._duplicated(row, number)
        if seal is None:
            return _damaged(row, number)
        if row.trouble:
            return Conflict(ConflictKind.UNREADABLE, row.trouble, number, row.place, row.content)
        before, is_whole = seal
        if digest == before:
            return None
        if digest in self._astray:
            message = "This row holds what was sent out in another one; sort and move rows as a whole."
            return Conflict(ConflictKind.MOVED, message, number, row.place, row.content)
        if not is_whole:
            message = "The text is too long for a cell, so this row was there to be read only; edit it in Align."
            return Conflict(ConflictKind.READ_ONLY, message, number, row.place, row.content)
        return self._compared(row, number, before, digest)

    def _compared(self, row: Row, number: int, before: str, digest: str) -> Change | Conflict | None:
        """Return what a row means that was changed, by its digest before and now, as its bead stands."""
        if number < 0:
            message = "The bead was merged, split or removed in the project since the file was made."
            return Conflict(ConflictKind.CHANGED, message, -1, row.place, row.content)
        now = digest_of(content_of(self._beads[number]))
        if now == before:
            return _edited(self._beads[number], row, number)
        if now == digest:
            return None
        message = "The bead was changed in the project as well since the file was made."
        return Conflict(ConflictKind.CHANGED, message, number, row.place, row.content)

    def _duplicated(self, row: Row, number: int) -> Conflict | None:
        if row.key in self._told:
            return None
        self._told.add(row.key)
        message = f"This row is there {self._counts[row.key]} times; none of them was used."
        return Conflict(ConflictKind.DUPLICATED, message, number, row.place, row.content)

    def missing(self) -> Iterable[Conflict]:
        """Yield a conflict for each stretch of beads of which the file holds no sentence any more."""
        there = {sentence for key in self._counts for sentence in named_sentences(key)}
        gone = [
            number
            for key, number in self._place.items()
            if key not in self._counts and named_sentences(key) and there.isdisjoint(named_sentences(key))
        ]
        for first, last in _stretches(gone):
            what = f"Bead {first + 1} is" if first == last else f"Beads {first + 1} to {last + 1} are"
            yield Conflict(ConflictKind.DELETED, f"{what} missing in the file; nothing was removed here.", first)

    def moved(self) -> Iterable[Conflict]:
        """Yield a conflict when rows stand in another order than the beads."""
        order = [self._place[row.key] for row in self._rows if row.key in self._place and self._counts[row.key] == 1]
        away = _out_of_order(order)
        if away:
            message = f"Rows that stand in another order in the file: {len(away)}. The order of the beads stays."
            yield Conflict(ConflictKind.MOVED, message, min(away))


def _damaged(row: Row, number: int) -> Conflict:
    if number < 0:
        message = "This row is not one of those that were sent out; rows cannot be added in the file."
        return Conflict(ConflictKind.UNKNOWN, message, -1, row.place, row.content)
    message = "The id or the hash of this row was damaged, so nobody can tell what was changed in it."
    return Conflict(ConflictKind.DAMAGED, message, number, row.place, row.content)


def _edited(bead: Bead, row: Row, number: int) -> Change | Conflict:
    """Return the bead with what the row says: each text for its sentence, the state, the note."""
    before, after = content_of(bead).tidy(), row.content.tidy()
    for side, old, new in (("source", bead.source, after.source), ("target", bead.target, after.target)):
        if len(old) != len(new):
            message = (
                f"The {side} has {len(old)} sentences here and {len(new)} in the file. "
                "Split or merge beads in Align to change where they end."
            )
            return Conflict(ConflictKind.SENTENCES, message, number, row.place, row.content)
    if after.state not in list(BeadState):
        known = ", ".join(BeadState)
        message = f"“{row.content.state}” is no state. There are: {known}."
        return Conflict(ConflictKind.STATE, message, number, row.place, row.content)
    state, source, target = (
        BeadState(after.state),
        _retyped(bead.source, after.source),
        _retyped(bead.target, after.target),
    )
    if (source, target) != (bead.source, bead.target) and state is bead.state is BeadState.CONFIRMED:
        state = BeadState.AUTOMATIC  # as wherever texts are edited: what was confirmed is another text now
    note = row.content.note.strip() if after.note != before.note else bead.note
    return Change(number, bead, replace(bead, source=source, target=target, state=state, note=note))


def _retyped(sentences: Sequence[Sentence], texts: Sequence[str]) -> tuple[Sentence, ...]:
    pairs = zip(sentences, texts, strict=True)
    return tuple(sentence if sentence.text.strip() == text else sentence.retyped(text) for sentence, text in pairs)


def _joined(beads: Sequence[Bead], changes: Sequence[Change]) -> Splice[Bead] | None:
    """Return one splice that makes all changes."""
    if not changes:
        return None
    after = {change.row: change.after for change in changes}
    first, last = changes[0].row, changes[-1].row
    new = tuple(after.get(row, beads[row]) for row in range(first, last + 1))
    return Splice(first, tuple(beads[first : last + 1]), new)


def _stretches(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and last of each run of numbers that follow one another; they come in order."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = found[-1][0], number
        else:
            found.append((number, number))
    return found


def _out_of_order(order: Sequence[int]) -> list[int]:
    """Return the numbers outside a longest run of rising ones: the fewest whose moving explains the order."""
    ends: list[int] = []
    lengths = []
    for number in order:
        at = bisect_left(ends, number)
        ends[at : at + 1] = [number]
        lengths.append(at + 1)
    wanted, away = len(ends), []
    for number, length in zip(reversed(order), reversed(lengths), strict=True):
        if length == wanted:
            wanted -= 1
        else:
            away.append(number)
    return away
