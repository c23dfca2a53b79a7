"""Choose the keys of the program: every action with its key, one list that can be searched."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from amts_desk.ui import keys
from amts_desk.ui.actions import Actions
from amts_desk.ui.models.table import Column, TableModel
from amts_desk.ui.rooms.directory import room_title
from amts_desk.ui.widgets.composing import CompositionGuard
from amts_desk.ui.widgets.fitting import fit_screen
from amts_desk.ui.widgets.table import Table


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    words: str
    where: str
    key: str
    usual: str


class KeysDialog(QDialog):
    """A list of actions, and below it the key of the chosen one. What is chosen holds at once and is kept at once."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.resize(760, 560)
        fit_screen(self)
        self._actions = actions
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Search for a command or a key"))
        self.field.setAccessibleName(self.tr("Search for a command or a key"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._show)
        CompositionGuard(self.field)
        self._model: TableModel[_Line] = TableModel(
            [
                Column(self.tr("Command"), lambda line: line.words),
                Column(self.tr("Where"), lambda line: line.where),
                Column(self.tr("Key"), lambda line: keys.native(line.key)),
                Column(self.tr("Usual key"), lambda line: keys.native(line.usual)),
            ],
            self,
        )
        self.table = Table(self._model, self.tr("Commands and their keys"), (0, 130, 150, 150), 28)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.table.activated.connect(self._on_activated)
        self.edit = QKeySequenceEdit()
        self.edit.setMaximumSequenceLength(1)
        self.edit.setAccessibleName(self.tr("New key for the chosen command"))
        self.edit.keySequenceChanged.connect(self._on_pressed)
        self._told = QLabel()
        self._told.setWordWrap(True)
        self._told.setMinimumHeight(36)
        self.take_button = self._button(self.tr("Use this key"), self._on_take)
        self.take_button.setProperty("role", "primary")
        self.none_button = self._button(self.tr("No key"), self._on_none)
        self.reset_button = self._button(self.tr("Usual key"), self._on_reset)
        self.reset_all_button = self._button(self.tr("All usual keys"), self._on_reset_all)
        self._arrange()
        self._show()

    def _button(self, words: str, slot: object) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button

    def _arrange(self) -> None:
        label = QLabel(self.tr("New key:"))
        label.setBuddy(self.edit)
        row = QHBoxLayout()
        for widget in (label, self.edit, self.take_button, self.none_button, self.reset_button):
            row.addWidget(widget, 1 if widget is self.edit else 0)
        foot = QHBoxLayout()
        foot.addWidget(self.reset_all_button)
        foot.addStretch(1)
        foot.addWidget(self._button(self.tr("Close"), self.accept))
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.table, 1)
        column.addLayout(row)
        column.addWidget(self._told)
        column.addLayout(foot)

    # ---- what is chosen ----------------------------------------------------------------------------------------

    def choose(self, name: str) -> None:
        """Choose an action in the list, if it is shown."""
        for number, line in enumerate(self._model.rows):
            if line.name == name:
                self.table.choose_row(number)

    def chosen(self) -> str:
        """Return the name of the action that is chosen, "" when none is."""
        row = self.table.currentIndex().row()
        return self._model.rows[row].name if 0 <= row < len(self._model.rows) else ""

    @property
    def told(self) -> str:
        """What is said about the key that was pressed."""
        return self._told.text()

    # ---- inside ------------------------------------------------------------------------------------------------

    @Slot()
    def _show(self) -> None:
        """Show the actions that have every word that was typed, and keep the choice."""
        before = self.chosen()
        wanted = self.field.text().casefold().split()
        self._model.set_columns(self._model.columns, [line for line in self._lines() if _has(line, wanted)])
        self.reset_all_button.setEnabled(bool(self._actions.chosen))
        self.table.choose_row(0)
        self.choose(before)
        self._on_current()

    def _lines(self) -> list[_Line]:
        return [
            _Line(
                spec.name,
                f"{spec.menu.replace('&', '')}: {spec.text.rstrip('…')}",
                room_title(spec.room) if spec.room else self.tr("everywhere"),
                self._actions[spec.name].shortcut().toString(),
                keys.sequence(spec.key),
            )
            for spec in self._actions.specs()
        ]

    @Slot()
    def _on_current(self) -> None:
        name = self.chosen()
        self.edit.clear()
        self._told.setText(self.tr("Choose a command, then press its new key here.") if name else "")
        self.take_button.setText(self.tr("Use this key"))
        self.take_button.setEnabled(False)
        self.edit.setEnabled(bool(name))
        self.none_button.setEnabled(bool(name) and bool(self._actions.key(name)))
        self.reset_button.setEnabled(name in self._actions.chosen)

    @Slot(QModelIndex)
    def _on_activated(self, _: QModelIndex) -> None:
        self.edit.setFocus()

    @Slot(QKeySequence)
    def _on_pressed(self, pressed: QKeySequence) -> None:
        """Say whether the key can be had, and by name whose it is."""
        name, key = self.chosen(), pressed.toString()
        if not name or not key:
            return
        problem = self._actions.refusal(name, key)
        others = [] if problem else self._actions.meeting(name, key)
        words = ", ".join(f"“{self._actions.spec(other).text.rstrip('…')}”" for other in others)
        self.take_button.setEnabled(not problem)
        self.take_button.setText(self.tr("Take it from {0}").format(words) if others else self.tr("Use this key"))
        free = self.tr("{0} is free.").format(keys.native(key))
        clash = self.tr("{0} is the key of {1}, which would have none.").format(keys.native(key), words)
        self._told.setText(problem or (clash if others else free))

    @Slot()
    def _on_take(self) -> None:
        self._actions.set_key(self.chosen(), self.edit.keySequence().toString())
        self._after()

    @Slot()
    def _on_none(self) -> None:
        self._actions.set_key(self.chosen(), "")
        self._after()

    @Slot()
    def _on_reset(self) -> None:
        """Give the usual key back; whose it is meanwhile is said first."""
        name = self.chosen()
        usual = self._actions.spec(name).key
        if self._actions.meeting(name, usual):
            self.edit.setKeySequence(QKeySequence(usual))
            self.take_button.setFocus()
            return
        self._actions.reset_key(name)
        self._after()

    @Slot()
    def _on_reset_all(self) -> None:
        self._actions.choose({})
        self._after()

    def _after(self) -> None:
        self._show()
        self.table.setFocus()


def _has(line: _Line, wanted: list[str]) -> bool:
    words = f"{line.words} {line.where} {line.key} {keys.native(line.key)}".casefold()
    return all(word in words for word in wanted)
