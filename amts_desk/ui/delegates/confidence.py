"""Paint a confidence as a bar with its number: the bar for the eye, the number for everybody."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from amts_desk.core.alignment import Bead
from amts_desk.ui import theme
from amts_desk.ui.delegates.bead_cell import BeadCellDelegate

LOW, HIGH = 0.5, 0.85
"""Below LOW a bead is probably wrong, above HIGH probably right."""


class ConfidenceDelegate(BeadCellDelegate):
    """Paints the confidence of the bead in the row."""

    def draw(self, painter: QPainter, area: QRect, bead: Bead, words: str) -> None:
        """Draw a bar as long as the confidence, and the number behind it."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rail = QRectF(area.left(), QRectF(area).center().y() - 2, area.width() - 44, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line"))
        painter.drawRoundedRect(rail, 2, 2)
        name = "bad" if bead.confidence < LOW else "warn" if bead.confidence < HIGH else "good"
        painter.setBrush(theme.colour(name))
        rail.setWidth(rail.width() * bead.confidence)
        painter.drawRoundedRect(rail, 2, 2)
        painter.setPen(theme.colour("text"))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), words)
