"""One endpoint a folder: the lock, and the record by which a second one finds the first."""

from __future__ import annotations

import json
import os
import secrets
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from amts_desk.core.errors import DeskError

REGION = "us-east-1"
BUCKET = "amts-practice"
ROLE = "AmtsTranslateData"
_ROLE_ARN = f"arn:aws:iam::123456789012:role/{ROLE}"
_PATIENCE = 60.0  # seconds until a first endpoint that is starting must have written its record


@dataclass(frozen=True, slots=True)
class Session:
    """All that a client needs to use the endpoint: the members of the line it prints."""

    url: str
    region: str
    access_key: str
    secret_key: str
    bucket: str
    role_arn: str

    def line(self) -> str:
        """Return the session as one line of JSON."""
        return json.dumps(asdict(self))


def new_session(port: int) -> Session:
    """Return a session with keys of its own."""
    access_key = "AMTS" + secrets.token_hex(8).upper()
    return Session(f"http://127.0.0.1:{port}", REGION, access_key, secrets.token_urlsafe(30), BUCKET, _ROLE_ARN)


def session_of(line: str) -> Session:
    """Return the session that `line` tells. Raises DeskError when it tells none."""
    try:
        return Session(**json.loads(line))
    except (ValueError, TypeError) as error:
        raise DeskError("The local endpoint did not say where it can be reached.", "Start it again.") from error


class Claim:
    """The right to be the endpoint of a folder. Ends with the process, however that ends."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = FileLock(folder / "endpoint.lock")
        self._record = folder / "endpoint.json"

    def is_ours(self, timeout: float = 0.0) -> bool:
        """Try to get it for up to `timeout` seconds. A record that a dead endpoint left behind is removed."""
        if not self._lock.is_locked:
            try:
                self._lock.acquire(timeout=timeout, poll_interval=0.05)
            except Timeout:
                return False
            self._record.unlink(missing_ok=True)
        return True

    def publish(self, session: Session) -> None:
        """Let others find the session; only this person can read the record."""
        descriptor, name = tempfile.mkstemp(dir=self._record.parent, prefix=".part-")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(session.line())
        Path(name).replace(self._record)

    def other(self, is_over: Callable[[], bool] = lambda: False) -> Session | None:
        """Return the session of the endpoint that has the claim; None when it is ours meanwhile.

        None also as soon as `is_over` says that nobody waits for an answer any more. Raises DeskError when the other
        one has not said where it is within a minute.
        """
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            if is_over():
                return None
            try:
                return session_of(self._record.read_text("utf-8"))
            except FileNotFoundError:
                if self.is_ours(timeout=0.2):
                    return None
        raise DeskError(
            f"Another endpoint has the folder {self._record.parent} but cannot be reached.",
            "End it, or use another folder.",
        )

    def withdraw(self) -> None:
        """Tell nobody about the session any more: it is about to end. Whoever asks now waits for the claim itself."""
        self._record.unlink(missing_ok=True)

    def give_up(self) -> None:
        """Let another endpoint have the folder. Does nothing when another one has it."""
        if self._lock.is_locked:
            self.withdraw()
            self._lock.release()
