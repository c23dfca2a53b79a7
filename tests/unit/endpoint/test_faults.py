"""What goes wrong on demand: the plan, and each fault as a client meets it."""

import io
import json

import pytest

from amts_desk.core.errors import DeskError
from amts_desk.endpoint.faults import Fault, FaultPlan, Faulty, Kind, fault_of, operation_of
from tests.unit.endpoint.conftest import client, code_of

TARGET = "AWSShineFrontendService_20170701."


def test_a_fault_is_said_in_a_line():
    assert fault_of("PutObject:throttling") == Fault("PutObject", Kind.THROTTLING)
    assert fault_of("*:lost-reply:*") == Fault("*", Kind.LOST_REPLY, -1)
    assert fault_of("Get*:slow:2:0.5") == Fault("Get*", Kind.SLOW, 2, 0.5)


@pytest.mark.parametrize("line", ["", "PutObject", "PutObject:broken", "PutObject:slow:x", "PutObject:slow:1:x"])
def test_what_is_no_fault_is_refused(line):
    with pytest.raises(DeskError, match="is not a fault"):
        fault_of(line)


@pytest.mark.parametrize(
    ("method", "path", "query", "name"),
    [
        ("GET", "/", "", "ListBuckets"),
        ("PUT", "/b", "", "CreateBucket"),
        ("GET", "/b", "list-type=2&prefix=a", "ListObjectsV2"),
        ("GET", "/b/", "location", "GetBucketLocation"),
        ("GET", "/b", "publicAccessBlock", "GetPublicAccessBlock"),
        ("HEAD", "/b", "", "HeadBucket"),
        ("POST", "/b", "delete", "DeleteObjects"),
        ("PUT", "/b/k/x", "", "PutObject"),
        ("PUT", "/b/k", "partNumber=1&uploadId=u", "UploadPart"),
        ("POST", "/b/k", "uploads", "CreateMultipartUpload"),
        ("POST", "/b/k", "uploadId=u", "CompleteMultipartUpload"),
        ("DELETE", "/b/k", "uploadId=u", "AbortMultipartUpload"),
        ("DELETE", "/b/k", "", "DeleteObject"),
        ("GET", "/b/k", "uploadId=u", "ListParts"),
        ("GET", "/b/k", "", "GetObject"),
        ("HEAD", "/b/k", "", "HeadObject"),
    ],
)
def test_the_operation_of_a_request(method, path, query, name):
    assert operation_of({"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query}) == name


def test_the_operation_of_other_services():
    assert operation_of({"HTTP_X_AMZ_TARGET": f"{TARGET}ListLanguages"}) == "ListLanguages"
    signed = "AWS4-HMAC-SHA256 Credential=K/20260101/us-east-1/sts/aws4_request, Signature=0"
    assert operation_of({"HTTP_AUTHORIZATION": signed, "REQUEST_METHOD": "POST", "PATH_INFO": "/"}) == "STS"
    copy = {"REQUEST_METHOD": "PUT", "PATH_INFO": "/b/k", "HTTP_X_AMZ_COPY_SOURCE": "b/o"}
    assert operation_of(copy) == "CopyObject"


def test_a_fault_comes_as_often_as_it_is_said():
    plan = FaultPlan(["Get*:cut:2", "*:throttling:*"])
    kinds = [fault.kind for name in ("GetObject", "GetX", "GetObject", "PutObject") if (fault := plan.next(name))]
    assert kinds == ["cut", "cut", "throttling", "throttling"]
    assert plan.fired[0] == "GetObject:cut"
    plan.lines = []
    assert plan.next("GetObject") is None


def test_the_file_changes_the_plan_while_it_runs(tmp_path):
    plan = FaultPlan(["PutObject:cut"], tmp_path)
    assert plan.next("PutObject").kind == "cut"
    (tmp_path / "faults.json").write_text(json.dumps(["GetObject:slow"]))
    assert plan.next("GetObject").kind == "slow"
    assert plan.next("GetObject") is None
    (tmp_path / "faults.json").write_text("[half")
    assert plan.next("GetObject") is None
    (tmp_path / "faults.json").write_text(json.dumps(["GetObject:cut:1"]))
    assert plan.next("GetObject").kind == "cut"
    (tmp_path / "faults.json").unlink()
    assert plan.next("GetObject") is None
    assert (tmp_path / "faults.log").read_text() == "PutObject:cut\nGetObject:slow\nGetObject:cut\n"


def inside(environ, respond):
    respond("200 OK", [("Content-Length", "12")])
    return [b"hello ", b"world!"]


def ask(line, sleep=None, **environ):
    """Ask for an object through a fault; return status and body."""
    told, plan = [], FaultPlan([line])
    request = {"REQUEST_METHOD": "GET", "PATH_INFO": "/b/k", "wsgi.input": io.BytesIO(), **environ}
    answer = Faulty(inside, plan, sleep)(request, lambda status, headers: told.append(status))
    return told[0], b"".join(answer)


@pytest.mark.parametrize(
    ("kind", "of_translate", "of_s3", "of_sts"),
    [
        ("throttling", "TooManyRequestsException", "SlowDown", "Throttling"),
        ("server-error", "InternalServerException", "InternalError", "ServiceFailure"),
        ("expired-token", "ExpiredTokenException", "ExpiredToken", "ExpiredToken"),
        ("access-denied", "AccessDeniedException", "AccessDenied", "AccessDenied"),
    ],
)
def test_refusals_are_in_the_words_of_each_service(kind, of_translate, of_s3, of_sts):
    _, body = ask(f"*:{kind}", HTTP_X_AMZ_TARGET=f"{TARGET}ListLanguages", REQUEST_METHOD="POST")
    assert json.loads(body)["__type"] == of_translate
    assert f"<Code>{of_s3}</Code>".encode() in ask(f"*:{kind}")[1]
    signed = "AWS4-HMAC-SHA256 Credential=K/1/r/sts/aws4_request"
    _, body = ask(f"*:{kind}", HTTP_AUTHORIZATION=signed, REQUEST_METHOD="POST", PATH_INFO="/")
    assert f"<ErrorResponse><Error><Code>{of_sts}</Code>".encode() in body


def test_slow_and_corrupted():
    slept = []
    assert ask("GetObject:slow:1:7", slept.append) == ("200 OK", b"hello world!")
    assert slept == [7.0]
    status, body = ask("GetObject:corrupted")
    assert (status, len(body)) == ("200 OK", 12)
    assert body != b"hello world!"


@pytest.mark.parametrize("kind", ["cut", "lost-reply", "truncated"])
def test_connections_that_end(kind):
    with pytest.raises(ConnectionAbortedError):
        ask(f"GetObject:{kind}")


def test_a_client_meets_them(run_endpoint, tmp_path):
    """Without retries, one fault after another; what was carried out although nothing was heard is there."""
    from botocore.config import Config
    from botocore.exceptions import ConnectionClosedError, IncompleteReadError, ResponseStreamingError

    endpoint = run_endpoint(tmp_path)
    config = Config(retries={"max_attempts": 0})
    s3, translate = (client(endpoint, name, config=config) for name in ("s3", "translate"))

    def arm(*lines):
        (tmp_path / "faults.json").write_text(json.dumps(lines))

    place = {"Bucket": endpoint.bucket, "Key": "in/a.txt"}
    arm("PutObject:cut")
    with pytest.raises(ConnectionClosedError):
        s3.put_object(**place, Body=b"One" * 1000)
    assert code_of(s3.get_object, **place) == ("NoSuchKey", 404)
    arm("PutObject:lost-reply")
    with pytest.raises(ConnectionClosedError):
        s3.put_object(**place, Body=b"One" * 1000)
    arm("GetObject:truncated")
    with pytest.raises((ResponseStreamingError, IncompleteReadError)):
        s3.get_object(**place)["Body"].read()
    assert s3.get_object(**place)["Body"].read() == b"One" * 1000
    request = {
        "InputDataConfig": {"S3Uri": f"s3://{endpoint.bucket}/in/", "ContentType": "text/plain"},
        "OutputDataConfig": {"S3Uri": f"s3://{endpoint.bucket}/out/"}, "DataAccessRoleArn": endpoint.role_arn,
        "SourceLanguageCode": "en", "TargetLanguageCodes": ["zh"], "ClientToken": "t",
    }  # fmt: skip
    arm("StartTextTranslationJob:lost-reply")
    with pytest.raises(ConnectionClosedError):
        translate.start_text_translation_job(**request)
    jobs = translate.list_text_translation_jobs()["TextTranslationJobPropertiesList"]
    assert [job["JobId"] for job in jobs] == [translate.start_text_translation_job(**request)["JobId"]]
    arm("Describe*:throttling", "ListObjectsV2:throttling", "*:expired-token")
    asked = {"JobId": jobs[0]["JobId"]}
    assert code_of(translate.describe_text_translation_job, **asked) == ("TooManyRequestsException", 429)
    assert code_of(s3.list_objects_v2, Bucket=endpoint.bucket) == ("SlowDown", 503)
    assert code_of(client(endpoint, "sts", config=config).get_caller_identity) == ("ExpiredToken", 403)
    assert translate.list_languages()["Languages"]
    fired = (tmp_path / "faults.log").read_text().split()
    assert fired[-2:] == ["ListObjectsV2:throttling", "STS:expired-token"]
