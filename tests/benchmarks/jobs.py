"""500 chapters as one job over the local endpoint, in the real window: how long it takes, and how it feels meanwhile.

python -m tests.benchmarks.jobs [CHAPTERS]

A timer of the GUI thread fires every 2 ms; what lies between two of its beats is what a person would wait for.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

LIMIT = 0.016
"""Seconds between two beats at the 99th percentile: one frame."""
_BEAT = 2
_PARAGRAPH = "Chapter {0} has a few sentences about `attention` and **gradients**. Each of them is short. Number {1}."


def build(path, count):
    """Make a project of so many small chapters without reading any file."""
    from amts_desk.steps.read.files import read_document
    from amts_desk.store.project import Project

    with Project.open(path, create=True) as project:
        for number in range(count):
            english = "\n\n".join([f"# Chapter {number}", *(_PARAGRAPH.format(number, i) for i in range(4))])
            source = read_document(f"{number:04d}_origin.md", english.encode(), "en")
            target = read_document(f"{number:04d}.md", f"# 第{number}章\n".encode(), "zh")
            project.chapters.add(f"{number:04d}", source, target)


class Heart:
    """Beats in the GUI thread and notes how long each beat was delayed."""

    def __init__(self):
        from PySide6.QtCore import Qt, QTimer

        self.gaps, self._last = [], time.perf_counter()
        self.timer = QTimer()
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self._beat)
        self.timer.start(_BEAT)

    def _beat(self):
        now = time.perf_counter()
        self.gaps.append(now - self._last)
        self._last = now

    def told(self, what):
        """Print the gaps since the last time, and return whether they were short enough."""
        gaps, self.gaps = sorted(self.gaps), []
        p99, most = gaps[int(len(gaps) * 0.99)], gaps[-1]
        verdict = "ok" if p99 <= LIMIT else "MISSED"
        figures = f"p99 {p99 * 1000:6.1f} ms   max {most * 1000:6.1f} ms   beats {len(gaps):6}"
        print(f"{what:40} {figures}   limit {LIMIT * 1000:.0f}   {verdict}", flush=True)
        return p99 <= LIMIT


def phase(heart, walk, what, until):
    """Let the program work until something holds; print its time and how it felt."""
    heart.gaps.clear()
    began = time.perf_counter()
    walk.wait(until, 600)
    print(f"{what:40} {time.perf_counter() - began:6.1f} s", flush=True)
    return heart.told(f"  {what}")


def use(path, count):
    """Start one job over every chapter in the window, wait until all is fetched; return whether it never hung."""
    from tests.whole.walk import Walk

    walk = Walk((1280, 720))
    walk.desk.open(path)
    walk.window.enter("jobs")
    walk.settle()
    room, heart = walk.window.room("jobs"), Heart()
    began = time.perf_counter()
    room.picker.tick({row.chapter.id for row in walk.session.chapter_rows()})
    walk.desk.application.processEvents()
    print(f"{'all chapters ticked':40} {(time.perf_counter() - began) * 1000:6.1f} ms", flush=True)
    idle = time.perf_counter()
    phase(heart, walk, "nothing at all, for comparison", lambda: time.perf_counter() > idle + 3)
    results = []
    room.start()
    results.append(phase(heart, walk, "checked, before the question", lambda: room.asking is not None))
    room.asking.start_button.click()
    runs = walk.session.amazon.runs
    results.append(phase(heart, walk, "uploaded and started", lambda: any(r.job_id for r in runs())))
    results.append(phase(heart, walk, "translated and fetched", lambda: all(r.is_fetched for r in runs())))
    (run,) = runs()
    whole = len(walk.session.project.runs.block_counts(run.number))
    print(f"{run.status.value}: {whole} of {count} chapters came back, message: {run.message or 'none'}")
    heart.timer.stop()
    walk.close()
    return all(results) and whole == count and not run.message


def main(count):
    """Print every figure beside its limit; exit with 1 when one was missed."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["AMTS_DESK_HOME"] = home
        path = Path(home) / "many.amts"
        build(path, count)
        return 0 if use(path, count) else 1


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 500))
