"""Light and dark: every colour comes from `resources/themes/palette.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from amts_desk.store.places import resource

NAMES = ("light", "dark")
_now = {"theme": "light"}


@cache
def _palettes() -> dict[str, dict[str, str]]:
    found = tomllib.loads(resource("themes/palette.toml").read_text("utf-8"))
    return {name: dict(found[name]) for name in NAMES}


def system_theme() -> str:
    """Return "dark" when the system prefers it, else "light"."""
    return "dark" if QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"


def current() -> str:
    """Return the name of the theme in use."""
    return _now["theme"]


def colour(name: str) -> QColor:
    """Return a colour of the theme in use by its name in the palette file."""
    return QColor(_palettes()[current()][name])


def apply(app: QApplication, theme: str) -> None:
    """Use a theme ("light" or "dark") from now on."""
    _now["theme"] = theme
    colours = _palettes()[theme]
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: "window",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "surface",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.Highlight: "selection",
        QPalette.ColorRole.HighlightedText: "text",
        QPalette.ColorRole.PlaceholderText: "quiet",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.ToolTipBase: "surface",
        QPalette.ColorRole.ToolTipText: "text",
    }
    for role, name in roles.items():
        palette.setColor(role, QColor(colours[name]))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours["quiet"]))
    app.setStyle("Fusion")
    app.setPalette(palette)
    style = resource("themes/style.qss").read_text("utf-8")
    tick = resource(f"themes/check-{theme}.svg").as_posix()
    app.setStyleSheet(Template(style).substitute(colours, check=tick))
