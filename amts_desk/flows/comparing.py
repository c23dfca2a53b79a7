"""What the Compare room shows: the newest run of every arm in one direction, over the articles they translated."""

from __future__ import annotations

from amts_desk.core.errors import DeskError
from amts_desk.core.experiment import without_terminology
from amts_desk.core.progress import Progress, silent
from amts_desk.flows.scoring import Compared, LineUp, compare
from amts_desk.store.project import Project

_ORDER = ("none", "paragraph", "sentence")
BOOTSTRAP = 1000


def newest_runs(project: Project, source_language: str, target_language: str) -> LineUp:
    """Return the newest fetched run of each arm in a direction, no parallel data first.

    Raises DeskError when there is none.
    """
    newest = {
        run.arm: run
        for run in project.runs.runs()
        if run.is_fetched and (run.source_language, run.target_language) == (source_language, target_language)
    }
    if not newest:
        raise DeskError("No run in this direction has output yet.", "Start jobs in Jobs.")
    arms = sorted(newest, key=_rank)
    runs = tuple(newest[arm] for arm in arms)
    wanted = {chapter_id for run in runs for chapter_id in run.chapters}
    articles = tuple(chapter for chapter in project.chapters.all() if chapter.id in wanted)
    return LineUp(source_language, target_language, articles, runs)


def compare_newest(
    project: Project, source_language: str, target_language: str, progress: Progress = silent
) -> Compared:
    """Return the scores of the newest runs of a direction. Raises DeskError as `compare` does."""
    line_up = newest_runs(project, source_language, target_language)
    return compare(project, [line_up], bootstrap=BOOTSTRAP, progress=progress)


def _rank(arm: str) -> tuple[bool, int, str]:
    unit = without_terminology(arm)
    return arm != unit, _ORDER.index(unit) if unit in _ORDER else len(_ORDER), arm
