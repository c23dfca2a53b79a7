"""The unchanged AWS command line works against our endpoint: upload, create, start, describe, download."""

import csv
import io
import json
import os
import subprocess
import sys
import time
import venv
from pathlib import Path

import pytest

from amts_desk.endpoint.process import start

PLACE = Path(__file__).resolve().parents[2] / "build" / "awscli"
PAIRS = [("en", "zh"), ("A pair has two sides.", "一对有两边。"), ("Every pair counts.", "每一对都算数。")]


@pytest.fixture(scope="module")
def aws():
    """Return the AWS command line in a virtual environment of its own, installed the first time."""
    program = PLACE / ("Scripts/aws.cmd" if sys.platform == "win32" else "bin/aws")
    if not program.exists():
        venv.create(PLACE, with_pip=True, clear=True)
        python = program.parent / ("python.exe" if sys.platform == "win32" else "python")
        done = subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "awscli<2"],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            pytest.skip(f"the AWS command line cannot be installed here: {done.stderr[-300:]}")
    return program


@pytest.mark.slow
def test_the_whole_flow_through_the_aws_command_line(aws, tmp_path):
    endpoint = start(tmp_path / "practice")
    environment = os.environ | {
        "AWS_ACCESS_KEY_ID": endpoint.access_key,
        "AWS_SECRET_ACCESS_KEY": endpoint.secret_key,
        "AWS_DEFAULT_REGION": endpoint.region,
        "AWS_CONFIG_FILE": str(tmp_path / "none"),
        "PYTHONWARNINGS": "ignore",
    }

    def call(*arguments):
        command = [aws, "--endpoint-url", endpoint.url, "--output", "json", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout) if done.stdout.strip().startswith("{") else done.stdout

    try:
        text = io.StringIO()
        csv.writer(text).writerows(PAIRS)
        (tmp_path / "pairs.csv").write_text(text.getvalue(), "utf-8")
        (tmp_path / "in.txt").write_text("A pair has two sides.", "utf-8")
        bucket = endpoint.bucket
        call("s3", "cp", str(tmp_path / "pairs.csv"), f"s3://{bucket}/data/pairs.csv")
        call("s3", "cp", str(tmp_path / "in.txt"), f"s3://{bucket}/in/in.txt")
        config = f"S3Uri=s3://{bucket}/data/pairs.csv,Format=CSV"
        made = call("translate", "create-parallel-data", "--name", "pairs", "--parallel-data-config", config)
        assert made["Status"] == "CREATING"
        data = until(lambda: call("translate", "get-parallel-data", "--name", "pairs")["ParallelDataProperties"])
        assert (data["Status"], data["ImportedRecordCount"]) == ("ACTIVE", 2)
        job = call(
            "translate", "start-text-translation-job", "--job-name", "by-hand",
            "--input-data-config", f"S3Uri=s3://{bucket}/in/,ContentType=text/plain",
            "--output-data-config", f"S3Uri=s3://{bucket}/out/", "--data-access-role-arn", endpoint.role_arn,
            "--source-language-code", "en", "--target-language-codes", "zh", "--parallel-data-names", "pairs",
        )  # fmt: skip
        ended = until(
            lambda: call("translate", "describe-text-translation-job", "--job-id", job["JobId"])[
                "TextTranslationJobProperties"
            ],
            "JobStatus",
        )
        assert ended["JobStatus"] == "COMPLETED"
        call("s3", "cp", "--recursive", ended["OutputDataConfig"]["S3Uri"], str(tmp_path / "out"))
        assert (tmp_path / "out" / "zh.in.txt").read_text("utf-8") == "一对有两边。"
        details = json.loads(
            (tmp_path / "out" / "details" / "zh.auxiliary-translation-details.json").read_text("utf-8")
        )
        assert details["documentCountWithCustomerError"] == "0"
    finally:
        endpoint.stop()


def until(ask, member="Status"):
    """Ask until the answer has settled, for half a minute at most."""
    deadline = time.monotonic() + 30
    while (answer := ask())[member] in ("CREATING", "SUBMITTED", "IN_PROGRESS"):
        assert time.monotonic() < deadline
    return answer
