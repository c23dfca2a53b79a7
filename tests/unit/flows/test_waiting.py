"""Waiting for Amazon, on a clock that moves only when somebody sleeps."""

from itertools import pairwise

import pytest

from amts_desk.core.errors import Cancelled, DeskError, ServiceError
from amts_desk.flows import waiting
from amts_desk.flows.waiting import FIRST, LONGEST, PATIENCE, wait_until


class Clock:
    """A clock that shows how long everybody has slept."""

    def __init__(self):
        self.now = 1000.0
        self.longest_nap = 0.0

    def monotonic(self):
        return self.now

    def sleep(self, seconds):
        assert seconds > 0
        self.longest_nap = max(self.longest_nap, seconds)
        self.now += seconds


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(waiting, "time", clock)
    return clock


class Service:
    """Gives its answers one after another, the last for ever; raises those that are errors. Notes when it is asked."""

    def __init__(self, clock, *answers):
        self.clock, self.answers, self.asked = clock, list(answers), []

    def __call__(self):
        self.asked.append(self.clock.now)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def pauses(self):
        return [round(after - before, 6) for before, after in pairwise(self.asked)]


def passing():
    return ServiceError("Out of reach.", passing=True)


def is_done(answer):
    return answer == "done"


def test_an_answer_that_is_settled_is_given_at_once(clock):
    service = Service(clock, "done")
    assert wait_until(service, is_done, "a job") == "done"
    assert service.asked == [1000.0]


def test_it_is_asked_less_and_less_often(clock):
    service = Service(clock, *["busy"] * 30, "done")
    assert wait_until(service, is_done, "a job") == "done"
    pauses = service.pauses()
    assert pauses[0] == FIRST
    assert all(after >= before for before, after in pairwise(pauses))
    assert pauses[-1] == LONGEST
    assert len(service.asked) == 31


def test_the_longest_pause_can_be_chosen(clock):
    service = Service(clock, *["busy"] * 10, "done")
    wait_until(service, is_done, "a job", longest=0.5)
    assert max(service.pauses()) == 0.5


def test_a_pause_shorter_than_the_first_is_kept_from_the_beginning(clock):
    service = Service(clock, "busy", "busy", "done")
    wait_until(service, is_done, "a job", longest=0.05)
    assert service.pauses() == [0.05, 0.05]


def test_passing_trouble_is_waited_out_and_forgotten(clock):
    some = [passing() for _ in range(PATIENCE - 1)]
    service = Service(clock, *some, "busy", *some, "done")
    assert wait_until(service, is_done, "a job") == "done"
    assert len(service.asked) == 2 * PATIENCE


def test_trouble_that_does_not_pass_is_raised_in_the_end(clock):
    service = Service(clock, passing())
    with pytest.raises(ServiceError, match="Out of reach"):
        wait_until(service, is_done, "a job")
    assert len(service.asked) == PATIENCE


@pytest.mark.parametrize("error", [ServiceError("Refused."), DeskError("Gone."), KeyError("defect")])
def test_any_other_trouble_is_raised_at_once(clock, error):
    service = Service(clock, "busy", error)
    with pytest.raises(type(error)):
        wait_until(service, is_done, "a job")
    assert len(service.asked) == 2


def test_a_stop_is_noticed_within_a_fifth_of_a_second(clock):
    stopped_at = 1007.0

    def progress(_done, _total, note=""):
        assert note == "a job"
        if clock.now >= stopped_at:
            raise Cancelled

    with pytest.raises(Cancelled):
        wait_until(Service(clock, "busy"), is_done, "a job", progress)
    assert stopped_at <= clock.now < stopped_at + 0.2
    assert clock.longest_nap <= 0.2
