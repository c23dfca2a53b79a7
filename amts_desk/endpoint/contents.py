"""Objects of moto's S3 whose bytes stay on disk: no object is ever in memory as a whole but a small one.

moto holds an object in a spooled file and hands it out as `bytes`; parts of a multipart upload it joins in memory.
Here uploads go into a file before moto sees them, large objects are handed out as `Contents`, which reads what is asked
for, and parts are joined piece by piece.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from threading import local
from typing import IO, Any

from amts_desk.endpoint.gate import App, Environ, Respond

_SMALL = 8 << 20  # bytes: of a part as boto3 uploads it, and of a range as it downloads it
_PIECE = 1 << 20
_waiting = local()
"""`body`: what came for the object that moto is about to make in this thread."""


def keep_on_disk() -> None:
    """Change moto's objects accordingly, once."""
    from moto.s3 import models

    key_class: Any = models.FakeKey
    upload_class: Any = models.FakeMultipart
    if upload_class.complete is not _complete:
        plain = key_class.value

        def value(key: Any) -> bytes | Contents:
            return plain.fget(key) if key.contentsize <= _SMALL else Contents(key)

        def set_value(key: Any, value: Any) -> None:
            if not value and (body := getattr(_waiting, "body", None)):
                value, _waiting.body = body, None
            if isinstance(value, Contents | _Joined):
                key.contentsize = sum(map(key._value_buffer.write, value))
            else:
                plain.fset(key, value)

        key_class.value = property(value, set_value)
        key_class.etag = property(_etag)
        upload_class.complete = _complete


class Contents:
    """The bytes of a large object, or a range of them, read when they are asked for."""

    def __init__(self, key: Any, start: int = 0, stop: int | None = None) -> None:
        self._key = key
        self._start = start
        self._stop = key.contentsize if stop is None else stop

    def __len__(self) -> int:
        """Return how many they are."""
        return int(self._stop - self._start)

    def __getitem__(self, part: slice) -> Contents:
        """Return a range of them."""
        start, stop, _ = part.indices(len(self))
        return Contents(self._key, self._start + start, self._start + max(start, stop))

    def __iter__(self) -> Iterator[bytes]:
        """Yield them in pieces."""
        for start in range(self._start, self._stop, _PIECE):
            yield self._read(start, min(start + _PIECE, self._stop))

    def __bytes__(self) -> bytes:
        """Return all of them."""
        return self._read(self._start, self._stop)

    def _read(self, start: int, stop: int) -> bytes:
        with self._key.lock:
            self._key._value_buffer.seek(start)
            found: bytes = self._key._value_buffer.read(stop - start)
        return found


class Blob:
    """A file with the bytes of an object, in place of moto's own; it is open only while it is read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._at = 0

    def seek(self, place: int) -> int:
        """Go to a place."""
        self._at = place
        return place

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes from there, all of them when it is negative."""
        with self._path.open("rb") as file:
            file.seek(self._at)
            found = file.read(size)
        self._at += len(found)
        return found

    def close(self) -> None:
        """Do nothing: the file stays."""


def pieces_of(key: Any) -> Iterator[bytes]:
    """Yield the bytes of an object in pieces. Raises ValueError when moto has closed its buffer."""
    return iter(Contents(key))


def move_to_disk(key: Any, path: Path) -> None:
    """Let an object have its bytes in the file at `path`, which has them already."""
    with key.lock:
        before, key._value_buffer = key._value_buffer, Blob(path)
        key.contentsize = path.stat().st_size
        before.close()


def _etag(key: Any) -> str:
    """Return the ETag of an object, in place of moto's own, which two threads that ask at once make a wrong one of."""
    if key._etag is None:
        found = hashlib.md5(usedforsecurity=False)
        for piece in Contents(key):
            found.update(piece)
        key._etag = found.hexdigest()
    return f'"{key._etag}"'


class _Joined:
    """Files as one, to be read once."""

    def __init__(self, files: list[Any]) -> None:
        self._files = files

    def __iter__(self) -> Iterator[bytes]:
        for file in self._files:
            file.seek(0)
            while piece := file.read(_PIECE):
                yield piece
            file.close()


def _complete(upload: Any, body: Iterable[tuple[int, str]]) -> tuple[_Joined, str, Any]:
    """Return the joined parts, their ETag and checksum, in place of moto's own FakeMultipart.complete."""
    from moto.s3.exceptions import EntityTooSmall, InvalidPart, MalformedXML
    from moto.settings import S3_UPLOAD_PART_MIN_SIZE

    named = [(upload.parts.get(number), etag.strip('"')) for number, etag in body]
    if not named:
        raise MalformedXML
    if any(part is None or part.etag.strip('"') != etag for part, etag in named):
        raise InvalidPart
    parts = [part for part, _ in named]
    if any(part.contentsize < S3_UPLOAD_PART_MIN_SIZE for part in parts[:-1]):
        raise EntityTooSmall
    sums = hashlib.md5(b"".join(bytes.fromhex(etag) for _, etag in named), usedforsecurity=False)
    checksum = _checksum(upload, parts)
    files = [part._value_buffer for part in parts]
    for part in parts:
        part._value_buffer = BytesIO()  # moto closes those of the parts before it reads what they make together
    return _Joined(files), f"{sums.hexdigest()}-{len(parts)}", checksum


def _checksum(upload: Any, parts: list[Any]) -> Any:
    """Return the checksum of the parts' checksums, None when one of all bytes was asked for: moto would join them."""
    from moto.s3.models import MultipartChecksumBuilder

    told = (upload.metadata.get("x-amz-checksum-algorithm"), upload.metadata.get("x-amz-checksum-type"))
    builder = MultipartChecksumBuilder(*told)
    if builder.checksum_type != "COMPOSITE":
        return None
    for part in parts:
        builder.addPart(part.value)
    return builder.build()


class Uploads:
    """WSGI middleware that puts the body of an upload into a file before moto can take it into memory.

    moto sees an empty body, and the object that it makes of it in the same thread gets the file.
    """

    def __init__(self, app: App) -> None:
        self._app = app

    def __call__(self, environ: Environ, respond: Respond) -> Iterable[bytes]:
        """Pass the request on."""
        size = int(environ.get("CONTENT_LENGTH") or 0)
        is_signed_in_chunks = environ.get("HTTP_X_AMZ_CONTENT_SHA256", "").startswith("STREAMING-")
        if environ["REQUEST_METHOD"] != "PUT" or size <= _PIECE or is_signed_in_chunks:
            return self._app(environ, respond)
        with _received(environ["wsgi.input"], size) as file:
            _waiting.body = _Joined([file])
            try:
                return self._app(environ | {"wsgi.input": BytesIO(), "CONTENT_LENGTH": "0"}, respond)
            finally:
                _waiting.body = None


def _received(stream: Any, size: int) -> IO[bytes]:
    file = TemporaryFile()  # noqa: SIM115  the caller closes it
    while size and (piece := stream.read(min(size, _PIECE))):
        file.write(piece)
        size -= len(piece)
    return file
