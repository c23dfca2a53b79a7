"""What an experiment leaves in its folder: the report in several forms, and the translated chapters."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from amts_desk.core.amazon import Run
from amts_desk.core.errors import DeskError
from amts_desk.core.options import Options
from amts_desk.core.pipeline import Pipeline
from amts_desk.flows.ordering import source_document
from amts_desk.flows.scoring import Compared, LineUp
from amts_desk.flows.writing import machine_chapter_bytes
from amts_desk.steps.report import csv_text, html_report
from amts_desk.store.chapters import Chapter
from amts_desk.store.files import write_atomically
from amts_desk.store.project import Project


@dataclass(frozen=True, slots=True)
class Outcome:
    """The scores of a pipeline or an experiment, what went wrong on the way, and the folder of its files.

    `kept_out` are the pairs that were kept out of the parallel data because they stand in a held-out article;
    `pipelines` tells how each direction went.
    """

    compared: Compared
    problems: tuple[DeskError, ...]
    kept_out: int
    folder: Path
    pipelines: tuple[Pipeline, ...] = ()


def write_report(outcome: Outcome) -> None:
    """Write report.html, report.json and report.csv into the folder of the outcome.

    Raises DeskError when the folder cannot be written.
    """
    experiment = outcome.compared.experiment
    as_json = json.dumps(experiment.as_json(), ensure_ascii=False, indent=1)
    write_atomically(outcome.folder / "report.html", html_report(experiment, outcome.compared.examples).encode())
    write_atomically(outcome.folder / "report.json", f"{as_json}\n".encode())
    write_atomically(outcome.folder / "report.csv", csv_text(experiment).encode())


def write_chapters(project: Project, line_up: LineUp, folder: Path) -> None:
    """Write what the runs of one direction brought back as chapters/DIRECTION/ARM/NAME into the folder.

    Raises DeskError when the folder cannot be written.
    """
    for arm, run in zip(line_up.arms, line_up.runs, strict=True):
        for chapter in line_up.articles:
            _write_chapter(project, chapter, run, folder / "chapters" / line_up.direction.lower() / arm)


def translated_chapter(project: Project, chapter: Chapter, run: Run, options: Options | None = None) -> bytes:
    """Return the source chapter with every block that the run brought back in its place.

    Its lines are as `options` say, without them as the project's do. A block whose translation would not read
    as itself keeps its source.

    Raises DeskError when the run brought nothing back, or translated another edition of the chapter.
    """
    document = source_document(project, chapter, run.source_language)
    made_from = project.runs.source_of_output(run.number, chapter.id)
    if made_from != document.edition:
        what = "is out of date: its source has changed since" if made_from else "is not there"
        raise DeskError(f"The output of “{run.name}” for {chapter.name} {what}.", "Run it again and fetch it.")
    texts = project.runs.output(run.number, chapter.id)
    return machine_chapter_bytes(options or project.options, document, texts, run.target_language)


def _write_chapter(project: Project, chapter: Chapter, run: Run, folder: Path) -> None:
    if project.runs.source_of_output(run.number, chapter.id):
        suffix = Path(source_document(project, chapter, run.source_language).path).suffix
        write_atomically(folder / f"{chapter.name}{suffix}", translated_chapter(project, chapter, run))
