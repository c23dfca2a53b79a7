"""Paint a confidence as a bar with its number: the bar for the eye, the number for everybody."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from amts_desk.core.alignment import Bead
from amts_desk.ui import theme
from amts_desk.ui.models.table import ROW_ROLE

LOW, HIGH = 0.5, 0.85
"""Below LOW a bead is probably wrong, above HIGH probably right."""


class ConfidenceDelegate(QStyledItemDelegate):
    """Paints the confidence of the bead in the row."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the cell."""
        bead = index.data(ROW_ROLE)
        if not isinstance(bead, Bead):
            super().paint(painter, option, index)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.colour("selection"))
        area = QRectF(option.rect).adjusted(8, 0, -8, 0)
        rail = QRectF(area.left(), area.center().y() - 2, area.width() - 44, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line"))
        painter.drawRoundedRect(rail, 2, 2)
        name = "bad" if bead.confidence < LOW else "warn" if bead.confidence < HIGH else "good"
        painter.setBrush(theme.colour(name))
        rail.setWidth(rail.width() * bead.confidence)
        painter.drawRoundedRect(rail, 2, 2)
        painter.setPen(theme.colour("text"))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), index.data())
        painter.restore()
