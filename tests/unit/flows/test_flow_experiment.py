"""The experiment over the local endpoint: what it leaves, and that it carries on wherever it was killed."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from amts_desk.aws.bucket import Bucket
from amts_desk.aws.translate import Translate
from amts_desk.core.amazon import Connection, JobStatus, ParallelDataStatus
from amts_desk.core.errors import Cancelled, DeskError, ServiceError
from amts_desk.core.experiment import Experiment
from amts_desk.flows import ordering, pushing, running
from amts_desk.flows.config import Config
from amts_desk.flows.connecting import Line
from amts_desk.flows.estimating import billed
from amts_desk.flows.experiment import run_experiment
from amts_desk.flows.fetching import fetch
from amts_desk.flows.pipeline import Wishes, run_pipeline
from amts_desk.steps.read.files import read_file
from amts_desk.store.places import resource
from amts_desk.store.project import Project
from tests.unit.flows.small_book import gather

SAMPLE = resource("sample")
SMALL = Config(
    "small",
    "en",
    ("zh",),
    ("en-zh",),
    ("05-post-editing",),
    folder=SAMPLE,
    arms=("none", "sentence"),
    bootstrap=20,
)
DYING = """
import os, sys
from importlib import import_module
from pathlib import Path
module, owner, name, left = sys.argv[1:5]
place = import_module(module)
place = getattr(place, owner) if owner else place
call = getattr(place, name)
left = int(left)

def dying(*arguments, **named):
    global left
    answer = call(*arguments, **named)
    left -= 1
    if not left:
        os._exit(9)  # as hard as SIGKILL: nothing is closed, nothing is tidied up
    return answer

setattr(place, name, dying)
from amts_desk.flows.experiment import run_experiment
from tests.unit.flows.test_flow_experiment import SMALL
run_experiment(SMALL, Path(sys.argv[5]))
"""
MOMENTS = [
    ("amts_desk.aws.translate", "Translate", "start_job", 1),
    ("amts_desk.aws.translate", "Translate", "create_parallel_data", 1),
]
"""When Amazon has heard of it, and the project has not: random kills (tests/whole/test_kill.py) hardly hit these."""


def die(moment, folder):
    done = subprocess.run(
        [sys.executable, "-c", DYING, *map(str, moment), str(folder)], check=False, cwd=SAMPLE.parents[1]
    )
    assert done.returncode == 9, "it was to die on the way"


def at_the_service():
    """Return the names of the parallel data and of the jobs that the practice endpoint knows."""
    with Line(Connection()) as line:
        translate = Translate(line.open())
        data = [answer.name for answer in translate.all_parallel_data()]
        return data, [answer.answer["JobName"] for answer in translate.jobs()]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """Return the scores of an experiment that nothing broke off."""
    folder = tmp_path_factory.mktemp("undisturbed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AMTS_DESK_HOME", str(folder / "home"))
        return run_experiment(SMALL, folder / "out").compared.experiment


@pytest.mark.slow
@pytest.mark.parametrize("moment", MOMENTS, ids=lambda m: f"{m[2]}-{m[3]}")
def test_killed_anywhere_it_carries_on_and_makes_nothing_twice(moment, tmp_path, undisturbed):
    die(moment, tmp_path)
    outcome = run_experiment(SMALL, tmp_path)
    assert outcome.compared.experiment == undisturbed
    with Project.open(tmp_path / "experiment.amts") as project:
        assert len(project.runs.versions()) == 1
        assert [run.arm for run in project.runs.runs()] == ["none", "sentence"]
        assert len(project.chapters.all()) == 5
    data, jobs = at_the_service()
    assert len(data) == 1
    arms = sorted(name.rsplit("-", 2)[0] for name in jobs)
    assert arms == ["amts-experiment-en-zh-none", "amts-experiment-en-zh-sentence"]


def test_parallel_data_helps_and_nothing_leaks(undisturbed):
    assert undisturbed.offline
    none, sentence = (undisturbed.average("EN-ZH", arm) for arm in ("none", "sentence"))
    assert sentence.bleu > none.bleu + 3
    assert [row.leaked for row in undisturbed.leakage] == [0]
    assert undisturbed.leakage[0].checked > 200


def test_the_folder_holds_report_and_chapters(tmp_path):
    outcome = run_experiment(replace(SMALL, directions=("zh-en",), arms=("none",)), tmp_path)
    assert "ZH-EN" in (tmp_path / "report.html").read_text("utf-8")
    written = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert Experiment.from_json(written) == outcome.compared.experiment
    assert (tmp_path / "report.csv").read_text("utf-8").startswith("direction,article,arm,bleu")
    chapter = tmp_path / "chapters" / "zh-en" / "none" / "05-post-editing.md"
    original = read_file(SAMPLE / "zh" / "05-post-editing.md", "zh")
    assert len(read_file(chapter, "en").blocks) == len(original.blocks)
    assert ":label:`sec_post_editing`" in chapter.read_text("utf-8")


def test_a_direction_without_an_article_is_told(tmp_path):
    with pytest.raises(DeskError, match="No held-out article can be translated in en-es"):
        run_experiment(replace(SMALL, directions=("en-es",)), tmp_path)


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DeskError, match=r"The folder .* cannot be made"):
        run_experiment(SMALL, tmp_path / "file" / "out")


def test_nothing_goes_to_aws_unless_it_was_approved(tmp_path):
    asked = []

    def refuse(estimate, connection):
        asked.append(estimate)
        assert connection == aws
        raise Cancelled

    aws = Connection("us-west-2", "bucket", role_arn="arn:aws:iam::1:role/r", is_offline=False)
    with pytest.raises(Cancelled):
        run_experiment(replace(SMALL, connection=aws), tmp_path, Wishes(refuse))
    characters = billed(read_file(SAMPLE / "en" / "05-post-editing.md", "en"))
    assert (asked[0].jobs, asked[0].characters) == (2, 2 * characters)
    assert asked[0].dollars == pytest.approx(characters * (15 + 60) / 1e6)
    with Project.open(tmp_path / "experiment.amts") as project:
        assert project.runs.runs() == []


@pytest.fixture
def pushed(tmp_path):
    """Return (project, clients, version) with the parallel data of the four chapters pushed."""
    with Project.open(tmp_path / "small.amts", create=True) as project, Line(Connection()) as line:
        gathered = gather(project, SMALL)
        cloud = line.open()
        selection = pushing.Selection(gathered.included, "sentence", "en", "zh", hold_out=gathered.articles)
        version = pushing.push(project, cloud, "Data", pushing.prepare(project, selection))
        yield project, cloud, version, selection


def test_the_same_pairs_are_the_same_version(pushed):
    project, cloud, version, selection = pushed
    assert pushing.push(project, cloud, "Data", pushing.prepare(project, selection)) == version
    fewer = replace(selection, chapters=selection.chapters[:2])
    assert pushing.push(project, cloud, "Data", pushing.prepare(project, fewer)).version == 2


def test_what_was_sent_can_be_read_back(pushed):
    project, cloud, version, selection = pushed
    sent = pushing.sent_pairs(cloud, version)
    assert len(sent) == version.pairs
    prepared = pushing.prepare(project, selection)
    assert [(p.source, p.target) for p in sent] == [(p.source, p.target) for p in prepared.pairs()]
    assert prepared.leaks, "the sample book repeats sentences on purpose"


def test_deleted_parallel_data_can_be_made_again(pushed):
    project, cloud, _, selection = pushed
    pushing.delete(project, cloud, "Data")
    assert [v.status for v in project.runs.versions()] == [ParallelDataStatus.DELETED]
    assert Translate(cloud).find_parallel_data("Data") is None
    again = pushing.push(project, cloud, "Data", pushing.prepare(project, selection))
    assert (again.version, again.status) == (2, "ACTIVE")


def test_parallel_data_that_vanished_elsewhere_is_made_again(pushed):
    project, cloud, _, selection = pushed
    pushing.delete_at_amazon(cloud, "Data")
    again = pushing.push(project, cloud, "Data", pushing.prepare(project, selection))
    assert (again.version, again.status) == (2, "ACTIVE")
    assert [v.status for v in project.runs.versions()] == [ParallelDataStatus.DELETED, "ACTIVE"]


def test_a_leak_in_what_was_sent_stops_everything(pushed, monkeypatch):
    project, cloud, version, _ = pushed
    article = project.chapters.named("05-post-editing")
    text = next(s.text for s in project.chapters.documents(article)[0].sentences if len(s.text) > 100)
    body = Bucket(cloud).get(version.uri).decode().replace("</body>", "")
    unit = f'<tu><tuv xml:lang="en"><seg>{text}</seg></tuv><tuv xml:lang="zh"><seg>译文</seg></tuv></tu></body>'
    Bucket(cloud).put(version.uri.split("/", 3)[3], body.replace("</tmx>", unit + "</tmx>").encode())
    folder = project.path.parent
    project.close()
    monkeypatch.setattr(pushing, "default_name", lambda *_: "Data")
    with pytest.raises(DeskError, match=r"1 of \d+ pairs in the parallel data “Data” hold text of the articles"):
        run_pipeline(replace(SMALL, arms=("sentence",)), folder)


def test_an_endpoint_that_dies_is_told_and_the_job_carries_on(tmp_path):
    with Project.open(tmp_path / "small.amts", create=True) as project:
        gathered = gather(project, SMALL)
        order = ordering.Order(gathered.articles, "en", ("zh",))
        with Line(Connection()) as line:
            cloud = line.open()
            (started,) = running.start(project, cloud, ordering.plan(project, cloud, order))
            line._endpoint._process.kill()
            line._endpoint._process.wait()
            with pytest.raises(ServiceError, match=r"could not be reached .* Repeat it") as error:
                running.refresh(project, cloud, started)
            assert error.value.passing
            cloud = line.open()
            (again,) = running.start(project, cloud, ordering.plan(project, cloud, order))
            again = fetch(project, cloud, running.follow(project, cloud, again))
        assert (again.number, again.job_id, again.status) == (started.number, started.job_id, JobStatus.COMPLETED)
        assert again.is_fetched


def test_a_practice_endpoint_leaves_with_its_line(tmp_path):
    with Line(Connection(), tmp_path) as line:
        line.open()
        process = line._endpoint._process
    assert process.poll() is not None
