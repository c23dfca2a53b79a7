"""How a pipeline as a whole stands, made of how its steps stand."""

import pytest

from amts_desk.core.pipeline import Pipeline, StepName, StepState

DONE, RUNNING, FAILED, STOPPED, WAITING = (
    StepState.DONE, StepState.RUNNING, StepState.FAILED, StepState.STOPPED, StepState.WAITING,
)  # fmt: skip


def pipeline(*states, messages=()):
    made = Pipeline("en-zh")
    for name, state in zip(StepName, states, strict=False):
        made = made.changed(name, state=state)
    for name, message in zip(StepName, messages, strict=False):
        made = made.changed(name, message=message)
    return made


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ((), WAITING),
        ((RUNNING,), RUNNING),
        ((DONE,), RUNNING),
        ((DONE, DONE, RUNNING, RUNNING), RUNNING),
        ((DONE, DONE, STOPPED, STOPPED), STOPPED),
        ((DONE, DONE, STOPPED, FAILED), FAILED),
        ((DONE, DONE, RUNNING, FAILED), FAILED),
        ((DONE,) * 6, DONE),
    ],
)
def test_the_whole_stands_as_its_steps_do(states, expected):
    assert pipeline(*states).state is expected


def test_of_several_messages_the_failure_is_told_else_the_last():
    assert pipeline(DONE, RUNNING, messages=("two files left over", "40 %")).message == "40 %"
    assert pipeline(DONE, DONE, FAILED, STOPPED, messages=("", "", "refused", "later")).message == "refused"
    assert pipeline().message == ""


def test_what_fails_is_the_last_step_that_runs():
    failed = pipeline(DONE, DONE, RUNNING, RUNNING).halted(FAILED, "refused")
    assert [step.state for step in failed.steps] == [DONE, DONE, STOPPED, FAILED, WAITING, WAITING]
    assert failed.message == "refused"


def test_of_several_that_run_the_one_it_has_come_to_fails():
    running = pipeline(DONE, DONE, RUNNING, RUNNING)
    failed = running.halted(FAILED, "refused", StepName.PARALLEL_DATA)
    assert [step.state for step in failed.steps][2:4] == [FAILED, STOPPED]
    assert [step.state for step in running.halted(FAILED, "refused", StepName.READ).steps][2:4] == [STOPPED, FAILED]


def test_between_two_steps_the_next_one_fails():
    assert [s.state for s in pipeline(DONE, DONE).halted(FAILED, "refused").steps][:3] == [DONE, DONE, FAILED]
    assert pipeline().halted(FAILED, "no article").steps[0].state is FAILED


@pytest.mark.parametrize("made", [pipeline(), pipeline(*[DONE] * 6), pipeline(DONE, FAILED)])
def test_what_does_not_go_on_cannot_be_stopped(made):
    assert made.halted(STOPPED) == made


def test_a_stop_says_nothing_of_what_was_going_on():
    stopped = pipeline(DONE, RUNNING, messages=("", "40 %")).halted(STOPPED)
    assert (stopped.state, stopped.message) == (STOPPED, "")


def test_it_is_told_as_json():
    told = pipeline(DONE, RUNNING, messages=("", "40 %")).as_json()
    assert (told["direction"], told["state"], told["message"]) == ("en-zh", "running", "40 %")
    assert told["steps"][1] == {"name": "align", "state": "running", "done": 0, "total": 0, "message": "40 %"}
    assert len(told["steps"]) == len(StepName)
