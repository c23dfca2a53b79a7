"""Each fault at each step of parallel data and jobs: the right message, the right state, and nothing twice or lost."""

import json
import sys
import time
from dataclasses import dataclass

import pytest

from amts_desk.aws.cloud import Cloud
from amts_desk.aws.translate import Translate
from amts_desk.core.alignment import Bead, Sentence
from amts_desk.core.amazon import Connection, JobStatus
from amts_desk.core.errors import ServiceError
from amts_desk.core.splice import Splice
from amts_desk.endpoint.process import start
from amts_desk.flows import fetching, ordering, pushing, running
from amts_desk.steps.read.files import read_document
from amts_desk.store.project import Project

FIRST, SECOND = ("The book.", "A tensor."), ("The book.", "A matrix.", "Three words here.")
CHAPTER = "# The book\n\nThis is the book.\n\nA tensor is `x` here.\n"
NAPS = time.sleep


@dataclass(frozen=True, slots=True)
class Service:
    """A local endpoint of its own, with the file that says what goes wrong."""

    cloud: Cloud
    folder: object

    def spoil(self, *lines):
        (self.folder / "faults.log").unlink(missing_ok=True)
        (self.folder / "faults.json").write_text(json.dumps(lines))

    def fired(self):
        log = self.folder / "faults.log"
        return log.read_text().split() if log.exists() else []


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    folder = tmp_path_factory.mktemp("practice")
    command = [sys.executable, "-m", "amts_desk", "endpoint", "--data", str(folder), "--delay", "0.01"]
    endpoint = start(folder, command=command)
    keys = endpoint.access_key, endpoint.secret_key
    place = {"region": endpoint.region, "bucket": endpoint.bucket, "role_arn": endpoint.role_arn}
    yield Service(Cloud(Connection(endpoint_url=endpoint.url, keys=keys, **place)), folder)
    endpoint.stop()


@pytest.fixture(autouse=True)
def short_naps(monkeypatch, clock):
    """Between two attempts botocore sleeps up to seconds; here a thousandth, which lets the endpoint work."""
    monkeypatch.setattr(time, "sleep", lambda seconds: NAPS(min(seconds, 0.001)))
    step = clock.sleep

    def sleep(seconds):
        step(seconds)
        NAPS(0.001)

    clock.sleep = sleep


def new_project(path):
    """Make a project with a chapter to translate, and two chapters of pairs."""
    with Project.open(path, create=True) as project:
        for name, texts in (("first", FIRST), ("second", SECOND)):
            documents = (read_document(f"{name}.md", b"x\n", code) for code in ("en", "zh"))
            chapter = project.chapters.add(name, *documents)
            beads = tuple(Bead((Sentence(i, i, s),), (Sentence(i, i, f"{i} 书"),)) for i, s in enumerate(texts))
            project.tracks.splice(project.tracks.alignment(chapter), Splice(0, (), beads), "Align")
        texts = (read_document(f"c.{code}.md", CHAPTER.encode(), code) for code in ("en", "zh"))
        project.chapters.add("chapter", *texts)


@pytest.fixture
def project(tmp_path):
    new_project(tmp_path / "book.amts")
    with Project.open(tmp_path / "book.amts") as opened:
        yield opened


def chapters(project, *names):
    return tuple(chapter for chapter in project.chapters.all() if chapter.name in names)


def create(project, cloud):
    selection = pushing.Selection(chapters(project, "first"), "sentence", "en", "zh")
    name = pushing.default_name(project, selection)
    return pushing.push(project, cloud, name, pushing.prepare(project, selection))


def update(project, cloud):
    selection = pushing.Selection(chapters(project, "first", "second"), "sentence", "en", "zh")
    name = pushing.default_name(project, selection)
    return pushing.push(project, cloud, name, pushing.prepare(project, selection))


def translate(project, cloud):
    order = ordering.Order(chapters(project, "chapter"), "en", ("zh",))
    (run,) = running.start(project, cloud, ordering.plan(project, cloud, order))
    return fetching.fetch(project, cloud, running.follow(project, cloud, run))


def result(project, cloud):
    """Return what stands at the service and in the project, without names that differ from project to project."""
    found = Translate(cloud)
    own = ordering.project_id(project)[:6]
    data = [(d.status, d.imported) for d in found.all_parallel_data() if own in d.name]
    versions = [(v.version, v.status, v.pairs, v.imported) for v in project.runs.versions()]
    runs = project.runs.runs()
    jobs = {run.job_id for run in runs if run.job_id}
    tokens = {run.token for run in runs}
    output = [project.runs.output(run.number, chapter) for run in runs for chapter in run.chapters]
    started = sum(job.job_id in jobs or _is_of(job, runs) for job in found.jobs())
    return data, versions, [run.status for run in runs], output, (started, len(jobs), len(tokens))


def _is_of(job, runs):
    return any(job.answer.get("InputDataConfig", {}).get("S3Uri") == run.input_uri for run in runs)


@dataclass(frozen=True, slots=True)
class Step:
    """What is done before, what is done while the fault is there, and the operation that it hits."""

    before: tuple
    act: object
    operation: str


STEPS = {
    "upload the pairs": Step((), create, "PutObject"),
    "create": Step((), create, "CreateParallelData"),
    "poll the creation": Step((), create, "GetParallelData"),
    "upload the pairs of an update": Step((create,), update, "PutObject"),
    "update": Step((create,), update, "UpdateParallelData"),
    "poll the update": Step((create,), update, "GetParallelData"),
    "upload the documents": Step((), translate, "PutObject"),
    "start": Step((), translate, "StartTextTranslationJob"),
    "poll the job": Step((), translate, "DescribeTextTranslationJob"),
    "fetch": Step((), translate, "GetObject"),
}
ONCE = ["throttling", "server-error", "expired-token", "access-denied", "slow", "cut", "lost-reply", "truncated"]
ONCE += ["corrupted"]
FOR_EVER = ["throttling", "server-error", "expired-token", "access-denied", "cut", "lost-reply"]
SIGN_IN, REFUSED = "expired-token", "access-denied"


@pytest.fixture(scope="module")
def undisturbed(service, tmp_path_factory):
    """Return for each step what stands there when nothing goes wrong."""
    found = {}
    for name, step in STEPS.items():
        path = tmp_path_factory.mktemp("undisturbed") / "book.amts"
        new_project(path)
        with Project.open(path) as project:
            for act in (*step.before, step.act):
                act(project, service.cloud)
            found[name] = result(project, service.cloud)
    return found


def tried(act, project, cloud):
    try:
        act(project, cloud)
    except ServiceError as error:
        return error
    return None


@pytest.mark.parametrize(("kind", "times"), [*((kind, "1") for kind in ONCE), *((kind, "*") for kind in FOR_EVER)])
@pytest.mark.parametrize("name", list(STEPS))
def test_a_fault_at_a_step_changes_nothing_in_the_end(service, undisturbed, project, name, kind, times):
    step, cloud = STEPS[name], service.cloud
    for act in step.before:
        act(project, cloud)
    service.spoil(f"{step.operation}:{kind}:{times}:0.01")
    error = tried(step.act, project, cloud)
    assert f"{step.operation}:{kind}" in service.fired()
    if error is not None:
        assert error.advice
        assert error.needs_sign_in is (kind == SIGN_IN)
        assert error.passing is (kind not in (SIGN_IN, REFUSED))
        assert all(not run.is_fetched for run in project.runs.runs())
        assert all(run.status is not JobStatus.FAILED for run in project.runs.runs())
    else:
        assert times == "1", "what never works was told to have worked"
        assert kind not in (SIGN_IN, REFUSED)
    service.spoil()
    if error is not None:
        step.act(project, cloud)
    assert result(project, cloud) == undisturbed[name]
