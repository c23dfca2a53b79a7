"""The terms of the project: one pair of languages at a time, searched, typed, added and deleted by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from amts_desk.core.languages import LANGUAGES
from amts_desk.core.terms import Term, add, directions, remove
from amts_desk.desk.session import Session
from amts_desk.ui.fonts import families
from amts_desk.ui.models.terms import TermsModel
from amts_desk.ui.widgets.direction_box import DirectionBox
from amts_desk.ui.widgets.table import Table


class Field(QLineEdit):
    """A line to type in; where there is no typing to take back, Ctrl+Z takes back the last step of the terms."""

    def event(self, event: QEvent) -> bool:
        """Leave the key of undo to the dialog when it has nothing to do here."""
        keys = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            able = self.isUndoAvailable(), self.isRedoAvailable()
            if any(event.matches(key) and not can for key, can in zip(keys, able, strict=True)):
                event.ignore()
                return True
        return super().event(event)


class TermList(QWidget):
    """Every change is a step of the history of the terms, on disk before it is shown."""

    direction_changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._editor = session.terms.editor
        self.direction = DirectionBox()
        self.search = Field()
        self.search.setPlaceholderText(self.tr("Search (Ctrl+F)"))
        self.search.setAccessibleName(self.tr("Search in the terms"))
        self.search.setClearButtonEnabled(True)
        self._count = QLabel()
        self._count.setProperty("role", "quiet")
        self.model = TermsModel(self._editor, self)
        self.table = Table(self.model, self.tr("Terms"), (230, 230, 0, 220), 30)
        self.table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.fields = [Field() for _ in range(3)]
        self.add_button, self.delete_button = QPushButton(self.tr("Add")), QPushButton(self.tr("Delete"))
        self._build()
        self.direction.currentIndexChanged.connect(self._on_direction)
        self.search.textChanged.connect(self._show)
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        self._editor.loaded.connect(self._on_changed)
        self._editor.spliced.connect(self._on_changed)
        self._on_changed()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.direction)
        head.addWidget(self.search, 1)
        head.addWidget(self._count)
        names = (self.tr("New term (Ctrl+N)"), self.tr("Its translation"), self.tr("Note for people"))
        foot = QHBoxLayout()
        for field, name in zip(self.fields, names, strict=True):
            field.setPlaceholderText(name)
            field.setAccessibleName(name)
            field.returnPressed.connect(self.add)
            foot.addWidget(field, 1)
        for button, slot in ((self.add_button, self.add), (self.delete_button, self.delete)):
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            foot.addWidget(button)
        self.table.setToolTip(self.tr("F2 or a double click changes a cell"))
        self.delete_button.setToolTip(self.tr("Delete the selected terms (Del); Ctrl+Z brings them back"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        # An editor in a cell keeps Delete to itself.
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.delete)
        for key, field in (("Ctrl+F", self.search), ("Ctrl+N", self.fields[0])):
            QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WindowShortcut).activated.connect(
                field.setFocus
            )

    @Slot()
    def add(self) -> None:
        """Put the typed term at the end; the next one can be typed at once."""
        source, target, note = (field.text() for field in self.fields)
        if not source.strip() or not target.strip():
            self.fields[1 if source.strip() else 0].setFocus()
            return
        new = Term(*self.direction.direction(), source, target, note)
        self._editor.edit(add(self._editor.rows, new), self.tr("Add “{0}”").format(new.source.strip()))
        for field in self.fields:
            field.setText("")  # which forgets what was typed, so that Ctrl+Z is for the term
        self.fields[0].setFocus()
        self.search.setText("")
        self.table.choose_row(self.model.rowCount() - 1)

    @Slot()
    def delete(self) -> None:
        """Take the selected terms out, as one step."""
        rows = self.table.chosen_rows()
        if not rows:
            return
        numbers = [self.model.shown[row] for row in rows]
        names = self.tr("Delete terms: {0}").format(len(rows))
        self._editor.edit(remove(self._editor.rows, numbers), names)
        if self.model.rowCount():
            self.table.choose_row(min(rows[0], self.model.rowCount() - 1))

    def choose(self, direction: tuple[str, str]) -> None:
        """Show a direction, when it is offered."""
        at = self.direction.findData(direction)
        if at >= 0:
            self.direction.setCurrentIndex(at)

    @Slot()
    def _on_changed(self) -> None:
        """Offer the directions of the terms and of the chapters; without either, those from and to English."""
        rows = self._session.chapter_rows()
        chapters = [(row.chapter.source_language, row.chapter.target_language) for row in rows]
        offered = [*directions(self._editor.rows), *chapters, *((target, source) for source, target in chapters)]
        others = [code for code in LANGUAGES if code != "en"]
        spare = [("en", code) for code in others] + [(code, "en") for code in others]
        self.direction.show_only(list(dict.fromkeys(offered or spare)))
        self._show()

    @Slot()
    def _on_direction(self) -> None:
        source, target = self.direction.direction()
        for field, code in zip(self.fields, (source, target), strict=False):
            font = field.font()
            font.setFamilies(families(code))
            field.setFont(font)
        self._show()
        self.direction_changed.emit()

    @Slot()
    def _show(self) -> None:
        self.model.show(self.direction.direction(), self.search.text())
        self._count.setText(self.tr("Terms: {0}").format(self.model.rowCount()))
        self._on_selected()

    @Slot()
    def _on_selected(self, *_: QModelIndex) -> None:
        self.delete_button.setEnabled(bool(self.table.chosen_rows()))
