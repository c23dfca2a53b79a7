"""One connection to Amazon (or to the local endpoint), and its errors in sentences.

Credentials come from botocore's own chain by profile name; only offline practice passes keys, its own, and then
nothing is read from the person's AWS files, nor from variables that speak of AWS.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from amts_desk.aws.failures import failed
from amts_desk.aws.refusals import refused
from amts_desk.core.amazon import Connection
from amts_desk.core.errors import ServiceError

_OWNER = "ExpectedBucketOwner"
_OFFLINE_SECONDS, _SECONDS = 10, 60
"""How long a connection may take: offline answers come at once or not at all; Amazon's may take their time."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the calls are made as, and where they go."""

    account: str
    arn: str
    endpoint: str


class Cloud:
    """The clients of one connection, each made when first used. Any thread may use them."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._clients: dict[str, Any] = {}
        self._account = ""
        self._making = threading.RLock()

    @property
    def s3(self) -> Any:
        """The S3 client. Every call of it that can names the account that must own the bucket."""
        return self.client("s3")

    @property
    def translate(self) -> Any:
        """The Amazon Translate client."""
        return self.client("translate")

    @property
    def account(self) -> str:
        """The number of the account that the calls are made for, asked once. Raises ServiceError."""
        with self._making:
            return self._account or self.identity().account

    @property
    def known_account(self) -> str:
        """The account as far as it was asked for already, else ""."""
        return self._account

    def identity(self) -> Identity:
        """Return who the calls are made as. Raises ServiceError when nobody is signed in."""
        with self.calling("AWS sign-in"):
            client = self.client("sts")
            answer = client.get_caller_identity()
        self._account = answer["Account"]
        return Identity(answer["Account"], answer["Arn"], client.meta.endpoint_url)

    def has(self, uri: str) -> bool:
        """Return whether an s3:// address lies in the connection's bucket: what has another one went elsewhere."""
        return uri.startswith(f"s3://{self.connection.bucket}/")

    @contextmanager
    def calling(self, what: str) -> Iterator[None]:
        """Turn botocore's errors in the block into a ServiceError that begins with `what` was attempted."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            yield
        except (BotoCoreError, ClientError) as error:
            told = (
                refused(what, error.response)
                if isinstance(error, ClientError)
                else failed(what, error, self.connection)
            )
            if told.needs_sign_in:
                self._forget()
            raise told from error

    def client(self, service: str) -> Any:
        """Return the client of a service by botocore's name of it; use it inside `calling`. Raises ServiceError."""
        with self._making:
            if service not in self._clients:
                self._clients[service] = self._made(service)
            return self._clients[service]

    def _forget(self) -> None:
        """Make everything anew next time: a client keeps the credentials that it was made with, or their lack."""
        with self._making:
            self._clients.clear()
            self._account = ""

    def _made(self, service: str) -> Any:
        try:
            client = self._session().client(
                service, endpoint_url=self.connection.endpoint_url or None, config=self._config(service)
            )
        except ValueError as error:
            if "endpoint" not in str(error):
                raise
            raise ServiceError(
                f"“{self.connection.endpoint_url}” is not the address of an endpoint.",
                "Write it like http://127.0.0.1:4566.",
            ) from error
        if service == "s3":
            client.meta.events.register("provide-client-params.s3", self._with_owner)
        return client

    def _session(self) -> Any:
        import boto3

        connection = self.connection
        if connection.keys is None:
            return boto3.Session(profile_name=connection.profile or None, region_name=connection.region)
        access, secret = connection.keys
        return boto3.Session(
            aws_access_key_id=access,
            aws_secret_access_key=secret,
            region_name=connection.region,
            botocore_session=_blind_session(),
        )

    def _config(self, service: str) -> Any:
        from botocore.config import Config

        is_practice = self.connection.keys is not None
        return Config(
            signature_version="s3v4" if service == "s3" else None,
            connect_timeout=_OFFLINE_SECONDS if self.connection.is_offline else _SECONDS,
            retries={"mode": "standard"},
            # The endpoint of this computer is behind no proxy and has no other form.
            proxies={} if is_practice else None,
            use_fips_endpoint=False if is_practice else None,
            use_dualstack_endpoint=False if is_practice else None,
        )

    def _with_owner(self, params: Mapping[str, Any], model: Any, **_: object) -> dict[str, Any] | None:
        """Name the owner in the parameters of an operation that takes it (S3 user guide, "bucket owner condition")."""
        if model.input_shape is None or _OWNER not in model.input_shape.members:
            return None
        return {**params, _OWNER: self.account}


def _blind_session() -> Any:
    """Return a session of botocore that reads neither the AWS files of this computer nor its AWS_PROFILE."""
    import botocore.session

    # Each is (name in the file, variable, default, conversion).
    return botocore.session.Session(
        session_vars={
            "profile": (None, [], None, None),
            "config_file": (None, None, os.devnull, None),
            "credentials_file": (None, None, os.devnull, None),
        }
    )
