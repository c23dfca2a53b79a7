"""Translating one document of a batch job, or the text of one call."""

from __future__ import annotations

import re
from dataclasses import dataclass

from amts_desk.endpoint.engine import Translator
from amts_desk.endpoint.errors import invalid
from amts_desk.endpoint.pages import text_size, translate_page
from amts_desk.endpoint.passages import passage_of, translate

PLAIN, HTML = "text/plain", "text/html"
CONTENT_TYPES = (PLAIN, HTML)
LARGEST, LARGEST_TEXT, MOST_CHARACTERS = 20 * 1024**2, 1024**2, 1_000_000
"""Of a document of a batch job: its bytes, the bytes of the text in it, its characters."""
_TAGGED = re.compile(r"<[a-z][^<>]*\stranslate\s*=", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Translated:
    """A translated document, and how many characters of it were translated (and would be paid for)."""

    text: str
    characters: int


def translate_document(body: bytes, content_type: str, translator: Translator) -> Translated:
    """Return a document of a batch job, translated. Raises ApiError when it is not UTF-8."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise invalid(f"Invalid UTF-8 encoded text: byte {error.start} of the document.") from error
    if content_type == HTML:
        return Translated(*translate_page(text, translator))
    return Translated(_translate_lines(text, translator), len(text))


def check_sizes(body: bytes, content_type: str) -> None:
    """Raise ApiError when a document is too large for a batch job."""
    if len(body) > LARGEST:
        raise invalid(f"The document is {len(body)} bytes long; {LARGEST} are allowed.")
    text = body.decode("utf-8", "replace")
    if len(text) > MOST_CHARACTERS:
        raise invalid(f"The document has {len(text)} characters; {MOST_CHARACTERS} are allowed.")
    if len(body) > LARGEST_TEXT:
        size = text_size(text) if content_type == HTML else len(body)
        if size > LARGEST_TEXT:
            raise invalid(f"The document has {size} bytes of text; {LARGEST_TEXT} are allowed.")


def translate_text(text: str, translator: Translator) -> str:
    """Return the text of a TranslateText call, translated; elements with `translate="no"` stay as they are."""
    if _TAGGED.search(text):
        return translate_page(text, translator)[0]
    return _translate_lines(text, translator)


def _translate_lines(text: str, translator: Translator) -> str:
    """Every line is a passage of its own; line ends, blank lines and indentation stay."""
    return re.sub(r"[^\s][^\r\n]*[^\s]|[^\s]", lambda line: translate(passage_of(line.group()), translator), text)
