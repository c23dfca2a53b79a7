"""The page of pipelines: what is chosen, the question before they start, and a row for each language."""

import threading
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from amts_desk.core.amazon import Connection
from amts_desk.core.errors import Cancelled, DeskError
from amts_desk.core.pipeline import Pipeline, StepName, StepState
from amts_desk.desk.session import Session
from amts_desk.desk.tasks import TaskRunner
from amts_desk.flows import pipeline as pipeline_flow
from amts_desk.flows.config import Config, read_config
from amts_desk.flows.estimating import Estimate
from amts_desk.steps.read.files import read_document
from amts_desk.ui.dialogs.start_pipelines import StartPipelinesDialog
from amts_desk.ui.rooms.jobs import JobsRoom
from amts_desk.ui.rooms.pipelines import PipelinesPage
from tests.gui.samples import CHINESE, ENGLISH, make_project

RUNNING = Pipeline("en-zh").changed(StepName.READ, state=StepState.DONE, done=2, total=2)
RUNNING = RUNNING.changed(StepName.ALIGN, state=StepState.RUNNING, done=0, total=2, message="40 %")
FAILED = Pipeline("en-es", seconds=75.0).changed(
    StepName.READ, state=StepState.FAILED, message="There is no article. Check it."
)


def cells(table, row):
    return [table.model().index(row, column).data() for column in range(table.model().columnCount())]


@pytest.fixture
def page(session, tmp_path, shown):
    """A page over a project of two chapters in Chinese and one in Spanish, with an article held out."""
    make_project(session, tmp_path)
    for name, code, text in (("article", "zh", CHINESE), ("article", "es", "# Pares\n\nUno tiene dos lados.\n")):
        source = read_document(f"{name}_origin.md", ENGLISH.encode(), "en")
        session.project.chapters.add(name, source, read_document(f"{name}.md", text.encode(), code))
    session.chapters_changed.emit()
    made = shown(PipelinesPage(session), (1112, 600))
    tick(made.form.articles, "article")
    return made


def tick(ticks, *names):
    for row in range(ticks.count()):
        item = ticks.item(row)
        item.setCheckState(Qt.CheckState.Checked if item.text() in names else Qt.CheckState.Unchecked)


class Service:
    """Stands in for the flows: notes what is carried out, and answers as told."""

    def __init__(self):
        self.started, self.told, self.answer = [], (RUNNING, FAILED), Cancelled()

    def __call__(self, project, line, config, folder, wishes):
        self.wishes = wishes
        self.config, self.folder = config, folder
        return self

    def expected(self):
        return Estimate(6, 1200, Decimal("0.09"))

    def run(self):
        self.started.append((self.config, self.folder))
        self.wishes.tell(self.told)
        if isinstance(self.answer, BaseException):
            raise self.answer
        return self.answer


@pytest.fixture
def service(monkeypatch):
    made = Service()
    monkeypatch.setattr(pipeline_flow, "Pipelines", made)
    return made


def agree(page):
    page.start_button.click()
    page.asking.start_button.click()


def test_the_form_offers_what_the_project_has(page):
    form = page.form
    found = [form.directions.item(i).text() for i in range(form.directions.count())]
    assert found == ["English → Chinese", "English → Spanish", "Chinese → English", "Spanish → English"]
    config, folder = page.chosen()
    assert config.directions == ("en-zh", "en-es")
    assert (config.targets, config.hold_out, config.project) == (("zh", "es"), ("article",), page.session.project.path)
    assert folder.name == "book-results"


def test_nothing_can_start_while_something_is_missing(page):
    tick(page.form.articles)
    assert page.chosen() is None
    assert not page.start_button.isEnabled()
    assert page.start_button.text() == "Tick languages and an article to hold out"


def test_one_row_for_each_language_as_the_project_shows_them(page):
    assert cells(page.table, 0)[:4] == ["English → Chinese", "✓ done", "■ stopped 1/2", "· waiting"]
    assert cells(page.table, 1)[:3] == ["English → Spanish", "✓ done", "· waiting"]
    assert page.start_button.text() == "Start…", "reading and aligning is no pipeline yet"


def test_the_question_names_the_estimate_and_nothing_starts_without_it(page, service):
    page.start_button.click()
    assert page.asking.start_button.text() == "Start 6 jobs, free"
    assert service.started == []
    page.asking.cancel_button.click()
    assert service.started == []
    agree(page)
    assert len(service.started) == 1


def test_at_aws_the_cost_stands_on_the_button(shown):
    aws = Connection(bucket="books", account="123456789012", is_offline=False)
    dialog = shown(StartPipelinesDialog(Estimate(6, 1200, Decimal("1.25")), 2, aws))
    assert dialog.start_button.text() == "Start 6 jobs, about $1.25"
    assert dialog.cancel_button.hasFocus() or dialog.focusWidget() is dialog.cancel_button


def test_what_is_told_is_shown_with_sign_and_word(page, service):
    agree(page)
    assert cells(page.table, 0)[:4] == ["English → Chinese", "✓ done", "▶ running 0/2", "· waiting"]
    assert cells(page.table, 1)[1] == "✗ failed"
    assert cells(page.table, 1)[-1] == "1:15"
    page.table.choose_row(1)
    assert page.message.text() == "English → Spanish: There is no article. Check it."


def test_when_all_fail_it_is_told(page, service):
    failures = []
    page.session.failed.connect(failures.append)
    service.answer = DeskError("No pipeline came to its end.")
    agree(page)
    assert failures == [service.answer]
    assert page.start_button.isEnabled()


def test_a_stop_reaches_the_work(page, service, session):
    stops = []

    def tell_and_stop(_):
        page.desk.stop()
        stops.append(page.desk.is_running)

    page.desk.stood.connect(tell_and_stop)
    agree(page)
    assert stops
    assert not page.stop_button.isEnabled()


def test_what_is_chosen_can_be_saved_and_opened(page, tmp_path):
    chosen, _ = page.chosen()
    page.save_file(tmp_path / "pipeline.toml")
    assert read_config(tmp_path / "pipeline.toml") == replace(chosen, name="pipeline")
    page.open_file(tmp_path / "pipeline.toml")
    config, folder = page.chosen()
    assert (config.directions, folder) == (("en-zh", "en-es"), tmp_path / "pipeline-results")
    assert "Held out: article" in page.told.text()
    page.own_button.click()
    assert page.chosen()[1].name == "book-results"


def test_a_pipeline_of_another_project_is_refused(page, tmp_path):
    other = Config("x", "en", ("zh",), ("en-zh",), ("a",), project=Path(tmp_path / "other.amts"), has_connection=False)
    from amts_desk.desk.pipelines import save

    save(other, tmp_path / "x.toml")
    failures = []
    page.session.failed.connect(failures.append)
    page.open_file(tmp_path / "x.toml")
    assert "x.toml is a pipeline of other.amts" in str(failures[0])


def test_closing_the_project_empties_the_page(page, session):
    session.close_project()
    assert page.chosen() is None
    assert page.table.model().rowCount() == 0


def test_it_is_a_page_of_the_jobs_room(session, tmp_path, shown):
    make_project(session, tmp_path)
    room = shown(JobsRoom(session), (1112, 620))
    assert room.pipelines.session is session
    assert room.picker.isVisible()
    assert room.picker.window() is room
    assert room.picker.mapTo(room, room.picker.rect().topLeft()).y() > 30, "below the tabs"
    assert not room.pipelines.isVisible()


@pytest.fixture
def in_background(qtbot, tmp_path, shown, service, monkeypatch):
    """A page whose pipelines run in another thread until they are stopped, and the list of these threads."""
    background = Session(TaskRunner(), practice_folder=tmp_path / "practice")
    make_project(background, tmp_path)
    page = shown(PipelinesPage(background), (1112, 600))
    qtbot.waitUntil(lambda: not background.runner.tasks)
    tick(page.form.articles, "pairs")
    threads, moment = [], threading.Event()

    def run():
        threads.append(threading.current_thread())
        service.wishes.tell((RUNNING,))
        while True:
            service.wishes.progress(0, 0)
            moment.wait(0.005)

    monkeypatch.setattr(service, "run", run)
    page.start_button.click()
    qtbot.waitUntil(lambda: page.asking is not None)
    page.asking.start_button.click()
    qtbot.waitUntil(lambda: cells(page.table, 0)[2] == "▶ running 0/2")
    yield page, threads
    qtbot.waitUntil(lambda: not background.runner.tasks)
    background.close_project()


def test_pipelines_run_in_the_background_until_they_are_stopped(in_background, qtbot):
    page, threads = in_background
    assert page.desk.is_running
    assert (page.stop_button.isEnabled(), page.start_button.isEnabled(), page.form.isEnabled()) == (True, False, False)
    page.stop_button.click()
    qtbot.waitUntil(lambda: not page.desk.is_running)
    assert threads[0] is not threading.main_thread()
    assert page.start_button.isEnabled()


def test_closing_the_project_stops_them_and_forgets_what_they_tell(in_background, qtbot):
    page, _ = in_background
    page.session.close_project()
    assert not page.desk.is_running
    qtbot.waitUntil(lambda: not page.session.runner.tasks)
    assert page.table.model().rowCount() == 0
    assert not page.stop_button.isEnabled()
