"""What the core of the endpoint needs from the world outside, so that tests can give it a small world of their own."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol

from amts_desk.endpoint.engine import Engine

Step = Callable[[], None]


class Cloud(Protocol):
    """The other services of the account, as Amazon Translate sees them."""

    def region(self, bucket: str) -> str | None:
        """Return the Region of a bucket, None when there is no such bucket."""

    def names(self, bucket: str, prefix: str) -> list[str]:
        """Return the keys of a bucket that begin with `prefix`, sorted."""

    def read(self, bucket: str, key: str) -> bytes:
        """Return an object. Raises LookupError when it is not there."""

    def open(self, bucket: str, key: str) -> BinaryIO:
        """Return an object as a stream, to be closed. Raises LookupError when it is not there."""

    def size(self, bucket: str, key: str) -> int:
        """Return how many bytes an object has, 0 when it is not there."""

    def copy(self, source: tuple[str, str], target: tuple[str, str]) -> None:
        """Copy an object, (bucket, key) to (bucket, key). Raises LookupError when it is not there."""

    def write(self, bucket: str, key: str, body: bytes, content_type: str) -> None:
        """Store an object in place of what stood there. Raises LookupError when there is no such bucket."""

    def remove(self, bucket: str, prefix: str) -> None:
        """Delete every object whose key begins with `prefix`."""

    def create_bucket(self, bucket: str) -> None:
        """Make a bucket of the service's own unless it is there."""

    def trust_policy(self, role_arn: str) -> str | None:
        """Return the trust policy (JSON) of a role, None when there is no such role."""

    def role_policies(self, role_arn: str) -> list[str]:
        """Return the policies (JSON) of a role: its own and those attached to it."""

    def link(self, bucket: str, key: str) -> str:
        """Return a pre-signed URL of an object, good for 30 minutes."""


class StateLock:
    """A lock that the thread that has it may take again, and that no other one gets once it is closed.

    Who comes too late waits until the process ends: what it wanted to do is neither done nor answered.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._depth = 0
        self._is_closed = False

    def __enter__(self) -> None:
        """Take it."""
        self._lock.acquire()
        if self._is_closed and not self._depth:
            self._lock.release()
            self._wait_for_the_end()
        self._depth += 1

    def __exit__(self, *_: object) -> None:
        """Give it back."""
        self._depth -= 1
        self._lock.release()

    def require_open(self) -> None:
        """Return at once while the lock is open, and not at all any more when it is closed."""
        if self._is_closed:
            self._wait_for_the_end()

    def close(self) -> None:
        """Take it for good. Of those who wait for it nobody is let in before."""
        self._is_closed = True
        self._lock.acquire()
        self._depth += 1

    def _wait_for_the_end(self) -> None:
        threading.Event().wait()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Clock, scheduler, memory and translation engine of one endpoint."""

    engine: Engine
    later: Callable[[Step], None]
    """Carries out a step of a life cycle after the usual delay; never at once."""
    keep: Callable[[], None] = lambda: None
    """Puts everything on disk; called after each change, without the lock, and before it is answered."""
    clock: Callable[[], float] = time.time
    lock: StateLock = field(default_factory=StateLock)
    """Held by whoever changes the state and by whoever puts it on disk: no half of a change is ever kept."""


def after(delay: float) -> Callable[[Step], None]:
    """Return a scheduler that carries out each step in a thread of its own, `delay` seconds later."""

    def later(step: Step) -> None:
        timer = threading.Timer(delay, _reported, [step])
        timer.daemon = True
        timer.start()

    return later


def _reported(step: Step) -> None:
    try:
        step()
    except Exception:
        logging.getLogger(__name__).exception("A step of the endpoint failed")


def split_uri(uri: str) -> tuple[str, str]:
    """Return bucket and key of an `s3://` URI."""
    bucket, _, key = uri.removeprefix("s3://").partition("/")
    return bucket, key
