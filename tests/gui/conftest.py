"""GUI tests show one widget at a time and leave nothing behind."""

import gc

import pytest
from PySide6.QtCore import QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from amts_desk.desk.session import Session
from amts_desk.desk.tasks import TaskRunner
from amts_desk.ui import fonts, theme


@pytest.fixture(autouse=True)
def dressed(qapp):
    """Wear the light theme with the fonts of the program."""
    fonts.apply(qapp)
    theme.apply(qapp, "light")


@pytest.fixture(autouse=True)
def nothing_left_behind(qapp):
    """Fail a test that leaves a window, a running timer or a task of the shared thread pool behind."""
    before = set(map(id, QApplication.topLevelWidgets()))
    yield
    qapp.sendPostedEvents(None, 52)  # QEvent.DeferredDelete
    gc.collect()
    left = [w for w in QApplication.topLevelWidgets() if id(w) not in before and w.parent() is None and w.isVisible()]
    timers = [t for w in QApplication.topLevelWidgets() for t in w.findChildren(QTimer) if t.isActive()]
    assert not left, f"windows left open: {left}"
    assert not timers, f"timers left running: {timers}"
    assert QThreadPool.globalInstance().activeThreadCount() == 0


@pytest.fixture
def runner():
    """A task runner that does each task at once."""
    return TaskRunner(inline=True)


@pytest.fixture
def session(runner, tmp_path):
    """A session without a project, whose tasks run at once."""
    made = Session(runner, practice_folder=tmp_path / "practice")
    yield made
    made.close_project()


@pytest.fixture
def shown(qtbot):
    """Show a widget and close it at the end of the test."""

    def show(widget: QWidget, size=(1000, 600)) -> QWidget:
        qtbot.addWidget(widget)
        widget.resize(*size)
        widget.show()
        qtbot.waitExposed(widget)
        return widget

    return show
