"""Custom terminologies at Amazon Translate: import, get, list, delete.

Source of every operation: the Amazon Translate API reference (2017-07-01). An import overwrites what has its name, and
the same import again changes nothing, so it needs no token.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any, Literal

from amts_desk.aws.cloud import Cloud
from amts_desk.aws.links import fetch
from amts_desk.core.errors import ServiceError
from amts_desk.core.terminology import LARGEST_FILE, Terminology

FileFormat = Literal["CSV", "TMX", "TSV"]
_LINKS = ("TerminologyDataLocation", "AuxiliaryDataLocation")


class Terminologies:
    """The terminologies of one account and Region. Every method raises ServiceError when it is refused."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud

    def put(
        self, name: str, data: bytes, file_format: FileFormat, description: str, *, is_both_ways: bool
    ) -> Terminology:
        """Import a file of at most 10 MB and return what the service has made of it; there is no waiting."""
        with self._cloud.calling(f"Sending the terminology “{name}”"):
            answer = self._cloud.translate.import_terminology(
                Name=name,
                MergeStrategy="OVERWRITE",
                Description=description,
                TerminologyData={
                    "File": data,
                    "Format": file_format,
                    "Directionality": "MULTI" if is_both_ways else "UNI",
                },
            )
        return _terminology(answer["TerminologyProperties"], answer)

    def find(self, name: str) -> Terminology | None:
        """Return what the service says about a terminology, None when it has none of that name."""
        try:
            answer = self._get(name)
        except ServiceError as error:
            if error.code == "ResourceNotFoundException":
                return None
            raise
        return _terminology(answer["TerminologyProperties"], answer)

    def all(self) -> list[Terminology]:
        """Return every terminology of the account and Region."""
        with self._cloud.calling("Listing the terminologies"):
            pages = self._cloud.translate.get_paginator("list_terminologies").paginate()
            return [_terminology(told, told) for page in pages for told in page.get("TerminologyPropertiesList", ())]

    def download(self, name: str) -> tuple[bytes, str]:
        """Return the file of a terminology as it was imported, and its format ("CSV", "TMX", "TSV").

        The link that the service gives is followed at once; nothing keeps it or writes it down.
        """
        answer = self._get(name)
        link = answer.get("TerminologyDataLocation", {}).get("Location")
        if link is None:
            raise ServiceError(f"Amazon gives no file of the terminology “{name}”.", "Look at it in the AWS console.")
        stream = io.BytesIO()
        fetch(link, stream, f"Downloading the terminology “{name}”", LARGEST_FILE)
        return stream.getvalue(), str(answer["TerminologyProperties"].get("Format", "CSV"))

    def delete(self, name: str) -> None:
        """Delete a terminology. Jobs that are running with it go on (developer guide)."""
        with self._cloud.calling(f"Deleting the terminology “{name}”"):
            self._cloud.translate.delete_terminology(Name=name)

    def _get(self, name: str) -> Mapping[str, Any]:
        with self._cloud.calling(f"Asking about the terminology “{name}”"):
            answer: Mapping[str, Any] = self._cloud.translate.get_terminology(Name=name)
        return answer


def _terminology(properties: Mapping[str, Any], answer: Mapping[str, Any]) -> Terminology:
    changed = properties.get("LastUpdatedAt")
    return Terminology(
        properties["Name"],
        properties.get("SourceLanguageCode", ""),
        tuple(properties.get("TargetLanguageCodes", ())),
        properties.get("TermCount", 0),
        properties.get("SkippedTermCount", 0),
        properties.get("SizeBytes", 0),
        properties.get("Directionality") == "MULTI",
        properties.get("Format", ""),
        properties.get("Description", ""),
        properties.get("Message", ""),
        changed.isoformat(timespec="seconds") if changed else "",
        # The links are signed: they are for now and for nobody else, so they are not kept with the answer.
        {key: value for key, value in answer.items() if key not in _LINKS},
    )
