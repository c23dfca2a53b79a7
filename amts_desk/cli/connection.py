"""The connection a command works over: the project's, the one its options name, or offline practice."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from amts_desk.core.errors import DeskError, ServiceError

if TYPE_CHECKING:
    from amts_desk.aws.cloud import Cloud
    from amts_desk.core.amazon import Connection
    from amts_desk.store.project import Project

_OPTIONS = ("profile", "region", "endpoint_url", "bucket", "prefix", "role_arn")
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
    group.add_argument("--prefix", metavar="FOLDER", default="", help="folder in the bucket (default: amts)")
    group.add_argument("--role-arn", metavar="ARN", default="", help="role that lets Amazon Translate use the bucket")


@contextmanager
def opened(arguments: argparse.Namespace) -> Iterator[Opened]:
    """Open what the arguments name, and close it when the block ends. Raises DeskError."""
    from amts_desk.flows.connecting import Line
    from amts_desk.store.project import Project

    with ExitStack() as stack:
        project = stack.enter_context(Project.open(Path(arguments.project))) if arguments.project else None
        line = stack.enter_context(Line(named_connection(arguments, project)))
        with _told(arguments.endpoint_url):
            yield Opened(line.open(), project)


def is_named(arguments: argparse.Namespace) -> bool:
    """Whether the options name a connection, or a part of one."""
    return any(getattr(arguments, name) for name in _OPTIONS)


def named_connection(arguments: argparse.Namespace, project: Project | None) -> Connection:
    """Return the connection of the project, with what the options name in its place; offline practice without both.

    Credentials stay where botocore finds them. Raises DeskError for an address that is none.
    """
    from amts_desk.core.amazon import Connection

    base = project.connection if project else Connection()
    if not is_named(arguments):
        return base
    url = arguments.endpoint_url
    if url and not urlsplit(url).hostname:
        raise DeskError(f"“{url}” is not an address.", "Write it like http://127.0.0.1:5000.")
    if base.is_offline:
        base = Connection(os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-west-2")
    given = {name: value for name in _OPTIONS if (value := getattr(arguments, name))}
    is_offline = urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1")
    account = "" if "profile" in given else base.account
    return replace(base, **given, is_offline=is_offline, account=account)


def tell_elsewhere(over: Opened) -> None:
    """Say on stderr when calls do not go to Amazon itself, before anything is agreed to. Raises ServiceError."""
    from amts_desk.aws.access_checks import endpoint_check
    from amts_desk.core.checks import Verdict

    with over.cloud.calling("Looking at the endpoint"):
        check = endpoint_check(over.cloud)
    if check.verdict is not Verdict.OK:
        print(f"amts-desk: {check}", file=sys.stderr)


@contextmanager
def _told(url: str) -> Iterator[None]:
    """Name the address that was given when nothing answers there."""
    try:
        yield
    except ServiceError as error:
        if url and error.code in _UNREACHABLE:
            raise ServiceError(f"Nothing answers at {url}.", "Check the address and the port.", error.code) from error
        raise
