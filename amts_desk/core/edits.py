"""What a person can do to an alignment. Each function returns the Splice that does it; nothing is changed here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from amts_desk.core.alignment import Bead, BeadState, Sentence
from amts_desk.core.errors import SpliceError
from amts_desk.core.splice import Splice


def merge(beads: Sequence[Bead], first: int, last: int) -> Splice[Bead]:
    """Return the splice that joins the beads `first` to `last` (both included) into one.

    Raises SpliceError when there is only one.
    """
    old = tuple(beads[first : last + 1])
    if len(old) < 2:
        raise SpliceError("There is no bead below to merge with.", "Select a bead that has one below it.")
    source = tuple(sentence for bead in old for sentence in bead.source)
    target = tuple(sentence for bead in old for sentence in bead.target)
    return Splice(first, old, (Bead(source, target),))


def split(beads: Sequence[Bead], at: int, source: int, target: int) -> Splice[Bead]:
    """Return the splice that cuts bead `at` before its `source`-th and `target`-th sentence.

    Raises SpliceError when one of the two parts would be empty on both sides.
    """
    bead = beads[at]
    first = Bead(bead.source[:source], bead.target[:target])
    second = Bead(bead.source[source:], bead.target[target:])
    if not (first.source or first.target) or not (second.source or second.target):
        raise SpliceError("This bead cannot be split there.", "A bead needs at least two sentences to be split.")
    return Splice(at, (bead,), (first, second))


def middle(bead: Bead) -> tuple[int, int]:
    """Return where (source, target) to cut a bead when nobody said where: after the first sentence of each side."""
    if len(bead.source) == 1 and len(bead.target) == 1:
        return 1, 0
    return min(1, len(bead.source)), min(1, len(bead.target))


def confirm(beads: Sequence[Bead], rows: Sequence[int], *, confirmed: bool = True) -> Splice[Bead]:
    """Return the splice that confirms the beads in `rows`, or takes the confirmation back.

    What needs review is not confirmed, so taking back leaves it so. Raises SpliceError when every one of them is so
    already, or none is given.
    """
    if not rows:
        raise SpliceError("No bead is selected.", "Select the beads first.")
    state = BeadState.CONFIRMED if confirmed else BeadState.AUTOMATIC
    first, last = min(rows), max(rows)
    chosen = set(rows)
    old = tuple(beads[first : last + 1])
    new = tuple(
        replace(bead, state=state, note="") if first + i in chosen and bead.is_confirmed is not confirmed else bead
        for i, bead in enumerate(old)
    )
    if old == new:
        raise SpliceError("These beads are already confirmed." if confirmed else "These beads are not confirmed.")
    return Splice(first, old, new)


def confirm_all_above(beads: Sequence[Bead], row: int) -> Splice[Bead]:
    """Return the splice that confirms every bead from the first to `row`."""
    return confirm(beads, range(row + 1))


def move(beads: Sequence[Bead], row: int, side: str, *, down: bool) -> Splice[Bead]:
    """Return the splice that moves a sentence of one side over the border of a bead.

    Down: the last sentence of `row` becomes the first of the bead below; up: the first becomes the last of the
    bead above. `side` is "source" or "target". Beads that become empty vanish. Raises SpliceError when there is
    no sentence to move or no bead to move it to.
    """
    upper, lower = (row, row + 1) if down else (row - 1, row)
    if upper < 0 or lower >= len(beads) or not _side(beads[row], side):
        raise SpliceError("There is no sentence to move in that direction.", "Choose another bead or side.")
    above, below = _side(beads[upper], side), _side(beads[lower], side)
    above, below = (above[:-1], (above[-1], *below)) if down else ((*above, below[0]), below[1:])
    new = _rebuilt(beads[upper], side, above), _rebuilt(beads[lower], side, below)
    return Splice(upper, (beads[upper], beads[lower]), tuple(bead for bead in new if bead.source or bead.target))


def _side(bead: Bead, side: str) -> tuple[Sentence, ...]:
    return bead.source if side == "source" else bead.target


def _rebuilt(bead: Bead, side: str, sentences: tuple[Sentence, ...]) -> Bead:
    return Bead(sentences, bead.target) if side == "source" else Bead(bead.source, sentences)
