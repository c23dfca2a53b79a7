"""One connection to Amazon (or to the local endpoint), and its errors in sentences.

Credentials come from botocore's own chain by profile name; only offline practice passes keys, its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from amts_desk.aws.failures import failed
from amts_desk.aws.refusals import refused
from amts_desk.core.amazon import Connection
from amts_desk.core.errors import ServiceError


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
            raise refused(what, error.response) from error
        except BotoCoreError as error:
            raise failed(what, error, self.connection) from error

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
