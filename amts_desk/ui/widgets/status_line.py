"""The status line: where the calls go, what works in the background, that everything is saved."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QLabel, QProgressBar, QSizePolicy, QStatusBar, QToolButton, QWidget

from amts_desk.desk.session import Session
from amts_desk.desk.tasks import Task
from amts_desk.ui.icons import icon

_QUIET = 200
"""Milliseconds: shorter work shows nothing."""
_NOTED = 6_000
"""Milliseconds that a note stays."""


class StatusLine(QStatusBar):
    """Shows the connection, the oldest running task with its progress and a stop button, and notes."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._session = session
        self._task: Task | None = None
        self._connection = QLabel()
        self._connection.setToolTip(self.tr("Where calls to Amazon go. Change it in Project › Connection."))
        self._work = QLabel()
        self._note = QLabel()
        for label in (self._work, self._note):
            # A long text must not make the window wider.
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(120)
        self._bar.setAccessibleName(self.tr("Progress of the background work"))
        self._stop = QToolButton()
        self._stop.setToolTip(self.tr("Stop this work; what is finished stays"))
        self._stop.setAccessibleName(self.tr("Stop the background work"))
        self._stop.clicked.connect(self._on_stop)
        self._saved = QLabel()
        self.addWidget(self._connection)
        self.addWidget(self._note, 1)
        self.addWidget(self._work, 1)
        for widget in (self._bar, self._stop, self._saved):
            self.addPermanentWidget(widget)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_QUIET)
        self._patience.timeout.connect(self._on_patience)
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.setInterval(_NOTED)
        self._forget.timeout.connect(self._on_forget)
        session.runner.task_started.connect(self._on_tasks)
        session.runner.task_ended.connect(self._on_tasks)
        session.noted.connect(self._on_noted)
        for editor in (session.alignment, session.review):
            editor.spliced.connect(self._on_forget)
        for signal in (session.project_opened, session.project_closed, session.connection_changed):
            signal.connect(self.refresh)
        self.refresh()
        self._show_work(visible=False)

    @Slot()
    def refresh(self) -> None:
        """Show the connection and the project as they are now."""
        project = self._session.project
        self._stop.setIcon(icon("stop"))
        label = self._session.connection.label
        engine = self.tr("local engine, not Amazon") if self._session.connection.is_offline else ""
        self._connection.setText(" · ".join(part for part in (label, engine) if part))
        self._saved.setText(self.tr("Saved in {0}").format(project.path.name) if project else self.tr("No project"))

    @Slot(object)
    def _on_tasks(self, _: Task) -> None:
        tasks = self._session.runner.tasks
        task = tasks[0] if tasks else None
        if task is self._task:
            return
        self._task = task
        if task is None:
            self._patience.stop()
            self._show_work(visible=False)
        else:
            task.progressed.connect(self._on_progress)
            self._work.setText(task.title)
            self._bar.setRange(0, 0)
            self._patience.start()

    @Slot()
    def _on_patience(self) -> None:
        self._show_work(visible=self._task is not None)

    @Slot(int, int, str)
    def _on_progress(self, done: int, total: int, note: str) -> None:
        if self._task is None or self.sender() is not self._task:
            return
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        count = self.tr("{0} of {1}").format(done, total) if total else ""
        self._work.setText(" · ".join(filter(None, [self._task.title, count, note])))

    @Slot()
    def _on_stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    @Slot(str)
    def _on_noted(self, text: str) -> None:
        """Show a note for a while, in the place of the work; the connection stays in sight."""
        self._note.setText(text)
        self._forget.start()

    @Slot()
    def _on_forget(self) -> None:
        self._note.clear()

    def _show_work(self, *, visible: bool) -> None:
        self._work.setVisible(visible)
        self._bar.setVisible(visible)
        self._stop.setVisible(visible)
