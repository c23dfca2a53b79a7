"""Folders of sentence files."""

import json

import pytest

from amts_desk.core.errors import DeskError
from amts_desk.flows.batch import align_folder

SOURCE = ["Read the draft.", "Then correct it.", "Stop there."]
TARGET = ["阅读初稿。", "然后修改它。", "到此为止。"]


@pytest.fixture
def folder(tmp_path):
    for name in ("a", "b"):
        entry = {"id": name.upper(), "src": SOURCE, "tgt": TARGET, "gold": []}
        (tmp_path / f"{name}.json").write_text(json.dumps(entry), "utf-8")
    return tmp_path


@pytest.mark.parametrize(("shared", "jobs"), [(True, 1), (False, 1), (False, 2)])
def test_every_file_is_aligned_under_its_name(folder, tmp_path, shared, jobs):
    done = align_folder(folder, tmp_path / "out", ("en", "zh"), shared=shared, jobs=jobs)
    assert (done.files, done.sentences, done.problems) == (2, 12, ())
    assert done.seconds > 0
    for name in ("a", "b"):
        written = json.loads((tmp_path / "out" / f"{name}.json").read_text("utf-8"))
        assert written["id"] == name.upper()
        assert [i for source, _ in written["pred"] for i in source] == [0, 1, 2]
        assert [j for _, target in written["pred"] for j in target] == [0, 1, 2]
        assert len(written["confidence"]) == len(written["pred"])
        assert all(0 <= confidence <= 1 for confidence in written["confidence"])


@pytest.mark.parametrize("content", ["no JSON", '{"src": ["a"]}', '{"src": [1], "tgt": []}', "[]", "\udcff"])
def test_a_file_that_cannot_be_read_leaves_the_rest(folder, tmp_path, content):
    (folder / "bad.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    done = align_folder(folder, tmp_path / "out", ("en", "zh"))
    assert done.files == 2
    assert "bad.json was left out" in str(done.problems[0])
    assert not (tmp_path / "out" / "bad.json").exists()


def test_a_folder_without_files_is_told(tmp_path):
    with pytest.raises(DeskError, match=r"has no \*\.json file"):
        align_folder(tmp_path, tmp_path / "out", ("en", "zh"))
