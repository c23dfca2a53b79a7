"""The terms at Amazon Translate: what would be sent and what not, sending it, and what Amazon has."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from amts_desk.core.errors import DeskError
from amts_desk.core.languages import language
from amts_desk.core.terminology import Refused, Terminology
from amts_desk.desk.session import Session
from amts_desk.flows.terminology import Parcel, default_name, prepare
from amts_desk.ui.dialogs.confirm import confirm_leaving
from amts_desk.ui.models.table import Column, TableModel
from amts_desk.ui.widgets.table import Table


class TerminologyPage(QWidget):
    """Sends the terms from one language, in all its target languages, as one terminology."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._source = ""
        self._parcel: Parcel | None = None
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of the terminology"))
        self.both_ways = QCheckBox(self.tr("Both ways: every language of it may be the source"))
        self._summary = QLabel()
        self._summary.setWordWrap(True)
        self.push_button = QPushButton(self.tr("Send to Amazon Translate"))
        self.push_button.setProperty("role", "primary")
        self._refused: TableModel[Refused] = TableModel(
            [
                Column(self.tr("Not sent"), lambda lost: lost.term.source),
                Column(self.tr("Translation"), lambda lost: lost.term.target),
                Column(self.tr("Since"), lambda lost: lost.reason),
            ],
            self,
        )
        self.refused = Table(self._refused, self.tr("Terms that are not sent"), (200, 200, 0), 28)
        self._there: TableModel[Terminology] = TableModel(
            [
                Column(self.tr("Terminology"), lambda t: t.name),
                Column(self.tr("Languages"), lambda t: t.languages),
                Column(self.tr("Terms"), lambda t: f"{t.terms:,}", is_number=True),
                Column(self.tr("Skipped"), lambda t: f"{t.skipped:,}", is_number=True),
                Column(self.tr("Changed (UTC)"), lambda t: t.changed_at[:16].replace("T", " ")),
                Column(self.tr("Says"), lambda t: t.message or t.description),
            ],
            self,
        )
        self.there = Table(self._there, self.tr("Terminologies at Amazon"), (260, 130, 60, 70, 150, 0), 28)
        self.ask_button = QPushButton(self.tr("Ask Amazon"))
        self.download_button = QPushButton(self.tr("Bring its terms in"))
        self.delete_button = QPushButton(self.tr("Delete at Amazon…"))
        self._build()
        self._connect()

    def _build(self) -> None:
        form = QFormLayout()
        form.addRow(self.tr("Name"), self.name)
        form.addRow("", self.both_ways)
        push = QHBoxLayout()
        push.addWidget(self._summary, 1)
        push.addWidget(self.push_button)
        heading = QLabel(self.tr("What Amazon has"))
        heading.setProperty("role", "heading")
        head = QHBoxLayout()
        head.addWidget(heading, 1)
        for button in (self.ask_button, self.download_button, self.delete_button):
            head.addWidget(button)
        for button in (self.push_button, self.ask_button, self.download_button, self.delete_button):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addLayout(form)
        column.addLayout(push)
        column.addWidget(self.refused, 1)
        column.addLayout(head)
        column.addWidget(self.there, 1)

    def _connect(self) -> None:
        terms = self._session.terms
        self.name.textChanged.connect(self._prepare)
        self.both_ways.toggled.connect(self._prepare)
        self.push_button.clicked.connect(self.push)
        self.ask_button.clicked.connect(terms.ask)
        self.download_button.clicked.connect(self.download)
        self.delete_button.clicked.connect(self.delete)
        self.there.selectionModel().selectionChanged.connect(self._on_selected)
        terms.listed.connect(self._on_listed)
        terms.editor.loaded.connect(self._prepare)
        terms.editor.spliced.connect(self._prepare)
        self._on_selected()

    def show_source(self, source_language: str) -> None:
        """Show what would be sent of the terms from another language."""
        if source_language != self._source and self._session.project is not None:
            self._source = source_language
            self.name.setText(default_name(self._session.project, source_language))
            self.name.setCursorPosition(0)
        self._prepare()

    @Slot()
    def push(self) -> None:
        """Send what is shown, after asking when it leaves the machine."""
        parcel = self._parcel
        if parcel is None:
            return
        words = self.tr("{0} terms ({1:.1f} kB) will be stored as the terminology “{2}”. This costs nothing.").format(
            parcel.entries, len(parcel.data) / 1e3, parcel.name
        )
        button = self.tr("Send {0} terms").format(parcel.entries)
        if confirm_leaving(self._session.connection, words, button, self):
            self._session.terms.push(parcel)

    @Slot()
    def download(self) -> None:
        """Bring the terms of the selected terminology into the project."""
        if found := self._chosen():
            self._session.terms.download(found.name)

    @Slot()
    def delete(self) -> None:
        """Delete the selected terminology at Amazon, after asking."""
        from amts_desk.ui.dialogs.term_questions import confirm_deletion

        found = self._chosen()
        if found and confirm_deletion(self._session.connection, found.name, self):
            self._session.terms.delete(found.name)

    def showEvent(self, event: QShowEvent) -> None:
        """Look what would be sent when the page comes into sight."""
        super().showEvent(event)
        self._prepare()

    @Slot()
    def _prepare(self) -> None:
        """Show what would be sent now, and what not; out of sight nothing is made ready."""
        if not self.isVisible():
            return
        self._parcel = None
        if self._session.terms.editor.is_open:
            try:
                self._parcel = prepare(
                    self.name.text().strip(),
                    self._session.terms.editor.rows,
                    self._source,
                    is_both_ways=self.both_ways.isChecked(),
                )
            except DeskError as error:
                self._summary.setText(str(error))
        parcel = self._parcel
        refused = parcel.refused if parcel else ()
        self._refused.set_rows(refused)
        self.refused.setVisible(bool(refused))
        self.push_button.setEnabled(parcel is not None)
        if parcel is not None:
            arrow = " ⇄ " if parcel.is_both_ways else " → "
            names = ", ".join(language(code).name for code in parcel.target_languages)
            words = self.tr("Will be sent: {0} terms in {1} translations, {2}, {3:.1f} kB · will not: {4}")
            direction = f"{language(parcel.source_language).name}{arrow}{names}"
            counts = parcel.entries, len(parcel.terms)
            self._summary.setText(words.format(*counts, direction, len(parcel.data) / 1e3, len(refused)))

    @Slot(object)
    def _on_listed(self, found: list[Terminology]) -> None:
        self._there.set_rows(found)
        self._on_selected()

    @Slot()
    def _on_selected(self) -> None:
        for button in (self.download_button, self.delete_button):
            button.setEnabled(self._chosen() is not None)

    def _chosen(self) -> Terminology | None:
        rows = self.there.chosen_rows()
        return self._there.rows[rows[0]] if rows else None
