"""Bad input through the command line: one sentence that says what, where and what next, and exit code 2."""

import shutil
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from amts_desk.cli import main
from amts_desk.store.places import resource
from amts_desk.store.project import Project
from tests.unit.cli.calling import done, told

SAMPLE = resource("sample")
EN, ZH = (SAMPLE / code / "01-why-translate.md" for code in ("en", "zh"))
LANGUAGES = ("--source-lang", "en", "--target-lang", "zh")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is not a text file (it holds binary data)"),
        ("翻译机器".encode("gbk"), "is not UTF-8 text: the byte at 0 in line 1"),
        ("翻译".encode("utf-16"), "is UTF-16 text"),
        (b"", "holds no text to translate"),
        (b"```\ncode only\n```\n", "holds no text to translate"),
    ],
    ids=["binary", "GBK", "UTF-16", "empty", "code only"],
)
def test_a_file_that_is_no_chapter(capsys, tmp_path, data, said):
    bad = tmp_path / "bad.md"
    bad.write_bytes(data)
    assert said in told(capsys, "extract", bad, "--lang", "zh")
    assert said in told(capsys, "align", EN, bad, *LANGUAGES)
    shutil.copy(EN, tmp_path / "bad_origin.md")
    assert main(["import", str(tmp_path / "book.amts"), str(tmp_path), *LANGUAGES]) == 2
    assert said in capsys.readouterr().err


def test_a_huge_file_is_not_even_read(capsys, tmp_path):
    huge = tmp_path / "huge.md"
    with huge.open("wb") as file:
        file.truncate(200_000_000)
    assert "huge.md has 200.0 MB; a chapter may have at most 20 MB" in told(capsys, "extract", huge, "--lang", "en")


def test_a_folder_is_no_chapter(capsys, tmp_path):
    assert "could not be read" in told(capsys, "extract", tmp_path, "--lang", "en")


def test_one_bad_chapter_leaves_the_rest(capsys, tmp_path):
    shutil.copytree(SAMPLE / "en", tmp_path / "book" / "en")
    shutil.copytree(SAMPLE / "zh", tmp_path / "book" / "zh")
    (tmp_path / "book" / "zh" / "02-sentence-pairs.md").write_bytes(b"\0")
    assert main(["import", str(tmp_path / "book.amts"), str(tmp_path / "book")]) == 1
    out, err = capsys.readouterr()
    assert "4 new, 0 read again, 0 unchanged, 1 problems." in out
    assert "02-sentence-pairs.md is not a text file" in err


def test_a_pair_in_one_language(capsys, tmp_path):
    for name in ("a_origin.md", "a.md"):
        shutil.copy(EN, tmp_path / name)
    said = told(capsys, "import", tmp_path / "book.amts", tmp_path / "a_origin.md", tmp_path / "a.md", *LANGUAGES)
    assert "are in the same language (en)" in said
    assert not (tmp_path / "book.amts").exists()
    assert "are in the same language (en)" in told(capsys, "align", EN, EN, *LANGUAGES)
    said = told(capsys, "align", EN, ZH, "--source-lang", "en", "--target-lang", "en")
    assert "Both sides are said to be in en" in said


def test_an_unknown_language(capsys):
    assert "“tlh” is not a language AMTS Desk knows. Use one of: en, zh" in told(capsys, "extract", EN, "--lang", "tlh")


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder that even root cannot write")
def test_a_folder_that_cannot_be_written(capsys):
    assert "cannot be opened for writing" in told(capsys, "import", "/proc/book.amts", SAMPLE / "en", SAMPLE / "zh")
    assert "could not be written" in told(capsys, "align", EN, ZH, *LANGUAGES, "-o", "/proc/out.json")
    assert "cannot be made" in told(capsys, "demo", "--out", "/proc/out")


def test_a_project_of_a_newer_program(capsys, tmp_path):
    path = tmp_path / "book.amts"
    Project.open(path, create=True).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert "was made by a newer AMTS Desk (file version 99" in told(capsys, "export", path, "--format", "tmx")


@pytest.mark.parametrize("content", [b"no database", None], ids=["text", "another program's"])
def test_a_file_that_is_no_project(capsys, tmp_path, content):
    path = tmp_path / "book.amts"
    if content is None:
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE theirs (a)")
        connection.close()
    else:
        path.write_bytes(content * 500)
    before = path.read_bytes()
    assert "is not an AMTS Desk project" in told(capsys, "import", path, SAMPLE / "en", SAMPLE / "zh")
    assert "is not an AMTS Desk project" in told(capsys, "jobs", "list", "--project", path)
    assert path.read_bytes() == before


def test_a_project_that_is_not_there_or_open_elsewhere(capsys, tmp_path):
    path = tmp_path / "book.amts"
    assert "There is no project" in told(capsys, "export", path, "--format", "tmx")
    with Project.open(path, create=True):
        assert "is already open" in told(capsys, "export", path, "--format", "tmx")


def test_a_name_that_is_nearly_right(capsys, tmp_path):
    path = tmp_path / "book.amts"
    done(capsys, "import", path, SAMPLE / "en", SAMPLE / "zh", SAMPLE / "es")
    said = told(capsys, "export", path, "--format", "tmx")
    assert "several language pairs. Add --direction: en-es, en-zh." in said
    arguments = ("export", path, "--format", "tmx", "--direction", "en-zh", "--chapters", "04-measurin")
    assert "has no chapter “04-measurin”. Did you mean “04-measuring”?" in told(capsys, *arguments)
    assert "has no chapter in en-ja" in told(capsys, "export", path, "--format", "tmx", "--direction", "en-ja")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("exract", "x"), "“exract” is neither a command nor a project. Did you mean “extract”?"),
        (("extract",), "The following arguments are required: FILE, --lang. See “amts-desk extract --help”."),
        (("parallel-data", "shw"), "invalid choice: 'shw'"),
        (("endpoint", "--port", "many"), "invalid int value: 'many'"),
        (("--no-such-option",), "“--no-such-option” is neither a command nor a project"),
        (("experiment", "none.toml"), "none.toml could not be read"),
    ],
)
def test_a_command_that_makes_no_sense(capsys, arguments, said):
    assert said in told(capsys, *arguments)


@pytest.mark.parametrize(
    ("systems", "options", "said"),
    [
        (["a"], (), "“a” does not name a system"),
        (["a={zh}", "a={zh}"], (), "each name once"),
        (["a=none.txt"], (), "none.txt could not be read"),
        (["a={en}"], (), "segments but the reference has"),
        (["a={en}"], ("--unit", "block"), "segments but the reference has"),
        (["a={zh}"], ("--tokenize", "words"), "“words” is not a tokeniser"),
        (["a={zh}"], ("--bootstrap", "-1"), "cannot be negative"),
    ],
)
def test_scores_that_cannot_be_had(capsys, systems, options, said):
    other = SAMPLE / "zh" / "04-measuring.md"
    named = [word for system in systems for word in ("--system", system.format(en=other, zh=ZH))]
    assert said in told(capsys, "score", "--reference", ZH, *named, "--lang", "zh", *options)


def test_a_port_that_is_taken(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [
            sys.executable,
            "-m",
            "amts_desk",
            "endpoint",
            "--port",
            str(port),
            "--data",
            str(tmp_path / "state"),
        ]
        done = subprocess.run(command, capture_output=True, check=False, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(f"amts-desk: Port {port} of 127.0.0.1 is taken. Choose another one, or 0 for any.\n")


def test_without_qt_the_window_says_so(capsys, monkeypatch):
    for name in [name for name in sys.modules if name == "amts_desk.app" or name.startswith("amts_desk.app.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "PySide6", None)
    monkeypatch.setitem(sys.modules, "PySide6.QtCore", None)
    said = told(capsys)
    assert "The window cannot open" in said
    assert "doctor" in said


def test_a_profile_that_is_not_set_up_is_told_before_anything_is_sent(capsys, tmp_path):
    path = tmp_path / "book.amts"
    done(capsys, "import", path, SAMPLE / "en", SAMPLE / "zh")
    aws = ("--region", "us-west-2", "--bucket", "b", "--role-arn", "arn:aws:iam::1:role/r", "--profile", "team")
    said = told(capsys, "jobs", "start", "--project", path, "--chapters", "01-why-translate", *aws)
    assert "Nobody is signed in to AWS as “team”" in said
    assert "aws configure sso" in said
