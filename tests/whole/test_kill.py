"""Killed at any moment, an experiment carries on: nothing is started twice, and the result is the same."""

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from amts_desk.aws.cloud import Cloud
from amts_desk.aws.translate import Translate
from amts_desk.core.amazon import Connection, JobStatus
from amts_desk.flows.connecting import Line
from amts_desk.store.project import Project

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample"
CONFIG = f"""
[source]
source = "{(SAMPLE / "en").as_posix()}"
target = "{(SAMPLE / "zh").as_posix()}"
[languages]
source = "en"
targets = ["zh"]
directions = ["en-zh", "zh-en"]
[parallel_data]
hold_out = ["05-post-editing"]
units = ["paragraph", "sentence"]
[arms]
run = ["none", "paragraph", "sentence"]
[connection]
kind = "offline"
[score]
bootstrap = 100
"""
KILLS = 10
MOST_KILLS = 30
LONGER = 1.1
"""Each life of a round may last so much longer than the one before: else a busy machine would never come to an end."""


def start(config, out, home):
    return subprocess.Popen(
        [sys.executable, "-m", "amts_desk", "experiment", str(config), "--out", str(out)],
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
    return json.loads((out / "report.json").read_text("utf-8"))


def check_nothing_was_started_twice(out, home):
    with Project.open(out / "experiment.amts") as project:
        runs, versions = project.runs.runs(), project.runs.versions()
    assert len(runs) == 6
    assert len(versions) == 4
    assert {run.status for run in runs} == {JobStatus.COMPLETED}
    with Line(Connection(), home / "data" / "practice") as line:
        translate = Translate(Cloud(line.connection()))
        assert sorted(job.job_id for job in translate.jobs()) == sorted(run.job_id for run in runs)
        assert sorted(d.name for d in translate.all_parallel_data()) == sorted(v.name for v in versions)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_ten_kills_start_nothing_twice_and_change_nothing(tmp_path):
    config = tmp_path / "experiment.toml"
    config.write_text(CONFIG, "utf-8")
    assert not killed_after(200, start(config, tmp_path / "undisturbed", tmp_path / "home"))
    expected = result(tmp_path / "undisturbed")
    chance = random.Random(20261123)
    kills = rounds = 0
    while kills < KILLS:
        rounds += 1
        out, home = tmp_path / f"out-{rounds}", tmp_path / f"home-{rounds}"
        before = kills
        while killed_after(chance.uniform(0.3, 4.0) * LONGER ** (kills - before), start(config, out, home)):
            kills += 1
            assert kills - before < MOST_KILLS, "it never came to an end"
        assert result(out) == expected
        check_nothing_was_started_twice(out, home)
    assert rounds <= KILLS
