from concurrent.futures import ThreadPoolExecutor

import pytest

from amts_desk.steps.align import cache
from amts_desk.steps.align.tables import table

ROWS = [("网络", "network"), ("a", "1"), ("b", "2")]


@pytest.fixture
def folder(tmp_path):
    before = cache.folder()
    cache.use(tmp_path)
    yield tmp_path
    cache.use(before)


def test_rows_come_back(folder):
    found = table("t", lambda: ROWS)
    assert found.get("网络") == "network"
    assert found.get("c") == ""
    assert "a" in found
    assert "c" not in found
    assert list(found.items()) == sorted(ROWS)


def test_is_made_once(folder):
    table("t", lambda: ROWS)
    assert table("t", lambda: pytest.fail("made again")).get("a") == "1"
    assert [path.name for path in folder.iterdir()] == ["t.sqlite"]


def test_what_cannot_be_kept_is_remembered_in_memory(folder, monkeypatch, caplog):
    monkeypatch.setattr(cache, "folder", lambda: folder / "missing")
    assert table("t", lambda: ROWS).get("b") == "2"
    assert "could not be kept" in caplog.text


def test_several_threads_may_ask(folder):
    found = table("t", lambda: ROWS)
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(found.get, ["a"] * 200)) == {"1"}
