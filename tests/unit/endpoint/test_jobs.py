"""The life cycle of batch jobs and what they write, in a small world."""

import json

import pytest

from amts_desk.endpoint import jobs
from amts_desk.endpoint.documents import LARGEST_TEXT
from amts_desk.endpoint.errors import ApiError
from tests.unit.endpoint.conftest import ROLE, trust


@pytest.fixture
def ready(world):
    """A world with parallel data and two documents, one of them in a folder."""
    world.create(text="en,zh\nOne,一\n")
    world.tick()
    world.put("in/a.txt", "One\n\nTwo `x`")
    world.put("in/part/b.txt", "Two")
    world.put("in/part/", "")
    return world


def details(world, number, language="zh"):
    return json.loads(world.output(number)[f"details/{language}.auxiliary-translation-details.json"])


def test_a_job_goes_its_way(ready):
    number = ready.start(JobName="night")
    assert len(number) == 32
    seen = [ready.job(number)["JobStatus"]]
    while ready.waiting:
        ready.tick()
        seen.append(ready.job(number)["JobStatus"])
    assert seen == ["SUBMITTED", "IN_PROGRESS", "COMPLETED"]
    told = ready.job(number)
    assert told["JobDetails"] == {
        "InputDocumentsCount": 2, "TranslatedDocumentsCount": 2, "DocumentsWithErrorsCount": 0,
    }  # fmt: skip
    assert (told["EndTime"] - told["SubmittedTime"]).total_seconds() == 2
    assert (told["JobName"], told["DataAccessRoleArn"], told["TargetLanguageCodes"]) == ("night", ROLE, ["zh"])
    assert told["OutputDataConfig"]["S3Uri"] == f"s3://desk/out/123456789012-TranslateText-{number}/"


def test_output_stands_where_the_service_puts_it(ready):
    number = ready.start(TargetLanguageCodes=["zh", "es"])
    ready.settle()
    written = ready.output(number)
    assert sorted(written) == [
        ".write_access_check_file.temp",
        "details/es.auxiliary-translation-details.json",
        "details/zh.auxiliary-translation-details.json",
        "es.a.txt",
        "part/es.b.txt",
        "part/zh.b.txt",
        "zh.a.txt",
    ]
    assert written["zh.a.txt"].decode() == "ONE\n\nTWO `x`"


def test_the_details_file(ready):
    number = ready.start()
    ready.settle()
    folder = ready.job(number)["OutputDataConfig"]["S3Uri"]
    assert details(ready, number) == {
        "sourceLanguageCode": "en",
        "targetLanguageCode": "zh",
        "charactersTranslated": str(len("One\n\nTwo `x`Two")),
        "documentCountWithCustomerError": "0",
        "documentCountWithServerError": "0",
        "inputDataPrefix": "s3://desk/in/",
        "outputDataPrefix": folder,
        "details": [
            {"sourceFile": "a.txt", "targetFile": "zh.a.txt", "auxiliaryData": {"appliedTerminologies": []}},
            {"sourceFile": "part/b.txt", "targetFile": "part/zh.b.txt", "auxiliaryData": {"appliedTerminologies": []}},
        ],
    }


def test_parallel_data_changes_the_output(ready):
    number = ready.start(ParallelDataNames=["book"])
    ready.settle()
    assert ready.output(number)["zh.a.txt"].decode().startswith("一")
    assert ready.engine.asked == [("en", "zh", [("One", "一")])]


def test_a_broken_document_is_told_and_the_others_are_translated(ready):
    ready.put("in/broken.txt", b"\xff\xfe")
    number = ready.start()
    ready.settle()
    assert ready.job(number)["JobStatus"] == "COMPLETED_WITH_ERROR"
    assert ready.job(number)["JobDetails"] == {
        "InputDocumentsCount": 3, "TranslatedDocumentsCount": 2, "DocumentsWithErrorsCount": 1,
    }  # fmt: skip
    told = details(ready, number)
    assert told["documentCountWithCustomerError"] == "1"
    entry = next(entry for entry in told["details"] if entry["sourceFile"] == "broken.txt")
    assert "targetFile" not in entry
    assert entry["auxiliaryData"]["error"]["errorCode"] == "InvalidRequestException"
    assert "UTF-8" in entry["auxiliaryData"]["error"]["errorMessage"]


def test_stop(ready):
    number = ready.start()
    ready.tick()
    assert ready.call("StopTextTranslationJob", JobId=number)["JobStatus"] == "STOP_REQUESTED"
    assert ready.job(number)["JobStatus"] == "STOP_REQUESTED"
    ready.settle()
    assert ready.job(number)["JobStatus"] == "STOPPED"
    assert "details/zh.auxiliary-translation-details.json" not in ready.output(number)
    assert ready.call("StopTextTranslationJob", JobId=number)["JobStatus"] == "STOPPED"


def test_stop_before_it_began(ready):
    number = ready.start()
    ready.call("StopTextTranslationJob", JobId=number)
    ready.settle()
    assert ready.job(number)["JobStatus"] == "STOPPED"
    assert ready.output(number) == {}


def test_a_job_that_has_ended_is_not_stopped(ready):
    number = ready.start()
    ready.settle()
    assert ready.call("StopTextTranslationJob", JobId=number)["JobStatus"] == "COMPLETED"


ELEVEN = ["af", "sq", "am", "ar", "hy", "az", "bn", "bs", "bg", "ca", "zh"]
INPUT = {"ContentType": "text/plain"}
XLIFF = "application/x-xliff+xml"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"ParallelDataNames": ["none"]}, "ResourceNotFoundException"),
        ({"ParallelDataNames": ["book", "book2"]}, "InvalidRequestException"),
        ({"ParallelDataNames": ["book"], "TargetLanguageCodes": ["es"]}, "InvalidRequestException"),
        ({"ParallelDataNames": ["book"], "SourceLanguageCode": "es"}, "InvalidRequestException"),
        ({"TerminologyNames": ["terms"]}, "ResourceNotFoundException"),
        ({"TargetLanguageCodes": ["zh-CN"]}, "UnsupportedLanguagePairException"),
        ({"SourceLanguageCode": "xx"}, "UnsupportedLanguagePairException"),
        ({"TargetLanguageCodes": ["zh", "zh"]}, "InvalidRequestException"),
        ({"TargetLanguageCodes": ELEVEN}, "InvalidRequestException"),
        ({"DataAccessRoleArn": ROLE + "X"}, "InvalidRequestException"),
        ({"DataAccessRoleArn": "arn:aws:iam::123456789012:user/me"}, "ValidationException"),
        ({"InputDataConfig": {**INPUT, "S3Uri": "s3://desk"}}, "InvalidRequestException"),
        ({"InputDataConfig": {**INPUT, "S3Uri": "s3://desk/in/a.txt"}}, "InvalidRequestException"),
        ({"InputDataConfig": {**INPUT, "S3Uri": "s3://desk/nothing/"}}, "InvalidRequestException"),
        ({"InputDataConfig": {**INPUT, "S3Uri": "s3://nowhere/in/"}}, "InvalidRequestException"),
        ({"InputDataConfig": {"S3Uri": "s3://desk/in/", "ContentType": "image/png"}}, "InvalidParameterValueException"),
        ({"InputDataConfig": {"S3Uri": "s3://desk/in/", "ContentType": XLIFF}}, "InvalidRequestException"),
        ({"TargetLanguageCodes": ["zh", "en"]}, "InvalidRequestException"),
        ({"Settings": {"Brevity": "ON"}}, "InvalidRequestException"),
        ({"Settings": {"Formality": "VERY"}}, "ValidationException"),
        ({"OutputDataConfig": {"S3Uri": "s3://far/out/"}}, "InvalidRequestException"),
    ],
)
def test_what_is_refused(ready, change, code):
    assert ready.code("StartTextTranslationJob", **ready.job_request(**change)) == code
    assert ready.call("ListTextTranslationJobs")["TextTranslationJobPropertiesList"] == []


@pytest.mark.parametrize("policy", [trust("ec2.amazonaws.com"), trust(action="sts:TagSession"), '{"Statement": []}'])
def test_a_role_that_does_not_trust_the_service_is_refused(ready, policy):
    ready.cloud.roles[ROLE] = policy
    assert ready.code("StartTextTranslationJob", **ready.job_request()) == "InvalidRequestException"


@pytest.mark.parametrize("action", ["s3:ListBucket", "s3:GetObject", "s3:PutObject"])
def test_a_role_that_may_not_read_or_write_is_refused(ready, action):
    deny = json.dumps({"Statement": {"Effect": "Deny", "Action": action, "Resource": "*"}})
    ready.cloud.policies[ROLE].append(deny)
    with pytest.raises(ApiError, match=f"does not allow {action} on arn:aws:s3:::desk"):
        ready.start()


def test_a_role_needs_no_more_than_its_own_folders(ready):
    buckets = {"Action": "s3:ListBucket", "Resource": "arn:aws:s3:::desk"}
    read = {"Action": "s3:GetObject", "Resource": ["arn:aws:s3:::desk/in/*", "arn:aws:s3:::desk/out/*"]}
    write = {"Action": "s3:PutObject", "Resource": "arn:aws:s3:::desk/out/*"}
    allow = {"Statement": [{"Effect": "Allow", **each} for each in (buckets, read, write)]}
    ready.cloud.policies[ROLE] = [json.dumps(allow)]
    assert ready.start()
    ready.put("in2/a.txt", "One")
    request = ready.job_request(InputDataConfig={**INPUT, "S3Uri": "s3://desk/in2/"}, ClientToken="2")
    assert ready.code("StartTextTranslationJob", **request) == "InvalidRequestException"


def test_ten_jobs_run_and_the_others_wait(ready):
    numbers = [ready.start(ClientToken=str(number)) for number in range(13)]
    ready.tick()
    statuses = [ready.job(number)["JobStatus"] for number in numbers]
    assert statuses == ["IN_PROGRESS"] * 10 + ["SUBMITTED"] * 3
    assert ready.call("StopTextTranslationJob", JobId=numbers[12])["JobStatus"] == "STOP_REQUESTED"
    ready.tick()
    statuses = [ready.job(number)["JobStatus"] for number in numbers]
    assert statuses == ["COMPLETED"] * 10 + ["SUBMITTED"] * 2 + ["STOPPED"]
    ready.settle()
    assert {ready.job(number)["JobStatus"] for number in numbers[:12]} == {"COMPLETED"}


def test_no_more_than_a_thousand_wait(ready, monkeypatch):
    monkeypatch.setattr(jobs, "MOST_WAITING", 2)
    for number in range(2):
        ready.start(ClientToken=str(number))
    assert ready.code("StartTextTranslationJob", **ready.job_request()) == "TooManyRequestsException"
    ready.tick()
    assert ready.start()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"x" * (20 * 1024**2 + 1), "bytes long"),
        ("x" * 1_000_001, "characters"),
        ("字" * 349_526, "bytes of text"),
    ],
)
def test_a_document_that_is_too_large_has_an_error(ready, text, said):
    ready.put("in/large.txt", text)
    number = ready.start()
    ready.settle()
    assert ready.job(number)["JobStatus"] == "COMPLETED_WITH_ERROR"
    assert ready.job(number)["Message"] == "1 of 3 documents have errors; see the details file."
    entry = next(e for e in details(ready, number)["details"] if e["sourceFile"] == "large.txt")
    assert said in entry["auxiliaryData"]["error"]["errorMessage"]


def test_a_page_may_have_more_markup_than_text(ready):
    page = f"<html><p>One</p><!-- {'字' * 349_600} --></html>"
    assert len(page.encode()) > LARGEST_TEXT
    ready.put("pages/a.html", page)
    pages = {"S3Uri": "s3://desk/pages/", "ContentType": "text/html"}
    number = ready.start(InputDataConfig=pages)
    ready.settle()
    assert ready.job(number)["JobStatus"] == "COMPLETED"


def test_a_stop_in_the_middle_leaves_what_is_done(ready):
    number = ready.start()
    ready.tick()
    write = ready.cloud.write

    def stopping(bucket, key, body, content_type):
        write(bucket, key, body, content_type)
        if key.endswith("zh.a.txt"):
            ready.call("StopTextTranslationJob", JobId=number)

    ready.cloud.write = stopping
    ready.settle()
    told = ready.job(number)
    assert told["JobStatus"] == "STOPPED"
    assert told["JobDetails"]["TranslatedDocumentsCount"] == 1
    assert sorted(ready.output(number)) == [".write_access_check_file.temp", "zh.a.txt"]


def test_no_input_folder_may_be_called_details(ready):
    ready.put("in/details/c.txt", "Three")
    assert ready.code("StartTextTranslationJob", **ready.job_request()) == "InvalidRequestException"
    ready.cloud.remove("desk", "in/details/")
    ready.put("in/details", "a file of that name is fine")
    assert ready.start()


def test_parallel_data_that_is_not_active_is_refused(world):
    world.put("in/a.txt", "One")
    world.create(text="nonsense")
    request = world.job_request(ParallelDataNames=["book"])
    assert world.code("StartTextTranslationJob", **request) == "InvalidRequestException"
    world.tick()
    assert world.properties()["Status"] == "FAILED"
    assert world.code("StartTextTranslationJob", **request) == "InvalidRequestException"


def test_parallel_data_deleted_under_a_job_fails_it(ready):
    number = ready.start(ParallelDataNames=["book"])
    ready.call("DeleteParallelData", Name="book")
    ready.settle()
    assert ready.job(number)["JobStatus"] == "FAILED"
    assert "book" in ready.job(number)["Message"]


def test_the_source_language_may_be_told_by_the_text(ready):
    ready.put("in/c.txt", "这是一个句子。")
    number = ready.start(SourceLanguageCode="auto", TargetLanguageCodes=["es"])
    ready.settle()
    assert {(source, target) for source, target, _ in ready.engine.asked} == {("en", "es"), ("zh", "es")}
    assert details(ready, number, "es")["sourceLanguageCode"] == "auto"


def test_the_list_is_filtered_and_comes_in_pages_the_newest_first(ready):
    numbers = []
    for name in ("a", "b", "c"):
        numbers.append(ready.start(JobName=name, ClientToken=name))
        ready.tick()
    ready.settle()

    def listed(**request):
        answer = ready.call("ListTextTranslationJobs", **request)
        return [job["JobName"] for job in answer["TextTranslationJobPropertiesList"]], answer.get("NextToken")

    assert listed() == (["c", "b", "a"], None)
    first, token = listed(MaxResults=2)
    assert (first, listed(MaxResults=2, NextToken=token)) == (["c", "b"], (["a"], None))
    assert listed(Filter={"JobName": "b"})[0] == ["b"]
    assert listed(Filter={"JobStatus": "FAILED"})[0] == []
    middle = ready.job(numbers[1])["SubmittedTime"]
    assert listed(Filter={"SubmittedBeforeTime": middle})[0] == ["a"]
    assert listed(Filter={"SubmittedAfterTime": middle})[0] == ["c"]
    last = ready.job(numbers[2])["SubmittedTime"]
    assert listed(Filter={"SubmittedBeforeTime": last})[0] == ["a", "b"]
    assert ready.code("ListTextTranslationJobs", NextToken="none") == "InvalidRequestException"
    both = {"JobName": "a", "JobStatus": "COMPLETED"}
    assert ready.code("ListTextTranslationJobs", Filter=both) == "InvalidFilterException"


def test_the_same_token_starts_one_job_also_after_a_restart(ready):
    number = ready.start()
    assert ready.start() == number
    ready.restart()
    assert ready.start() == number
    assert ready.code("StartTextTranslationJob", **ready.job_request(JobName="other")) == "InvalidRequestException"
    assert len(ready.call("ListTextTranslationJobs")["TextTranslationJobPropertiesList"]) == 1


@pytest.mark.parametrize("steps", [0, 1])
def test_a_job_that_was_running_is_run_again_after_a_restart(ready, steps):
    number = ready.start(ParallelDataNames=["book"])
    for _ in range(steps):
        ready.tick()
    ready.restart()
    ready.settle()
    assert ready.job(number)["JobStatus"] == "COMPLETED"
    assert ready.output(number)["zh.a.txt"].decode().startswith("一")


def test_a_stop_outlives_a_restart(ready):
    number = ready.start()
    ready.tick()
    ready.call("StopTextTranslationJob", JobId=number)
    ready.restart()
    ready.settle()
    assert ready.job(number)["JobStatus"] == "STOPPED"


def test_an_unknown_job_is_not_found(world):
    for operation in ("DescribeTextTranslationJob", "StopTextTranslationJob"):
        assert world.code(operation, JobId="0" * 32) == "ResourceNotFoundException"
