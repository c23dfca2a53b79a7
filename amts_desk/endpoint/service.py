"""Amazon Translate in one account and Region: every operation the endpoint offers, by its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from amts_desk.endpoint import languages
from amts_desk.endpoint.documents import translate_text
from amts_desk.endpoint.errors import ApiError, invalid, not_found
from amts_desk.endpoint.jobs import JobShelf
from amts_desk.endpoint.paging import page
from amts_desk.endpoint.parallel_data import ParallelDataShelf
from amts_desk.endpoint.surroundings import Cloud, Surroundings
from amts_desk.endpoint.validation import check

Request = dict[str, Any]
Answer = dict[str, Any]
LONGEST_TEXT = 10_000
"""Bytes of UTF-8 that TranslateText takes."""


class TranslateService:
    """Checks a request, carries it out once for each ClientToken, and has the change on disk before it answers."""

    def __init__(self, account: str, region: str, cloud: Cloud, around: Surroundings) -> None:
        self._around = around
        self._data = ParallelDataShelf(account, region, cloud, around)
        self._jobs = JobShelf(account, region, cloud, around, self._data)
        self._answered: dict[str, tuple[Request, Answer]] = {}
        self._changes: dict[str, Callable[[Request], Answer]] = {
            "CreateParallelData": self._data.create,
            "UpdateParallelData": self._data.update,
            "DeleteParallelData": self._data.delete,
            "StartTextTranslationJob": self._jobs.start,
            "StopTextTranslationJob": self._jobs.stop,
        }
        self._questions: dict[str, Callable[[Request], Answer]] = {
            "GetParallelData": self._data.get,
            "ListParallelData": self._data.page,
            "DescribeTextTranslationJob": self._jobs.describe,
            "ListTextTranslationJobs": self._jobs.page,
            "TranslateText": self._translate_text,
            "ListLanguages": _list_languages,
        }

    def answer(self, operation: str, request: Request) -> Answer:
        """Return the answer of an operation. Raises ApiError with the code the service would give."""
        if operation == "TranslateText":
            _check_size(request.get("Text") or "")
        check(operation, request)
        if operation in self._questions:
            return self._questions[operation](request)
        if operation not in self._changes:
            raise invalid(f"The local endpoint does not offer {operation}.")
        with self._around.lock:
            return self._answer_once(operation, request)

    def dump(self) -> dict[str, Any]:
        """Return everything there is to remember, ready for JSON."""
        with self._around.lock:
            answered = [[key, *pair] for key, pair in self._answered.items()]
            return {"parallel_data": self._data.dump(), "jobs": self._jobs.dump(), "answered": answered}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up again what `dump` returned, and carry on what was running."""
        self._answered = {key: (request, answer) for key, request, answer in state["answered"]}
        self._data.restore(state["parallel_data"])
        self._jobs.restore(state["jobs"])

    def _answer_once(self, operation: str, request: Request) -> Answer:
        token = f"{operation}/{request.get('ClientToken', '')}"
        if token in self._answered:
            before, answer = self._answered[token]
            if before != request:
                raise invalid("The ClientToken was used before in a different request.")
            return answer
        answer = self._changes[operation](request)
        if request.get("ClientToken"):
            self._answered[token] = (request, {k: v for k, v in answer.items() if k != "LatestUpdateAttemptAt"})
        self._around.keep()
        return answer

    def _translate_text(self, request: Request) -> Answer:
        if request.get("TerminologyNames"):
            raise not_found(f"There is no terminology with the name {request['TerminologyNames'][0]}.")
        text, source, target = request["Text"], request["SourceLanguageCode"], request["TargetLanguageCode"]
        if source == "auto":
            source = languages.detected(text)
        languages.supported(source)
        languages.supported(target, source)
        translated = translate_text(text, self._around.engine.translator(source, target))
        answer = {"TranslatedText": translated, "SourceLanguageCode": source, "TargetLanguageCode": target}
        return answer | ({"AppliedSettings": request["Settings"]} if request.get("Settings") else {})


def _check_size(text: str) -> None:
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > LONGEST_TEXT:
        raise ApiError("TextSizeLimitExceededException", f"The text is {size} bytes long; {LONGEST_TEXT} are allowed.")


def _list_languages(request: Request) -> Answer:
    display = request.get("DisplayLanguageCode") or "en"
    if display != "en":
        raise ApiError("UnsupportedDisplayLanguageCodeException", "The local endpoint names languages in English only.")
    entries = [("auto", "Auto"), *languages.NAMES.items()]
    found, more = page([(code, {"LanguageCode": code, "LanguageName": name}) for code, name in entries], request, 500)
    return {"Languages": found, "DisplayLanguageCode": display, **more}
