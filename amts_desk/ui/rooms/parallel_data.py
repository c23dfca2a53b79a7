"""Parallel data: choose chapters and filters, see what will be sent and what not, push it, watch it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from amts_desk.core.pairs import Pair, PairFormat
from amts_desk.desk.session import Session
from amts_desk.flows.pushing import Prepared, Selection, default_name
from amts_desk.ui.dialogs.confirm import confirm_leaving
from amts_desk.ui.rooms.room import Room
from amts_desk.ui.widgets.chapter_picker import ChapterPicker
from amts_desk.ui.widgets.direction_box import DirectionBox
from amts_desk.ui.widgets.empty_state import EmptyState
from amts_desk.ui.widgets.pair_filters import PairFilters
from amts_desk.ui.widgets.pair_preview import PairPreview
from amts_desk.ui.widgets.version_pages import VersionPages


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
        self._proposed = ""
        self.show_side_by_side(self._choices(), self._results())
        for signal in (session.chapters_changed, session.amazon.parallel_data_changed, session.project_closed):
            signal.connect(self.refresh)
        session.amazon.parallel_data_prepared.connect(self._on_prepared)
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
        self.kind = QComboBox()
        self.kind.setAccessibleName(self.tr("Format of the file"))
        self.kind.setToolTip(
            self.tr("TMX takes every pair; CSV and TSV no line breaks and no + - = @ at the beginning")
        )
        for kind in PairFormat:
            self.kind.addItem(kind.value, kind)
        self.kind.currentIndexChanged.connect(self._on_choice)
        self.filters = PairFilters()
        self.filters.changed.connect(self._on_choice)
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
        form.addRow(self.tr("File"), self.kind)
        form.addRow(self.tr("Name"), self.name)
        column.addLayout(form)
        column.addWidget(self.filters)
        heading = QLabel(self.tr("Ticked chapters go out, the others are held out"))
        heading.setProperty("role", "quiet")
        heading.setWordWrap(True)
        column.addWidget(heading)
        column.addWidget(self.picker, 1)
        column.addWidget(self.check_button)
        return side

    def _results(self) -> QWidget:
        self.preview = PairPreview()
        self.preview.chosen.connect(self._on_chosen)
        self.versions = VersionPages(self.session)
        self.versions.chosen.connect(self._on_chosen)
        self._summary = QLabel()
        self._summary.setWordWrap(True)
        self.push_button = QPushButton(self.tr("Push to Amazon Translate"))
        self.push_button.setProperty("role", "primary")
        self.push_button.clicked.connect(self.push)
        self.save_button = QPushButton(self.tr("Save the file…"))
        self.save_button.clicked.connect(self.save)
        row = QHBoxLayout()
        row.addWidget(self._summary, 1)
        row.addWidget(self.save_button)
        row.addWidget(self.push_button)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.preview)
        split.addWidget(self.versions)
        split.setSizes([480, 240])
        split.setChildrenCollapsible(False)
        column.addWidget(split, 1)
        return side

    # ---- showing -----------------------------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Show chapters, versions and the last check as they are now."""
        rows = self.session.chapter_rows()
        self.show_empty(empty=not any(row.beads for row in rows))
        self.direction.show_directions([row.chapter for row in rows])
        self._show_chapters()
        self._forget_outdated()
        self.versions.refresh()

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
            self.filters.filters(),
        )

    def _kind(self) -> PairFormat:
        return PairFormat(self.kind.currentData())

    @Slot()
    def check(self) -> None:
        """Gather the pairs and show what would be sent."""
        self.session.amazon.prepare_parallel_data(self.selection(), self._kind())

    @Slot()
    def push(self) -> None:
        """Send the checked pairs, after asking when they leave the machine."""
        self._forget_outdated()
        if self._prepared is None:
            return
        count, size = self._prepared.sent, self._prepared.size
        words = self.tr("{0} pairs ({1:.1f} kB) will be stored as “{2}”.").format(count, size / 1e3, self.name.text())
        if confirm_leaving(self.session.connection, words, self.tr("Push {0} pairs").format(count), self):
            self.session.amazon.push(self.name.text().strip(), self._prepared)

    @Slot()
    def save(self) -> None:
        """Save the checked pairs as the file that would be pushed."""
        self._forget_outdated()
        if self._prepared is None:
            return
        kind = self._prepared.kind.value
        proposal, files = f"{self.name.text()}.{kind.lower()}", f"{kind} (*.{kind.lower()})"
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Save the pairs"), proposal, files)
        if name:
            self.session.amazon.save_pairs(Path(name), self._prepared)

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
        self.preview.show_draft(None)
        project = self.session.project
        if project is not None and self.direction.direction()[0]:
            self._propose(default_name(project, self.selection()))
        self._summary.setText(self.tr("Check the pairs to see what will be sent, what will not, and why."))
        self.check_button.setEnabled(bool(self.picker.chosen()))
        self.push_button.setEnabled(False)
        self.save_button.setEnabled(False)

    def _propose(self, name: str) -> None:
        """Show the usual name of another direction or unit; what a person has written for this one stays."""
        if name != self._proposed:
            self._proposed = name
            self.name.setText(name)
            self.name.setCursorPosition(0)

    def _forget_outdated(self) -> None:
        """Forget the last check when beads have changed since: what it showed must not be what is sent."""
        project = self.session.project
        if self._prepared is None or project is None or project.tracks.standing() == self._prepared.standing:
            return
        self._on_choice()
        self._summary.setText(self.tr("Beads have changed since the pairs were checked. Check them again."))

    @Slot(object)
    def _on_prepared(self, prepared: Prepared) -> None:
        if (prepared.selection, prepared.kind) != (self.selection(), self._kind()):
            return
        self._prepared = prepared
        self.preview.show_draft(prepared.draft, prepared.selection.languages)
        sent = prepared.sent
        words = self.tr("Will be sent: {0} · will not: {1} · left out because a held-out chapter has them: {2}")
        told = words.format(sent, prepared.skipped, prepared.leaks)
        if prepared.bounds:
            usual = self.tr("targets of {0:.2f} to {1:.2f} times the source's length are usual")
            told = f"{told} · {usual.format(*prepared.bounds)}"
        self._summary.setText(told)
        self.push_button.setEnabled(sent > 0)
        self.save_button.setEnabled(sent > 0)

    @Slot(object)
    def _on_chosen(self, pair: Pair) -> None:
        """Go to the bead that a pair was made from."""
        named = [row.chapter for row in self.session.chapter_rows() if row.chapter.name == pair.chapter]
        for chapter in (self.direction.matching(named) or named)[:1]:
            self.bead_wanted.emit(chapter.id, pair.position)
