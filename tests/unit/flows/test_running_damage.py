"""What a job damaged is told in the message of its run, and what is not to be trusted does not come in."""

from dataclasses import replace

import pytest

from amts_desk.aws.cloud import Cloud
from amts_desk.aws.translate import TranslatedFile
from amts_desk.core.amazon import Connection, JobAnswer, JobStatus, Run
from amts_desk.core.errors import DeskError
from amts_desk.flows import fetching, running
from amts_desk.flows.importing import read_again
from amts_desk.steps.interchange.job_html import to_html
from amts_desk.steps.read.files import read_document
from amts_desk.store.project import Project

CLOUD = Cloud(Connection(bucket="b"))
ENGLISH = "# Title\n\nUse `f` here.\n\nAnd **that**.\n\nThe `g` end.\n"


class Service:
    """Stands for Amazon: one document came back, with the page it was given."""

    page = ""

    def __init__(self, cloud):
        pass

    def job(self, job_id):
        return None

    def translated_files(self, answer, language):
        return [TranslatedFile("s3://b/in/chapter-00001.html", "s3://b/out/es.chapter-00001.html")]

    def start_job(self, runs):
        return JobAnswer("j", JobStatus.SUBMITTED)

    def put(self, key, data):
        pass

    def get(self, uri):
        return self.page.encode()


@pytest.fixture
def fetched(tmp_path, monkeypatch):
    """Return a function that fetches a run whose page was changed by (old, new) replacements."""
    for module in (running, fetching):
        monkeypatch.setattr(module, "Translate", Service)
        monkeypatch.setattr(module, "Bucket", Service)
    with Project.open(tmp_path / "p.amts", create=True) as project:
        source = read_document("a.md", ENGLISH.encode(), "en")
        chapter = project.chapters.add("a", source, read_document("b.md", b"Uno.\n", "es"))
        planned = Run(
            "k",
            "n",
            "none",
            "en",
            "es",
            "t",
            "s3://b/i/",
            "s3://b/o/",
            (chapter.id,),
            job_id="j",
            status=JobStatus.COMPLETED,
        )
        run = project.runs.add_run(planned)
        project.set_setting(f"editions of run {run.number}", {str(chapter.id): source.edition})

        def fetch(*changes):
            page = to_html({block.block: block.text for block in source.blocks}, "en")
            for old, new in changes:
                assert old in page
                page = page.replace(old, new)
            monkeypatch.setattr(Service, "page", page)
            done = fetching.fetch(project, CLOUD, run)
            return done.message, project.runs.output(run.number, chapter.id)

        yield fetch


def test_an_undamaged_page_leaves_no_message(fetched):
    message, texts = fetched(("Use", "Usa"), ("And", "Y"))
    assert message == ""
    assert texts == {0: "Title", 1: "Usa `f` here.", 2: "Y **that**.", 3: "The `g` end."}


def test_damage_is_told_block_by_block(fetched):
    message, texts = fetched(
        ('<span translate="no" id="b1s0">`f`</span>', ""), ("And", "&lt;DNT_GEBK&gt; Y"), ('<p id="b3">', "<p>")
    )
    assert message == (
        "a: 1 block did not come back. Block 1: the code “`f`” is missing. "
        "Block 2: “DNT_GEBK” is left over from inside Amazon Translate, so the source stays."
    )
    assert texts == {0: "Title", 1: "Use  here."}


def test_output_never_comes_into_a_chapter_that_was_read_again_meanwhile(tmp_path, monkeypatch):
    for module in (running, fetching):
        monkeypatch.setattr(module, "Translate", Service)
        monkeypatch.setattr(module, "Bucket", Service)
    source, target = read_document("a.md", ENGLISH.encode(), "en"), read_document("b.md", b"Uno.\n", "es")
    monkeypatch.setattr(Service, "page", to_html({block.block: block.text for block in source.blocks}, "en"))
    with Project.open(tmp_path / "p.amts", create=True) as project:
        chapter = project.chapters.add("a", source, target)
        run = project.runs.add_run(Run("k", "n", "none", "en", "es", "t", "s3://b/in/", "s3://b/out/", (chapter.id,)))
        (started,) = running.start(project, CLOUD, [run])
        started = replace(started, status=JobStatus.COMPLETED)
        read_again(project, chapter, read_document("a.md", b"# New\n\n" + ENGLISH.encode(), "en"), target)
        with pytest.raises(DeskError, match=r"brought back nothing\. a: it was read again after the job had started"):
            fetching.fetch(project, CLOUD, started)
        assert project.runs.output(run.number, chapter.id) == {}
