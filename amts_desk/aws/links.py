"""Files behind the presigned links that Amazon Translate hands out, good for 30 minutes and for whoever has them.

So a link is followed at once; no message, log or file ever holds one.
"""

from __future__ import annotations

import json
import re
from typing import BinaryIO
from urllib.parse import urlsplit

from amts_desk.core.amazon import ImportMessage
from amts_desk.core.errors import ServiceError

_CHUNK = 1 << 18
_AT_HOME = {"127.0.0.1", "localhost", "::1"}
_NUMBER = re.compile(r"\d+")


def fetch(link: str, stream: BinaryIO, what: str, largest: int | None = None) -> None:
    """Write the file behind a link to `stream`. Raises ServiceError that begins with `what` was attempted.

    A link must be https, or lead to this machine (offline practice). `largest` is how many bytes the file may have.
    """
    from botocore.awsrequest import AWSRequest
    from botocore.exceptions import BotoCoreError
    from botocore.httpsession import URLLib3Session
    from botocore.response import StreamingBody
    from botocore.utils import get_environ_proxies

    parts = urlsplit(link)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _AT_HOME):
        raise ServiceError(f"{what} failed: the link is not safe.", "Look at it in the AWS console.")
    request = AWSRequest("GET", link, stream_output=True).prepare()
    try:
        answer = URLLib3Session(proxies=get_environ_proxies(link), timeout=60).send(request)
        if answer.status_code != 200:
            raise ServiceError(
                f"{what} was refused (HTTP {answer.status_code}).", "Repeat it: the link may have expired."
            )
        size = 0
        body = StreamingBody(answer.raw, answer.headers.get("content-length"))
        for chunk in body.iter_chunks(_CHUNK):
            size += len(chunk)
            if largest is not None and size > largest:
                raise ServiceError(f"{what} failed: it is larger than {largest:,} bytes.", "Look at it in the console.")
            stream.write(chunk)
    except BotoCoreError:
        # The error's own words hold the link.
        raise ServiceError(f"{what} failed: it could not be reached.", "Repeat it.", passing=True) from None


def read_messages(data: bytes) -> list[ImportMessage]:
    """Return the messages of an error file, as the developer guide shows one. Raises ServiceError for another file.

    "Number 3 TU element" is the third record of a TMX file; "Number 3 line" the second, below the row of languages.
    """
    try:
        found = json.loads(data)["messages"]
        return [_message(str(entry["content"]), str(entry["message"])) for entry in found]
    except (ValueError, KeyError, TypeError) as error:
        raise ServiceError("The error file of the parallel data cannot be read.", "See it in the console.") from error


def _message(content: str, message: str) -> ImportMessage:
    number = _NUMBER.search(content)
    record = int(number.group()) if number else 0
    return ImportMessage(max(0, record - 1) if "line" in content else record, content, message)
