"""Parallel data: pairs from an alignment, what Amazon Translate would do with each, and what must never be in it.

Rules from the Amazon Translate developer guide, "Parallel data input files", and its quotas.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from amts_desk.core.alignment import Bead, BeadGroup, BeadState, Sentence, paragraph_groups
from amts_desk.core.languages import Language
from amts_desk.core.languages import language as language_of
from amts_desk.core.pairs import Pair, PairFormat, Unit

MAXIMUM_BYTES = 1000
"""Amazon's quota for either side of a pair, in bytes of UTF-8."""

_FORMULA = "+-=@"
_DROPPED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_LONGEST_SMALL_TALK = 5, 8
"""Words and Hanzi up to which a text may be the same in any two chapters by chance ("Summary", "Exercises")."""
_RUN = 6
_FEWEST_RUNS = 3
_NEARLY_ALL = 0.8
_HANZI = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_IS_HANZI = re.compile(f"[{_HANZI}]")
_WORD = re.compile(f"[{_HANZI}]|[^\\W{_HANZI}]+")
_HALF = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Skipped:
    """A pair that would not be used, and why, in plain words."""

    pair: Pair
    reason: str


@dataclass(frozen=True, slots=True)
class Preflight:
    """What can be sent, cleaned, and what cannot; both in their first order."""

    sendable: tuple[Pair, ...]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class Leak:
    """A pair that tells the translation of a held-out text, that text, and how the two were found to agree."""

    pair: Pair
    held_out: str
    reason: str


def pairs_from_beads(
    beads: Sequence[Bead],
    unit: Unit,
    source_language: str,
    target_language: str,
    chapter: str,
    *,
    confirmed_only: bool = False,
    minimum_confidence: float = 0.0,
) -> list[Pair]:
    """Return a pair for each bead, or for each group of beads that makes up whole paragraphs.

    Omissions and additions make no pair, nor do beads that need review or were dropped. A paragraph goes without its
    dropped beads; it counts as confirmed when all the others are, and has the confidence of the least of them.
    `position` is the number of the (first) bead. Raises DeskError for a language the program does not know.
    """
    languages = language_of(source_language), language_of(target_language)
    groups = paragraph_groups(beads) if unit == "paragraph" else [BeadGroup((), (), (bead,)) for bead in beads]
    pairs, position = [], 0
    for group in groups:
        kept = [bead for bead in group.beads if not bead.is_dropped]
        pair = _joined(kept, languages, chapter, position)
        position += len(group.beads)
        trusted = all(
            b.confidence >= minimum_confidence
            and (b.is_confirmed or not confirmed_only)
            and b.state is not BeadState.REVIEW
            for b in kept
        )
        if trusted and pair.source and pair.target:
            pairs.append(pair)
    return pairs


def dropped(beads: Sequence[Bead], source_language: str, target_language: str, chapter: str) -> list[Skipped]:
    """Return a pair for each bead that a person has dropped: none of them is sent, and this says so."""
    languages = language_of(source_language), language_of(target_language)
    reason = "the bead was dropped in Align"
    return [
        Skipped(_joined([bead], languages, chapter, row), reason) for row, bead in enumerate(beads) if bead.is_dropped
    ]


def preflight(pairs: Sequence[Pair], kind: PairFormat) -> Preflight:
    """Return what of `pairs` Amazon Translate would use from a file of this kind, and what it would pass over.

    The texts are normalised (NFC, no control characters, no blanks at the ends). Of several pairs with one source text
    Amazon takes the last, so only that is sent.
    """
    cleaned = [replace(pair, source=_cleaned(pair.source), target=_cleaned(pair.target)) for pair in pairs]
    reasons = ["; ".join(_hindrances(pair, kind)) for pair in cleaned]
    last = {pair.source: number for number, pair in enumerate(cleaned) if not reasons[number]}
    sendable, skipped = [], []
    for number, pair in enumerate(cleaned):
        if not reasons[number] and last[pair.source] == number:
            sendable.append(pair)
        else:
            skipped.append(Skipped(pair, reasons[number] or _repeated(pair, cleaned[last[pair.source]])))
    return Preflight(tuple(sendable), tuple(skipped))


def leaked(pairs: Iterable[Pair], held_out: Sequence[str]) -> list[Leak]:
    """Return the pairs whose source or target stands in the `held_out` texts, found by content, not by file name.

    A text agrees when its words are the same as those of a held-out text of more than 5 words or 8 Hanzi, or when
    either contains at least 80 % of the other's runs of six words or Hanzi (three runs or more). Case, punctuation,
    blanks and compatibility forms (NFKC) do not count. Give the held-out text as sentences and as paragraphs: a
    sentence of six or seven words is found only as a whole.
    """
    guard = _Guard(held_out)
    leaks = []
    for pair in pairs:
        for side, text in (("source", pair.source), ("target", pair.target)):
            found = guard.agreeing(text)
            if found:
                leaks.append(Leak(pair, found[0], f"the {side} {found[1]}"))
                break
    return leaks


class _Guard:
    """The held-out texts by their words, and by each run of six words in them."""

    def __init__(self, held_out: Sequence[str]) -> None:
        self.texts = held_out
        self.whole: dict[tuple[str, ...], int] = {}
        self.runs: list[set[tuple[str, ...]]] = []
        self.places: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, text in enumerate(held_out):
            words = _words(text)
            if _is_telling(words):
                self.whole.setdefault(words, number)
            self.runs.append(_runs(words))
            for run in self.runs[-1]:
                self.places[run].append(number)

    def agreeing(self, text: str) -> tuple[str, str] | None:
        """Return the held-out text that `text` agrees with and in what; None when there is none."""
        words = _words(text)
        if words in self.whole:
            return self.texts[self.whole[words]], "is the same as a held-out text"
        runs = _runs(words)
        shared = Counter(number for run in runs for number in self.places.get(run, ()))
        for number, count in shared.most_common():
            fewer = min(len(runs), len(self.runs[number]))
            if count >= _NEARLY_ALL * fewer:
                return self.texts[number], f"shares {count} of {fewer} runs of six words or Hanzi with a held-out text"
        return None


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def _is_telling(words: Sequence[str]) -> bool:
    hanzi = sum(bool(_IS_HANZI.match(word)) for word in words)
    most_words, most_hanzi = _LONGEST_SMALL_TALK
    return hanzi > most_hanzi or len(words) - hanzi > most_words


def _runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    """Return the runs of six words; none where they are too few to tell anything."""
    runs = set(zip(*(words[start:] for start in range(_RUN)), strict=False))
    return runs if len(runs) >= _FEWEST_RUNS else set()


def _joined(beads: Sequence[Bead], languages: tuple[Language, Language], chapter: str, position: int) -> Pair:
    source, target = languages
    return Pair(
        source.join(_texts(s for bead in beads for s in bead.source)),
        target.join(_texts(s for bead in beads for s in bead.target)),
        chapter,
        position,
    )


def _texts(sentences: Iterable[Sentence]) -> list[str]:
    return [sentence.text for sentence in sentences]


def _cleaned(text: str) -> str:
    """Return `text` in NFC, with LF as the only line break, without control characters and blanks at the ends."""
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _DROPPED.sub("", unix)).strip()


def _hindrances(pair: Pair, kind: PairFormat) -> Iterator[str]:
    for side, text in (("source", pair.source), ("target", pair.target)):
        if not text:
            yield f"the {side} is blank"
        if _HALF.search(text):
            yield f"the {side} holds half a character (a lone surrogate)"
        size = len(text.encode("utf-8", "surrogatepass"))
        if size > MAXIMUM_BYTES:
            yield f"the {side} has {size} bytes, {MAXIMUM_BYTES} are allowed"
        if kind is not PairFormat.TMX:
            yield from _table_hindrances(side, text, kind)


def _table_hindrances(side: str, text: str, kind: PairFormat) -> Iterator[str]:
    if text.startswith(tuple(_FORMULA)):
        yield f"the {side} begins with {text[0]}, which {kind} may not"
    if "\n" in text:
        yield f"the {side} holds a line break, which {kind} may not"


def _repeated(pair: Pair, last: Pair) -> str:
    if pair.target == last.target:
        return "the same pair comes again later"
    return "the same source comes again later with another translation; the last one counts"
