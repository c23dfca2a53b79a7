"""`amts-desk roundtrip`: no edit, no change; and what was damaged is said by `extract`."""

import json

import pytest

from amts_desk.cli import main


@pytest.mark.parametrize("name", ["a.md", "a.mdx", "a.txt", "a.html", "code.md", "a.ipynb"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_files_of_every_format_come_out_as_they_went_in(tmp_path, capsys, name, mark):
    texts = {
        "a.ipynb": '\r\n{ "cells": [ {"cell_type":"markdown",\r\n\t"source":["A \\u4e2d\\n","b"]}],"nbformat":4}\n\n',
        "code.md": "```\nonly code\n```",
    }
    path = tmp_path / name
    path.write_bytes(mark + texts.get(name, "# A\r\n\n> b\r> c  \n\n").encode())
    before = path.read_bytes()
    assert main(["roundtrip", str(path), str(path)]) == 0
    assert "2 files" in capsys.readouterr().out
    assert path.read_bytes() == before


def test_a_file_that_would_change_is_named(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("amts_desk.steps.write.spliced", lambda document, texts: document.text + "!")
    path = tmp_path / "a.md"
    path.write_text("A", encoding="utf-8")
    assert main(["roundtrip", str(path)]) == 1
    assert f"{path} would not be written as it is" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_said_so(tmp_path, capsys):
    path = tmp_path / "a.ipynb"
    path.write_text('{"cells": [\n', encoding="utf-8")
    assert main(["roundtrip", str(path)]) == 2
    assert "in line 2" in capsys.readouterr().err
    assert main(["roundtrip", str(tmp_path / "none.md")]) == 2


def test_extract_tells_of_damage_and_reads_comments(tmp_path, capsys):
    path = tmp_path / "a.md"
    path.write_text("A\n\n```\n# One\n", encoding="utf-8")
    assert main(["extract", str(path), "--lang", "en", "--comments", "--json"]) == 1
    told = capsys.readouterr()
    assert [s["kind"] for s in json.loads(told.out)["segments"]] == ["paragraph", "comment"]
    assert "line 3 is not closed" in told.err


def as_notebook(text):
    """Return a notebook of a chapter: its paragraphs as cells between code, oddly written."""
    cells = [
        {"attachments": {"i.png": {"image/png": "AA=="}}, "cell_type": "markdown", "id": f"c{n}", "source": part}
        if n % 2
        else {"cell_type": "markdown", "metadata": {}, "source": part.splitlines(keepends=True)}
        for n, part in enumerate(text.split("\n\n"))
    ]
    code = {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [{"text": ["# x\n"]}], "source": "x"}
    return {"nbformat_minor": 5, "cells": [*cells, code], "metadata": {"a": 1}, "nbformat": 4}


def test_every_shared_file_and_notebooks_made_of_them_come_out_as_they_went_in(shared_data, tmp_path, capsys):
    files = sorted(path for path in shared_data.rglob("*") if path.suffix in (".md", ".mdx"))
    assert len(files) > 400
    made = []
    for number, path in enumerate(files[::12]):
        text = json.dumps(
            as_notebook(path.read_text(encoding="utf-8")), indent=number % 4, ensure_ascii=number % 2 == 0
        )
        data = text.replace("\n", ("\n", "\r\n")[number % 2]).encode()
        made.append(tmp_path / f"{number}.ipynb")
        made[-1].write_bytes((b"", b"\xef\xbb\xbf", b"\n")[number % 3] + data)
    assert main(["roundtrip", *map(str, [*files, *made])]) == 0
