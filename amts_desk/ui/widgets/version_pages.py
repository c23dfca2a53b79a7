"""What was pushed: versions, what two of them differ in, what Amazon said of pairs, what the account holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout, QWidget

from amts_desk.core.amazon import ImportMessage, ParallelDataAnswer, ParallelDataStatus, ParallelDataVersion
from amts_desk.core.pairs import Pair, PairsDifference
from amts_desk.desk.session import Session
from amts_desk.flows.versions import Listing
from amts_desk.ui.dialogs.confirm import confirm_leaving
from amts_desk.ui.models.table import Column, TableModel
from amts_desk.ui.widgets.table import Table

_ROW = 30


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a difference: a sign, the pair, and the target it had before."""

    sign: str
    pair: Pair
    before: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What Amazon said of a record, and the pair it was made from."""

    message: ImportMessage
    pair: Pair | None


@dataclass(frozen=True, slots=True)
class Held:
    """Parallel data of the account, and whether this project made it."""

    answer: ParallelDataAnswer
    is_ours: bool


class VersionPages(QTabWidget):
    """Four pages; `chosen` comes with a Pair when the person wants to see where it comes from."""

    chosen = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self.addTab(self._versions_page(), self.tr("What was pushed"))
        self.addTab(self._changes_page(), self.tr("Differences"))
        self.addTab(self._messages_page(), self.tr("Amazon's messages"))
        self.addTab(self._account_page(), self.tr("In the account"))
        session.amazon.versions_compared.connect(self._on_compared)
        session.amazon.parallel_data_listed.connect(self._on_listed)
        self._on_selected()

    def refresh(self) -> None:
        """Show the versions as they are now."""
        self.versions.set_rows(self.session.amazon.versions()[::-1])
        self._on_selected()

    # ---- building ----------------------------------------------------------------------------------------------

    def _versions_page(self) -> QWidget:
        self.versions: TableModel[ParallelDataVersion] = TableModel(
            [
                Column(self.tr("Parallel data"), lambda v: v.name),
                Column(self.tr("Version"), lambda v: str(v.version), is_number=True),
                Column(self.tr("Unit"), lambda v: v.unit),
                Column(self.tr("Direction"), lambda v: f"{v.source_language} → {v.target_language}"),
                Column(self.tr("Pairs"), lambda v: str(v.pairs), is_number=True),
                Column(self.tr("Made"), _made),
                Column(self.tr("State"), self._state),
            ],
            self,
        )
        self.table = Table(self.versions, self.tr("Versions of parallel data"), (0, 72, 80, 84, 56, 176, 150), _ROW)
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        self.compare_button = self._button(self.tr("Compare"), self.compare)
        self.compare_button.setToolTip(self.tr("Two selected versions, or one with the version before it"))
        self.messages_button = self._button(self.tr("What Amazon said"), self.show_messages)
        self.save_button = self._button(self.tr("Save its file…"), self.download)
        self.delete_button = self._button(self.tr("Delete at Amazon"), self.delete)
        buttons = (self.compare_button, self.messages_button, self.save_button, self.delete_button)
        return _page(self.table, *buttons)

    def _changes_page(self) -> QWidget:
        self.changes: TableModel[Change] = TableModel(
            [
                Column(self.tr("What"), lambda c: c.sign),
                Column(self.tr("Source"), lambda c: c.pair.source),
                Column(self.tr("Target"), lambda c: c.pair.target),
                Column(self.tr("Target before"), lambda c: c.before),
                Column(self.tr("From"), lambda c: _place(c.pair)),
                Column(self.tr("Changed"), lambda c: _changed(c.pair)),
            ],
            self,
        )
        table = Table(self.changes, self.tr("Differences of two versions"), (104, 0, 0, 0, 140, 170), _ROW)
        table.activated.connect(self._on_change)
        return _page(table)

    def _messages_page(self) -> QWidget:
        self.messages: TableModel[Said] = TableModel(
            [
                Column(self.tr("Record"), lambda s: s.message.content),
                Column(self.tr("What Amazon says"), lambda s: s.message.message),
                Column(self.tr("Source"), lambda s: s.pair.source if s.pair else ""),
                Column(self.tr("From"), lambda s: _place(s.pair) if s.pair else ""),
            ],
            self,
        )
        table = Table(self.messages, self.tr("What Amazon says of records"), (170, 0, 0, 150), _ROW)
        table.activated.connect(self._on_message)
        return _page(table)

    def _account_page(self) -> QWidget:
        self.held: TableModel[Held] = TableModel(
            [
                Column(self.tr("Parallel data"), lambda h: h.answer.name),
                Column(
                    self.tr("Made by"), lambda h: self.tr("this project") if h.is_ours else self.tr("somebody else")
                ),
                Column(self.tr("Pairs"), lambda h: str(h.answer.imported), is_number=True),
                Column(self.tr("In use"), lambda h: h.answer.in_use),
                Column(self.tr("Last update"), lambda h: h.answer.attempt or "–"),
                Column(self.tr("Message"), lambda h: h.answer.message),
            ],
            self,
        )
        table = Table(self.held, self.tr("Parallel data of the account"), (280, 110, 70, 100, 100, 0), _ROW)
        return _page(table, self._button(self.tr("Ask Amazon"), self.session.amazon.list_parallel_data))

    def _button(self, text: str, do: object) -> QPushButton:
        button = QPushButton(text)
        button.clicked.connect(do)
        return button

    # ---- what the buttons do -----------------------------------------------------------------------------------

    @Slot()
    def compare(self) -> None:
        """Compare the selected versions, or the selected one with that before it."""
        both = self._to_compare()
        if both is not None:
            self.session.amazon.compare_versions(*both)

    @Slot()
    def show_messages(self) -> None:
        """Show what Amazon's error file said of the selected version."""
        version = self._selected()
        if version is not None:
            found = self.session.opened().pairs.messages(version.number)
            self.messages.set_rows([Said(*each) for each in found])
            self.setCurrentIndex(2)
            if not found:
                words = self.tr("Amazon has said nothing of single records of “{0}”, version {1}.")
                self.session.noted.emit(words.format(version.name, version.version))

    @Slot()
    def download(self) -> None:
        """Save the file that the selected parallel data was last made from."""
        version = self._selected()
        if version is None:
            return
        proposal = f"{version.name}.{version.format.lower()}"
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Save the file of the parallel data"), proposal)
        if name:
            self.session.amazon.download_parallel_data(version.name, Path(name))

    @Slot()
    def delete(self) -> None:
        """Delete the selected parallel data at Amazon, after asking."""
        version = self._selected()
        if version is None:
            return
        words = self.tr("“{0}” will be deleted at Amazon. Its versions stay in the project.").format(version.name)
        if confirm_leaving(self.session.connection, words, self.tr("Delete {0}").format(version.name), self):
            self.session.amazon.delete_parallel_data(version.name)

    # ---- what came back ----------------------------------------------------------------------------------------

    @Slot(object)
    def _on_compared(self, found: PairsDifference) -> None:
        self.changes.set_rows(list(self._rows(found)))
        self.setTabText(
            1,
            self.tr("Differences: +{0} −{1} ~{2}").format(len(found.added), len(found.removed), len(found.changed)),
        )
        self.setCurrentIndex(1)

    def _rows(self, found: PairsDifference) -> Iterator[Change]:
        yield from (Change(self.tr("~ changed"), new, old.target) for old, new in found.changed)
        yield from (Change(self.tr("+ added"), pair) for pair in found.added)
        yield from (Change(self.tr("− removed"), pair) for pair in found.removed)

    @Slot(object)
    def _on_listed(self, listing: Listing) -> None:
        ours = [Held(answer, is_ours=True) for answer in listing.ours]
        self.held.set_rows(ours + [Held(answer, is_ours=False) for answer in listing.others])

    @Slot()
    def _on_selected(self) -> None:
        version = self._selected()
        self.compare_button.setEnabled(self._to_compare() is not None)
        is_at_amazon = version is not None and version.status not in ("PLANNED", ParallelDataStatus.DELETED)
        for button in (self.save_button, self.delete_button):
            button.setEnabled(is_at_amazon)
        self.messages_button.setEnabled(version is not None)

    @Slot(QModelIndex)
    def _on_change(self, index: QModelIndex) -> None:
        self.chosen.emit(self.changes.rows[index.row()].pair)

    @Slot(QModelIndex)
    def _on_message(self, index: QModelIndex) -> None:
        pair = self.messages.rows[index.row()].pair
        if pair is not None:
            self.chosen.emit(pair)

    # ---- words -------------------------------------------------------------------------------------------------

    def _selected(self) -> ParallelDataVersion | None:
        rows = [row for row in self.table.chosen_rows() if row < len(self.versions.rows)]
        return self.versions.rows[rows[0]] if len(rows) == 1 else None

    def _to_compare(self) -> tuple[ParallelDataVersion, ParallelDataVersion] | None:
        rows = self.table.chosen_rows()
        chosen = sorted((self.versions.rows[row] for row in rows), key=lambda version: version.number)
        if len(chosen) == 2 and chosen[0].name == chosen[1].name:
            return chosen[0], chosen[1]
        if len(chosen) != 1:
            return None
        earlier = [v for v in self.versions.rows if v.name == chosen[0].name and v.version < chosen[0].version]
        return (earlier[0], chosen[0]) if earlier else None

    def _state(self, version: ParallelDataVersion) -> str:
        words = {
            "PLANNED": self.tr("written down, not sent"),
            ParallelDataStatus.CREATING: self.tr("▶ being taken in"),
            ParallelDataStatus.UPDATING: self.tr("▶ being replaced"),
            ParallelDataStatus.ACTIVE: self.tr("✓ ready"),
            ParallelDataStatus.DELETING: self.tr("being deleted"),
            ParallelDataStatus.DELETED: self.tr("deleted at Amazon"),
            ParallelDataStatus.FAILED: self.tr("✗ failed"),
        }[version.status]
        parts = [words, version.message]
        if version.attempt_status not in ("", ParallelDataStatus.ACTIVE):
            parts.append(
                self.tr("in use: {0}, last update: {1}").format(version.service_status, version.attempt_status)
            )
        skipped = version.skipped_there + version.failed_there
        if skipped:
            parts.append(self.tr("passed over by Amazon: {0}").format(skipped))
        return " · ".join(part for part in parts if part)


def _page(table: Table, *buttons: QPushButton) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 8, 0, 0)
    column.addWidget(table, 1)
    if buttons:
        row = QHBoxLayout()
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        column.addLayout(row)
    return page


def _clock(stored: str) -> str:
    """Return a stored time by the clock on the wall; it is stored in UTC."""
    return f"{datetime.fromisoformat(stored).astimezone():%Y-%m-%d %H:%M}" if stored else ""


def _made(version: ParallelDataVersion) -> str:
    return " · ".join(part for part in (_clock(version.made_at), version.made_by) if part) or "–"


def _changed(pair: Pair) -> str:
    if pair.origin is None:
        return ""
    return " · ".join(part for part in (_clock(pair.origin.changed_at), pair.origin.changed_by) if part)


def _place(pair: Pair) -> str:
    return f"{pair.chapter} {pair.position + 1}"
