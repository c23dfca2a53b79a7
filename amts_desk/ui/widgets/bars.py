"""A small bar chart: one bar an arm, its interval as a whisker, its number beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from amts_desk.ui import theme

Bar = tuple[str, float, tuple[float, float] | None]
_ROW = 28
_LABEL = 160
_NUMBER = 110


class BarChart(QWidget):
    """Scores from 0 to 100, drawn with the colours of the theme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: list[Bar] = []
        self.setFixedHeight(0)

    def show_bars(self, bars: list[Bar]) -> None:
        """Show other bars: (name, score, interval)."""
        self._bars = bars
        self.setFixedHeight(_ROW * len(bars) + 8)
        self.setAccessibleName(self.tr("BLEU of each arm"))
        self.setAccessibleDescription("; ".join(f"{name}: {score:.1f}" for name, score, _ in bars))
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        largest = max([ci[1] if ci else score for _, score, ci in self._bars] + [10.0])
        scale = (self.width() - _LABEL - _NUMBER) / largest
        for number, bar in enumerate(self._bars):
            self._draw(painter, bar, 4 + number * _ROW, scale)
        painter.end()

    def _draw(self, painter: QPainter, bar: Bar, top: float, scale: float) -> None:
        name, score, interval = bar
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.setPen(theme.colour("text"))
        painter.drawText(QRectF(0, top, _LABEL - 8, _ROW), middle, name)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(QRectF(_LABEL, top + 7, score * scale, _ROW - 14), 3, 3)
        end = score
        if interval is not None:
            painter.setPen(QPen(theme.colour("text"), 1.5))
            y = top + _ROW / 2
            painter.drawLine(int(_LABEL + interval[0] * scale), int(y), int(_LABEL + interval[1] * scale), int(y))
            end = max(score, interval[1])
        painter.setPen(theme.colour("text"))
        area = QRectF(_LABEL + end * scale + 8, top, _NUMBER, _ROW)
        painter.drawText(area, middle, f"{score / 100:.3f} · {score:.1f}")
