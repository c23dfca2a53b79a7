"""Parallel data resources: create, update, get, list, delete, and their life cycle.

CREATING → ACTIVE | FAILED. During an update the status stays that of the version in use, and
`LatestUpdateAttemptStatus` goes UPDATING → ACTIVE | FAILED. An update replaces, it never appends. One create or update
runs at a time. Source: Amazon Translate API reference and developer guide, "Managing your parallel data".
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, replace
from typing import Any, BinaryIO

from amts_desk.endpoint.engine import LEARNED, NAME, REMEMBERED
from amts_desk.endpoint.errors import ApiError, invalid, not_found
from amts_desk.endpoint.examples import Imported, ImportFailedError, Intake
from amts_desk.endpoint.paging import moment, page
from amts_desk.endpoint.surroundings import Cloud, Surroundings, split_uri
from amts_desk.endpoint.tables import DELIMITERS, read_table
from amts_desk.endpoint.tmx import read_tmx

MOST = 1000
"""Resources of an account in a Region."""
LARGEST_FILE = 5 * 1024**3
"""Bytes of an input file."""


@dataclass(frozen=True, slots=True)
class ParallelData:
    """One resource as it is kept on disk: texts, numbers and lists only; times in seconds since 1970."""

    name: str
    arn: str
    status: str
    config: dict[str, str]
    created: float
    changed: float
    description: str = ""
    encryption_key: dict[str, str] | None = None
    message: str = ""
    source_language: str = ""
    target_languages: tuple[str, ...] = ()
    size: int = 0
    imported: int = 0
    failed: int = 0
    skipped: int = 0
    data_key: str = ""
    is_sampled: bool = False
    """Whether what the engine learns from stands beside the data (states of older versions have none)."""
    errors_key: str = ""
    attempt: dict[str, Any] | None = None
    attempt_status: str = ""
    attempt_at: float = 0.0
    attempt_errors_key: str = ""

    @property
    def is_busy(self) -> bool:
        """Whether a create, update or delete is running."""
        return self.is_importing or self.status == "DELETING"

    @property
    def is_importing(self) -> bool:
        """Whether a create or update is running. Amazon runs one at a time."""
        return self.status == "CREATING" or self.attempt_status == "UPDATING"

    @property
    def is_usable(self) -> bool:
        """Whether a job may use it (also while an update is running)."""
        return self.status == "ACTIVE"

    def properties(self) -> dict[str, Any]:
        """Return the ParallelDataProperties of an answer."""
        told: dict[str, Any] = {
            "Name": self.name,
            "Arn": self.arn,
            "Description": self.description or None,
            "Status": self.status,
            "SourceLanguageCode": self.source_language or None,
            "TargetLanguageCodes": list(self.target_languages) or None,
            "ParallelDataConfig": self.config,
            "Message": self.message or None,
            "EncryptionKey": self.encryption_key,
            "CreatedAt": moment(self.created),
            "LastUpdatedAt": moment(self.changed),
            "LatestUpdateAttemptStatus": self.attempt_status or None,
            "LatestUpdateAttemptAt": moment(self.attempt_at) if self.attempt_status else None,
        }
        if self.source_language:
            told |= {"ImportedDataSize": self.size, "ImportedRecordCount": self.imported}
            told |= {"FailedRecordCount": self.failed, "SkippedRecordCount": self.skipped}
        return {name: value for name, value in told.items() if value is not None}


class ParallelDataShelf:
    """The parallel data of one account and Region."""

    def __init__(self, account: str, region: str, cloud: Cloud, around: Surroundings) -> None:
        self.records: dict[str, ParallelData] = {}
        self._arn = f"arn:aws:translate:{region}:{account}:parallel-data/"
        self._region = region
        self._bucket = f"aws-translate-parallel-data-{account}-{region}"[:63]
        self._cloud = cloud
        self._around = around

    def create(self, request: dict[str, Any]) -> dict[str, Any]:
        """CreateParallelData."""
        name = request["Name"]
        if name in self.records:
            raise ApiError("ConflictException", f"A parallel data resource with the name {name} already exists.")
        if len(self.records) >= MOST:
            raise ApiError("LimitExceededException", f"The account has {MOST} parallel data resources already.")
        config = self._free_config(request)
        now = self._around.clock()
        self.records[name] = ParallelData(
            name,
            self._arn + name,
            "CREATING",
            config,
            now,
            now,
            description=request.get("Description", ""),
            encryption_key=request.get("EncryptionKey"),
        )
        self._around.later(lambda: self._finish_create(name))
        return {"Name": name, "Status": "CREATING"}

    def update(self, request: dict[str, Any]) -> dict[str, Any]:
        """UpdateParallelData."""
        record = self._record(request["Name"])
        if record.is_busy:
            raise ApiError("ConcurrentModificationException", f"Parallel data {record.name} is being changed.")
        config = self._free_config(request)
        attempt = {"config": config, "description": request.get("Description", record.description)}
        now = self._around.clock()
        self._put(replace(record, attempt=attempt, attempt_status="UPDATING", attempt_at=now, attempt_errors_key=""))
        self._around.later(lambda: self._finish_update(record.name))
        answer = {"Name": record.name, "Status": record.status}
        return answer | {"LatestUpdateAttemptStatus": "UPDATING", "LatestUpdateAttemptAt": moment(now)}

    def get(self, request: dict[str, Any]) -> dict[str, Any]:
        """GetParallelData."""
        record = self._record(request["Name"])
        answer: dict[str, Any] = {"ParallelDataProperties": record.properties()}
        keys = {
            "DataLocation": record.data_key,
            "AuxiliaryDataLocation": record.errors_key,
            "LatestUpdateAttemptAuxiliaryDataLocation": record.attempt_errors_key,
        }
        for member, key in keys.items():
            if key:
                answer[member] = {"RepositoryType": "S3", "Location": self._cloud.link(self._bucket, key)}
        return answer

    def page(self, request: dict[str, Any]) -> dict[str, Any]:
        """ListParallelData, by name."""
        records = sorted(self.records.copy().items())
        found, more = page([(name, record.properties()) for name, record in records], request)
        return {"ParallelDataPropertiesList": found, **more}

    def delete(self, request: dict[str, Any]) -> dict[str, Any]:
        """DeleteParallelData."""
        record = self._record(request["Name"])
        if record.is_busy:
            raise ApiError("ConcurrentModificationException", f"Parallel data {record.name} is being changed.")
        self._put(replace(record, status="DELETING"))
        self._around.later(lambda: self._finish_delete(record.name))
        return {"Name": record.name, "Status": "DELETING"}

    def usable(self, name: str) -> ParallelData:
        """Return a resource that a job asks for. Raises ApiError when there is none or it is not ACTIVE."""
        record = self._record(name)
        if not record.is_usable:
            raise invalid(f"Parallel data {name} is not ACTIVE but {record.status}.")
        return record

    def pairs(self, name: str, target_language: str) -> list[tuple[str, str]]:
        """Return (source, target) of the examples in use. Raises ApiError when the resource is gone."""
        with self._around.lock:  # an update that ends meanwhile takes the data away
            record = self.usable(name)
            if record.is_sampled:
                rows = self._cloud.read(self._bucket, _sample(record, target_language)).decode().split("\n")
                return [(source, target) for source, target in map(json.loads, rows)]
            stream = self._cloud.open(self._bucket, record.data_key)
        with stream, Intake() as intake:
            _read(stream, record.config, intake)
            return list(intake.pairs(target_language, REMEMBERED))

    def dump(self) -> list[dict[str, Any]]:
        """Return everything there is to remember."""
        return [asdict(record) for record in self.records.copy().values()]

    def restore(self, rows: list[dict[str, Any]]) -> None:
        """Take up again what `dump` returned; what was running is carried on."""
        finish = {"CREATING": self._finish_create, "DELETING": self._finish_delete, "UPDATING": self._finish_update}
        for row in rows:
            record = ParallelData(**{**row, "target_languages": tuple(row["target_languages"])})
            self.records[record.name] = record
            running = finish.get(record.attempt_status) or finish.get(record.status)
            if running is not None:
                self._around.later(lambda running=running, name=record.name: running(name))  # type: ignore[misc]

    def _record(self, name: str) -> ParallelData:
        record = self.records.get(name)
        if record is None:
            raise not_found(f"There is no parallel data resource with the name {name}.")
        return record

    def _free_config(self, request: dict[str, Any]) -> dict[str, str]:
        config: dict[str, str] = request["ParallelDataConfig"]
        if not config.get("S3Uri") or not config.get("Format"):
            raise ApiError("InvalidParameterValueException", "ParallelDataConfig needs an S3Uri and a Format.")
        if any(record.is_importing for record in self.records.values()):
            raise ApiError("ConcurrentModificationException", "Another create or update is in progress.")
        return config

    def _finish_create(self, name: str) -> None:
        record = self.records[name]
        done = self._imported(record, record.config)
        errors = {"errors_key": done.attempt_errors_key, "attempt_errors_key": ""}
        status = "FAILED" if done.attempt_status == "FAILED" else "ACTIVE"
        self._put(replace(done, status=status, attempt_status="", attempt_at=0.0, **errors))  # type: ignore[arg-type]
        self._around.keep()

    def _finish_update(self, name: str) -> None:
        record = self.records[name]
        assert record.attempt is not None
        done = self._imported(record, record.attempt["config"])
        if done.attempt_status == "ACTIVE":
            done = replace(done, status="ACTIVE", errors_key="", **record.attempt)
        self._put(replace(done, attempt=None))
        self._around.keep()
        if record.data_key and record.data_key != done.data_key:
            self._cloud.remove(self._bucket, record.data_key.rpartition("/")[0] + "/")

    def _finish_delete(self, name: str) -> None:
        self._cloud.remove(self._bucket, f"{name}/")
        with self._around.lock:
            del self.records[name]
        self._around.keep()

    def _imported(self, record: ParallelData, config: dict[str, str]) -> ParallelData:
        """Return the record after its input was read; how that went stands in `attempt_status`."""
        now = self._around.clock()
        folder = f"{record.name}/{round(now * 1000)}"
        with Intake() as intake:
            try:
                done = self._taken_in(record, config, folder, intake)
            except ImportFailedError as failure:
                done = _failed(record, str(failure), intake)
            except Exception:
                logging.getLogger(__name__).exception("Parallel data %s could not be imported", record.name)
                done = _failed(record, "An internal error of the local endpoint; see its messages.", intake)
            if done.attempt_status == "FAILED":
                self._cloud.remove(self._bucket, f"{folder}/")
            errors_key = f"{folder}/errors.json" if intake.has_messages else ""
            if errors_key:
                self._store(errors_key, intake.errors())
        return replace(done, attempt_errors_key=errors_key, changed=now, attempt_at=record.attempt_at)

    def _taken_in(self, record: ParallelData, config: dict[str, str], folder: str, intake: Intake) -> ParallelData:
        data_key = f"{folder}/{config['S3Uri'].rpartition('/')[2]}"
        self._fetch(config["S3Uri"], data_key)
        with self._cloud.open(self._bucket, data_key) as stream:
            taken = _read(stream, config, intake)
        done = replace(
            record,
            attempt_status="ACTIVE",
            message=_message(taken),
            data_key=data_key,
            is_sampled=True,
            source_language=taken.source_language,
            target_languages=taken.target_languages,
            size=taken.size,
            imported=taken.count,
            failed=taken.failed,
            skipped=taken.skipped,
        )
        for code in taken.target_languages:
            rows = "\n".join(json.dumps(pair, ensure_ascii=False) for pair in intake.pairs(code, REMEMBERED))
            self._store(_sample(done, code), rows.encode("utf-8", "replace"))
        return done

    def _fetch(self, uri: str, key: str) -> None:
        """Copy an input file to the service's own bucket."""
        bucket, source = split_uri(uri)
        region = self._cloud.region(bucket)
        if region not in (None, self._region):
            raise ImportFailedError(f"The bucket {bucket} is in {region}, not in {self._region}.")
        if (size := self._cloud.size(bucket, source)) > LARGEST_FILE:
            raise ImportFailedError(f"The file is {size} bytes long; {LARGEST_FILE} are allowed.")
        self._cloud.create_bucket(self._bucket)
        try:
            self._cloud.copy((bucket, source), (self._bucket, key))
        except LookupError as error:
            raise ImportFailedError(f"There is no object {uri}, or it cannot be read.") from error

    def _store(self, key: str, body: bytes) -> None:
        self._cloud.create_bucket(self._bucket)
        self._cloud.write(self._bucket, key, body, "application/octet-stream")

    def _put(self, record: ParallelData) -> None:
        with self._around.lock:
            self.records[record.name] = record


def _read(stream: BinaryIO, config: dict[str, str], intake: Intake) -> Imported:
    if config["Format"] == "TMX":
        codes = read_tmx(stream, intake)
    else:
        codes = read_table(stream, DELIMITERS[config["Format"]], intake)
    return intake.result(codes[0], codes[1:])


def _message(taken: Imported) -> str:
    if taken.count <= LEARNED:
        return ""
    return (
        f"Of the {taken.count:,} records the {NAME} knows {min(taken.count, REMEMBERED):,} by heart"
        f" and learns phrases from {LEARNED:,}."
    )


def _sample(record: ParallelData, target_language: str) -> str:
    """Return the key of the examples that the engine learns from: JSON lines of (source, target)."""
    return f"{record.data_key.rpartition('/')[0]}/examples.{target_language}.jsonl"


def _failed(record: ParallelData, message: str, intake: Intake) -> ParallelData:
    intake.add_message("File", message)
    return replace(record, attempt_status="FAILED", message=message)
