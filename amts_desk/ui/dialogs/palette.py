"""The command palette: every action with its key, found by typing a part of its name."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from amts_desk.ui.actions import Actions, Spec
from amts_desk.ui.widgets.composing import CompositionGuard

_NAME = Qt.ItemDataRole.UserRole + 1


class CommandPalette(QDialog):
    """Type, choose with the arrow keys, press Enter."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("All commands"))
        self.resize(520, 420)
        self._actions = actions
        self._field = QLineEdit()
        self._field.setPlaceholderText(self.tr("Type a part of a command's name"))
        self._field.setAccessibleName(self.tr("Type a part of a command's name"))
        CompositionGuard(self._field)
        self._field.textChanged.connect(self._on_typed)
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Commands"))
        self._list.activated.connect(self._on_activated)
        self._field.returnPressed.connect(self._on_return)
        column = QVBoxLayout(self)
        column.addWidget(self._field)
        column.addWidget(self._list)
        self._on_typed("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrow keys move the choice while typing goes on."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._list.setCurrentRow(max(0, min(self._list.count() - 1, self._list.currentRow() + step)))
            return
        super().keyPressEvent(event)

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        wanted = text.casefold().split()
        self._list.clear()
        for spec in self._actions.specs():
            if all(word in self._words(spec).casefold() for word in wanted):
                self._add(spec)
        self._list.setCurrentRow(0)

    def _add(self, spec: Spec) -> None:
        action = self._actions[spec.name]
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        item = QListWidgetItem(f"{self._words(spec)}    {key}".rstrip(), self._list)
        item.setData(_NAME, spec.name)
        if not action.isEnabled():
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)

    def _words(self, spec: Spec) -> str:
        return f"{spec.menu.replace('&', '')}: {self._actions[spec.name].text()}"

    @Slot()
    def _on_return(self) -> None:
        self._carry_out(self._list.currentItem())

    @Slot(QModelIndex)
    def _on_activated(self, _: QModelIndex) -> None:
        self._carry_out(self._list.currentItem())

    def _carry_out(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.flags() & Qt.ItemFlag.ItemIsEnabled:
            self.accept()
            self._actions[item.data(_NAME)].trigger()
