"""Reach what a project's connection names: AWS as it is, or offline practice, which is started on demand."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from amts_desk.aws.cloud import Cloud
from amts_desk.core.amazon import Connection
from amts_desk.endpoint.process import LocalEndpoint, start
from amts_desk.store.places import data_folder


def practice_folder() -> Path:
    """Return the folder that holds the state of offline practice."""
    return data_folder() / "practice"


class Line:
    """The line to Amazon or to offline practice, kept open for a session. Use it from any thread, call by call."""

    def __init__(self, connection: Connection, folder: Path | None = None) -> None:
        self._settings = connection
        self._folder = folder or practice_folder()
        self._endpoint: LocalEndpoint | None = None
        self._cloud: Cloud | None = None
        self._starting = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self) -> Cloud:
        """Return the clients, the same ones each time; starts the local endpoint when it does not run (any more).

        Raises DeskError when the endpoint cannot be started.
        """
        connection = self.connection()
        with self._starting:
            if self._cloud is None or self._cloud.connection != connection:
                self._cloud = Cloud(connection)
            return self._cloud

    def connection(self) -> Connection:
        """Return the connection as it can be used now: offline with the endpoint's address and keys."""
        if not self._settings.is_offline or self._settings.endpoint_url:
            return self._settings
        with self._starting:
            if self._endpoint is not None and not self._endpoint.is_running:
                self._endpoint.stop()
                self._endpoint = None
            if self._endpoint is None:
                self._endpoint = start(self._folder)
            endpoint = self._endpoint
        return replace(
            self._settings,
            region=endpoint.region,
            bucket=endpoint.bucket,
            role_arn=endpoint.role_arn,
            endpoint_url=endpoint.url,
            keys=(endpoint.access_key, endpoint.secret_key),
        )

    def close(self) -> None:
        """Stop the local endpoint if this line started it; its state is kept on disk."""
        if self._endpoint is not None:
            self._endpoint.stop()
            self._endpoint = None
