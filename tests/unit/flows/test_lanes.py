"""Ways walked side by side, on a clock that moves only when the walker sleeps."""

from itertools import pairwise

import pytest

from amts_desk.core.errors import Cancelled, DeskError, ServiceError
from amts_desk.flows.lanes import Turns, walk
from amts_desk.flows.waiting import FIRST, PATIENCE, asking


class Clock:
    """Shows the time that was slept, and how long the longest nap was."""

    def __init__(self):
        self.now, self.longest_nap = 0.0, 0.0

    def monotonic(self):
        return self.now

    def sleep(self, seconds):
        assert seconds > 0
        self.longest_nap = max(self.longest_nap, seconds)
        self.now += seconds


@pytest.fixture
def clock():
    return Clock()


def resting(log, clock, name, *rests):
    """A way that notes when it goes on."""
    for number, rest in enumerate(rests):
        log.append((name, number, round(clock.now, 1)))
        yield rest
    log.append((name, "end", round(clock.now, 1)))
    return name.upper()


def test_while_one_rests_the_other_goes_on(clock):
    log = []
    ways = {"a": resting(log, clock, "a", 0.0, 5.0), "b": resting(log, clock, "b", 0.0, 1.0, 1.0)}
    assert walk(ways, clock=clock) == {"a": "A", "b": "B"}
    assert log == [
        ("a", 0, 0.0), ("a", 1, 0.0), ("b", 0, 0.0), ("b", 1, 0.0), ("b", 2, 1.0), ("b", "end", 2.0), ("a", "end", 5.0),
    ]  # fmt: skip
    assert clock.now == pytest.approx(5.0), "nobody waited for anybody"


def test_the_same_answers_make_the_same_order(clock):
    logs = [[], []]
    for log in logs:
        walk({n: resting(log, clock, n, 0.3, 0.0, 0.3) for n in "abc"}, clock=Clock())
    assert [entry[:2] for entry in logs[0]] == [entry[:2] for entry in logs[1]]


def failing(error):
    yield 1.0
    raise error


def test_one_that_fails_leaves_the_others_going(clock):
    error = DeskError("Refused.")
    ends = walk({"a": failing(error), "b": resting([], clock, "b", 3.0)}, clock=clock)
    assert ends == {"a": error, "b": "B"}


def test_a_defect_ends_everything_and_leaves_nothing_open(clock):
    closed = []

    def way():
        try:
            yield 100.0
        finally:
            closed.append("b")

    with pytest.raises(KeyError):
        walk({"b": way(), "a": failing(KeyError("defect"))}, clock=clock)
    assert closed == ["b"]


def test_a_stop_is_noticed_within_a_fifth_of_a_second(clock):
    def progress(_done, total, _note=""):
        assert total == 1
        if clock.now >= 7.0:
            raise Cancelled

    with pytest.raises(Cancelled):
        walk({"a": resting([], clock, "a", 1000.0)}, progress, clock)
    assert 7.0 <= clock.now < 7.2
    assert clock.longest_nap <= 0.2


def held(log, clock, name, seconds, error=None):
    log.append((name, "takes", round(clock.now, 1)))
    yield seconds
    log.append((name, "leaves", round(clock.now, 1)))
    if error:
        raise error
    return name


def test_turns_are_taken_one_at_a_time_in_the_order_of_coming(clock):
    log, waited, turns = [], [], Turns()

    def way(name, before, error=None):
        yield before
        return (yield from turns.taken(held(log, clock, name, 2.0, error), lambda: waited.append(name)))

    error = DeskError("Amazon could not take it in.")
    ends = walk({"late": way("late", 0.5), "first": way("first", 0.0, error), "last": way("last", 1.0)}, clock=clock)
    assert ends == {"late": "late", "first": error, "last": "last"}
    assert log == [
        ("first", "takes", 0.0), ("first", "leaves", 2.0), ("late", "takes", 2.0), ("late", "leaves", 4.0),
        ("last", "takes", 4.0), ("last", "leaves", 6.0),
    ]  # fmt: skip
    assert waited == ["late", "last"]


class Service:
    """Gives its answers one after another, the last for ever; raises those that are errors. Notes when it is asked."""

    def __init__(self, clock, *answers):
        self.clock, self.answers, self.times = clock, list(answers), []

    def __call__(self):
        self.times.append(self.clock.now)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def test_questions_come_less_and_less_often(clock):
    service = Service(clock, *["busy"] * 20, "done")
    assert walk({"a": asking(service, lambda a: a == "done", longest=2.0)}, clock=clock) == {"a": "done"}
    pauses = [b - a for a, b in pairwise(service.times)]
    assert pauses[0] == pytest.approx(FIRST)
    assert pauses[-1] == pytest.approx(2.0, abs=0.01)
    assert all(after >= before - 0.01 for before, after in pairwise(pauses))


def test_passing_trouble_is_waited_out_but_not_for_ever(clock):
    trouble = ServiceError("Out of reach.", passing=True)
    service = Service(clock, *[trouble] * (PATIENCE - 1), "busy", *[trouble] * (PATIENCE - 1), "done")
    assert walk({"a": asking(service, lambda a: a == "done")}, clock=clock) == {"a": "done"}
    service = Service(clock, trouble)
    assert walk({"a": asking(service, bool)}, clock=clock) == {"a": trouble}
    assert len(service.times) == PATIENCE


def test_other_trouble_is_raised_at_once(clock):
    refused = ServiceError("Refused.")
    service = Service(clock, refused)
    assert walk({"a": asking(service, bool)}, clock=clock) == {"a": refused}
    assert len(service.times) == 1
