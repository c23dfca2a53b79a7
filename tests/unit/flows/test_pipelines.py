"""Two languages side by side over the local endpoint: one queue, failures apart, stop and go on."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from amts_desk.aws.translate import Translate
from amts_desk.core.amazon import Connection, JobStatus, ParallelDataStatus, ParallelDataVersion, Run
from amts_desk.core.errors import Cancelled, DeskError, ServiceError
from amts_desk.core.pipeline import StepName, StepState
from amts_desk.flows import preflight, pushing
from amts_desk.flows.config import Config, read_config
from amts_desk.flows.config_text import config_text
from amts_desk.flows.connecting import Line, practice_folder
from amts_desk.flows.pipeline import Pipelines, Wishes, run_pipeline
from amts_desk.flows.standing import standing
from amts_desk.store.project import Project
from tests.unit.flows.small_book import gather, write_small_book

DIRECTIONS = ("en-zh", "en-es")
DONE, FAILED, STOPPED, WAITING = StepState.DONE, StepState.FAILED, StepState.STOPPED, StepState.WAITING


def configured(folder, **changes):
    config = Config("two", "en", ("zh", "es"), DIRECTIONS, ("05-post-editing",), folder=folder, bootstrap=10)
    return replace(config, **{"arms": ("none", "sentence")} | changes)


@pytest.fixture(scope="module")
def aligned(tmp_path_factory):
    """Return (configuration, folder) of a small book whose chapters are read and aligned in both languages."""
    folder = tmp_path_factory.mktemp("aligned")
    config = configured(write_small_book(folder / "book"))
    (folder / "out").mkdir()
    with Project.open(folder / "out" / "two.amts", create=True) as project:
        for direction in DIRECTIONS:
            gather(project, config, direction)
    return config, folder / "out"


@pytest.fixture
def begun(aligned, tmp_path):
    """Return (configuration, folder) with a copy of the aligned project."""
    config, folder = aligned
    return config, Path(shutil.copytree(folder, tmp_path / "out"))


class Watched:
    """Notes what was told, and every call that makes or changes parallel data, with what came of it."""

    def __init__(self, patch):
        self.told, self.calls = [], []
        for name in ("create_parallel_data", "update_parallel_data"):
            patch.setattr(Translate, name, self._watching(getattr(Translate, name)))

    def _watching(self, call):
        def watched(service, name, *arguments):
            busy = [d.name for d in service.all_parallel_data() if not d.status.is_settled and d.name != name]
            self.calls.append((name, busy))
            return call(service, name, *arguments)

        return watched

    def states(self, direction, name):
        """Return the states that a step was told to be in, one after another."""
        seen = [p.step(name).state for pipelines in self.told for p in pipelines if p.direction == direction]
        return [state for before, state in zip([None, *seen], seen, strict=False) if state != before]


@pytest.fixture(scope="module")
def undisturbed(aligned, tmp_path_factory):
    """Return (what was watched, outcome, configuration) of a run that nothing disturbed, from the files on."""
    config, _ = aligned
    folder = tmp_path_factory.mktemp("undisturbed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AMTS_DESK_HOME", str(folder / "home"))
        watched = Watched(patch)
        outcome = run_pipeline(config, folder / "out", Wishes(tell=watched.told.append))
    return watched, outcome, config


def faults(*lines):
    """Let the practice endpoint of this test go wrong."""
    practice_folder().mkdir(parents=True, exist_ok=True)
    (practice_folder() / "faults.json").write_text(json.dumps(lines), "utf-8")


def test_both_languages_come_to_their_end(undisturbed):
    _, outcome, _ = undisturbed
    assert outcome.problems == ()
    experiment = outcome.compared.experiment
    assert experiment.directions == ("EN-ZH", "EN-ES")
    assert experiment.arms == ("none", "sentence")
    assert all(experiment.average(d, arm) for d in experiment.directions for arm in experiment.arms)
    assert [(p.direction, p.state) for p in outcome.pipelines] == [("en-zh", DONE), ("en-es", DONE)]
    for direction in DIRECTIONS:
        for arm in experiment.arms:
            assert (outcome.folder / "chapters" / direction / arm / "05-post-editing.md").exists()


def test_one_process_is_never_refused_for_a_second_parallel_data(undisturbed):
    watched, _, _ = undisturbed
    names = [name for name, _ in watched.calls]
    assert len(names) == len(set(names)) == 2, "each is sent once: a refused one would be sent again"
    assert [busy for _, busy in watched.calls] == [[], []]


def test_every_step_is_told_from_waiting_to_done(undisturbed):
    watched, _, _ = undisturbed
    for direction in DIRECTIONS:
        for name in StepName:
            assert watched.states(direction, name) == [WAITING, StepState.RUNNING, DONE]
    times = [pipelines[0].seconds for pipelines in watched.told]
    assert times == sorted(times)


def test_while_one_waits_for_amazon_the_other_goes_on(undisturbed):
    watched, _, _ = undisturbed
    both = [[p.step(StepName.JOBS).state for p in pipelines] for pipelines in watched.told]
    assert [StepState.RUNNING] * 2 in both


def test_how_they_stand_can_be_seen_in_the_project_alone(undisturbed):
    _, outcome, config = undisturbed
    with Project.open(outcome.folder / "two.amts") as project:
        seen = standing(project, config, outcome.folder)
    told = [[(s.name, s.state, s.done, s.total) for s in p.steps] for p in outcome.pipelines]
    assert [[(s.name, s.state, s.done, s.total) for s in p.steps] for p in seen] == told


def test_a_failure_leaves_the_other_language_complete(begun):
    config, folder = begun
    faults("StartTextTranslationJob:access-denied:1")
    with Line(Connection()) as line, Project.open(folder / "two.amts") as project:
        outcome = Pipelines(project, line, config, folder, Wishes()).run()
        again = Pipelines(project, line, config, folder, Wishes()).run()
        assert sorted(run.direction for run in project.runs.runs()) == ["en-es", "en-es", "en-zh", "en-zh"]
    assert [p.state for p in outcome.pipelines] == [FAILED, DONE]
    assert outcome.pipelines[0].step(StepName.JOBS).state is FAILED
    assert [str(p).partition(":")[0] for p in outcome.problems] == ["en-zh"]
    assert outcome.compared.experiment.directions == ("EN-ES",)
    assert [p.state for p in again.pipelines] == [DONE, DONE]
    assert again.problems == ()
    assert set(json.loads((folder / "report.json").read_text("utf-8"))["scores"]) == {"EN-ZH", "EN-ES"}


def test_when_all_fail_every_reason_is_told(begun):
    config, folder = begun
    faults("StartTextTranslationJob:access-denied:*")
    with pytest.raises(DeskError, match=r"No pipeline came to its end. en-zh: .* en-es: .*start again to go on"):
        run_pipeline(config, folder)
    with Project.open(folder / "two.amts") as project:
        assert {run.status for run in project.runs.runs()} == {JobStatus.PLANNED}


def test_stopped_it_goes_on_from_there(begun, undisturbed):
    config, folder = begun
    told = []

    def stop(*_):
        if told and told[-1][0].step(StepName.JOBS).message.startswith("translating"):
            raise Cancelled

    with pytest.raises(Cancelled):
        run_pipeline(config, folder, Wishes(tell=told.append, progress=stop))
    assert told[-1][0].state is STOPPED
    with Project.open(folder / "two.amts") as project:
        (zh, es) = standing(project, config, folder)
        before = [(run.key, run.job_id) for run in project.runs.runs()]
    assert (zh.step(StepName.PARALLEL_DATA).state, zh.step(StepName.SCORES).state) == (DONE, WAITING)
    assert es.step(StepName.ALIGN).state is DONE
    outcome = run_pipeline(config, folder)
    assert outcome.compared.experiment == undisturbed[1].compared.experiment
    with Project.open(folder / "two.amts") as project:
        assert [(run.key, run.job_id) for run in project.runs.runs()][: len(before)] == before
        assert len(project.runs.runs()) == 4


def test_another_person_in_the_way_is_waited_for(begun, monkeypatch):
    config, folder = begun
    create, refused = Translate.create_parallel_data, []

    def busy(service, name, *arguments):
        if len(refused) < 3:
            refused.append(name)
            raise ServiceError("Creating failed.", code="ConcurrentModificationException", passing=True)
        return create(service, name, *arguments)

    monkeypatch.setattr(Translate, "create_parallel_data", busy)
    told = []
    outcome = run_pipeline(replace(config, directions=("en-zh",)), folder, Wishes(tell=told.append))
    assert outcome.problems == ()
    assert refused == refused[:1] * 3
    messages = {pipelines[0].step(StepName.PARALLEL_DATA).message for pipelines in told}
    assert "somebody else's parallel data is taken in first" in messages


def test_what_an_earlier_life_left_with_amazon_is_waited_for(begun, monkeypatch):
    config, folder = begun
    watched = Watched(monkeypatch)
    with Project.open(folder / "two.amts") as project, Line(Connection()) as line:
        told = []

        def stop(*_):
            if told and told[-1][0].step(StepName.PARALLEL_DATA).message.endswith("are being taken in"):
                raise Cancelled

        with pytest.raises(Cancelled):
            Pipelines(project, line, config, folder, Wishes(tell=told.append, progress=stop)).run()
        assert [version.status for version in project.runs.versions()] == [ParallelDataStatus.CREATING]
        reversed_config = replace(config, directions=DIRECTIONS[::-1], arms=("sentence",))
        assert Pipelines(project, line, reversed_config, folder, Wishes()).run().problems == ()
    assert [busy for _, busy in watched.calls] == [[], []]


def test_a_language_without_its_article_fails_alone(begun):
    config, folder = begun
    (config.folder / "es" / "05-post-editing.md").rename(config.folder / "es" / "05-other.md")
    try:
        outcome = run_pipeline(replace(config, arms=("none",)), folder)
    finally:
        (config.folder / "es" / "05-other.md").rename(config.folder / "es" / "05-post-editing.md")
    assert [p.state for p in outcome.pipelines] == [DONE, FAILED]
    assert "No held-out article can be translated in en-es" in " ".join(map(str, outcome.problems))


def test_the_chapters_of_a_project_are_taken_as_they_stand(begun, tmp_path):
    config, folder = begun
    own = replace(config, folder=None, project=folder / "two.amts", has_connection=False, directions=("zh-en",))
    own = replace(own, name="own", arms=("none",), include=("02-*",))
    (tmp_path / "own.toml").write_text(config_text(own, tmp_path), "utf-8")
    assert read_config(tmp_path / "own.toml") == own
    told = []
    outcome = run_pipeline(own, tmp_path / "results", Wishes(tell=told.append))
    assert outcome.compared.experiment.directions == ("ZH-EN",)
    assert [outcome.pipelines[0].step(name).total for name in (StepName.READ, StepName.ALIGN)] == [3, 2]
    assert not list((tmp_path / "results").glob("*.amts"))


def test_a_job_that_fails_is_told_at_its_step_and_the_output_of_the_others_is_kept(begun, monkeypatch):
    config, folder = begun
    look = Translate.job

    def failing(service, job_id):
        answer = look(service, job_id)
        is_none = "-none-" in answer.answer["TextTranslationJobProperties"]["JobName"]
        return replace(answer, status=JobStatus.FAILED, message="Out of order.") if is_none else answer

    monkeypatch.setattr(Translate, "job", failing)
    told = []
    with pytest.raises(DeskError, match=r"has no output: it is FAILED. Out of order"):
        run_pipeline(replace(config, directions=("en-zh",)), folder, Wishes(tell=told.append))
    states = {step.name: step.state for step in told[-1][0].steps}
    assert states[StepName.JOBS] is FAILED
    assert (states[StepName.PARALLEL_DATA], states[StepName.OUTPUT]) == (DONE, STOPPED)
    with Project.open(folder / "two.amts") as project:
        assert [run.is_fetched for run in project.runs.runs()] == [False, True]


def test_what_amazon_would_refuse_is_said_before_it_is_sent(begun, monkeypatch):
    config, folder = begun
    monkeypatch.setattr(preflight, "DOCUMENT_BYTES", 100)
    with pytest.raises(DeskError, match=r"The job without parallel data was not started, .*05-post-"):
        run_pipeline(replace(config, directions=("en-zh",)), folder)
    with Project.open(folder / "two.amts") as project:
        assert project.runs.runs() == []


def test_what_has_failed_at_amazon_is_seen_in_the_project(begun):
    config, folder = begun
    with Project.open(folder / "two.amts") as project:
        gathered = gather(project, config)
        selection = pushing.Selection(gathered.included, "sentence", "en", "zh")
        name = pushing.default_name(project, selection)
        version = ParallelDataVersion(name, 1, "sentence", "en", "zh", "token", "s3://b/k", "00", 5)
        project.runs.add_version(replace(version, status="FAILED", message="No record could be read."))
        run = Run("key", "job", "none", "en", "zh", "t", "s3://b/i/", "s3://b/o/", (gathered.articles[0].id,))
        project.runs.add_run(replace(run, job_id="j", status=JobStatus.FAILED, message="No permission."))
        zh, es = standing(project, config, folder)
    for name, message in ((StepName.PARALLEL_DATA, "No record could be read."), (StepName.JOBS, "No permission.")):
        assert (zh.step(name).state, zh.step(name).message) == (FAILED, message)
    assert zh.state is FAILED
    assert {step.state for step in es.steps} == {DONE, WAITING}
