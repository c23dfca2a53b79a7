"""From sentences to links: tokenise, search, explain. Apart from `aligner`, so that that stays light."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest

import numpy as np

from amts_desk.core.languages import language
from amts_desk.core.progress import Progress
from amts_desk.steps.align.calibration import calibrated
from amts_desk.steps.align.corpus import Rows, Singles2, Vocabulary, bags, numbered
from amts_desk.steps.align.encoders import usual
from amts_desk.steps.align.found import Found, certain, joined, nulls
from amts_desk.steps.align.lexicon import Text, with_entries
from amts_desk.steps.align.links import CONFIRMED, Alignment, Knowledge, Stretch, Texts
from amts_desk.steps.align.meaning import Encoder, vectors
from amts_desk.steps.align.memory import give_back
from amts_desk.steps.align.reasons import explain
from amts_desk.steps.align.search import Languages, Outcome, Sides, search
from amts_desk.steps.align.seeds import has_dictionary, seeds
from amts_desk.steps.align.sides import side
from amts_desk.steps.align.words import words

_ROUNDS_WITH_DICTIONARY, _ROUNDS_WITHOUT = 1, 3
Codes = tuple[str, str]
Words = tuple[list[list[str]], list[list[str]]]
"""The words of every sentence, or text, of both languages."""


def run(
    chapters: Sequence[Texts],
    codes: Codes,
    *,
    shared: bool,
    use_dictionary: bool,
    knowledge: Knowledge,
    encoder: Encoder | None,
    use_encoder: bool,
    progress: Progress,
) -> Alignment:
    """Return what `aligner.align` promises; `codes` are the Amazon codes of both languages."""
    give_back()
    is_known = use_dictionary and has_dictionary(*codes)
    if use_encoder and encoder is None and not is_known:
        encoder = usual(*codes)
    rounds = _ROUNDS_WITH_DICTIONARY if is_known else _ROUNDS_WITHOUT
    parts = sum(1 for texts in chapters for stretch in texts.between_pins() if _has_two_sides(stretch))
    steps = _Steps(progress, len(chapters) + parts * (rounds + 1))
    job = _Job(codes, use_dictionary, is_known, rounds, knowledge, encoder if use_encoder else None, steps)
    groups = [list(chapters)] if shared else [[texts] for texts in chapters]
    done = [job.aligned(group) for group in groups]
    return Alignment([links for part in done for links in part.links], done[0].words if len(done) == 1 else ())


class _Steps:
    """Counts the steps of an alignment for whoever watches it."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._count = progress, total, 0

    def done(self) -> None:
        """Count one more step."""
        self._count += 1
        self.beat()

    def beat(self) -> None:
        """Let the one who watches stop it in the middle of a step."""
        self._progress(self._count, self._total)


@dataclass(frozen=True, slots=True)
class _Job:
    """How chapters are to be aligned."""

    codes: Codes
    use_dictionary: bool
    is_known: bool
    """Whether there is a large dictionary of the two languages."""
    rounds: int
    knowledge: Knowledge
    encoder: Encoder | None
    steps: _Steps

    def aligned(self, chapters: Sequence[Texts]) -> Alignment:
        """Align chapters with one lexicon."""
        parts, languages, known = self._prepared(chapters)
        outcome = search(parts, languages, known, self.rounds, self.steps.done) if parts else Outcome([], ())
        found = (
            replace(
                each,
                confidence=calibrated(each.confidence, is_known=self.is_known, has_encoder=self.encoder is not None),
            )
            for each in outcome.found
        )
        return Alignment(explain(chapters, [_assembled(texts, found) for texts in chapters], self.codes), outcome.words)

    def _prepared(self, chapters: Sequence[Texts]) -> tuple[list[Sides], Languages, Text]:
        """Return what is to be searched, what is known of the languages, and beads that are certain, as arrays."""
        pinned = [pair for texts in chapters for pair in _pinned(texts, self.codes)]
        pairs = [*(pair for pair, _ in pinned), *self.knowledge.confirmed]
        weights = [*(weight for _, weight in pinned), *[CONFIRMED] * len(self.knowledge.confirmed)]
        known = _words_of(pairs, self.codes)
        spoken = []
        for texts in chapters:
            spoken.append(_words_of_chapter(texts, self.codes))
            self.steps.done()
        languages = self._languages([*spoken, known])
        parts = [
            part for texts, each in zip(chapters, spoken, strict=True) for part in self._parts(texts, each, languages)
        ]
        text = Text(_bags(known[0], languages.source), _bags(known[1], languages.target), np.array(weights))
        return parts, languages, text

    def _parts(self, texts: Texts, spoken: Words, languages: Languages) -> Iterator[Sides]:
        """Yield the stretches of a chapter that are to be searched."""
        source = side(texts.source, texts.source_ends, spoken[0], languages.source)
        target = side(texts.target, texts.target_ends, spoken[1], languages.target)
        meanings = self._meanings(texts)
        for stretch in filter(_has_two_sides, texts.between_pins()):
            here, there = slice(*stretch[:2]), slice(*stretch[2:])
            yield Sides(
                source.part(here.start, here.stop),
                target.part(there.start, there.stop),
                (meanings[0][here], meanings[1][there]) if meanings else None,
            )

    def _meanings(self, texts: Texts) -> tuple[Singles2, Singles2] | None:
        if self.encoder is None or not (texts.source and texts.target):
            return None
        sides = zip((texts.source, texts.target), self.codes, strict=True)
        source, target = (vectors(self.encoder, side, code, self.steps.beat) for side, code in sides)
        return source, target

    def _languages(self, spoken: Sequence[Words]) -> Languages:
        source = Vocabulary.of(chain.from_iterable(s for s, _ in spoken))
        target = Vocabulary.of(chain.from_iterable(t for _, t in spoken))
        known = seeds(source, target, *self.codes, dictionary=self.use_dictionary)
        return Languages(source, target, with_entries(known, self.knowledge.words, source, target))


def _bags(spoken: Sequence[Sequence[str]], vocabulary: Vocabulary) -> Rows:
    return bags(*numbered(spoken, vocabulary), len(vocabulary))


def _words_of_chapter(texts: Texts, codes: Codes) -> Words:
    return [words(text, codes[0]) for text in texts.source], [words(text, codes[1]) for text in texts.target]


def _words_of(pairs: Sequence[tuple[str, str]], codes: Codes) -> Words:
    return [words(source, codes[0]) for source, _ in pairs], [words(target, codes[1]) for _, target in pairs]


def _pinned(texts: Texts, codes: Codes) -> Iterator[tuple[tuple[str, str], float]]:
    """Yield the two texts of each pinned bead that has them, and how much they count."""
    for stretch, weight in texts.pins:
        if weight and _has_two_sides(stretch):
            source = language(codes[0]).join(texts.source[stretch.source : stretch.source_end])
            target = language(codes[1]).join(texts.target[stretch.target : stretch.target_end])
            yield (source, target), weight


def _has_two_sides(stretch: Stretch) -> bool:
    return stretch.source < stretch.source_end and stretch.target < stretch.target_end


def _assembled(texts: Texts, found: Iterator[Found]) -> Found:
    """Return what was found in the stretches of a chapter as one, with its pins and what has no other side."""
    pieces = []
    for stretch, pin in zip_longest(texts.between_pins(), texts.pins):
        pieces.append(next(found).moved(stretch.source, stretch.target) if _has_two_sides(stretch) else nulls(stretch))
        if pin:
            pieces.append(certain(pin.stretch))
    return joined(pieces)
