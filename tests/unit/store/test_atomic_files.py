"""Either the old file stands or the new one."""

import errno
import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.core.errors import DeskError
from amts_desk.store.files import write_atomically


@given(st.binary(max_size=100), st.binary(max_size=100))
def test_a_file_is_written_and_written_over(tmp_path_factory, old, new):
    path = tmp_path_factory.mktemp("files") / "deep" / "er" / "a.md"
    for data in (old, new):
        write_atomically(path, data)
        assert path.read_bytes() == data
        assert os.listdir(path.parent) == ["a.md"]


def test_a_new_file_is_readable_as_any_other_and_an_old_one_keeps_its_permissions(tmp_path):
    plain, own = tmp_path / "plain", tmp_path / "own"
    plain.write_bytes(b"")
    write_atomically(own, b"1")
    assert stat.S_IMODE(own.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)
    own.chmod(0o640)
    write_atomically(own, b"2")
    assert stat.S_IMODE(own.stat().st_mode) == 0o640


def test_a_link_goes_on_pointing_at_its_file(tmp_path):
    (tmp_path / "folder").mkdir()
    goal, link = tmp_path / "folder" / "a.md", tmp_path / "a.md"
    goal.write_bytes(b"old")
    link.symlink_to(goal)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert goal.read_bytes() == b"new"


def test_the_longest_name_a_disk_takes_is_written(tmp_path):
    path = tmp_path / ("a" * 251 + ".tmx")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"


def test_a_full_disk_leaves_the_old_file_and_nothing_else(small_disk):
    path = small_disk / "a.md"
    write_atomically(path, b"old" * 1000)
    with pytest.raises(DeskError, match=r"a\.md could not be written: No space left on device.*make room"):
        write_atomically(path, b"x" * 2_000_000)
    assert path.read_bytes() == b"old" * 1000
    assert os.listdir(small_disk) == ["a.md"]
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"


def test_a_disk_that_fails_at_the_last_moment_leaves_the_old_file(tmp_path, monkeypatch):
    def fails(_):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    path = tmp_path / "a.md"
    write_atomically(path, b"old")
    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(DeskError, match="could not be written"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.md"]


def test_a_folder_that_is_none_is_said_so(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DeskError, match="could not be written"):
        write_atomically(tmp_path / "file" / "a.md", b"")
    with pytest.raises(DeskError, match="could not be written"):
        write_atomically(tmp_path, b"")
