"""Choose a direction of translation among those the project's chapters allow."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

from amts_desk.core.languages import language
from amts_desk.store.chapters import Chapter


class DirectionBox(QComboBox):
    """Lists each language pair of the project both ways, the way the chapters were translated first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Direction of translation"))

    def show_directions(self, chapters: list[Chapter]) -> None:
        """Offer the directions of these chapters; the one that was chosen stays chosen."""
        pairs = list(dict.fromkeys((c.source_language, c.target_language) for c in chapters))
        self._show(pairs + [(target, source) for source, target in pairs if (target, source) not in pairs])

    def show_only(self, directions: list[tuple[str, str]]) -> None:
        """Offer exactly these directions; the one that was chosen stays chosen."""
        self._show(directions)

    def _show(self, directions: list[tuple[str, str]]) -> None:
        if directions == [self.itemData(i) for i in range(self.count())]:
            return
        before = self.currentData()
        self.blockSignals(True)
        self.clear()
        for source, target in directions:
            self.addItem(f"{language(source).name} → {language(target).name}", (source, target))
        self.setCurrentIndex(directions.index(before) if before in directions else min(0, len(directions) - 1))
        self.blockSignals(False)
        if self.currentData() != before:
            # Said once, and only when the choice is another: whoever listens keeps its ticks.
            self.currentIndexChanged.emit(self.currentIndex())

    def direction(self) -> tuple[str, str]:
        """Return (source, target) as Amazon codes; ("", "") while there is nothing to choose."""
        return self.currentData() or ("", "")

    def matching(self, chapters: list[Chapter]) -> list[Chapter]:
        """Return the chapters that can be translated in the chosen direction."""
        wanted = set(self.direction())
        return [c for c in chapters if {c.source_language, c.target_language} == wanted]
