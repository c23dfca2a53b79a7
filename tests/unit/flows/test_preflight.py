"""Everything Amazon would refuse is said before anything is sent."""

from dataclasses import replace

import pytest

from amts_desk.core.checks import Verdict, doubtful
from amts_desk.core.errors import ServiceError
from amts_desk.flows import preflight
from amts_desk.flows.ordering import Order, plan
from amts_desk.flows.preflight import make_ready
from amts_desk.flows.running import start
from tests.unit.flows.amazon import CONNECTION, Amazon, away, refusal

LIST = "list_text_translation_jobs"


@pytest.fixture
def order(book):
    return Order(tuple(book.chapters.all()), "en", ("zh", "es"))


def found(book, amazon, order, subject):
    """Return (verdict, words) of the check of that subject."""
    (check,) = [check for check in make_ready(book, amazon, [order]).checks if check.subject == subject]
    return check.verdict, f"{check.found} {check.advice}".strip()


def test_a_good_order_is_ready_with_its_cost_and_writes_nothing_down(book, amazon, order):
    ready = make_ready(book, amazon, [order])
    assert ready.is_possible
    assert {check.verdict for check in ready.checks} == {Verdict.OK}
    assert ready.estimate.jobs == 1
    (one, _) = preflight.drafted(book, amazon, order)
    assert ready.estimate.characters == 2 * one.characters
    assert book.runs.runs() == []
    assert amazon.calls.count("put_object") == 0


def test_the_estimate_is_what_a_hand_calculates(book, amazon, order):
    from amts_desk.flows.estimating import billed
    from amts_desk.store.prices import read_prices

    rates = read_prices().rates_in("us-west-2")
    characters = 2 * billed(book.chapters.document(1))
    amazon.data["d2l"] = {"Status": "ACTIVE", "SourceLanguageCode": "en", "TargetLanguageCodes": ["zh", "es"]}
    ready = make_ready(book, amazon, [order, replace(order, arm="sentence", parallel_data="d2l")])
    assert ready.estimate.cost == characters * (rates.batch + rates.custom) / 1_000_000
    assert ready.estimate.characters == 2 * characters


def test_what_was_started_before_is_left_out(book, amazon, order):
    runs = start(book, amazon, plan(book, amazon, order))
    ready = make_ready(book, amazon, [order])
    assert (ready.orders, ready.before, ready.is_possible) == ((), runs, False)
    assert make_ready(book, amazon, [replace(order, again=True)]).is_possible


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"role_arn": "arn:aws:iam::123456789012:user/me"}, "DataAccessRoleArn is “arn:aws:iam::123456789012:user/me”"),
        ({"role_arn": ""}, "The connection has no role ARN"),
        ({"bucket": ""}, "The connection has no bucket"),
        ({"prefix": "details"}, "has a part named “details”"),
        ({"prefix": "x" * 1000}, "S3Uri is"),
    ],
)
def test_what_the_connection_lacks_is_told(book, order, change, words):
    checks = make_ready(book, Amazon(replace(CONNECTION, **change)), [order]).checks
    assert checks[0].verdict is Verdict.PROBLEM
    assert any(words in check.found for check in checks)


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ("DOCUMENT_BYTES", "bytes; Amazon takes 10."),
        ("DOCUMENT_CHARACTERS", "characters; Amazon takes 9."),
        ("TEXT_BYTES", "bytes of text to translate; Amazon takes 10."),
        ("JOB_BYTES", "A job of 1 documents"),
        ("MOST_DOCUMENTS", "A job of 1 documents"),
    ],
)
def test_documents_that_are_too_large_are_named(book, amazon, order, monkeypatch, limit, words):
    monkeypatch.setattr(preflight, limit, 0 if limit == "MOST_DOCUMENTS" else 10)
    verdict, said = found(book, amazon, order, "Documents")
    assert verdict is Verdict.PROBLEM
    assert words in said


def test_the_limits_are_amazons():
    assert (preflight.DOCUMENT_BYTES, preflight.DOCUMENT_CHARACTERS, preflight.TEXT_BYTES) == (
        20_000_000, 1_000_000, 1_000_000,
    )  # fmt: skip
    assert (preflight.MOST_TARGETS, preflight.MOST_DOCUMENTS, preflight.JOB_BYTES) == (10, 1_000_000, 5_000_000_000)


def test_too_many_languages_are_told(book, amazon, order, monkeypatch):
    monkeypatch.setattr(preflight, "MOST_TARGETS", 1)
    assert found(book, amazon, order, "Languages")[0] is Verdict.PROBLEM


GOOD = {"Status": "ACTIVE", "SourceLanguageCode": "en", "TargetLanguageCodes": ["es", "zh"]}


@pytest.mark.parametrize(
    ("data", "verdict", "words"),
    [
        (GOOD, "ok", "It is ready"),
        (None, "problem", "not in this account and Region"),
        ({**GOOD, "Status": "CREATING"}, "problem", "It is CREATING"),
        ({**GOOD, "TargetLanguageCodes": ["zh"]}, "problem", "It is for en → zh only."),
        ({**GOOD, "SourceLanguageCode": "de"}, "problem", "It is for de → es, zh only."),
        ({**GOOD, "LatestUpdateAttemptStatus": "UPDATING"}, "warning", "It is being replaced."),
        ({**GOOD, "LatestUpdateAttemptStatus": "FAILED"}, "warning", "Its last update failed."),
        ({**GOOD, "LatestUpdateAttemptStatus": "ACTIVE"}, "ok", "It is ready"),
    ],
)
def test_parallel_data_must_be_there_and_have_the_languages(book, amazon, order, data, verdict, words):
    if data:
        amazon.data["d2l"] = data
    said = found(book, amazon, replace(order, parallel_data="d2l"), "Parallel data d2l")
    assert said[0] == verdict
    assert words in said[1]


@pytest.mark.parametrize(("targets", "verdict"), [(["zh", "es"], "ok"), (["zh"], "warning"), (None, "problem")])
def test_a_terminology_must_be_there(book, amazon, order, targets, verdict):
    if targets:
        amazon.terminologies = [{"Name": "Terms", "SourceLanguageCode": "en", "TargetLanguageCodes": targets}]
    assert found(book, amazon, replace(order, terminology="Terms"), "Terminology Terms")[0] == verdict


def test_wishes_that_are_ignored_are_told(book, amazon, order):
    said = found(book, amazon, replace(order, formality="FORMAL"), "Formality")
    assert said == ("warning", "zh has no forms of address at Amazon, so the wish is ignored there.")
    checks = make_ready(book, amazon, [replace(order, masks_profanity=True)]).checks
    assert "Profanity" not in [check.subject for check in checks]


def test_a_full_queue_is_told(book, amazon, order, monkeypatch):
    start(book, amazon, plan(book, amazon, replace(order, arm="other")))
    assert found(book, amazon, order, "Amazon's queue")[0] is Verdict.OK
    monkeypatch.setattr(preflight, "MOST_AT_ONCE", 1)
    assert found(book, amazon, order, "Amazon's queue")[0] is Verdict.WARNING
    monkeypatch.setattr(preflight, "MOST_QUEUED", 1)
    assert found(book, amazon, order, "Amazon's queue")[0] is Verdict.PROBLEM


def test_what_may_not_be_asked_is_a_warning(book, amazon, order):
    amazon.faults = {LIST: [refusal("AccessDeniedException", "Not authorized")]}
    verdict, said = found(book, amazon, order, "Amazon's queue")
    assert verdict is Verdict.WARNING
    assert said.startswith("It could not be checked: ")


@pytest.mark.parametrize("error", [away(), refusal("ExpiredTokenException")])
def test_where_nobody_answers_nothing_is_said_to_be_checked(book, amazon, order, error):
    amazon.faults = {LIST: [error]}
    with pytest.raises(ServiceError):
        make_ready(book, amazon, [order])


def test_the_region_is_held_against_the_lists(book, order):
    far = Amazon(replace(CONNECTION, region="eu-central-1"))
    data = {"Status": "ACTIVE", "SourceLanguageCode": "en", "TargetLanguageCodes": ["zh", "es"]}
    far.data["d2l"] = data
    assert found(book, far, order, "Region")[0] is Verdict.OK
    verdict, said = found(book, far, replace(order, parallel_data="d2l"), "Region for parallel data")
    assert verdict is Verdict.WARNING
    assert "us-west-2" in said


def test_calls_that_go_elsewhere_are_told_and_the_account_is_that_of_now(book, amazon, order, monkeypatch):
    ready = make_ready(book, amazon, [order])
    assert "Endpoint" not in [check.subject for check in ready.checks]
    assert ready.account == "123456789012"
    astray = doubtful("endpoint", "Calls go to http://10.0.0.1, which is not Amazon.", "Unset AWS_ENDPOINT_URL.")
    monkeypatch.setattr(preflight, "endpoint_check", lambda cloud: astray)
    verdict, said = found(book, amazon, order, "Endpoint")
    assert (verdict, said) == ("warning", f"{astray.found} {astray.advice}")
