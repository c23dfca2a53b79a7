"""Terms: the list of the project, its files, and what Amazon Translate has of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from amts_desk.core.terms import Keep, TermFile, directions
from amts_desk.desk.session import Session
from amts_desk.ui.dialogs.term_questions import ConflictDialog
from amts_desk.ui.widgets.message_bar import MessageBar
from amts_desk.ui.widgets.term_list import TermList
from amts_desk.ui.widgets.terminology_page import TerminologyPage

_READABLE = "*.csv *.tsv *.txt *.tmx *.tbx *.xml *.md"


class TerminologyDialog(QDialog):
    """Two pages: the terms of the project, and Amazon. What was done is said below, what went wrong above."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Terms"))
        self.resize(960, 620)
        self._session = session
        session.terms.open()
        self.messages = MessageBar()
        self.list = TermList(session)
        self.page = TerminologyPage(session)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.list, self.tr("Terms of the project"))
        self.tabs.addTab(self.page, self.tr("At Amazon Translate"))
        self.import_button = QPushButton(self.tr("Import…"))
        self.export_button = QPushButton(self.tr("Export…"))
        self.undo_button, self.redo_button = QPushButton(), QPushButton()
        self.said = QLabel()
        self.said.setProperty("role", "quiet")
        self.said.setWordWrap(True)
        self._build()
        self._connect()
        self.list.table.setFocus()

    def _build(self) -> None:
        row = QHBoxLayout()
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.close)
        for button in (self.import_button, self.export_button, self.undo_button, self.redo_button, close):
            button.setAutoDefault(False)
            row.addWidget(button)
            if button is self.redo_button:
                row.addWidget(self.said, 1)
        self.import_button.setToolTip(self.tr("CSV, TSV, TMX, TBX or Markdown, as TERMINOLOGY.md (Ctrl+I)"))
        self.export_button.setToolTip(self.tr("The terms from this language as CSV, TMX, TBX or Markdown (Ctrl+E)"))
        column = QVBoxLayout(self)
        column.addWidget(self.messages)
        column.addWidget(self.tabs, 1)
        column.addLayout(row)

    def _connect(self) -> None:
        terms = self._session.terms
        does = (
            (self.import_button, self.choose_file, "Ctrl+I"),
            (self.export_button, self.export, "Ctrl+E"),
            (self.undo_button, self.undo, "Ctrl+Z"),
            (self.redo_button, self.redo, "Ctrl+Shift+Z"),
        )
        for button, slot, key in does:
            button.clicked.connect(slot)
            QShortcut(QKeySequence(key), self).activated.connect(slot)
        terms.found.connect(self._on_found)
        terms.noted.connect(self.said.setText)
        terms.failed.connect(self.messages.show_error)
        for signal in (terms.editor.loaded, terms.editor.spliced):
            signal.connect(self._on_changed)
        self.list.direction_changed.connect(self._on_direction)
        self.tabs.currentChanged.connect(self._on_tab)
        self._on_changed()
        self._on_direction()

    def done(self, result: int) -> None:
        """Let go of the terms, whichever way the dialog is closed; every change is on disk."""
        self._session.terms.editor.close()
        super().done(result)

    @Slot()
    def choose_file(self) -> None:
        """Ask for a file of terms and read it."""
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Import terms"), "", self.tr("Terms ({0})").format(_READABLE)
        )
        if name:
            self._session.terms.read(Path(name), self.list.direction.direction())

    @Slot()
    def export(self) -> None:
        """Ask for a file and write the terms from the language shown to it."""
        kinds = {"csv": "CSV (*.csv)", "tmx": "TMX (*.tmx)", "tbx": "TBX-Basic (*.tbx)", "md": "Markdown (*.md)"}
        name, kind = QFileDialog.getSaveFileName(self, self.tr("Export terms"), "terms.csv", ";;".join(kinds.values()))
        if not name:
            return
        path = Path(name)
        form = path.suffix.lower().removeprefix(".")
        if form not in kinds:
            form = next((form for form, words in kinds.items() if words == kind), "csv")
            path = path.with_name(f"{path.name}.{form}")
        self._session.terms.save(path, form, self.list.direction.direction()[0])

    @Slot()
    def undo(self) -> None:
        """Take the last step back."""
        self._session.terms.editor.undo()

    @Slot()
    def redo(self) -> None:
        """Do the next step again."""
        self._session.terms.editor.redo()

    @Slot(object, str)
    def _on_found(self, found: TermFile, name: str) -> None:
        """Take what was read; a person decides about terms that are there with another translation."""
        conflicts = self._session.terms.conflicts(found)
        keep: Keep | None = Keep.BOTH
        if conflicts:
            dialog = ConflictDialog(conflicts, name, self)
            keep = dialog.keep if dialog.exec() else None
            dialog.deleteLater()
        if keep is not None:
            self._session.terms.take(found, name, keep)
            self.list.choose(directions(found.terms)[0])

    @Slot()
    def _on_changed(self) -> None:
        undo, redo = self._session.terms.editor.labels()
        for button, text, step, key in (
            (self.undo_button, self.tr("Undo"), undo, "Ctrl+Z"),
            (self.redo_button, self.tr("Redo"), redo, "Ctrl+Shift+Z"),
        ):
            button.setText(text)
            button.setToolTip(f"{text} {step} ({key})")
            button.setEnabled(bool(step))
        self.export_button.setEnabled(bool(self._session.terms.editor.rows))

    @Slot()
    def _on_direction(self) -> None:
        self.page.show_source(self.list.direction.direction()[0])

    @Slot(int)
    def _on_tab(self, at: int) -> None:
        """Ask offline practice at once what it has; AWS is asked by the button only."""
        if self.tabs.widget(at) is self.page and self._session.connection.is_offline:
            self._session.terms.ask()
