"""Translation at once: TranslateText and TranslateDocument, and the settings that every translation knows.

Source: Amazon Translate API reference (limits in bytes; TranslateDocument has English on one side and no Brevity) and
developer guide, "Setting formality" and "Masking profane words".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from amts_desk.endpoint import languages
from amts_desk.endpoint.documents import CONTENT_TYPES, translate_document, translate_text
from amts_desk.endpoint.engine import Engine
from amts_desk.endpoint.errors import ApiError, invalid
from amts_desk.endpoint.terminology import TerminologyShelf, TermTranslator

LONGEST_TEXT = 10_000
"""Bytes of UTF-8 that TranslateText takes."""
LARGEST_DOCUMENT = 100_000
"""Bytes, and characters, that TranslateDocument takes."""
FORMAL_TARGETS = frozenset(("nl", "fr", "fr-CA", "de", "hi", "it", "ja", "ko", "pt-PT", "es", "es-MX"))
"""Target languages with formality."""
_NO_PROFANITY = frozenset(("bn", "hi", "ml", "pa", "si", "vi"))
Request = dict[str, Any]
Answer = dict[str, Any]


class RealTime:
    """Translates texts and documents of one account and Region while the caller waits."""

    def __init__(self, terms: TerminologyShelf, engine: Engine) -> None:
        self._terms = terms
        self._engine = engine

    @staticmethod
    def check_size(text: str) -> None:
        """Raise ApiError when a text is too long for TranslateText, whose own error comes before all others."""
        size = len(text.encode("utf-8", "surrogatepass"))
        if size > LONGEST_TEXT:
            message = f"The text is {size} bytes long; {LONGEST_TEXT} are allowed."
            raise ApiError("TextSizeLimitExceededException", message)

    def translate_text(self, request: Request) -> Answer:
        """TranslateText."""
        text = request["Text"]
        source, translator = self._prepared(request, text)
        translated = translate_text(text, translator)
        return {"TranslatedText": translated, **_about(request, source, translator)}

    def translate_document(self, request: Request) -> Answer:
        """TranslateDocument."""
        body, content_type = request["Document"]["Content"], request["Document"]["ContentType"]
        if content_type not in CONTENT_TYPES:
            raise invalid(f"The local endpoint takes the content types {' and '.join(CONTENT_TYPES)} only.")
        if len(body) > LARGEST_DOCUMENT:
            raise ApiError("LimitExceededException", f"The document is longer than {LARGEST_DOCUMENT} bytes.")
        settings, target = request.get("Settings") or {}, request["TargetLanguageCode"]
        if settings.get("Brevity"):
            raise invalid("TranslateDocument has no brevity.")
        if settings.get("Formality") and target not in FORMAL_TARGETS:
            raise invalid(f"The target language {target} has no formality.")
        source, translator = self._prepared(request, body.decode("utf-8", "replace"))
        if "en" not in (source, target):
            raise ApiError("UnsupportedLanguagePairException", f"Unsupported language pair: {source} to {target}.")
        done = translate_document(body, content_type, translator)
        return {"TranslatedDocument": {"Content": done.text.encode()}, **_about(request, source, translator)}

    def _prepared(self, request: Request, text: str) -> tuple[str, TermTranslator]:
        """Return the source language, found in the text if need be, and what translates from it."""
        source, target = request["SourceLanguageCode"], request["TargetLanguageCode"]
        names = request.get("TerminologyNames") or []
        self._terms.check(names, source)
        if source == "auto":
            source = languages.detected(text)
        languages.supported(source)
        languages.supported(target, source)
        translator = self._engine.translator(source, target)
        return source, TermTranslator(translator, self._terms.finder(names, source, target))


def applied_settings(settings: dict[str, str], source: str, targets: Sequence[str]) -> dict[str, str]:
    """Return those settings that have an effect: others are ignored where a target language does not know them."""
    applied = dict(settings)
    if not FORMAL_TARGETS.intersection(targets):
        applied.pop("Formality", None)
    if _NO_PROFANITY.intersection(targets) or source in targets:
        applied.pop("Profanity", None)
    return applied


def _about(request: Request, source: str, translator: TermTranslator) -> Answer:
    target = request["TargetLanguageCode"]
    told: Answer = {"SourceLanguageCode": source, "TargetLanguageCode": target}
    if names := request.get("TerminologyNames"):
        terms = [{"SourceText": s, "TargetText": t} for s, t in translator.applied]
        told["AppliedTerminologies"] = [{"Name": names[0], "Terms": terms}]
    if settings := applied_settings(request.get("Settings") or {}, source, [target]):
        told["AppliedSettings"] = settings
    return told
