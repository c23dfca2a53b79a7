"""Custom terminologies: import, get, list, delete, and a translator that uses one.

Every terminology is imported at once and overwrites the one of the same name. Source: Amazon Translate API reference,
ImportTerminology and its kin, and developer guide, "Customizing your translations with custom terminology".
"""

from __future__ import annotations

import io
from dataclasses import asdict, dataclass
from typing import Any

from amts_desk.endpoint.engine import Translator
from amts_desk.endpoint.errors import ApiError, invalid, not_found
from amts_desk.endpoint.examples import ImportFailedError
from amts_desk.endpoint.paging import moment, page
from amts_desk.endpoint.passages import MARK, Passage, Span, Weaver, pieces
from amts_desk.endpoint.surroundings import Cloud, Surroundings
from amts_desk.endpoint.terms import FORMATS, TermFinder, TermList, read_terms, write_terms

LARGEST_FILE = 10 * 1024 * 1024
"""Bytes of an imported file."""
MOST = 100
"""Terminologies of an account in a Region."""
_MOST_TOLD = 250  # applied terms in an answer; API reference, AppliedTerminology


@dataclass(frozen=True, slots=True)
class Terminology:
    """One terminology as it is kept on disk: texts, numbers and lists only; times in seconds since 1970."""

    name: str
    arn: str
    form: str
    directionality: str
    source_language: str
    target_languages: tuple[str, ...]
    size: int
    terms: int
    skipped: int
    created: float
    changed: float
    folder: str
    description: str = ""
    encryption_key: dict[str, str] | None = None

    @property
    def is_multi(self) -> bool:
        """Whether every language of it can be the source language."""
        return self.directionality == "MULTI"

    @property
    def sources(self) -> tuple[str, ...]:
        """The languages that can be translated from with it."""
        return (self.source_language, *(self.target_languages if self.is_multi else ()))

    def properties(self) -> dict[str, Any]:
        """Return the TerminologyProperties of an answer."""
        told = {
            "Name": self.name,
            "Arn": self.arn,
            "Description": self.description or None,
            "SourceLanguageCode": self.source_language,
            "TargetLanguageCodes": list(self.target_languages),
            "EncryptionKey": self.encryption_key,
            "SizeBytes": self.size,
            "TermCount": self.terms,
            "SkippedTermCount": self.skipped,
            "CreatedAt": moment(self.created),
            "LastUpdatedAt": moment(self.changed),
            "Directionality": self.directionality or None,
            "Format": self.form,
        }
        return {name: value for name, value in told.items() if value is not None}


class TerminologyShelf:
    """The terminologies of one account and Region."""

    def __init__(self, account: str, region: str, cloud: Cloud, around: Surroundings) -> None:
        self.records: dict[str, Terminology] = {}
        self._arn = f"arn:aws:translate:{region}:{account}:terminology/"
        self._bucket = f"aws-translate-terminology-{account}-{region}"[:63]
        self._cloud = cloud
        self._around = around
        self._read: dict[str, TermList] = {}

    def put(self, request: dict[str, Any]) -> dict[str, Any]:
        """ImportTerminology."""
        name, data = request["Name"], request["TerminologyData"]
        before = self.records.get(name)
        if before is None and len(self.records) >= MOST:
            raise ApiError("LimitExceededException", f"The account has {MOST} terminologies; no more are allowed.")
        terms = _terms(data["File"], data["Format"])
        now = self._around.clock()
        record = Terminology(
            name=name,
            arn=f"{self._arn}{name}/LATEST",
            form=data["Format"],
            directionality=data.get("Directionality", ""),
            source_language=terms.source_language,
            target_languages=terms.target_languages,
            size=len(data["File"]),
            terms=len(terms.rows),
            skipped=terms.skipped,
            created=before.created if before else now,
            changed=now,
            folder=f"{name}/{round(now * 1000)}/",
            description=request.get("Description", ""),
            encryption_key=request.get("EncryptionKey"),
        )
        self._store(record, terms, data["File"])
        self.records[name] = record
        if before and before.folder != record.folder:
            self._cloud.remove(self._bucket, before.folder)
        return {"TerminologyProperties": record.properties(), **self._errors(record)}

    def get(self, request: dict[str, Any]) -> dict[str, Any]:
        """GetTerminology: its data as a pre-signed URL, in the format that is asked for."""
        record = self._record(request["Name"])
        form = request.get("TerminologyDataFormat") or record.form
        if record.is_multi and form != record.form:
            raise _wrong(f"The terminology {record.name} has several directions: it can be had as {record.form} only.")
        location = {"RepositoryType": "S3", "Location": self._cloud.link(self._bucket, _file(record, form))}
        told = {"TerminologyProperties": record.properties(), "TerminologyDataLocation": location}
        return told | self._errors(record)

    def page(self, request: dict[str, Any]) -> dict[str, Any]:
        """ListTerminologies, by name."""
        records = sorted(self.records.copy().items())
        found, more = page([(name, record.properties()) for name, record in records], request)
        return {"TerminologyPropertiesList": found, **more}

    def delete(self, request: dict[str, Any]) -> dict[str, Any]:
        """DeleteTerminology."""
        record = self._record(request["Name"])
        del self.records[record.name]
        self._cloud.remove(self._bucket, record.folder)
        return {}

    def check(self, names: list[str], source: str) -> None:
        """Raise ApiError unless the terminologies that a request names (at most one) are there and know its source."""
        if len(names) > 1:
            raise invalid("A request takes one terminology only.")
        for name in names:
            record = self._record(name)
            if source not in ("auto", *record.sources):
                raise invalid(f"The terminology {name} has no terms to translate from {source}.")

    def finder(self, names: list[str], source: str, target: str) -> TermFinder:
        """Return what finds the terms of a language pair; nothing when it has none. Raises ApiError when it is gone."""
        if not names:
            return TermFinder({})
        with self._around.lock:
            record = self._record(names[0])
            if source not in record.sources:
                return TermFinder({})
            if record.folder not in self._read:
                body = self._cloud.read(self._bucket, _file(record, record.form))
                self._read = {record.folder: read_terms(io.BytesIO(body), record.form)}
            return TermFinder(self._read[record.folder].between(source, target))

    def dump(self) -> list[dict[str, Any]]:
        """Return everything there is to remember."""
        return [asdict(record) for record in self.records.copy().values()]

    def restore(self, rows: list[dict[str, Any]]) -> None:
        """Take up again what `dump` returned."""
        for row in rows:
            record = Terminology(**{**row, "target_languages": tuple(row["target_languages"])})
            self.records[record.name] = record

    def _record(self, name: str) -> Terminology:
        record = self.records.get(name)
        if record is None:
            raise not_found(f"There is no terminology with the name {name}.")
        return record

    def _store(self, record: Terminology, terms: TermList, body: bytes) -> None:
        self._cloud.create_bucket(self._bucket)
        for form in (record.form,) if record.is_multi else FORMATS:
            written = body if form == record.form else write_terms(terms, form)
            self._cloud.write(self._bucket, _file(record, form), written, "application/octet-stream")
        if terms.messages:
            self._cloud.write(self._bucket, f"{record.folder}errors.json", terms.errors(), "application/json")

    def _errors(self, record: Terminology) -> dict[str, Any]:
        if not record.skipped:
            return {}
        link = self._cloud.link(self._bucket, f"{record.folder}errors.json")
        return {"AuxiliaryDataLocation": {"RepositoryType": "S3", "Location": link}}


class TermTranslator:
    """Translates with a terminology: its terms come out as it says, the rest as another translator says."""

    def __init__(self, inner: Translator, finder: TermFinder) -> None:
        self._inner = inner
        self._finder = finder
        self._applied: dict[str, str] = {}

    def anew(self) -> TermTranslator:
        """Return the same translator, which has used no term so far."""
        return TermTranslator(self._inner, self._finder)

    @property
    def applied(self) -> list[tuple[str, str]]:
        """The terms that were used (source, target), in the order of the text; at most 250."""
        return list(self._applied.items())[:_MOST_TOLD]

    def translate(self, passage: Passage) -> str:
        """Return the translation of `passage.text`; each of its marks stands in it exactly once."""
        woven, marks = Weaver(), []
        for piece in pieces(passage.text):
            if MARK.match(piece):
                woven.add_span(passage.span(piece))
                marks.append(piece)
            else:
                self._weave(piece, woven, marks)
        made = woven.passage()
        put_back = dict(zip(MARK.findall(made.text), marks, strict=True))
        translated = self._inner.translate(made)
        if sorted(MARK.findall(translated)) != sorted(put_back):
            translated = made.text  # not to be trusted: the terms stand right, the rest as it was
        return "".join(put_back.get(piece, piece) for piece in pieces(translated))

    def _weave(self, text: str, woven: Weaver, marks: list[str]) -> None:
        at = 0
        for start, end in self._finder.find(text):
            source = text[start:end]
            target = self._finder.terms[source]
            self._applied.setdefault(source, target)
            woven.add_plain(text[at:start])
            woven.add_span(Span(target, source))
            marks.append(target)
            at = end
        woven.add_plain(text[at:])


def _terms(body: bytes, form: str) -> TermList:
    if len(body) > LARGEST_FILE:
        raise _wrong(f"The file is {len(body)} bytes long; {LARGEST_FILE} are allowed.")
    try:
        return read_terms(io.BytesIO(body), form)
    except ImportFailedError as error:
        raise _wrong(str(error)) from error


def _wrong(message: str) -> ApiError:
    return ApiError("InvalidParameterValueException", message)


def _file(record: Terminology, form: str) -> str:
    return f"{record.folder}terms.{form.lower()}"
