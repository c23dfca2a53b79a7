"""The local endpoint in the foreground: loads its state, listens on 127.0.0.1, stops with its state saved."""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import stat
import sys
import threading
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from amts_desk.core.errors import DeskError
from amts_desk.endpoint import memory
from amts_desk.endpoint.contents import Uploads, keep_on_disk
from amts_desk.endpoint.faults import FaultPlan, Faulty
from amts_desk.endpoint.gate import Gate, Notice
from amts_desk.endpoint.presign import Presigner
from amts_desk.endpoint.registration import register
from amts_desk.endpoint.session import BUCKET, REGION, ROLE, Claim, Session, new_session
from amts_desk.endpoint.snapshot import Snapshot
from amts_desk.endpoint.surroundings import Surroundings, after
from amts_desk.steps.align.memory import give_back

DELAY = 0.5
"""Seconds between two steps of a life cycle. The real service takes minutes."""
_HOST = "127.0.0.1"
_TRUST = {
    "Effect": "Allow",
    "Principal": {"Service": "translate.amazonaws.com"},
    "Action": "sts:AssumeRole",
    "Condition": {
        "StringEquals": {"aws:SourceAccount": memory.ACCOUNT},
        "StringLike": {"aws:SourceArn": f"arn:aws:translate:*:{memory.ACCOUNT}:*"},
    },
}
_POLICY = {
    "Effect": "Allow",
    "Action": ["s3:ListBucket", "s3:GetObject", "s3:PutObject"],
    "Resource": [f"arn:aws:s3:::{BUCKET}", f"arn:aws:s3:::{BUCKET}/*"],
}


def serve(folder: Path, port: int = 0, delay: float = DELAY, faults: Sequence[str] = ()) -> int:
    """Run the endpoint of `folder` until SIGTERM, Ctrl+C or the end of a piped stdin; return the exit code.

    Prints one line of JSON when ready. When another endpoint has the folder, prints that one's line and waits
    likewise; should the other one end first, this one takes its place, at the same address and with the same keys.
    One whose client is gone before it is ready stands in nobody's way: it ends wherever it is.
    `faults` go wrong on demand, as `faults` the module says. Raises DeskError when the state cannot be read, the port
    is taken or a fault is none.
    """
    plan = FaultPlan(faults, folder)
    stopped = _stop_event()
    claim = Claim(folder)
    session = None if claim.is_ours() else claim.other(stopped.is_set)
    if session is not None:
        _print(session, stopped)
        _load()
    try:
        while not stopped.is_set() and not claim.is_ours(timeout=1.0):
            pass
        if not stopped.is_set():
            _Endpoint(folder, claim, session, port, delay, plan).run(stopped)
    finally:
        claim.give_up()
    return 0


class _Endpoint:
    """The endpoint that has the claim to its folder."""

    def __init__(
        self, folder: Path, claim: Claim, taken_over: Session | None, port: int, delay: float, plan: FaultPlan
    ) -> None:
        self._snapshot = Snapshot(folder)
        self._claim = claim
        self._taken_over = taken_over
        self._server = _listen(int(taken_over.url.rpartition(":")[2]) if taken_over else port)
        self.session = taken_over or new_session(self._server.server_address[1])
        self._folder = folder
        self._delay = delay
        self._plan = plan

    def run(self, stopped: threading.Event) -> None:
        """Serve until `stopped` is set."""
        if stopped.is_set():  # to get here takes seconds
            return
        self._open(self._folder, self._delay)
        threading.Thread(target=self._server.serve_forever, args=[0.1], daemon=True).start()
        if not stopped.is_set():
            self._claim.publish(self.session)
            if not self._taken_over:
                _print(self.session, stopped)
        while not stopped.wait(0.5):  # without a time limit Windows would not hear Ctrl+C
            pass
        self._claim.withdraw()
        self._server.shutdown()
        self._server.server_close()
        self._snapshot.close()

    def _open(self, folder: Path, delay: float) -> None:
        from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

        from amts_desk.endpoint.engines.practice import PracticeEngine

        engine = PracticeEngine(folder / "engine")
        session = self.session
        register(
            Surroundings(engine, after(delay), self._snapshot.save, lock=self._snapshot.lock),
            Presigner(session.url, session.region, session.access_key, session.secret_key),
        )
        keep_on_disk()
        give_back()
        if not self._snapshot.restore():
            _furnish()
            self._snapshot.save()
        app = Notice(Uploads(DomainDispatcherApplication(create_backend_app)), self._snapshot.touch)
        self._server.app = Gate(Faulty(app, self._plan), session.access_key, memory.ACCOUNT)


def _load() -> None:
    """Import what serving takes: who waits for its turn need not do so when it comes."""
    # Read by moto when it is imported; without it every web page could talk to the endpoint.
    os.environ["MOTO_DISABLE_GLOBAL_CORS"] = "1"
    os.environ["MOTO_S3_DEFAULT_KEY_BUFFER_SIZE"] = str(1 << 20)  # bytes of an object that stay in memory until saved
    import_module("moto.moto_server.werkzeug_app")
    import_module("moto.s3.urls")
    import_module("moto.iam.urls")


def _listen(port: int) -> Any:
    _load()
    from moto.moto_server.werkzeug_app import MotoRequestHandler
    from werkzeug.serving import make_server

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    try:
        # Listening first ourselves: werkzeug would print its own words about a taken port and leave the program.
        with socket.create_server((_HOST, port)) as listener:
            descriptor = listener.fileno()
            return make_server(_HOST, 0, _closed, threaded=True, request_handler=MotoRequestHandler, fd=descriptor)
    except OverflowError as error:
        raise DeskError(f"There is no port {port}.", "Choose one from 1 to 65535, or 0 for any.") from error
    except OSError as error:
        raise DeskError(f"Port {port} of {_HOST} is taken.", "Choose another one, or 0 for any.") from error


def _closed(environ: dict[str, Any], respond: Any) -> list[bytes]:
    respond("503 Service Unavailable", [])
    return []


def _furnish() -> None:
    """Make the bucket and the role that practice starts with."""
    closed = [True] * 4
    encryption = {"Rule": {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}}
    bucket = {"name": BUCKET, "region": REGION, "created": 0, "versioning": None, "encryption": encryption}
    memory.restore_buckets([{**bucket, "public_access": closed, "objects": []}], _no_objects)
    role = {"name": ROLE, "path": "/", "trust": _document(_TRUST), "description": "Reads and writes practice files"}
    memory.restore_roles([{**role, "policies": {"practice": _document(_POLICY)}}])


def _no_objects(bucket: str, key: Any, blob: str) -> None:
    """Fill no object: there is none yet."""


def _document(statement: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _print(session: Session, stopped: threading.Event) -> None:
    """Tell the client where the endpoint is; one that does not listen any more is as good as gone."""
    try:
        # Not sys.stdout: what it could not say it would try to say again at its end, and fail once more.
        os.write(sys.stdout.fileno(), f"{session.line()}\n".encode())
    except OSError:
        stopped.set()


def _stop_event() -> threading.Event:
    """Return the event that a signal or the end of a piped stdin sets."""
    stopped = threading.Event()
    for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK"):  # the last two are not everywhere
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: stopped.set())
    if _stdin_is_pipe():
        threading.Thread(target=_read_to_end, args=[stopped], daemon=True).start()
    return stopped


def _stdin_is_pipe() -> bool:
    """Whether somebody holds the other end of stdin; a terminal, a file or /dev/null end at once or never."""
    try:
        mode = os.fstat(0).st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


def _read_to_end(stopped: threading.Event) -> None:
    # Not sys.stdin: a thread that waits in its buffer would keep the interpreter from ending.
    try:
        while os.read(0, 1 << 16):
            pass
    finally:
        stopped.set()
