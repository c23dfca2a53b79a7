"""Files of any size up and down, against moto's S3 in this process: whole, in pieces, stopped, with the owner named."""

import os
import threading

import pytest

from amts_desk.aws.bucket import Bucket
from amts_desk.aws.cloud import Cloud
from amts_desk.core.amazon import Connection
from amts_desk.core.errors import Cancelled, DeskError, ServiceError

ACCOUNT = "123456789012"  # moto's
LARGE = os.urandom(1 << 20) * 20  # three pieces


@pytest.fixture
def sent(monkeypatch):
    """Requests to S3 as they leave: (operation, ExpectedBucketOwner as it stands in the header)."""
    return []


@pytest.fixture
def bucket(sent, monkeypatch):
    from moto import mock_aws

    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    with mock_aws():
        cloud = Cloud(Connection("us-east-1", "books", is_offline=False))
        cloud.s3.create_bucket(Bucket="books")

        def sniff(request, event_name, **_):
            owner = request.headers.get("x-amz-expected-bucket-owner", b"")
            sent.append((event_name.rpartition(".")[2], owner.decode() if isinstance(owner, bytes) else owner))

        cloud.s3.meta.events.register_first("before-send.s3", sniff)
        yield Bucket(cloud)


class Heard:
    """A progress that remembers, and stops the work after so many bytes."""

    def __init__(self, stop_at=None):
        self.told, self.stop_at, self.lock = [], stop_at, threading.Lock()

    def __call__(self, done, total, note=""):
        with self.lock:
            self.told.append((done, total, note))
        if self.stop_at is not None and done >= self.stop_at:
            raise Cancelled


@pytest.mark.parametrize("data", [b"", b"<tmx/>", LARGE], ids=["empty", "small", "pieces"])
def test_a_file_goes_up_and_comes_down_as_it_is(bucket, tmp_path, data):
    (tmp_path / "pairs.tmx").write_bytes(data)
    up, down = Heard(), Heard()
    uri = bucket.upload_file(tmp_path / "pairs.tmx", "amts/pairs.tmx", up)
    assert uri == "s3://books/amts/pairs.tmx"
    bucket.download_file(uri, tmp_path / "new folder" / "back.tmx", down)
    assert (tmp_path / "new folder" / "back.tmx").read_bytes() == data
    assert os.listdir(tmp_path / "new folder") == ["back.tmx"]
    for heard in (up, down):
        assert max(done for done, _, _ in heard.told) == len(data) if data else len(heard.told) <= 2
        assert {rest for _, *rest in map(tuple, heard.told) for rest in [tuple(rest)]} <= {(len(data), "pairs.tmx")}


def test_every_call_names_the_owner_of_the_bucket(bucket, sent, tmp_path):
    (tmp_path / "a").write_bytes(LARGE)
    bucket.upload_file(tmp_path / "a", "a")
    bucket.download_file("s3://books/a", tmp_path / "b")
    bucket.put("c", b"c")
    bucket.get("s3://books/c")
    assert sorted(bucket.keys("s3://books/")) == ["a", "c"]
    called = {name for name, _ in sent}
    assert {"CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload", "HeadObject", "GetObject"} < called
    assert {"PutObject", "ListObjectsV2"} < called
    assert {owner for _, owner in sent} == {ACCOUNT}


def test_who_owns_the_bucket_is_asked_once(bucket, monkeypatch):
    asked = []
    bucket._cloud.client("sts").meta.events.register("before-send.sts", lambda **_: asked.append(1))
    bucket._cloud._account = ""
    for name in "abc":
        bucket.put(name, b"")
    assert len(asked) == 1


def test_a_stopped_upload_leaves_nothing_in_the_bucket(bucket, sent, tmp_path):
    (tmp_path / "a").write_bytes(LARGE)
    with pytest.raises(Cancelled):
        bucket.upload_file(tmp_path / "a", "a", Heard(stop_at=1))
    assert list(bucket.keys("s3://books/")) == []
    assert "Uploads" not in bucket._cloud.s3.list_multipart_uploads(Bucket="books")
    assert "AbortMultipartUpload" in {name for name, _ in sent}


def test_an_upload_that_is_stopped_before_it_begins_sends_nothing(bucket, tmp_path):
    (tmp_path / "a").write_bytes(b"small")
    with pytest.raises(Cancelled):
        bucket.upload_file(tmp_path / "a", "a", Heard(stop_at=0))
    assert list(bucket.keys("s3://books/")) == []


@pytest.mark.parametrize("data", [b"small", LARGE], ids=["small", "pieces"])
def test_a_stopped_download_leaves_the_old_file(bucket, tmp_path, data):
    bucket.put("a", data)
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(Cancelled):
        bucket.download_file("s3://books/a", tmp_path / "a", Heard(stop_at=1))
    assert (tmp_path / "a").read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a"]


def test_what_is_not_there_is_told_and_leaves_no_file(bucket, tmp_path):
    with pytest.raises(ServiceError, match="Downloading a was refused"):
        bucket.download_file("s3://books/a", tmp_path / "a")
    assert os.listdir(tmp_path) == []
    with pytest.raises(DeskError, match="could not be read"):
        bucket.upload_file(tmp_path / "none", "a")


def test_an_upload_that_is_refused_is_told(bucket, tmp_path):
    (tmp_path / "a").write_bytes(LARGE)
    bucket.name = "nobodys"
    with pytest.raises(ServiceError, match="Uploading a was refused, since there is no such bucket") as caught:
        bucket.upload_file(tmp_path / "a", "a")
    assert caught.value.code == "NoSuchBucket"


def test_a_download_that_breaks_off_in_the_middle_passes(bucket, tmp_path, monkeypatch):
    from botocore.response import StreamingBody

    def broken(self, amt=None):
        raise ConnectionResetError

    bucket.put("a", b"text")
    monkeypatch.setattr(StreamingBody, "read", broken)
    with pytest.raises(ServiceError, match="could not be reached") as caught:
        bucket.download_file("s3://books/a", tmp_path / "a")
    assert caught.value.passing
    assert os.listdir(tmp_path) == []


def test_a_folder_that_cannot_be_written_is_told(bucket, tmp_path):
    bucket.put("a", b"text")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DeskError, match="could not be written"):
        bucket.download_file("s3://books/a", tmp_path / "file" / "a")
