"""An account at Amazon in memory, a book in two languages, and clocks that move only when somebody sleeps."""

import pytest

from amts_desk.flows import waiting
from amts_desk.steps.read.files import read_document
from amts_desk.store.project import Project
from tests.unit.flows.amazon import Amazon

ENGLISH = "# Title\n\nUse `f` here.\n\nAnd **that**.\n"


class Clock:
    """The monotonic clock, and the one on the wall, which goes on while the machine sleeps."""

    def __init__(self):
        self.now = 1000.0
        self.asleep = 0.0
        self.longest_nap = 0.0

    def monotonic(self):
        return self.now

    def time(self):
        return self.now + self.asleep

    def sleep(self, seconds):
        assert seconds > 0
        self.longest_nap = max(self.longest_nap, seconds)
        self.now += seconds


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(waiting, "time", clock)
    return clock


@pytest.fixture
def amazon():
    return Amazon()


@pytest.fixture
def book(tmp_path):
    """A project in which one English text is a chapter in Chinese and in Spanish."""
    with Project.open(tmp_path / "book.amts", create=True) as project:
        source = read_document("a.md", ENGLISH.encode(), "en")
        for code, text in (("zh", "# 标题\n"), ("es", "# Título\n")):
            project.chapters.add("a", source, read_document(f"a.{code}.md", text.encode(), code))
        yield project
