"""Reading a changed chapter again: beads whose sentences are unchanged stay, the rest is listed for review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from amts_desk.core.alignment import Bead, BeadState, Sentence
from amts_desk.core.document import Document
from amts_desk.core.knots import Knot, knots
from amts_desk.core.splice import Splice, difference


@dataclass(frozen=True, slots=True)
class Reread:
    """The splice that brings the beads in line with the new files, and the rows (after it) that need a look."""

    splice: Splice[Bead]
    changed: tuple[int, ...]


def reread(beads: Sequence[Bead], source: Document, target: Document) -> Reread:
    """Return how `beads` change when their chapter now reads `source` and `target`.

    A bead is kept, with its state, when all its sentences stand unchanged and side by side in the new documents; what a
    person has retyped, cut or swapped is kept so, too, for it is the imported sentences that are compared.
    Between kept beads the new sentences of both sides are gathered into one bead that needs review: nothing is
    guessed, and aligning that stretch again is the editor's choice. A chapter that was never aligned stays so.
    """
    if not beads:
        return Reread(Splice(0, (), ()), ())
    tied = knots(beads)
    left = _Side([s for knot in tied for s in knot.source], _sentences(source))
    right = _Side([s for knot in tied for s in knot.target], _sentences(target))
    result: list[Bead] = []
    changed: list[int] = []

    def fill(source_end: int, target_end: int) -> None:
        """Gather the new sentences up to the given ends into one bead to look at."""
        gap = left.take(source_end), right.take(target_end)
        if gap[0] or gap[1]:
            changed.append(len(result))
            result.append(Bead(*gap, state=BeadState.REVIEW, confidence=0.0, note="The text changed here."))

    for knot in tied:
        counts = len(knot.source), len(knot.target)
        if left.stands(counts[0]) and right.stands(counts[1]):
            fill(left.place(counts[0]), right.place(counts[1]))
            result += _kept(knot, left.keep(counts[0]), right.keep(counts[1]))
        else:
            left.drop(counts[0])
            right.drop(counts[1])
    fill(len(left.new), len(right.new))
    return Reread(difference(tuple(beads), tuple(result)), tuple(changed))


def _kept(knot: Knot, source: tuple[Sentence, ...], target: tuple[Sentence, ...]) -> list[Bead]:
    """Return the beads of a knot over its sentences as they stand now."""
    sources = {old.index: new for old, new in zip(knot.source, source, strict=True)}
    targets = {old.index: new for old, new in zip(knot.target, target, strict=True)}
    return [replace(b, source=_placed(b.source, sources), target=_placed(b.target, targets)) for b in knot.beads]


def _placed(sentences: Sequence[Sentence], places: dict[int, Sentence]) -> tuple[Sentence, ...]:
    found = [(s, places[s.index]) for s in sentences]
    return tuple(now if s.origin is None else replace(s, index=now.index, block=now.block) for s, now in found)


class _Side:
    """One side of the chapter while the old beads are gone through: how far its old and its new sentences are."""

    def __init__(self, old: Sequence[Sentence], new: tuple[Sentence, ...]) -> None:
        self.new = new
        self._places = _places(old, new)
        self._old_at = self._new_at = 0
        self._has_dropped = False

    def stands(self, count: int) -> bool:
        """Whether the next `count` old sentences stand side by side in the new document."""
        places = self._places[self._old_at : self._old_at + count]
        return not places or (places[0] >= 0 and places == list(range(places[0], places[0] + count)))

    def place(self, count: int) -> int:
        """Return where the next `count` old sentences begin in the new document.

        No sentence at all stands behind what the beads dropped before it have become.
        """
        if not count and not self._has_dropped:
            return self._new_at
        return next((place for place in self._places[self._old_at :] if place >= 0), len(self.new))

    def take(self, end: int) -> tuple[Sentence, ...]:
        """Go on to `end` in the new document and return its sentences up to there."""
        taken = self.new[self._new_at : end]
        self._new_at = end
        return taken

    def keep(self, count: int) -> tuple[Sentence, ...]:
        """Go past the next `count` old sentences and return them as they stand now."""
        self._old_at += count
        self._has_dropped = False
        return self.take(self._new_at + count)

    def drop(self, count: int) -> None:
        """Go past the next `count` old sentences, whose bead does not stand any more."""
        self._old_at += count
        self._has_dropped |= count > 0


def _sentences(document: Document) -> tuple[Sentence, ...]:
    return tuple(Sentence(i, s.block, s.text) for i, s in enumerate(document.sentences))


def _places(old: Sequence[Sentence], new: Sequence[Sentence]) -> list[int]:
    """Return for each old sentence where it stands now, -1 when it is gone; those that stand are in order."""
    places = [-1] * len(old)
    matcher = SequenceMatcher(None, [s.text for s in old], [s.text for s in new], autojunk=False)
    for match in matcher.get_matching_blocks():
        places[match.a : match.a + match.size] = range(match.b, match.b + match.size)
    return places
