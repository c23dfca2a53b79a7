"""Files in the bucket: put, got, listed, refused."""

import io

import pytest

from amts_desk.aws.bucket import Bucket
from amts_desk.core.errors import ServiceError
from tests.unit.aws.conftest import ACCOUNT

OWNER = {"ExpectedBucketOwner": ACCOUNT}


@pytest.fixture
def bucket(cloud):
    return Bucket(cloud)


def test_a_file_is_put_where_its_address_says(bucket, s3):
    s3.add_response("put_object", {}, {"Bucket": "books", "Key": "amts/a.tmx", "Body": b"<tmx/>", **OWNER})
    assert bucket.put("amts/a.tmx", b"<tmx/>") == "s3://books/amts/a.tmx" == bucket.uri("amts/a.tmx")


def test_a_file_is_got_from_any_bucket(bucket, s3):
    s3.add_response("get_object", {"Body": io.BytesIO(b"text")}, {"Bucket": "other", "Key": "deep/er/a.html", **OWNER})
    assert bucket.get("s3://other/deep/er/a.html") == b"text"


def test_every_page_of_keys_is_listed(bucket, s3):
    asked = {"Bucket": "books", "Prefix": "out/", **OWNER}
    first = {"Contents": [{"Key": "out/a"}, {"Key": "out/b"}], "IsTruncated": True, "NextContinuationToken": "two"}
    s3.add_response("list_objects_v2", first, asked)
    s3.add_response("list_objects_v2", {"Contents": [{"Key": "out/c"}]}, {**asked, "ContinuationToken": "two"})
    assert list(bucket.keys("s3://books/out/")) == ["out/a", "out/b", "out/c"]
    s3.add_response("list_objects_v2", {}, {"Bucket": "books", "Prefix": "", **OWNER})
    assert list(bucket.keys("s3://books")) == []


@pytest.mark.parametrize("uri", ["", "books/a", "https://books/a", "s3://", "s3:///a"])
def test_what_is_no_address_is_said_so(bucket, uri):
    with pytest.raises(ServiceError, match=r"is not an S3 address.*s3://bucket/folder"):
        bucket.get(uri)


@pytest.mark.parametrize(
    ("call", "operation", "what"),
    [
        (lambda b: b.put("a", b""), "put_object", "Uploading a"),
        (lambda b: b.get("s3://books/a"), "get_object", "Downloading a"),
        (lambda b: list(b.keys("s3://books/a/")), "list_objects_v2", "Listing a/"),
    ],
)
def test_a_missing_bucket_is_said_for_every_call(bucket, s3, call, operation, what):
    s3.add_client_error(operation, "NoSuchBucket", "The specified bucket does not exist", 404)
    with pytest.raises(ServiceError, match=f"^{what} was refused.*: The specified bucket does not exist") as caught:
        call(bucket)
    assert caught.value.advice == "Check the bucket's name in the connection."


def test_a_download_that_breaks_off_may_well_succeed_later(bucket, s3):
    from botocore.response import StreamingBody

    body = StreamingBody(io.BytesIO(b"half"), 8)
    s3.add_response("get_object", {"Body": body}, {"Bucket": "books", "Key": "a", **OWNER})
    with pytest.raises(ServiceError, match=r"could not be reached \(Downloading a\)") as caught:
        bucket.get("s3://books/a")
    assert caught.value.passing
