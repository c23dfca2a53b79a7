"""Killed at any moment, an experiment carries on: nothing is started twice, and the result is the same."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from amts_desk.aws.cloud import Cloud
from amts_desk.aws.translate import Translate
from amts_desk.core.amazon import JobStatus
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


def start(config, out, home):
    return subprocess.Popen(
        [sys.executable, "-m", "amts_desk", "experiment", str(config), "--out", str(out)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"AMTS_DESK_HOME": str(home)},
    )


def finish(config, out, home):
    process = start(config, out, home)
    output, errors = process.communicate(timeout=200)
    assert process.returncode == 0, errors.decode()
    return output.decode()


def result(out):
    return json.loads((out / "report.json").read_text("utf-8"))


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_ten_kills_start_nothing_twice_and_change_nothing(tmp_path):
    config = tmp_path / "experiment.toml"
    config.write_text(CONFIG, "utf-8")
    began = time.monotonic()
    finish(config, tmp_path / "undisturbed", tmp_path / "home-1")
    length = time.monotonic() - began
    chance = random.Random(20261123)
    out, home = tmp_path / "killed", tmp_path / "home-2"
    killed = 0
    for _ in range(KILLS):
        process = start(config, out, home)
        try:
            process.wait(timeout=chance.uniform(0.2, 0.9) * length)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.communicate()
    assert killed >= 2, "the experiment was done before it could be killed"
    finish(config, out, home)
    assert result(out) == result(tmp_path / "undisturbed")
    with Project.open(out / "experiment.amts") as project:
        runs, versions = project.runs.runs(), project.runs.versions()
    assert len(runs) == 6
    assert len(versions) == 4
    assert {run.status for run in runs} == {JobStatus.COMPLETED}
    with Line(project_connection(), home / "data" / "practice") as line:
        translate = Translate(Cloud(line.connection()))
        assert sorted(job.job_id for job in translate.jobs()) == sorted(run.job_id for run in runs)
        assert sorted(d.name for d in translate.all_parallel_data()) == sorted(v.name for v in versions)


def project_connection():
    from amts_desk.core.amazon import Connection

    return Connection()
