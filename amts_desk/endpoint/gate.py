"""The gate in front of everything: only who knows this session's access key gets through, and no web page.

A page in the person's browser can reach 127.0.0.1, and moto would take any POST: so nothing with an Origin header, and
nothing without the key, which is random for each session. Signed requests and pre-signed URLs both name the key.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

Environ = dict[str, Any]
Respond = Callable[..., Any]
App = Callable[[Environ, Respond], Iterable[bytes]]
_SENTENCE = "This is not a request of this session."
_REFUSALS = {
    True: ("application/json", f'{{"__type":"AccessDeniedException","message":"{_SENTENCE}"}}'.encode()),
    False: ("application/xml", f"<Error><Code>AccessDenied</Code><Message>{_SENTENCE}</Message></Error>".encode()),
}
_DRAINED = 1 << 20  # bytes of a refused body that are read, so that the client hears the answer


class Gate:
    """WSGI middleware that answers 403 to strangers."""

    def __init__(self, app: App, access_key: str) -> None:
        self._app = app
        self._key = access_key.encode()

    def __call__(self, environ: Environ, respond: Respond) -> Iterable[bytes]:
        """Let the request through or refuse it."""
        if self._is_welcome(environ):
            return self._app(environ, respond)
        environ["wsgi.input"].read(min(int(environ.get("CONTENT_LENGTH") or 0), _DRAINED))
        kind, body = _REFUSALS["HTTP_X_AMZ_TARGET" in environ]
        respond("403 Forbidden", [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [body]

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
