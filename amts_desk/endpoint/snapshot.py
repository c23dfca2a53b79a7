"""Everything the endpoint knows, in one folder, so that it survives a restart and a crash.

    state.json      the index: buckets, objects, roles, parallel data, jobs; replaced as a whole, never edited
    objects/<hash>  the bytes of objects under their SHA-256; written once

`save` puts down everything now (before a change to parallel data or a job is answered), for all who wait for it at
once; `touch` a moment later, for the many small changes of an upload. Whoever changes the state does so under the
snapshot's `lock`, and saves when it is free again: a change and the token that it answers to are on disk together or
not at all. Once saved, the bytes of an object are nowhere but in their file.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from amts_desk.core.errors import DeskError
from amts_desk.endpoint import memory
from amts_desk.endpoint.contents import move_to_disk, pieces_of
from amts_desk.endpoint.surroundings import StateLock

_VERSION = 1
_MOMENT = 0.3  # seconds between the first of many small changes and the saving
_log = logging.getLogger(__name__)


class Snapshot:
    """The state of the endpoint in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._index = folder / "state.json"
        self._objects = folder / "objects"
        self._objects.mkdir(parents=True, exist_ok=True)
        self._known: dict[tuple[str, str], tuple[Any, str]] = {}
        self.lock = StateLock()
        self._saving = threading.Lock()
        self._asked = self._saved = 0
        self._touched = threading.Event()
        self._closed = threading.Event()
        self._saver = threading.Thread(target=self._save_touched, daemon=True)

    def restore(self) -> bool:
        """Bring back what was saved; return whether there was anything.

        Raises DeskError when the index cannot be read or was written by a newer version.
        """
        state = self._read_index()
        if state is not None:
            with self.lock:  # what goes on again must not be saved before all of it is there
                memory.restore_buckets(state["buckets"], self._fill)
                memory.restore_roles(state["roles"])
                memory.restore_services(state["translate"])
                self._sweep(state)
        self._saver.start()
        return state is not None

    def save(self) -> None:
        """Put everything on disk; it is there when this returns. Not to be called with the lock."""
        self._asked = mine = self._asked + 1
        with self._saving:
            if self._saved < mine:  # else somebody has done it while this one waited
                self._save()

    def _save(self) -> None:
        for bucket, key in memory.objects():  # what takes long, while the others can go on
            self._kept(bucket, key, {})
        asked = self._asked
        with self.lock:
            seen: dict[tuple[str, str], tuple[Any, str]] = {}
            # Services first: an object that a service names must not be missing because it was written in between.
            services = memory.services()
            buckets = memory.buckets(lambda bucket, key: self._kept(bucket, key, seen))
            state = {"version": _VERSION, "buckets": buckets, "roles": memory.roles(), "translate": services}
            self._known = seen
        _write(self._index, [json.dumps(state).encode()])
        self._saved = asked

    def touch(self) -> None:
        """Have everything on disk in a moment. Does not return any more once the snapshot is closed."""
        self._touched.set()
        self.lock.require_open()

    def close(self) -> None:
        """Save for the last time, and keep the lock: what comes later is neither changed, nor saved, nor answered.

        Otherwise a client could be told of a job that nobody remembers, and the state of the next endpoint of the
        folder be overwritten with an older one.
        """
        self._saving.acquire()
        self.lock.close()
        self._save()
        self._closed.set()
        self._touched.set()

    def _save_touched(self) -> None:
        while not self._closed.is_set():
            self._touched.wait()
            self._closed.wait(_MOMENT)
            self._touched.clear()
            try:
                self.save()
            except OSError:
                _log.exception("The state of the endpoint could not be saved")

    def _kept(self, bucket: str, key: Any, seen: dict[tuple[str, str], tuple[Any, str]]) -> str | None:
        """Return the hash under which an object's bytes are on disk, None when it was overwritten meanwhile."""
        name = (bucket, key.name)
        known = self._known.get(name)
        if known is None or known[0] is not key:
            try:
                known = (key, self._put_away(key))
            except ValueError:  # moto has closed its buffer
                return None
            self._known[name] = known
        seen[name] = known
        return known[1]

    def _put_away(self, key: Any) -> str:
        found = hashlib.sha256()
        for piece in pieces_of(key):
            found.update(piece)
        path = self._objects / found.hexdigest()
        if not path.exists():
            _write(path, pieces_of(key))
        move_to_disk(key, path)
        return path.name

    def _fill(self, bucket: str, key: Any, blob: str) -> None:
        move_to_disk(key, self._objects / blob)
        self._known[bucket, key.name] = (key, blob)

    def _read_index(self) -> dict[str, Any] | None:
        try:
            state: dict[str, Any] = json.loads(self._index.read_text("utf-8"))
        except FileNotFoundError:
            return None
        except ValueError as error:
            raise DeskError(
                f"The state of offline practice cannot be read ({self._index}: {error}).",
                "Move its folder away to begin anew.",
            ) from error
        if state.get("version") != _VERSION:
            raise DeskError(
                f"The state of offline practice was written by another version of AMTS Desk ({self._index}).",
                "Use that version, or move its folder away to begin anew.",
            )
        return state

    def _sweep(self, state: dict[str, Any]) -> None:
        used = {kept["blob"] for bucket in state["buckets"] for kept in bucket["objects"]}
        for path in self._objects.iterdir():
            if path.name not in used:
                path.unlink()


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file so that it is there whole or not at all."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(pieces)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    Path(name).replace(path)
