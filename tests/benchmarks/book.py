"""A whole book in one project: reading, aligning, opening the window on it, scrolling, editing.

python -m tests.benchmarks.book [FOLDER OF CHAPTER PAIRS]
"""

import os
import sys
import tempfile
import time
from pathlib import Path

BOOK = Path(__file__).resolve().parents[3] / "shared" / "data" / "d2l"


def timed(what, work):
    """Do the work, print its wall time, return its result."""
    began = time.perf_counter()
    result = work()
    print(f"{what:44} {time.perf_counter() - began:7.2f} s", flush=True)
    return result


def in_milliseconds(what, times):
    """Print median, 99th percentile and maximum."""
    times = sorted(times)
    at = [times[int(len(times) * share)] * 1000 for share in (0.5, 0.99)]
    print(f"{what:44} p50 {at[0]:.1f}  p99 {at[1]:.1f}  max {times[-1] * 1000:.1f} ms", flush=True)


def build(path, book):
    """Read and align the book into a project."""
    from amts_desk.flows.aligning import align_chapters, unaligned
    from amts_desk.flows.importing import import_chapters
    from amts_desk.steps.read.pairing import find_pairs
    from amts_desk.store.project import Project

    with Project.open(path, create=True) as project:
        found = find_pairs([book])
        imported = timed(f"read {len(found.pairs)} chapter pairs", lambda: import_chapters(project, found.pairs))
        print(f"  problems: {[*map(str, imported.problems)]}")
        timed("align them, sharing one lexicon", lambda: align_chapters(project, unaligned(project)))


def use(path):
    """Open the window on the project, scroll through its longest chapter, and edit it."""
    from amts_desk.app import Desk

    desk = timed("window stands", lambda: shown(Desk([])))
    timed("project open in it", lambda: (desk.open(path), desk.application.processEvents()))
    longest = max(desk.session.chapter_rows(), key=lambda row: row.beads)
    timed(f"longest chapter open ({longest.beads} beads)", lambda: enter(desk, longest.chapter.id))
    room = desk.window.room("align")
    bar, frames, edits = room.table.verticalScrollBar(), [], []
    for value in range(0, bar.maximum(), 40):
        began = time.perf_counter()
        bar.setValue(value)
        room.table.viewport().repaint()
        frames.append(time.perf_counter() - began)
    in_milliseconds(f"scrolling, {len(frames)} frames", frames)
    for number in range(60):
        room.table.choose_row(number * 3)
        began = time.perf_counter()
        room.merge()
        desk.application.processEvents()
        edits.append(time.perf_counter() - began)
    in_milliseconds("an edit, on disk and on screen", edits)
    desk.close()


def shown(desk):
    """Show the window and let it paint."""
    desk.window.show()
    desk.application.processEvents()
    return desk


def enter(desk, chapter_id):
    """Open a chapter in Align."""
    desk.session.open_chapter(chapter_id)
    desk.window.enter("align")
    desk.application.processEvents()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["AMTS_DESK_HOME"] = home
        os.environ.setdefault("AMTS_DESK_CACHE", str(Path(__file__).resolve().parents[2] / "build" / "test-cache"))
        project = Path(home) / "book.amts"
        build(project, Path(sys.argv[1]) if len(sys.argv) > 1 else BOOK)
        use(project)
