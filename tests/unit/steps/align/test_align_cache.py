import os
import stat
import sys
from pathlib import Path

import numpy as np
import pytest

from amts_desk.steps.align import cache


@pytest.fixture
def chosen(tmp_path):
    before = list(cache._chosen)
    cache.use(tmp_path / "a" / "b")
    yield tmp_path / "a" / "b"
    cache._chosen[:] = before


def test_chosen_folder_is_made_and_private(chosen):
    assert cache.folder() == chosen
    assert chosen.is_dir()
    if sys.platform != "win32":
        assert stat.S_IMODE(chosen.stat().st_mode) == 0o700


def test_environment_names_the_folder(monkeypatch, tmp_path):
    monkeypatch.setattr(cache, "_chosen", [])
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "named"))
    assert cache.folder() == tmp_path / "named"


def test_without_a_choice_it_is_the_persons_own(monkeypatch, tmp_path):
    monkeypatch.delenv(cache.VARIABLE)
    monkeypatch.setattr(cache, "_chosen", [])
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.folder() == tmp_path / "amts-desk"


def test_unusable_folder_is_replaced_by_a_temporary_one(chosen, tmp_path, caplog):
    (tmp_path / "file").write_text("in the way")
    cache.use(tmp_path / "file" / "folder")
    found = cache.folder()
    assert found.is_dir()
    assert found != tmp_path / "file" / "folder"
    assert "cannot be used" in caplog.text
    os.rmdir(found)


def test_text_is_made_once(chosen):
    made = []

    def make():
        made.append(1)
        return "深度\t学习\r\n"

    assert cache.remembered("x.tsv", make) == cache.remembered("x.tsv", make) == "深度\t学习\r\n"
    assert made == [1]
    assert [path.name for path in chosen.iterdir()] == ["x.tsv"]


def test_failed_making_leaves_nothing(chosen):
    def fail():
        raise ValueError("no dictionary")

    with pytest.raises(ValueError):
        cache.remembered("x.tsv", fail)
    assert not list(cache.folder().iterdir())


def test_compiled_kernels_are_kept_in_the_folder():
    from amts_desk.steps.align import paths

    folder = Path(os.environ["NUMBA_CACHE_DIR"])
    paths._kind(1, 1, np.array([[1, 1]]))
    assert any(folder.rglob("paths._kind*.nbc"))
    assert not list(Path(paths.__file__).parent.rglob("*.nbc"))
