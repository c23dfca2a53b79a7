"""Pairs from the beads of an alignment, each with the reason why it is not wanted, if there is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from amts_desk.core.alignment import Bead, BeadGroup, BeadState, Sentence, paragraph_groups
from amts_desk.core.languages import Language
from amts_desk.core.languages import language as language_of
from amts_desk.core.pairs import Origin, Pair, Stamp, Unit

Editions = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Material:
    """The beads of a chapter, their stamps in the same order (or none), and the editions of the two documents."""

    chapter: str
    languages: tuple[str, str]
    beads: Sequence[Bead]
    stamps: Sequence[Stamp] = ()
    editions: Editions = ("", "")


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
    """Return the pairs of `candidates` that are wanted, without their origins."""
    material = Material(chapter, (source_language, target_language), beads)
    found = candidates(material, unit, confirmed_only=confirmed_only, minimum_confidence=minimum_confidence)
    return [Pair(p.source, p.target, p.chapter, p.position) for p, reason in found if not reason]


def candidates(
    material: Material, unit: Unit, *, confirmed_only: bool = False, minimum_confidence: float = 0.0
) -> Iterator[tuple[Pair, str]]:
    """Yield a pair for each bead, or for each group of beads that makes up whole paragraphs, and why it is not wanted.

    Omissions and additions make no pair. Beads that need review or were dropped are not wanted; a paragraph goes
    without its dropped beads, which are told one by one. It counts as confirmed when all the others are, and has the
    confidence of the least of them. `position` is the number of the (first) bead. Raises DeskError for a language the
    program does not know.
    """
    languages = language_of(material.languages[0]), language_of(material.languages[1])
    beads = material.beads
    groups = paragraph_groups(beads) if unit == "paragraph" else [BeadGroup((), (), (bead,)) for bead in beads]
    position = 0
    for group in groups:
        numbered = list(enumerate(group.beads, position))
        for number, bead in numbered:
            if bead.is_dropped:
                yield _pair(material, [(number, bead)], languages, unit, number), "the bead was dropped in Align"
        kept = [(number, bead) for number, bead in numbered if not bead.is_dropped]
        pair = _pair(material, kept, languages, unit, position)
        if pair.source and pair.target:
            yield pair, _doubt([bead for _, bead in kept], minimum_confidence, confirmed_only=confirmed_only)
        position += len(group.beads)


def _doubt(beads: Sequence[Bead], minimum_confidence: float, *, confirmed_only: bool) -> str:
    if any(bead.state is BeadState.REVIEW for bead in beads):
        return "a bead needs review"
    if confirmed_only and not all(bead.is_confirmed for bead in beads):
        return "not confirmed"
    least = min(bead.confidence for bead in beads)
    return f"the confidence is under {minimum_confidence:.0%}" if least < minimum_confidence else ""


def _pair(
    material: Material,
    numbered: Sequence[tuple[int, Bead]],
    languages: tuple[Language, Language],
    unit: Unit,
    position: int,
) -> Pair:
    source, target = languages
    beads = [bead for _, bead in numbered]
    return Pair(
        source.join(_texts(s for bead in beads for s in bead.source)),
        target.join(_texts(s for bead in beads for s in bead.target)),
        material.chapter,
        position,
        _origin(material, numbered, unit) if numbered else None,
    )


def _origin(material: Material, numbered: Sequence[tuple[int, Bead]], unit: Unit) -> Origin:
    beads = [bead for _, bead in numbered]
    stamps = [material.stamps[number] for number, _ in numbered] if material.stamps else [Stamp()]
    newest = max(stamps, key=lambda stamp: stamp.changed_at)
    states = {bead.state for bead in beads}
    return Origin(
        material.editions,
        (tuple(s.index for bead in beads for s in bead.source), tuple(s.index for bead in beads for s in bead.target)),
        unit,
        min(bead.confidence for bead in beads),
        (states.pop() if len(states) == 1 else BeadState.AUTOMATIC).value,
        min(stamp.created_at for stamp in stamps),
        newest.changed_at,
        newest.changed_by,
    )


def _texts(sentences: Iterable[Sentence]) -> list[str]:
    return [sentence.text for sentence in sentences]
