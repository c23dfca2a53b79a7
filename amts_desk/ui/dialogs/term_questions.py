"""The questions about terms: which translation is kept, and whether a terminology is deleted at Amazon."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QMessageBox, QPushButton, QVBoxLayout, QWidget

from amts_desk.core.amazon import Connection
from amts_desk.core.terms import Conflict, Keep
from amts_desk.ui.models.table import Column, TableModel
from amts_desk.ui.widgets.table import Table


class ConflictDialog(QDialog):
    """Shows every term that is there with another translation; `keep` is what was chosen."""

    def __init__(self, conflicts: Sequence[Conflict], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Terms with another translation"))
        self.resize(640, 400)
        self.keep = Keep.BOTH
        text = QLabel(
            self.tr(
                "{0} translates these terms otherwise than your list. Where both are kept, the new one wins, since "
                "Amazon uses the last."
            ).format(name)
        )
        text.setWordWrap(True)
        columns: list[Column[Conflict]] = [
            Column(self.tr("Term"), lambda c: c.new.source),
            Column(self.tr("Yours"), lambda c: ", ".join(term.target for term in c.old)),
            Column(self.tr("New"), lambda c: c.new.target),
        ]
        self._model: TableModel[Conflict] = TableModel(columns, self)
        self._model.set_rows(conflicts)
        self.table = Table(self._model, self.tr("Terms with another translation"), (200, 200, 0), 28)
        buttons = QDialogButtonBox()
        self.choices = {
            Keep.BOTH: QPushButton(self.tr("Keep &both")),
            Keep.NEW: QPushButton(self.tr("Take the &new ones")),
            Keep.OLD: QPushButton(self.tr("Keep &yours")),
        }
        for keep, button in self.choices.items():
            button.setProperty("keep", keep.value)
            button.clicked.connect(self._on_chosen)
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        self.choices[Keep.BOTH].setProperty("role", "primary")
        self.choices[Keep.BOTH].setDefault(True)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (text, self.table, buttons):
            column.addWidget(widget, 1 if widget is self.table else 0)

    def _on_chosen(self) -> None:
        self.keep = Keep(self.sender().property("keep"))
        self.accept()


def confirm_deletion(connection: Connection, name: str, parent: QWidget) -> bool:
    """Ask before a terminology is deleted at Amazon and return whether it may be."""
    tr = QCoreApplication.translate
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(tr("Terms", "Delete at Amazon"))
    box.setText(tr("Terms", "The terminology “{0}” will be deleted ({1}).").format(name, connection.label))
    box.setInformativeText(tr("Terms", "No job can use it after that. The terms of your project stay as they are."))
    accept = box.addButton(tr("Terms", "Delete “{0}”").format(name), QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.exec()
    accepted = box.clickedButton() is accept
    box.deleteLater()
    return accepted
