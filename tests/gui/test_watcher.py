"""The watcher's timer and the session's manners: asked again through trouble, never while a person must sign in."""

import pytest

from amts_desk.core.errors import ServiceError
from amts_desk.desk.watcher import Watcher
from amts_desk.flows import waiting
from amts_desk.flows.watching import Look
from tests.gui.samples import add_run, make_project
from tests.gui.test_session import heard, late  # noqa: F401
from tests.unit.flows.conftest import Clock


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(waiting, "time", clock)
    return clock


@pytest.fixture
def watcher(qapp, clock):
    asked = []
    made = Watcher(lambda: asked.append(clock.now))
    made.asked = asked
    yield made
    made.stop()


def tick(watcher, clock, seconds):
    """Let time pass until the watcher's timer fires."""
    clock.now += seconds
    watcher._on_time()


def test_it_asks_when_the_pause_is_over_and_not_before(watcher, clock):
    watcher.wake()
    tick(watcher, clock, 0.4)
    assert watcher.asked == []
    tick(watcher, clock, 0.6)
    assert watcher.asked == [1001.0]


def test_after_a_sleep_it_asks_at_the_next_tick(watcher, clock):
    watcher.wake()
    for _ in range(20):
        watcher.heard(changed=False, waiting=True)
    tick(watcher, clock, 5)
    assert watcher.asked == []
    clock.asleep += 3600
    tick(watcher, clock, 0)
    assert len(watcher.asked) == 1


def test_in_trouble_it_asks_minutes_later_and_then_soon_again(watcher, clock):
    watcher.wake()
    for _ in range(20):
        watcher.heard(changed=False, waiting=True, trouble=True)
    tick(watcher, clock, 299)
    assert watcher.asked == []
    tick(watcher, clock, 1)
    assert len(watcher.asked) == 1
    watcher.heard(changed=True, waiting=True)
    tick(watcher, clock, 1)
    assert len(watcher.asked) == 2


def test_with_nothing_to_wait_for_it_rests(watcher):
    watcher.heard(changed=True, waiting=False)
    assert not watcher.is_waiting


@pytest.fixture
def asking(late, tmp_path, clock):  # noqa: F811
    """A session that has just asked Amazon about a run."""
    add_run(late, make_project(late, tmp_path))
    late.amazon.look_now()
    return late


def test_an_expired_sign_in_pauses_the_asking_and_is_told_with_what_to_do(asking):
    failed, needed = heard(asking.failed), heard(asking.amazon.sign_in_needed)
    error = ServiceError("The sign-in has expired.", "Sign in again and repeat it.", needs_sign_in=True)
    asking.runner.finish("Asking Amazon", error)
    assert (failed, needed) == ([], [(error,)])
    assert not asking.amazon._watcher.is_waiting
    asking.amazon.look_now()
    assert asking.amazon._watcher.is_waiting


def test_passing_trouble_is_noted_and_asked_again(asking):
    failed, noted = heard(asking.failed), heard(asking.noted)
    asking.runner.finish("Asking Amazon", ServiceError("Amazon could not be reached.", passing=True))
    assert failed == []
    assert noted[0][0].startswith("Asked again by itself: ")
    assert asking.amazon._watcher.is_waiting


def test_the_same_problem_is_told_once_until_a_person_asks(asking):
    failed = heard(asking.failed)
    for _ in range(2):
        asking.runner.finish("Asking Amazon", Look(waiting=True, problems=[ServiceError("No such job.")]))
        asking.amazon._ask()
    assert len(failed) == 1
    asking.runner.finish("Asking Amazon", Look(waiting=True))
    asking.amazon.look_now()
    asking.runner.finish("Asking Amazon", Look(problems=[ServiceError("No such job.")]))
    assert len(failed) == 2
