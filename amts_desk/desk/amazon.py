"""What goes on with Amazon while a project is open: parallel data, jobs, and the questions how they stand.

Whatever fails comes out of the session's `failed`, so no error is ever lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from amts_desk.core.amazon import ParallelDataVersion, Run
from amts_desk.core.errors import DeskError, ServiceError
from amts_desk.core.pairs import PairFormat
from amts_desk.desk import amazon_work
from amts_desk.desk.watcher import Watcher
from amts_desk.store.chapters import Chapter

if TYPE_CHECKING:
    from amts_desk.desk.session import Session
    from amts_desk.flows.ordering import Order
    from amts_desk.flows.preflight import Ready
    from amts_desk.flows.pushing import Prepared, Selection
    from amts_desk.flows.watching import Look


class AmazonDesk(QObject):
    """Belongs to the session. Methods that take time return at once; their result comes as a signal."""

    parallel_data_changed = Signal()
    parallel_data_prepared = Signal(object)
    parallel_data_listed = Signal(object)
    versions_compared = Signal(object)
    runs_changed = Signal()
    jobs_ready = Signal(object)
    offers_found = Signal(object)
    previewed = Signal(object)
    sign_in_needed = Signal(object)
    answered = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._watcher = Watcher(self._ask, self)
        self._is_asking = False
        self._told: set[str] = set()

    def begin(self) -> None:
        """Tell what the project holds that was just opened, and ask about what is unfinished."""
        from amts_desk.flows.watching import is_waiting

        self.runs_changed.emit()
        self.parallel_data_changed.emit()
        if is_waiting(self._session.opened()):
            self._watcher.wake()

    def end(self) -> None:
        """Ask nothing more; what is under way ends with the session's runner."""
        self._watcher.stop()
        self._is_asking = False

    # ---- parallel data -----------------------------------------------------------------------------------------

    def versions(self) -> list[ParallelDataVersion]:
        """Return every version of parallel data."""
        return self._session.project.runs.versions() if self._session.project else []

    def prepare_parallel_data(self, selection: Selection, kind: PairFormat = PairFormat.TMX) -> None:
        """Gather and check the pairs of a selection; `parallel_data_prepared` brings them."""
        todo = amazon_work.prepare(self._session.opened().path, selection, kind)
        self._session.start_newest(todo, self.parallel_data_prepared.emit, self.tr("Checking the pairs"))

    def save_pairs(self, path: Path, prepared: Prepared) -> None:
        """Save prepared pairs as the file that would be sent."""
        self._session.start(
            amazon_work.save_pairs(prepared, path), self._session.tell_saved, self.tr("Saving {0}").format(path.name)
        )

    def push(self, name: str, prepared: Prepared) -> None:
        """Send prepared pairs to Amazon and watch them become active."""
        todo = amazon_work.push(self._session.opened().path, self._session.open_line(), name, prepared)
        self._session.start(todo, self._on_pushed, self.tr("Pushing {0}").format(name))

    def delete_parallel_data(self, name: str) -> None:
        """Delete parallel data at Amazon; its versions stay in the project."""
        todo = amazon_work.delete_parallel_data(self._session.opened().path, self._session.open_line(), name)
        self._session.start(todo, self._on_sent, self.tr("Deleting {0}").format(name))

    def download_parallel_data(self, name: str, path: Path) -> None:
        """Save the file that parallel data was last made from."""
        todo = amazon_work.download_parallel_data(self._session.open_line(), name, path)
        self._session.start(todo, self._session.tell_saved, self.tr("Saving {0}").format(path.name))

    def list_parallel_data(self) -> None:
        """Ask what parallel data the account has; `parallel_data_listed` brings a flows.versions.Listing."""
        todo = amazon_work.list_parallel_data(self._session.opened().path, self._session.open_line())
        self._session.start_newest(todo, self.parallel_data_listed.emit, self.tr("Listing the parallel data"))

    def compare_versions(self, before: ParallelDataVersion, after: ParallelDataVersion) -> None:
        """Compare the pairs of two versions; `versions_compared` brings a core.pairs.PairsDifference."""
        todo = amazon_work.compare_versions(self._session.opened().path, before, after)
        self._session.start_newest(todo, self.versions_compared.emit, self.tr("Comparing versions"))

    # ---- jobs --------------------------------------------------------------------------------------------------

    def runs(self) -> list[Run]:
        """Return every run."""
        return self._session.project.runs.runs() if self._session.project else []

    def make_ready(self, orders: Sequence[Order]) -> None:
        """Check the jobs of some orders and what they cost; `jobs_ready` brings a flows.preflight.Ready."""
        todo = amazon_work.make_ready(self._session.opened().path, self._session.open_line(), orders)
        self._session.start_newest(todo, self._on_ready, self.tr("Checking the jobs"))

    def order_again(self, run: Run) -> None:
        """Check what starting the job of a run once more would mean; `jobs_ready` brings a flows.preflight.Ready."""
        todo = amazon_work.order_again(self._session.opened().path, self._session.open_line(), run)
        self._session.start_newest(todo, self._on_ready, self.tr("Checking the jobs"))

    def start_runs(self, orders: Sequence[Order]) -> None:
        """Start a job for each order; what was already started is not started again."""
        todo = amazon_work.start_runs(self._session.opened().path, self._session.open_line(), orders)
        self._session.start(todo, self._on_started, self.tr("Starting jobs"), self._on_not_started)

    def list_offers(self) -> None:
        """Ask what parallel data and terminologies the account has; `offers_found` brings them."""
        todo = amazon_work.list_offers(self._session.open_line())
        self._session.start_newest(todo, self.offers_found.emit, self.tr("Asking what the account has"))

    def preview(self, chapter: Chapter, direction: tuple[str, str]) -> None:
        """Translate the first sentences of a chapter; `previewed` brings a flows.previewing.Preview."""
        todo = amazon_work.preview(self._session.opened().path, self._session.open_line(), chapter, direction)
        self._session.start_newest(todo, self.previewed.emit, self.tr("Translating the first sentences"))

    def stop_run(self, run: Run) -> None:
        """Ask Amazon to stop a job."""
        todo = amazon_work.stop_run(self._session.opened().path, self._session.open_line(), run)
        self._session.start(todo, self._on_sent, self.tr("Stopping a job"))

    def fetch_again(self, run: Run) -> None:
        """Bring the output of an ended run once more."""
        todo = amazon_work.fetch_again(self._session.opened().path, self._session.open_line(), run)
        self._session.start(todo, self._on_sent, self.tr("Fetching the output"))

    def look_now(self) -> None:
        """Ask Amazon at once how things stand, and hear of every problem once more."""
        self._told.clear()
        self._watcher.wake()
        self._ask()

    @Slot()
    def _ask(self) -> None:
        """Ask about everything that is unfinished, and fetch what has ended."""
        if self._session.project is None or self._is_asking:
            return
        todo = amazon_work.look(self._session.project.path, self._session.open_line())
        self._is_asking = True
        self._session.start(todo, self._on_heard, self.tr("Asking Amazon"), self._on_not_heard)

    @Slot(object)
    def _on_heard(self, look: Look) -> None:
        self._is_asking = False
        if look.trouble is None:
            self.answered.emit()
        self._watcher.heard(changed=look.changed, waiting=look.waiting, trouble=look.trouble is not None)
        if look.changed:
            self.runs_changed.emit()
            self.parallel_data_changed.emit()
            self._session.chapters_changed.emit()
        for problem in look.problems:
            self._tell_once(problem)
        if look.trouble is not None:
            self._note_trouble(look.trouble)

    @Slot(object)
    def _on_not_heard(self, error: BaseException) -> None:
        """Go on asking through passing trouble; wait for a person where one must sign in. No run is failed by it."""
        self._is_asking = False
        if not isinstance(error, ServiceError):
            self._session.report(error)
            self._watcher.heard(changed=False, waiting=isinstance(error, DeskError))
        elif error.needs_sign_in:
            self._watcher.stop()
            self.sign_in_needed.emit(error)
        elif error.passing:
            self._note_trouble(error)
            self._watcher.heard(changed=False, waiting=True, trouble=True)
        else:
            self._tell_once(error)
            self._watcher.heard(changed=False, waiting=True, trouble=True)

    def _tell_once(self, problem: DeskError) -> None:
        """Tell a problem that every further question would find again, until a person asks."""
        if str(problem) not in self._told:
            self._told.add(str(problem))
            self._session.failed.emit(problem)

    def _note_trouble(self, trouble: ServiceError) -> None:
        # The status line is short: that nothing need be done comes first.
        self._session.noted.emit(self.tr("Asked again by itself: {0}").format(trouble.message))

    @Slot(object)
    def _on_pushed(self, before: ParallelDataVersion | None) -> None:
        if before is not None:
            words = self.tr("“{0}” holds exactly these pairs already (version {1}).")
            self._session.noted.emit(words.format(before.name, before.version))
        self._on_sent(before)

    @Slot(object)
    def _on_ready(self, ready: Ready) -> None:
        if ready.before:
            numbers = ", ".join(str(run.number) for run in ready.before)
            self._session.noted.emit(self.tr("Started before, from exactly the same texts: run {0}.").format(numbers))
        self.jobs_ready.emit(ready)

    @Slot(object)
    def _on_started(self, result: tuple[list[Run], list[DeskError]]) -> None:
        started, problems = result
        for problem in problems:
            self._session.failed.emit(problem)
        self._on_sent(started)

    @Slot(object)
    def _on_not_started(self, error: BaseException) -> None:
        """Tell the error, and show what was started before it; what got no answer is looked for."""
        self._session.report(error)
        self._on_sent(error)

    @Slot(object)
    def _on_sent(self, _: object) -> None:
        self.runs_changed.emit()
        self.parallel_data_changed.emit()
        self._watcher.wake()
