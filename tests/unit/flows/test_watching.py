"""One look at everything unfinished: what it fetches, what it tells, and when a person is waited for."""

from dataclasses import replace

import pytest

from amts_desk.core.amazon import JobStatus, ParallelDataVersion
from amts_desk.core.errors import DeskError, ServiceError
from amts_desk.flows import running
from amts_desk.flows.fetching import fetch
from amts_desk.flows.ordering import Order, plan
from amts_desk.flows.running import start
from amts_desk.flows.watching import is_waiting, look
from tests.unit.flows.amazon import CONNECTION, Amazon, away, refusal

DESCRIBE = "describe_text_translation_job"


@pytest.fixture
def runs(book, amazon):
    """Three jobs that run, the first of them in two languages."""
    order = Order(tuple(book.chapters.all()), "en", ("zh", "es"))
    orders = [order, replace(order, arm="b", target_languages=("zh",)), replace(order, arm="c")]
    return [run for each in orders for run in start(book, amazon, plan(book, amazon, each))]


def test_running_jobs_are_found_again_when_a_project_opens(book, runs):
    assert is_waiting(book)


def test_a_look_asks_once_for_each_job_and_goes_on_waiting(book, amazon, runs):
    seen = look(book, amazon)
    assert (seen.waiting, seen.problems, seen.trouble) == (True, [], None)


def test_what_has_ended_is_fetched_in_all_languages(book, amazon, runs):
    amazon.end()
    seen = look(book, amazon)
    assert (seen.changed, seen.waiting, seen.problems) == (True, False, [])
    assert all(run.is_fetched and run.status is JobStatus.COMPLETED for run in book.runs.runs())
    assert not is_waiting(book)
    calls = len(amazon.calls)
    look(book, amazon)
    assert len(amazon.calls) == calls


def test_passing_trouble_with_one_run_is_no_problem(book, amazon, runs):
    amazon.faults = {DESCRIBE: [refusal("InternalServerException")]}
    amazon.end()
    seen = look(book, amazon)
    assert seen.trouble.passing
    assert (seen.problems, seen.waiting) == ([], True)
    assert [run.is_fetched for run in book.runs.runs()] == [False, True, True, True, True]
    assert not look(book, amazon).waiting


def test_where_nobody_answers_the_rest_is_left_for_later(book, amazon, runs):
    amazon.faults = {DESCRIBE: [away() for _ in range(9)]}
    seen = look(book, amazon)
    assert (seen.waiting, seen.trouble is None) == (True, False)
    assert amazon.calls.count(DESCRIBE) == 3
    assert {run.status for run in book.runs.runs()} == {JobStatus.SUBMITTED}


@pytest.mark.parametrize("code", ["ExpiredTokenException", "ExpiredToken", "UnrecognizedClientException"])
def test_an_expired_sign_in_ends_the_look_and_fails_no_run(book, amazon, runs, code):
    amazon.faults = {DESCRIBE: [refusal(code)]}
    with pytest.raises(ServiceError) as error:
        look(book, amazon)
    assert error.value.needs_sign_in
    assert {run.status for run in book.runs.runs()} == {JobStatus.SUBMITTED}
    assert is_waiting(book)


def test_a_job_that_amazon_does_not_know_is_a_problem_of_its_own(book, amazon, runs):
    del amazon.jobs["j2"]
    amazon.end()
    seen = look(book, amazon)
    (problem,) = seen.problems
    assert "job j2" in str(problem)
    assert [run.is_fetched for run in book.runs.runs()] == [True, True, False, True, True]


def test_output_that_is_no_use_is_not_asked_for_again(book, amazon, runs):
    amazon.end(damage=lambda details: [])
    seen = look(book, amazon)
    assert len(seen.problems) == 5
    assert all("brought back nothing" in str(problem) for problem in seen.problems)
    assert not is_waiting(book)


@pytest.mark.parametrize("status", ["FAILED", "STOPPED"])
def test_a_job_without_output_is_waited_for_no_longer(book, amazon, runs, status):
    amazon.end(status, "So it is.")
    seen = look(book, amazon)
    assert (seen.changed, seen.waiting) == (True, False)
    assert {(run.status.value, run.message) for run in book.runs.runs()} == {(status, "So it is.")}


def test_a_lost_reply_is_found_by_a_look(book, amazon, runs):
    for run in book.runs.runs()[:2]:
        book.runs.update_run(replace(run, job_id="", status=JobStatus.SENT))
    assert is_waiting(book)
    assert look(book, amazon).waiting
    assert [run.job_id for run in book.runs.runs()[:2]] == ["j1", "j1"]


def test_arms_with_a_terminology_stand_behind_those_without(book, runs):
    from amts_desk.flows.comparing import newest_runs

    for run, arm in zip(book.runs.runs(), ("sentence", "x", "none+terminology", "none", "y"), strict=True):
        book.runs.update_run(replace(run, arm=arm, is_fetched=True, target_language="zh", token=arm))
    assert [run.arm for run in newest_runs(book, "en", "zh").runs] == ["none", "sentence", "x", "y", "none+terminology"]


def test_what_went_over_another_connection_is_left_alone(book, amazon, runs):
    """The service here knows nothing of it, and would say that it is not there."""
    version = ParallelDataVersion("d2l", 1, "sentence", "en", "zh", "t", "s3://practice/k", "0", 3, status="UPDATING")
    book.runs.add_version(version)
    before = book.runs.runs()
    elsewhere = Amazon(replace(CONNECTION, bucket="practice-of-others"))
    seen = look(book, elsewhere)
    assert (seen.changed, seen.waiting, seen.problems, elsewhere.calls) == (False, False, [], [])
    assert (book.runs.runs(), book.runs.versions()[0].status) == (before, "UPDATING")
    assert is_waiting(book), "it is asked about when that connection is chosen again"
    for act in (running.refresh, running.stop, lambda *a: fetch(*a, again=True)):
        with pytest.raises(DeskError, match="was planned for another bucket"):
            act(book, elsewhere, replace(runs[0], status=JobStatus.COMPLETED))
