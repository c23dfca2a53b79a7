"""Every fault at every step of a job: told with what to do, started once, fetched whole, nothing half-written."""

import pytest

from amts_desk.core.amazon import JobStatus
from amts_desk.core.errors import DeskError, ServiceError
from amts_desk.flows.ordering import Order, plan
from amts_desk.flows.running import start
from amts_desk.flows.watching import look
from tests.unit.flows.amazon import away, refusal, too_late

PASSING, SIGN_IN, REFUSED = "passing", "sign-in", "refused"
FAULTS = {
    "throttled": ("faults", lambda: refusal("ThrottlingException"), PASSING),
    "too many": ("faults", lambda: refusal("TooManyRequestsException"), PASSING),
    "fault of Amazon": ("faults", lambda: refusal("InternalServerException"), PASSING),
    "unavailable": ("faults", lambda: refusal("ServiceUnavailableException"), PASSING),
    "no network": ("faults", away, PASSING),
    "too slow": ("faults", too_late, PASSING),
    "lost reply": ("after", too_late, PASSING),
    "cut off": ("after", away, PASSING),
    "expired": ("faults", lambda: refusal("ExpiredTokenException"), SIGN_IN),
    "expired, reply lost": ("after", lambda: refusal("ExpiredTokenException"), SIGN_IN),
    "denied": ("faults", lambda: refusal("AccessDeniedException", "Not authorized"), REFUSED),
    "not offered": ("faults", lambda: refusal("NotAuthorizedException", "Not authorized"), REFUSED),
    "invalid": ("faults", lambda: refusal("InvalidRequestException", "Invalid"), REFUSED),
}
STEPS = {
    "upload": ("put_object", 0),
    "start": ("start_text_translation_job", 0),
    "poll": ("describe_text_translation_job", 0),
    "poll to fetch": ("describe_text_translation_job", 1),
    "details": ("get_object", 0),
    "page": ("get_object", 1),
}


def carried_out(book, amazon, order):
    """Do what the window does until all is fetched or something is told; yield what was told."""
    try:
        start(book, amazon, plan(book, amazon, order))
    except DeskError as error:
        yield error
        return
    amazon.end()
    try:
        seen = look(book, amazon)
    except DeskError as error:
        yield error
        return
    yield from seen.problems
    yield from [seen.trouble] if seen.trouble else []


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_and_repeating_it_ends_well(book, amazon, clock, fault, step):
    when, error, kind = FAULTS[fault]
    operation, works = STEPS[step]
    order = Order(tuple(book.chapters.all()), "en", ("zh", "es"))
    setattr(amazon, when, {operation: [*[None] * works, error()]})
    said = list(carried_out(book, amazon, order))
    is_waited_out = kind == PASSING and step == "start"
    assert len(said) == (not is_waited_out)
    for told in said:
        assert isinstance(told, ServiceError)
        assert (told.passing, told.needs_sign_in) == (kind == PASSING, kind == SIGN_IN)
        assert told.advice
    assert not any(run.status is JobStatus.FAILED for run in book.runs.runs())
    half = [run for run in book.runs.runs() if not run.is_fetched and book.runs.block_counts(run.number)]
    assert half == []
    assert list(carried_out(book, amazon, order)) == []
    runs = book.runs.runs()
    assert [(run.is_fetched, run.status, run.message) for run in runs] == [(True, JobStatus.COMPLETED, "")] * 2
    assert all(book.runs.block_counts(run.number) == {run.chapters[0]: 3} for run in runs)
    assert len(amazon.jobs) == 1
