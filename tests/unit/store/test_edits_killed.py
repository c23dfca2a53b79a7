"""Whatever a person did to an alignment is there after a kill: journal and rows agree, for every kind of edit."""

import inspect
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from amts_desk.core import edits
from amts_desk.store.project import Project
from tests.unit.core.chapters import aligned
from tests.unit.store.editing import EDITS, fingerprint
from tests.unit.store.test_tracks import add_chapter

ROOT = Path(__file__).resolve().parents[3]
KILLS = 12


def prefixes(project, track):
    """Return the fingerprints of the beads after each step of the journal, from nothing on."""
    rows, found = [], []
    for entry in project.tracks.history(track):
        project.tracks._step(track, entry.number).splice.apply(rows)
        found.append(fingerprint(rows))
    return found


def killed_after(path, seed, count):
    """Let a process tell so many edits, kill it, and return the names it has told and the last fingerprint."""
    command = [sys.executable, "-m", "tests.unit.store.editing", str(path), str(seed)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)})
    told = [child.stdout.readline() for _ in range(count)]
    child.send_signal(signal.SIGKILL)
    told += child.stdout.readlines()
    child.stdout.close()
    child.wait()
    words = [line.decode().split() for line in told if line.endswith(b"\n")]
    return {name for name, _ in words}, words[-1][1]


def test_every_kind_of_edit_is_in_the_list():
    made = {name for name, f in vars(edits).items() if inspect.isfunction(f) and f.__module__ == edits.__name__}
    returning = {
        name for name in made if "Splice[Bead]" in str(inspect.signature(getattr(edits, name)).return_annotation)
    }
    assert {name for name in returning if not name.startswith("_")} == set(EDITS)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_no_kind_of_edit_is_lost_or_half_done_when_the_process_is_killed(tmp_path):
    path = tmp_path / "p.amts"
    with Project.open(path, create=True) as project:
        track = project.tracks.alignment(add_chapter(project))
        project.tracks.splice(track, edits.Splice(0, (), tuple(aligned([(1, 1), (2, 2), (1, 2)] * 20))), "Align")
    seen = set()
    for seed in range(KILLS):
        names, last = killed_after(path, seed, random.randint(1, 40))
        seen |= names
        with Project.open(path) as project:
            steps = prefixes(project, track)
            assert fingerprint(project.tracks.rows(track)) == steps[-1]
            assert last in steps[-2:], "told, so on disk; at most one more was under way"
            assert project._database.value("PRAGMA integrity_check") == "ok"
    assert len(seen) > len(EDITS) * 0.8, seen
