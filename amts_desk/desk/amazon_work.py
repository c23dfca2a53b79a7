"""What the desk does with Amazon in the background: each function returns one piece of work for the task runner.

As in `work`: the flows are imported inside, work touches no Qt and joins the project with a connection of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from amts_desk.core.amazon import Connection, ParallelDataAnswer, ParallelDataVersion, Run
from amts_desk.core.errors import DeskError
from amts_desk.core.pairs import PairFormat, PairsDifference
from amts_desk.core.progress import Progress
from amts_desk.desk.tasks import Work
from amts_desk.store.chapters import Chapter

if TYPE_CHECKING:
    from amts_desk.aws.cloud import Identity
    from amts_desk.flows.checking import Checked
    from amts_desk.flows.connecting import Line
    from amts_desk.flows.ordering import Order
    from amts_desk.flows.preflight import Ready
    from amts_desk.flows.previewing import Preview
    from amts_desk.flows.pushing import Prepared, Selection
    from amts_desk.flows.versions import Listing
    from amts_desk.flows.watching import Look


def prepare(project: Path, selection: Selection, kind: PairFormat) -> Work:
    """Gather and check the pairs of a selection for a file of this kind; brings Prepared."""

    def work(progress: Progress) -> Prepared:
        from amts_desk.flows import pushing
        from amts_desk.store.project import Project

        with Project.join(project) as joined:
            return pushing.prepare(joined, selection, progress, kind=kind)

    return work


def save_pairs(prepared: Prepared, path: Path) -> Work:
    """Write the pairs that would be sent as the file that would be sent; brings the path."""

    def work(_: Progress) -> Path:
        from amts_desk.store.files import written_atomically

        with written_atomically(path) as stream:
            prepared.write(stream)
        return path

    return work


def delete_parallel_data(project: Path, line: Line, name: str) -> Work:
    """Delete parallel data at Amazon and wait until it is gone; brings its name."""

    def work(progress: Progress) -> str:
        from amts_desk.flows import pushing
        from amts_desk.store.project import Project

        with Project.join(project) as joined:
            pushing.delete(joined, line.open(), name, progress)
        return name

    return work


def download_parallel_data(line: Line, name: str, path: Path) -> Work:
    """Save the file that parallel data was made from; brings its path."""

    def work(_: Progress) -> Path:
        from amts_desk.flows.versions import download

        return download(line.open(), name, path)

    return work


def list_parallel_data(project: Path, line: Line) -> Work:
    """Ask what parallel data the account has; brings a Listing."""

    def work(_: Progress) -> Listing:
        from amts_desk.flows.versions import listed
        from amts_desk.store.project import Project

        with Project.join(project) as joined:
            return listed(joined, line.open())

    return work


def compare_versions(project: Path, before: ParallelDataVersion, after: ParallelDataVersion) -> Work:
    """Compare the pairs of two versions; brings PairsDifference."""

    def work(_: Progress) -> PairsDifference:
        from amts_desk.flows.versions import difference
        from amts_desk.store.project import Project

        with Project.join(project) as joined:
            return difference(joined, before, after)

    return work


def push(project: Path, line: Line, name: str, prepared: Prepared) -> Work:
    """Write a version of parallel data down and send it; brings the version when it was there already, else None."""

    def work(progress: Progress) -> ParallelDataVersion | None:
        from amts_desk.flows import pushing
        from amts_desk.store.project import Project

        with Project.join(project) as joined:
            cloud = line.open()
            before = joined.runs.latest_version(name)
            version = pushing.hand_over(joined, cloud, name, prepared, progress)
            return version if before and before.number == version.number and before.status != "PLANNED" else None

    return work


def make_ready(project: Path, line: Line, orders: Sequence[Order]) -> Work:
    """Check the jobs of some orders and what they cost, sending nothing; brings a Ready."""

    def work(progress: Progress) -> Ready:
        from amts_desk.flows import preflight
        from amts_desk.store.project import Project

        with Project.join(project) as joined:
            return preflight.make_ready(joined, line.open(), orders, progress)

    return work


def order_again(project: Path, line: Line, run: Run) -> Work:
    """Check what starting the job of a run once more would mean; brings a Ready."""

    def work(progress: Progress) -> Ready:
        from amts_desk.flows import ordering, preflight
        from amts_desk.store.project import Project

        with Project.join(project) as joined:
            return preflight.make_ready(joined, line.open(), [ordering.order_of(joined, run)], progress)

    return work


def start_runs(project: Path, line: Line, orders: Sequence[Order]) -> Work:
    """Write runs down and start their jobs; brings (runs, problems of single jobs)."""

    def work(progress: Progress) -> tuple[list[Run], list[DeskError]]:
        from amts_desk.flows import running
        from amts_desk.store.project import Project

        with Project.join(project) as joined:
            return running.start_all(joined, line.open(), orders, progress)

    return work


def stop_run(project: Path, line: Line, run: Run) -> Work:
    """Ask Amazon to stop a job; brings the run."""

    def work(_: Progress) -> Run:
        from amts_desk.flows import running
        from amts_desk.store.project import Project

        with Project.join(project) as joined:
            return running.stop(joined, line.open(), run)

    return work


def fetch_again(project: Path, line: Line, run: Run) -> Work:
    """Bring the output of an ended run once more; brings the run."""

    def work(progress: Progress) -> Run:
        from amts_desk.flows import fetching
        from amts_desk.store.project import Project

        with Project.join(project) as joined:
            return fetching.fetch(joined, line.open(), run, progress, again=True)

    return work


def preview(project: Path, line: Line, chapter: Chapter, direction: tuple[str, str]) -> Work:
    """Translate the first sentences of a chapter without parallel data; brings a Preview."""

    def work(progress: Progress) -> Preview:
        from amts_desk.flows import previewing
        from amts_desk.store.project import Project

        with Project.join(project) as joined:
            return previewing.preview(joined, line.open(), chapter, direction, progress=progress)

    return work


def list_offers(line: Line) -> Work:
    """Ask what the account has; brings (the answers about parallel data, the names of the terminologies)."""

    def work(_: Progress) -> tuple[list[ParallelDataAnswer], list[str]]:
        from amts_desk.aws.terminology import Terminologies
        from amts_desk.aws.translate import Translate

        cloud = line.open()
        return Translate(cloud).all_parallel_data(), [found.name for found in Terminologies(cloud).all()]

    return work


def look(project: Path, line: Line) -> Work:
    """Ask Amazon about everything unfinished and fetch what has ended; brings a Look."""

    def work(progress: Progress) -> Look:
        from amts_desk.flows import watching
        from amts_desk.store.project import Project

        with Project.join(project) as joined:
            return watching.look(joined, line.open(), progress)

    return work


def identify(line: Line) -> Work:
    """Ask AWS who the calls are made as; brings an Identity."""

    def work(_: Progress) -> Identity:
        return line.open().identity()

    return work


def list_profiles(_: Progress) -> tuple[str, ...]:
    """Read which AWS profiles this computer has; brings their names."""
    from amts_desk.aws.profiles import profile_names

    return profile_names()


def check_connection(connection: Connection, practice_folder: Path | None) -> Work:
    """Look at everything that jobs need of a connection; brings Checked."""

    def work(progress: Progress) -> Checked:
        from amts_desk.flows.checking import check_line
        from amts_desk.flows.connecting import Line

        with Line(connection, practice_folder) as line:
            return check_line(line, progress)

    return work
