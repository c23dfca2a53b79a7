"""Font families by language. Without them Qt draws Chinese with Japanese glyphs outside a Chinese locale."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

READING_SIZE = 15
"""Pixels: the default size of text that is read and edited."""
_LATIN = ("Inter", "Segoe UI", "SF Pro Text", "Noto Sans", "DejaVu Sans")
_FAMILIES = {
    "zh": ("Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei"),
    "zh-TW": ("Noto Sans CJK TC", "PingFang TC", "Microsoft JhengHei"),
    "ja": ("Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic"),
    "ko": ("Noto Sans CJK KR", "Apple SD Gothic Neo", "Malgun Gothic"),
}


def families(language: str) -> list[str]:
    """Return the families to draw text of a language with, best first; only those this system has."""
    wanted = (*_LATIN, *_FAMILIES.get(language, _FAMILIES["zh"]))
    here = set(QFontDatabase.families())
    return [family for family in wanted if family in here] or [QApplication.font().family()]


def reading_font(language: str, size: int = READING_SIZE) -> QFont:
    """Return the font in which text of a language is read and edited."""
    font = QFont()
    font.setFamilies(families(language))
    font.setPixelSize(size)
    return font


def missing_advice() -> str:
    """Return what to install when no font with Chinese glyphs is here; "" when one is."""
    here = set(QFontDatabase.families())
    if here.intersection(_FAMILIES["zh"]):
        return ""
    return "Install a Chinese font, for example: sudo apt install fonts-noto-cjk"


def apply(app: QApplication) -> None:
    """Give the whole program families that show every language rightly."""
    font = app.font()
    font.setFamilies(families("zh"))
    font.setPixelSize(13)
    app.setFont(font)
