"""What the cells of a bead that are painted by hand have in common: the background, and the room inside it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from amts_desk.core.alignment import Bead
from amts_desk.ui import theme
from amts_desk.ui.models.table import ROW_ROLE


class BeadCellDelegate(QStyledItemDelegate):
    """Paints one cell of a bead; `draw` is what each kind of cell does."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the cell."""
        bead = index.data(ROW_ROLE)
        if not isinstance(bead, Bead):
            super().paint(painter, option, index)
            return
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.colour("selection"))
        self.draw(painter, option.rect.adjusted(8, 0, -8, 0), bead, index.data())
        painter.restore()

    def draw(self, painter: QPainter, area: QRect, bead: Bead, words: str) -> None:
        """Draw a bead into the area of its cell; `words` are what the cell says."""
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), words)
