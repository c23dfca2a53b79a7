"""Walk a book through the real window and the local endpoint, as a person would."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from amts_desk.app import Desk
from amts_desk.core.amazon import JobStatus


class Walk:
    """The program with its window shown, and the patience to wait for what it does."""

    def __init__(self, size: tuple[int, int] = (1280, 800)) -> None:
        self.desk = Desk([])
        self.session, self.window = self.desk.session, self.desk.window
        self.problems: list[str] = []
        self.session.failed.connect(self._note)
        self.session.crashed.connect(lambda error: self.problems.append(repr(error)))
        self.window.resize(*size)
        self.window.show()

    def wait(self, until: Callable[[], bool], seconds: float = 120) -> None:
        """Let the program work until something holds. Raises AssertionError when it never does, or on a problem."""
        deadline = time.monotonic() + seconds
        while not until():
            assert time.monotonic() < deadline, f"waited {seconds} s in vain; problems: {self.problems}"
            assert not self.problems, self.problems
            loop = QEventLoop()
            QTimer.singleShot(20, loop.quit)
            loop.exec()

    def expect_problems(self) -> list[str]:
        """Gather problems in the list returned from now on, instead of failing on the first one."""
        self.session.failed.disconnect(self._note)
        expected = self.problems
        self.problems = []
        self.session.failed.connect(lambda error: expected.append(str(error)))
        return expected

    def _note(self, error: object) -> None:
        self.problems.append(str(error))

    def settle(self) -> None:
        """Wait until nothing works in the background."""
        self.wait(lambda: not self.session.runner.tasks)
        self.desk.application.processEvents()

    def open_sample(self) -> None:
        """Open the sample book and let it be aligned."""
        self.desk.open(None, sample=True)
        self.settle()

    def push(self, unit: str, hold_out: str) -> None:
        """Push the pairs of all chapters but one, and wait until they are active."""
        self.window.enter("parallel_data")
        room = self.window.room("parallel_data")
        room.unit.setCurrentIndex(room.unit.findData(unit))
        chapters = room.direction.matching([row.chapter for row in self.session.chapter_rows()])
        room.picker.tick({chapter.id for chapter in chapters if chapter.name != hold_out})
        room.check()
        self.wait(room.push_button.isEnabled)
        room.push()
        self.wait(lambda: any(v.unit == unit and v.status == "ACTIVE" for v in self.session.amazon.versions()))

    def translate(self, chapter: str) -> None:
        """Start a job for every arm over one chapter, and wait until all output is fetched."""
        self.window.enter("jobs")
        room = self.window.room("jobs")
        chapters = room.direction.matching([row.chapter for row in self.session.chapter_rows()])
        room.picker.tick({found.id for found in chapters if found.name == chapter})
        room.start()
        self.agree()
        self.wait(
            lambda: bool(self.session.amazon.runs()) and all(run.is_fetched for run in self.session.amazon.runs())
        )
        assert {run.status for run in self.session.amazon.runs()} == {JobStatus.COMPLETED}

    def agree(self) -> None:
        """Read the question that names the cost, and agree to it."""
        room = self.window.room("jobs")
        self.wait(lambda: room.asking is not None)
        room.asking.start_button.click()
        # No window manager gives the window its focus back.
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)

    def open_chapter(self, name: str) -> None:
        """Open a chapter in Align and Review."""
        chapter = next(row.chapter for row in self.session.chapter_rows() if row.chapter.name == name)
        self.session.open_chapter(chapter.id)
        self.settle()

    def picture(self, path: Path) -> None:
        """Save what a person sees."""
        self.settle()
        path.parent.mkdir(parents=True, exist_ok=True)
        assert self.window.grab().save(str(path))

    def close(self) -> None:
        """Close the window and everything behind it."""
        self.window.close()
        self.desk.close()
