"""The gate in front of everything: only who knows this session's access key gets through, and no web page.

A page in the person's browser can reach 127.0.0.1, and moto would take any POST: so nothing with an Origin header, and
nothing without the key, which is random for each session. Signed requests and pre-signed URLs both name the key. And a
bucket whose owner is not the one that the request expects stays closed: moto does not look at that.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, parse_qsl

Environ = dict[str, Any]
Respond = Callable[..., Any]
App = Callable[[Environ, Respond], Iterable[bytes]]
_STRANGER = "This is not a request of this session."
_DRAINED = 1 << 20  # bytes of a stranger's body that are read, so that the client hears the answer
_OWNERS = ("x-amz-expected-bucket-owner", "x-amz-source-expected-bucket-owner")


class Gate:
    """WSGI middleware that answers 403 to strangers, and to who takes the bucket for somebody else's."""

    def __init__(self, app: App, access_key: str, account: str) -> None:
        self._app = app
        self._key = access_key.encode()
        self._account = account

    def __call__(self, environ: Environ, respond: Respond) -> Iterable[bytes]:
        """Let the request through or refuse it."""
        is_translate = "HTTP_X_AMZ_TARGET" in environ
        if not self._is_welcome(environ):
            drain(environ, _DRAINED)
            code = "AccessDeniedException" if is_translate else "AccessDenied"
            return refusal(environ, respond, code, _STRANGER, 403)
        if not is_translate and any(owner != self._account for owner in expected_owners(environ)):
            drain(environ)
            return refusal(environ, respond, "AccessDenied", "Access Denied", 403)
        return self._app(environ, respond)

    def _is_welcome(self, environ: Environ) -> bool:
        if "HTTP_ORIGIN" in environ or environ.get("PATH_INFO", "").startswith("/moto-api"):
            return False
        return hmac.compare_digest(named_key(environ).encode(), self._key)


class Notice:
    """WSGI middleware that calls `changed` after every request that may have changed something in S3 or IAM.

    Amazon Translate (known by its target header) looks after itself, and is asked for its state all the time.
    """

    def __init__(self, app: App, changed: Callable[[], None]) -> None:
        self._app = app
        self._changed = changed

    def __call__(self, environ: Environ, respond: Respond) -> Iterable[bytes]:
        """Pass the request on."""
        answer = self._app(environ, respond)
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") and "HTTP_X_AMZ_TARGET" not in environ:
            self._changed()
        return answer


def named_key(environ: Environ) -> str:
    """Return the access key that a request names, in its Authorization header or its pre-signed query; "" if none."""
    authorization = environ.get("HTTP_AUTHORIZATION", "")
    if authorization.startswith("AWS4-"):
        credential: str = authorization.partition("Credential=")[2]
        return credential.split("/", maxsplit=1)[0].split(",", maxsplit=1)[0]
    query = parse_qs(environ.get("QUERY_STRING", ""))
    credential = (query.get("X-Amz-Credential") or query.get("AWSAccessKeyId") or [""])[0]
    return credential.split("/")[0]


def expected_owners(environ: Environ) -> list[str]:
    """Return the accounts that a request expects to own the buckets it is about, from its headers or its query."""
    headers = [environ.get("HTTP_" + name.upper().replace("-", "_")) for name in _OWNERS]
    query = {name.lower(): value for name, value in parse_qsl(environ.get("QUERY_STRING", ""))}
    return [owner for owner in (*headers, *(query.get(name) for name in _OWNERS)) if owner]


def drain(environ: Environ, most: int | None = None) -> None:
    """Read the body of a request that nobody needs: the connection can be used again, and the client hears."""
    left = int(environ.get("CONTENT_LENGTH") or 0)
    left = left if most is None else min(left, most)
    while left > 0 and (piece := environ["wsgi.input"].read(min(left, 1 << 16))):
        left -= len(piece)


def refusal(environ: Environ, respond: Respond, code: str, message: str, status: int) -> Iterable[bytes]:
    """Answer with an error in the form of the service that was asked: JSON of Amazon Translate, or XML."""
    if "HTTP_X_AMZ_TARGET" in environ:
        kind, body = "application/x-amz-json-1.1", json.dumps({"__type": code, "message": message}).encode()
    else:
        told = f"<Error><Code>{code}</Code><Message>{message}</Message></Error>"
        is_query = environ["REQUEST_METHOD"] == "POST" and environ.get("PATH_INFO") == "/"
        kind, body = "application/xml", (f"<ErrorResponse>{told}</ErrorResponse>" if is_query else told).encode()
    if environ["REQUEST_METHOD"] == "HEAD":
        body = b""
    respond(f"{status} {HTTPStatus(status).phrase}", [("Content-Type", kind), ("Content-Length", str(len(body)))])
    return [body]
