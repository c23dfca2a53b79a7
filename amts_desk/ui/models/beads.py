"""The beads of the open chapter as a table that can be sorted, filtered and searched without a stutter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Qt, Slot

from amts_desk.core.alignment import Bead, BeadState, Sentence, sentence_before
from amts_desk.core.search import Query
from amts_desk.core.splice import Splice
from amts_desk.desk.editor import TrackEditor
from amts_desk.ui.delegates.text import Shown
from amts_desk.ui.models.columns import BeadColumns, Mask
from amts_desk.ui.models.haystack import Haystacks
from amts_desk.ui.models.table import NOWHERE, Index
from amts_desk.ui.models.track import TrackTable

SOURCE, TARGET, CONFIDENCE, STATE = range(4)
BORDER = " ┊ "
"""What stands between two sentences of a cell."""
_PARAGRAPH = " ¶ "
"""What stands there where a paragraph ends."""
_MANY = 1000
_MOST_RUNS = 50
"""Stretches of rows that go one by one; when more go, the table begins anew."""
Rows = npt.NDArray[np.int64]

_NEARLY = 0.99
"""What is shown of a confidence that is nearly 1: only what a person has fixed is certain."""


class BeadTable(TrackTable[Bead]):
    """Four columns: source, target, confidence, state. `languages` are the source's and the target's.

    `order` holds the row in the chapter of each row that is shown; sorting and filtering make another order and leave
    the numbers of beads as they are. A bead that is changed stays in sight, whatever the filter would say now.
    """

    def __init__(self, editor: TrackEditor[Bead], parent: QObject | None = None) -> None:
        super().__init__(editor, parent)
        self.languages = ("en", "zh")
        self.query: Query | None = None
        self.hits: Mask | None = None
        self._haystacks: Haystacks | None = None
        self._filter: Mask | None = None
        self._sorting: tuple[int, Qt.SortOrder] | None = None
        self.columns = BeadColumns(self.rows)
        self.order: Rows = np.arange(len(self.rows))

    # ---- what is where -----------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of rows that are shown."""
        return 0 if parent.isValid() else len(self.order)

    def number(self, row: int) -> int:
        """Return the row in the chapter of a row that is shown."""
        return int(self.order[row])

    def place(self, number: int) -> int:
        """Return where a bead is shown, -1 when it is not."""
        found = np.flatnonzero(self.order == number)
        return int(found[0]) if len(found) else -1

    @property
    def is_filtered(self) -> bool:
        """Whether some beads are not shown."""
        return self._filter is not None

    # ---- sort, filter, search ----------------------------------------------------------------------------------

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by confidence or by state; by anything else in the order of the chapter."""
        self._sorting = (column, order) if column in (CONFIDENCE, STATE) else None
        self._arrange()

    def show_only(self, wanted: Mask | None) -> None:
        """Show only some beads, or all of them."""
        self._filter = wanted
        self._arrange()

    def search(self, query: Query | None) -> None:
        """Look for something and mark it; `hits` tells which beads hold it, None when nothing is looked for.

        Raises DeskError when the query is no expression that can be searched.
        """
        self.hits = None if query is None else self._matching(query)
        self.query = query
        if len(self.order):
            self.dataChanged.emit(self.index(0, SOURCE), self.index(len(self.order) - 1, TARGET))

    def _matching(self, query: Query) -> Mask:
        hits: Mask = np.ones(len(self.rows), np.bool_)
        if not query.is_empty:
            if self._haystacks is None:
                self._haystacks = Haystacks(self.rows)
            hits = self._haystacks.matching(query)
        return hits & self.columns.having(query.state) if query.state is not None else hits

    def _arrange(self) -> None:
        """Show what is wanted in the order that is wanted."""
        self.beginResetModel()
        self.order = self._arranged()
        self.endResetModel()

    def _arranged(self) -> Rows:
        rows = np.arange(len(self.rows)) if self._filter is None else np.flatnonzero(self._filter)
        if self._sorting is None:
            return rows
        column, order = self._sorting
        keys = (self.columns.confidence if column == CONFIDENCE else self.columns.state)[rows].astype(np.float64)
        descending = order == Qt.SortOrder.DescendingOrder
        return rows[np.argsort(-keys if descending else keys, kind="stable")]

    # ---- following the editor ----------------------------------------------------------------------------------

    @Slot()
    def _on_loaded(self) -> None:
        self.beginResetModel()
        self.rows = list(self._editor.rows)
        self.columns = BeadColumns(self.rows)
        self.query = self.hits = self._haystacks = self._filter = None
        self.order = self._arranged()
        self.endResetModel()

    @Slot(object)
    def _on_spliced(self, splice: Splice[Bead]) -> None:
        """Follow one splice: the rows that go, then those that change, then those that come."""
        start, old, new = splice.start, len(splice.old), len(splice.new)
        common = min(old, new)
        is_shown = old == 0 or bool(np.any(self._within(start, old)))
        going = np.flatnonzero(self._within(start + common, old - common))
        runs = np.split(going, np.flatnonzero(np.diff(going) > 1) + 1) if len(going) else []
        if len(runs) > _MOST_RUNS:
            self.beginResetModel()
            self.order = np.delete(self.order, going)
            self._replace(splice)
            self.endResetModel()
            return
        for run in reversed(runs):
            self.beginRemoveRows(NOWHERE, int(run[0]), int(run[-1]))
            self.order = np.delete(self.order, run)
            self.endRemoveRows()
        self._replace(splice)
        self._tell_changed(start, common)
        if new > common and is_shown:
            self._insert(start, common, new)
        if new != old and len(self.order):
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self.order) - 1)

    def _within(self, start: int, length: int) -> Mask:
        return (self.order >= start) & (self.order < start + length)

    def _replace(self, splice: Splice[Bead]) -> None:
        """Put the new beads in the place of the old ones; those below them get other numbers."""
        start, end, new = splice.start, splice.start + len(splice.old), splice.new
        self.rows[start:end] = new
        self.columns.splice(splice)
        if self._haystacks is not None:
            self._haystacks.splice(splice)
        if self.hits is not None and self.query is not None:
            self.hits = self._hits_after(self.hits, self.query, splice)
        if self._filter is not None:
            self._filter = _spliced(self._filter, start, end, [bool(np.any(self._filter[start:end]))] * len(new))
        self.order[self.order >= end] += len(new) - len(splice.old)

    def _hits_after(self, hits: Mask, query: Query, splice: Splice[Bead]) -> Mask:
        """Return what is found after a splice: of a few beads each is looked at, of very many all at once."""
        if len(splice.new) > _MANY:
            return self._matching(query)
        found = [query.matches(bead) for bead in splice.new]
        return _spliced(hits, splice.start, splice.start + len(splice.old), found)

    def _tell_changed(self, start: int, length: int) -> None:
        places = np.flatnonzero(self._within(start, length))
        if len(places):  # and the row below, whose paragraph may begin or no longer begin there
            last = self.index(min(int(places[-1]) + 1, len(self.order) - 1), self.columnCount() - 1)
            self.dataChanged.emit(self.index(int(places[0]), 0), last)

    def _insert(self, start: int, common: int, new: int) -> None:
        """Show the beads that have come behind the ones that were there."""
        before = self.place(start + common - 1) if start + common else -1
        if before < 0 and start + common:
            before = int(np.searchsorted(self.order, start + common)) - 1 if self._sorting is None else -1
        count = new - common
        self.beginInsertRows(NOWHERE, before + 1, before + count)
        self.order = np.insert(self.order, before + 1, np.arange(start + common, start + new))
        self.endInsertRows()

    # ---- what is shown -----------------------------------------------------------------------------------------

    def row_at(self, row: int) -> Bead:
        """Return the bead of a row that is shown."""
        return self.rows[self.number(row)]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the heading of a column, or the number of a bead in its chapter."""
        if orientation == Qt.Orientation.Vertical and role == Qt.ItemDataRole.DisplayRole:
            return str(self.number(section) + 1) if section < len(self.order) else None
        return super().headerData(section, orientation, role)

    def titles(self) -> tuple[str, ...]:
        """Return the heading of every column."""
        return self.tr("Source"), self.tr("Target"), self.tr("Confidence"), self.tr("State")

    def text(self, row: Bead, column: int) -> str:
        """Return what a cell says in words."""
        if column in (SOURCE, TARGET):
            return BORDER.join(s.text for s in (row.source if column == SOURCE else row.target))
        if column == CONFIDENCE:
            return f"{row.confidence if row.confidence == 1 else min(row.confidence, _NEARLY):.0%}"
        return self._state(row)

    def shown(self, row: Bead, column: int) -> Shown | None:
        """Return the sentences of a cell with the borders between them and what was searched marked."""
        if column not in (SOURCE, TARGET):
            return None
        side, other = ("source", "target") if column == SOURCE else ("target", "source")
        query = self.query if self.query is not None and self.query.where != other else None
        return _bordered(getattr(row, side), self.languages[column], query, is_dropped=row.is_dropped)

    def shown_at(self, row: int, column: int) -> Shown | None:
        """Return the sentences of a cell; with a line above them where a paragraph begins."""
        found = self.shown(self.row_at(row), column)
        return replace(found, is_first=True) if found is not None and self._begins(row, column) else found

    def _begins(self, row: int, column: int) -> bool:
        """Whether the first sentence of a cell begins a paragraph, and is not the first of the chapter."""
        number, side = self.number(row), "source" if column == SOURCE else "target"
        sentences: tuple[Sentence, ...] = getattr(self.rows[number], side)
        above = sentence_before(self.rows, number, side) if sentences else None
        return above is not None and above.block != sentences[0].block

    def tip(self, row: Bead, column: int) -> str | None:
        """Return why a bead may be wrong, or what was said and noted about it."""
        if column == CONFIDENCE:
            return "\n".join(row.reasons) or self.tr("Nothing unusual about this bead.")
        return "\n".join([self.spoken(row), *filter(None, [row.note])]) if column == STATE else None

    def spoken(self, bead: Bead) -> str:
        """Return state and marks in words, for who cannot see the signs."""
        marks = [(bead.has_pin, self.tr("pinned")), (bead.is_bookmarked, self.tr("bookmarked"))]
        changed = any(s.origin is not None for s in (*bead.source, *bead.target))
        marks.append((changed, self.tr("text changed")))
        return ", ".join([self._state(bead).lstrip("·✓?✕ "), *(word for is_set, word in marks if is_set)])

    def accessible(self, row: int, column: int) -> str:
        """Return what a screen reader says of a cell: row, side, text, state with its reason, confidence."""
        bead = self.row_at(row)
        share = self.tr("confidence {0} per cent").format(self.text(bead, CONFIDENCE).rstrip("%"))
        state = ": ".join(filter(None, [self.spoken(bead), bead.note]))
        if column in (SOURCE, TARGET):
            side = self.tr("source") if column == SOURCE else self.tr("target")
            texts = [s.text for s in (bead.source if column == SOURCE else bead.target)]
            words = [f"{side}: {' '.join(texts) or self.tr('nothing')}", state, share]
        elif column == CONFIDENCE:
            words = [": ".join([share, *filter(None, ["; ".join(bead.reasons)])]), state]
        else:
            words = [self.tr("state {0}").format(state), share]
        return self.tr("Bead {0}, {1}").format(self.number(row) + 1, "; ".join(words))

    def _state(self, bead: Bead) -> str:
        return {
            BeadState.AUTOMATIC: self.tr("· automatic"),
            BeadState.CONFIRMED: self.tr("✓ confirmed"),
            BeadState.REVIEW: self.tr("? needs review"),
            BeadState.DROPPED: self.tr("✕ dropped"),
        }[bead.state]


def _spliced(mask: Mask, start: int, end: int, new: Sequence[bool]) -> Mask:
    return np.concatenate([mask[:start], np.array(new, np.bool_), mask[end:]])


def _bordered(sentences: tuple[Sentence, ...], language: str, query: Query | None, *, is_dropped: bool) -> Shown:
    """Return sentences with their numbers, the borders between them and between paragraphs, and what was found."""
    marks: list[tuple[int, int, str]] = []
    pieces: list[str] = []
    at, block = 0, None
    for sentence in sentences:
        if block is not None:
            border = BORDER if sentence.block == block else _PARAGRAPH
            pieces.append(border)
            marks.append((at, at + len(border), "border"))
            at += len(border)
        number = f"{sentence.index + 1} "
        marks.append((at, at + len(number), "number"))
        at += len(number)
        if is_dropped:
            marks.append((at, at + len(sentence.text), "dropped"))
        marks += [(at + start, at + end, "hit") for start, end in (query.spans(sentence.text) if query else ())]
        at += len(sentence.text)
        pieces += [number, sentence.text]
        block = sentence.block
    return Shown("".join(pieces), language, tuple(marks))
