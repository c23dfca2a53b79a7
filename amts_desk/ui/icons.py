"""Icons from `resources/icons`, drawn in the colour of the theme in use."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from amts_desk.store.places import resource
from amts_desk.ui import theme

_INK = "#5b6472"
"""The stroke that stands in the files."""


def icon(name: str, colour: str = "quiet", size: int = 20) -> QIcon:
    """Return an icon by its file name, in a colour of the palette."""
    drawing = resource(f"icons/{name}.svg").read_text("utf-8").replace(_INK, theme.colour(colour).name())
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    found = QIcon()
    for scale in (1, 2):
        picture = QPixmap(size * scale, size * scale)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        renderer.render(painter, QRectF(0, 0, size * scale, size * scale))
        painter.end()
        picture.setDevicePixelRatio(scale)
        found.addPixmap(picture)
    return found
