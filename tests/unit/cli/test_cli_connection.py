"""A connection to AWS on the command line: nothing starts unasked, no secret is told, and what is needed is shown.

What stands for AWS is a running endpoint that AWS_ENDPOINT_URL leads to: to the program that is no practice.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from amts_desk.aws.bucket import Bucket
from amts_desk.aws.cloud import Cloud
from amts_desk.aws.translate import Translate
from amts_desk.core.amazon import Connection
from amts_desk.core.checks import fine
from amts_desk.flows.aligning import align_chapters
from amts_desk.flows.importing import import_chapters
from amts_desk.steps.read.pairing import find_pairs
from amts_desk.store.places import resource
from amts_desk.store.project import Project
from tests.unit.cli.calling import done

SAMPLE = resource("sample")


@pytest.fixture
def aws(endpoint, monkeypatch, tmp_path):
    """Return the options of a connection to what stands for AWS."""
    (tmp_path / "config").write_text("[default]\n[profile translators]\nregion = eu-west-1\n")
    settings = {
        "AWS_ENDPOINT_URL": endpoint["url"],
        "AWS_ACCESS_KEY_ID": endpoint["access_key"],
        "AWS_SECRET_ACCESS_KEY": endpoint["secret_key"],
        "AWS_CONFIG_FILE": str(tmp_path / "config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "none"),
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return ["--region", endpoint["region"], "--bucket", endpoint["bucket"], "--role-arn", endpoint["role_arn"]]


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """The sample book as a project, read and aligned once for all tests."""
    path = tmp_path_factory.mktemp("book") / "book.amts"
    pairs = find_pairs([SAMPLE / "en", SAMPLE / "zh"], "en", "zh").pairs
    with Project.open(path, create=True) as project:
        align_chapters(project, import_chapters(project, pairs).new)
    return path


@pytest.fixture
def project(book, tmp_path):
    return Path(shutil.copy(book, tmp_path))


def configuration(folder, endpoint):
    path = folder / "book.toml"
    path.write_text(f"""
[source]
path = "{SAMPLE.as_posix()}"
[languages]
source = "en"
targets = ["zh"]
directions = ["en-zh"]
[parallel_data]
include = ["**"]
hold_out = ["05-post-editing"]
units = ["sentence"]
[arms]
run = ["none"]
[connection]
region = "{endpoint["region"]}"
bucket = "{endpoint["bucket"]}"
role_arn = "{endpoint["role_arn"]}"
[score]
tokenize = "zh"
unit = "block"
bootstrap = 0
""")
    return path


STARTS = {
    "jobs over a project": ("jobs", "start", "--project", "PROJECT"),
    "jobs over the bucket": ("jobs", "start", "--input", "s3://B/in/", "--output", "s3://B/o/", "--direction", "en-zh"),
    "a preview": ("jobs", "preview", "05-post-editing", "--project", "PROJECT"),
    "parallel data of a project": ("parallel-data", "create", "Book", "--project", "PROJECT"),
    "parallel data of a file": ("parallel-data", "create", "Book", "--file", "FILE"),
    "an experiment": ("experiment", "CONFIG", "--out", "OUT"),
    "a pipeline": ("pipeline", "CONFIG", "--out", "OUT"),
}


@pytest.mark.parametrize("words", STARTS.values(), ids=STARTS)
def test_nothing_starts_at_aws_unasked(capsys, tmp_path, project, aws, endpoint, words):
    (tmp_path / "pairs.tsv").write_text("en\tzh\nOne\t一\n", "utf-8")
    given = {
        "PROJECT": project, "FILE": tmp_path / "pairs.tsv", "CONFIG": configuration(tmp_path, endpoint),
        "OUT": tmp_path / "out", "s3://B/in/": f"s3://{endpoint['bucket']}/in/", "s3://B/o/": f"s3://{endpoint['bucket']}/o/",
    }  # fmt: skip
    options = [] if "CONFIG" in words else aws
    said = refusal(capsys, *[given.get(word, word) for word in words], *options)
    assert said[-1] == "amts-desk: This goes to AWS and may cost money, and nobody was asked. Add --yes to agree."
    assert endpoint["bucket"] in said[-2], "where it goes is told before"
    assert "AWS · " in said[-2]
    if words[0] != "parallel-data":
        assert "unverified; check aws.amazon.com/translate/pricing" in said[-2]
    cloud = Cloud(Connection(endpoint["region"], endpoint["bucket"], is_offline=False))
    assert Translate(cloud).jobs() == Translate(cloud).all_parallel_data() == []
    assert list(Bucket(cloud).keys(f"s3://{endpoint['bucket']}/")) == []


def refusal(capsys, *arguments):
    from amts_desk.cli import main

    capsys.readouterr()
    assert main([str(argument) for argument in arguments]) == 2
    return capsys.readouterr().err.splitlines()


@pytest.fixture
def only_the_connection(monkeypatch):
    """Let doctor leave out what it starts processes for."""
    monkeypatch.setattr("amts_desk.cli.doctor._qt_says", lambda: ("6.8.0",))
    monkeypatch.setattr("amts_desk.cli.doctor._practice", lambda: fine("offline practice", "left out"))


@pytest.mark.usefixtures("only_the_connection")
def test_doctor_warns_of_calls_that_go_elsewhere(capsys, aws, endpoint):
    text = done(capsys, "doctor", *aws)
    assert f"look  endpoint                  Calls go to {endpoint['url']}, which is not Amazon." in text
    assert "Unset AWS_ENDPOINT_URL to reach Amazon." in text
    assert "ok    AWS profiles              default, translators" in text


@pytest.mark.usefixtures("only_the_connection")
def test_doctor_tells_what_is_in_the_way(capsys, aws):
    from amts_desk.cli import main

    aws[3], aws[5] = "no-such-bucket", "arn:aws:iam::123456789012:user/me"
    assert main(["doctor", *aws]) == 1
    text = capsys.readouterr().out
    assert "NOT   bucket                    There is no bucket “no-such-bucket”." in text
    assert "NOT   role                      arn:aws:iam::123456789012:user/me is a user, not a role." in text


def test_policies_are_filled_and_can_be_taken_one_by_one(capsys, aws, endpoint):
    found = json.loads(done(capsys, "policies", "--json", "--prefix", "books/", *aws))
    assert list(found) == ["caller", "role", "trust"]
    assert f"arn:aws:s3:::{endpoint['bucket']}/books/*" in found["role"]
    assert "123456789012" in found["trust"], "the account is asked for"
    role = done(capsys, "policies", "--only", "role", "--account", "111122223333", *aws)
    assert json.loads(role)["Statement"]
    whole = done(capsys, "policies")
    assert whole.count("# ") == 3
    assert "YOUR-ACCOUNT-NUMBER" in whole


def test_policies_of_a_project_with_another_profile(capsys, tmp_path, project, aws, monkeypatch):
    with Project.open(project) as opened:
        connection = Connection(
            "eu-west-1", "mine", "here", profile="translators", account="444455556666", is_offline=False
        )
        opened.set_connection(connection)
    caller = done(capsys, "policies", project, "--only", "caller")
    assert "arn:aws:s3:::mine/here/*" in caller
    assert "arn:aws:translate:eu-west-1:444455556666:" in caller
    changed = done(capsys, "policies", project, "--only", "caller", "--region", "us-east-1")
    assert "arn:aws:translate:us-east-1:444455556666:" in changed, "what is not named stays the project's"
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    lines = refused_account(capsys, project)
    assert "Nobody is signed in" in lines
    assert "YOUR-ACCOUNT-NUMBER" in lines


def refused_account(capsys, project):
    from amts_desk.cli import main

    assert main(["policies", str(project), "--profile", "default", "--only", "trust"]) == 0
    return "".join(capsys.readouterr())


KEY, SECRET, TOKEN = "AKIADISTINCTIVE00001", "DistinctiveSecret/Of+Nobody", "DistinctiveSessionTokenOfNobody"


def test_no_secret_is_logged_told_or_stored(tmp_path, project, aws, endpoint):
    """Run what fails, in the log's fullest form and with a crash, with keys that nobody else has."""
    theirs = os.environ | {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_SESSION_TOKEN": TOKEN}
    job = ["jobs", "start", "--project", str(project), "--yes", *aws]
    crashing = (
        "import sys, amts_desk.cli\nfrom amts_desk.aws.cloud import Cloud\n"
        "def crash(cloud):\n    raise KeyError('defect')\n"
        "Cloud.identity = crash\nsys.exit(amts_desk.cli.main(sys.argv[1:]))\n"
    )
    shown = ""
    for start in (["-m", "amts_desk"], ["-c", crashing]):
        ran = subprocess.run([sys.executable, *start, "--debug", *job], env=theirs, capture_output=True, check=False)
        assert ran.returncode == 2
        shown += (ran.stdout + ran.stderr).decode()
    assert "was refused" in shown
    assert "KeyError: 'defect'" in shown
    stored = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and path.name != "config")
    for secret in (KEY, SECRET, TOKEN):
        assert secret not in shown
        assert secret.encode() not in stored


def test_signed_addresses_are_logged_told_and_stored_nowhere(capsys, tmp_path, project, aws):
    """Amazon answers a question about parallel data with links that whoever has them may use for half an hour."""
    pushed = ["parallel-data", "create", "Book", "--project", str(project), "--yes", *aws]
    shown = ""
    for words in (
        pushed,
        ["parallel-data", "show", "Book", "--json", *aws],
        ["parallel-data", "download", "Book", *aws],
    ):
        ran = subprocess.run([sys.executable, "-m", "amts_desk", "--debug", *words], capture_output=True, check=True)
        shown += (ran.stdout + ran.stderr).decode()
    done(capsys, "parallel-data", "delete", "Book", *aws)
    stored = b"".join(path.read_bytes() for path in tmp_path.rglob("*.amts*"))
    assert "Book  ACTIVE" in shown
    assert "Signature" not in shown
    assert b"Signature" not in stored
