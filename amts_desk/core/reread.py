"""Reading a changed chapter again: beads whose sentences are unchanged stay, the rest is listed for review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from amts_desk.core.alignment import Bead, BeadState, Sentence
from amts_desk.core.document import Document
from amts_desk.core.splice import Splice, difference


@dataclass(frozen=True, slots=True)
class Reread:
    """The splice that brings the beads in line with the new files, and the rows (after it) that need a look."""

    splice: Splice[Bead]
    changed: tuple[int, ...]


def reread(beads: Sequence[Bead], source: Document, target: Document) -> Reread:
    """Return how `beads` change when their chapter now reads `source` and `target`.

    A bead is kept, with its state, when all its sentences stand unchanged and side by side in the new documents.
    Between kept beads the new sentences of both sides are gathered into one bead that needs review: nothing is
    guessed, and aligning that stretch again is the editor's choice.
    """
    new_source, new_target = _sentences(source), _sentences(target)
    source_map = _positions([s for bead in beads for s in bead.source], new_source)
    target_map = _positions([s for bead in beads for s in bead.target], new_target)
    result: list[Bead] = []
    changed: list[int] = []
    at = [0, 0]

    def fill(source_end: int, target_end: int) -> None:
        """Gather the new sentences up to the given ends into one bead to look at."""
        gap = new_source[at[0] : source_end], new_target[at[1] : target_end]
        if gap[0] or gap[1]:
            changed.append(len(result))
            result.append(Bead(*gap, state=BeadState.REVIEW, confidence=0.0, note="The file changed here."))

    done = [0, 0]
    for bead in beads:
        places = source_map[done[0] : done[0] + len(bead.source)], target_map[done[1] : done[1] + len(bead.target)]
        done[0] += len(bead.source)
        done[1] += len(bead.target)
        if not _stands(places[0], at[0]) or not _stands(places[1], at[1]):
            continue
        starts = [side[0] if side else at[i] for i, side in enumerate(places)]
        fill(*starts)
        at = [starts[0] + len(bead.source), starts[1] + len(bead.target)]
        kept = new_source[starts[0] : at[0]], new_target[starts[1] : at[1]]
        result.append(replace(bead, source=kept[0], target=kept[1]))
    fill(len(new_source), len(new_target))
    return Reread(difference(tuple(beads), tuple(result)), tuple(changed))


def _sentences(document: Document) -> tuple[Sentence, ...]:
    return tuple(Sentence(i, s.block, s.text) for i, s in enumerate(document.sentences))


def _positions(old: Sequence[Sentence], new: Sequence[Sentence]) -> list[int]:
    """Return for each old sentence where it stands now, -1 when it is gone."""
    positions = [-1] * len(old)
    matcher = SequenceMatcher(None, [s.text for s in old], [s.text for s in new], autojunk=False)
    for match in matcher.get_matching_blocks():
        for k in range(match.size):
            positions[match.a + k] = match.b + k
    return positions


def _stands(places: Sequence[int], earliest: int) -> bool:
    """Whether sentences stand side by side, none of them gone and none before `earliest`."""
    return not places or (places[0] >= earliest and list(places) == list(range(places[0], places[0] + len(places))))
