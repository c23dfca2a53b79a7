"""The commands in this process: what they print, what they write, how they end."""

import csv
import io
import json
import subprocess
import sys

import pytest

from amts_desk import __version__
from amts_desk.cli import main
from amts_desk.cli.arguments import COMMANDS
from amts_desk.core.options import Options
from amts_desk.core.review import Decision
from amts_desk.steps.interchange.tmx import read_tmx
from amts_desk.store.places import resource
from amts_desk.store.project import Project
from tests.unit.cli.calling import done, told

SAMPLE = resource("sample")
EN, ZH, ES = (SAMPLE / code / "04-measuring.md" for code in ("en", "zh", "es"))
KINDS = {"heading", "paragraph", "list-item", "table-cell", "caption", "quote", "footnote", "comment"}


# extract


@pytest.mark.parametrize("unit", ["sentence", "paragraph"])
def test_extract_gives_places_in_the_file(capsys, unit):
    text = EN.read_text("utf-8")
    found = json.loads(done(capsys, "extract", EN, "--lang", "en", "--unit", unit, "--json"))
    assert list(found) == ["segments"]
    assert all(list(s) == ["text", "kind", "block", "start", "end"] for s in found["segments"])
    assert {s["kind"] for s in found["segments"]} <= KINDS
    assert all(s["text"].split() == text[s["start"] : s["end"]].replace("\n> ", " ").split() for s in found["segments"])


def test_extract_prints_one_text_a_line(capsys):
    printed = done(capsys, "extract", ZH, "--lang", "zh-CN").splitlines()
    found = json.loads(done(capsys, "extract", ZH, "--lang", "zh", "--json"))
    assert printed == [s["text"] for s in found["segments"]]


# align


def test_align_names_every_sentence_once(capsys):
    found = json.loads(done(capsys, "align", EN, ZH, "--source-lang", "en", "--target-lang", "zh"))
    assert list(found) == ["source", "target", "beads"]
    for side in ("source", "target"):
        assert [i for bead in found["beads"] for i in bead[side]] == list(range(len(found[side])))
    assert all(0 <= bead["confidence"] <= 1 and isinstance(bead["reasons"], list) for bead in found["beads"])


def test_align_paragraphs(capsys):
    found = json.loads(
        done(capsys, "align", EN, ES, "--source-lang", "en", "--target-lang", "es", "--unit", "paragraph")
    )
    assert [i for bead in found["beads"] for i in bead["source"]] == list(range(len(found["source"])))
    assert sum(len(bead["source"]) == len(bead["target"]) == 1 for bead in found["beads"]) > 0.8 * len(found["beads"])


def test_align_takes_the_lines_of_text_files_as_they_stand(capsys, tmp_path):
    (tmp_path / "a.txt").write_text("Read it. Mend it.\nStop.\n", "utf-8")
    (tmp_path / "b.txt").write_text("读。改。\n停。\n", "utf-8")
    found = json.loads(
        done(capsys, "align", tmp_path / "a.txt", tmp_path / "b.txt", "--source-lang", "en", "--target-lang", "zh")
    )
    assert found["source"] == ["Read it. Mend it.", "Stop."]
    assert [(bead["source"], bead["target"]) for bead in found["beads"]] == [([0], [0]), ([1], [1])]


@pytest.mark.parametrize("kind", ["tmx", "csv", "tsv"])
def test_align_writes_files_for_amazon(capsys, tmp_path, kind):
    out = tmp_path / f"pairs.{kind}"
    done(capsys, "align", EN, ZH, "--source-lang", "en", "--target-lang", "zh", "--format", kind, "-o", out)
    if kind == "tmx":
        pairs = [(p.source, p.target) for p in read_tmx(io.BytesIO(out.read_bytes()), "en", "zh")]
    else:
        rows = list(csv.reader(io.StringIO(out.read_text("utf-8")), delimiter="," if kind == "csv" else "\t"))
        assert rows[0] == ["en", "zh"]
        pairs = [tuple(row) for row in rows[1:]]
    assert len(pairs) > 60
    assert all(source and target for source, target in pairs)


def test_align_batch(capsys, tmp_path):
    (tmp_path / "in").mkdir()
    entry = {"id": "x", "src": ["Read it.", "Stop."], "tgt": ["读。", "停。"]}
    (tmp_path / "in" / "x.json").write_text(json.dumps(entry), "utf-8")
    (tmp_path / "in" / "y.json").write_text("[", "utf-8")
    languages = ("--source-lang", "en", "--target-lang", "zh")
    printed = done(capsys, "align", "--batch", tmp_path / "in", tmp_path / "out", *languages, "--jobs", "2", code=1)
    assert "sentences/s" in printed
    written = json.loads((tmp_path / "out" / "x.json").read_text("utf-8"))
    assert written["pred"] == [[[0], [0]], [[1], [1]]]


# score


def sacrebleu(reference, system, tokenize):
    """Return what sacreBLEU's own command line says: (BLEU, chrF, signature)."""
    command = [sys.executable, "-m", "sacrebleu", reference, "-i", system, "-tok", tokenize, "-m", "bleu", "chrf"]
    said = subprocess.run([*command, "-w", "14", "--format", "json"], capture_output=True, check=True).stdout
    bleu, chrf = json.loads(said)
    return bleu["score"], chrf["score"], bleu["signature"]


@pytest.mark.parametrize(
    ("code", "tokenize", "reference", "system"),
    [
        ("zh", "zh", "机器翻译很有用。\n\n它 is 快。  \n第三 行", "机器翻译有用。\nx\n它 是 快。\n第三行\r"),
        ("en", "13a", "The first line.\nAnd \u2028 the second, here.\n", "The first line!\nAnd the second is here.\n"),
        ("en", "char", "\ufeffOne line only.", "One lone line."),
    ],
)
def test_scores_of_lines_are_those_of_sacrebleu(capsys, tmp_path, code, tokenize, reference, system):
    files = tmp_path / "reference", tmp_path / "system"
    for path, text in zip(files, (reference, system), strict=True):
        path.write_bytes(text.encode())
    printed = done(
        capsys, "score", "--reference", files[0], "--system", f"s={files[1]}", "--lang", code, "--json",
        "--bootstrap", 0, "--tokenize", tokenize,
    )  # fmt: skip
    found = json.loads(printed)
    (score,) = found["systems"]
    bleu, chrf, signature = sacrebleu(*files, tokenize)
    assert (round(score["bleu"], 14), round(score["chrf"], 14)) == (bleu, chrf)
    assert found["signature"] == f"{signature}|unit:line"


def test_score_compares_with_the_first_system(capsys, tmp_path):
    lines = ["one two three four five", "six seven eight nine ten", "and one more line here"]
    for name, change in (("ref", ""), ("a", "x"), ("b", "")):
        (tmp_path / name).write_text("\n".join(line.replace("one", change or "one") for line in lines), "utf-8")
    found = json.loads(
        done(
            capsys, "score", "--reference", tmp_path / "ref", "--system", f"a={tmp_path / 'a'}", "--system",
            f"b={tmp_path / 'b'}", "--lang", "en", "--bootstrap", 100, "--json",
        )
    )  # fmt: skip
    first, second = found["systems"]
    assert list(first) == ["name", "bleu", "precisions", "bp", "chrf", "n", "p", "ci"]
    assert (first["p"], second["bleu"], second["n"]) == (None, 100, 3)
    assert 0 < second["p"] <= 1
    assert len(first["precisions"]) == 4
    assert first["ci"][0] <= first["bleu"] <= first["ci"][1]


def test_score_of_blocks_and_of_the_document(capsys):
    arguments = ("score", "--reference", ZH, "--system", f"same={ZH}", "--lang", "zh", "--bootstrap", 0, "--json")
    blocks, document = (json.loads(done(capsys, *arguments, "--unit", unit)) for unit in ("block", "document"))
    assert blocks["systems"][0]["bleu"] == document["systems"][0]["bleu"] == 100
    assert document["systems"][0]["n"] == 1
    assert blocks["systems"][0]["n"] > 40
    assert "BLEU · zh · blocks" in done(capsys, *arguments[:-1], "--unit", "block")


# import, export, write


@pytest.fixture
def project(capsys, tmp_path):
    path = tmp_path / "book.amts"
    printed = done(capsys, "import", path, SAMPLE / "en", SAMPLE / "zh", "--source-lang", "en", "--target-lang", "zh")
    assert "5 new, 0 read again, 0 unchanged, 0 problems." in printed
    assert "en-zh  04-measuring  74 and 73 sentences" in printed
    return path


def test_import_twice_changes_nothing(capsys, project):
    assert "0 new, 0 read again, 5 unchanged, 0 problems." in done(
        capsys, "import", project, SAMPLE / "en", SAMPLE / "zh"
    )


def test_export_gives_what_would_go_to_amazon(capsys, tmp_path, project):
    out = tmp_path / "pairs.csv"
    done(capsys, "export", project, "--format", "csv", "--hold-out", "05-post-editing", "-o", out)
    rows = list(csv.reader(io.StringIO(out.read_text("utf-8"))))
    assert rows[0] == ["en", "zh"]
    assert 200 < len(rows) < 240
    done(capsys, "export", project, "--format", "tsv", "--direction", "zh-en", "--unit", "paragraph", "-o", out)
    assert out.read_text("utf-8").startswith("zh\ten\n")
    assert "No pair is left" in told(capsys, "export", project, "--format", "tmx", "--confirmed-only")


def test_write_needs_a_translation(capsys, project):
    assert "has no translation yet" in told(capsys, "write", project, "04-measuring", "--lang", "zh")
    assert "has no chapter “04-measuring” in es" in told(capsys, "write", project, "04-measuring", "--lang", "es")


# the program itself


def test_version(capsys):
    assert done(capsys, "--version") == f"amts-desk {__version__}\n"
    assert done(capsys, "--debug", "--version") == f"amts-desk {__version__}\n"


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    printed = capsys.readouterr().out
    assert all(f"  {name} " in printed for name in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(capsys, command):
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert f"usage: amts-desk {command}" in capsys.readouterr().out


def test_config_moves_everything(capsys, tmp_path, monkeypatch):
    monkeypatch.delenv("AMTS_DESK_CACHE")
    found = json.loads(done(capsys, "--config", tmp_path / "elsewhere", "doctor", "--json"))
    assert list(found) == ["checks"]
    assert all(list(check) == ["name", "ok", "found", "advice"] for check in found["checks"])
    by_name = {check["name"]: check for check in found["checks"]}
    assert all(by_name[name]["ok"] for name in ("Python", "Qt", "engines", "offline practice"))
    assert by_name["cache folder"]["found"] == str(tmp_path / "elsewhere" / "cache")


@pytest.mark.parametrize("arguments", [(), ("book.amts",), ("--sample",), ("--debug", "book.amts")])
def test_no_command_opens_the_window(monkeypatch, arguments):
    opened = []
    monkeypatch.setitem(sys.modules, "amts_desk.app", type(sys)("amts_desk.app"))
    monkeypatch.setattr(sys.modules["amts_desk.app"], "main", lambda given: opened.append(given) or 0, raising=False)
    assert main(list(arguments)) == 0
    assert opened == [[word for word in arguments if word != "--debug"]]


def test_an_interrupt_ends_with_130(capsys, monkeypatch):
    def interrupted(_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr("amts_desk.cli.extract.run", interrupted)
    assert "stopped" in told(capsys, "extract", EN, "--lang", "en", code=130)


def test_a_defect_is_told_in_full(capsys, monkeypatch):
    def broken(_arguments):
        raise ZeroDivisionError("by nobody's fault")

    monkeypatch.setattr("amts_desk.cli.extract.run", broken)
    assert main(["extract", str(EN), "--lang", "en"]) == 2
    errors = capsys.readouterr().err
    assert "ZeroDivisionError: by nobody's fault" in errors
    assert "Traceback" in errors


# options of documents


SEMICOLON = "# 题\n\n一；二。\n\n```\nx = 1  # 注释\n```\n"


def test_extract_cuts_at_semicolons_and_reads_comments_on_demand(capsys, tmp_path):
    path = tmp_path / "a.md"
    path.write_text(SEMICOLON, "utf-8")
    assert done(capsys, "extract", path, "--lang", "zh").splitlines() == ["题", "一；二。"]
    said = done(capsys, "extract", path, "--lang", "zh", "--semicolon", "--comments")
    assert said.splitlines() == ["题", "一；", "二。", "注释"]


@pytest.fixture
def book(capsys, tmp_path):
    """Import a small chapter into a project; return its path and the chapter's files."""
    files = tmp_path / "a_origin.md", tmp_path / "a.md"
    files[0].write_text("# Title\n\nOne; two words here.\n", "utf-8")
    files[1].write_text("# 题目\n\n一；用 ReLU 的二。\n", "utf-8")
    done(capsys, "import", tmp_path / "book.amts", *files, "--source-lang", "en", "--target-lang", "zh")
    return tmp_path / "book.amts", files


def test_import_sets_options_and_tells_which_chapters_were_read_otherwise(capsys, book):
    path, files = book
    assert main(["import", str(path), "--semicolon", "--columns", "40"]) == 1
    out, err = capsys.readouterr()
    assert "2 and 2 sentences" in out
    assert "Read with other options than the project has now: a. Import their files again" in err
    languages = "--source-lang", "en", "--target-lang", "zh"
    assert "0 new, 1 read again" in done(capsys, "import", path, *files, *languages)
    assert "2 and 3 sentences" in done(capsys, "import", path, *files, *languages)
    with Project.open(path) as project:
        assert project.options == Options(semicolon=True, columns=40)
    assert main(["import", str(path), "--no-semicolon", "--columns", "0"]) == 1
    with Project.open(path) as project:
        assert project.options == Options()


def test_import_without_files_and_options_or_with_a_width_that_cannot_be_is_refused(capsys, book):
    path, _ = book
    assert "arguments are required: PATH" in told(capsys, "import", path)
    assert "Lines of 3 columns cannot be written" in told(capsys, "import", path, "--columns", "3")


def test_write_takes_the_lines_of_the_project_unless_told_otherwise(capsys, book):
    path, _ = book
    text = "这里的一句话里用了ReLU函数和别的几种激活函数，所以它比二十列要长得多。"
    with Project.open(path) as project:
        chapter = project.chapters.named("a")
        source, _ = project.chapters.documents(chapter)
        rows = tuple(Decision(b.block, b.text, text if b.block else "题") for b in source.blocks)
        project.tracks.begin(project.tracks.review(chapter, "en-zh"), rows)
        project.set_options(Options(latin_spaces=True))
    written = done(capsys, "write", path, "a", "--lang", "zh")
    assert written == f"# 题\n\n{text.replace('ReLU', ' ReLU ')}\n"
    assert done(capsys, "write", path, "a", "--lang", "zh", "--no-latin-spaces") == f"# 题\n\n{text}\n"
    wrapped = done(capsys, "write", path, "a", "--lang", "zh", "--columns", "40").splitlines()
    assert len(wrapped) == 4
    with Project.open(path) as project:
        assert project.options == Options(latin_spaces=True)
