"""Jobs into several languages: written down first, started once whatever happens, fetched whole or not at all."""

from dataclasses import replace

import pytest

from amts_desk.core.amazon import JobStatus
from amts_desk.core.errors import DeskError, ServiceError
from amts_desk.flows import running
from amts_desk.flows.fetching import fetch
from amts_desk.flows.importing import read_again
from amts_desk.flows.ordering import Order, drafted, order_of, plan, separate, started_before
from amts_desk.flows.running import refresh, start, start_all, stop
from amts_desk.steps.read.files import read_document
from tests.unit.flows.amazon import CONNECTION, Amazon, away, refusal, too_late
from tests.unit.flows.conftest import ENGLISH

STARTS = "start_text_translation_job"


@pytest.fixture
def order(book):
    return Order(tuple(book.chapters.all()), "en", ("zh", "es"))


def started(book, amazon, order):
    return start(book, amazon, plan(book, amazon, order))


def translated(page):
    return page.replace("Use", "USE").replace("Title", "TITLE")


# ---- one job, several languages ----------------------------------------------------------------------------------


def test_one_job_goes_into_all_its_languages(book, amazon, order):
    runs = started(book, amazon, order)
    (job,) = amazon.jobs.values()
    assert job["TargetLanguageCodes"] == ["zh", "es"]
    assert [(run.target_language, run.job_id, run.status) for run in runs] == [
        ("zh", "j1", JobStatus.SUBMITTED),
        ("es", "j1", JobStatus.SUBMITTED),
    ]
    assert len({run.token for run in runs}) == 1
    assert len({run.key for run in runs}) == 2
    assert amazon.calls.count("put_object") == 1, "both languages are made from the same document"


def test_each_language_comes_back_into_its_own_chapter(book, amazon, order):
    runs = started(book, amazon, order)
    amazon.end(translate=translated)
    for run, chapter in zip(runs, book.chapters.all(), strict=True):
        done = fetch(book, amazon, refresh(book, amazon, run))
        assert done.is_fetched
        assert run.chapters == (chapter.id,)
        assert book.runs.output(run.number, chapter.id)[1] == "USE `f` here."
    assert amazon.calls.count("describe_text_translation_job") == 3, "one look is enough for both languages"


def test_a_chapter_that_one_language_lacks_is_a_job_of_its_own(book, order):
    other = read_document("b.md", b"# Other\n\nText.\n", "en")
    lonely = book.chapters.add("b", other, read_document("b.zh.md", "# 另\n".encode(), "zh"))
    both, alone = separate(book, replace(order, chapters=(*order.chapters, lonely)))
    assert (both.target_languages, both.chapters) == (("zh", "es"), order.chapters)
    assert (alone.target_languages, alone.chapters) == (("zh",), (lonely,))
    assert separate(book, replace(order, target_languages=("zh",))) == [
        replace(order, target_languages=("zh",), chapters=order.chapters[:1])
    ]


def test_terminology_and_manners_are_sent(book, amazon, order):
    wishes = {"parallel_data": "d2l", "terminology": "Terms", "formality": "FORMAL", "masks_profanity": True}
    started(book, amazon, replace(order, **wishes))
    job = amazon.jobs["j1"]
    assert (job["ParallelDataNames"], job["TerminologyNames"]) == (["d2l"], ["Terms"])
    assert job["Settings"] == {"Formality": "FORMAL", "Profanity": "MASK"}


def test_stopping_one_language_stops_the_job(book, amazon, order):
    runs = started(book, amazon, order)
    stop(book, amazon, runs[1])
    assert [run.status for run in book.runs.runs()] == [JobStatus.STOP_REQUESTED] * 2


# ---- nothing is started twice ------------------------------------------------------------------------------------


def test_the_same_order_is_the_same_job(book, amazon, order):
    first = started(book, amazon, order)
    assert started_before(book, amazon, order) == first
    assert started(book, amazon, order) == first
    assert amazon.calls.count(STARTS) == 1
    again = started(book, amazon, replace(order, again=True))
    assert [run.job_id for run in again] == ["j2", "j2"]
    assert again[0].token != first[0].token


@pytest.mark.parametrize("wish", [{"terminology": "T"}, {"formality": "FORMAL"}, {"masks_profanity": True}])
def test_another_wish_is_another_job(book, amazon, order, wish):
    started(book, amazon, order)
    assert not started_before(book, amazon, replace(order, **wish))
    started(book, amazon, replace(order, **wish))
    assert len(amazon.jobs) == 2


@pytest.mark.parametrize("trouble", [away, too_late, lambda: refusal("InternalServerException")])
@pytest.mark.parametrize("where", ["faults", "after"])
def test_a_start_is_repeated_with_its_token_through_passing_trouble(book, amazon, order, clock, trouble, where):
    setattr(amazon, where, {STARTS: [trouble(), trouble()]})
    runs = started(book, amazon, order)
    assert len(amazon.jobs) == 1
    assert runs[0].job_id == "j1"
    assert amazon.calls.count(STARTS) == 3


def lose_the_reply(book, amazon, order):
    """Start a job whose every reply is lost, and return its runs as they were left."""
    amazon.after = {STARTS: [too_late() for _ in range(running.TRIES)]}
    with pytest.raises(ServiceError):
        started(book, amazon, order)
    amazon.after = {}
    return book.runs.runs()


def test_a_job_whose_reply_was_lost_is_found_by_its_name(book, amazon, order, clock):
    runs = lose_the_reply(book, amazon, order)
    assert [run.status for run in runs] == [JobStatus.SENT] * 2
    found = refresh(book, amazon, runs[0])
    assert (found.job_id, found.status) == ("j1", JobStatus.SUBMITTED)
    assert [run.job_id for run in book.runs.runs()] == ["j1", "j1"]


def test_it_is_found_even_when_amazon_has_forgotten_the_token(book, amazon, order, clock):
    lose_the_reply(book, amazon, order)
    amazon.remembers_tokens = False
    calls = amazon.calls.count(STARTS)
    assert started(book, amazon, order)[0].job_id == "j1"
    assert amazon.calls.count(STARTS) == calls


def test_a_look_never_starts_what_never_reached_amazon(book, amazon, order, clock):
    amazon.faults = {STARTS: [away() for _ in range(running.TRIES)]}
    with pytest.raises(ServiceError):
        started(book, amazon, order)
    (run, _) = book.runs.runs()
    assert refresh(book, amazon, run) == run
    assert amazon.jobs == {}
    assert started(book, amazon, order)[0].token == run.token


def test_a_program_that_died_in_the_call_finds_its_job(book, amazon, order):
    class DiedError(BaseException):
        pass

    amazon.after = {STARTS: [DiedError()]}
    with pytest.raises(DiedError):
        started(book, amazon, order)
    assert started(book, amazon, order)[0].job_id == "j1"
    assert (len(amazon.jobs), amazon.calls.count(STARTS)) == (1, 1)


def test_a_refusal_is_told_and_keeps_the_job_unsent(book, amazon, order):
    amazon.faults = {STARTS: [refusal("AccessDeniedException", "Not authorized")]}
    with pytest.raises(ServiceError) as error:
        started(book, amazon, order)
    assert not error.value.passing
    assert [(run.status, bool(run.message)) for run in book.runs.runs()] == [(JobStatus.PLANNED, True)] * 2
    runs = started(book, amazon, order)
    assert (runs[0].status, runs[0].message) == (JobStatus.SUBMITTED, "")


def test_an_expired_sign_in_fails_no_run(book, amazon, order):
    amazon.faults = {STARTS: [refusal("ExpiredTokenException")]}
    with pytest.raises(ServiceError) as error:
        started(book, amazon, order)
    assert error.value.needs_sign_in
    assert [run.status for run in book.runs.runs()] == [JobStatus.SENT] * 2


def test_one_refused_job_keeps_no_other_from_starting(book, amazon, order):
    amazon.faults = {STARTS: [refusal("InvalidRequestException"), None]}
    runs, problems = start_all(book, amazon, [order, replace(order, arm="x", parallel_data="d2l")])
    assert len(problems) == 1
    assert [run.arm for run in runs] == ["x", "x"]


def test_a_job_is_not_started_over_another_bucket(book, amazon, order):
    runs = plan(book, amazon, order)
    elsewhere = Amazon(replace(CONNECTION, bucket="other"))
    with pytest.raises(DeskError, match="planned for another bucket"):
        start(book, elsewhere, runs)
    assert elsewhere.calls == []


def test_a_draft_writes_nothing_down(book, amazon, order):
    assert [run.target_language for run in drafted(book, amazon, order)] == ["zh", "es"]
    assert book.runs.runs() == []
    assert drafted(book, amazon, order)[0].dollars > 0


@pytest.mark.parametrize("change", [{"target_languages": ("zh", "ja")}, {"chapters": ()}, {"target_languages": ()}])
def test_an_order_without_a_chapter_is_told(book, amazon, order, change):
    with pytest.raises(DeskError, match="No chapter was chosen"):
        plan(book, amazon, replace(order, **change))


@pytest.mark.parametrize("status", [JobStatus.FAILED, JobStatus.STOPPED])
def test_what_failed_is_planned_anew(book, amazon, order, status):
    first = started(book, amazon, order)
    amazon.end(status.value, "No role.")
    assert refresh(book, amazon, first[0]).message == "No role."
    second = started(book, amazon, order)
    assert second[0].job_id == "j2"
    assert order_of(book, first[0]) == replace(order, again=True)


# ---- what comes back ---------------------------------------------------------------------------------------------


def fetched(book, amazon, order, **how):
    run = started(book, amazon, replace(order, target_languages=("zh",)))[0]
    amazon.end(**{"status": "COMPLETED", **how})
    return fetch(book, amazon, refresh(book, amazon, run))


def test_an_error_of_a_document_is_told_and_kept(book, amazon, order):
    other = read_document("b.md", b"# Other\n\nText.\n", "en")
    second = book.chapters.add("b", other, read_document("b.zh.md", "# 另\n".encode(), "zh"))
    error = {"error": {"errorCode": "InvalidRequestException", "errorMessage": "Too long"}}

    def damage(details):
        return [details[0], {"sourceFile": details[1]["sourceFile"], "auxiliaryData": error}]

    order = replace(order, chapters=(*order.chapters, second))
    run = fetched(book, amazon, order, status="COMPLETED_WITH_ERROR", damage=damage)
    assert run.message == "b: Too long (InvalidRequestException)"
    (problem,) = book.runs.problems(run.number)
    assert (problem.chapter_id, problem.block) == (second.id, -1)
    assert (run.documents, run.translated) == (2, 2)


def test_a_block_that_lost_its_marks_is_marked(book, amazon, order):
    run = fetched(book, amazon, order, translate=lambda page: page.replace("<b", "<u").replace("</b>", "</u>"))
    (problem,) = book.runs.problems(run.number)
    assert problem.block == 2
    assert "missing" in problem.message


@pytest.mark.parametrize(
    "damage", [lambda d: [{"targetFile": "x"}], lambda d: [3], lambda d: [{"sourceFile": 3, "targetFile": None}]]
)
def test_a_details_file_that_makes_no_sense_is_told(book, amazon, order, damage):
    with pytest.raises(DeskError):
        fetched(book, amazon, order, damage=damage)
    assert book.runs.output(1, 1) == {}


def test_names_of_the_service_lead_nowhere(book, amazon, order):
    def damage(details):
        return [{**details[0], "sourceFile": f"../../etc/{details[0]['sourceFile']}"}]

    run = fetched(book, amazon, order, damage=damage)
    assert book.runs.output(run.number, 1), "the document is known by its own name, wherever it is said to lie"


@pytest.mark.parametrize("operation", ["get_object", "describe_text_translation_job"])
def test_a_fetch_that_breaks_off_leaves_nothing_and_can_be_repeated(book, amazon, order, operation):
    run = started(book, amazon, replace(order, target_languages=("zh",)))[0]
    amazon.end()
    run = refresh(book, amazon, run)
    amazon.faults = {operation: [None, away()] if operation == "get_object" else [away()]}
    with pytest.raises(ServiceError):
        fetch(book, amazon, run)
    assert (book.runs.output(1, 1), book.runs.run(1).is_fetched) == ({}, False)
    assert fetch(book, amazon, run).is_fetched


def test_what_lies_no_longer_in_the_bucket_is_told(book, amazon, order):
    run = started(book, amazon, replace(order, target_languages=("zh",)))[0]
    amazon.end()
    for key in [key for key in amazon.objects if key.endswith(".html") and "/output/" in key]:
        del amazon.objects[key]
    with pytest.raises(DeskError, match="no translation came back"):
        fetch(book, amazon, refresh(book, amazon, run))


def test_it_can_be_fetched_once_more(book, amazon, order):
    run = fetched(book, amazon, order)
    asked = len(amazon.calls)
    assert fetch(book, amazon, run) == run
    assert len(amazon.calls) == asked
    assert fetch(book, amazon, run, again=True) == run
    assert len(amazon.calls) > asked


def test_a_chapter_that_is_gone_or_new_is_left_alone(book, amazon, order):
    runs = started(book, amazon, order)
    gone, kept = book.chapters.all()
    book.chapters.remove(gone.id)
    new = read_document("a.md", b"# New\n\n" + ENGLISH.encode(), "en")
    read_again(book, kept, new, book.chapters.document(kept.target_id))
    amazon.end()
    for run, words in zip(runs, ("brought back nothing", "it was read again after the job had started"), strict=True):
        with pytest.raises(DeskError, match=words):
            fetch(book, amazon, refresh(book, amazon, run))
