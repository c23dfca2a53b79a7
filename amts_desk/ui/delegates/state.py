"""Paint the state of a bead: a sign and a word, and icons for its pin and its bookmark."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QIcon, QPainter

from amts_desk.core.alignment import Bead, BeadState
from amts_desk.ui import theme
from amts_desk.ui.delegates.bead_cell import BeadCellDelegate
from amts_desk.ui.icons import icon

_INKS = {
    BeadState.AUTOMATIC: "quiet",
    BeadState.CONFIRMED: "good",
    BeadState.REVIEW: "warn",
    BeadState.DROPPED: "quiet",
}
_SIZE = 16


class StateDelegate(BeadCellDelegate):
    """Paints the state of the bead in the row."""

    def draw(self, painter: QPainter, area: QRect, bead: Bead, words: str) -> None:
        """Draw the sign and the word, and the icons at the end."""
        names = [name for name, is_set in (("pin", bead.has_pin), ("bookmark", bead.is_bookmarked)) if is_set]
        for number, name in enumerate(names):
            left = area.right() - (len(names) - number) * (_SIZE + 2)
            self._icon(name).paint(painter, QRect(left, area.center().y() - _SIZE // 2, _SIZE, _SIZE))
        painter.setPen(theme.colour(_INKS[bead.state]))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)

    def _icon(self, name: str) -> QIcon:
        key = name, theme.current()
        if key not in _drawn:
            _drawn[key] = icon(name, "accent", _SIZE)
        return _drawn[key]


_drawn: dict[tuple[str, str], QIcon] = {}
