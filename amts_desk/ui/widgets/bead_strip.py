"""A strip beside the scroll bar: where in the table the suspicious, unconfirmed and bookmarked beads are."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QTableView, QWidget

from amts_desk.ui import theme
from amts_desk.ui.models.beads import BeadTable
from amts_desk.ui.models.columns import Mask

_LANE = 5
_NEAR = 6
"""Pixels around a click in which a mark is meant."""


class BeadStrip(QWidget):
    """Three lanes of marks over the height of the table. A click goes to the marked bead that is nearest."""

    chosen = Signal(int)

    def __init__(self, model: BeadTable, table: QTableView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._table = model, table
        self._marks: list[npt.NDArray[np.int64]] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Where the marked beads are"))
        for signal in (model.dataChanged, model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self.forget)

    def sizeHint(self) -> QSize:
        """Return three lanes' width."""
        return QSize(3 * _LANE + 4, 100)

    @Slot()
    def forget(self) -> None:
        """Look where the marks are again when they are next painted."""
        self._marks = None
        self.update()

    def marks(self) -> list[npt.NDArray[np.int64]]:
        """Return for each lane the places in the table that have a mark."""
        if self._marks is None:
            self._marks = [np.flatnonzero(mask[self._model.order]) for mask in self._masks()]
            counts = [len(places) for places in self._marks]
            self.setAccessibleDescription(
                self.tr("Not confirmed: {0}, suspicious: {1}, bookmarked: {2}").format(*counts)
            )
        return self._marks

    def _masks(self) -> list[Mask]:
        columns = self._model.columns
        return [columns.open, columns.suspicious, columns.bookmarked]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Paint anew."""
        super().resizeEvent(event)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw a line for every pixel that has a mark."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        top, height, count = self._top(), self._height(), max(1, self._model.rowCount())
        for lane, (places, name) in enumerate(zip(self.marks(), ("line", "warn", "accent"), strict=True)):
            colour, thick = theme.colour(name), max(2 if lane else 1, height // count)
            for first, last in _runs(places * height // count):
                painter.fillRect(2 + lane * _LANE, top + first, _LANE - 1, last - first + thick, colour)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the mark that is nearest, or where there is none to that place."""
        count = self._model.rowCount()
        if not count:
            return
        y, height = event.position().y() - self._top(), self._height()
        place = min(count - 1, max(0, int(y * count / height)))
        _, suspicious, bookmarked = self.marks()
        near = np.concatenate([suspicious, bookmarked])
        if len(near):
            nearest = int(near[np.argmin(np.abs(near - place))])
            if abs(nearest - place) * height <= _NEAR * count:
                place = nearest
        self.chosen.emit(place)

    def _top(self) -> int:
        return int(self._table.horizontalHeader().height())

    def _height(self) -> int:
        return max(1, self.height() - self._top())


def _runs(lines: npt.NDArray[np.int64]) -> list[tuple[int, int]]:
    """Return the stretches (first, last) of neighbouring lines; they come in order, many of them more than once."""
    if not len(lines):
        return []
    gaps = np.flatnonzero(np.diff(lines) > 1)
    firsts, lasts = lines[np.append(0, gaps + 1)], lines[np.append(gaps, len(lines) - 1)]
    return list(zip(firsts.tolist(), lasts.tolist(), strict=True))
