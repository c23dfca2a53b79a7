"""Killed at any moment, pipelines carry on: nothing is started twice, and the result is the same."""

import json
import os
import random
import signal
import subprocess
import sys

import pytest

from amts_desk.aws.cloud import Cloud
from amts_desk.aws.translate import Translate
from amts_desk.core.amazon import Connection, JobStatus
from amts_desk.flows.connecting import Line
from amts_desk.store.project import Project
from tests.unit.flows.small_book import write_small_book

CONFIG = """
[source]
path = "book"
[languages]
source = "en"
targets = ["zh", "es"]
[parallel_data]
hold_out = ["05-post-editing"]
[arms]
run = ["none", "paragraph", "sentence"]
[connection]
kind = "offline"
[score]
bootstrap = 20
"""
KILLS = 50
MOST_KILLS = 30
LONGER = 1.1
"""Each life of a round may last so much longer than the one before: else a busy machine would never come to an end."""


def start(config, out, home):
    return subprocess.Popen(
        [sys.executable, "-m", "amts_desk", "pipeline", str(config), "--out", str(out)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=os.environ | {"AMTS_DESK_HOME": str(home)},
    )


def killed_after(seconds, process):
    """Kill the process after some time and return whether it still ran; one that ended must have ended well."""
    try:
        _, errors = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return True
    assert process.returncode == 0, errors.decode()
    return False


def result(out):
    """Return the scores, the translated chapters by name, and the digests of the pairs that were sent."""
    with Project.open(out / "two.amts") as project:
        versions = sorted((v.source_language, v.target_language, v.unit, v.sha256) for v in project.runs.versions())
    chapters = {str(p.relative_to(out)): p.read_bytes() for p in sorted((out / "chapters").rglob("*.md"))}
    return json.loads((out / "report.json").read_text("utf-8")), chapters, versions


def reached_by(out):
    """Return what a killed life had come to: chapters aligned, states of parallel data and runs, output fetched."""
    if not (out / "two.amts").exists():
        return ()
    with Project.open(out / "two.amts") as project:
        versions = [version.status for version in project.runs.versions()]
        runs = [(run.status.value, run.is_fetched) for run in project.runs.runs()]
        return sum(row.beads > 0 for row in project.chapters.rows()), tuple(versions), tuple(runs)


def check_nothing_was_started_twice(out, home):
    with Project.open(out / "two.amts") as project:
        runs, versions = project.runs.runs(), project.runs.versions()
    assert len(runs) == 6
    assert len(versions) == 4
    assert {run.status for run in runs} == {JobStatus.COMPLETED}
    with Line(Connection(), home / "data" / "practice") as line:
        translate = Translate(Cloud(line.connection()))
        assert sorted(job.job_id for job in translate.jobs()) == sorted(run.job_id for run in runs)
        assert sorted(d.name for d in translate.all_parallel_data()) == sorted(v.name for v in versions)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_fifty_kills_start_nothing_twice_and_change_nothing(tmp_path):
    write_small_book(tmp_path / "book")
    config = tmp_path / "two.toml"
    config.write_text(CONFIG, "utf-8")
    assert not killed_after(300, start(config, tmp_path / "undisturbed", tmp_path / "home"))
    expected = result(tmp_path / "undisturbed")
    assert len(expected[1]) == 6, "a chapter for each language and arm"
    chance = random.Random(20261123)
    kills = rounds = 0
    reached = set()
    while kills < KILLS:
        rounds += 1
        out, home = tmp_path / f"out-{rounds}", tmp_path / f"home-{rounds}"
        before = kills
        while killed_after(chance.uniform(0.3, 3.0) * LONGER ** (kills - before), start(config, out, home)):
            kills += 1
            reached.add(reached_by(out))
            assert kills - before < MOST_KILLS, "it never came to an end"
        assert result(out) == expected
        check_nothing_was_started_twice(out, home)
    assert len(reached) > KILLS // 10, f"the kills were to come at many moments, not only at {reached}"
