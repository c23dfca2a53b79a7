"""Files in the connection's S3 bucket."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Lock

from amts_desk.aws.cloud import Cloud
from amts_desk.core.errors import ServiceError
from amts_desk.core.progress import Progress, silent


class Bucket:
    """The bucket of a connection. Keys are relative to the bucket."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud
        self.name = cloud.connection.bucket

    def uri(self, key: str) -> str:
        """Return the s3:// address of a key."""
        return f"s3://{self.name}/{key}"

    def put(self, key: str, data: bytes) -> str:
        """Store an object and return its address. Raises ServiceError."""
        with self._cloud.calling(f"Uploading {key}"):
            self._cloud.s3.put_object(Bucket=self.name, Key=key, Body=data)
        return self.uri(key)

    def put_file(self, key: str, path: Path, progress: Progress = silent) -> str:
        """Store a file, large ones in parts, and return its address; progress counts bytes. Raises ServiceError.

        At most four parts of 8 MB are in memory. Stopped or broken off, it leaves no part behind.
        """
        from boto3.exceptions import S3UploadFailedError
        from boto3.s3.transfer import TransferConfig

        total, sent, lock = path.stat().st_size, 0, Lock()

        def count(size: int) -> None:
            nonlocal sent
            with lock:  # the parts are sent by threads
                sent += size
            progress(sent, total, key.rpartition("/")[2])

        with self._cloud.calling(f"Uploading {key}"):
            config = TransferConfig(max_concurrency=4)
            try:
                self._cloud.s3.upload_file(str(path), self.name, key, Callback=count, Config=config)
            except S3UploadFailedError as error:
                raise (error.__context__ or error) from None
        return self.uri(key)

    def get(self, uri: str) -> bytes:
        """Return the object at an s3:// address. Raises ServiceError."""
        bucket, key = _parts(uri)
        with self._cloud.calling(f"Downloading {key}"):
            body: bytes = self._cloud.s3.get_object(Bucket=bucket, Key=key)["Body"].read()
        return body

    def keys(self, uri: str) -> Iterator[str]:
        """Yield the keys below an s3:// address. Raises ServiceError."""
        bucket, prefix = _parts(uri)
        with self._cloud.calling(f"Listing {prefix}"):
            for page in self._cloud.s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
                yield from (item["Key"] for item in page.get("Contents", ()))


def _parts(uri: str) -> tuple[str, str]:
    scheme, _, rest = uri.partition("://")
    bucket, _, key = rest.partition("/")
    if scheme != "s3" or not bucket:
        raise ServiceError(f"{uri} is not an S3 address.", "It should look like s3://bucket/folder/.")
    return bucket, key
