"""The commands as processes of their own: without Qt, in any locale, quick, and well-behaved when cut off."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from amts_desk.store.places import resource

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = resource("sample")
EN, ZH = (SAMPLE / code / "01-why-translate.md" for code in ("en", "zh"))
CONFIG = f"""
[source]
path = "{SAMPLE.as_posix()}"
[languages]
targets = ["zh"]
[parallel_data]
hold_out = ["05-post-editing"]
[arms]
run = ["none"]
[score]
bootstrap = 10
"""
HEAVY = {"numpy", "pandas", "boto3", "botocore", "moto", "sacrebleu", "jieba", "marko", "PySide6"}


@pytest.fixture
def without_qt(tmp_path_factory):
    """Return an environment in which importing Qt raises."""
    folder = tmp_path_factory.mktemp("without_qt")
    for name in ("PySide6", "shiboken6"):
        (folder / f"{name}.py").write_text(f"raise ImportError('{name} must not be imported here')\n")
    return os.environ | {"PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}


def called(environment, *arguments, code=0, **options):
    command = [sys.executable, "-m", "amts_desk", *map(str, arguments)]
    done = subprocess.run(command, env=environment, capture_output=True, check=False, **options)
    assert done.returncode == code, done.stderr.decode("utf-8", "replace")
    return done.stdout.decode()


@pytest.fixture
def project(without_qt, tmp_path):
    path = tmp_path / "book.amts"
    called(without_qt, "import", path, SAMPLE / "en", SAMPLE / "zh")
    return path


def test_the_stub_really_keeps_qt_out(without_qt):
    done = subprocess.run([sys.executable, "-c", "import PySide6"], env=without_qt, capture_output=True, check=False)
    assert b"must not be imported" in done.stderr


def test_texts_pairs_and_scores_without_qt(without_qt, tmp_path):
    called(without_qt, "extract", EN, "--lang", "en", "--json")
    called(without_qt, "align", EN, ZH, "--source-lang", "en", "--target-lang", "zh", "-o", tmp_path / "out.json")
    called(without_qt, "score", "--reference", ZH, "--system", f"a={ZH}", "--lang", "zh", "--unit", "block")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.json").write_text('{"src": ["One."], "tgt": ["一。"]}', "utf-8")
    languages = ("--source-lang", "en", "--target-lang", "zh")
    called(without_qt, "align", "--batch", tmp_path / "in", tmp_path / "batch", *languages)


def test_project_and_service_without_qt(without_qt, tmp_path, project):
    called(without_qt, "export", project, "--format", "tmx", "-o", tmp_path / "out.tmx")
    called(without_qt, "export", project, "--format", "xlsx", "-o", tmp_path / "out.xlsx")
    called(without_qt, "import-review", project, tmp_path / "out.xlsx")
    at = ("--project", project)
    called(without_qt, "parallel-data", "create", "Book", *at, "--hold-out", "05-post-editing", "--no-wait")
    called(without_qt, "parallel-data", "list", *at)
    called(without_qt, "terminology", "import", project, SAMPLE / "terminology.csv")
    called(without_qt, "terminology", "push", "Terms", *at)
    called(without_qt, "jobs", "start", *at, "--chapters", "05-post-editing")
    called(without_qt, "jobs", "fetch", "1", *at)
    called(without_qt, "write", project, "05-post-editing", "--lang", "zh", "--run", "1", "-o", tmp_path / "out.md")


def test_experiment_and_pipeline_without_qt(without_qt, tmp_path):
    (tmp_path / "study.toml").write_text(CONFIG, "utf-8")
    found = json.loads(called(without_qt, "experiment", tmp_path / "study.toml", "--json"))
    assert list(found) == ["articles", "arms", "scores", "average", "significance", "leakage", "signature"]
    assert list(found["scores"]["EN-ZH"]["05-post-editing"]["none"]) == ["bleu", "chrf", "n"]
    assert (tmp_path / "study-results" / "report.html").exists()
    printed = called(without_qt, "pipeline", tmp_path / "study.toml", "--out", tmp_path / "out")
    assert "Translated by the offline practice engine, not by Amazon Translate." in printed


@pytest.mark.slow
def test_demo_without_qt(without_qt, tmp_path):
    printed = called(without_qt, "demo", "--out", tmp_path / "demo")
    for words in ("EN-ZH", "EN-ES", "none", "paragraph", "sentence"):
        assert words in printed
    sent = [int(count) for count in re.findall(r"sentence pairs sent: 0 of (\d+) hold", printed)]
    assert len(sent) == 2
    assert min(sent) > 200
    assert (tmp_path / "demo" / "report.html").exists()
    written = sorted(path.relative_to(tmp_path / "demo" / "chapters") for path in tmp_path.rglob("05-*.md"))
    assert [path.as_posix() for path in written] == [
        f"{direction}/{arm}/05-post-editing.md"
        for direction in ("en-es", "en-zh")
        for arm in ("none", "paragraph", "sentence")
    ]


def test_self_check_and_doctor_without_qt(without_qt):
    printed = called(without_qt, "--self-check")
    assert all(" ok " in line for line in printed.splitlines())
    found = json.loads(called(without_qt, "doctor", "--json", code=1))
    assert [check["name"] for check in found["checks"] if not check["ok"]] == ["Qt"]


def test_the_version_costs_nothing(without_qt):
    script = (
        "import sys; from amts_desk.cli import main; main(['--version']);"
        f"print({{name.partition('.')[0] for name in sys.modules}} & ({HEAVY!r} | {{'argparse', 'json', 'logging'}}))"
    )
    done = subprocess.run([sys.executable, "-c", script], env=without_qt, capture_output=True, check=True)
    assert done.stdout.split() == [b"amts-desk", b"0.1.0", b"set()"]


def test_help_loads_nothing_heavy(without_qt):
    script = (
        "import sys\nfrom amts_desk.cli import main\n"
        "try: main(['score', '--help'])\nexcept SystemExit: pass\n"
        f"print('LOADED', {{name.partition('.')[0] for name in sys.modules}} & {HEAVY!r})"
    )
    done = subprocess.run([sys.executable, "-c", script], env=without_qt, capture_output=True, check=True)
    assert done.stdout.decode().splitlines()[-1] == "LOADED set()"


def test_output_is_utf8_in_any_locale(without_qt):
    poor = without_qt | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    assert "翻译" in called(poor, "extract", ZH, "--lang", "zh")
    assert "翻译" in called(poor, "extract", ZH, "--lang", "zh", "--json")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells a broken pipe in another way")
def test_a_reader_that_has_gone_is_no_error(without_qt):
    command = [sys.executable, "-m", "amts_desk", "extract", str(EN), "--lang", "en"]
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(command, env=without_qt, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_ctrl_c_ends_with_130_and_leaves_no_endpoint(without_qt, tmp_path):
    (tmp_path / "study.toml").write_text(CONFIG, "utf-8")
    script = (
        "import os, signal, sys\nfrom amts_desk.aws.translate import Translate\n"
        "Translate.job = lambda *_: os.kill(os.getpid(), signal.SIGINT)\n"
        "from amts_desk.cli import main\nsys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", script, "experiment", str(tmp_path / "study.toml")]
    done = subprocess.run(command, env=without_qt, capture_output=True, check=False, preexec_fn=_heed_ctrl_c)
    assert done.returncode == 130, done.stderr
    assert done.stderr.decode() == "amts-desk: stopped. What was finished is kept; the same command carries on.\n"
    assert not list((Path(without_qt["AMTS_DESK_HOME"]) / "data" / "practice").glob("endpoint.json"))
    found = json.loads(called(without_qt, "experiment", tmp_path / "study.toml", "--json"))
    assert found["articles"] == ["05-post-editing"]


def _heed_ctrl_c():
    signal.signal(signal.SIGINT, signal.default_int_handler)
