"""Jobs: start translations with and without parallel data, watch them, stop them, see what they brought back."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSplitter, QVBoxLayout, QWidget

from amts_desk.core.amazon import JobStatus, ParallelDataAnswer, Run
from amts_desk.core.terminology import Terminology
from amts_desk.desk.session import Session
from amts_desk.flows.preflight import Ready
from amts_desk.flows.previewing import SENTENCES, Preview
from amts_desk.ui.dialogs.confirm import confirm_leaving
from amts_desk.ui.dialogs.start_jobs import StartJobsDialog
from amts_desk.ui.models.runs import RunsModel, Show
from amts_desk.ui.models.table import Column
from amts_desk.ui.rooms.pipelines import add_pipelines
from amts_desk.ui.rooms.room import Room
from amts_desk.ui.widgets.empty_state import EmptyState
from amts_desk.ui.widgets.job_choices import JobChoices
from amts_desk.ui.widgets.run_detail import RunDetail
from amts_desk.ui.widgets.table import Table


class JobsRoom(Room):
    """To the left what jobs should do, to the right the runs, and below them the documents of the selected one."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        empty = EmptyState(
            self.tr("Nothing to translate yet"),
            self.tr(
                "Here chapters are translated as batch jobs, with parallel data and without. First import chapters."
            ),
            self.tr("Go to Chapters"),
        )
        super().__init__(session, empty, parent)
        self.asking: StartJobsDialog | None = None
        self._is_behind = False
        self.show_side_by_side(self._choices(), self._results())
        changes = (
            session.chapters_changed,
            session.amazon.parallel_data_changed,
            session.project_closed,
            session.amazon.runs_changed,
        )
        for signal in changes:
            signal.connect(self._on_changed)
        session.amazon.jobs_ready.connect(self._on_ready)
        session.amazon.offers_found.connect(self._on_offers)
        session.terms.listed.connect(self._on_terminologies)
        session.amazon.previewed.connect(self._on_previewed)
        self.entry = self.picker
        self.pipelines = add_pipelines(self)
        self.refresh()

    # ---- building ----------------------------------------------------------------------------------------------

    def _choices(self) -> QWidget:
        self.choices = JobChoices()
        self.choices.changed.connect(self._on_choice)
        self.choices.offers_button.clicked.connect(self.session.amazon.list_offers)
        self.choices.terms_button.clicked.connect(self.terms_wanted)
        self.hint(self.choices.terms_button, self.tr("Work on the terms, and send them as a terminology"), "terms")
        self.direction, self.picker, self.arms = self.choices.direction, self.choices.picker, self.choices.arms
        self.preview_button = QPushButton(self.tr("Preview"))
        self.preview_button.setToolTip(
            self.tr("Translate the first sentences of the chapter now, without parallel data")
        )
        self.preview_button.clicked.connect(self.preview)
        self.start_button = QPushButton()
        self.start_button.setProperty("role", "primary")
        self.start_button.clicked.connect(self.start)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.choices, 1)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 8, 0)
        row.addWidget(self.preview_button)
        row.addWidget(self.start_button, 1)
        column.addLayout(row)
        return side

    def _results(self) -> QWidget:
        self._runs = RunsModel(
            [
                Column(self.tr("Run"), lambda r: str(r.number), is_number=True),
                Column(self.tr("Direction"), lambda r: f"{r.source_language} → {r.target_language}"),
                Column(self.tr("With"), self._with_what),
                Column(self.tr("Documents"), _progress, self._progress_tip, is_number=True),
                Column(self.tr("Cost"), self._cost, self._cost_tip, is_number=True),
                Column(
                    self.tr("Started"), lambda r: _started(r, "%m-%d %H:%M"), lambda r: _started(r, "%Y-%m-%d %H:%M")
                ),
                Column(self.tr("State"), self._state, lambda r: f"{r.job_id} {r.message}".strip()),
            ],
            self,
        )
        self.table = Table(self._runs, self.tr("Runs"), (46, 88, 0, 100, 78, 104, 160), 30)
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        self.table.activated.connect(self.open_review)
        self.detail = RunDetail(self.session)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(self.detail)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._filters())
        column.addWidget(split, 1)
        column.addWidget(self._quiet(self.tr("Closing the window stops no job; its output is fetched next time.")))
        column.addLayout(self._buttons())
        return side

    def _filters(self) -> QHBoxLayout:
        self.filter = QComboBox()
        self.filter.setAccessibleName(self.tr("Which runs"))
        for words, show in (
            (self.tr("All runs"), Show.ALL),
            (self.tr("Still running"), Show.RUNNING),
            (self.tr("Fetched"), Show.FETCHED),
            (self.tr("With problems"), Show.TROUBLED),
        ):
            self.filter.addItem(words, show)
        self.filter.currentIndexChanged.connect(self._on_filter)
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("Find a run: name, direction, parallel data, message"))
        self.words.setAccessibleName(self.tr("Words to find a run by"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._on_filter)
        row = QHBoxLayout()
        row.addWidget(self.filter)
        row.addWidget(self.words, 1)
        return row

    def _buttons(self) -> QHBoxLayout:
        self.look_button = QPushButton(self.tr("Look now"))
        self.hint(self.look_button, self.tr("Ask Amazon how things stand"), "look")
        self.look_button.clicked.connect(self.session.amazon.look_now)
        self.stop_button = QPushButton(self.tr("Stop the job"))
        self.stop_button.clicked.connect(self.stop)
        self.again_button = QPushButton(self.tr("Run again…"))
        self.again_button.setToolTip(
            self.tr("A new job of the same things; one that was never answered is found or sent once")
        )
        self.again_button.clicked.connect(self.run_again)
        self.fetch_button = QPushButton(self.tr("Fetch again"))
        self.fetch_button.clicked.connect(self.fetch_again)
        self.review_button = QPushButton(self.tr("Open in Review"))
        self.review_button.clicked.connect(self.open_review)
        row = QHBoxLayout()
        row.addWidget(self.look_button)
        row.addStretch(1)
        for button in (self.stop_button, self.fetch_button, self.again_button, self.review_button):
            row.addWidget(button)
        return row

    # ---- showing -----------------------------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Show chapters, arms and runs as they are now."""
        self._is_behind = False
        rows = self.session.chapter_rows()
        self.show_empty(empty=not rows)
        self.choices.show_project([row.chapter for row in rows], self.session.amazon.versions())
        before = self.chosen_run()
        self._runs.set_runs(self.session.amazon.runs())
        self._choose(before)
        self.look_button.setEnabled(bool(self._runs.count or self.session.amazon.versions()))

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while the room was out of sight."""
        super().showEvent(event)
        if self._is_behind:
            self.refresh()

    @Slot()
    def _on_changed(self) -> None:
        """Follow the session; out of sight it is enough to know that there is something to catch up with."""
        self._is_behind = True
        if self.isVisible():
            self.refresh()

    def take_first_step(self, step: int) -> None:
        """Go to Chapters."""
        self.room_wanted.emit("chapters")

    def subtitle(self) -> str:
        """Return where jobs run."""
        return self.session.connection.label

    def chosen_run(self) -> Run | None:
        """Return the selected run, the first of several."""
        rows = self.table.chosen_rows()
        return self._runs.rows[rows[0]] if rows and rows[0] < len(self._runs.rows) else None

    def _choose(self, run: Run | None) -> None:
        """Select a run again, wherever it stands now, and show what is known of it."""
        row = self._runs.row_of(run.number) if run else -1
        if row >= 0 and self.table.chosen_rows() != [row]:
            self.table.choose_row(row)
        self._on_selected()

    # ---- doing -------------------------------------------------------------------------------------------------

    @Slot()
    def start(self) -> None:
        """Check the jobs that are chosen; the question that names their cost follows, and only then they start."""
        orders = self.choices.orders()
        if orders:
            self.session.amazon.make_ready(orders)

    @Slot()
    def run_again(self) -> None:
        """Check what starting the selected run once more would mean; the question follows."""
        run = self.chosen_run()
        if run is not None:
            self.session.amazon.order_again(run)

    @Slot()
    def stop(self) -> None:
        """Stop the selected jobs."""
        jobs = {run.job_id: run for run in (self._runs.rows[row] for row in self.table.chosen_rows()) if run.is_running}
        for run in jobs.values():
            self.session.amazon.stop_run(run)

    @Slot()
    def fetch_again(self) -> None:
        """Bring the output of the selected run once more."""
        run = self.chosen_run()
        if run is not None and run.status.has_output:
            self.session.amazon.fetch_again(run)

    @Slot()
    def preview(self) -> None:
        """Translate the first sentences of the chapter under the cursor."""
        chapter = self.picker.current()
        if chapter is None:
            return
        words = self.tr("The first {0} sentences of {1} will be translated.").format(SENTENCES, chapter.name)
        if confirm_leaving(self.session.connection, words, self.tr("Preview {0}").format(chapter.name), self):
            self.session.amazon.preview(chapter, self.direction.direction())

    @Slot()
    def open_review(self) -> None:
        """Go to Review with the chapter selected below, or the first of the selected run."""
        run = self.chosen_run()
        if run is None or not run.chapters:
            return
        self.session.open_chapter(self.detail.chosen_chapter() or run.chapters[0])
        self.session.open_review(run.direction)
        self.room_wanted.emit("review")

    # ---- what comes back ---------------------------------------------------------------------------------------

    @Slot(object)
    def _on_ready(self, ready: Ready) -> None:
        if not ready.orders or self.asking is not None:
            return
        self.asking = StartJobsDialog(ready, self.session.connection, self.window())
        self.asking.accepted.connect(self._on_agreed)
        self.asking.finished.connect(self._on_answered)
        self.asking.open()

    @Slot()
    def _on_agreed(self) -> None:
        if self.asking is not None:
            self.session.amazon.start_runs(self.asking.ready.orders)

    @Slot()
    def _on_answered(self) -> None:
        if self.asking is not None:
            self.asking.deleteLater()
            self.asking = None

    @Slot(object)
    def _on_offers(self, offers: tuple[list[ParallelDataAnswer], list[str]]) -> None:
        data, terminologies = offers
        self.choices.show_terminologies(terminologies)
        self.choices.show_offers(data)

    @Slot(object)
    def _on_terminologies(self, found: list[Terminology]) -> None:
        self.choices.show_terminologies([terminology.name for terminology in found])

    @Slot(object)
    def _on_previewed(self, preview: Preview) -> None:
        self.detail.show_preview(preview)

    @Slot()
    def _on_choice(self) -> None:
        count = len(self.choices.orders())
        self.start_button.setEnabled(count > 0)
        self.start_button.setText(
            self.tr("Start jobs: {0}…").format(count) if count else self.tr("Tick chapters to translate")
        )
        self.preview_button.setEnabled(self.picker.current() is not None)

    @Slot()
    def _on_filter(self) -> None:
        before = self.chosen_run()
        self._runs.show_only(self.filter.currentData(), self.words.text())
        self._choose(before)

    @Slot()
    def _on_selected(self) -> None:
        runs = [self._runs.rows[row] for row in self.table.chosen_rows() if row < len(self._runs.rows)]
        self.stop_button.setEnabled(any(run.is_running for run in runs))
        self.again_button.setEnabled(len(runs) == 1)
        is_unsent = len(runs) == 1 and runs[0].is_unsent
        self.again_button.setText(self.tr("Send it…") if is_unsent else self.tr("Run again…"))
        self.fetch_button.setEnabled(len(runs) == 1 and runs[0].status.has_output)
        self.review_button.setEnabled(len(runs) == 1)
        self.detail.show_run(runs[0] if runs else None)
        self.changed.emit()

    # ---- words -------------------------------------------------------------------------------------------------

    def _with_what(self, run: Run) -> str:
        data = self.tr("{0} pairs: {1}").format(run.arm.partition("+")[0], run.parallel_data)
        words = data if run.parallel_data else self.tr("no parallel data")
        return self.tr("{0} · terms {1}").format(words, run.terminology) if run.terminology else words

    def _progress_tip(self, run: Run) -> str:
        return self.tr("Chapters: {0} · documents translated: {1} of {2} · with errors: {3}").format(
            len(run.chapters), run.translated, run.documents, run.with_errors
        )

    def _cost(self, run: Run) -> str:
        return self.tr("practice") if run.is_offline else f"${run.dollars:.2f}"

    def _cost_tip(self, run: Run) -> str:
        if run.is_offline:
            return self.tr("Offline practice: the engine on this computer translates, free of charge")
        return self.tr("Expected when it was started, for {0:,} characters").format(run.characters)

    def _state(self, run: Run) -> str:
        words = {
            JobStatus.PLANNED: self.tr("not sent"),
            JobStatus.SENT: self.tr("no answer yet"),
            JobStatus.SUBMITTED: self.tr("waiting"),
            JobStatus.IN_PROGRESS: self.tr("▶ translating"),
            JobStatus.COMPLETED: self.tr("✓ done"),
            JobStatus.COMPLETED_WITH_ERROR: self.tr("▲ done, with errors"),
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


def _progress(run: Run) -> str:
    """Return how many documents of the job are translated, as the service counts them; before it does, how many go."""
    return f"{run.translated} / {run.documents}" if run.documents else str(len(run.chapters))


def _started(run: Run, form: str) -> str:
    """Return when a run was started by the clock on the wall; it is stored in UTC."""
    return f"{datetime.fromisoformat(run.started_at).astimezone():{form}}" if run.started_at else "–"
