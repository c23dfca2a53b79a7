"""The unchanged AWS command line works against our endpoint, the whole way: it is Amazon's own client."""

import csv
import io
import json
import os
import subprocess
import sys
import time
import venv
from pathlib import Path
from urllib.request import urlopen

import pytest

from amts_desk.endpoint.process import start

PLACE = Path(__file__).resolve().parents[2] / "build" / "awscli"
PAIRS = [("en", "zh"), ("A pair has two sides.", "一对有两边。"), ("Every pair counts.", "每一对都算数。")]
SECOND = [("en", "zh", "es"), ("A pair has two sides.", "一双有两面。", "Un par tiene dos lados.")]


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


class Shell:
    """The AWS command line with the keys of an endpoint."""

    def __init__(self, program, endpoint, folder):
        self.bucket = endpoint.bucket
        self._start = [program, "--endpoint-url", endpoint.url, "--output", "json"]
        self._environment = os.environ | {
            "AWS_ACCESS_KEY_ID": endpoint.access_key,
            "AWS_SECRET_ACCESS_KEY": endpoint.secret_key,
            "AWS_DEFAULT_REGION": endpoint.region,
            "AWS_CONFIG_FILE": str(folder / "none"),
            "PYTHONWARNINGS": "ignore",
        }

    def s3(self, *arguments):
        self._run("s3", *arguments)

    def translate(self, operation, **options):
        """Call an operation; options are those of the command line, a list is several words."""
        words = []
        for name, value in options.items():
            words += [f"--{name.replace('_', '-')}", *(value if isinstance(value, list) else [value])]
        said = self._run("translate", operation, *words)
        return json.loads(said) if said.strip() else {}

    def _run(self, *arguments):
        done = subprocess.run(
            [*self._start, *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=self._environment,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def put(self, folder, name, rows):
        """Upload a table and return its address."""
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        (folder / name).write_text(text.getvalue(), "utf-8")
        self.s3("cp", str(folder / name), f"s3://{self.bucket}/data/{name}")
        return f"S3Uri=s3://{self.bucket}/data/{name},Format=CSV"


@pytest.fixture
def shell(aws, tmp_path):
    endpoint = start(tmp_path / "practice")
    yield Shell(aws, endpoint, tmp_path), endpoint.role_arn
    endpoint.stop()


def until(ask, member="Status"):
    """Ask until the answer has settled, for half a minute at most."""
    deadline = time.monotonic() + 30
    while (answer := ask()).get(member) in ("CREATING", "UPDATING", "SUBMITTED", "IN_PROGRESS", "STOP_REQUESTED"):
        assert time.monotonic() < deadline
    return answer


@pytest.mark.slow
def test_the_whole_flow_through_the_aws_command_line(shell, tmp_path):
    call, role = shell
    parallel_data(call, tmp_path)
    terminology(call, tmp_path)
    written = two_languages(call, role, tmp_path)
    assert (written / "zh.in.txt").read_text("utf-8").startswith("一双有两面。")
    assert (written / "es.in.txt").read_text("utf-8").startswith("Un par tiene dos lados.")
    for language, term in (("zh", "批量"), ("es", "lote")):
        details = json.loads(
            (written / "details" / f"{language}.auxiliary-translation-details.json").read_text("utf-8")
        )
        assert (details["targetLanguageCode"], details["documentCountWithCustomerError"]) == (language, "0")
        applied = details["details"][0]["auxiliaryData"]["appliedTerminologies"]
        assert applied == [{"name": "terms", "terms": [{"sourceText": "batch", "targetText": term}]}]
    stopped(call, role)
    assert call.translate("delete-parallel-data", name="pairs")["Status"] == "DELETING"


def parallel_data(call, folder):
    """Create parallel data, and replace it by some with a second language."""
    config = call.put(folder, "pairs.csv", PAIRS)
    made = call.translate("create-parallel-data", name="pairs", parallel_data_config=config, tags="Key=team,Value=d2l")
    assert made["Status"] == "CREATING"
    ask = lambda: call.translate("get-parallel-data", name="pairs")["ParallelDataProperties"]  # noqa: E731
    data = until(ask)
    assert (data["Status"], data["ImportedRecordCount"]) == ("ACTIVE", 2)
    assert call.translate("list-tags-for-resource", resource_arn=data["Arn"])["Tags"] == [
        {"Key": "team", "Value": "d2l"}
    ]
    call.translate("update-parallel-data", name="pairs", parallel_data_config=call.put(folder, "second.csv", SECOND))
    data = until(ask, "LatestUpdateAttemptStatus")
    assert (data["LatestUpdateAttemptStatus"], data["TargetLanguageCodes"]) == ("ACTIVE", ["zh", "es"])


def terminology(call, folder):
    (folder / "terms.csv").write_text("en,zh,es\nbatch,批量,lote\n", "utf-8")
    made = call.translate(
        "import-terminology", name="terms", merge_strategy="OVERWRITE", data_file=f"fileb://{folder / 'terms.csv'}",
        terminology_data="Format=CSV,Directionality=UNI",
    )["TerminologyProperties"]  # fmt: skip
    assert made["TermCount"] == 1
    location = call.translate("get-terminology", name="terms", terminology_data_format="TSV")["TerminologyDataLocation"]
    with urlopen(location["Location"]) as body:
        assert body.read().decode() == "en\tzh\tes\nbatch\t批量\tlote\n"


def job(call, role, **more):
    return call.translate(
        "start-text-translation-job", job_name="by-hand", data_access_role_arn=role, source_language_code="en",
        input_data_config=f"S3Uri=s3://{call.bucket}/in/,ContentType=text/plain",
        output_data_config=f"S3Uri=s3://{call.bucket}/out/", **more,
    )["JobId"]  # fmt: skip


def ended(call, number):
    told = until(
        lambda: call.translate("describe-text-translation-job", job_id=number)["TextTranslationJobProperties"],
        "JobStatus",
    )
    return told["JobStatus"], told["OutputDataConfig"]["S3Uri"]


def two_languages(call, role, folder):
    """Run a job into two languages with parallel data and a terminology; return where its files are."""
    (folder / "in.txt").write_text("A pair has two sides.\nThis is a batch.", "utf-8")
    call.s3("cp", str(folder / "in.txt"), f"s3://{call.bucket}/in/in.txt")
    number = job(call, role, target_language_codes=["zh", "es"], parallel_data_names="pairs", terminology_names="terms")
    status, uri = ended(call, number)
    assert status == "COMPLETED"
    call.s3("cp", "--recursive", uri, str(folder / "out"))
    return folder / "out"


def stopped(call, role):
    number = job(call, role, target_language_codes="zh")
    assert call.translate("stop-text-translation-job", job_id=number)["JobStatus"] in ("STOP_REQUESTED", "COMPLETED")
    assert ended(call, number)[0] in ("STOPPED", "COMPLETED")
    listed = call.translate("list-text-translation-jobs", filter="JobName=by-hand")
    assert len(listed["TextTranslationJobPropertiesList"]) == 2
