"""Faults on demand: what goes wrong between a client and Amazon, for tests and for people who practise.

A fault is said in one line, OPERATION:FAULT[:TIMES[:SECONDS]], as in `StartTextTranslationJob:lost-reply:1`:

    OPERATION  of Amazon Translate or S3, as boto3's documentation spells it (CreateParallelData, PutObject, UploadPart,
               CompleteMultipartUpload, GetObject, ListObjectsV2, …), `IAM` or `STS` for any call of these two; a
               pattern with * and ? is allowed: `*ParallelData`, `*`
    FAULT      throttling     refused: too many requests (S3: SlowDown)
               server-error   refused: an internal error of the service
               expired-token  refused: the sign-in has expired
               access-denied  refused: no permission
               slow           carried out, SECONDS (5) late
               cut            the connection ends before anything is carried out
               lost-reply     carried out, then the connection ends: the client hears nothing
               truncated      carried out, the connection ends in the middle of the answer's body
               corrupted      carried out, a part of the answer's body is other bytes (of the same length)
    TIMES      how often, the first times the operation is called (1); `*` is for ever

Three ways to set them:

    amts-desk endpoint --fault StartTextTranslationJob:lost-reply   at the start
    faults.json in the folder of the endpoint                       while it runs: a JSON list of such lines, read at
                                                                    each request; writing it again counts anew
    FaultPlan(…).lines = [...]                                      of a server in the same process

What happened is told, one line each, in `FaultPlan.fired`, and in `faults.log` in the folder of the endpoint.
"""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path
from threading import Lock
from typing import Any, NoReturn
from urllib.parse import parse_qsl

from amts_desk.core.errors import DeskError
from amts_desk.endpoint.gate import App, Environ, Respond, drain, refusal

FILE, LOG = "faults.json", "faults.log"
_SLOW = 5.0  # seconds


class Kind(StrEnum):
    """What can go wrong."""

    THROTTLING = "throttling"
    SERVER_ERROR = "server-error"
    EXPIRED_TOKEN = "expired-token"
    ACCESS_DENIED = "access-denied"
    SLOW = "slow"
    CUT = "cut"
    LOST_REPLY = "lost-reply"
    TRUNCATED = "truncated"
    CORRUPTED = "corrupted"


# Error code and HTTP status: of Amazon Translate, of S3, of the query protocol (IAM, STS).
_REFUSALS = {
    Kind.THROTTLING: (("TooManyRequestsException", 429), ("SlowDown", 503), ("Throttling", 400)),
    Kind.SERVER_ERROR: (("InternalServerException", 500), ("InternalError", 500), ("ServiceFailure", 500)),
    Kind.EXPIRED_TOKEN: (("ExpiredTokenException", 400), ("ExpiredToken", 400), ("ExpiredToken", 403)),
    Kind.ACCESS_DENIED: (("AccessDeniedException", 400), ("AccessDenied", 403), ("AccessDenied", 403)),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault; `times` -1 is for ever, `seconds` is how late a slow answer comes."""

    operation: str
    kind: Kind
    times: int = 1
    seconds: float = _SLOW


def fault_of(line: str) -> Fault:
    """Return the fault that a line says. Raises DeskError when it says none."""
    operation, _, rest = line.strip().partition(":")
    kind, times, seconds = (*rest.split(":"), "", "")[:3]
    try:
        return Fault(operation or "*", Kind(kind), -1 if times == "*" else int(times or 1), float(seconds or _SLOW))
    except ValueError as error:
        kinds = ", ".join(Kind)
        advice = (
            f"Write OPERATION:FAULT[:TIMES[:SECONDS]], such as StartTextTranslationJob:lost-reply:1; one of {kinds}."
        )
        raise DeskError(f"“{line}” is not a fault.", advice) from error


class FaultPlan:
    """Which fault comes when. `folder` has the file that changes it and the log; without one there is neither."""

    def __init__(self, lines: Iterable[str] = (), folder: Path | None = None) -> None:
        self.fired: list[str] = []
        self._folder = folder
        self._lock = Lock()
        self._seen: tuple[int, ...] = ()
        self.lines = list(lines)

    @property
    def lines(self) -> list[str]:
        """The faults, as lines; setting them counts anew."""
        return self._lines

    @lines.setter
    def lines(self, lines: list[str]) -> None:
        faults = [fault_of(line) for line in lines]
        self._lines = lines
        self._left = [(fault, [fault.times]) for fault in faults]

    def next(self, operation: str) -> Fault | None:
        """Return the fault that comes at this call of an operation, None when none does."""
        with self._lock:
            self._look()
            for fault, left in self._left:
                if left[0] and fnmatchcase(operation, fault.operation):
                    left[0] -= left[0] > 0
                    self._note(f"{operation}:{fault.kind}")
                    return fault
        return None

    def _look(self) -> None:
        """Take over what the file says when it was written since."""
        if self._folder is None:
            return
        try:
            found = (self._folder / FILE).stat()
            seen = (found.st_mtime_ns, found.st_size, found.st_ino)
            if seen != self._seen:
                self.lines = json.loads((self._folder / FILE).read_text("utf-8"))
                self._seen = seen
        except FileNotFoundError:
            if self._seen:
                self.lines, self._seen = [], ()
        except ValueError:
            self._seen = ()  # half written: to be read again

    def _note(self, line: str) -> None:
        self.fired.append(line)
        if self._folder is not None:
            with (self._folder / LOG).open("a", encoding="utf-8") as log:
                log.write(f"{line}\n")


class Faulty:
    """WSGI middleware that carries out a plan of faults."""

    def __init__(self, app: App, plan: FaultPlan, sleep: Callable[[float], None] = time.sleep) -> None:
        self._app = app
        self._plan = plan
        self._sleep = sleep

    def __call__(self, environ: Environ, respond: Respond) -> Iterable[bytes]:
        """Pass the request on, or let it go wrong."""
        fault = self._plan.next(operation_of(environ))
        if fault is None:
            return self._app(environ, respond)
        if fault.kind in _REFUSALS:
            return _refuse(fault.kind, environ, respond)
        if fault.kind is Kind.SLOW:
            self._sleep(fault.seconds)
            return self._app(environ, respond)
        if fault.kind is Kind.CUT:
            drain(environ)
            cut(environ)
        return self._spoilt(fault.kind, environ, respond)

    def _spoilt(self, kind: Kind, environ: Environ, respond: Respond) -> Iterable[bytes]:
        told: list[Any] = []
        answer = self._app(environ, lambda *what: told.extend(what))
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        if kind is Kind.LOST_REPLY:
            cut(environ)
        respond(*told)
        return [_corrupted(body)] if kind is Kind.CORRUPTED else _truncated(body, environ)


def operation_of(environ: Environ) -> str:
    """Return the name of the operation that a request asks for."""
    if target := environ.get("HTTP_X_AMZ_TARGET"):
        return str(target).rpartition(".")[2]
    scope = re.search(r"Credential=[^/]*/[^/]*/[^/]*/(iam|sts)/", environ.get("HTTP_AUTHORIZATION", ""))
    return scope.group(1).upper() if scope else _s3_operation(environ)


# Of every method: what in the query makes which operation of it, the last one without anything.
_OF_KEY = {
    "GET": {"uploadId": "ListParts", "acl": "GetObjectAcl", "tagging": "GetObjectTagging", "": "GetObject"},
    "HEAD": {"": "HeadObject"},
    "PUT": {"partNumber": "UploadPart", "acl": "PutObjectAcl", "tagging": "PutObjectTagging", "": "PutObject"},
    "POST": {"uploads": "CreateMultipartUpload", "uploadId": "CompleteMultipartUpload", "": "PostObject"},
    "DELETE": {"uploadId": "AbortMultipartUpload", "tagging": "DeleteObjectTagging", "": "DeleteObject"},
}
_OF_BUCKET = {
    "GET": {
        "list-type": "ListObjectsV2",
        "location": "GetBucketLocation",
        "publicAccessBlock": "GetPublicAccessBlock",
        "encryption": "GetBucketEncryption",
        "versioning": "GetBucketVersioning",
        "policy": "GetBucketPolicy",
        "uploads": "ListMultipartUploads",
        "versions": "ListObjectVersions",
        "": "ListObjects",
    },
    "HEAD": {"": "HeadBucket"},
    "PUT": {"publicAccessBlock": "PutPublicAccessBlock", "encryption": "PutBucketEncryption", "": "CreateBucket"},
    "POST": {"delete": "DeleteObjects", "": "PostObject"},
    "DELETE": {"": "DeleteBucket"},
}


def _s3_operation(environ: Environ) -> str:
    bucket, _, key = environ.get("PATH_INFO", "").lstrip("/").partition("/")
    if not bucket:
        return "ListBuckets"
    method = environ["REQUEST_METHOD"]
    query = dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True))
    known = (_OF_KEY if key else _OF_BUCKET).get(method, {"": method})
    name = next(operation for mark, operation in known.items() if not mark or mark in query)
    if "HTTP_X_AMZ_COPY_SOURCE" in environ:
        return {"PutObject": "CopyObject", "UploadPart": "UploadPartCopy"}.get(name, name)
    return name


def cut(environ: Environ) -> NoReturn:
    """End the connection of a request without an answer."""
    connection = environ.get("werkzeug.socket")
    if connection is not None:
        connection.shutdown(socket.SHUT_RDWR)
    raise ConnectionAbortedError("cut on demand")


def _refuse(kind: Kind, environ: Environ, respond: Respond) -> Iterable[bytes]:
    translate, s3, other = _REFUSALS[kind]
    if "HTTP_X_AMZ_TARGET" in environ:
        code, status = translate
    else:
        code, status = other if operation_of(environ) in ("IAM", "STS") else s3
    return refusal(environ, respond, code, "A fault on demand.", status)


def _corrupted(body: bytes) -> bytes:
    start, end = len(body) // 3, len(body) // 3 + max(len(body) // 10, 1)
    return body[:start] + bytes(byte ^ 0x15 for byte in body[start:end]) + body[end:]


def _truncated(body: bytes, environ: Environ) -> Iterator[bytes]:
    yield body[: len(body) // 2]
    cut(environ)
