"""Waiting for Amazon, on a clock that moves only when somebody sleeps."""

from itertools import pairwise

import pytest

from amts_desk.core.errors import Cancelled, DeskError, ServiceError
from amts_desk.flows.waiting import FIRST, LONGEST, PATIENCE, Pace, wait_until


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


def test_after_the_sleep_of_the_machine_it_is_asked_at_once(clock):
    pace = Pace(60, 60)
    clock.now += 10
    assert pace.left() == 50
    clock.asleep += 8 * 3600
    assert pace.left() == 0
    pace.rest()
    assert pace.left() == 60


def test_a_wait_ends_early_when_the_machine_was_asleep(clock):
    naps = []

    def progress(_done, _total, note=""):
        if clock.now >= 1001 and not naps:
            naps.append(clock.now)
            clock.asleep += 3600

    service = Service(clock, *["busy"] * 5, "done")
    wait_until(service, is_done, "a job", progress)
    before = [at for at in service.asked if at <= naps[0]][-1]
    after = next(at for at in service.asked if at > naps[0])
    assert after - before < FIRST * 1.5**4
    assert after - naps[0] < 0.21


def test_a_clock_that_is_set_back_delays_nothing(clock):
    pace = Pace(60, 60)
    clock.asleep -= 7200
    clock.now += 60
    assert pace.left() == 0


def test_in_trouble_the_pauses_grow_to_minutes_and_come_back(clock):
    pace = Pace(1, 60)
    for _ in range(20):
        pace.slow_down(300)
    assert pace.pause == 300
    pace.slow_down()
    assert pace.pause == 60
    pace.hurry()
    assert pace.pause == 1
