"""What is on disk is whole at every moment: a change together with its token, and nothing after the end."""

import json
import threading
from dataclasses import dataclass, field

import pytest

from amts_desk.endpoint import memory
from amts_desk.endpoint.service import TranslateService
from amts_desk.endpoint.snapshot import Snapshot
from amts_desk.endpoint.surroundings import Surroundings
from tests.unit.endpoint.conftest import ACCOUNT, REGION


@dataclass
class ToldLock:
    """A lock that tells when somebody has to wait for it."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    somebody_waits: threading.Event = field(default_factory=threading.Event)

    def acquire(self):
        if not self.lock.acquire(blocking=False):
            self.somebody_waits.set()
            self.lock.acquire()

    def __enter__(self):
        self.acquire()
        return True

    def __exit__(self, *_):
        self.lock.release()


@pytest.fixture
def snapshot(world, tmp_path, monkeypatch):
    """The state of the small world on disk, and nothing else of the cloud."""
    monkeypatch.setattr(memory, "buckets", lambda kept: [])
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


@pytest.mark.parametrize("change", ["start", "touch"])
def test_after_the_last_saving_nothing_is_changed_saved_or_answered(world, snapshot, tmp_path, change):
    """Neither a job nor an upload: the next endpoint of the folder would know nothing of it."""
    serve(world, snapshot, world.waiting.append, snapshot.save)
    world.put("in/a.txt", "One")
    snapshot.restore()
    snapshot.close()
    before, answers = (tmp_path / "state.json").read_bytes(), []
    call = world.start if change == "start" else snapshot.touch
    asking = threading.Thread(target=lambda: answers.append(call()))
    asking.start()
    try:
        assert snapshot.lock.somebody_waits.wait(20)
        assert answers == []
        assert world.waiting == []
        assert (tmp_path / "state.json").read_bytes() == before
    finally:
        snapshot.lock.lock.release()  # the process would end here
        asking.join()


def test_a_step_that_ends_too_late_changes_nothing(world, snapshot, tmp_path):
    """The job was running while its endpoint ended: it is the next one's to run again."""
    serve(world, snapshot, world.waiting.append, snapshot.save)
    world.put("in/a.txt", "One")
    number = world.start()
    world.tick()
    snapshot.restore()
    snapshot.close()
    ending = threading.Thread(target=world.tick)
    ending.start()
    try:
        assert snapshot.lock.somebody_waits.wait(20)
        assert [job["status"] for job in state(tmp_path)["jobs"]] == ["IN_PROGRESS"]
        assert world.job(number)["JobStatus"] == "IN_PROGRESS"
    finally:
        snapshot.lock.lock.release()
        ending.join()
