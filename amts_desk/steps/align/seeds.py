"""What is known of a lexicon before any alignment: equal words, a dictionary, names, words of common origin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from amts_desk.steps.align.corpus import Rows, Vocabulary, sparse
from amts_desk.steps.align.words import HAN_WORD

_EQUAL_WORD, _EQUAL_MARK = 0.9, 0.5
_KIN = 0.3
_KIN_LETTERS = 4


def has_dictionary(source_language: str, target_language: str) -> bool:
    """Whether there is a dictionary of the two languages: so far Chinese with English, in either direction."""
    return {source_language[:2], target_language[:2]} == {"zh", "en"}


def seeds(
    source: Vocabulary, target: Vocabulary, source_language: str, target_language: str, *, dictionary: bool
) -> Rows:
    """Return by target word the source words that it may translate, with weights (about the probability of either).

    With `dictionary`, Chinese and English words are also looked up in CC-CEDICT, in either direction.
    """
    if target_language.startswith("zh") and not source_language.startswith("zh"):
        triples = [(t, s, w) for s, t, w in _pairs(target, source, target_language, source_language, dictionary)]
    else:
        triples = list(_pairs(source, target, source_language, target_language, dictionary))
    rows = np.array([t for _, t, _ in triples], np.int32)
    columns = np.array([s for s, _, _ in triples], np.int32)
    return sparse(rows, columns, np.array([w for *_, w in triples], np.float32), len(target))


def _pairs(
    source: Vocabulary, target: Vocabulary, source_language: str, target_language: str, dictionary: bool
) -> Iterator[tuple[int, int, float]]:
    chinese = source_language.startswith("zh")
    weights: dict[tuple[int, int], float] = defaultdict(float)
    for number, word in enumerate(source.words):
        if word in target.numbers:
            weights[number, target.numbers[word]] = _EQUAL_WORD if word[0].isalnum() else _EQUAL_MARK
    if not chinese:
        _add_kin(weights, source, target)
    elif dictionary and target_language == "en":
        _add_glosses(weights, source, target)
    return ((s, t, weight) for (s, t), weight in weights.items())


def _add_glosses(weights: dict[tuple[int, int], float], source: Vocabulary, target: Vocabulary) -> None:
    from amts_desk.steps.align.dictionary import gloss_stems

    for number, word in enumerate(source.words):
        if not HAN_WORD.match(word):
            continue
        for stem, weight in gloss_stems(word).items():
            if stem in target.numbers:
                weights[number, target.numbers[stem]] += weight


def _add_kin(weights: dict[tuple[int, int], float], source: Vocabulary, target: Vocabulary) -> None:
    """Add words that begin alike: a cheap sign of common origin between alphabetic languages."""
    kin = defaultdict(list)
    for number, word in enumerate(target.words):
        if _may_have_kin(word):
            kin[word[:_KIN_LETTERS]].append(number)
    for number, word in enumerate(source.words):
        if _may_have_kin(word):
            for other in kin[word[:_KIN_LETTERS]]:
                weights.setdefault((number, other), _KIN)


def _may_have_kin(word: str) -> bool:
    return len(word) >= _KIN_LETTERS and word.isalpha()
