"""What is on disk is whole at every moment: a change together with its token, and nothing after the end."""

import json
import threading
from contextlib import suppress

import pytest

from amts_desk.endpoint import memory
from amts_desk.endpoint import snapshot as snapshot_module
from amts_desk.endpoint.service import TranslateService
from amts_desk.endpoint.snapshot import Snapshot
from amts_desk.endpoint.surroundings import StateLock, Surroundings
from tests.unit.endpoint.conftest import ACCOUNT, REGION, until


class EndedError(OSError):
    """What would wait until the end of the process ends here at once."""


class ToldLock(StateLock):
    """A lock that tells when somebody has to wait for it."""

    def __init__(self):
        super().__init__()
        self.somebody_waits = threading.Event()

    def __enter__(self):
        if self._lock.acquire(blocking=False):
            self._lock.release()
        else:
            self.somebody_waits.set()
        super().__enter__()

    def _wait_for_the_end(self):
        raise EndedError


@pytest.fixture
def snapshot(world, tmp_path, monkeypatch):
    """The state of the small world on disk, and nothing else of the cloud."""
    monkeypatch.setattr(memory, "buckets", lambda kept: [])
    monkeypatch.setattr(memory, "objects", list)
    monkeypatch.setattr(memory, "roles", list)
    monkeypatch.setattr(memory, "services", lambda: {REGION: world.service.dump()})
    monkeypatch.setattr(memory, "restore_services", lambda states: None)
    made = Snapshot(tmp_path)
    made.lock = ToldLock()
    return made


def serve(world, snapshot, later, keep):
    around = Surroundings(world.engine, later, keep, lambda: world.now, snapshot.lock)
    world.service = TranslateService(ACCOUNT, REGION, world.cloud, around)


def state(folder):
    return json.loads((folder / "state.json").read_text("utf-8"))["translate"][REGION]


@pytest.mark.parametrize("change", ["start", "create"])
def test_what_is_saved_in_the_middle_of_a_change_is_not_half_of_it(world, snapshot, tmp_path, change):
    """The endpoint dies after a saving that a small change had asked for, and before that of the change itself."""

    def save():
        snapshot.save()
        snapshot.lock.somebody_waits.set()

    saving = threading.Thread(target=save)

    def in_the_middle(step):
        saving.start()
        snapshot.lock.somebody_waits.wait()

    serve(world, snapshot, in_the_middle, keep=lambda: None)
    world.put("in/a.txt", "One")
    first = getattr(world, change)()
    saving.join()
    world.kept.append(state(tmp_path))
    world.restart()
    assert getattr(world, change)() == first
    assert len(world.call("ListTextTranslationJobs")["TextTranslationJobPropertiesList"]) == (change == "start")


@pytest.fixture
def closed(world, snapshot):
    """The world after the last saving of its endpoint, which happened while a job was running."""
    serve(world, snapshot, world.waiting.append, snapshot.save)
    world.put("in/a.txt", "One")
    number = world.start()
    world.tick()
    snapshot.restore()
    snapshot.close()
    return number


@pytest.mark.parametrize("change", ["start", "touch", "tick"])
def test_after_the_last_saving_nothing_is_changed_saved_or_answered(world, snapshot, closed, tmp_path, change):
    """Neither a job nor an upload nor the end of a job: the next endpoint of the folder would know nothing of it."""
    before, answers = (tmp_path / "state.json").read_bytes(), []
    calls = {
        "start": lambda: world.start(ClientToken="other"),
        "touch": snapshot.touch,
        "tick": world.tick,
    }

    def ask():
        with suppress(EndedError):
            answers.append(calls[change]())

    asking = threading.Thread(target=ask)
    asking.start()
    snapshot.lock.__exit__()  # which never happens but here: the process ends
    asking.join()
    assert answers == []
    assert (tmp_path / "state.json").read_bytes() == before
    assert [job["status"] for job in state(tmp_path)["jobs"]] == ["IN_PROGRESS"]
    assert world.job(closed)["JobStatus"] == "IN_PROGRESS"
    assert len(world.call("ListTextTranslationJobs")["TextTranslationJobPropertiesList"]) == 1


def test_closing_waits_for_nobody_who_waits(snapshot):
    """With many jobs running an endpoint would not come to its end for a long time."""
    entered = []

    def enter():
        with suppress(EndedError), snapshot.lock:
            entered.append(True)

    with snapshot.lock:
        waiting = threading.Thread(target=enter)
        waiting.start()
        snapshot.lock.somebody_waits.wait()
        snapshot.lock.close()
        snapshot.lock.__exit__()
    waiting.join()
    assert entered == []


def test_many_who_wait_are_saved_at_once(world, snapshot, monkeypatch):
    """A hundred jobs that start together would otherwise put the whole state on disk a hundred times."""
    serve(world, snapshot, world.waiting.append, snapshot.save)
    world.put("in/a.txt", "One")
    written, first, go_on = [], threading.Event(), threading.Event()
    write = snapshot_module._write

    def slow_write(path, pieces):
        write(path, pieces)
        written.append(path.name)
        first.set()
        go_on.wait()

    monkeypatch.setattr(snapshot_module, "_write", slow_write)
    answers = []
    asking = [
        threading.Thread(target=lambda token=str(number): answers.append(world.start(ClientToken=token)))
        for number in range(20)
    ]
    asking[0].start()
    first.wait()
    for thread in asking[1:]:
        thread.start()
    everyone = lambda: len(world.call("ListTextTranslationJobs")["TextTranslationJobPropertiesList"])  # noqa: E731
    until(everyone, lambda count: count == 20)
    assert answers == []
    go_on.set()
    for thread in asking:
        thread.join()
    assert len(set(answers)) == 20
    assert len(written) < 6
    assert len(json.loads((snapshot._index).read_text("utf-8"))["translate"][REGION]["jobs"]) == 20


def test_half_a_character_does_not_spoil_what_is_on_disk(world, snapshot, tmp_path):
    serve(world, snapshot, world.waiting.append, snapshot.save)
    world.create(Description="half \ud800")
    assert state(tmp_path)["parallel_data"][0]["description"] == "half \ud800"
