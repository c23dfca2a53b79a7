"""One run over the documents of a job: what it reads, what it writes and where.

    <output>/<account>-TranslateText-<job>/<folder>/<language>.<name>
    <output>/<account>-TranslateText-<job>/details/<language>.auxiliary-translation-details.json

Source: Amazon Translate developer guide, "Getting results" (the details file gives its numbers as strings).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from amts_desk.endpoint.documents import check_sizes, translate_document
from amts_desk.endpoint.errors import ApiError
from amts_desk.endpoint.job_request import input_keys
from amts_desk.endpoint.languages import detected
from amts_desk.endpoint.surroundings import Cloud, split_uri
from amts_desk.endpoint.terminology import TermTranslator

_ACCESS_CHECK = ".write_access_check_file.temp"
_Details = list[dict[str, Any]]


class JobRun:
    """Translates the documents of one job into each of its languages."""

    def __init__(
        self,
        cloud: Cloud,
        request: dict[str, Any],
        output_uri: str,
        translator: Callable[[dict[str, Any], str, str], TermTranslator],
        is_stopped: Callable[[], bool],
    ) -> None:
        self.failed: set[str] = set()
        self.documents = 0
        self._done: Counter[str] = Counter()
        self._cloud = cloud
        self._request = request
        self._input_uri = request["InputDataConfig"]["S3Uri"].rstrip("/") + "/"
        self._output_uri = output_uri
        self._translator = translator
        self._is_stopped = is_stopped
        self._was_stopped = False

    @property
    def translated(self) -> int:
        """How many documents are translated into every language of the job."""
        return sum(count == len(self._request["TargetLanguageCodes"]) for count in self._done.values())

    @property
    def status(self) -> str:
        """The status of the job after the run."""
        if self._was_stopped:
            return "STOPPED"
        return "COMPLETED_WITH_ERROR" if self.failed else "COMPLETED"

    def carry_out(self) -> None:
        """Translate everything, or stop between two documents when asked to."""
        keys = input_keys(self._cloud, self._input_uri)
        self.documents = len(keys)
        self._write(_ACCESS_CHECK, b"", "application/octet-stream")
        for target in self._request["TargetLanguageCodes"]:
            self._translate_into(target, keys)

    def _translate_into(self, target: str, keys: list[str]) -> None:
        details: _Details = []
        characters = 0
        translators: dict[str, TermTranslator] = {}
        for key in keys:
            self._was_stopped = self._was_stopped or self._is_stopped()
            if self._was_stopped:
                return
            body = self._cloud.read(split_uri(self._input_uri)[0], key)
            source = self._source(body)
            if source not in translators:
                translators[source] = self._translator(self._request, source, target)
            count, entry = self._translate(key, body, target, translators[source])
            characters += count
            details.append(entry)
        self._write_details(target, details, characters)

    def _translate(self, key: str, body: bytes, target: str, translator: TermTranslator) -> tuple[int, dict[str, Any]]:
        """Translate one document; return its characters and its entry in the details file."""
        name = key.removeprefix(split_uri(self._input_uri)[1])
        content_type = self._request["InputDataConfig"]["ContentType"]
        try:
            check_sizes(body, content_type)
            translator = translator.anew()
            done = translate_document(body, content_type, translator)
        except ApiError as error:
            self.failed.add(name)
            problem = {"errorCode": error.code, "errorMessage": error.message}
            return 0, {"sourceFile": name, "auxiliaryData": {"error": problem}}
        self._done[name] += 1
        path, slash, last = name.rpartition("/")
        output = f"{path}{slash}{target}.{last}"
        self._write(output, done.text.encode(), content_type)
        entry = {
            "sourceFile": name,
            "targetFile": output,
            "auxiliaryData": {"appliedTerminologies": self._applied(translator)},
        }
        return done.characters, entry

    def _applied(self, translator: TermTranslator) -> list[dict[str, Any]]:
        terms = [{"sourceText": source, "targetText": target} for source, target in translator.applied]
        return [{"name": name, "terms": terms} for name in self._request.get("TerminologyNames") or [] if terms]

    def _source(self, body: bytes) -> str:
        code: str = self._request["SourceLanguageCode"]
        return detected(body.decode("utf-8", "replace")) if code == "auto" else code

    def _write_details(self, target: str, details: _Details, characters: int) -> None:
        broken = sum("error" in entry["auxiliaryData"] for entry in details)
        told = {
            "sourceLanguageCode": self._request["SourceLanguageCode"],
            "targetLanguageCode": target,
            "charactersTranslated": str(characters),
            "documentCountWithCustomerError": str(broken),
            "documentCountWithServerError": "0",
            "inputDataPrefix": self._input_uri,
            "outputDataPrefix": self._output_uri,
            "details": details,
        }
        body = json.dumps(told, ensure_ascii=False).encode()
        self._write(f"details/{target}.auxiliary-translation-details.json", body, "application/json")

    def _write(self, name: str, body: bytes, content_type: str) -> None:
        bucket, folder = split_uri(self._output_uri)
        self._cloud.write(bucket, folder + name, body, content_type)
