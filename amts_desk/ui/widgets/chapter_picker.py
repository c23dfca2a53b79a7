"""A list of the project's chapters with a tick for each one chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from amts_desk.store.chapters import Chapter

_CHAPTER = Qt.ItemDataRole.UserRole + 1


class ChapterPicker(QListWidget):
    """Tick chapters with the mouse or the space bar."""

    chosen_changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chapters")
        self.setAccessibleName(name)
        self.itemChanged.connect(self._on_changed)

    def show_chapters(self, chapters: list[Chapter], *, ticked: bool) -> None:
        """Show chapters; those that were there keep their tick, new ones get `ticked`."""
        before = {self._chapter(i).id: self._is_ticked(i) for i in range(self.count())}
        if [self._chapter(i) for i in range(self.count())] == chapters:
            return
        self.blockSignals(True)
        self.clear()
        for chapter in chapters:
            item = QListWidgetItem(chapter.name, self)
            item.setData(_CHAPTER, chapter)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            is_ticked = before.get(chapter.id, ticked)
            item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
        self.blockSignals(False)
        self.chosen_changed.emit()

    def tick(self, chapter_ids: set[int]) -> None:
        """Tick exactly the chapters with these numbers; whoever listens hears of it once."""
        self.blockSignals(True)
        for i in range(self.count()):
            wanted = self._chapter(i).id in chapter_ids
            self.item(i).setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
        self.blockSignals(False)
        self.chosen_changed.emit()

    def chosen(self) -> list[Chapter]:
        """Return the ticked chapters."""
        return [self._chapter(i) for i in range(self.count()) if self._is_ticked(i)]

    def current(self) -> Chapter | None:
        """Return the chapter the cursor is on if it is ticked, else the first ticked one, else that of the cursor."""
        chosen = self.chosen()
        here = self._chapter(self.currentRow()) if self.currentRow() >= 0 else None
        return here if here in chosen or not chosen else chosen[0]

    def others(self) -> list[Chapter]:
        """Return the chapters without a tick."""
        return [self._chapter(i) for i in range(self.count()) if not self._is_ticked(i)]

    def _chapter(self, row: int) -> Chapter:
        chapter: Chapter = self.item(row).data(_CHAPTER)
        return chapter

    def _is_ticked(self, row: int) -> bool:
        return self.item(row).checkState() == Qt.CheckState.Checked

    def _on_changed(self, _: QListWidgetItem) -> None:
        self.chosen_changed.emit()
