"""Jobs: start translations with and without parallel data, watch them, stop them."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from amts_desk.core.amazon import JobStatus, ParallelDataStatus, Run
from amts_desk.desk.session import Session
from amts_desk.flows.estimating import estimate_of
from amts_desk.flows.running import Order
from amts_desk.ui.dialogs.confirm import confirm_leaving
from amts_desk.ui.models.table import Column, TableModel
from amts_desk.ui.rooms.room import Room
from amts_desk.ui.widgets.chapter_picker import ChapterPicker
from amts_desk.ui.widgets.direction_box import DirectionBox
from amts_desk.ui.widgets.empty_state import EmptyState
from amts_desk.ui.widgets.table import Table

_ARM = Qt.ItemDataRole.UserRole + 1


class JobsRoom(Room):
    """One job for each ticked arm: without parallel data, and with each that is active."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        empty = EmptyState(
            self.tr("Nothing to translate yet"),
            self.tr(
                "Here chapters are translated as batch jobs, with parallel data and without. First import chapters."
            ),
            self.tr("Go to Chapters"),
        )
        super().__init__(session, empty, parent)
        self.show_side_by_side(self._choices(), self._results())
        for signal in (session.chapters_changed, session.parallel_data_changed, session.project_closed):
            signal.connect(self.refresh)
        session.runs_changed.connect(self.refresh)
        self.entry = self.picker
        self.refresh()

    def _choices(self) -> QWidget:
        self.direction = DirectionBox()
        self.direction.currentIndexChanged.connect(self._on_direction)
        self.picker = ChapterPicker(self.tr("Chapters to translate"))
        self.picker.chosen_changed.connect(self._on_choice)
        self.arms = QListWidget()
        self.arms.setObjectName("arms")
        self.arms.setAccessibleName(self.tr("With which parallel data"))
        self.arms.setMaximumHeight(120)
        self.arms.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.arms.itemChanged.connect(self._on_choice)
        self.start_button = QPushButton()
        self.start_button.setProperty("role", "primary")
        self.start_button.clicked.connect(self.start)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 8, 0)
        form = QFormLayout()
        form.addRow(self.tr("Direction"), self.direction)
        column.addLayout(form)
        column.addWidget(self._quiet(self.tr("Chapters to translate")))
        column.addWidget(self.picker, 1)
        column.addWidget(self._quiet(self.tr("One job for each of these")))
        column.addWidget(self.arms)
        column.addWidget(self.start_button)
        return side

    def _results(self) -> QWidget:
        self._runs: TableModel[Run] = TableModel(
            [
                Column(self.tr("Run"), lambda r: str(r.number), is_number=True),
                Column(self.tr("Direction"), lambda r: f"{r.source_language} → {r.target_language}"),
                Column(self.tr("Parallel data"), _with_what, lambda r: r.parallel_data or self.tr("none")),
                Column(self.tr("Chapters"), lambda r: str(len(r.chapters)), is_number=True),
                Column(self.tr("Engine"), self._engine),
                Column(self.tr("Started"), _started),
                Column(self.tr("State"), self._state, lambda r: f"{r.job_id} {r.message}".strip()),
            ],
            self,
        )
        self.table = Table(self._runs, self.tr("Runs"), (50, 78, 0, 84, 130, 142, 150), 30)
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        self.stop_button = QPushButton(self.tr("Stop the job"))
        self.stop_button.clicked.connect(self.stop)
        self.look_button = QPushButton(self.tr("Look now"))
        self.hint(self.look_button, self.tr("Ask Amazon how things stand"), "look")
        self.look_button.clicked.connect(self.session.look_now)
        self._note = self._quiet(self.tr("Closing the window does not stop a job; its output is fetched next time."))
        row = QHBoxLayout()
        row.addWidget(self._note, 1)
        row.addWidget(self.look_button)
        row.addWidget(self.stop_button)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addLayout(row)
        return side

    @Slot()
    def refresh(self) -> None:
        """Show chapters, arms and runs as they are now."""
        rows = self.session.chapter_rows()
        self.show_empty(empty=not rows)
        self.direction.show_directions([row.chapter for row in rows])
        self._show_choices()
        self._runs.set_rows(self.session.runs()[::-1])
        self.look_button.setEnabled(bool(self._runs.rows or self.session.versions()))
        self._on_selected()

    def take_first_step(self, step: int) -> None:
        """Go to Chapters."""
        self.room_wanted.emit("chapters")

    def subtitle(self) -> str:
        """Return where jobs run."""
        return self.session.connection.label

    @Slot()
    def start(self) -> None:
        """Start a job for each ticked arm, after asking when they leave the machine."""
        source, target = self.direction.direction()
        chapters = tuple(self.picker.chosen())
        orders = [Order(chapters, source, target, arm, name) for arm, name in self._ticked_arms()]
        characters = self.session.characters(chapters, source)
        estimates = [estimate_of(characters, with_parallel_data=bool(order.parallel_data)) for order in orders]
        words = self.tr("Jobs: {0}, over {1} chapters, {2:,} characters in all, about ${3:.2f}.").format(
            len(orders),
            len(chapters),
            sum(estimate.characters for estimate in estimates),
            sum(estimate.dollars for estimate in estimates),
        )
        if confirm_leaving(self.session.connection, words, self.start_button.text(), self):
            self.session.start_runs(orders)

    @Slot()
    def stop(self) -> None:
        """Stop the selected jobs."""
        for row in self.table.chosen_rows():
            run = self._runs.rows[row]
            if run.job_id and not run.status.has_ended:
                self.session.stop_run(run)

    @Slot()
    def _on_direction(self) -> None:
        self._show_choices()

    def _show_choices(self) -> None:
        chapters = [row.chapter for row in self.session.chapter_rows()]
        self.picker.show_chapters(self.direction.matching(chapters), ticked=False)
        self._show_arms()
        self._on_choice()

    def _show_arms(self) -> None:
        """Offer no parallel data, and each active one of the direction."""
        found = {"none": ""}
        for version in self.session.versions():
            languages = (version.source_language, version.target_language)
            if languages == self.direction.direction() and version.status == ParallelDataStatus.ACTIVE:
                found[f"{version.unit}:{version.name}"] = version.name
        arms = [(arm.partition(":")[0], name) for arm, name in found.items()]
        if arms == [self.arms.item(i).data(_ARM) for i in range(self.arms.count())]:
            return
        self.arms.clear()
        for arm, name in arms:
            item = QListWidgetItem(self.tr("{0} pairs: {1}").format(arm, name) if name else self.tr("no parallel data"))
            item.setData(_ARM, (arm, name))
            item.setToolTip(name)
            item.setCheckState(Qt.CheckState.Checked)
            self.arms.addItem(item)

    def _ticked_arms(self) -> list[tuple[str, str]]:
        items = [self.arms.item(i) for i in range(self.arms.count())]
        return [item.data(_ARM) for item in items if item.checkState() == Qt.CheckState.Checked]

    @Slot()
    def _on_choice(self) -> None:
        count = len(self._ticked_arms()) if self.picker.chosen() else 0
        self.start_button.setEnabled(count > 0)
        self.start_button.setText(
            self.tr("Start jobs: {0}").format(count) if count else self.tr("Tick chapters to translate")
        )

    @Slot()
    def _on_selected(self) -> None:
        runs = [self._runs.rows[row] for row in self.table.chosen_rows()]
        self.stop_button.setEnabled(any(run.job_id and not run.status.has_ended for run in runs))

    def _engine(self, run: Run) -> str:
        return self.tr("offline practice") if run.is_offline else "Amazon Translate"

    def _state(self, run: Run) -> str:
        words = {
            JobStatus.PLANNED: self.tr("not sent: start it again"),
            JobStatus.SUBMITTED: self.tr("waiting"),
            JobStatus.IN_PROGRESS: self.tr("▶ translating"),
            JobStatus.COMPLETED: self.tr("✓ done"),
            JobStatus.COMPLETED_WITH_ERROR: self.tr("✓ done, with errors"),
            JobStatus.FAILED: self.tr("✗ failed"),
            JobStatus.STOP_REQUESTED: self.tr("stopping"),
            JobStatus.STOPPED: self.tr("■ stopped"),
        }[run.status]
        fetched = self.tr("fetched") if run.is_fetched else ""
        return " · ".join(part for part in (words, fetched, run.message) if part)

    @staticmethod
    def _quiet(text: str) -> QLabel:
        label = QLabel(text)
        label.setProperty("role", "quiet")
        label.setWordWrap(True)
        return label


def _started(run: Run) -> str:
    """Return when a run was started by the clock on the wall; it is stored in UTC."""
    return f"{datetime.fromisoformat(run.started_at).astimezone():%Y-%m-%d %H:%M}" if run.started_at else "–"


def _with_what(run: Run) -> str:
    return f"{run.arm} pairs: {run.parallel_data}" if run.parallel_data else "none"
