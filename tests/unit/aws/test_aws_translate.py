"""Every call of Amazon Translate as it goes out and as its answer is read."""

import datetime
import io
import json

import pytest

from amts_desk.aws.translate import Translate, TranslatedFile
from amts_desk.core.amazon import JobAnswer, JobStatus, ParallelDataStatus, Run
from amts_desk.core.errors import ServiceError
from tests.unit.aws.conftest import ACCOUNT

OWNER = {"ExpectedBucketOwner": ACCOUNT}
URI = "s3://books/amts/d2l.tmx"
CONFIG = {"S3Uri": URI, "Format": "TMX"}
LINK = {"RepositoryType": "S3", "Location": "https://signed?X-Amz-Signature=secret"}
RUN = Run("key", "d2l-1", "none", "en", "zh", "token-1", "s3://books/in/", "s3://books/out/", (1,))


@pytest.fixture
def service(cloud):
    return Translate(cloud)


def properties(**more):
    return {"Name": "d2l", "Status": "ACTIVE", "ParallelDataConfig": CONFIG, **more}


def expect_question(translate, **more):
    answer = {
        "ParallelDataProperties": properties(**more),
        "DataLocation": LINK,
        "AuxiliaryDataLocation": LINK,
        "LatestUpdateAttemptAuxiliaryDataLocation": LINK,
    }
    translate.add_response("get_parallel_data", answer, {"Name": "d2l"})


@pytest.mark.parametrize("operation", ["create_parallel_data", "update_parallel_data"])
def test_parallel_data_goes_out_with_its_stored_token(service, translate, operation):
    sent = {"Name": "d2l", "ParallelDataConfig": CONFIG, "ClientToken": "token-1"}
    translate.add_response(operation, {"Name": "d2l", "Status": "CREATING"}, sent)
    expect_question(translate, Status="CREATING")
    answer = getattr(service, operation)("d2l", URI, "TMX", "token-1")
    assert (answer.name, answer.status) == ("d2l", ParallelDataStatus.CREATING)


@pytest.mark.parametrize(
    ("known", "status"), [({}, "UPDATING"), ({"seconds": -60}, "UPDATING"), ({"seconds": 0}, "ACTIVE")]
)
def test_an_answer_older_than_the_update_is_not_taken_for_its_end(service, translate, known, status):
    began = datetime.datetime(2026, 11, 26, 3, tzinfo=datetime.UTC)
    reply = {"Name": "d2l", "Status": "ACTIVE", "LatestUpdateAttemptStatus": "UPDATING", "LatestUpdateAttemptAt": began}
    sent = {"Name": "d2l", "ParallelDataConfig": CONFIG, "ClientToken": "token-1"}
    translate.add_response("update_parallel_data", reply, sent)
    seen = {"LatestUpdateAttemptAt": began + datetime.timedelta(**known)} if known else {}
    expect_question(translate, Status="ACTIVE", **seen)
    assert service.update_parallel_data("d2l", URI, "TMX", "token-1").status is ParallelDataStatus(status)


def test_signed_links_are_not_kept_with_the_answer(service, translate):
    expect_question(translate, ImportedRecordCount=7, SkippedRecordCount=2, FailedRecordCount=1, Message="Ready.")
    answer = service.parallel_data("d2l")
    assert (answer.imported, answer.skipped, answer.failed, answer.message) == (7, 2, 1, "Ready.")
    assert "Signature" not in str(answer.answer)
    assert answer.answer["ParallelDataProperties"]["Name"] == "d2l"


@pytest.mark.parametrize(
    ("states", "status"),
    [
        ({"Status": "ACTIVE"}, "ACTIVE"),
        ({"Status": "ACTIVE", "LatestUpdateAttemptStatus": "UPDATING"}, "UPDATING"),
        ({"Status": "ACTIVE", "LatestUpdateAttemptStatus": "FAILED"}, "FAILED"),
        ({"Status": "ACTIVE", "LatestUpdateAttemptStatus": "ACTIVE"}, "ACTIVE"),
        ({"Status": "DELETING"}, "DELETING"),
    ],
)
def test_after_an_update_its_state_counts(service, translate, states, status):
    expect_question(translate, **states)
    assert service.parallel_data("d2l").status is ParallelDataStatus(status)


def test_parallel_data_that_is_not_there_is_none(service, translate):
    translate.add_client_error("get_parallel_data", "ResourceNotFoundException", "No such thing", 404)
    assert service.find_parallel_data("d2l") is None
    translate.add_client_error("get_parallel_data", "InternalServerException", "Oops", 500)
    with pytest.raises(ServiceError):
        service.find_parallel_data("d2l")
    expect_question(translate)
    found = service.find_parallel_data("d2l")
    assert found is not None
    assert found.name == "d2l"


def test_every_page_of_a_listing_is_read(service, translate):
    pages = [({}, "d2l", {"NextToken": "two"}), ({"NextToken": "two"}, "hf", {"NextToken": "three"})]
    pages.append(({"NextToken": "three"}, "last", {}))
    for asked, name, more in pages:
        page = {"ParallelDataPropertiesList": [properties(Name=name)], **more}
        translate.add_response("list_parallel_data", page, asked)
    assert [found.name for found in service.all_parallel_data()] == ["d2l", "hf", "last"]


def test_parallel_data_is_deleted_by_name(service, translate):
    translate.add_response("delete_parallel_data", {"Name": "d2l", "Status": "DELETING"}, {"Name": "d2l"})
    service.delete_parallel_data("d2l")


@pytest.mark.parametrize("parallel_data", ["", "d2l"])
def test_a_job_is_started_with_its_stored_token(service, translate, parallel_data):
    run = Run(*(getattr(RUN, name) for name in RUN.__match_args__[:9]), parallel_data=parallel_data)
    sent = {
        "JobName": "d2l-1",
        "InputDataConfig": {"S3Uri": "s3://books/in/", "ContentType": "text/html"},
        "OutputDataConfig": {"S3Uri": "s3://books/out/"},
        "DataAccessRoleArn": "arn:aws:iam::123456789012:role/Amts",
        "SourceLanguageCode": "en",
        "TargetLanguageCodes": ["zh"],
        "ClientToken": "token-1",
    }
    if parallel_data:
        sent["ParallelDataNames"] = ["d2l"]
    translate.add_response("start_text_translation_job", {"JobId": "j1", "JobStatus": "SUBMITTED"}, sent)
    answer = service.start_job([run])
    assert (answer.job_id, answer.status) == ("j1", JobStatus.SUBMITTED)


def test_what_the_service_says_about_a_job_is_read(service, translate):
    job = {
        "JobId": "j1",
        "JobStatus": "COMPLETED_WITH_ERROR",
        "Message": "One failed.",
        "OutputDataConfig": {"S3Uri": "s3://books/out/1-TranslateText-j1/"},
        "JobDetails": {"InputDocumentsCount": 3, "TranslatedDocumentsCount": 2, "DocumentsWithErrorsCount": 1},
    }
    translate.add_response("describe_text_translation_job", {"TextTranslationJobProperties": job}, {"JobId": "j1"})
    answer = service.job("j1")
    assert answer.status is JobStatus.COMPLETED_WITH_ERROR
    assert (answer.documents, answer.translated, answer.with_errors) == (3, 2, 1)
    assert (answer.message, answer.output_uri) == ("One failed.", "s3://books/out/1-TranslateText-j1/")


def test_jobs_are_listed_over_all_pages(service, translate):
    for asked, job_id, more in (({}, "j1", {"NextToken": "t"}), ({"NextToken": "t"}, "j2", {})):
        page = {"TextTranslationJobPropertiesList": [{"JobId": job_id, "JobStatus": "STOPPED"}], **more}
        translate.add_response("list_text_translation_jobs", page, asked)
    assert [job.job_id for job in service.jobs()] == ["j1", "j2"]


def test_a_job_is_stopped(service, translate):
    answer = {"JobId": "j1", "JobStatus": "STOP_REQUESTED"}
    translate.add_response("stop_text_translation_job", answer, {"JobId": "j1"})
    assert service.stop_job("j1") is JobStatus.STOP_REQUESTED


DETAILS = {
    "sourceLanguageCode": "en",
    "targetLanguageCode": "zh",
    "charactersTranslated": "105",
    "documentCountWithCustomerError": "1",
    "details": [
        {"sourceFile": "a.html", "targetFile": "zh.a.html", "auxiliaryData": {"appliedTerminologies": []}},
        {"sourceFile": "sub/b.html", "targetFile": "sub/zh.b.html"},
        {
            "sourceFile": "c.html",
            "auxiliaryData": {"error": {"errorCode": "InvalidRequestException", "errorMessage": "Too long"}},
        },
    ],
}


@pytest.mark.parametrize("end", ["", "/"])
def test_the_details_file_tells_what_became_of_each_document(service, s3, end):
    key = "out/1-TranslateText-j1/details/zh.auxiliary-translation-details.json"
    body = {"Body": io.BytesIO(json.dumps(DETAILS).encode())}
    s3.add_response("get_object", body, {"Bucket": "books", "Key": key, **OWNER})
    folder = "s3://books/out/1-TranslateText-j1"
    job = JobAnswer("j1", JobStatus.COMPLETED_WITH_ERROR, output_uri=folder + end)
    assert service.translated_files(job, "zh") == [
        TranslatedFile("a.html", "zh", f"{folder}/zh.a.html"),
        TranslatedFile("sub/b.html", "zh", f"{folder}/sub/zh.b.html"),
        TranslatedFile("c.html", "zh", error="Too long (InvalidRequestException)"),
    ]


def test_one_text_is_translated(service, translate):
    answer = {"TranslatedText": "你好", "SourceLanguageCode": "en", "TargetLanguageCode": "zh"}
    sent = {"Text": "Hello", "SourceLanguageCode": "en", "TargetLanguageCode": "zh"}
    translate.add_response("translate_text", answer, sent)
    assert service.translate_text("Hello", "en", "zh") == "你好"


CALLS = [
    (
        lambda s: s.create_parallel_data("d2l", URI, "TMX", "t"),
        "create_parallel_data",
        "Creating the parallel data “d2l”",
    ),
    (
        lambda s: s.update_parallel_data("d2l", URI, "TMX", "t"),
        "update_parallel_data",
        "Updating the parallel data “d2l”",
    ),
    (lambda s: s.parallel_data("d2l"), "get_parallel_data", "Asking about the parallel data “d2l”"),
    (
        lambda s: s.download_parallel_data("d2l", io.BytesIO()),
        "get_parallel_data",
        "Asking about the parallel data “d2l”",
    ),
    (lambda s: s.all_parallel_data(), "list_parallel_data", "Listing the parallel data"),
    (lambda s: s.delete_parallel_data("d2l"), "delete_parallel_data", "Deleting the parallel data “d2l”"),
    (lambda s: s.start_job([RUN]), "start_text_translation_job", "Starting the job “d2l-1”"),
    (lambda s: s.job("j1"), "describe_text_translation_job", "Asking about the job j1"),
    (lambda s: s.jobs(), "list_text_translation_jobs", "Listing the jobs"),
    (lambda s: s.stop_job("j1"), "stop_text_translation_job", "Stopping the job j1"),
    (lambda s: s.translate_text("a", "en", "zh"), "translate_text", "Translating a text"),
]


@pytest.mark.parametrize(("call", "operation", "what"), CALLS, ids=[call[1] for call in CALLS])
def test_a_refusal_of_any_call_says_what_was_attempted(service, translate, call, operation, what):
    translate.add_client_error(operation, "AccessDeniedException", "User is not authorized.", 400)
    with pytest.raises(ServiceError) as caught:
        call(service)
    assert caught.value.message == (
        f"{what} was refused, since the profile may not do this: User is not authorized (AccessDeniedException)."
    )
    assert "permission" in caught.value.advice
    assert (caught.value.code, caught.value.passing) == ("AccessDeniedException", False)
