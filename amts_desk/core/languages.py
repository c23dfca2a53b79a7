"""The languages of the program by their Amazon Translate codes (zh, not zh-CN).

Source of the codes: the Amazon Translate developer guide, "Supported languages and language codes".
"""

from __future__ import annotations

from dataclasses import dataclass

from amts_desk.core.errors import DeskError


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its Amazon code, its English name, and how its text is put together."""

    code: str
    name: str
    spaced: bool = True
    """Whether words and sentences are separated by spaces (not so in Chinese and Japanese)."""

    def join(self, sentences: list[str] | tuple[str, ...]) -> str:
        """Return sentences of this language joined into one paragraph."""
        return (" " if self.spaced else "").join(s for s in sentences if s)


_ALL = (
    Language("en", "English"),
    Language("zh", "Chinese", spaced=False),
    Language("zh-TW", "Chinese (Traditional)", spaced=False),
    Language("es", "Spanish"),
    Language("ja", "Japanese", spaced=False),
    Language("ko", "Korean"),
    Language("pt", "Portuguese"),
    Language("tr", "Turkish"),
    Language("vi", "Vietnamese"),
    Language("fr", "French"),
    Language("de", "German"),
)
LANGUAGES = {language.code: language for language in _ALL}
_ALIASES = {"zh-cn": "zh", "zh-hans": "zh", "cmn": "zh", "zh-hant": "zh-TW", "zh-tw": "zh-TW", "pt-br": "pt"}


def language(code: str) -> Language:
    """Return the language of an Amazon code or a common alias of it.

    Raises DeskError when the program does not know the language.
    """
    wanted = _ALIASES.get(code.strip().lower(), code.strip())
    found = LANGUAGES.get(wanted) or LANGUAGES.get(wanted.lower())
    if found is None:
        known = ", ".join(LANGUAGES)
        raise DeskError(f"“{code}” is not a language AMTS Desk knows.", f"Use one of: {known}.")
    return found


def parse_direction(text: str) -> tuple[str, str]:
    """Return (source, target) of a direction such as "en-zh" or "zh-TW-en".

    Raises DeskError when it does not name two different languages.
    """
    for at, character in enumerate(text):
        codes = text[:at], text[at + 1 :]
        if character == "-" and codes[0] != codes[1] and all(code in LANGUAGES for code in codes):
            return codes
    raise DeskError(f"“{text}” is not a direction of translation.", "Write it like en-zh.")
