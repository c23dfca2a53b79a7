"""Parallel-data versions, runs and their output. Each is written down before Amazon is called."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple, fields, replace
from typing import Any

from amts_desk.core.amazon import JobStatus, ParallelDataVersion, Run, RunProblem
from amts_desk.core.errors import DeskError
from amts_desk.store.database import Database

_VERSION = [field.name for field in fields(ParallelDataVersion) if field.name != "number"]
_RUN = [field.name for field in fields(Run) if field.name != "number"]


class Runs:
    """Reads and writes what went out to Amazon and what came back."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add_version(self, version: ParallelDataVersion, pairs: bytes = b"") -> ParallelDataVersion:
        """Write down a version of parallel data that is about to be sent; returns it with its number.

        `pairs` are the ids that `Pairs.add` returned.
        Of two clicks the later one gets what the first has written down; other pairs get the next version.
        """
        with self._database.transaction():
            latest = self.latest_version(version.name)
            if latest and latest.version >= version.version:
                if latest.sha256 == version.sha256:
                    return latest
                version = replace(version, version=latest.version + 1)
            number = self._insert("parallel_data", _VERSION, version)
            self._database.execute("INSERT INTO version_pairs VALUES (?, ?)", (number, pairs))
            return replace(version, number=number)

    def update_version(self, version: ParallelDataVersion) -> None:
        """Store what has become of a version."""
        self._update("parallel_data", _VERSION, version, version.number)

    def versions(self) -> list[ParallelDataVersion]:
        """Return every version of every parallel data, oldest first."""
        rows = self._database.all(f"SELECT {', '.join(_VERSION)}, id FROM parallel_data ORDER BY id")
        return [ParallelDataVersion(**_with_lists(_VERSION, row)) for row in rows]

    def latest_version(self, name: str) -> ParallelDataVersion | None:
        """Return the newest version of the parallel data of that name."""
        return next((version for version in reversed(self.versions()) if version.name == name), None)

    def add_run(self, run: Run) -> Run:
        """Write down a run that is about to be started, or return the one with the same key that is there."""
        with self._database.transaction():
            known = self.run_with_key(run.key)
            return known or replace(run, number=self._insert("run", _RUN, run))

    def add_runs(self, runs: Sequence[Run]) -> tuple[Run, ...]:
        """Write down the runs of a job that is about to be started, all or none; those that are there are returned."""
        with self._database.transaction():
            return tuple(map(self.add_run, runs))

    def update_run(self, run: Run) -> None:
        """Store what has become of a run."""
        self._update("run", _RUN, run, run.number)

    def update_runs(self, runs: Iterable[Run]) -> None:
        """Store what has become of the runs of a job, of all or of none."""
        with self._database.transaction():
            for run in runs:
                self.update_run(run)

    def job(self, run: Run) -> tuple[Run, ...]:
        """Return the runs of the job of a run as they are stored now: one for each target language."""
        sql = f"SELECT {', '.join(_RUN)}, id FROM run WHERE token = ? ORDER BY id"
        return tuple(map(_run, self._database.all(sql, (run.token,))))

    def runs(self) -> list[Run]:
        """Return every run, oldest first."""
        rows = self._database.all(f"SELECT {', '.join(_RUN)}, id FROM run ORDER BY id")
        return [_run(row) for row in rows]

    def run(self, number: int) -> Run:
        """Return one run. Raises DeskError when it does not exist."""
        rows = self._database.all(f"SELECT {', '.join(_RUN)}, id FROM run WHERE id = ?", (number,))
        if not rows:
            raise DeskError(f"The project has no run {number}.", "See the runs in the Jobs room.")
        return _run(rows[0])

    def run_with_key(self, key: str) -> Run | None:
        """Return the run made from exactly the same things, None when there is none."""
        rows = self._database.all(f"SELECT {', '.join(_RUN)}, id FROM run WHERE key = ?", (key,))
        return _run(rows[0]) if rows else None

    def store_output(
        self, run: Run, outputs: dict[int, tuple[str, dict[int, str]]], problems: Sequence[RunProblem] = ()
    ) -> Run:
        """Store a run's output and what is wrong with it, all or nothing.

        `outputs` tells for each chapter the edition of its source and the texts by block.
        """
        fetched = replace(run, is_fetched=True)
        with self._database.transaction():
            self._database.execute("DELETE FROM output WHERE run_id = ?", (run.number,))
            self._database.execute("DELETE FROM problem WHERE run_id = ?", (run.number,))
            self._database.insert(
                "INSERT INTO problem VALUES (?, ?, ?, ?)",
                ((run.number, problem.chapter_id, problem.block, problem.message) for problem in problems),
            )
            for chapter_id, (digest, texts) in outputs.items():
                self._database.insert(
                    "INSERT INTO output VALUES (?, ?, ?, ?, ?)",
                    ((run.number, chapter_id, digest, block, text) for block, text in texts.items()),
                )
            self.update_run(fetched)
        return fetched

    def output(self, run_number: int, chapter_id: int) -> dict[int, str]:
        """Return a run's translation of a chapter by block; empty when it has none."""
        sql = "SELECT block, text FROM output WHERE run_id = ? AND chapter_id = ? ORDER BY block"
        return dict(self._database.all(sql, (run_number, chapter_id)))

    def source_of_output(self, run_number: int, chapter_id: int) -> str:
        """Return the edition of the source a run's output was made from; "" when it has none."""
        sql = "SELECT source_sha256 FROM output WHERE run_id = ? AND chapter_id = ? LIMIT 1"
        return self._database.value(sql, (run_number, chapter_id)) or ""

    def problems(self, run_number: int) -> list[RunProblem]:
        """Return what is wrong with what a run brought back, in the order in which it was found."""
        sql = "SELECT chapter_id, block, message FROM problem WHERE run_id = ? ORDER BY rowid"
        return [RunProblem(*row) for row in self._database.all(sql, (run_number,))]

    def block_counts(self, run_number: int) -> dict[int, int]:
        """Return how many blocks a run brought back of each chapter."""
        sql = "SELECT chapter_id, count(*) FROM output WHERE run_id = ? GROUP BY chapter_id"
        return dict(self._database.all(sql, (run_number,)))

    def _insert(self, table: str, names: list[str], record: ParallelDataVersion | Run) -> int:
        marks = ", ".join("?" * len(names))
        sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"
        return int(self._database.execute(sql, _values(names, record)).lastrowid or 0)

    def _update(self, table: str, names: list[str], record: ParallelDataVersion | Run, number: int) -> None:
        sets = ", ".join(f"{name} = ?" for name in names)
        self._database.execute(f"UPDATE {table} SET {sets} WHERE id = ?", (*_values(names, record), number))


def _values(names: list[str], record: ParallelDataVersion | Run) -> list[Any]:
    by_name = dict(zip((field.name for field in fields(record)), astuple(record), strict=True))
    return [json.dumps(by_name[n], ensure_ascii=False) if n == "chapters" else by_name[n] for n in names]


def _with_lists(names: list[str], row: tuple[Any, ...]) -> dict[str, Any]:
    values = dict(zip([*names, "number"], row, strict=True))
    values["chapters"] = tuple(json.loads(values["chapters"]))
    return values


def _run(row: tuple[Any, ...]) -> Run:
    values = _with_lists(_RUN, row)
    values |= {"status": JobStatus(values["status"])}
    values |= {name: bool(values[name]) for name in ("is_offline", "is_fetched", "masks_profanity")}
    return Run(**values)
