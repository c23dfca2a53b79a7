"""Parallel data: choose chapters and filters, see what will be sent and what not, push it, watch it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from amts_desk.core.amazon import ParallelDataStatus, ParallelDataVersion
from amts_desk.core.pairs import Pair
from amts_desk.desk.session import Session
from amts_desk.flows.pushing import Prepared, Selection, default_name
from amts_desk.ui.dialogs.confirm import confirm_leaving
from amts_desk.ui.models.table import Column, TableModel
from amts_desk.ui.rooms.room import Room
from amts_desk.ui.widgets.chapter_picker import ChapterPicker
from amts_desk.ui.widgets.direction_box import DirectionBox
from amts_desk.ui.widgets.empty_state import EmptyState
from amts_desk.ui.widgets.table import Table


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the preview: a pair, and why it will not be sent ("" when it will)."""

    pair: Pair
    reason: str = ""


class ParallelDataRoom(Room):
    """Ticked chapters go out; the others of the direction are held out, by name and by content."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        empty = EmptyState(
            self.tr("No pairs yet"),
            self.tr(
                "Here aligned pairs become parallel data, from which Amazon Translate learns your book's words. "
                "First import chapters; they are aligned at once."
            ),
            self.tr("Go to Chapters"),
        )
        super().__init__(session, empty, parent)
        self._prepared: Prepared | None = None
        self.show_side_by_side(self._choices(), self._results())
        for signal in (session.chapters_changed, session.parallel_data_changed, session.project_closed):
            signal.connect(self.refresh)
        session.parallel_data_prepared.connect(self._on_prepared)
        self.entry = self.picker
        self.refresh()

    # ---- building ----------------------------------------------------------------------------------------------

    def _choices(self) -> QWidget:
        self.direction = DirectionBox()
        self.direction.currentIndexChanged.connect(self._on_direction)
        self.unit = QComboBox()
        self.unit.addItem(self.tr("Sentences"), "sentence")
        self.unit.addItem(self.tr("Paragraphs"), "paragraph")
        self.unit.setAccessibleName(self.tr("Unit of the pairs"))
        self.unit.currentIndexChanged.connect(self._on_choice)
        self.confirmed = QCheckBox(self.tr("Only confirmed beads"))
        self.confirmed.toggled.connect(self._on_choice)
        self.confidence = QDoubleSpinBox()
        self.confidence.setRange(0, 1)
        self.confidence.setSingleStep(0.05)
        self.confidence.setAccessibleName(self.tr("Least confidence of a pair"))
        self.confidence.valueChanged.connect(self._on_choice)
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of the parallel data"))
        self.picker = ChapterPicker(self.tr("Chapters whose pairs go out"))
        self.picker.chosen_changed.connect(self._on_choice)
        self.check_button = QPushButton(self.tr("Check the pairs"))
        self.check_button.setToolTip(self.tr("Gather the pairs and check them against Amazon's rules; nothing is sent"))
        self.check_button.clicked.connect(self.check)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 8, 0)
        form = QFormLayout()
        form.addRow(self.tr("Direction"), self.direction)
        form.addRow(self.tr("Unit"), self.unit)
        form.addRow(self.tr("Confidence from"), self.confidence)
        form.addRow("", self.confirmed)
        form.addRow(self.tr("Name"), self.name)
        column.addLayout(form)
        heading = QLabel(self.tr("Ticked chapters go out, the others are held out"))
        heading.setProperty("role", "quiet")
        heading.setWordWrap(True)
        column.addWidget(heading)
        column.addWidget(self.picker, 1)
        column.addWidget(self.check_button)
        return side

    def _results(self) -> QWidget:
        self._preview: TableModel[Record] = TableModel(
            [
                Column(self.tr("Source"), lambda r: r.pair.source),
                Column(self.tr("Target"), lambda r: r.pair.target),
                Column(
                    self.tr("Bytes"), lambda r: f"{_bytes(r.pair.source)} / {_bytes(r.pair.target)}", is_number=True
                ),
                Column(self.tr("Chapter"), lambda r: r.pair.chapter),
                Column(self.tr("What happens"), lambda r: r.reason or self.tr("will be sent")),
            ],
            self,
        )
        self.preview = Table(self._preview, self.tr("Pairs"), (0, 0, 110, 150, 240), 30)
        self._versions: TableModel[ParallelDataVersion] = TableModel(
            [
                Column(self.tr("Parallel data"), lambda v: v.name),
                Column(self.tr("Version"), lambda v: str(v.version), is_number=True),
                Column(self.tr("Unit"), lambda v: v.unit),
                Column(self.tr("Direction"), lambda v: f"{v.source_language} → {v.target_language}"),
                Column(self.tr("Pairs"), lambda v: str(v.pairs), is_number=True),
                Column(self.tr("State"), self._state),
            ],
            self,
        )
        self.versions = Table(self._versions, self.tr("Versions of parallel data"), (340, 70, 90, 100, 70, 0), 30)
        self._summary = QLabel()
        self._summary.setWordWrap(True)
        self.push_button = QPushButton(self.tr("Push to Amazon Translate"))
        self.push_button.setProperty("role", "primary")
        self.push_button.clicked.connect(self.push)
        self.save_button = QPushButton(self.tr("Save as TMX…"))
        self.save_button.clicked.connect(self.save)
        row = QHBoxLayout()
        row.addWidget(self._summary, 1)
        row.addWidget(self.save_button)
        row.addWidget(self.push_button)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.preview, 3)
        heading = QLabel(self.tr("What was pushed"))
        heading.setProperty("role", "heading")
        column.addWidget(heading)
        column.addWidget(self.versions, 1)
        return side

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
        return f"{words} · {version.message}" if version.message else words

    # ---- showing -----------------------------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Show chapters, versions and the last check as they are now."""
        rows = self.session.chapter_rows()
        self.show_empty(empty=not any(row.beads for row in rows))
        self.direction.show_directions([row.chapter for row in rows])
        self._show_chapters()
        self._versions.set_rows(self.session.versions()[::-1])

    def take_first_step(self, step: int) -> None:
        """Go to Chapters."""
        self.room_wanted.emit("chapters")

    def subtitle(self) -> str:
        """Return where pushing goes."""
        return self.session.connection.label

    def selection(self) -> Selection:
        """Return what is chosen now."""
        source, target = self.direction.direction()
        return Selection(
            tuple(self.picker.chosen()),
            self.unit.currentData(),
            source,
            target,
            tuple(self.picker.others()),
            self.confirmed.isChecked(),
            self.confidence.value(),
        )

    @Slot()
    def check(self) -> None:
        """Gather the pairs and show what would be sent."""
        self.session.prepare_parallel_data(self.selection())

    @Slot()
    def push(self) -> None:
        """Send the checked pairs, after asking when they leave the machine."""
        if self._prepared is None:
            return
        pairs = self._prepared.preflight.sendable
        size = sum(_bytes(pair.source) + _bytes(pair.target) for pair in pairs)
        words = self.tr("{0} pairs ({1:.1f} kB) will be stored as “{2}”.").format(
            len(pairs), size / 1e3, self.name.text()
        )
        if confirm_leaving(self.session.connection, words, self.tr("Push {0} pairs").format(len(pairs)), self):
            self.session.push(self.name.text().strip(), self._prepared)

    @Slot()
    def save(self) -> None:
        """Save the checked pairs as a TMX file."""
        if self._prepared is None:
            return
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Save the pairs"), f"{self.name.text()}.tmx", "TMX (*.tmx)")
        if name:
            self.session.save_pairs(Path(name), self._prepared)

    @Slot()
    def _on_direction(self) -> None:
        self._show_chapters()
        self._on_choice()

    def _show_chapters(self) -> None:
        chapters = [row.chapter for row in self.session.chapter_rows()]
        self.picker.show_chapters(self.direction.matching(chapters), ticked=True)

    @Slot()
    def _on_choice(self) -> None:
        """Forget the last check: what it showed is no longer what would be sent."""
        self._prepared = None
        self._preview.set_rows([])
        project = self.session.project
        if project is not None and self.direction.direction()[0]:
            self.name.setText(default_name(project, self.selection()))
            self.name.setCursorPosition(0)
        self._summary.setText(self.tr("Check the pairs to see what will be sent, what will not, and why."))
        self.check_button.setEnabled(bool(self.picker.chosen()))
        self.push_button.setEnabled(False)
        self.save_button.setEnabled(False)

    @Slot(object)
    def _on_prepared(self, prepared: Prepared) -> None:
        if prepared.selection != self.selection():
            return
        self._prepared = prepared
        held_out = self.tr("held out: {0}")
        records = [Record(leak.pair, held_out.format(leak.reason)) for leak in prepared.leaks]
        records += [Record(skipped.pair, skipped.reason) for skipped in prepared.preflight.skipped]
        records += [Record(pair) for pair in prepared.preflight.sendable]
        self._preview.set_rows(records)
        sendable, skipped = len(prepared.preflight.sendable), len(prepared.preflight.skipped)
        self._summary.setText(
            self.tr("Will be sent: {0} · will not: {1} · left out because a held-out chapter has them: {2}").format(
                sendable, skipped, len(prepared.leaks)
            )
        )
        self.push_button.setEnabled(sendable > 0)
        self.save_button.setEnabled(sendable > 0)


def _bytes(text: str) -> int:
    return len(text.encode())
