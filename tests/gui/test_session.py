"""The session: what comes back late goes nowhere it does not belong."""

import pytest

from amts_desk.core.amazon import Connection
from amts_desk.core.errors import Cancelled, DeskError
from amts_desk.desk.session import Session
from amts_desk.desk.tasks import TaskRunner
from tests.gui.samples import make_project


class Later(TaskRunner):
    """A task runner whose tasks are done when the test says so."""

    def __init__(self):
        super().__init__()
        self.waiting = []

    def start(self, work, on_success, on_failure, title=""):
        """Keep the callbacks."""
        self.waiting.append((title, on_success, on_failure))

    def finish(self, title, result):
        """Bring a result, or an error, to the oldest task of that title."""
        found = next(entry for entry in self.waiting if entry[0].startswith(title))
        self.waiting.remove(found)
        found[2 if isinstance(result, BaseException) else 1](result)


@pytest.fixture
def late(tmp_path, qapp):
    session = Session(Later(), practice_folder=tmp_path / "practice")
    yield session
    session.close_project()


def heard(signal):
    """Return the list of what a signal says from now on."""
    said = []
    signal.connect(lambda *values: said.append(values))
    return said


def test_what_comes_back_for_another_project_is_not_told(late, tmp_path):
    make_project(late, tmp_path, name="first")
    late.import_paths([tmp_path])
    late.look_now()
    make_project(late, tmp_path, name="second")
    said = [heard(signal) for signal in (late.imported, late.failed, late.noted, late.crashed)]
    late.runner.finish("Reading chapters", None)
    late.runner.finish("Asking Amazon", Cancelled())
    assert said == [[], [], [], []]


def test_an_error_is_told_even_when_its_project_is_closed(late, tmp_path):
    make_project(late, tmp_path)
    late.import_paths([tmp_path])
    late.close_project()
    failed = heard(late.failed)
    late.runner.finish("Reading chapters", DeskError("The disk is full."))
    assert str(failed[0][0]) == "The disk is full."


def test_a_new_project_asks_though_the_old_one_never_heard(late, tmp_path):
    make_project(late, tmp_path, name="first")
    late.look_now()
    make_project(late, tmp_path, name="second")
    late.look_now()
    assert [title for title, *_ in late.runner.waiting].count("Asking Amazon") == 2


def test_only_the_newest_look_beside_is_shown(late, tmp_path):
    chapter = make_project(late, tmp_path)
    late.open_chapter(chapter.id)
    found = heard(late.beside_found)
    late.find_beside(None)
    late.find_beside(None)
    late.runner.finish("Looking what", "old")
    late.runner.finish("Looking what", "new")
    assert found == [("new",)]


def test_an_account_never_reaches_offline_practice(late, tmp_path):
    make_project(late, tmp_path)
    late.set_connection(Connection(bucket="b", profile="p", is_offline=False))
    late.set_connection(Connection())

    class Identity:
        account = "123456789012"

    late.runner.finish("Asking AWS", Identity())
    assert late.connection == Connection()
