"""A local endpoint for the tests of commands that talk to one."""

import json
import subprocess
import sys

import pytest


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory):
    """Return what the `endpoint` command prints; it runs for the tests of one module."""
    folder = tmp_path_factory.mktemp("endpoint")
    command = [sys.executable, "-m", "amts_desk", "endpoint", "--data", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield json.loads(process.stdout.readline())
        process.stdin.close()
        assert process.wait(20) == 0
