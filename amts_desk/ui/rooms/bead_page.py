"""The beads of the open chapter on a page: table, strip, search, the whole bead below, history beside."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from PySide6.QtCore import QModelIndex, QPoint, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSplitter, QStackedWidget, QWidget

from amts_desk.core import edits
from amts_desk.core.alignment import Bead
from amts_desk.core.document import Kind
from amts_desk.core.errors import SpliceError
from amts_desk.core.outlook import FEW
from amts_desk.core.splice import Splice
from amts_desk.desk.session import MANY, Session
from amts_desk.ui.actions import with_key
from amts_desk.ui.delegates.confidence import ConfidenceDelegate
from amts_desk.ui.delegates.state import StateDelegate
from amts_desk.ui.delegates.text import TextDelegate
from amts_desk.ui.models.beads import CONFIDENCE, SOURCE, STATE, TARGET, BeadTable
from amts_desk.ui.models.columns import Mask
from amts_desk.ui.rooms.bead_search import BeadSearch
from amts_desk.ui.rooms.room import Room
from amts_desk.ui.widgets.bead_detail import BeadDetail
from amts_desk.ui.widgets.bead_editor import BeadEditor
from amts_desk.ui.widgets.bead_strip import BeadStrip
from amts_desk.ui.widgets.empty_state import EmptyState
from amts_desk.ui.widgets.history_list import HistoryList
from amts_desk.ui.widgets.replace_preview import ReplacePreview
from amts_desk.ui.widgets.search_bar import SearchBar
from amts_desk.ui.widgets.table import Table
from amts_desk.ui.widgets.zoom_wheel import ZoomWheel


class BeadPage(Room):
    """Shows the beads and carries out edits: each is one splice, on disk first, then in the table.

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
        self.head = QHBoxLayout()
        self._queue = QLabel()
        self._queue.setProperty("role", "quiet")
        self._queue.setWordWrap(True)
        self._queue.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.search = SearchBar()
        self.hint(self.search.back, self.tr("Go to the bead before that was found"), "previous_hit")
        self.hint(self.search.forth, self.tr("Go to the next bead that was found; Enter does, too"), "next_hit")
        self._detail = BeadDetail()
        self.editor = BeadEditor()
        self.preview = ReplacePreview()
        self._sizes: list[int] = []
        self._is_busy = False
        self._bead: Bead | None = None
        self._lower = QStackedWidget()
        for widget in (self._detail, self.editor, self.preview):
            self._lower.addWidget(widget)
        self.history = HistoryList(session.alignment)
        self.history.hide()
        self._arrange()
        self.searching = BeadSearch(self)
        self._connect()
        self.entry = self.table
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
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._on_menu)
        self.strip = BeadStrip(self.model, self.table)
        words = self.tr("From left to right: not confirmed, suspicious, bookmarked. Click to go there.")
        self.hint(self.strip, words, "next_unconfirmed", "next_suspicious", "next_bookmark")

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
        across.setSizes([800, 290])
        self.head.addWidget(self._queue, 1)
        self.column.addLayout(self.head)
        self.column.addWidget(self.search)
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
        for area in (self.table, self._detail, self.editor.source, self.editor.target):
            ZoomWheel(area).turned.connect(self.zoom_wanted)

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

    def resize_text(self) -> None:
        """Show table, detail and editor in the size of now; the rows grow with it."""
        self.table.verticalHeader().setDefaultSectionSize(self._text.row_height())
        self.table.viewport().update()
        self.table.scrollTo(self.table.currentIndex())
        for field in (self.editor.source, self.editor.target):
            field.resize_text()
        self._show_detail()

    def show_keys(self, key: Callable[[str], str]) -> None:
        """Name the keys as they are from now on."""
        super().show_keys(key)
        self._show_queue()

    def show_menu(self) -> None:
        """Ask for the room's menu at the bead that the cursor is on."""
        self._on_menu(self.table.visualRect(self.table.currentIndex()).bottomLeft())

    def take_first_step(self, step: int) -> None:
        """Go to Chapters."""
        self.room_wanted.emit("chapters")

    def subtitle(self) -> str:
        """Return the chapter and its languages."""
        chapter = self.session.chapter
        return f"{chapter.name}   {chapter.source_language} → {chapter.target_language}" if chapter else ""

    # ---- edits -----------------------------------------------------------------------------------------

    @property
    def beads(self) -> list[Bead]:
        """The beads of the open chapter."""
        return self.session.alignment.rows

    def number(self) -> int:
        """Return the row in the chapter of the bead that the cursor is on."""
        place = self.table.currentIndex().row()
        return self.model.number(place) if 0 <= place < self.model.rowCount() else 0

    def chosen(self) -> list[int]:
        """Return the rows in the chapter of what is selected, in order; the current one when nothing is."""
        places = self.table.chosen_rows()
        return sorted(self.model.number(place) for place in places) or [self.number()]

    def do(self, make: Callable[[], Splice[Bead]], label: str, then: int | None = None) -> bool:
        """Save what is typed, carry out an edit and select bead `then`; return whether it was done.

        One that is not possible there says so and changes nothing.
        """
        self.keep()
        with self.shown_once():
            try:
                if not self.beads:
                    raise SpliceError(self.not_aligned())
                self.carry_out(make(), label)
            except SpliceError as error:
                self.session.noted.emit(str(error))
                return False
            if then is not None:
                self.select(min(then, len(self.beads) - 1))
        return True

    def do_all(self, make: Callable[[Sequence[Bead]], Splice[Bead]], rows: Collection[int], label: str) -> bool:
        """Carry out an edit of the beads in `rows` as `do`; that of very many is made in the background as well."""
        if len(rows) <= MANY:
            return self.do(lambda: make(self.beads), label)
        self.keep()
        try:
            self.session.edit_many(make, label)
        except SpliceError as error:
            self.session.noted.emit(str(error))
            return False
        return True

    @contextmanager
    def shown_once(self) -> Iterator[None]:
        """Show the bead below the table when all of this is done, and not in between."""
        before, self._is_busy = self._is_busy, True
        try:
            yield
        finally:
            self._is_busy = before
            self._show_detail()

    def carry_out(self, splice: Splice[Bead], label: str) -> None:
        """Write an edit down and show it."""
        self.session.edit_beads(splice, label)
        self.changed.emit()

    def select(self, number: int) -> None:
        """Go to a bead, if it is shown."""
        place = self.model.place(number)
        if place >= 0:
            self.table.choose_row(place)

    def select_all(self, numbers: Sequence[int]) -> None:
        """Select the beads from the first to the last of these, the cursor on the first, as far as they are shown."""
        places = [place for place in map(self.model.place, numbers) if place >= 0]
        if places:
            self.table.choose_rows(min(places), max(places))

    # ---- where to go -----------------------------------------------------------------------------------

    def go_to(self, mask: Mask, step: int) -> None:
        """Go to the next row in sight, in the order of the table, that has what `mask` says; round at the ends."""
        places = np.flatnonzero(mask[self.model.order])
        if not len(places):
            self.session.noted.emit(self.tr("There is none among the beads that are shown."))
            return
        here = self.table.currentIndex().row()
        further = places[places > here] if step > 0 else places[places < here][::-1]
        self.table.choose_row(int(further[0] if len(further) else places[0 if step > 0 else -1]))

    def show_below(self, widget: QWidget, *, half: bool = False) -> None:
        """Show a widget below the table; with `half` it gets half the height at least."""
        self._lower.setCurrentWidget(widget)
        sizes = self._split.sizes()
        if half and sizes[1] < sum(sizes) // 2:
            self._sizes = sizes
            self._split.setSizes([sum(sizes) // 2, sum(sizes) - sum(sizes) // 2])

    def leave_below(self, widget: QWidget) -> None:
        """Show the whole bead below the table again, where `widget` was."""
        if self._lower.currentWidget() is widget:
            self._lower.setCurrentWidget(self._detail)
            if self._sizes:
                self._split.setSizes(self._sizes)
                self._sizes = []
            self.table.setFocus()
            self._show_detail()

    # ---- what was typed --------------------------------------------------------------------------------

    @Slot()
    def keep(self) -> None:
        """Save what was typed in the editor of a bead, if anything was, and close it."""
        if not self.editor.is_open:
            return
        editor, number = self.editor, self.editor.number
        source, target, is_changed = editor.source.texts(), editor.target.texts(), editor.is_changed
        if is_changed and number < len(self.beads) and self.beads[number] is editor.bead:
            try:
                self.carry_out(edits.retype(self.beads, number, source, target), self.tr("Type"))
            except SpliceError as error:
                QGuiApplication.clipboard().setText("\n".join([*source, *target]))
                self.session.noted.emit(self.tr("{0} What you typed is in the clipboard.").format(error))
        self._close_editor()

    def open_editor(self, *, to_split: bool = False) -> None:
        """Edit the texts of the bead that the cursor is on, or let carets say where it is to be split."""
        number = self.number()
        if not self.beads or (self.editor.is_open and self.editor.number == number):
            return
        self.keep()
        bead = self.beads[number]
        if not (bead.source or bead.target):
            self.session.noted.emit(self.tr("This bead is empty; move a sentence into it first."))
            return
        side = "source" if self.table.currentIndex().column() == SOURCE else "target"
        self.show_below(self.editor)
        self.editor.open(number, bead, self.model.languages, side=side, to_split=to_split)

    @Slot()
    def _close_editor(self) -> None:
        self.editor.close_bead()
        self.leave_below(self.editor)

    @Slot()
    def _on_saved(self) -> None:
        """Save with Enter; what cannot be saved stays in the editor, and why is said."""
        if not self.editor.is_changed or self._retype():
            self._close_editor()

    def _retype(self) -> bool:
        number, texts = self.editor.number, (self.editor.source.texts(), self.editor.target.texts())
        try:
            splice = edits.retype(self.beads, number, *texts)
        except SpliceError as error:
            self.session.noted.emit(str(error))
            return False
        self.editor.bead = splice.new[0]
        self.carry_out(splice, self.tr("Type"))
        return True

    @Slot()
    def _on_split(self) -> None:
        """Split at both carets with Alt+Enter."""
        number, places = self.editor.number, (self.editor.source.place(), self.editor.target.place())
        if self.editor.is_changed and not self._retype():
            return
        self._close_editor()
        self.do(lambda: edits.split_at(self.beads, number, *places), self.tr("Split"), number)

    # ---- what is shown ---------------------------------------------------------------------------------

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _new: QModelIndex, _old: QModelIndex) -> None:
        if self.editor.is_open and self.number() != self.editor.number:
            self.keep()
        self._show_detail()

    @Slot(QModelIndex)
    def _on_activated(self, _: QModelIndex) -> None:
        self.open_editor()

    @Slot(QPoint)
    def _on_menu(self, where: QPoint) -> None:
        self.menu_wanted.emit(self.table.viewport().mapToGlobal(where))

    @Slot(int)
    def _on_step(self, number: int) -> None:
        try:
            self.session.go_to_step(number)
        except SpliceError as error:
            self.session.noted.emit(str(error))
        self.changed.emit()

    @Slot()
    def _on_loaded(self) -> None:
        self._close_editor()
        self.searching.again()
        self.refresh()

    @Slot(object)
    def _on_spliced(self, splice: Splice[Bead]) -> None:
        """Follow an edit wherever it came from; the table has followed already."""
        self.searching.close_preview()
        if self.editor.is_open and not self._still_edited(splice):
            self.session.noted.emit(self.tr("The bead was changed meanwhile; what you typed is in the clipboard."))
            QGuiApplication.clipboard().setText("\n".join([*self.editor.source.texts(), *self.editor.target.texts()]))
            self._close_editor()
        self._stay_on_bead(splice)
        self.history.refresh()
        self._show_queue()
        self._show_detail()

    def _stay_on_bead(self, splice: Splice[Bead]) -> None:
        """Keep the cursor on the bead it was on where the alignment has given it another row; on the first of all."""
        place = self.table.currentIndex().row()
        if place < 0 and self.model.rowCount():
            self.table.choose_row(0)
        elif len(splice.new) != len(splice.old) and self._bead in splice.new:
            self.select(splice.start + splice.new.index(self._bead))

    def _still_edited(self, splice: Splice[Bead]) -> bool:
        """Whether the bead in the editor is still there; its number follows what came or went above it."""
        editor = self.editor
        if splice.start + len(splice.old) <= editor.number:
            editor.number += len(splice.new) - len(splice.old)
        return editor.number < len(self.beads) and self.beads[editor.number] == editor.bead

    def _show_queue(self) -> None:
        self._queue.setText(self._outlook() if self.beads else self.not_aligned())
        self._queue.setToolTip(self._queue.text())

    def not_aligned(self) -> str:
        """Return what to do about a chapter that has no beads."""
        command = with_key(self.tr("“Align this chapter again”"), self.key("realign"))
        return self.tr("This chapter is not aligned yet. Choose {0}.").format(command)

    def _outlook(self) -> str:
        seen, count = self.model.columns.outlook(), len(self.beads)
        settled = self.tr("settled: {0} of {1}").format(count - seen.beads, count)
        if not seen.beads:
            words = self.tr("Nothing is left to look at")
        elif seen.errors < FEW:
            words = self.tr("No error is expected in the {0} beads that are left").format(seen.beads)
        elif seen.errors < 1.5:
            words = self.tr("About 1 error left in {0} beads; look at {1} to find it").format(seen.beads, seen.look)
        else:
            words = self.tr("About {0} errors left in {1} beads; look at {2} to find {3} of them").format(
                round(seen.errors), seen.beads, seen.look, round(seen.found)
            )
        return f"{words} · {settled}"

    def _show_detail(self) -> None:
        if self._is_busy:
            return
        place = self.table.currentIndex().row()
        number = self.model.number(place) if 0 <= place < self.model.rowCount() else -1
        if len(self.model.rows) == len(self.beads):  # not while the table is still following an edit
            self._bead = self.beads[number] if number >= 0 else None
        self._detail.show_bead(self.beads, number, self.model.languages, self._kinds)

    def _kinds(self, side: str, blocks: set[int]) -> dict[int, Kind]:
        """Return what blocks of the source or the target are, as they were read."""
        project, chapter = self.session.project, self.session.chapter
        if project is None or chapter is None:
            return {}
        return project.chapters.kinds(chapter.source_id if side == "source" else chapter.target_id, blocks)
