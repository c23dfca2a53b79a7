"""One connection to Amazon (or to the local endpoint), and its errors in sentences.

Credentials come from botocore's own chain by profile name; only offline practice passes keys, its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from amts_desk.core.amazon import Connection
from amts_desk.core.errors import ServiceError

_ADVICE = {
    "AccessDeniedException": "Ask whoever manages the account for the permission that is named.",
    "AccessDenied": "Ask whoever manages the account for access to the bucket.",
    "NotAuthorizedException": "Not every Region offers batch jobs: choose us-east-1, us-west-2 or eu-west-1.",
    "UnrecognizedClientException": "The keys are not valid there: check the profile.",
    "InvalidClientTokenId": "The keys are not valid there: check the profile.",
    "InvalidSignatureException": "Check this computer's clock.",
    "ExpiredTokenException": "Sign in again and repeat it.",
    "ExpiredToken": "Sign in again and repeat it.",
    "ConflictException": "Choose another name, or update what is there.",
    "ConcurrentModificationException": "Amazon takes one parallel data at a time: wait until the other is ready.",
    "LimitExceededException": "Wait until other work of the account has ended, or ask Amazon for a higher limit.",
    "TooManyRequestsException": "Wait a little and repeat it.",
    "ResourceNotFoundException": "Check the name and the Region.",
    "NoSuchBucket": "Check the bucket's name in the connection.",
    "TextSizeLimitExceededException": "Send a shorter text.",
}
_PASSING = {
    "ThrottlingException", "TooManyRequestsException", "InternalServerException", "InternalFailure",
    "ServiceUnavailableException", "ServiceUnavailable", "SlowDown", "RequestTimeout", "InternalError",
    "ConcurrentModificationException",
}  # fmt: skip
_UNREACHABLE = {
    "EndpointConnectionError", "ProxyConnectionError", "ConnectionClosedError", "ConnectTimeoutError",
    "ReadTimeoutError", "ResponseStreamingError", "IncompleteReadError",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the calls are made as, and where they go."""

    account: str
    arn: str
    endpoint: str


class Cloud:
    """The clients of one connection; made when first used, and to be used by one thread at a time."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @cached_property
    def s3(self) -> Any:
        """The S3 client."""
        return self._client("s3")

    @cached_property
    def translate(self) -> Any:
        """The Amazon Translate client."""
        return self._client("translate")

    def identity(self) -> Identity:
        """Return who the calls are made as. Raises ServiceError when nobody is signed in."""
        with self.calling("AWS sign-in"):
            client = self._client("sts")
            answer = client.get_caller_identity()
        return Identity(answer["Account"], answer["Arn"], client.meta.endpoint_url)

    @contextmanager
    def calling(self, what: str) -> Iterator[None]:
        """Turn botocore's errors in the block into a ServiceError that begins with `what` was attempted."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            yield
        except ClientError as error:
            raise _refused(what, error.response.get("Error", {})) from error
        except BotoCoreError as error:
            raise self._unreachable(what, error) from error

    def _client(self, service: str) -> Any:
        import boto3
        from botocore.config import Config

        connection = self.connection
        access, secret = connection.keys or (None, None)
        session = boto3.Session(
            profile_name=connection.profile or None,
            region_name=connection.region,
            aws_access_key_id=access,
            aws_secret_access_key=secret,
        )
        # Offline answers come at once or not at all; Amazon's may take their time.
        timeout = 10 if connection.is_offline else 60
        config = Config(
            signature_version="s3v4" if service == "s3" else None, connect_timeout=timeout, retries={"mode": "standard"}
        )
        try:
            return session.client(service, endpoint_url=connection.endpoint_url or None, config=config)
        except ValueError as error:
            if "endpoint" not in str(error):
                raise
            raise ServiceError(
                f"“{connection.endpoint_url}” is not the address of an endpoint.",
                "Write it like http://127.0.0.1:4566.",
            ) from error

    def _unreachable(self, what: str, error: Exception) -> ServiceError:
        name = type(error).__name__
        if name in _UNREACHABLE:
            where = "The local endpoint of offline practice" if self.connection.is_offline else "Amazon"
            advice = "Repeat it: the endpoint is started again." if self.connection.is_offline else "Check the network."
            return ServiceError(f"{where} could not be reached ({what}).", advice, name, passing=True)
        if any(word in name for word in ("Credential", "Token", "SSO", "Login", "Profile")):
            profile = self.connection.profile or "default"
            return ServiceError(
                f"Nobody is signed in to AWS as “{profile}” ({what}).",
                f"Sign in with “aws sso login --profile {profile}” or choose another profile.",
                name,
            )
        reason = " ".join(str(error).split()).rstrip(".")
        return ServiceError(f"{what} failed: {reason}.", "Check the connection's settings.", name)


def _refused(what: str, error: dict[str, str]) -> ServiceError:
    code = error.get("Code", "unknown")
    message = error.get("Message", "").strip().rstrip(".")
    advice = _ADVICE.get(code, "Correct what it names and repeat it.")
    return ServiceError(f"{what} was refused: {message or code} ({code}).", advice, code, passing=code in _PASSING)
