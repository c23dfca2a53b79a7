"""Who may talk to the endpoint."""

import _socket
import io
import os
import socket
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from amts_desk.endpoint.gate import Gate, Notice, named_key
from tests.unit.endpoint.conftest import client, code_of

SIGNED = "AWS4-HMAC-SHA256 Credential={key}/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0"


@pytest.mark.parametrize(
    ("environ", "key"),
    [
        ({}, ""),
        ({"HTTP_AUTHORIZATION": SIGNED.format(key="KEY")}, "KEY"),
        ({"HTTP_AUTHORIZATION": "AWS4-HMAC-SHA256 nothing"}, ""),
        ({"HTTP_AUTHORIZATION": "Basic KEY"}, ""),
        ({"QUERY_STRING": "a=b&X-Amz-Credential=KEY%2F20260101%2Fus-east-1%2Fs3%2Faws4_request"}, "KEY"),
        ({"QUERY_STRING": "AWSAccessKeyId=KEY&Signature=x"}, "KEY"),
        ({"QUERY_STRING": "note=KEY"}, ""),
    ],
)
def test_the_key_a_request_names(environ, key):
    assert named_key(environ) == key


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, "200"),
        ({"HTTP_AUTHORIZATION": SIGNED.format(key="KEY2")}, "403"),
        ({"HTTP_AUTHORIZATION": SIGNED.format(key="KE")}, "403"),
        ({"HTTP_AUTHORIZATION": ""}, "403"),
        ({"HTTP_AUTHORIZATION": SIGNED.format(key="ключ")}, "403"),
        ({"HTTP_ORIGIN": "https://example.com"}, "403"),
        ({"HTTP_ORIGIN": "null"}, "403"),
        ({"PATH_INFO": "/moto-api/reset"}, "403"),
    ],
)
def test_only_the_key_and_no_web_page(change, status):
    answered = []

    def inside(environ, respond):
        respond("200 OK", [])
        return []

    environ = {"HTTP_AUTHORIZATION": SIGNED.format(key="KEY"), "PATH_INFO": "/", "REQUEST_METHOD": "POST"}
    environ |= {"wsgi.input": io.BytesIO(), "CONTENT_LENGTH": "0"}
    Gate(inside, "KEY", "111122223333")(environ | change, lambda told, headers: answered.append(told[:3]))
    assert answered == [status]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"HTTP_X_AMZ_EXPECTED_BUCKET_OWNER": "111122223333"}, "200"),
        ({"HTTP_X_AMZ_EXPECTED_BUCKET_OWNER": "999999999999"}, "403"),
        ({"HTTP_X_AMZ_SOURCE_EXPECTED_BUCKET_OWNER": "999999999999"}, "403"),
        ({"QUERY_STRING": "X-Amz-Expected-Bucket-Owner=999999999999"}, "403"),
        ({"QUERY_STRING": "x-amz-expected-bucket-owner=111122223333"}, "200"),
    ],
)
def test_a_bucket_of_somebody_else_stays_closed(change, status):
    test_only_the_key_and_no_web_page(change, status)


def test_only_changes_of_s3_and_iam_are_noticed():
    noticed = []
    notice = Notice(lambda environ, respond: [b"answer"], lambda: noticed.append(True))
    for environ, count in [
        ({"REQUEST_METHOD": "GET"}, 0),
        ({"REQUEST_METHOD": "POST", "HTTP_X_AMZ_TARGET": "AWSShineFrontendService_20170701.ListLanguages"}, 0),
        ({"REQUEST_METHOD": "PUT"}, 1),
        ({"REQUEST_METHOD": "DELETE"}, 2),
    ]:
        assert notice(environ, None) == [b"answer"]
        assert len(noticed) == count


def status_of(request):
    with pytest.raises(HTTPError) as caught:
        urlopen(request)
    with caught.value as answer:
        return answer.code


def test_strangers_are_refused_over_http(endpoint):
    assert status_of(endpoint.url + "/") == 403
    assert status_of(Request(endpoint.url + "/moto-api/reset", method="POST")) == 403
    signed = {"Authorization": SIGNED.format(key=endpoint.access_key)}
    with urlopen(Request(endpoint.url + "/", headers=signed)) as answer:
        assert answer.status == 200
        assert "Access-Control-Allow-Origin" not in answer.headers
    page = Request(endpoint.url + "/", headers=signed | {"Origin": "https://example.com"})
    assert status_of(page) == 403
    assert status_of(Request(endpoint.url + "/", headers={"Origin": "x"}, method="OPTIONS")) == 403


def test_every_call_of_s3_looks_at_the_expected_owner(endpoint):
    s3 = client(endpoint, "s3")
    place = {"Bucket": endpoint.bucket, "Key": "owned"}
    ours, theirs = {"ExpectedBucketOwner": "123456789012"}, {"ExpectedBucketOwner": "999999999999"}
    s3.put_object(**place, Body=b"x", **ours)
    upload = s3.create_multipart_upload(**place, **ours)["UploadId"]
    part = {**place, "UploadId": upload}
    etag = s3.upload_part(**part, PartNumber=1, Body=b"y", **ours)["ETag"]
    parts = {"MultipartUpload": {"Parts": [{"PartNumber": 1, "ETag": etag}]}}
    for call, request in [
        (s3.put_object, place | {"Body": b"x" * 3_000_000}),
        (s3.get_object, place),
        (s3.delete_object, place),
        (s3.list_objects_v2, {"Bucket": endpoint.bucket}),
        (s3.get_bucket_location, {"Bucket": endpoint.bucket}),
        (s3.create_multipart_upload, place),
        (s3.upload_part, part | {"PartNumber": 2, "Body": b"z"}),
        (s3.complete_multipart_upload, part | parts),
        (s3.abort_multipart_upload, part),
    ]:
        assert code_of(call, **request, **theirs) == ("AccessDenied", 403)
    assert code_of(s3.head_object, **place, **theirs) == ("403", 403)
    assert code_of(s3.head_bucket, Bucket=endpoint.bucket, **theirs) == ("403", 403)
    s3.complete_multipart_upload(**part, **parts, **ours)
    assert s3.get_object(**place, **ours)["Body"].read() == b"y"


def test_a_client_with_another_key_hears_why(endpoint):
    wrong = {"aws_access_key_id": "SOMEBODYELSE"}
    assert code_of(client(endpoint, "s3", **wrong).list_buckets) == ("AccessDenied", 403)
    big = {"Bucket": endpoint.bucket, "Key": "x", "Body": b"x" * 500_000}
    assert code_of(client(endpoint, "s3", **wrong).put_object, **big) == ("AccessDenied", 403)
    assert code_of(client(endpoint, "translate", **wrong).list_languages) == ("AccessDeniedException", 403)


def test_it_listens_on_this_machine_only(endpoint):
    address = urlsplit(endpoint.url)
    assert address.hostname == "127.0.0.1"
    with socket.socket() as other, pytest.raises(OSError, match=r"refused|assign|unreachable"):
        # 127.0.0.2 is this machine as well, so a server on all addresses would answer there.
        _socket.socket.connect(other, ("127.0.0.2", address.port))


def listening(pid):
    """Return (address, port) of every socket on which a process listens, in IPv4 and IPv6; Linux only."""
    inodes = {os.stat(f"/proc/{pid}/fd/{number}").st_ino for number in os.listdir(f"/proc/{pid}/fd")}
    found = []
    for name in ("tcp", "tcp6"):
        for row in Path(f"/proc/{pid}/net/{name}").read_text().splitlines()[1:]:
            _, local, _, state, *_, inode = row.split()[:10]
            if state == "0A" and int(inode) in inodes:
                address, _, port = local.partition(":")
                found.append((address, int(port, 16)))
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_every_socket_of_it_is_local_and_guarded(endpoint):
    sockets = listening(endpoint._process.pid)
    assert sockets == [("0100007F", urlsplit(endpoint.url).port)]
    signed = {"Authorization": SIGNED.format(key=endpoint.access_key)}
    for _, port in sockets:
        for headers in ({}, {"Origin": "null"}, signed | {"Origin": "http://127.0.0.1"}):
            for method in ("GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD"):
                assert status_of(Request(f"http://127.0.0.1:{port}/x/y", headers=headers, method=method)) == 403
