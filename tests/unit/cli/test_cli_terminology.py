"""`terminology`: terms into a project, out of it, and to an endpoint that runs."""

import json

import pytest

from amts_desk.store.places import resource
from tests.unit.cli.calling import done, told

SAMPLE = resource("sample") / "terminology.csv"


@pytest.fixture
def over(endpoint, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", endpoint["access_key"])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", endpoint["secret_key"])
    names = {"--endpoint-url": "url", "--region": "region", "--bucket": "bucket", "--role-arn": "role_arn"}
    return [word for option, key in names.items() for word in (option, endpoint[key])]


@pytest.fixture
def project(capsys, tmp_path):
    path = tmp_path / "book.amts"
    assert "80 terms added" in done(capsys, "terminology", "import", path, SAMPLE)
    return path


def test_terms_go_in_and_out_in_every_format(capsys, tmp_path, project):
    assert "0 terms added, 80 were there already" in done(capsys, "terminology", "import", project, SAMPLE)
    for form in ("csv", "tmx", "tbx", "md"):
        out = tmp_path / f"terms.{form}"
        done(capsys, "terminology", "export", project, "--format", form, "-o", out)
        again = tmp_path / f"{form}.amts"
        told_ = json.loads(done(capsys, "terminology", "import", again, out, "--json"))
        assert told_ == {"added": 80, "known": 0, "empty": 0, "problems": []}
    assert (tmp_path / "terms.csv").read_bytes() == SAMPLE.read_bytes()
    assert "| en | es |" in done(capsys, "terminology", "export", project, "--format", "md", "--target-lang", "es")


def test_conflicts_are_told_and_decided(capsys, tmp_path, project):
    other = tmp_path / "other.csv"
    other.write_text("en,zh\nalignment,比对\n", "utf-8")
    command = ("terminology", "import", project, other)
    assert "0 terms added" in done(capsys, *command, "--conflicts", "old", code=1)
    done(capsys, *command, "--conflicts", "new", "--json", code=1)
    table = done(capsys, "terminology", "export", project, "--format", "csv", "--target-lang", "zh")
    assert "alignment,比对\n" in table
    assert "alignment,对齐" not in table
    problem = json.loads(done(capsys, "terminology", "import", project, SAMPLE, "--json", code=1))["problems"][0]
    assert problem == (
        "“alignment” was “比对” and is now “对齐”, too: both are kept, and the new one wins, since it is the last."
    )


def test_terms_of_a_list_whose_languages_are_said(capsys, tmp_path):
    path = tmp_path / "TERMINOLOGY.md"
    path.write_text("capa, layer\netiqueta, label\n", "utf-8")
    command = ("terminology", "import", tmp_path / "b.amts", path)
    assert "in one language" in told(capsys, *command)
    assert "Give both" in told(capsys, *command, "--source-lang", "en")
    assert "2 terms added" in done(capsys, *command, "--source-lang", "en", "--target-lang", "es")


def test_from_the_project_to_the_endpoint_and_back(capsys, tmp_path, project, over):
    push = ("terminology", "push", "Terms", "--project", project, "--target-lang", "zh", *over)
    assert done(capsys, *push) == "Sent.\nTerms  en → zh  40 terms, 0 skipped\n"
    assert done(capsys, *push).startswith("The same is there already.")
    shown = json.loads(done(capsys, "terminology", "show", "Terms", "--json", *over))
    assert shown["TerminologyProperties"]["Format"] == "TMX"
    assert "Signature" not in str(shown)
    assert json.loads(done(capsys, "terminology", "list", "--json", *over))["terminologies"][0]["Name"] == "Terms"
    back = tmp_path / "back.tmx"
    done(capsys, "terminology", "download", "Terms", "-o", back, *over)
    assert "40 terms added" in done(capsys, "terminology", "import", tmp_path / "b.amts", back)
    assert "untouched" in done(capsys, "terminology", "delete", "Terms", *over)
    assert done(capsys, "terminology", "list", *over) == ""
    assert "There is no terminology “Terms”" in told(capsys, "terminology", "show", "Terms", *over)


def test_terms_that_are_not_sent_are_told_one_by_one(capsys, tmp_path, over):
    path = tmp_path / "bad.csv"
    path.write_text(f"en,zh\n{'x' * 201},长\nfine,好\n", "utf-8")
    done(capsys, "terminology", "import", tmp_path / "b.amts", path)
    name = done(capsys, "terminology", "push", "--project", tmp_path / "b.amts", *over, code=1).split()[1]
    assert name.startswith("amts-b-")
    assert name.endswith("-en-terms")
    done(capsys, "terminology", "delete", name, *over)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("push", "Terms"), "needs a project"),
        (("download", "None"), "There is no terminology with the name None"),
        (("delete", "None"), "There is no terminology with the name None"),
    ],
)
def test_what_cannot_be_done_is_told(capsys, over, arguments, said):
    assert said in told(capsys, "terminology", *arguments, *over)


def test_nothing_goes_to_aws_unasked(capsys, project, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    arguments = ("push", "--project", project, "--region", "us-west-2")
    assert "nobody was asked" in told_last(capsys, "terminology", *arguments)


def told_last(capsys, *arguments):
    from amts_desk.cli import main

    capsys.readouterr()
    assert main([str(argument) for argument in arguments]) == 2
    return capsys.readouterr().err.splitlines()[-1]
