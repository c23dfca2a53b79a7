"""Some hundred everyday words in most languages: the names that the Unicode CLDR gives to emoji (🐎 horse, cheval, 馬).

The door to the data of the package emoji, of which only the files are read. Names of several words are taken apart by
the lexicon that is learned from all of them.
"""

from __future__ import annotations

import importlib.resources
import json
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from amts_desk.core.errors import DeskError
from amts_desk.steps.align.tables import table
from amts_desk.steps.align.words import words

_LAYOUT = 1  # to be raised when the learned form changes
_LANGUAGES = {"de", "en", "es", "fr", "ja", "ko", "pt", "tr", "zh"}
_WHOLE_NAME, _LEAST = 0.6, 0.3
_VARIANTS = {"\ufe0f", *map(chr, range(0x1F3FB, 0x1F400))}  # the same thing drawn otherwise, the tones of skin

Translations = tuple[tuple[str, str, float], ...]
_Named = list[tuple[list[str], list[str]]]


@cache
def translations(source_language: str, target_language: str) -> Translations:
    """Return (source word, target word, how probable) of words as `words` normalises them; () for other languages.

    Raises DeskError when the package is missing.
    """
    if not {source_language, target_language} <= _LANGUAGES or source_language == target_language:
        return ()
    if source_language > target_language:
        return tuple((s, t, weight) for t, s, weight in translations(target_language, source_language))
    name = f"emoji-{_version()}-{source_language}-{target_language}"
    found = []
    for key, weight in table(name, lambda: _learned(source_language, target_language)).items():
        source, _, target = key.partition("\t")
        found.append((source, target, float(weight)))
    return tuple(found)


def _learned(source_language: str, target_language: str) -> Iterator[tuple[str, str]]:
    from amts_desk.steps.align.lexicon import learn

    named = _named(source_language, target_language)
    forth, back = learn(named), learn([(target, source) for source, target in named])
    found = {(source[0], target[0]): _WHOLE_NAME for source, target in named if len(source) == len(target) == 1}
    for source in forth.source.words:
        for target, chance in forth.translations(source):
            mutual = (chance * dict(back.translations(target)).get(source, 0)) ** 0.5
            if mutual >= _LEAST:
                found[source, target] = max(mutual, found.get((source, target), 0))
    return ((f"{source}\t{target}", f"{weight:.3f}") for (source, target), weight in found.items())


def _named(source_language: str, target_language: str) -> _Named:
    sources, targets = _names(source_language), _names(target_language)
    return [(sources[sign], targets[sign]) for sign in sources if sign in targets]


def _names(language: str) -> dict[str, list[str]]:
    """Return the names of emoji in one language as words without punctuation."""
    file = "emoji.json" if language == "en" else f"emoji_{language}.json"
    data = json.loads((importlib.resources.files("emoji") / "unicode_codes" / file).read_text(encoding="utf-8"))
    names = {sign: name["en"] if language == "en" else name for sign, name in data.items() if not _VARIANTS & set(sign)}
    return {
        sign: [word for word in words(name.replace("_", " "), language) if word[0].isalpha()]
        for sign, name in names.items()
    }


@cache
def _version() -> str:
    try:
        return f"{version('emoji')}-{_LAYOUT}"
    except PackageNotFoundError as error:
        raise DeskError("The names of emoji are missing (emoji).", "Install AMTS Desk again.") from error
