"""Files in the connection's S3 bucket."""

from __future__ import annotations

import os
import threading
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from amts_desk.aws.cloud import Cloud
from amts_desk.core.errors import DeskError, ServiceError
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

    def get(self, uri: str) -> bytes:
        """Return the object at an s3:// address. Raises ServiceError."""
        bucket, key = _parts(uri)
        with self._cloud.calling(f"Downloading {key}"):
            body: bytes = self._cloud.s3.get_object(Bucket=bucket, Key=key)["Body"].read()
        return body

    def upload_file(self, path: Path, key: str, progress: Progress = silent) -> str:
        """Store a file of any size as an object, piece by piece, and return its address.

        `progress` hears of bytes, from several threads; when it raises, what was sent so far is deleted again.
        Raises ServiceError, and DeskError when the file cannot be read.
        """
        try:
            told = _Told(path.name, path.stat().st_size, progress)
            with self._cloud.calling(f"Uploading {key}"), told.stopping(), _transfers(self._cloud) as transfers:
                transfers.upload(str(path), self.name, key, subscribers=[told.subscriber()]).result()
        except OSError as error:
            raise DeskError(f"{path} could not be read: {error.strerror or error}.", "Check its name.") from error
        return self.uri(key)

    def download_file(self, uri: str, path: Path, progress: Progress = silent) -> None:
        """Write the object at an s3:// address to a file, piece by piece; it takes its place when it is whole.

        `progress` hears of bytes, from several threads; when it raises, the old file (or none) stands as before.
        Raises ServiceError, and DeskError when the file cannot be written.
        """
        bucket, key = _parts(uri)
        temporary = path.with_name(f".{uuid.uuid4().hex}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with temporary.open("xb") as file:
                self._fetch(bucket, key, file, progress)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except OSError as error:
            raise DeskError(
                f"{path} could not be written: {error.strerror or error}.",
                "Choose another folder, or make room on the disk.",
            ) from error
        finally:
            with suppress(OSError):
                temporary.unlink()

    def keys(self, uri: str) -> Iterator[str]:
        """Yield the keys below an s3:// address. Raises ServiceError."""
        bucket, prefix = _parts(uri)
        with self._cloud.calling(f"Listing {prefix}"):
            for page in self._cloud.s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
                yield from (item["Key"] for item in page.get("Contents", ()))

    def _fetch(self, bucket: str, key: str, file: Any, progress: Progress) -> None:
        with self._cloud.calling(f"Downloading {key}"):
            size = self._cloud.s3.head_object(Bucket=bucket, Key=key)["ContentLength"]
            told = _Told(key.rpartition("/")[2], size, progress)
            with told.stopping(), _transfers(self._cloud) as transfers:
                transfers.download(bucket, key, file, subscribers=[told.subscriber()]).result()


class _Told:
    """Adds up the bytes that threads of a transfer have moved, and tells them; a stop is raised again at the end."""

    def __init__(self, name: str, size: int, progress: Progress) -> None:
        self._name, self._size, self._progress = name, size, progress
        self._done = 0
        self._adding = threading.Lock()
        self._stop: Exception | None = None

    def subscriber(self) -> Any:
        """Return what a transfer of boto3 calls with each piece."""
        from boto3.s3.transfer import ProgressCallbackInvoker

        return ProgressCallbackInvoker(self._add)

    @contextmanager
    def stopping(self) -> Iterator[None]:
        """Raise what the progress raised, in whatever it came wrapped."""
        from boto3.s3.transfer import S3TransferRetriesExceededError
        from botocore.exceptions import ResponseStreamingError

        self._progress(0, self._size, self._name)
        try:
            yield
        except Exception as error:
            if self._stop is not None:
                raise self._stop from None
            if isinstance(error, S3TransferRetriesExceededError):
                raise ResponseStreamingError(error=error.last_exception) from error
            raise

    def _add(self, moved: int) -> None:
        with self._adding:
            self._done += moved  # negative when a piece is sent again
            if self._stop is not None:
                raise self._stop
            try:
                self._progress(max(self._done, 0), self._size, self._name)
            except Exception as error:
                self._stop = error
                raise


@contextmanager
def _transfers(cloud: Cloud) -> Iterator[Any]:
    """Give a transfer manager: pieces of 8 MiB, read from the file as they are sent.

    Its files are closed at the end: of the pieces that a stop leaves unsent it forgets to.
    """
    from boto3.s3.transfer import OSUtils, TransferConfig, create_transfer_manager

    with ExitStack() as opened:

        class Files(OSUtils):  # type: ignore[misc]
            def open(self, filename: str, mode: str) -> Any:
                return opened.enter_context(super().open(filename, mode))

        config = TransferConfig(preferred_transfer_client="classic")
        yield opened.enter_context(create_transfer_manager(cloud.s3, config, Files()))


def _parts(uri: str) -> tuple[str, str]:
    scheme, _, rest = uri.partition("://")
    bucket, _, key = rest.partition("/")
    if scheme != "s3" or not bucket:
        raise ServiceError(f"{uri} is not an S3 address.", "It should look like s3://bucket/folder/.")
    return bucket, key
