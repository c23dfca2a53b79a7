"""From sentences to links: tokenise, search, explain. Apart from `aligner`, so that that stays light."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain, count

from amts_desk.core.progress import Progress
from amts_desk.steps.align.corpus import Vocabulary, side
from amts_desk.steps.align.links import Link, Texts
from amts_desk.steps.align.reasons import explain, one_sided
from amts_desk.steps.align.search import Languages, Sides, search
from amts_desk.steps.align.seeds import has_dictionary, seeds
from amts_desk.steps.align.words import words

_ROUNDS_WITH_DICTIONARY, _ROUNDS_WITHOUT = 1, 3

Codes = tuple[str, str]


def run(
    chapters: Sequence[Texts], codes: Codes, *, shared: bool, use_dictionary: bool, progress: Progress
) -> list[list[Link]]:
    """Return what `aligner.align` promises; `codes` are the Amazon codes of both languages."""
    use_dictionary = use_dictionary and has_dictionary(*codes)
    rounds = _ROUNDS_WITH_DICTIONARY if use_dictionary else _ROUNDS_WITHOUT
    tick = _ticker(progress, sum(map(_is_full, chapters)) * (rounds + 2))
    if shared:
        return _together(chapters, codes, use_dictionary, rounds, tick)
    return list(chain.from_iterable(_together([c], codes, use_dictionary, rounds, tick) for c in chapters))


def _together(
    chapters: Sequence[Texts], codes: Codes, use_dictionary: bool, rounds: int, tick: Callable[[], None]
) -> list[list[Link]]:
    """Align chapters with one lexicon. Those with an empty side have nothing to search."""
    full = [texts for texts in chapters if _is_full(texts)]
    aligned = iter(_searched(full, codes, use_dictionary, rounds, tick) if full else ())
    return [next(aligned) if _is_full(texts) else one_sided(texts) for texts in chapters]


def _is_full(texts: Texts) -> bool:
    return bool(texts.source and texts.target)


def _searched(
    chapters: Sequence[Texts], codes: Codes, use_dictionary: bool, rounds: int, tick: Callable[[], None]
) -> list[list[Link]]:
    tokens = []
    for texts in chapters:
        tokens.append(([words(t, codes[0]) for t in texts.source], [words(t, codes[1]) for t in texts.target]))
        tick()
    source = Vocabulary.of(chain.from_iterable(s for s, _ in tokens))
    target = Vocabulary.of(chain.from_iterable(t for _, t in tokens))
    languages = Languages(source, target, seeds(source, target, *codes, dictionary=use_dictionary))
    sides = [
        Sides(side(texts.source, s, source), side(texts.target, t, target))
        for texts, (s, t) in zip(chapters, tokens, strict=True)
    ]
    del tokens
    return explain(chapters, search(sides, languages, rounds, tick), codes)


def _ticker(progress: Progress, total: int) -> Callable[[], None]:
    """Return a function that counts one more step of `total` each time."""
    steps = count(1)

    def tick() -> None:
        progress(next(steps), total)

    return tick
