"""Align: source and target side by side, bead by bead; the doubtful ones first, every correction by one key."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from amts_desk.core import edits
from amts_desk.core.alignment import Bead, BeadState, Sentence
from amts_desk.core.splice import Splice
from amts_desk.desk.session import Session
from amts_desk.ui.models.beads import SOURCE, TARGET
from amts_desk.ui.rooms.bead_exchange import BeadExchange
from amts_desk.ui.rooms.bead_page import BeadPage
from amts_desk.ui.widgets.ask_bar import AskBar, percent_field

_SURE = 95
"""Per cent: the confidence that is proposed for confirming without a look."""

_BEGINNING = (-1.0, -1)
"""Before the queue: less certain than any bead, and above it."""


class AlignRoom(BeadPage):
    """What a person can do with the beads of the open chapter; the table of actions calls each by its name."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._note, self._share = QLineEdit(), percent_field(_SURE)
        self.note_bar = AskBar(self.tr("Why do the selected beads need review?"), self._note, self.tr("Needs review"))
        self.sure_bar = AskBar(self.tr("Confirm everything from"), self._share, self.tr("Confirm"))
        self._reached = _BEGINNING
        session.alignment.loaded.connect(self._on_another)
        self._tied: tuple[Bead, int] | None = None
        self.note_bar.answered.connect(self._on_note)
        self.sure_bar.answered.connect(self._on_sure)
        self._share.valueChanged.connect(self._count_sure)
        for place, bar in enumerate((self.note_bar, self.sure_bar), 1):
            bar.closed.connect(self._to_table)
            self.column.insertWidget(place, bar)
        self.exchange = BeadExchange(self)
        self._add_buttons()

    def _add_buttons(self) -> None:
        next_button = QPushButton(self.tr("Next suspicious"))
        self.hint(next_button, self.tr("Go to the least certain bead that nobody has confirmed"), "next_suspicious")
        next_button.clicked.connect(self.next_suspicious)
        above_button = QPushButton(self.tr("Confirm all above"))
        self.hint(above_button, self.tr("Confirm every bead down to the selected one"), "confirm_above")
        above_button.clicked.connect(self.confirm_above)
        confirm_button = QPushButton(self.tr("Confirm"))
        confirm_button.setProperty("role", "primary")
        self.hint(confirm_button, self.tr("Confirm the selected beads and go on"), "confirm")
        confirm_button.clicked.connect(self.confirm)
        for button in (next_button, above_button, confirm_button):
            self.head.addWidget(button)

    # ---- the sentences of beads --------------------------------------------------------------------------------

    def merge(self) -> None:
        """Join the selected beads, or the selected one with the one below."""
        rows = self.chosen()
        if len(rows) > 1:
            self.do(lambda: edits.merge_rows(self.beads, rows), self.tr("Merge"), rows[0])
        else:
            self.do(lambda: edits.merge(self.beads, rows[0], rows[0] + 1), self.tr("Merge"), rows[0])

    def merge_above(self) -> None:
        """Join the selected bead with the one above."""
        row = self.number()
        self.do(lambda: edits.merge(self.beads, row - 1, row), self.tr("Merge"), max(0, row - 1))

    def split(self) -> None:
        """Cut the selected bead after its first sentences."""
        row = self.number()
        self.do(lambda: edits.split(self.beads, row, *edits.middle(self.beads[row])), self.tr("Split"), row)

    def split_at(self) -> None:
        """Let the person put carets where the bead is to be split."""
        self.open_editor(to_split=True)

    def edit(self) -> None:
        """Edit the texts of the selected bead."""
        self.open_editor()

    def source_up(self) -> None:
        """Move the first source sentence to the bead above."""
        self._move("source", down=False)

    def source_down(self) -> None:
        """Move the last source sentence to the bead below."""
        self._move("source", down=True)

    def target_up(self) -> None:
        """Move the first target sentence to the bead above."""
        self._move("target", down=False)

    def target_down(self) -> None:
        """Move the last target sentence to the bead below."""
        self._move("target", down=True)

    def both_up(self) -> None:
        """Move the first sentence of both sides to the bead above."""
        self._move("both", down=False)

    def both_down(self) -> None:
        """Move the last sentence of both sides to the bead below."""
        self._move("both", down=True)

    def shift_source_up(self) -> None:
        """Move the source of the selected beads up by a bead."""
        self._shift("source", down=False)

    def shift_source_down(self) -> None:
        """Move the source of the selected beads down by a bead."""
        self._shift("source", down=True)

    def shift_target_up(self) -> None:
        """Move the target of the selected beads up by a bead."""
        self._shift("target", down=False)

    def shift_target_down(self) -> None:
        """Move the target of the selected beads down by a bead."""
        self._shift("target", down=True)

    def swap_source(self) -> None:
        """Exchange the source with that of the bead below."""
        self._swap("source")

    def swap_target(self) -> None:
        """Exchange the target with that of the bead below."""
        self._swap("target")

    def insert_empty(self) -> None:
        """Put an empty bead above the selected one."""
        row = self.number()
        self.do(lambda: edits.insert_empty(row), self.tr("Insert an empty bead"), row)

    def as_imported(self) -> None:
        """Give the selected beads their texts back."""
        rows = self.chosen()
        self.do(lambda: edits.as_imported(self.beads, rows), self.tr("As imported"), rows[0])

    # ---- what is said about beads ------------------------------------------------------------------------------

    @Slot()
    def confirm(self) -> None:
        """Confirm the selected beads and go to the next one."""
        self.keep()
        places = self.table.chosen_rows()
        if places:
            rows = [self.model.number(place) for place in places]
            with self.shown_once():
                if any(not self.beads[row].is_settled for row in rows):
                    self.do_all(lambda beads: edits.confirm(beads, rows), rows, self.tr("Confirm"))
                self.table.choose_row(min(places[-1] + 1, self.model.rowCount() - 1))

    def confirm_suspicious(self) -> None:
        """Confirm the selected beads and go to the next less certain one that nobody has confirmed."""
        self.confirm()
        self.next_suspicious()

    @Slot()
    def confirm_above(self) -> None:
        """Confirm every bead that is shown from the first to the selected one."""
        rows = self.model.order[: self.table.currentIndex().row() + 1].tolist()
        self.do_all(lambda beads: edits.confirm_all(beads, rows), rows, self.tr("Confirm all above"))

    def confirm_sure(self) -> None:
        """Ask from which confidence on everything is to be confirmed, and say how many beads that are."""
        self.note_bar.hide()
        self._count_sure()
        self.sure_bar.ask()

    def unconfirm(self) -> None:
        """Take the confirmation of the selected beads back."""
        rows = self.chosen()
        self.do_all(lambda beads: edits.confirm(beads, rows, confirmed=False), rows, self.tr("Unconfirm"))

    def need_review(self) -> None:
        """Ask why the selected beads need review."""
        self.sure_bar.hide()
        if self.beads:
            self._note.setText(self.beads[self.number()].note)
            self.note_bar.ask()

    def drop(self) -> None:
        """Drop the selected beads; restore them when all are dropped."""
        self._switch(
            lambda bead: bead.is_dropped,
            lambda beads, rows, on: edits.drop(beads, rows, dropped=on),
            (self.tr("Drop"), self.tr("Restore")),
        )

    def pin(self) -> None:
        """Pin the selected beads; unpin them when all have a pin."""
        self._switch(
            lambda bead: bead.has_pin,
            lambda beads, rows, on: edits.pin(beads, rows, pinned=on),
            (self.tr("Pin"), self.tr("Unpin")),
        )

    def tie(self) -> None:
        """Remember the cell under the cursor; on a cell of the other side, pin the two and align around them."""
        self.keep()
        row, side = self.number(), SOURCE if self.table.currentIndex().column() == SOURCE else TARGET
        taken, self._tied = self._tied, None
        other = next((i for i, bead in enumerate(self.beads) if taken and bead is taken[0]), None)
        if taken is None or other is None or taken[1] == side:
            self._take(row, side)
            return
        rows = (row, other) if side == SOURCE else (other, row)
        if self.do(lambda: edits.tie(self.beads, *rows), self.tr("Pin two cells together")):
            first = min(rows)
            self.select(next(i for i in range(first, len(self.beads)) if self.beads[i].has_pin))
            self.realign_between()

    def _take(self, row: int, side: int) -> None:
        if row >= len(self.beads):
            self.session.noted.emit(self.not_aligned())
            return
        self._tied = self.beads[row], side
        words = (
            self.tr("The source of bead {0} is taken. Do the same on the target that belongs to it.")
            if side == SOURCE
            else self.tr("The target of bead {0} is taken. Do the same on the source that belongs to it.")
        )
        self.session.noted.emit(words.format(row + 1))

    def bookmark(self) -> None:
        """Bookmark the selected beads; take the bookmarks away when all have one."""
        self._switch(
            lambda bead: bead.is_bookmarked,
            lambda beads, rows, on: edits.bookmark(beads, rows, marked=on),
            (self.tr("Bookmark"), self.tr("Remove the bookmark")),
        )

    # ---- where to go -------------------------------------------------------------------------------------------

    @Slot()
    def next_suspicious(self) -> None:
        """Go to the next less certain bead that nobody has confirmed; the least certain first."""
        self._go_in_queue(1)

    def previous_suspicious(self) -> None:
        """Go back to the bead before it in the queue."""
        self._go_in_queue(-1)

    def next_uneven(self) -> None:
        """Go down to the next bead that is not one sentence to one."""
        self.go_to(self.model.columns.uneven, 1)

    def previous_uneven(self) -> None:
        """Go up to such a bead."""
        self.go_to(self.model.columns.uneven, -1)

    def next_unconfirmed(self) -> None:
        """Go down to the next bead that is neither confirmed nor dropped."""
        self.go_to(self.model.columns.open, 1)

    def previous_unconfirmed(self) -> None:
        """Go up to such a bead."""
        self.go_to(self.model.columns.open, -1)

    def next_bookmark(self) -> None:
        """Go down to the next bookmark."""
        self.go_to(self.model.columns.bookmarked, 1)

    def previous_bookmark(self) -> None:
        """Go up to the bookmark before."""
        self.go_to(self.model.columns.bookmarked, -1)

    def next_review(self) -> None:
        """Go down to the next bead that needs review."""
        self.go_to(self.model.columns.having(BeadState.REVIEW), 1)

    def previous_review(self) -> None:
        """Go up to such a bead."""
        self.go_to(self.model.columns.having(BeadState.REVIEW), -1)

    def search_beads(self) -> None:
        """Search in the beads."""
        self.search.ask()

    def replace_found(self) -> None:
        """Search, and replace what is found."""
        self.search.ask(to_replace=True)

    def next_hit(self) -> None:
        """Go to the next bead that was found."""
        self.searching.go_to_hit(1)

    def previous_hit(self) -> None:
        """Go to the bead before that was found."""
        self.searching.go_to_hit(-1)

    # ---- the chapter -------------------------------------------------------------------------------------------

    def realign(self) -> None:
        """Align the whole chapter anew; one step that undo takes back."""
        self.keep()
        if self.session.chapter is not None:
            self.session.align([self.session.chapter])

    def realign_selected(self) -> None:
        """Align what is selected anew, between the beads around it; pinned beads stay."""
        self.keep()
        rows = self.chosen()
        self.session.realign(range(rows[0], rows[-1] + 1))

    def realign_between(self) -> None:
        """Align anew what lies between the nearest pinned beads above and below the current one."""
        self.keep()
        row, beads = self.number(), self.beads
        above = next((i for i in range(row - 1, -1, -1) if beads[i].is_pinned), -1)
        below = next((i for i in range(row + 1, len(beads)) if beads[i].is_pinned), len(beads))
        self.session.realign(range(above + 1, below))

    def show_history(self) -> None:
        """Show or hide the history."""
        self.history.setVisible(not self.history.isVisible())
        (self.history if self.history.isVisible() else self.table).setFocus()

    def send_out(self) -> None:
        """Save the chapter as a file for somebody to review elsewhere."""
        self.exchange.send_out()

    def bring_back(self) -> None:
        """Bring in what somebody has changed in such a file."""
        self.exchange.bring_back()

    def copy(self) -> None:
        """Copy the selected beads as a table of two columns."""
        beads = [self.beads[row] for row in self.chosen() if row < len(self.beads)]
        lines = ["\t".join(self.model.text(bead, side) for side in (SOURCE, TARGET)) for bead in beads]
        QGuiApplication.clipboard().setText("\n".join(lines))

    # ---- inside ------------------------------------------------------------------------------------------------

    def _move(self, side: edits.Sides, *, down: bool) -> None:
        row = self.number()
        self.do(lambda: edits.move(self.beads, row, side, down=down), self.tr("Move a sentence"), row)

    def _shift(self, side: edits.Side, *, down: bool) -> None:
        rows = self.chosen()
        block = {sentence for row in rows for sentence in self._cell(row, side)}
        make = lambda: edits.shift(self.beads, *edits.block(rows), side, down=down)  # noqa: E731
        if self.do(make, self.tr("Shift a block"), rows[0]):
            near = range(max(0, rows[0] - 1), min(len(self.beads), rows[-1] + 2))
            self.select_all([row for row in near if not block.isdisjoint(self._cell(row, side))])

    def _cell(self, row: int, side: edits.Side) -> Sequence[Sentence]:
        return getattr(self.beads[row], side) if row < len(self.beads) else ()

    def _swap(self, side: edits.Side) -> None:
        row = self.number()
        self.do(lambda: edits.swap(self.beads, row, side), self.tr("Swap"), row)

    def _switch(
        self,
        is_set: Callable[[Bead], bool],
        make: Callable[[Sequence[Bead], list[int], bool], Splice[Bead]],
        labels: tuple[str, str],
    ) -> None:
        """Switch something on for the selected beads, or off where all have it."""
        rows = [row for row in self.chosen() if row < len(self.beads)]
        on = not all(is_set(self.beads[row]) for row in rows)
        self.do_all(lambda beads: make(beads, rows, on), rows, labels[0 if on else 1])

    def _go_in_queue(self, step: int) -> None:
        """Go on in the queue from where it was left, wherever the cursor has been since; around at its end."""
        columns = self.model.columns
        queue = columns.queue(self.model.order)
        if not len(queue):
            self.session.noted.emit(self.tr("No suspicious bead is left in this chapter."))
            return
        at = columns.place_in(queue, *self._reached, behind=step > 0)
        row = int(queue[(at if step > 0 else at - 1) % len(queue)])
        self._reached = float(columns.confidence[row]), row
        self.select(self._reached[1])

    @Slot()
    def _on_another(self) -> None:
        self._reached = _BEGINNING

    @Slot()
    def _to_table(self) -> None:
        self.table.setFocus()

    @Slot()
    def _on_note(self) -> None:
        rows, note = self.chosen(), self._note.text().strip()
        self.note_bar.close_bar()
        self.do_all(lambda beads: edits.need_review(beads, rows, note), rows, self.tr("Needs review"))

    def _sure(self) -> list[int]:
        return edits.sure_rows(self.beads, self._share.value() / 100)

    @Slot()
    def _count_sure(self) -> None:
        count = len(self._sure())
        self.sure_bar.button.setText(self.tr("Confirm {0}").format(count))
        self.sure_bar.button.setEnabled(count > 0)

    @Slot()
    def _on_sure(self) -> None:
        rows, share = self._sure(), self._share.value()
        self.sure_bar.close_bar()
        label = self.tr("Confirm everything from {0} %").format(share)
        self.do_all(lambda beads: edits.confirm(beads, rows), rows, label)
