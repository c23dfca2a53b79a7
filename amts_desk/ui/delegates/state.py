"""Paint the state of a bead: a sign and a word, and icons for its pin and its bookmark."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QIcon, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from amts_desk.core.alignment import Bead, BeadState
from amts_desk.ui import theme
from amts_desk.ui.icons import icon
from amts_desk.ui.models.table import ROW_ROLE

_INKS = {
    BeadState.AUTOMATIC: "quiet",
    BeadState.CONFIRMED: "good",
    BeadState.REVIEW: "warn",
    BeadState.DROPPED: "quiet",
}
_SIZE = 16


class StateDelegate(QStyledItemDelegate):
    """Paints the state of the bead in the row."""

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
        area = option.rect.adjusted(8, 0, -8, 0)
        names = [name for name, is_set in (("pin", bead.has_pin), ("bookmark", bead.is_bookmarked)) if is_set]
        for number, name in enumerate(names):
            left = area.right() - (len(names) - number) * (_SIZE + 2)
            self._icon(name).paint(painter, QRect(left, area.center().y() - _SIZE // 2, _SIZE, _SIZE))
        painter.setPen(theme.colour(_INKS[bead.state]))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), index.data())
        painter.restore()

    def _icon(self, name: str) -> QIcon:
        key = name, theme.current()
        if key not in _drawn:
            _drawn[key] = icon(name, "accent", _SIZE)
        return _drawn[key]


_drawn: dict[tuple[str, str], QIcon] = {}
