"""A chapter of 100,000 beads in the window: opening, sorting, filtering, searching, scrolling, editing, memory.

python -m tests.benchmarks.beads [BEADS]
"""

import gc
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.book import shown, timed

LIMITS = {"open": 1.0, "sort": 0.050, "scroll": 0.016, "edit": 0.020, "memory": 400}
_ENGLISH = "The {0}th sentence says something about attention, tensors and gradients in a few words."
_CHINESE = "第{0}句话用几个词谈到注意力、张量和梯度，也许还有别的什么。"


def build(path, count):
    """Make a project with one chapter of so many sentence pairs, three sentences a paragraph."""
    from amts_desk.core.alignment import Bead, Sentence
    from amts_desk.store.project import Project

    with Project.open(path, create=True) as project:
        documents = [document(count, *side) for side in ((_ENGLISH, "en"), (_CHINESE, "zh"))]
        chapter = project.chapters.add("long", *documents)
        beads = tuple(
            Bead(
                (Sentence(i, i // 3, _ENGLISH.format(i)),),
                (Sentence(i, i // 3, _CHINESE.format(i)),),
                confidence=1 - (i * 7919 % 1000) ** 4 / 1e12,
                reasons=("numbers differ",) if i % 9 == 0 else (),
                is_bookmarked=i % 997 == 0,
            )
            for i in range(count)
        )
        project.tracks.begin(project.tracks.alignment(chapter), beads)
        return chapter.id


def document(count, words, language):
    """Return a document without a file."""
    from amts_desk.core.document import Document, Kind, Segment

    texts = [words.format(i) for i in range(count)]
    sentences = tuple(Segment(text, Kind.PARAGRAPH, i // 3, i, i + 1) for i, text in enumerate(texts))
    blocks = tuple(Segment(" ".join(texts[i : i + 3]), Kind.PARAGRAPH, i // 3, i, i + 3) for i in range(0, count, 3))
    return Document(f"long.{language}.md", language, "", f"none-{language}", blocks, sentences)


def told(name, times, limit, share=0.5):
    """Print wall time and processor time at a share of the rounds, and whether the former is within its limit."""
    wall, processor = (sorted(each)[min(len(each) - 1, int(len(each) * share))] for each in zip(*times, strict=True))
    is_good = wall <= LIMITS[limit]
    words = f"{wall * 1000:8.1f} ms   processor {processor * 1000:8.1f}   limit {LIMITS[limit] * 1000:5.0f}"
    print(f"{name:44} {words}   {'ok' if is_good else 'MISSED'}", flush=True)
    return is_good


def measured(work):
    """Return the wall time and the processor time of a piece of work in seconds."""
    began = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began[0], time.process_time() - began[1]


def best(work, rounds=5):
    """Return the times of a piece of work that is done several times."""
    return [measured(work) for _ in range(rounds)]


def use(path, chapter_id):
    """Open the chapter in the window and work in it; return whether every limit was kept."""
    from PySide6.QtCore import Qt

    from amts_desk.app import Desk
    from amts_desk.core.alignment import BeadState
    from amts_desk.core.search import Query
    from amts_desk.ui.models.beads import CONFIDENCE, STATE

    desk = shown(Desk([]))
    desk.window.resize(1280, 720)
    desk.open(path)
    desk.window.enter("align")
    desk.application.processEvents()
    room = desk.window.room("align")

    def open_chapter():
        desk.session.open_chapter(chapter_id)
        room.table.viewport().repaint()

    results = [told("open, painted", best(open_chapter, 3), "open")]
    model, up, down = room.model, Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder

    def sorting(column, order):
        def work():
            model.sort(column, order)
            room.table.viewport().repaint()

        return work

    results.append(told("sort by confidence", best(sorting(CONFIDENCE, up)), "sort"))
    results.append(told("sort by state", best(sorting(STATE, down)), "sort"))
    results.append(told("back to the order of the chapter", best(sorting(-1, up)), "sort"))
    timed("first search (lines are made)", lambda: model.search(Query("tensors")))
    queries = {
        "a state": Query("", state=BeadState.AUTOMATIC),
        "plain text, every bead": Query("tensors"),
        "plain text, few beads": Query("9999th"),
        "case, Chinese": Query("张量", "target", is_cased=True),
        "regular expression": Query(r"\d77th", "source", is_pattern=True),
        "regular expression, both sides": Query(r"[0-9]{5}", is_pattern=True),
    }
    for name, query in queries.items():

        def filtering(query=query):
            model.search(query)
            model.show_only(model.hits)
            room.table.viewport().repaint()

        results.append(told(f"filter by {name}", best(filtering), "sort"))
    model.search(None)
    model.show_only(None)
    desk.application.processEvents()
    results.append(scroll(room, desk))
    results += work_on(room, desk)
    desk.close()
    return all(results)


def scroll(room, desk):
    """Scroll by wheel steps, by pages and by jumps, painting strip and table each time."""
    bar, frames = room.table.verticalScrollBar(), []
    for value in [*range(0, 20_000, 60), *range(0, 200_000, 600), *range(0, bar.maximum(), bar.maximum() // 400)]:

        def frame(value=value):
            bar.setValue(value)
            room.table.viewport().repaint()
            room.strip.repaint()

        frames.append(measured(frame))
    desk.application.processEvents()
    return told(f"scrolling, p99 of {len(frames)} frames", frames, "scroll", 0.99)


def work_on(room, desk):
    """Edit all over the chapter: on disk, in the table, in the queue line, in the strip."""

    def edit(name):
        getattr(room, name)()
        desk.window.update_frame()
        desk.application.processEvents()

    everything = []
    for name in ("confirm", "pin", "bookmark", "merge", "split", "both_down", "insert_empty", "drop"):
        times = []
        for number in range(100):
            room.table.choose_row((number * 977 + 5) % (len(room.model.rows) - 10))
            desk.application.processEvents()
            times.append(measured(lambda name=name: edit(name)))
        told(f"  {name}, median", times, "edit")
        everything += times
    results = [told("an edit on disk and on screen, p99", everything, "edit", 0.99)]
    undone = best(lambda: (desk.session.alignment.undo(), desk.application.processEvents()), 100)
    results.append(told("undo, p99", undone, "edit", 0.99))
    found = best(lambda: (room.next_suspicious(), desk.application.processEvents()), 100)
    results.append(told("next suspicious, p99", found, "edit", 0.99))
    return results


def memory():
    """Return the resident memory of this process in MB, and its peak."""
    now = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    import resource

    return now, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def main(count):
    """Print every figure beside its limit; exit with 1 when one was missed."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["AMTS_DESK_HOME"] = home
        path = Path(home) / "long.amts"
        if os.fork() == 0:  # what is made to build the project is none of the window's memory
            build(path, count)
            os._exit(0)
        os.wait()
        is_good = use(path, 1)
        gc.collect()
        now, peak = memory()
        is_small = peak <= LIMITS["memory"]
        print(
            f"memory {now:.0f} MB, at most {peak:.0f} MB   limit {LIMITS['memory']}   {'ok' if is_small else 'MISSED'}"
        )
    return 0 if is_good and is_small else 1


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
