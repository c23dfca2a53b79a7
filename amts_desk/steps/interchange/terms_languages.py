"""Which language a heading or a tag in a file of terms stands for."""

from __future__ import annotations

from collections.abc import Sequence

from amts_desk.core.errors import DeskError
from amts_desk.core.languages import LANGUAGES
from amts_desk.steps.interchange.characters import is_language
from amts_desk.steps.read.language import guess

NOTE_HEADINGS = ("note", "notes", "comment", "comments")
_MOST = 100
"""Languages that a file of terms may name: more than Amazon Translate has."""
_NAMES = {language.name.casefold(): code for code, language in LANGUAGES.items()}


def code_of(tag: str) -> str:
    """Return the Amazon code of a tag ("zh-Hans", "EN_us") or an English name; "" when it names no known language."""
    named = _NAMES.get(tag.strip().casefold())
    return named or next((code for code in LANGUAGES if is_language(tag, code)), "")


def codes_of(tags: Sequence[str]) -> list[str]:
    """Return the Amazon code of each tag, "" for what is none. Raises DeskError for more than there are languages."""
    if len(tags) > _MOST:
        raise DeskError(f"The file names {len(tags)} languages or columns.", "Choose a file of terms.")
    return [code_of(tag) for tag in tags]


def left_out(tag: str) -> str:
    """Return the sentence that says that a language of a file is not known."""
    return f"“{tag[:40]}” is not a language AMTS Desk knows, so its terms were left out."


def guessed(texts: Sequence[str]) -> str:
    """Return the language that terms seem to be in: told by their script, English where Latin letters tell no more."""
    return guess("\n".join(texts)) or "en"
