"""What every test shares: a throw-away home, no network but this machine, and no heavy surprises."""

import os
import socket
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Parsed dictionaries and compiled loops are kept between runs of the suite, so that only the first pays for them.
os.environ.setdefault("AMTS_DESK_CACHE", str(Path(__file__).resolve().parents[1] / "build" / "test-cache"))

# Two busy cores make single examples slow without anything being wrong.
settings.register_profile("desk", deadline=None, max_examples=int(os.environ.get("AMTS_DESK_EXAMPLES", "100")))
settings.load_profile("desk")

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(autouse=True)
def home(tmp_path_factory, monkeypatch):
    """Give the program a home of its own for one test."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("AMTS_DESK_HOME", str(folder))
    for name in ("AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture(autouse=True)
def only_this_machine(monkeypatch):
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {address[0]}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def shared_data():
    """Return the folder of real chapters, or skip where it is not laid out beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("the shared data is not laid out beside this checkout")
    return SHARED


def pytest_collection_modifyitems(items):
    """Begin with what takes long, so that one worker is not left alone with it at the end."""
    slow = {item.nodeid.partition("::")[0] for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.nodeid.partition("::")[0] not in slow)
