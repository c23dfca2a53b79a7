"""A person at the keyboard who knows the right beads: mends the chapter in the window by keys alone.

Every key goes to the window as a key press, and each is counted. What the person does follows from what stands in the
table; nothing reaches into the program but the reading of its rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from amts_desk.core import edits
from amts_desk.core.alignment import Bead, Sentence
from amts_desk.core.errors import SpliceError
from amts_desk.ui.widgets.bead_editor import SentenceField
from tests.whole.walk import Walk

Size = tuple[int, int]
"""How many sentences a bead has on either side. While order is kept, the sizes of all beads above tell which."""
_SIDES: tuple[edits.Side, ...] = ("source", "target")
_LONGEST_BLOCK = 8


def size(bead: Bead) -> Size:
    """Return how many sentences a bead has on either side."""
    return len(bead.source), len(bead.target)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows of the table from `start` to before `end`, and the right beads for the same sentences."""

    start: int
    end: int
    wanted: tuple[Size, ...]

    def is_right(self, beads: Sequence[Bead]) -> bool:
        """Whether the rows are the right beads."""
        return tuple(size(bead) for bead in beads[self.start : self.end]) == self.wanted


def stretches(beads: Sequence[Bead], wanted: Sequence[Size]) -> list[Stretch]:
    """Return the smallest stretches of rows that hold the same sentences as some of the right beads."""
    found, row, goal = [], 0, 0
    while row < len(beads) or goal < len(wanted):
        start, first = row, goal
        ours, theirs = [0, 0], [0, 0]
        while row == start or goal == first or ours != theirs:
            is_ours = goal == len(wanted) or (row < len(beads) and sum(ours) <= sum(theirs))
            sides, counts = (size(beads[row]), ours) if is_ours else (wanted[goal], theirs)
            row, goal = row + is_ours, goal + (not is_ours)
            counts[:] = counts[0] + sides[0], counts[1] + sides[1]
        found.append(Stretch(start, row, tuple(wanted[first:goal])))
    return found


def _sum(place: Size, by: Size) -> Size:
    return place[0] + by[0], place[1] + by[1]


def _is_spoilt(sentence: Sentence) -> bool:
    return sentence.origin is not None and len(sentence.text) > len(sentence.origin)


def _sentences(bead: Bead) -> tuple[Sentence, ...]:
    return (*bead.source, *bead.target)


class Keyboard:
    """Presses keys in the window and counts them; `used` counts the actions by name."""

    def __init__(self, walk: Walk) -> None:
        self.walk, self.room = walk, walk.window.room("align")
        self.keys = {spec.name: spec.key for spec in walk.window.actions_.specs() if spec.room == "align"}
        self.pressed = 0
        self.used: Counter[str] = Counter()

    @property
    def beads(self) -> list[Bead]:
        """The beads of the open chapter."""
        return self.room.beads

    @property
    def row(self) -> int:
        """The bead that the cursor is on."""
        return self.room.number()

    def press(self, key: str, times: int = 1) -> None:
        """Press a key wherever the focus is."""
        combination = QKeySequence(key)[0]
        for _ in range(times):
            QTest.keyClick(self.walk.window.focusWidget(), combination.key(), combination.keyboardModifiers())
        self.pressed += times

    def do(self, name: str) -> None:
        """Do something by its key."""
        self.used[name] += 1
        self.press(self.keys[name])

    def type(self, text: str) -> None:
        """Type a text."""
        QTest.keyClicks(self.walk.window.focusWidget(), text)
        self.pressed += len(text)

    def go(self, row: int) -> None:
        """Go to a row with the arrow keys."""
        self.press("Down" if row > self.row else "Up", abs(row - self.row))

    def go_to_side(self, side: int) -> None:
        """Go to the source or the target cell."""
        column = self.room.table.currentIndex().column()
        self.press("Right" if side > column else "Left", abs(side - column))


class Mender(Keyboard):
    """Makes the beads of the chapter those that are wanted, stretch by stretch."""

    def __init__(self, walk: Walk, wanted: Sequence[Size]) -> None:
        super().__init__(walk)
        self.wanted = list(wanted)

    def wrong(self) -> list[Stretch]:
        """Return the stretches that are not right yet, in order."""
        return [each for each in stretches(self.beads, self.wanted) if not each.is_right(self.beads)]

    def stretch_at(self, row: int) -> Stretch:
        """Return the stretch that a row stands in."""
        return next(each for each in stretches(self.beads, self.wanted) if row < each.end)

    def wrong_beads(self, stretch: Stretch) -> int:
        """Return how many rows of a stretch are no right bead."""
        places = [list(accumulate(sizes, _sum, initial=(0, 0))) for sizes in (self._sizes(stretch), stretch.wanted)]
        right = set(pairwise(places[1]))
        return sum(place not in right for place in pairwise(places[0]))

    def _sizes(self, stretch: Stretch) -> list[Size]:
        return [size(bead) for bead in self.beads[stretch.start : stretch.end]]

    def mend(self, stretch: Stretch) -> int:
        """Make the rows of a stretch the right beads; return the row behind them."""
        row = stretch.start
        for done in range(len(stretch.wanted)):
            self._make(row, stretch.wanted[done:])
            row += 1
        return row

    def settle(self, start: int, end: int) -> None:
        """Confirm the beads of some rows one after the other; drop what has one side only."""
        self.go(start)
        for row in range(start, end):
            if all(size(self.beads[row])):
                self.do("confirm")
            else:
                self.do("drop")
                self.press("Down")

    def _make(self, row: int, left: Sequence[Size]) -> None:
        """Make one row the first of the beads that are left."""
        self._put_in_order(row)
        self._restore(row)
        for _ in range(20):
            over = self._over(row, left[0])
            if over == (0, 0):
                return
            if not (self._insert(row, left[0]) or self._shift(row, left)):
                self._step(row, over, left)
        raise AssertionError(f"bead {row + 1} would not become {left[0]}")

    def _over(self, row: int, goal: Size) -> Size:
        has = size(self.beads[row])
        return has[0] - goal[0], has[1] - goal[1]

    def _put_in_order(self, row: int) -> None:
        """Swap back what was swapped with the bead below."""
        if row + 1 >= len(self.beads):
            return
        for name, action in zip(_SIDES, ("swap_source", "swap_target"), strict=True):
            upper, lower = (getattr(bead, name) for bead in self.beads[row : row + 2])
            if upper and lower and upper[0].index > lower[0].index:
                self.go(row)
                self.do(action)

    def _restore(self, row: int) -> None:
        """Take back what was dropped or retyped and should not have been."""
        bead = self.beads[row]
        for name, is_so in (("drop", bead.is_dropped), ("as_imported", any(_is_spoilt(s) for s in _sentences(bead)))):
            if is_so:
                self.go(row)
                self.do(name)

    def _insert(self, row: int, goal: Size) -> bool:
        """Give a source without a target a bead of its own."""
        if goal[1] or self._over(row, goal)[1] <= 0:
            return False
        self.go(row)
        self.do("insert_empty")
        self.go(row + 1)
        for _ in range(goal[0]):
            self.do("source_up")
        return True

    def _shift(self, row: int, left: Sequence[Size]) -> bool:
        """Shift a block when that makes several beads right at once."""
        best: tuple[int, int, int, str, bool] | None = None
        for last in range(row + 1, min(row + _LONGEST_BLOCK, len(self.beads) - 1)):
            for name in _SIDES:
                for first, down in ((row, True), (row + 1, False)):
                    gain = self._gain(row, first, last, name, down, left)
                    if gain >= 2 and (best is None or gain > best[0]):
                        best = gain, first, last, name, down
        if best is None:
            return False
        _, first, last, name, down = best
        self.go(first)
        self.press("Shift+Down", last - first)
        self.do(f"shift_{name}_{'down' if down else 'up'}")
        return True

    def _gain(self, row: int, first: int, last: int, name: edits.Side, down: bool, left: Sequence[Size]) -> int:
        """Return how many beads from `row` on a shift would make right."""
        rows = list(self.beads[row : last + 3])
        try:
            edits.shift(rows, first - row, last - row, name, down=down).apply(rows)
        except SpliceError:
            return 0
        right = 0
        for bead, goal in zip(rows, left, strict=False):
            if size(bead) != goal:
                break
            right += 1
        return right

    def _step(self, row: int, over: Size, left: Sequence[Size]) -> None:
        """Press what brings a row nearer to its goal."""
        rows = len(self.beads) - row - self._rows_below(row, left)
        if min(over) < 0 < max(over):
            self._send_down(row, (max(0, over[0]), max(0, over[1])))
        elif min(over) < 0:
            self._fetch(row, over, merge=rows > len(left))
        elif rows >= len(left) > 1:
            self._send_down(row, over)
        else:
            self._split(row, left[0])

    def _rows_below(self, row: int, left: Sequence[Size]) -> int:
        """Return how many rows stand below those that hold what is left."""
        source, target = (sum(each[side] for each in left) for side in (0, 1))
        for at in range(row, len(self.beads)):
            if source <= 0 and target <= 0:
                return len(self.beads) - at
            has = size(self.beads[at])
            source, target = source - has[0], target - has[1]
        return 0

    def _send_down(self, row: int, over: Size) -> None:
        self.go(row)
        while over[0] > 0 and over[1] > 0:
            self.do("both_down")
            over = over[0] - 1, over[1] - 1
        for name, count in zip(_SIDES, over, strict=True):
            for _ in range(count):
                self.do(f"{name}_down")

    def _fetch(self, row: int, over: Size, *, merge: bool) -> None:
        """Get what is missing from the bead below."""
        below = size(self.beads[row + 1])
        if size(self.beads[row]) == (0, 0):
            self.go(row + 1)
            self.do("merge_above")
        elif merge and all(has <= -missing for has, missing in zip(below, over, strict=True)):
            self.go(row)
            self.do("merge")
        elif over[0] < 0 and over[1] < 0 and all(below):
            self.go(row + 1)
            self.do("both_up")
        else:
            side = next(side for side in (0, 1) if over[side] < 0)
            if not below[side]:
                self.go(row)
                self.do("merge")
                return
            self.go(row + 1)
            self.do(f"{_SIDES[side]}_up")

    def _split(self, row: int, goal: Size) -> None:
        self.go(row)
        if goal == edits.middle(self.beads[row]):
            self.do("split")
            return
        self.do("split_at")
        editor = self.room.editor
        for sentence, field in zip(goal, (editor.source, editor.target), strict=True):
            if field.isReadOnly():
                continue
            while self.walk.window.focusWidget() is not field:
                self.press("Tab")
            self.press("Ctrl+Home")
            self.to_end_of(sentence, field)
        self.press("Alt+Return")

    def cut(self, row: int, source: int, target: int) -> None:
        """Split a bead of one sentence a side inside them, at characters of each."""
        self.go(row)
        self.do("split_at")
        editor = self.room.editor
        for at, field in ((source, editor.source), (target, editor.target)):
            while self.walk.window.focusWidget() is not field:
                self.press("Tab")
            away = at - field.place()[1]
            self.press("Right" if away > 0 else "Left", abs(away))
        self.press("Alt+Return")

    def to_end_of(self, sentence: int, field: SentenceField) -> None:
        """Bring the caret behind so many sentences; a long one takes several lines."""
        while sentence and not (field.place()[0] == sentence - 1 and field.textCursor().atBlockEnd()):
            self.press("End")
            if field.place()[0] < sentence - 1 or not field.textCursor().atBlockEnd():
                self.press("Down")
