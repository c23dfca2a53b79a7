"""What a person can do to an alignment. Each function returns the Splice that does it; nothing is changed here.

Sentences keep their order, but where a swap says otherwise. A bead whose sentences change is nobody's confirmed bead
any more; its bookmark stays.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Literal

from amts_desk.core.alignment import Bead, BeadState, Sentence
from amts_desk.core.errors import SpliceError
from amts_desk.core.knots import Knot, knots
from amts_desk.core.splice import Splice

Side = Literal["source", "target"]
Sides = Literal["source", "target", "both"]
Place = tuple[int, int]
"""Where a side is cut: the number of a sentence in its bead, and a character of it (0: before the sentence)."""

# ---- the sentences of beads ----------------------------------------------------------------------------------------


def merge(beads: Sequence[Bead], first: int, last: int) -> Splice[Bead]:
    """Return the splice that joins the beads `first` to `last` (both included) into one.

    Raises SpliceError when there is only one.
    """
    old = tuple(beads[max(0, first) : last + 1])
    if len(old) < 2:
        where = "above" if first < 0 else "below"
        raise SpliceError(f"There is no bead {where} to merge with.", f"Select a bead that has one {where} it.")
    source = tuple(sentence for bead in old for sentence in bead.source)
    target = tuple(sentence for bead in old for sentence in bead.target)
    return Splice(max(0, first), old, (Bead(source, target, is_bookmarked=any(b.is_bookmarked for b in old)),))


def merge_rows(beads: Sequence[Bead], rows: Collection[int]) -> Splice[Bead]:
    """Return the splice that joins the beads in `rows`. Raises SpliceError when others stand between them."""
    return merge(beads, *block(rows))


def block(rows: Collection[int]) -> tuple[int, int]:
    """Return the first and the last of rows that stand side by side. Raises SpliceError when others are between."""
    first, last = min(rows), max(rows)
    if last - first + 1 != len(set(rows)):
        raise SpliceError("The selected beads do not stand side by side.", "Select beads without a gap between them.")
    return first, last


def split(beads: Sequence[Bead], at: int, source: int, target: int) -> Splice[Bead]:
    """Return the splice that cuts bead `at` before its `source`-th and `target`-th sentence.

    Raises SpliceError when one of the two parts would be empty on both sides.
    """
    return split_at(beads, at, (source, 0), (target, 0))


def split_at(beads: Sequence[Bead], at: int, source: Place, target: Place) -> Splice[Bead]:
    """Return the splice that cuts bead `at` between two sentences or inside one, on each side.

    The parts of a sentence that is cut remember it as it was imported. Blanks at the cut go. Raises SpliceError when
    one of the two beads would be empty on both sides.
    """
    bead = beads[at]
    above, below = zip(_cut(bead.source, source), _cut(bead.target, target), strict=True)
    if not any(above) or not any(below):
        raise SpliceError("This bead cannot be split there.", "A bead needs at least two sentences to be split.")
    return Splice(at, (bead,), (Bead(*above, is_bookmarked=bead.is_bookmarked), Bead(*below)))


def middle(bead: Bead) -> tuple[int, int]:
    """Return where (source, target) to cut a bead when nobody said where: after the first sentence of each side."""
    if len(bead.source) == 1 and len(bead.target) == 1:
        return 1, 0
    return min(1, len(bead.source)), min(1, len(bead.target))


def move(beads: Sequence[Bead], row: int, side: Sides, *, down: bool) -> Splice[Bead]:
    """Return the splice that moves a sentence of one side, or one of each, over the border of a bead.

    Down: the last sentence of `row` becomes the first of the bead below; up: the first becomes the last of the
    bead above. Beads that become empty vanish. Raises SpliceError when there is no sentence to move or no bead to
    move it to.
    """
    upper, lower = (row, row + 1) if down else (row - 1, row)
    sides = [name for name in _named(side) if _side(beads[row], name)]
    if upper < 0 or lower >= len(beads) or not sides:
        raise SpliceError("There is no sentence to move in that direction.", "Choose another bead or side.")
    above, below = beads[upper], beads[lower]
    for name in sides:
        up, low = _side(above, name), _side(below, name)
        up, low = (up[:-1], (up[-1], *low)) if down else ((*up, low[0]), low[1:])
        above, below = _rebuilt(above, name, up), _rebuilt(below, name, low)
    return Splice(upper, (beads[upper], beads[lower]), _not_empty(above, below))


def shift(beads: Sequence[Bead], first: int, last: int, side: Side, *, down: bool) -> Splice[Bead]:
    """Return the splice that moves one side of the beads `first` to `last` by a bead, up or down, as a block.

    What it meets there, it joins; at the ends of the chapter it gets a bead of its own. Beads that become empty
    vanish. Raises SpliceError when there is nothing to move.
    """
    block = [_side(bead, side) for bead in beads[first : last + 1]]
    start, end = (first, last + 2) if down else (first - 1, last + 1)
    old = tuple(beads[max(0, start) : end])
    rows = [*old, Bead()] if end > len(beads) else [Bead(), *old] if start < 0 else list(old)
    joined = [(), *block] if down else [*block, ()]
    if down:
        joined[-1] = (*joined[-1], *_side(rows[-1], side))
    else:
        joined[0] = (*_side(rows[0], side), *joined[0])
    new = _not_empty(*(_rebuilt(bead, side, cell) for bead, cell in zip(rows, joined, strict=True)))
    if not any(block) or [(b.source, b.target) for b in new] == [(b.source, b.target) for b in old]:
        raise SpliceError("There is no sentence to move in that direction.", "Choose another bead or side.")
    return Splice(max(0, start), old, new)


def swap(beads: Sequence[Bead], row: int, side: Side) -> Splice[Bead]:
    """Return the splice that gives a bead one side of the bead below, and the other way round.

    This is the one edit that changes the order of sentences. Raises SpliceError when there is no bead below or no
    sentence in either.
    """
    if row + 1 >= len(beads):
        raise SpliceError("There is no bead below to swap with.", "Select a bead that has one below it.")
    upper, lower = beads[row], beads[row + 1]
    if _side(upper, side) == _side(lower, side):
        raise SpliceError("There is nothing to swap.", "Choose another bead or side.")
    new = _rebuilt(upper, side, _side(lower, side)), _rebuilt(lower, side, _side(upper, side))
    return Splice(row, (upper, lower), _not_empty(*new))


def tie(beads: Sequence[Bead], source_row: int, target_row: int) -> Splice[Bead]:
    """Return the splice that makes the source of one bead and the target of another a pinned bead.

    What lies between the two stands above and below it, each side in beads of its own, for the alignment around the
    pin to pair. Raises SpliceError when either side is empty, or what is pinned or confirmed stands between.
    """
    first, last = sorted((source_row, target_row))
    old = tuple(beads[first : last + 1])
    source, target = beads[source_row].source, beads[target_row].target
    if not source or not target:
        raise SpliceError("There is no sentence in one of the two cells.", "Choose a source and a target with text.")
    if first == last:
        return pin(beads, [first])
    if any(bead.is_pinned for bead in old):
        raise SpliceError("A pinned or confirmed bead stands between.", "Unpin it first, or choose other cells.")
    sources = tuple(Bead(bead.source, ()) for bead in old if bead.source)
    targets = tuple(Bead((), bead.target) for bead in old if bead.target)
    above, below = (targets[:-1], sources[1:]) if source_row < target_row else (sources[:-1], targets[1:])
    return Splice(first, old, (*above, Bead(source, target, has_pin=True), *below))


def insert_empty(row: int) -> Splice[Bead]:
    """Return the splice that puts an empty bead above `row`, for sentences to be moved into."""
    return Splice(row, (), (Bead(),))


def retype(beads: Sequence[Bead], row: int, source: Sequence[str], target: Sequence[str]) -> Splice[Bead]:
    """Return the splice that gives the sentences of a bead other texts; what was imported is kept with them.

    Raises SpliceError when there are not as many texts as sentences, one of them is blank, or nothing is new.
    """
    bead = beads[row]
    if len(source) != len(bead.source) or len(target) != len(bead.target):
        raise SpliceError("Every sentence keeps a line of its own.", "Split or merge beads to change where they end.")
    if not all(text.strip() for text in (*source, *target)):
        raise SpliceError("A sentence cannot become blank.", "Drop the bead if it is not wanted.")
    new = _retyped(bead.source, source), _retyped(bead.target, target)
    if new == (bead.source, bead.target):
        raise SpliceError("Nothing was changed.")
    state = BeadState.AUTOMATIC if bead.is_confirmed else bead.state
    return Splice(row, (bead,), (replace(bead, source=new[0], target=new[1], state=state),))


def retype_all(beads: Sequence[Bead], changes: Sequence[tuple[int, Sequence[str], Sequence[str]]]) -> Splice[Bead]:
    """Return the splice that retypes several beads at once: (row, source texts, target texts) of each, as `retype`."""
    _require_rows([row for row, _, _ in changes])
    typed = {row: retype(beads, row, source, target).new[0] for row, source, target in changes}
    first, last = min(typed), max(typed)
    new = tuple(typed.get(row, beads[row]) for row in range(first, last + 1))
    return Splice(first, tuple(beads[first : last + 1]), new)


def as_imported(beads: Sequence[Bead], rows: Collection[int]) -> Splice[Bead]:
    """Return the splice that gives the beads in `rows` their texts back, as they were imported.

    A sentence that was cut becomes whole in the first bead that has a part of it, and what was swapped stands in its
    order again. Raises SpliceError when they are as imported already.
    """
    chosen = set(rows)
    hit = [knot for knot in knots(beads) if not chosen.isdisjoint(range(knot.start, knot.start + len(knot.beads)))]
    _require_rows([knot.start for knot in hit])
    start, end = hit[0].start, hit[-1].start + len(hit[-1].beads)
    touched = {row for knot in hit for row in range(knot.start, knot.start + len(knot.beads))}
    restored = {knot.start: _restored(knot) for knot in hit}
    new: list[Bead] = []
    for row in range(start, end):
        new += restored.get(row, ()) if row in touched else (beads[row],)
    if tuple(new) == tuple(beads[start:end]):
        raise SpliceError("These beads are as they were imported.")
    return Splice(start, tuple(beads[start:end]), tuple(new))


# ---- what a person says about beads --------------------------------------------------------------------------------


def confirm(beads: Sequence[Bead], rows: Collection[int], *, confirmed: bool = True) -> Splice[Bead]:
    """Return the splice that confirms the beads in `rows`, or takes the confirmation back.

    Dropped beads are not confirmed, and taking back leaves what needs review. Raises SpliceError when every one of
    them is so already, or none is given.
    """
    state = BeadState.CONFIRMED if confirmed else BeadState.AUTOMATIC

    def change(bead: Bead) -> Bead:
        stays = bead.is_dropped or bead.is_confirmed is confirmed
        return bead if stays else replace(bead, state=state, note="")

    refusal = "These beads are already confirmed, or dropped." if confirmed else "These beads are not confirmed."
    return _changed(beads, rows, change, refusal)


def confirm_all(beads: Sequence[Bead], rows: Collection[int]) -> Splice[Bead]:
    """Return the splice that confirms the beads in `rows` but those that need review or are dropped.

    Raises SpliceError when there is none left to confirm.
    """
    left = [row for row in rows if beads[row].state is BeadState.AUTOMATIC]
    if not left:
        raise SpliceError("Everything above is already confirmed, dropped, or needs review.")
    return confirm(beads, left)


def confirm_all_above(beads: Sequence[Bead], row: int) -> Splice[Bead]:
    """Return the splice that confirms every bead from the first to `row`, as `confirm_all`."""
    return confirm_all(beads, range(row + 1))


def sure_rows(beads: Sequence[Bead], confidence: float) -> list[int]:
    """Return the rows that nobody has said anything about and whose confidence is at least so high.

    What an edit has left with an empty side is not among them: its confidence is nobody's judgement.
    """
    return [
        i
        for i, bead in enumerate(beads)
        if bead.state is BeadState.AUTOMATIC and bead.confidence >= confidence and not _is_left_over(bead)
    ]


def drop(beads: Sequence[Bead], rows: Collection[int], *, dropped: bool = True) -> Splice[Bead]:
    """Return the splice that drops beads, so that they go into no parallel data, or restores them.

    One whose note says why it needs review needs it again when it is restored.

    Raises SpliceError when every one of them is so already, or none is given.
    """

    def change(bead: Bead) -> Bead:
        before = BeadState.REVIEW if bead.note else BeadState.AUTOMATIC
        state = BeadState.DROPPED if dropped else before
        return replace(bead, state=state) if bead.is_dropped is not dropped else bead

    return _changed(beads, rows, change, f"These beads are {'already' if dropped else 'not'} dropped.")


def pin(beads: Sequence[Bead], rows: Collection[int], *, pinned: bool = True) -> Splice[Bead]:
    """Return the splice that pins beads, so that they stay when the chapter is aligned again, or unpins them.

    Raises SpliceError when every one of them is so already, or none is given.
    """
    refusal = f"These beads have {'a pin already' if pinned else 'no pin'}."
    return _changed(beads, rows, lambda bead: replace(bead, has_pin=pinned), refusal)


def bookmark(beads: Sequence[Bead], rows: Collection[int], *, marked: bool = True) -> Splice[Bead]:
    """Return the splice that bookmarks beads, or takes the bookmarks away.

    Raises SpliceError when every one of them is so already, or none is given.
    """
    refusal = f"These beads have {'a bookmark already' if marked else 'no bookmark'}."
    return _changed(beads, rows, lambda bead: replace(bead, is_bookmarked=marked), refusal)


def need_review(beads: Sequence[Bead], rows: Collection[int], note: str = "") -> Splice[Bead]:
    """Return the splice that says of beads that they need review, and why.

    Raises SpliceError when every one of them says so already, or none is given.
    """

    def change(bead: Bead) -> Bead:
        return replace(bead, state=BeadState.REVIEW, note=note)

    return _changed(beads, rows, change, "These beads need review already.")


# ---- inside --------------------------------------------------------------------------------------------------------


def _changed(
    beads: Sequence[Bead], rows: Collection[int], change: Callable[[Bead], Bead], refusal: str
) -> Splice[Bead]:
    _require_rows(rows)
    first, last, chosen = min(rows), max(rows), set(rows)
    old = tuple(beads[first : last + 1])
    new = tuple(change(bead) if first + i in chosen else bead for i, bead in enumerate(old))
    if old == new:
        raise SpliceError(refusal)
    return Splice(first, old, new)


def _require_rows(rows: Collection[int]) -> None:
    if not rows:
        raise SpliceError("No bead is selected.", "Select the beads first.")


def _named(side: Sides) -> tuple[Side, ...]:
    return ("source", "target") if side == "both" else (side,)


def _side(bead: Bead, side: Side) -> tuple[Sentence, ...]:
    return bead.source if side == "source" else bead.target


def _rebuilt(bead: Bead, side: Side, sentences: tuple[Sentence, ...]) -> Bead:
    """Return a bead with another side; the same bead when that is no other."""
    if _side(bead, side) == sentences:
        return bead
    sides = (sentences, bead.target) if side == "source" else (bead.source, sentences)
    return Bead(*sides, is_bookmarked=bead.is_bookmarked)


def _not_empty(*beads: Bead) -> tuple[Bead, ...]:
    return tuple(bead for bead in beads if _is_filled(bead))


def _is_left_over(bead: Bead) -> bool:
    """Whether an edit has made a bead of one side or of none; the aligner is never wholly sure of one."""
    return bead.confidence == 1 and not (bead.source and bead.target)


def _is_filled(bead: Bead) -> bool:
    return bool(bead.source or bead.target)


def _cut(sentences: tuple[Sentence, ...], place: Place) -> tuple[tuple[Sentence, ...], tuple[Sentence, ...]]:
    number, character = place
    if number < len(sentences) and character > 0:
        cut = sentences[number]
        before, after = cut.text[:character].rstrip(), cut.text[character:].lstrip()
        if before and after:
            upper = *sentences[:number], cut.retyped(before)
            return upper, (cut.retyped(after), *sentences[number + 1 :])
        number += not after
    return sentences[:number], sentences[number:]


def _retyped(sentences: Sequence[Sentence], texts: Sequence[str]) -> tuple[Sentence, ...]:
    pairs = zip(sentences, (text.strip() for text in texts), strict=True)
    return tuple(s if s.text == text else s.retyped(text) for s, text in pairs)


def _restored(knot: Knot) -> tuple[Bead, ...]:
    """Return the beads of a knot with what was imported, in its order: each takes as many sentences as it began."""
    sources, targets = iter(knot.source), iter(knot.target)
    seen: tuple[set[int], set[int]] = (set(), set())
    new = []
    for bead in knot.beads:
        source = tuple(next(sources) for _ in range(_begun(bead.source, seen[0])))
        target = tuple(next(targets) for _ in range(_begun(bead.target, seen[1])))
        is_same = source == bead.source and target == bead.target
        new.append(bead if is_same else _as_before(bead, source, target))
    return tuple(
        b for old, b in zip(knot.beads, new, strict=True) if b.source or b.target or not (old.source or old.target)
    )


def _begun(sentences: Sequence[Sentence], seen: set[int]) -> int:
    """Return how many of the sentences no bead before has a part of, and add them to those `seen`."""
    new = {sentence.index for sentence in sentences} - seen
    seen |= new
    return len(new)


def _as_before(bead: Bead, source: tuple[Sentence, ...], target: tuple[Sentence, ...]) -> Bead:
    state = BeadState.AUTOMATIC if bead.is_confirmed else bead.state
    return replace(bead, source=source, target=target, state=state)
