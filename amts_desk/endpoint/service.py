"""Amazon Translate in one account and Region: every operation of the service model, by its name."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import Any

from amts_desk.endpoint import languages
from amts_desk.endpoint.errors import ApiError, invalid
from amts_desk.endpoint.jobs import JobShelf
from amts_desk.endpoint.paging import page
from amts_desk.endpoint.parallel_data import ParallelDataShelf
from amts_desk.endpoint.realtime import RealTime
from amts_desk.endpoint.surroundings import Cloud, Surroundings
from amts_desk.endpoint.tags import TagShelf
from amts_desk.endpoint.terminology import TerminologyShelf
from amts_desk.endpoint.validation import check

Request = dict[str, Any]
Answer = dict[str, Any]


class TranslateService:
    """Checks a request, carries it out once for each ClientToken, and has the change on disk before it answers."""

    def __init__(self, account: str, region: str, cloud: Cloud, around: Surroundings) -> None:
        self._arn = f"arn:aws:translate:{region}:{account}:"
        self._around = around
        self._data = ParallelDataShelf(account, region, cloud, around)
        self._terms = TerminologyShelf(account, region, cloud, around)
        self._jobs = JobShelf(account, region, cloud, around, self._data, self._terms)
        self._tags = TagShelf(self._is_there)
        self._answered: dict[str, tuple[Request, Answer]] = {}
        self._changes: dict[str, Callable[[Request], Answer]] = {
            "CreateParallelData": lambda request: self._tagged(self._data.create, "parallel-data/", request),
            "UpdateParallelData": self._data.update,
            "DeleteParallelData": lambda request: self._deleted(self._data.delete, "parallel-data/", request),
            "StartTextTranslationJob": self._jobs.start,
            "StopTextTranslationJob": self._jobs.stop,
            "ImportTerminology": lambda request: self._tagged(self._terms.put, "terminology/", request),
            "DeleteTerminology": lambda request: self._deleted(self._terms.delete, "terminology/", request),
            "TagResource": self._tags.add,
            "UntagResource": self._tags.remove,
        }
        real_time = RealTime(self._terms, around.engine)
        self._questions: dict[str, Callable[[Request], Answer]] = {
            "GetParallelData": self._data.get,
            "ListParallelData": self._data.page,
            "DescribeTextTranslationJob": self._jobs.describe,
            "ListTextTranslationJobs": self._jobs.page,
            "TranslateText": real_time.translate_text,
            "TranslateDocument": real_time.translate_document,
            "ListLanguages": _list_languages,
            "GetTerminology": self._terms.get,
            "ListTerminologies": self._terms.page,
            "ListTagsForResource": self._tags.list,
        }

    def answer(self, operation: str, request: Request) -> Answer:
        """Return the answer of an operation. Raises ApiError with the code the service would give."""
        if operation == "TranslateText":
            RealTime.check_size(request.get("Text") or "")
        check(operation, request)
        if operation in self._questions:
            return self._questions[operation](request)
        if operation not in self._changes:
            raise invalid(f"The local endpoint does not offer {operation}.")
        with self._around.lock:
            answer = self._answer_once(operation, request)
        self._around.keep()
        return answer

    def dump(self) -> dict[str, Any]:
        """Return everything there is to remember, ready for JSON."""
        with self._around.lock:
            return {
                "parallel_data": self._data.dump(),
                "jobs": self._jobs.dump(),
                "terminologies": self._terms.dump(),
                "tags": self._tags.dump(),
                "answered": [[key, *pair] for key, pair in self._answered.items()],
            }

    def restore(self, state: dict[str, Any]) -> None:
        """Take up again what `dump` returned (this or an older version's), and carry on what was running."""
        self._answered = {key: (request, answer) for key, request, answer in state["answered"]}
        self._terms.restore(state.get("terminologies", []))
        self._tags.restore(state.get("tags", {}))
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
        return answer

    def _tagged(self, make: Callable[[Request], Answer], kind: str, request: Request) -> Answer:
        tags = self._tags.checked(request.get("Tags") or [])
        answer = make(request)
        if tags:
            self._tags.put(f"{self._arn}{kind}{request['Name']}", tags)
        return answer

    def _deleted(self, delete: Callable[[Request], Answer], kind: str, request: Request) -> Answer:
        answer = delete(request)
        self._tags.forget(f"{self._arn}{kind}{request['Name']}")
        return answer

    def _is_there(self, arn: str) -> bool:
        kind, _, name = arn.removeprefix(self._arn).removesuffix("/LATEST").partition("/")
        shelves: dict[str, Container[str]]
        shelves = {"parallel-data": self._data.records, "terminology": self._terms.records}
        return name in shelves.get(kind, ())


def _list_languages(request: Request) -> Answer:
    display = request.get("DisplayLanguageCode") or "en"
    if display != "en":
        raise ApiError("UnsupportedDisplayLanguageCodeException", "The local endpoint names languages in English only.")
    entries = [("auto", "Auto"), *languages.NAMES.items()]
    found, more = page([(code, {"LanguageCode": code, "LanguageName": name}) for code, name in entries], request, 500)
    return {"Languages": found, "DisplayLanguageCode": display, **more}
