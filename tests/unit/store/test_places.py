"""Where the program keeps its own things."""

from pathlib import Path

import platformdirs

from amts_desk.store import places


def test_a_throw_away_home_holds_the_data(home):
    assert places.data_folder() == home / "data"
    assert places.data_folder().is_dir()


def test_a_cache_can_lie_in_a_home_or_be_shared(home, tmp_path, monkeypatch):
    monkeypatch.delenv("AMTS_DESK_CACHE", raising=False)
    assert places.cache_folder() == home / "cache"
    monkeypatch.setenv("AMTS_DESK_CACHE", str(tmp_path / "shared"))
    assert places.cache_folder() == tmp_path / "shared"
    assert places.cache_folder().is_dir()


def test_without_a_home_the_systems_own_folders_are_used(tmp_path, monkeypatch):
    monkeypatch.delenv(places.HOME_VARIABLE)
    monkeypatch.delenv("AMTS_DESK_CACHE", raising=False)
    monkeypatch.setattr(platformdirs.PlatformDirs, "user_data_path", tmp_path / "share")
    monkeypatch.setattr(platformdirs.PlatformDirs, "user_cache_path", tmp_path / "cache")
    assert places.data_folder() == tmp_path / "share"
    assert places.cache_folder() == tmp_path / "cache"


def test_resources_are_found():
    assert (places.resource("sample") / "en").is_dir()
    assert isinstance(places.resource("icons/app.svg"), Path)
    assert places.resource("icons/app.svg").read_bytes()
