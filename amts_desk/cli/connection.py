"""The connection a command works over: the project's, the one its options name, or offline practice."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from amts_desk.core.errors import DeskError, ServiceError

if TYPE_CHECKING:
    from amts_desk.aws.cloud import Cloud
    from amts_desk.core.amazon import Connection
    from amts_desk.store.project import Project

_UNREACHABLE = ("EndpointConnectionError", "ConnectionClosedError", "ConnectTimeoutError", "ReadTimeoutError")


@dataclass(frozen=True, slots=True)
class Opened:
    """The clients, and the project when one was named."""

    cloud: Cloud
    project: Project | None

    def required_project(self, what: str) -> Project:
        """Return the project. Raises DeskError when none was named."""
        if self.project is None:
            raise DeskError(f"{what} needs a project.", "Name it with --project.")
        return self.project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options that name a connection."""
    group = parser.add_argument_group("connection (default: offline practice)")
    group.add_argument("--project", metavar="PROJECT.amts", help="use the project and its connection")
    group.add_argument("--profile", default="", help="AWS profile")
    group.add_argument("--region", default="", help="AWS Region")
    group.add_argument("--endpoint-url", metavar="URL", default="", help="another address than Amazon's")
    group.add_argument("--bucket", default="", help="S3 bucket for input and output")
    group.add_argument("--role-arn", metavar="ARN", default="", help="role that lets Amazon Translate use the bucket")


@contextmanager
def opened(arguments: argparse.Namespace) -> Iterator[Opened]:
    """Open what the arguments name, and close it when the block ends. Raises DeskError."""
    from amts_desk.flows.connecting import Line
    from amts_desk.store.project import Project

    with ExitStack() as stack:
        project = stack.enter_context(Project.open(Path(arguments.project))) if arguments.project else None
        named = _connection(arguments)
        connection = project.connection if project and not _is_named(arguments) else named
        line = stack.enter_context(Line(connection))
        with _told(arguments.endpoint_url):
            yield Opened(line.open(), project)


def _is_named(arguments: argparse.Namespace) -> bool:
    return any((arguments.profile, arguments.region, arguments.endpoint_url, arguments.bucket, arguments.role_arn))


def _connection(arguments: argparse.Namespace) -> Connection:
    """Return the connection of the options; credentials stay where botocore finds them."""
    from amts_desk.core.amazon import Connection

    if not _is_named(arguments):
        return Connection()
    url = arguments.endpoint_url
    if url and not urlsplit(url).hostname:
        raise DeskError(f"“{url}” is not an address.", "Write it like http://127.0.0.1:5000.")
    return Connection(
        arguments.region or os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-west-2",
        arguments.bucket,
        role_arn=arguments.role_arn,
        profile=arguments.profile,
        endpoint_url=url,
        is_offline=urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1"),
    )


@contextmanager
def _told(url: str) -> Iterator[None]:
    """Name the address that was given when nothing answers there."""
    try:
        yield
    except ServiceError as error:
        if url and error.code in _UNREACHABLE:
            raise ServiceError(f"Nothing answers at {url}.", "Check the address and the port.", error.code) from error
        raise
