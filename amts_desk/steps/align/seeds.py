"""What is known of a lexicon before any alignment: equal words, names, words of common origin, a dictionary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from operator import itemgetter

import numpy as np

from amts_desk.steps.align.cognates import cognates
from amts_desk.steps.align.corpus import Rows, Vocabulary, sparse
from amts_desk.steps.align.transliteration import transliterations

_Pair = tuple[int, int, float]
_Weights = dict[tuple[int, int], float]

_EQUAL_WORD, _EQUAL_SHORT_WORD, _EQUAL_MARK = 0.9, 0.5, 0.5
_LONGEST_SHORT_WORD = 3
_OTHER_SCRIPTS = {"zh", "ja", "ko"}
_STEADY = 2.5
"""A word and its translation are met about equally often: each at least 1 / 2.5 times as often as the other."""
_KNOWN_WORD = 0.3
"""The part of its weight that a name keeps when the dictionary has the word."""


def has_dictionary(source_language: str, target_language: str) -> bool:
    """Whether there is a large dictionary of the two languages: Chinese or Japanese with English, so far."""
    return {source_language[:2], target_language[:2]} in ({"zh", "en"}, {"ja", "en"})


def seeds(
    source: Vocabulary, target: Vocabulary, source_language: str, target_language: str, *, dictionary: bool
) -> Rows:
    """Return by target word the source words that it may translate, with weights (about the probability of either).

    With `dictionary`, words are also looked up: Chinese and Japanese in English, others among the names of emoji.
    """
    weights = _alike(source, target, source_language, target_language)
    if dictionary and not has_dictionary(source_language, target_language):
        _add(weights, _named(source, target, source_language, target_language))
    elif dictionary and target_language == "en":
        _look_up(weights, source, target, source_language)
    elif dictionary:
        turned = _turned(weights)
        _look_up(turned, target, source, target_language)
        weights = _turned(turned)
    rows = np.fromiter((t for _, t in weights), np.int32, len(weights))
    columns = np.fromiter((s for s, _ in weights), np.int32, len(weights))
    return sparse(rows, columns, np.fromiter(weights.values(), np.float32, len(weights)), len(target))


def _turned(weights: _Weights) -> _Weights:
    return {(t, s): weight for (s, t), weight in weights.items()}


def _add(weights: _Weights, pairs: Iterable[_Pair]) -> None:
    for s, t, weight in pairs:
        weights[s, t] = weights.get((s, t), 0) + weight


def _alike(source: Vocabulary, target: Vocabulary, source_language: str, target_language: str) -> _Weights:
    """Return the pairs of words that look or sound alike."""
    if {source_language[:2], target_language[:2]} & _OTHER_SCRIPTS:
        pairs = transliterations(source.words, target.words, source_language, target_language)
        return {(s, t): weight for s, t, weight in chain(pairs, _equal(source, target))}
    pairs = _steady(chain(_equal(source, target, short=_EQUAL_SHORT_WORD), _kin(source, target)), source, target)
    return {(s, t): weight for s, t, weight in sorted(pairs, key=itemgetter(2))}


def _equal(source: Vocabulary, target: Vocabulary, *, short: float = _EQUAL_WORD) -> Iterator[_Pair]:
    """Return words and marks that are the same, short words with another weight."""
    for number, word in enumerate(source.words):
        if word not in target.numbers:
            continue
        weight = short if word.isalpha() and len(word) <= _LONGEST_SHORT_WORD else _EQUAL_WORD
        yield number, target.numbers[word], weight if word[0].isalnum() else _EQUAL_MARK


def _kin(source: Vocabulary, target: Vocabulary) -> Iterator[_Pair]:
    rows, columns, chances = cognates(source.words, target.words)
    return zip(rows.tolist(), columns.tolist(), chances.tolist(), strict=True)


def _steady(pairs: Iterable[_Pair], source: Vocabulary, target: Vocabulary) -> Iterator[_Pair]:
    """Return pairs with less weight, the more the two words differ in frequency: what looks alike may be an accident.

    Spanish "no" and English "no" are not.
    """
    one, other = _counts(source), _counts(target)
    for s, t, weight in pairs:
        ratio = (min(one[s], other[t]) + 1) / (max(one[s], other[t]) + 1)
        yield s, t, weight * min(1.0, _STEADY * ratio)


def _counts(vocabulary: Vocabulary) -> list[float]:
    """Return how often each word stands in the text, when the rarest stands there once."""
    return (vocabulary.shares / vocabulary.shares.min()).tolist() if len(vocabulary) else []


def _named(source: Vocabulary, target: Vocabulary, source_language: str, target_language: str) -> Iterator[_Pair]:
    from amts_desk.steps.align.emoji_names import translations

    for one, other, weight in translations(source_language, target_language):
        if one in source.numbers and other in target.numbers:
            yield source.numbers[one], target.numbers[other], weight


def _look_up(weights: _Weights, foreign: Vocabulary, english: Vocabulary, language: str) -> None:
    """Add what the dictionary of a language with English knows. A Chinese word that it has is less often a name."""
    from amts_desk.steps.align import dictionary, japanese_dictionary

    if language.startswith("zh"):
        for number, other in weights:
            if dictionary.english_glosses(foreign.words[number]):
                weights[number, other] *= _KNOWN_WORD
    gloss_stems = japanese_dictionary.gloss_stems if language == "ja" else dictionary.gloss_stems
    for number, word in enumerate(foreign.words):
        for stem, weight in gloss_stems(word).items() if not word.isascii() else ():
            if stem in english.numbers:
                _add(weights, [(number, english.numbers[stem], weight)])
