"""Font families by language. Without them Qt draws Chinese with Japanese glyphs outside a Chinese locale."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

READING_SIZE = 15
"""Pixels: the size of text that is read and edited, until a person chooses another."""
_SIZES = (11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 28, 32)
_now = {"size": READING_SIZE}
_LATIN = ("Inter", "Segoe UI", "SF Pro Text", "Noto Sans", "DejaVu Sans")
_CODE = ("JetBrains Mono", "Cascadia Mono", "SF Mono", "Menlo", "Noto Sans Mono", "DejaVu Sans Mono")
_FAMILIES = {
    "zh": ("Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei"),
    "zh-TW": ("Noto Sans CJK TC", "PingFang TC", "Microsoft JhengHei"),
    "ja": ("Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic"),
    "ko": ("Noto Sans CJK KR", "Apple SD Gothic Neo", "Malgun Gothic"),
}


def code_families() -> list[str]:
    """Return the families to draw code and formulas with, best first."""
    here = set(QFontDatabase.families())
    found = [family for family in _CODE if family in here]
    return found or [QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()]


def families(language: str) -> list[str]:
    """Return the families to draw text of a language with, best first; only those this system has.

    A language with its own glyphs has its own family first: Qt keeps for each first family the others it was first
    asked for with, so that behind a Latin one all languages would have the glyphs of the one that came first.
    """
    own = _FAMILIES.get(language)
    wanted = (*own, *_LATIN) if own else (*_LATIN, *_FAMILIES["zh"])
    here = set(QFontDatabase.families())
    return [family for family in wanted if family in here] or [QApplication.font().family()]


def reading_size() -> int:
    """Return the size in pixels of text that is read and edited."""
    return _now["size"]


def use_reading_size(size: int) -> None:
    """Read and edit in the size nearest to this one from now on; views that are there must be told."""
    _now["size"] = min(_SIZES, key=lambda known: abs(known - size))


def next_size(step: int) -> int:
    """Return the size that is one step larger (+1) or smaller (-1) than that of now; 0 is the usual one."""
    if not step:
        return READING_SIZE
    at = _SIZES.index(reading_size()) + step
    return _SIZES[max(0, min(len(_SIZES) - 1, at))]


def reading_font(language: str) -> QFont:
    """Return the font in which text of a language is read and edited."""
    font = QFont()
    font.setFamilies(families(language))
    font.setPixelSize(reading_size())
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
    font.setFamilies(families("en"))
    font.setPixelSize(13)
    app.setFont(font)
