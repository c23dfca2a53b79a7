"""The task runner: one callback, on the GUI thread, whatever happens."""

import threading

import pytest
from PySide6.QtCore import QObject, QThread, Signal, Slot

from amts_desk.core.errors import Cancelled
from amts_desk.desk.tasks import TaskRunner


class Listener(QObject):
    """Remembers what it was told and on which thread."""

    def __init__(self):
        super().__init__()
        self.results, self.errors, self.threads = [], [], []

    @Slot(object)
    def succeed(self, result):
        self.results.append(result)
        self.threads.append(QThread.currentThread())

    @Slot(object)
    def fail(self, error):
        self.errors.append(error)
        self.threads.append(QThread.currentThread())


def test_the_result_arrives_on_the_gui_thread(qtbot):
    runner, listener, main = TaskRunner(), Listener(), threading.get_ident()
    reports = []

    def work(progress):
        assert threading.get_ident() != main
        progress(1, 2, "half")
        return 42

    task = runner.start(work, listener.succeed, listener.fail, "Counting")
    task.progressed.connect(lambda *report: reports.append(report))
    qtbot.waitUntil(lambda: bool(listener.results))
    assert listener.results == [42]
    assert listener.threads == [QThread.currentThread()]
    assert runner.tasks == ()
    assert runner.close()


@pytest.mark.parametrize("inline", [True, False])
def test_an_error_arrives_and_nothing_else(qtbot, inline):
    runner, listener = TaskRunner(inline=inline), Listener()
    runner.start(lambda _: 1 / 0, listener.succeed, listener.fail)
    qtbot.waitUntil(lambda: bool(listener.errors))
    assert isinstance(listener.errors[0], ZeroDivisionError)
    assert listener.results == []
    assert runner.close()


def test_a_stopped_task_ends_at_its_next_report(qtbot):
    runner, listener, started, go_on = TaskRunner(), Listener(), threading.Event(), threading.Event()

    def work(progress):
        started.set()
        go_on.wait(10)
        progress(1, 2)

    task = runner.start(work, listener.succeed, listener.fail)
    assert started.wait(10)
    task.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: bool(listener.errors))
    assert isinstance(listener.errors[0], Cancelled)
    assert runner.close()


def test_ten_thousand_signals_survive(qtbot):
    """PySide6 6.12.0 on Python 3.11 dies after some 560 of them: the pin in pyproject.toml is what this guards."""

    class Sender(QObject):
        told = Signal(bool)
        done = Signal(object)

    sender, heard = Sender(), []
    sender.told.connect(heard.append)
    sender.done.connect(heard.append)
    for number in range(10_000):
        sender.told.emit(number % 2 == 0)
        sender.done.emit(None)
    assert len(heard) == 20_000


def test_two_thousand_tasks_all_come_home(qtbot):
    runner, listener = TaskRunner(), Listener()
    for number in range(2_000):
        runner.start(lambda progress, n=number: progress(0, 1) or n, listener.succeed, listener.fail)
    qtbot.waitUntil(lambda: len(listener.results) == 2_000, timeout=20_000)
    assert sorted(listener.results) == list(range(2_000))
    assert set(listener.threads) == {QThread.currentThread()}
    assert runner.close()


def test_the_window_hears_of_many_small_pieces_now_and_then_and_a_stop_at_once(qapp, monkeypatch):
    from types import SimpleNamespace

    clock = SimpleNamespace(now=100.0)
    monkeypatch.setattr("amts_desk.desk.tasks.time", SimpleNamespace(monotonic=lambda: clock.now))
    runner, listener, heard = TaskRunner(inline=True), Listener(), []

    def work(progress):
        (task,) = runner.tasks
        task.progressed.connect(lambda done, *_: heard.append(done))
        for done in range(100):
            clock.now += 0.01
            progress(done, 100)
        task.cancel()
        progress(100, 100)

    runner.start(work, listener.succeed, listener.fail)
    assert heard[0] == 0
    assert 15 <= len(heard) <= 21
    assert [type(error) for error in listener.errors] == [Cancelled]
