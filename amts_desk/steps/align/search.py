"""Align chapters by turns: search with what is known, learn lexicon, lengths and bead kinds from it, search again.

The score of a bead follows Moore 2002 ("Fast and Accurate Sentence Alignment of Bilingual Corpora"): how usual its
kind is, how well the lengths agree, how much better its words explain each other than chance.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from amts_desk.steps.align.anchors import anchors
from amts_desk.steps.align.band import near, through, whole, windows
from amts_desk.steps.align.borders import Habits
from amts_desk.steps.align.borders import learned as learned_habits
from amts_desk.steps.align.borders import supposed as supposed_habits
from amts_desk.steps.align.corpus import (
    Floats,
    Floats2,
    Ints,
    Offsets,
    Rows,
    Side,
    Singles2,
    Steps,
    Vocabulary,
    bags,
    transposed,
)
from amts_desk.steps.align.found import Found
from amts_desk.steps.align.lexicon import Explanations, Learner, Text, entries
from amts_desk.steps.align.links import Entry
from amts_desk.steps.align.meaning import likeness
from amts_desk.steps.align.paths import best_path, posteriors
from amts_desk.steps.align.program import Band, Evidence, deviations, gains

_KINDS = {
    (1, 1): 0.62, (1, 0): 0.006, (0, 1): 0.006, (1, 2): 0.16, (2, 1): 0.08, (1, 3): 0.04, (3, 1): 0.015,
    (1, 4): 0.015, (4, 1): 0.005, (1, 5): 0.004, (5, 1): 0.002, (2, 2): 0.02, (2, 3): 0.008, (3, 2): 0.006,
    (2, 4): 0.003, (4, 2): 0.003, (3, 3): 0.003,
}  # fmt: skip
"""Sentences of a bead, and how usual such beads are in novels, from the language of longer sentences (Chinese)."""
_SHAPES: Steps = np.array(list(_KINDS), np.int64)
_NULLS = [1, 2]
_LONGER_SOURCE: Floats = np.array(list(_KINDS.values()))
_LONGER_TARGET: Floats = np.array([_KINDS[b, a] for a, b in _KINDS])
_KINDS_COUNT = 30.0
"""How many beads the usual shares count for when the text's own are counted."""
_KIND_WEIGHT = 1.8
_NEXT_NULL = -2.0
"""The score of a null bead that follows another one: true pairs score more than two of them, false ones less."""
_FIRST_FLOOR = 0.8
_VARIANCE = 3.3
"""Of lengths, in characters of a language that needs neither more nor fewer of them than the other."""
_LEAST_VARIANCE = 0.25
"""The part of the usual variance that remains when most beads are equal, as in listings of code."""
_MEDIAN_OF_SQUARES = 0.455
"""The median of the square of a standard normal variable."""
_TEMPERATURE = 0.45

_AT_ONCE = 4
"""Chapters that are searched at once at the most: each needs memory of its own."""

Tick = Callable[[], None]
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Sides:
    """A chapter in both languages; `meanings` are the vectors of its sentences, when there is an encoder."""

    source: Side
    target: Side
    meanings: tuple[Singles2, Singles2] | None = None


@dataclass(frozen=True, slots=True)
class Languages:
    """The vocabularies of all chapters and what is known of their words: `seeds` by target word."""

    source: Vocabulary
    target: Vocabulary
    seeds: Rows


@dataclass(frozen=True, slots=True)
class Model:
    """What a search goes by: the lexicons by the word that is explained, kinds of bead, habits of borders, lengths."""

    forward: Explanations
    backward: Explanations
    kinds: Floats
    habits: Habits
    ratio: float
    """Target characters for a source character."""
    variance: float
    """Of the target's characters, for each character of length."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found in each chapter, and the words that translate each other in all of them."""

    found: list[Found]
    words: tuple[Entry, ...]


def search(chapters: Sequence[Sides], languages: Languages, known: Text, rounds: int, tick: Tick) -> Outcome:
    """Return the beads of every chapter; neither side of a chapter may be empty.

    `known` are beads that people have confirmed, as bags of words of the same vocabularies. The lexicon is learned
    `rounds` times. `tick` is called after every search of a chapter: rounds + 1 times each. The chapters of one round
    are searched at once, a few at a time.
    """
    model = _first_model(chapters, languages)
    bands = [_wide(sides, languages) for sides in chapters]
    with ThreadPoolExecutor(min(_AT_ONCE, os.cpu_count() or 1)) as pool:
        try:
            for _ in range(rounds):
                tasks = [pool.submit(_path, *each, languages, model) for each in zip(chapters, bands, strict=True)]
                paths = [_ticked(task, tick) for task in tasks]
                model = _learned(chapters, paths, languages, known, model)
                bands = [near(path, len(s.source), len(s.target)) for s, path in zip(chapters, paths, strict=True)]
            last = [pool.submit(_found, *each, languages, model) for each in zip(chapters, bands, strict=True)]
            words = entries(model.forward.table, model.backward.table, languages.source, languages.target)
            return Outcome([_ticked(task, tick) for task in last], words)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _wide(sides: Sides, languages: Languages) -> Band:
    """Return the band for a first search."""
    rows, columns = len(sides.source), len(sides.target)
    if band := whole(rows, columns):
        return band
    postings = sides.source.postings(languages.source), sides.target.postings(languages.target)
    return through(anchors(*postings, (rows, columns), languages.seeds), rows, columns)


def _ticked(task: Future[Result], tick: Tick) -> Result:
    result = task.result()
    tick()
    return result


def _path(sides: Sides, band: Band, languages: Languages, model: Model) -> Steps:
    return best_path(band, _evidence(sides, languages, model, band))


def _found(sides: Sides, band: Band, languages: Languages, model: Model) -> Found:
    evidence = _evidence(sides, languages, model, band)
    path = best_path(band, evidence)
    return Found(path, posteriors(path, band, evidence, _TEMPERATURE), deviations(path, evidence))


def _evidence(sides: Sides, languages: Languages, model: Model, band: Band) -> Evidence:
    source, target = sides.source, sides.target
    targets, sources = windows(band)
    source_postings, target_postings = source.postings(languages.source), target.postings(languages.target)
    forward = gains(
        model.forward.table,
        source_postings,
        source.sizes,
        target_postings,
        target.sizes,
        languages.target.shares,
        targets,
        model.forward.floors,
    )
    backward = gains(
        model.backward.table,
        target_postings,
        target.sizes,
        source_postings,
        source.sizes,
        languages.source.shares,
        sources,
        model.backward.floors,
    )
    if sides.meanings:
        forward += likeness(*sides.meanings, targets)
        backward += likeness(*sides.meanings[::-1], sources)
    return Evidence(
        forward,
        targets,
        backward,
        sources,
        _ends(source.lengths),
        _ends(target.lengths),
        model.ratio,
        model.variance,
        _SHAPES,
        _KIND_WEIGHT * np.log(model.kinds),
        _moves(model.kinds),
        model.habits.of(source.borders, target.borders),
    )


def _moves(kinds: Floats) -> Floats2:
    """Return what is added to a bead's score by what it follows (rows) and is: 0 for two sides, 1 for a null bead."""
    return np.array([[0.0, 0.0], [0.0, _NEXT_NULL - _KIND_WEIGHT * np.log(kinds[_NULLS[0]])]])


def _first_model(chapters: Sequence[Sides], languages: Languages) -> Model:
    forward = Explanations.supposed(languages.seeds, _FIRST_FLOOR)
    backward = Explanations.supposed(transposed(languages.seeds, len(languages.source)), _FIRST_FLOOR)
    ratio = sum(s.target.lengths.sum() for s in chapters) / sum(s.source.lengths.sum() for s in chapters)
    habits = supposed_habits([s.source.borders for s in chapters], [s.target.borders for s in chapters])
    return Model(forward, backward, _usual_kinds(chapters), habits, ratio, _usual_variance(ratio))


def _usual_variance(ratio: float) -> float:
    """Return the variance with which a deviation is the same whichever side is called the source."""
    return _VARIANCE * math.pow(ratio, 1.5)


def _usual_kinds(chapters: Sequence[Sides]) -> Floats:
    """Return the usual shares of kinds, between the two mirrored ones where the sentences' numbers suggest."""
    wanted = sum(len(s.target) for s in chapters) / sum(len(s.source) for s in chapters)
    least, most = _growth(_LONGER_TARGET), _growth(_LONGER_SOURCE)
    part: float = np.clip(np.log(wanted / least) / np.log(most / least), 0, 1)
    return part * _LONGER_SOURCE + (1 - part) * _LONGER_TARGET


def _growth(kinds: Floats) -> float:
    """Return how many target sentences there are for a source sentence in beads of these shares."""
    source, target = kinds @ _SHAPES
    return float(target / source)


def _learned(
    chapters: Sequence[Sides], paths: Sequence[Steps], languages: Languages, known: Text, earlier: Model
) -> Model:
    beads = [path[(path[:, 0] < path[:, 1]) & (path[:, 2] < path[:, 3])] for path in paths]
    text = Text.of(
        _bead_bags([s.source for s in chapters], [bead[:, :2] for bead in beads], len(languages.source)),
        _bead_bags([s.target for s in chapters], [bead[:, 2:] for bead in beads], len(languages.target)),
    )
    learner = Learner(text.and_(known), languages.source, languages.target, languages.seeds)
    ratio, variance = _lengths(chapters, beads, earlier)
    habits = learned_habits([s.source.borders for s in chapters], [s.target.borders for s in chapters], beads)
    kinds = _kinds(paths, _usual_kinds(chapters))
    return Model(learner.forward(), learner.backward(), kinds, habits, ratio, variance)


def _bead_bags(sides: Sequence[Side], spans: Sequence[Steps], words: int) -> Rows:
    """Return the bags of words of every span of sentences of every chapter."""
    tokens, sizes = [], []
    for side, span in zip(sides, spans, strict=True):
        begin, end = side.starts[span[:, 0]], side.starts[span[:, 1]]
        tokens += [side.tokens[a:b] for a, b in zip(begin, end, strict=True)]
        sizes.append(end - begin)
    starts: Offsets = np.concatenate([[0], np.cumsum(np.concatenate(sizes))])
    flat: Ints = np.concatenate([np.zeros(0, np.int32), *tokens])
    return bags(flat, starts, words)


def _kinds(paths: Sequence[Steps], usual: Floats) -> Floats:
    """Return the share of each kind of bead in the paths, held back towards the usual ones."""
    steps = np.concatenate(paths)
    kinds = np.stack([steps[:, 1] - steps[:, 0], steps[:, 3] - steps[:, 2]], axis=1)
    counts = (kinds[:, None, :] == _SHAPES[None, :, :]).all(axis=2).sum(axis=0)
    shares: Floats = (counts + _KINDS_COUNT * usual) / (len(steps) + _KINDS_COUNT)
    shares[_NULLS] = shares[_NULLS].mean()  # an asymmetry would make long gaps on one side too cheap
    return shares


def _lengths(chapters: Sequence[Sides], beads: Sequence[Steps], earlier: Model) -> tuple[float, float]:
    """Return how many target characters stand for a source character in the beads, and their variance."""
    source = np.concatenate([_spans(s.source, bead[:, :2]) for s, bead in zip(chapters, beads, strict=True)])
    target = np.concatenate([_spans(s.target, bead[:, 2:]) for s, bead in zip(chapters, beads, strict=True)])
    if not len(source):
        return earlier.ratio, earlier.variance
    ratio = target.sum() / source.sum()
    squares = (target - ratio * source) ** 2 / ((source + target / ratio) / 2)
    variance = np.median(squares) / _MEDIAN_OF_SQUARES
    return float(ratio), float(max(variance, _LEAST_VARIANCE * _usual_variance(ratio)))


def _spans(side: Side, spans: Steps) -> Floats:
    ends = _ends(side.lengths)
    return ends[spans[:, 1]] - ends[spans[:, 0]]


def _ends(lengths: Floats) -> Floats:
    ends: Floats = np.concatenate([[0.0], np.cumsum(lengths)])
    return ends
