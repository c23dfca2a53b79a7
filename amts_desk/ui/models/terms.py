"""The table of terms of one pair of languages: source, translation, note, and what Amazon would say of each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Slot
from PySide6.QtGui import QFont

from amts_desk.core.terminology import flaw, overruled
from amts_desk.core.terms import Term, retype, tidy
from amts_desk.desk.editor import TrackEditor
from amts_desk.ui.fonts import reading_font
from amts_desk.ui.models.table import NOWHERE, ROW_ROLE, Index

SOURCE, TARGET, NOTE, REMARK = range(4)
_FIELDS = ("source", "target", "note")


class TermsModel(QAbstractTableModel):
    """Follows the editor of the terms; a cell that is typed anew becomes a step of its history."""

    def __init__(self, editor: TrackEditor[Term], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._direction = ("", "")
        self._words = ""
        self._shown: list[int] = []
        self._lost: dict[int, Term] = {}
        self._fonts: dict[str, QFont] = {}
        editor.loaded.connect(self.refresh)
        editor.spliced.connect(self.refresh)
        self.refresh()

    def show(self, direction: tuple[str, str], words: str = "") -> None:
        """Show the terms of a direction that hold `words` anywhere, whether upper or lower case."""
        self._direction, self._words = direction, tidy(words).casefold()
        self.refresh()

    @property
    def shown(self) -> list[int]:
        """The numbers in the editor of the terms that are shown, in order."""
        return self._shown

    @Slot()
    def refresh(self) -> None:
        """Look at the terms again; where the same ones are shown, the selection stays."""
        rows = self._editor.rows
        shown = [
            number
            for number, term in enumerate(rows)
            if (term.source_language, term.target_language) == self._direction and self._holds(term)
        ]
        lost = overruled(rows)
        if shown == self._shown:
            self._lost = lost
            if shown:
                self.dataChanged.emit(self.index(0, 0), self.index(len(shown) - 1, REMARK))
            return
        self.beginResetModel()
        self._shown, self._lost = shown, lost
        self.endResetModel()

    def remark(self, number: int) -> str:
        """Return why the term of this number will not go to Amazon; "" when it will."""
        if winner := self._lost.get(number):
            return self.tr("“{0}” further down wins").format(winner.target)
        return flaw(self._editor.rows[number])

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the heading of a column."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("Term"), self.tr("Translation"), self.tr("Note"), self.tr("Not sent, since"))[section]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let everything but the remark be typed in."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() != REMARK else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        number = self._shown[index.row()]
        term = self._editor.rows[number]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(number, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            heading = self.headerData(index.column(), Qt.Orientation.Horizontal)
            return f"{heading}: {self._text(number, index.column())}"
        if role == Qt.ItemDataRole.FontRole and index.column() in (SOURCE, TARGET):
            return self._font(term.source_language if index.column() == SOURCE else term.target_language)
        return term if role == ROW_ROLE else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802  Qt's name
        """Give a term another text, as one step; an empty source or translation is not taken."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or index.column() == REMARK:
            return False
        number, name = self._shown[index.row()], _FIELDS[index.column()]
        term = self._editor.rows[number]
        new = replace(term, **{name: str(value)}).tidied()
        if new == term or not (new.source and new.target):
            return False
        self._editor.edit(retype(self._editor.rows, number, new), self.tr("Change “{0}”").format(term.source))
        return True

    def _text(self, number: int, column: int) -> str:
        term = self._editor.rows[number]
        return self.remark(number) if column == REMARK else str(getattr(term, _FIELDS[column]))

    def _holds(self, term: Term) -> bool:
        words = self._words
        return not words or any(words in text.casefold() for text in (term.source, term.target, term.note))

    def _font(self, code: str) -> QFont:
        if code not in self._fonts:
            self._fonts[code] = reading_font(code)
        return self._fonts[code]
