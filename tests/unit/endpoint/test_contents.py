"""Objects of S3 on disk: large ones are read in pieces, parts are joined in pieces, and memory stays small."""

import hashlib
import io
import sys
from pathlib import Path

import pytest

from amts_desk.endpoint import contents
from amts_desk.endpoint.contents import Blob, Uploads
from tests.unit.endpoint.conftest import client, code_of

MEGABYTE = 1 << 20


def test_a_blob_reads_like_a_file(tmp_path):
    (tmp_path / "blob").write_bytes(b"0123456789")
    blob = Blob(tmp_path / "blob")
    assert (blob.read(3), blob.read(), blob.read()) == (b"012", b"3456789", b"")
    blob.seek(8)
    blob.close()
    assert blob.read() == b"89"


@pytest.mark.parametrize(
    ("change", "is_put_aside"),
    [
        ({}, True),
        ({"CONTENT_LENGTH": "100"}, False),
        ({"REQUEST_METHOD": "POST"}, False),
        ({"HTTP_X_AMZ_CONTENT_SHA256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER"}, False),
    ],
)
def test_the_body_of_an_upload_is_put_aside(change, is_put_aside):
    seen = []

    def inside(environ, respond):
        body = environ["wsgi.input"].read()
        seen.append((body, b"".join(contents._waiting.body) if getattr(contents._waiting, "body", None) else b""))
        return []

    body = b"x" * (MEGABYTE + 1)
    environ = {"REQUEST_METHOD": "PUT", "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
    Uploads(inside)(environ | change, None)
    assert seen == [(b"", body) if is_put_aside else (body, b"")]
    assert getattr(contents._waiting, "body", None) is None


def peak(pid):
    """Return how much memory a process has had at most and has now, in MB."""
    rows = dict(row.split(":", 1) for row in Path(f"/proc/{pid}/status").read_text().splitlines())
    return [int(rows[name].split()[0]) / 1024 for name in ("VmHWM", "VmRSS")]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_large_file_costs_little_memory(run_endpoint, tmp_path):
    """Up in parts and in one, down in ranges and as a whole, copied, and over a restart."""
    file = tmp_path / "large"
    pieces = [hashlib.sha256(str(number).encode()).digest() * (MEGABYTE // 32) for number in range(96)]
    file.write_bytes(b"".join(pieces))
    wanted = hashlib.sha256(file.read_bytes()).hexdigest()
    endpoint = run_endpoint(tmp_path / "data")
    s3 = client(endpoint, "s3")
    s3.put_object(Bucket=endpoint.bucket, Key="small", Body=b"x")
    _, before = peak(endpoint._process.pid)
    s3.upload_file(str(file), endpoint.bucket, "large")
    with file.open("rb") as body:
        told = s3.put_object(Bucket=endpoint.bucket, Key="in one", Body=body)
    assert told["ETag"].strip('"') == hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()
    s3.copy_object(Bucket=endpoint.bucket, Key="copy", CopySource={"Bucket": endpoint.bucket, "Key": "large"})
    s3.download_file(endpoint.bucket, "large", str(tmp_path / "back"))
    assert hashlib.sha256((tmp_path / "back").read_bytes()).hexdigest() == wanted
    highest, _ = peak(endpoint._process.pid)
    assert highest - before < 60
    endpoint.stop()

    again = run_endpoint(tmp_path / "data")
    s3 = client(again, "s3")
    _, before = peak(again._process.pid)
    digest = hashlib.sha256()
    for piece in s3.get_object(Bucket=again.bucket, Key="copy")["Body"].iter_chunks(MEGABYTE):
        digest.update(piece)
    assert digest.hexdigest() == wanted
    highest, _ = peak(again._process.pid)
    assert highest - before < 40
    tail = s3.get_object(Bucket=again.bucket, Key="large", Range="bytes=-32")
    assert tail["Body"].read() == pieces[-1][:32]
    assert len(list((tmp_path / "data" / "objects").iterdir())) == 2


def test_parts_must_be_those_that_were_uploaded(endpoint):
    s3 = client(endpoint, "s3")
    place = {"Bucket": endpoint.bucket, "Key": "parts"}
    upload = place | {"UploadId": s3.create_multipart_upload(**place)["UploadId"]}
    tags = [s3.upload_part(**upload, PartNumber=number, Body=b"x")["ETag"] for number in (1, 2)]

    def complete(*parts):
        named = [{"PartNumber": number, "ETag": tag} for number, tag in parts]
        return code_of(s3.complete_multipart_upload, **upload, MultipartUpload={"Parts": named})

    assert complete((1, tags[0]), (2, '"0123456789abcdef0123456789abcdef"')) == ("InvalidPart", 400)
    assert complete((1, tags[0]), (2, tags[1])) == ("EntityTooSmall", 400)
    named = {"Parts": [{"PartNumber": 2, "ETag": tags[1]}]}
    assert s3.complete_multipart_upload(**upload, MultipartUpload=named)["ETag"].endswith('-1"')
