"""Align: source and target side by side, bead by bead; the doubtful ones first, every correction by one key."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from amts_desk.core import edits
from amts_desk.core.alignment import Bead, BeadState
from amts_desk.core.errors import DeskError, SpliceError
from amts_desk.core.search import replacements
from amts_desk.core.splice import Splice
from amts_desk.desk.session import Session
from amts_desk.ui.delegates.confidence import ConfidenceDelegate
from amts_desk.ui.delegates.state import StateDelegate
from amts_desk.ui.delegates.text import TextDelegate
from amts_desk.ui.models.beads import CONFIDENCE, SOURCE, STATE, TARGET, BeadTable
from amts_desk.ui.models.columns import Mask
from amts_desk.ui.rooms.room import Room
from amts_desk.ui.widgets.ask_bar import AskBar, percent_field
from amts_desk.ui.widgets.bead_detail import BeadDetail
from amts_desk.ui.widgets.bead_editor import BeadEditor
from amts_desk.ui.widgets.bead_strip import BeadStrip
from amts_desk.ui.widgets.empty_state import EmptyState
from amts_desk.ui.widgets.history_list import HistoryList
from amts_desk.ui.widgets.replace_preview import ReplacePreview
from amts_desk.ui.widgets.search_bar import SearchBar
from amts_desk.ui.widgets.table import Table

_SURE = 95
"""Per cent: the confidence that is proposed for confirming without a look."""


class AlignRoom(Room):
    """The beads of the open chapter. Every edit is one splice: on disk first, then in the table.

    Rows of the table are places; `number` is the row of a bead in its chapter, which sorting and filtering leave.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        empty = EmptyState(
            self.tr("No chapter is open"),
            self.tr("Here you see which sentences say the same, and correct the pairs that are wrong."),
            self.tr("Choose a chapter"),
        )
        super().__init__(session, empty, parent)
        self.model = BeadTable(session.alignment, self)
        self._build_table()
        self._build_bars()
        self._detail = BeadDetail()
        self.editor = BeadEditor()
        self.preview = ReplacePreview()
        self._lower = QStackedWidget()
        for widget in (self._detail, self.editor, self.preview):
            self._lower.addWidget(widget)
        self.history = HistoryList(session.alignment)
        self.history.hide()
        self._arrange()
        self._connect()
        self.setFocusProxy(self.table)
        self.refresh()

    # ---- building ----------------------------------------------------------------------------------------------

    def _build_table(self) -> None:
        self.table = Table(self.model, self.tr("Beads of the chapter"), (0, 0, 130, 160), numbered=True)
        self._text = TextDelegate(2, self.table)
        self.table.setItemDelegateForColumn(SOURCE, self._text)
        self.table.setItemDelegateForColumn(TARGET, self._text)
        self.table.setItemDelegateForColumn(CONFIDENCE, ConfidenceDelegate(self.table))
        self.table.setItemDelegateForColumn(STATE, StateDelegate(self.table))
        self.table.verticalHeader().setDefaultSectionSize(self._text.row_height())
        header = self.table.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        self.table.setSortingEnabled(True)
        self.strip = BeadStrip(self.model, self.table)

    def _build_bars(self) -> None:
        self._note, self._share = QLineEdit(), percent_field(_SURE)
        self.note_bar = AskBar(self.tr("Why do the selected beads need review?"), self._note, self.tr("Needs review"))
        self.sure_bar = AskBar(self.tr("Confirm everything from"), self._share, "")
        self.search = SearchBar()

    def _head(self) -> QHBoxLayout:
        self._queue = QLabel()
        self._queue.setProperty("role", "quiet")
        self._queue.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        next_button = QPushButton(self.tr("Next suspicious"))
        next_button.setToolTip(self.tr("Go to the least certain bead that nobody has confirmed (N)"))
        next_button.clicked.connect(self.next_suspicious)
        above_button = QPushButton(self.tr("Confirm all above"))
        above_button.setToolTip(self.tr("Confirm every bead down to the selected one (Ctrl+Shift+Up)"))
        above_button.clicked.connect(self.confirm_above)
        confirm_button = QPushButton(self.tr("Confirm"))
        confirm_button.setProperty("role", "primary")
        confirm_button.setToolTip(self.tr("Confirm the selected beads and go on (Ctrl+Enter)"))
        confirm_button.clicked.connect(self.confirm)
        row = QHBoxLayout()
        row.addWidget(self._queue, 1)
        for button in (next_button, above_button, confirm_button):
            row.addWidget(button)
        return row

    def _arrange(self) -> None:
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.table, 1)
        row.addWidget(self.strip)
        split = self._split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(beside)
        split.addWidget(self._lower)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 1)
        split.setSizes([500, 170])
        across = QSplitter(Qt.Orientation.Horizontal)
        across.addWidget(split)
        across.addWidget(self.history)
        across.setStretchFactor(0, 1)
        across.setSizes([800, 300])
        self.column.addLayout(self._head())
        for bar in (self.note_bar, self.sure_bar, self.search):
            self.column.addWidget(bar)
        self.column.addWidget(across, 1)

    def _connect(self) -> None:
        alignment = self.session.alignment
        alignment.loaded.connect(self._on_loaded)
        alignment.spliced.connect(self._on_spliced)
        alignment.leaving.connect(self.keep)
        self.session.chapter_opened.connect(self.refresh)
        self.session.project_closed.connect(self.refresh)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.table.activated.connect(self._on_activated)
        self.strip.chosen.connect(self.table.choose_row)
        self.history.chosen.connect(self._on_step)
        self.editor.saved.connect(self._on_saved)
        self.editor.split.connect(self._on_split)
        self.editor.left.connect(self._close_editor)
        self.note_bar.answered.connect(self._on_note)
        self.sure_bar.answered.connect(self._on_sure)
        self._share.valueChanged.connect(self._count_sure)
        self.search.changed.connect(self._on_search)
        self.search.stepped.connect(self._go_to_hit)
        self.search.previewed.connect(self._on_preview)
        self.preview.accepted.connect(self._on_replace)
        self.preview.left.connect(self._close_preview)
        for bar in (self.note_bar, self.sure_bar):
            bar.closed.connect(self._to_table)
        self.search.closed.connect(self._on_search_closed)

    # ---- what the window asks ----------------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Show the open chapter."""
        chapter = self.session.chapter
        if chapter is not None:
            self.model.languages = (chapter.source_language, chapter.target_language)
            self.show_empty(empty=False)
            if self.table.currentIndex().row() < 0:
                self.table.choose_row(0)
        else:
            self.show_empty(empty=True)
        self.history.refresh()
        self._show_queue()
        self._show_detail()
        self.changed.emit()

    def take_first_step(self, step: int) -> None:
        """Go to Chapters."""
        self.room_wanted.emit("chapters")

    def subtitle(self) -> str:
        """Return the chapter and its languages."""
        chapter = self.session.chapter
        return f"{chapter.name}   {chapter.source_language} → {chapter.target_language}" if chapter else ""

    # ---- the sentences of beads --------------------------------------------------------------------------------

    def merge(self) -> None:
        """Join the selected beads, or the selected one with the one below."""
        rows = self._chosen()
        if len(rows) > 1:
            self._do(lambda: edits.merge_rows(self._beads, rows), self.tr("Merge"), rows[0])
        else:
            self._do(lambda: edits.merge(self._beads, rows[0], rows[0] + 1), self.tr("Merge"), rows[0])

    def merge_above(self) -> None:
        """Join the selected bead with the one above."""
        row = self._number()
        self._do(lambda: edits.merge(self._beads, row - 1, row), self.tr("Merge"), max(0, row - 1))

    def split(self) -> None:
        """Cut the selected bead after its first sentences."""
        row = self._number()
        self._do(lambda: edits.split(self._beads, row, *edits.middle(self._beads[row])), self.tr("Split"), row)

    def split_at(self) -> None:
        """Let the person put carets where the bead is to be split."""
        self._open_editor(to_split=True)

    def edit(self) -> None:
        """Edit the texts of the selected bead."""
        self._open_editor(to_split=False)

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
        row = self._number()
        self._do(lambda: edits.insert_empty(row), self.tr("Insert an empty bead"), row)

    def as_imported(self) -> None:
        """Give the selected beads their texts back."""
        rows = self._chosen()
        self._do(lambda: edits.as_imported(self._beads, rows), self.tr("As imported"), rows[0])

    # ---- what is said about beads ------------------------------------------------------------------------------

    @Slot()
    def confirm(self) -> None:
        """Confirm the selected beads and go to the next one."""
        self.keep()
        places = self.table.chosen_rows()
        if places:
            rows = [self.model.number(place) for place in places]
            if any(not self._beads[row].is_settled for row in rows):
                self._edit(edits.confirm(self._beads, rows), self.tr("Confirm"))
            self.table.choose_row(min(places[-1] + 1, self.model.rowCount() - 1))

    @Slot()
    def confirm_above(self) -> None:
        """Confirm every bead from the first to the selected one."""
        row = self._number()
        self._do(lambda: edits.confirm_all_above(self._beads, row), self.tr("Confirm all above"))

    def confirm_sure(self) -> None:
        """Ask from which confidence on everything is to be confirmed, and say how many beads that are."""
        self.note_bar.hide()
        self._count_sure()
        self.sure_bar.ask()

    def unconfirm(self) -> None:
        """Take the confirmation of the selected beads back."""
        rows = self._chosen()
        self._do(lambda: edits.confirm(self._beads, rows, confirmed=False), self.tr("Unconfirm"))

    def need_review(self) -> None:
        """Ask why the selected beads need review."""
        self.sure_bar.hide()
        if self._beads:
            self._note.setText(self._beads[self._number()].note)
            self.note_bar.ask()

    def drop(self) -> None:
        """Drop the selected beads; restore them when all are dropped."""
        self._switch(
            lambda bead: bead.is_dropped,
            lambda rows, on: edits.drop(self._beads, rows, dropped=on),
            (self.tr("Drop"), self.tr("Restore")),
        )

    def pin(self) -> None:
        """Pin the selected beads; unpin them when all have a pin."""
        self._switch(
            lambda bead: bead.has_pin,
            lambda rows, on: edits.pin(self._beads, rows, pinned=on),
            (self.tr("Pin"), self.tr("Unpin")),
        )

    def bookmark(self) -> None:
        """Bookmark the selected beads; take the bookmarks away when all have one."""
        self._switch(
            lambda bead: bead.is_bookmarked,
            lambda rows, on: edits.bookmark(self._beads, rows, marked=on),
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
        self._go_to(self.model.columns.uneven, 1)

    def previous_uneven(self) -> None:
        """Go up to such a bead."""
        self._go_to(self.model.columns.uneven, -1)

    def next_unconfirmed(self) -> None:
        """Go down to the next bead that is neither confirmed nor dropped."""
        self._go_to(self.model.columns.open, 1)

    def previous_unconfirmed(self) -> None:
        """Go up to such a bead."""
        self._go_to(self.model.columns.open, -1)

    def next_bookmark(self) -> None:
        """Go down to the next bookmark."""
        self._go_to(self.model.columns.bookmarked, 1)

    def previous_bookmark(self) -> None:
        """Go up to the bookmark before."""
        self._go_to(self.model.columns.bookmarked, -1)

    def next_review(self) -> None:
        """Go down to the next bead that needs review."""
        self._go_to(self.model.columns.having(BeadState.REVIEW), 1)

    def previous_review(self) -> None:
        """Go up to such a bead."""
        self._go_to(self.model.columns.having(BeadState.REVIEW), -1)

    def search_beads(self) -> None:
        """Search in the beads."""
        self.search.ask()

    def replace_found(self) -> None:
        """Search, and replace what is found."""
        self.search.ask(to_replace=True)

    def next_hit(self) -> None:
        """Go to the next bead that was found."""
        self._go_to_hit(1)

    def previous_hit(self) -> None:
        """Go to the bead before that was found."""
        self._go_to_hit(-1)

    # ---- the chapter -------------------------------------------------------------------------------------------

    def realign(self) -> None:
        """Align the whole chapter anew; one step that undo takes back."""
        self.keep()
        if self.session.chapter is not None:
            self.session.align([self.session.chapter])

    def realign_selected(self) -> None:
        """Align what is selected anew, between the beads around it; pinned beads stay."""
        self.keep()
        rows = self._chosen()
        self.session.realign(range(rows[0], rows[-1] + 1))

    def show_history(self) -> None:
        """Show or hide the history."""
        self.history.setVisible(not self.history.isVisible())
        (self.history if self.history.isVisible() else self.table).setFocus()

    def copy(self) -> None:
        """Copy the selected beads as a table of two columns."""
        beads = [self._beads[row] for row in self._chosen() if row < len(self._beads)]
        lines = ["\t".join(self.model.text(bead, side) for side in (SOURCE, TARGET)) for bead in beads]
        QGuiApplication.clipboard().setText("\n".join(lines))

    # ---- inside: edits -----------------------------------------------------------------------------------------

    @property
    def _beads(self) -> list[Bead]:
        return self.session.alignment.rows

    def _number(self) -> int:
        place = self.table.currentIndex().row()
        return self.model.number(place) if 0 <= place < self.model.rowCount() else 0

    def _chosen(self) -> list[int]:
        """Return the rows in the chapter of what is selected, in order; the current one when nothing is."""
        places = self.table.chosen_rows()
        return sorted(self.model.number(place) for place in places) or [self._number()]

    def _move(self, side: edits.Sides, *, down: bool) -> None:
        row = self._number()
        self._do(lambda: edits.move(self._beads, row, side, down=down), self.tr("Move a sentence"), row)

    def _shift(self, side: edits.Side, *, down: bool) -> None:
        rows = self._chosen()
        make = lambda: edits.shift(self._beads, rows[0], rows[-1], side, down=down)  # noqa: E731
        self._do(make, self.tr("Shift a block"), rows[0])

    def _swap(self, side: edits.Side) -> None:
        row = self._number()
        self._do(lambda: edits.swap(self._beads, row, side), self.tr("Swap"), row)

    def _do(self, make: Callable[[], Splice[Bead]], label: str, then: int | None = None) -> bool:
        """Save what is typed, carry out an edit and select bead `then`; return whether it was done.

        One that is not possible there says so and changes nothing.
        """
        self.keep()
        try:
            if not self._beads:
                raise SpliceError("This chapter is not aligned yet.", "Align it with Ctrl+Shift+R.")
            self._edit(make(), label)
        except SpliceError as error:
            self.session.noted.emit(str(error))
            return False
        if then is not None:
            self._select(min(then, len(self._beads) - 1))
        return True

    def _edit(self, splice: Splice[Bead], label: str) -> None:
        self.session.edit_beads(splice, label)
        self.changed.emit()

    def _switch(
        self,
        is_set: Callable[[Bead], bool],
        make: Callable[[list[int], bool], Splice[Bead]],
        labels: tuple[str, str],
    ) -> None:
        """Switch something on for the selected beads, or off where all have it."""
        rows = [row for row in self._chosen() if row < len(self._beads)]
        on = not all(is_set(self._beads[row]) for row in rows)
        self._do(lambda: make(rows, on), labels[0 if on else 1])

    def _select(self, number: int) -> None:
        place = self.model.place(number)
        if place >= 0:
            self.table.choose_row(place)

    # ---- inside: where to go -----------------------------------------------------------------------------------

    def _go_to(self, mask: Mask, step: int) -> None:
        """Go to the next row in sight, in the order of the table, that has what `mask` says; round at the ends."""
        places = np.flatnonzero(mask[self.model.order])
        if not len(places):
            self.session.noted.emit(self.tr("There is none among the beads that are shown."))
            return
        here = self.table.currentIndex().row()
        further = places[places > here] if step > 0 else places[places < here][::-1]
        self.table.choose_row(int(further[0] if len(further) else places[0 if step > 0 else -1]))

    def _go_in_queue(self, step: int) -> None:
        queue = self.model.columns.queue(self.model.order)
        if not len(queue):
            self.session.noted.emit(self.tr("No suspicious bead is left in this chapter."))
            return
        here = np.flatnonzero(queue == self._number())
        self._select(int(queue[(int(here[0]) + step) % len(queue) if len(here) else 0]))

    @Slot(int)
    def _go_to_hit(self, step: int) -> None:
        if self.model.hits is None:
            self.search_beads()
        else:
            self._go_to(self.model.hits, step)
            self._tell_hits()

    # ---- inside: what was typed --------------------------------------------------------------------------------

    @Slot()
    def keep(self) -> None:
        """Save what was typed in the editor of a bead, if anything was, and close it."""
        if not self.editor.is_open:
            return
        editor, number = self.editor, self.editor.number
        source, target, is_changed = editor.source.texts(), editor.target.texts(), editor.is_changed
        if is_changed and number < len(self._beads) and self._beads[number] is editor.bead:
            try:
                self._edit(edits.retype(self._beads, number, source, target), self.tr("Type"))
            except SpliceError as error:
                QGuiApplication.clipboard().setText("\n".join([*source, *target]))
                self.session.noted.emit(self.tr("{0} What you typed is in the clipboard.").format(error))
        self._close_editor()

    def _open_editor(self, *, to_split: bool) -> None:
        number = self._number()
        if not self._beads or (self.editor.is_open and self.editor.number == number):
            return
        self.keep()
        bead = self._beads[number]
        if not (bead.source or bead.target):
            self.session.noted.emit(self.tr("This bead is empty; move a sentence into it first."))
            return
        side = "source" if self.table.currentIndex().column() == SOURCE else "target"
        self._lower.setCurrentWidget(self.editor)
        self.editor.open(number, bead, self.model.languages, side=side, to_split=to_split)

    @Slot()
    def _close_editor(self) -> None:
        self.editor.close_bead()
        if self._lower.currentWidget() is self.editor:
            self._lower.setCurrentWidget(self._detail)
            self.table.setFocus()
            self._show_detail()

    @Slot()
    def _on_saved(self) -> None:
        """Save with Enter; what cannot be saved stays in the editor, and why is said."""
        if not self.editor.is_changed or self._retype():
            self._close_editor()

    def _retype(self) -> bool:
        number, texts = self.editor.number, (self.editor.source.texts(), self.editor.target.texts())
        try:
            splice = edits.retype(self._beads, number, *texts)
        except SpliceError as error:
            self.session.noted.emit(str(error))
            return False
        self.editor.bead = splice.new[0]
        self._edit(splice, self.tr("Type"))
        return True

    @Slot()
    def _on_split(self) -> None:
        """Split at both carets with Alt+Enter."""
        number, places = self.editor.number, (self.editor.source.place(), self.editor.target.place())
        if self.editor.is_changed and not self._retype():
            return
        self._close_editor()
        self._do(lambda: edits.split_at(self._beads, number, *places), self.tr("Split"), number)

    # ---- inside: bars ------------------------------------------------------------------------------------------

    @Slot()
    def _to_table(self) -> None:
        self.table.setFocus()

    @Slot()
    def _on_note(self) -> None:
        rows, note = self._chosen(), self._note.text().strip()
        self.note_bar.close_bar()
        self._do(lambda: edits.need_review(self._beads, rows, note), self.tr("Needs review"))

    def _sure(self) -> list[int]:
        return edits.sure_rows(self._beads, self._share.value() / 100)

    @Slot()
    def _count_sure(self) -> None:
        count = len(self._sure())
        self.sure_bar.button.setText(self.tr("Confirm {0} beads").format(count))
        self.sure_bar.button.setEnabled(count > 0)

    @Slot()
    def _on_sure(self) -> None:
        rows, share = self._sure(), self._share.value()
        self.sure_bar.close_bar()
        label = self.tr("Confirm everything from {0} %").format(share)
        self._do(lambda: edits.confirm(self._beads, rows), label)

    # ---- inside: search ----------------------------------------------------------------------------------------

    @Slot()
    def _on_search(self) -> None:
        """Look for what the bar says, mark it, and show only that if the bar says so."""
        number = self._number()
        try:
            self.model.search(self.search.query())
        except DeskError as error:
            self.model.search(None)
            self.search.tell(str(error))
            return
        wanted = self.model.hits if self.search.is_filter.isChecked() else None
        if wanted is not None or self.model.is_filtered:
            self.model.show_only(wanted)
            self._select_near(number)
        self._tell_hits()

    def _select_near(self, number: int) -> None:
        """Select a bead again, or the next one below it that is shown."""
        if self.model.rowCount():
            below = np.flatnonzero(self.model.order >= number)
            self.table.choose_row(int(below[0]) if len(below) else self.model.rowCount() - 1)

    def _tell_hits(self) -> None:
        hits = self.model.hits
        if hits is None:
            self.search.tell("")
            return
        number, count = self._number(), int(hits.sum())
        if count and hits[number]:
            self.search.tell(self.tr("{0} of {1} beads").format(int(hits[: number + 1].sum()), count))
        else:
            self.search.tell(self.tr("Found in {0} beads").format(count))

    @Slot()
    def _on_search_closed(self) -> None:
        number = self._number()
        self.model.search(None)
        if self.model.is_filtered:
            self.model.show_only(None)
            self._select_near(number)
        self._close_preview()
        self.table.setFocus()

    @Slot()
    def _on_preview(self) -> None:
        self.keep()
        query, hits = self.search.query(), self.model.hits
        if query is None or query.is_empty or hits is None:
            self.search.tell(self.tr("Say what to search for first"))
            return
        try:
            found = replacements(self._beads, np.flatnonzero(hits).tolist(), query, self.search.words.text())
        except DeskError as error:
            self.search.tell(str(error))
            return
        if not found:
            self.search.tell(self.tr("Nothing would change"))
            return
        self._lower.setCurrentWidget(self.preview)
        sizes = self._split.sizes()
        if sizes[1] < sum(sizes) // 2:
            self._split.setSizes([sum(sizes) // 2, sum(sizes) - sum(sizes) // 2])
        self.preview.show_replacements(found, self._beads)

    @Slot()
    def _on_replace(self) -> None:
        chosen = self.preview.chosen()
        self._close_preview()
        changes = [(each.row, each.source, each.target) for each in chosen]
        label = self.tr("Replace {0} by {1}").format(_short(self.search.field.text()), _short(self.search.words.text()))
        if self._do(lambda: edits.retype_all(self._beads, changes), label):
            self._tell_hits()

    @Slot()
    def _close_preview(self) -> None:
        if self._lower.currentWidget() is self.preview:
            self._lower.setCurrentWidget(self._detail)
            self.table.setFocus()

    # ---- inside: what is shown ---------------------------------------------------------------------------------

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _new: QModelIndex, _old: QModelIndex) -> None:
        if self.editor.is_open and self._number() != self.editor.number:
            self.keep()
        self._show_detail()

    @Slot(QModelIndex)
    def _on_activated(self, _: QModelIndex) -> None:
        self.edit()

    @Slot(int)
    def _on_step(self, number: int) -> None:
        self.session.alignment.go_to(number)
        self.changed.emit()

    @Slot()
    def _on_loaded(self) -> None:
        self._close_editor()
        self._close_preview()
        if self.search.isVisible():
            self._on_search()
        self.refresh()

    @Slot(object)
    def _on_spliced(self, splice: Splice[Bead]) -> None:
        """Follow an edit wherever it came from; the table has followed already."""
        self._close_preview()
        if self.editor.is_open and not self._still_edited(splice):
            self.session.noted.emit(self.tr("The bead was changed meanwhile; what you typed is in the clipboard."))
            QGuiApplication.clipboard().setText("\n".join([*self.editor.source.texts(), *self.editor.target.texts()]))
            self._close_editor()
        self.history.refresh()
        self._show_queue()
        self._show_detail()

    def _still_edited(self, splice: Splice[Bead]) -> bool:
        """Whether the bead in the editor is still there; its number follows what came or went above it."""
        editor = self.editor
        if splice.start + len(splice.old) <= editor.number:
            editor.number += len(splice.new) - len(splice.old)
        return editor.number < len(self._beads) and self._beads[editor.number] == editor.bead

    def _show_queue(self) -> None:
        self._queue.setText(self._outlook() if self._beads else self._nothing())
        self._queue.setToolTip(self._queue.text())

    def _nothing(self) -> str:
        return self.tr("This chapter is not aligned yet. Align it with Ctrl+Shift+R.")

    def _outlook(self) -> str:
        seen, count = self.model.columns.outlook(), len(self._beads)
        settled = self.tr("settled: {0} of {1}").format(count - seen.beads, count)
        if seen.errors < 0.5:
            words = self.tr("No error is expected in the {0} beads that are left").format(seen.beads)
        else:
            words = self.tr("About {0} errors left in {1} beads; look at {2} to find {3} of them").format(
                round(seen.errors), seen.beads, seen.look, round(seen.found)
            )
        return f"{words} · {settled}"

    def _show_detail(self) -> None:
        place = self.table.currentIndex().row()
        number = self.model.number(place) if 0 <= place < self.model.rowCount() else -1
        self._detail.show_bead(self._beads, number, self.model.languages)


def _short(text: str) -> str:
    return f"“{text}”" if len(text) <= 20 else f"“{text[:20]}…”"
