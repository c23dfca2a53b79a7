"""Why a bead may not be right, in plain words: for the person who decides which beads to look at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from amts_desk.steps.align.found import Found
from amts_desk.steps.align.links import Link, Texts
from amts_desk.steps.protect import SpanKind, masked, protected_spans

NOTHING = "nothing on the other side"
JOINED = "several sentences joined"
LENGTH = "unusual length"
SPANS = "formula, code or reference differs"
IDENTICAL = "identical on both sides"
SCRIPT = "wrong script"
GAP = "beside a gap"

_MOST_SENTENCES = 3
_RARE = 0.01
_FAIR_DEVIATION = 2.0
_NO_TRANSLATION_FACTOR = 0.25
"""What is left of the confidence in a chapter that is not in its languages: the search does not know scripts.

Nor does it doubt a text that is the same on both sides.
"""
_COMPARED = frozenset({SpanKind.ROLE, SpanKind.CODE, SpanKind.MATH, SpanKind.URL})
_NUMBER_AS_FORMULA = re.compile(r"\$(\d[\d.,]*)\$")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)+|\d{2,}")
_LETTER = re.compile(r"[^\W\d_]")
_SCRIPTS = {
    "zh": re.compile("[㐀-䶿一-鿿]"),
    "ja": re.compile("[぀-ヿ㐀-䶿一-鿿]"),
    "ko": re.compile("[가-힯ᄀ-ᇿ㄰-㆏]"),
}
_LATIN = re.compile("[A-Za-zÀ-ɏḀ-ỿ]")
_FEWEST_LETTERS = 30
_LEAST_ASIAN, _LEAST_LATIN = 0.1, 0.5


@dataclass(frozen=True, slots=True)
class Lengths:
    """Which deviations of length are usual in the text itself: those from `least` to `most`."""

    least: float
    most: float

    def is_usual(self, away: float) -> bool:
        """Whether a bead with this deviation is nothing special."""
        return abs(away) < _FAIR_DEVIATION or self.least <= away <= self.most


def explain(chapters: Sequence[Texts], found: Sequence[Found], codes: tuple[str, str]) -> list[list[Link]]:
    """Return the links of every chapter: what was found, with the reasons against each bead."""
    lengths = _usual_lengths(found)
    return [_links(texts, beads, codes, lengths) for texts, beads in zip(chapters, found, strict=True)]


def _usual_lengths(found: Sequence[Found]) -> Lengths:
    deviations = np.concatenate([np.zeros(0), *(beads.deviations for beads in found)])
    known = deviations[~np.isnan(deviations)]
    least, most = np.quantile(known, [_RARE, 1 - _RARE]) if len(known) else (0.0, 0.0)
    return Lengths(float(least), float(most))


def _links(texts: Texts, found: Found, codes: tuple[str, str], lengths: Lengths) -> list[Link]:
    links = []
    factor = 1.0 if _is_translation(texts, codes) else _NO_TRANSLATION_FACTOR
    gaps = [bool(np.isnan(away)) for away in found.deviations]
    pins = {pin.stretch for pin in texts.pins}
    for number, (row, confidence) in enumerate(zip(found.path.tolist(), found.confidence.tolist(), strict=True)):
        source, target = tuple(range(row[0], row[1])), tuple(range(row[2], row[3]))
        if tuple(row) in pins:
            links.append(Link(source, target, 1.0, (), is_pinned=True))
            continue
        away = None if gaps[number] else float(found.deviations[number])
        texts_of_bead = [texts.source[i] for i in source], [texts.target[j] for j in target]
        reasons = list(_reasons(*texts_of_bead, codes, away, lengths))
        if away is not None and any(gaps[max(0, number - 1) : number + 2]):
            reasons.append(GAP)
        links.append(Link(source, target, confidence * factor, tuple(reasons)))
    return links


def _is_translation(texts: Texts, codes: tuple[str, str]) -> bool:
    """Whether both sides are in the scripts of their languages, and most sentences are not the same on both."""
    sides = (texts.source, codes[0]), (texts.target, codes[1])
    if not all(_is_written_in("\n".join(side), code) for side, code in sides):
        return False
    shared = {text for text in set(texts.source).intersection(texts.target) if _says_something(text)}
    same = sum(text in shared for text in texts.source)
    return codes[0] == codes[1] or not same or 2 * same < len(texts.source)


def _reasons(
    source: list[str], target: list[str], codes: tuple[str, str], away: float | None, lengths: Lengths
) -> Iterator[str]:
    """Return what speaks against a bead of these sentences; `away` is its length's deviation, None in a null bead."""
    if len(source) + len(target) > _MOST_SENTENCES:
        yield JOINED
    left, right = "\n".join(source), "\n".join(target)
    if away is None:
        yield NOTHING
    else:
        yield from _differences(left, right, codes, away, lengths)
    if not _is_written_in(left, codes[0]) or not _is_written_in(right, codes[1]):
        yield SCRIPT


def _differences(left: str, right: str, codes: tuple[str, str], away: float, lengths: Lengths) -> Iterator[str]:
    if not lengths.is_usual(away):
        yield LENGTH
    if _references(left) != _references(right):
        yield SPANS
    if left.strip() == right.strip() and codes[0] != codes[1] and _says_something(left):
        yield IDENTICAL


def _references(text: str) -> Counter[str]:
    """Return the protected spans of a text and its numbers of two digits or more: what a translation keeps."""
    text = _NUMBER_AS_FORMULA.sub(r"\1", text)
    spans = [text[span.start : span.end] for span in protected_spans(text) if span.kind in _COMPARED]
    # Languages group digits differently, and a single digit is often a word in one of them.
    numbers = [re.sub("[.,]", "", number) for number in _NUMBER.findall(masked(text))]
    return Counter("".join(span.split()) for span in spans) + Counter(numbers)


def _says_something(text: str) -> bool:
    return bool(_LETTER.search(_plain(text)))


def _is_written_in(text: str, code: str) -> bool:
    """Whether a text is in the script of its language; one of few letters always is."""
    letters = _LETTER.findall(_plain(text))
    script, least = (_SCRIPTS[code[:2]], _LEAST_ASIAN) if code[:2] in _SCRIPTS else (_LATIN, _LEAST_LATIN)
    return len(letters) < _FEWEST_LETTERS or sum(map(bool, map(script.match, letters))) >= least * len(letters)


def _plain(text: str) -> str:
    """Return the text without its protected spans (which are private-use characters when masked)."""
    return re.sub("[\ue000-\uf8ff]", "", masked(text))
