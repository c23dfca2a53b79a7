"""`endpoint`, `parallel-data` and `jobs`: over a running endpoint's address, and over a project."""

import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest

from amts_desk.cli import main
from amts_desk.store.places import resource
from tests.unit.cli.calling import done, told

SAMPLE = resource("sample")


@pytest.fixture
def over(endpoint, monkeypatch):
    """Return the options that name the endpoint of this module."""
    return named(endpoint, monkeypatch)


def named(endpoint, monkeypatch):
    """Return the options that name an endpoint, as with any AWS client; its keys go into the environment."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", endpoint["access_key"])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", endpoint["secret_key"])
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    names = {"--endpoint-url": "url", "--region": "region", "--bucket": "bucket", "--role-arn": "role_arn"}
    return [word for option, key in names.items() for word in (option, endpoint[key])]


def test_the_endpoint_prints_one_line_that_any_client_can_use(endpoint):
    assert list(endpoint) == ["url", "region", "access_key", "secret_key", "bucket", "role_arn"]
    assert endpoint["url"].startswith("http://127.0.0.1:")


def test_parallel_data_from_a_file(capsys, tmp_path, over):
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("en,zh\nRead it.,读。\nStop.,停。\n", "utf-8")
    assert "FromFile  ACTIVE  2 pairs" in done(capsys, "parallel-data", "create", "FromFile", "--file", pairs, *over)
    shown = json.loads(done(capsys, "parallel-data", "show", "FromFile", "--json", *over))
    assert shown["ParallelDataProperties"]["Status"] == "ACTIVE"
    assert shown["files"] == [shown["ParallelDataProperties"]["ParallelDataConfig"]["S3Uri"]]
    assert shown["estimate"] == {"pairs": 2, "dollars": 0.0}
    pairs.write_text("en,zh\nRead it.,读。\n", "utf-8")
    assert "1 pairs" in done(capsys, "parallel-data", "update", "FromFile", "--file", pairs, *over)
    done(capsys, "parallel-data", "download", "FromFile", "-o", tmp_path / "back.csv", *over)
    assert (tmp_path / "back.csv").read_bytes() == pairs.read_bytes()
    listed = json.loads(done(capsys, "parallel-data", "list", "--json", *over))
    assert [data["Name"] for data in listed["parallel_data"]] == ["FromFile"]
    done(capsys, "parallel-data", "delete", "FromFile", *over)
    assert "There is no parallel data resource" in told(capsys, "parallel-data", "show", "FromFile", *over)


def test_a_file_that_amazon_refuses_is_told(capsys, tmp_path, over):
    (tmp_path / "bad.tmx").write_text("no TMX", "utf-8")
    assert "was not taken in" in told(capsys, "parallel-data", "create", "Bad", "--file", tmp_path / "bad.tmx", *over)
    done(capsys, "parallel-data", "delete", "Bad", *over)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("create", "Bad__Name", "--file", "x.tmx"), "cannot be the name of parallel data"),
        (("create", "Good", "--file", "x.docx"), "is neither TMX, CSV nor TSV"),
        (("create", "Good", "--file", "none.tmx"), "could not be read"),
        (("create", "Good"), "needs a project"),
    ],
)
def test_what_cannot_be_sent_is_told(capsys, over, arguments, said):
    assert said in told(capsys, "parallel-data", *arguments, *over)


@pytest.fixture
def project(capsys, tmp_path):
    path = tmp_path / "book.amts"
    done(capsys, "import", path, SAMPLE / "en", SAMPLE / "zh", "--source-lang", "en", "--target-lang", "zh")
    return path


def test_a_run_of_the_project_from_start_to_chapter(capsys, tmp_path, project, over):
    data = ("parallel-data", "create", "Book", "--project", project, "--hold-out", "05-post-editing", *over)
    assert "Book  ACTIVE" in done(capsys, *data)
    job = ("jobs", "start", "--project", project, "--chapters", "05-post-editing", "--parallel-data", "Book", *over)
    started = json.loads(done(capsys, *job, "--json"))
    assert (started["run"], started["arm"], started["direction"]) == (1, "sentence", "en-zh")
    assert json.loads(done(capsys, *job, "--json"))["JobId"] == started["JobId"], "the same order is the same run"
    fetched = json.loads(done(capsys, "jobs", "fetch", "1", "--project", project, *over, "--json"))
    assert fetched["fetched"]
    shown = json.loads(done(capsys, "jobs", "show", started["JobId"], "--project", project, *over, "--json"))
    assert shown["TextTranslationJobProperties"]["JobStatus"] == "COMPLETED"
    assert shown["estimate"]["characters"] > 3000
    assert shown["files"][0]["uri"].startswith("s3://")
    listed = json.loads(done(capsys, "jobs", "list", "--project", project, *over, "--json"))
    assert [run["JobId"] for run in listed["runs"]] == [started["JobId"]]
    out = tmp_path / "chapter.md"
    done(capsys, "write", project, "05-post-editing", "--lang", "zh", "--run", "1", "-o", out)
    assert ":label:`sec_post_editing`" in out.read_text("utf-8")
    assert "Run 1 translates en-zh" in told(capsys, "write", project, "05-post-editing", "--lang", "en", "--run", "1")


def test_versions_of_a_project_differ_and_others_are_listed_apart(capsys, tmp_path, project, over):
    def send(action, *more):
        return done(capsys, "parallel-data", action, "Versions", "--project", project, "--format", "csv", *more, *over)

    def diff(*more):
        return ("parallel-data", "diff", "Versions", *more, "--project", project)

    assert "has made: none" in told(capsys, *diff())
    first = send("create", "--chapters", "01-why-translate", "02-sentence-pairs", "--length-ratio", "usual")
    assert "Versions  ACTIVE" in first
    assert "one version only" in told(capsys, *diff())
    second = send("update", "--chapters", "02-sentence-pairs", "--plain", "--check-language", "--without-identical")
    assert "In use: ACTIVE; last update: ACTIVE" in second
    found = json.loads(done(capsys, *diff("1", "2"), "--json"))
    assert {pair["chapter"] for pair in found["removed"]} >= {"01-why-translate"}
    assert found["changed"] or found["added"], "the marks of emphasis are gone"
    assert found["unchanged"] > 10
    pair = found["removed"][0]
    assert pair["changed_by"]
    assert (pair["unit"], pair["state"], len(pair["editions"])) == ("sentence", "automatic", 2)
    lines = done(capsys, *diff()).splitlines()
    assert lines[0].startswith("Versions, version 1 → 2: ")
    assert sum(line.startswith("- ") for line in lines) == len(found["removed"])
    assert "between two versions" in told(capsys, *diff("1"))
    assert "no version 9 of “Versions”" in told(capsys, *diff("1", "9"))
    (tmp_path / "theirs.csv").write_text("en,zh\nRead it.,读。\n", "utf-8")
    done(capsys, "parallel-data", "create", "Theirs", "--file", tmp_path / "theirs.csv", *over)
    listed = done(capsys, "parallel-data", "list", "--project", project, *over).splitlines()
    assert listed[0].startswith("Versions  ACTIVE")
    assert listed.index("Not of this project:") < next(i for i, line in enumerate(listed) if line.startswith("Theirs"))
    assert (
        "Theirs" in json.loads(done(capsys, "parallel-data", "list", "--project", project, "--json", *over))["others"]
    )


@pytest.mark.parametrize("ratio", ["3:1", "x", "1", "-1:2", "1:y"])
def test_a_length_ratio_that_is_none_is_told(capsys, project, ratio):
    export = ("export", project, "--format", "tmx", f"--length-ratio={ratio}")
    assert "is not a length ratio. Write it like 0.3:3, or “usual”." in told(capsys, *export)


def test_a_job_over_the_bucket_without_a_project(capsys, tmp_path, project, over, endpoint):
    done(capsys, "jobs", "start", "--project", project, "--chapters", "01-why-translate", *over)
    listed = json.loads(done(capsys, "jobs", "list", "--json", *over))
    source = listed["jobs"][0]["InputDataConfig"]["S3Uri"]
    out = f"s3://{endpoint['bucket']}/raw/"
    arguments = ("jobs", "start", "--input", source, "--output", out, "--direction", "en-zh", "--json", *over)
    job = json.loads(done(capsys, *arguments))["JobId"]
    printed = done(capsys, "jobs", "fetch", job, "-o", tmp_path / "files", *over).splitlines()
    assert len(printed) == 1
    assert "<html" in next((tmp_path / "files").iterdir()).read_text("utf-8")
    assert "--input is missing" in told(capsys, "jobs", "start", "--direction", "en-zh", *over)


def test_a_job_can_be_stopped(capsys, project, over):
    started = json.loads(done(capsys, "jobs", "start", "--project", project, "--json", *over))
    stopped = json.loads(done(capsys, "jobs", "stop", started["JobId"], "--project", project, "--json", *over))
    assert stopped["JobStatus"] in ("STOP_REQUESTED", "STOPPED")
    assert "has no output: it is STOPPED" in told(capsys, "jobs", "fetch", "1", "--project", project, *over)


def test_an_unknown_job_is_told(capsys, over):
    assert "There is no text translation job" in told(capsys, "jobs", "show", "0" * 32, *over)


def test_an_endpoint_killed_in_the_middle_of_a_job(capsys, tmp_path, project, monkeypatch):
    """The wait ends with a message; when the endpoint is there again, the same command brings the job home."""
    monkeypatch.setattr("amts_desk.flows.waiting.PATIENCE", 2)
    command = [sys.executable, "-m", "amts_desk", "endpoint", "--data", str(tmp_path / "state")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        options = named(json.loads(process.stdout.readline()), monkeypatch)
        job = json.loads(done(capsys, "jobs", "start", "--project", project, "--json", *options))
        process.kill()
    fetch = ("jobs", "fetch", job["JobId"], "--project", project, "--json")
    assert "Nothing answers at" in told(capsys, *fetch, *options)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        options = named(json.loads(process.stdout.readline()), monkeypatch)
        fetched = json.loads(done(capsys, *fetch, *options))
        process.stdin.close()
    assert (fetched["JobId"], fetched["fetched"], fetched["message"]) == (job["JobId"], True, "")


def test_a_wrong_port_is_told(capsys, over):
    over[1] = "http://127.0.0.1:9"
    assert told(capsys, "jobs", "list", *over) == (
        "amts-desk: Nothing answers at http://127.0.0.1:9. Check the address and the port."
    )


def test_a_wrong_key_is_told(capsys, over, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAWRONG")
    assert "was refused" in told(capsys, "jobs", "list", *over)


def test_no_key_at_all_is_told(capsys, over, monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(name, os.devnull)
    assert "Nobody is signed in" in told(capsys, "jobs", "list", *over)


def test_an_address_that_is_none_is_told(capsys):
    assert "“nonsense” is not an address" in told(capsys, "jobs", "list", "--endpoint-url", "nonsense")


def test_an_unknown_profile_is_told(capsys, monkeypatch):
    for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(name, os.devnull)
    said = told(capsys, "parallel-data", "list", "--profile", "nobody", "--region", "us-west-2")
    assert "nobody" in said


def test_doctor_looks_at_the_connection(capsys, over):
    assert main(["doctor", "--json", *over]) == 0
    found = {check["name"]: check for check in json.loads(capsys.readouterr().out)["checks"]}
    assert all(found[name]["ok"] for name in ("connection", "Region", "identity", "bucket", "role", "Amazon Translate"))
    over[1] = "http://127.0.0.1:9"
    assert main(["doctor", "--json", *over]) == 1
    found = {check["name"]: check for check in json.loads(capsys.readouterr().out)["checks"]}
    assert not found["identity"]["ok"]
    assert found["identity"]["advice"]


@pytest.fixture
def two_languages(capsys, tmp_path):
    path = tmp_path / "two.amts"
    for code in ("zh", "es"):
        done(capsys, "import", path, SAMPLE / "en", SAMPLE / code, "--source-lang", "en", "--target-lang", code)
    return path


def test_one_job_into_two_languages(capsys, two_languages, over):
    directions = ("--direction", "en-zh", "en-es", "--chapters", "01-why-translate")
    job = ("jobs", "start", "--project", two_languages, *directions, *over)
    started = json.loads(done(capsys, *job, "--json"))["runs"]
    assert [run["direction"] for run in started] == ["en-zh", "en-es"]
    assert len({run["JobId"] for run in started}) == 1
    fetch = ("jobs", "fetch", started[0]["JobId"], "--project", two_languages, *over)
    fetched = json.loads(done(capsys, *fetch, "--json"))["runs"]
    assert [(run["fetched"], run["documents"]["translated"]) for run in fetched] == [(True, 1), (True, 1)]
    again = json.loads(done(capsys, *job, "--json"))["runs"]
    assert [run["run"] for run in again] == [1, 2]
    assert len(json.loads(done(capsys, *job, "--again", "--json"))["runs"]) == 2
    assert "one source language" in told(capsys, *job, "--direction", "en-zh", "zh-en")


def test_a_check_sends_nothing_and_says_what_is_in_the_way(capsys, project, over):
    job = ("jobs", "start", "--project", project, "--chapters", "01-why-translate", *over)
    checks = json.loads(done(capsys, *job, "--check", "--json"))["checks"]
    assert {check["verdict"] for check in checks} == {"ok"}
    assert "It is not in this account" in done(capsys, *job, "--check", "--parallel-data", "Nothing", code=1)
    assert "It is not in this account" in told(capsys, *job, "--terminology", "Nothing")
    assert json.loads(done(capsys, "jobs", "list", "--project", project, "--json", *over))["runs"] == []


def test_a_preview_of_the_first_sentences(capsys, project, over):
    arguments = ("jobs", "preview", "01-why-translate", "--project", project, "--sentences", "2", *over)
    sentences = json.loads(done(capsys, *arguments, "--json"))["sentences"]
    assert sentences[0]["source"] == "Why Translate a Textbook"
    assert len(sentences) == 2
    assert all(sentence["translation"] for sentence in sentences)
    assert "Why Translate a Textbook\n  " in done(capsys, *arguments)
    assert "needs a project" in told(capsys, "jobs", "preview", "01-why-translate", *over)


def test_fetching_starts_nothing(capsys, project, over):
    from amts_desk.core.amazon import JobStatus
    from amts_desk.store.project import Project

    start = ("jobs", "start", "--project", project, "--chapters", "04-measuring", *over)
    done(capsys, *start)
    with Project.open(project) as opened:
        (run,) = opened.runs.runs()
        name = "amts-never-started-0"
        unsent = replace(run, job_id="", status=JobStatus.PLANNED, key="k", token="t", name=name)
        opened.runs.add_run(unsent)
    assert "planned but never started" in told(capsys, "jobs", "fetch", "2", "--project", project, *over)
    listed = json.loads(done(capsys, "jobs", "list", "--json", *over))["jobs"]
    assert name not in [job["JobName"] for job in listed]
    assert "has no run “9”" in told(capsys, "jobs", "fetch", "9", "--project", project, *over)
