import subprocess
import sys

import pytest

from amts_desk.core.errors import DeskError
from amts_desk.endpoint.process import start
from tests.unit.endpoint.conftest import client


def test_start_use_stop(run_endpoint, tmp_path):
    endpoint = run_endpoint(tmp_path)
    assert endpoint.is_running
    assert client(endpoint, "s3").list_buckets()["Buckets"][0]["Name"] == endpoint.bucket
    endpoint.stop()
    assert not endpoint.is_running
    endpoint.stop()


def test_a_child_that_fails_is_told_with_its_last_words(tmp_path):
    with pytest.raises(DeskError, match="no such luck") as caught:
        start(tmp_path, command=[sys.executable, "-c", "raise SystemExit('no such luck')"])
    assert caught.value.advice


def test_a_child_that_says_nothing_is_ended(tmp_path):
    with pytest.raises(DeskError, match="did not start"):
        start(tmp_path, command=[sys.executable, "-c", "import sys; sys.stdin.read()"], timeout=0.3)


def test_a_child_that_says_nonsense_is_refused(tmp_path):
    script = "import sys; print('hello', flush=True); sys.stdin.read()"
    with pytest.raises(DeskError, match=r"did not start: .* where it can be reached"):
        start(tmp_path, command=[sys.executable, "-c", script])


def test_it_imports_nothing_heavy():
    script = (
        "import sys, amts_desk.endpoint.process\n"
        "print([n for n in ('moto', 'botocore', 'boto3', 'numpy', 'flask', 'PySide6') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
