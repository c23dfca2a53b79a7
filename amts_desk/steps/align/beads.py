"""Between the rows that people work on and the aligner's texts and links."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from amts_desk.core.alignment import Bead, Sentence
from amts_desk.core.document import Document
from amts_desk.core.knots import Knot, knots
from amts_desk.core.languages import language
from amts_desk.steps.align.links import CONFIRMED, Link, Pin, Stretch, Texts, block_ends


def texts_of(source: Document, target: Document, pins: Sequence[Pin] = ()) -> Texts:
    """Return the sentences of two documents with what is known of their blocks."""
    return Texts(_texts(source), _texts(target), _block_ends(source), _block_ends(target), tuple(pins))


def pins_of(beads: Sequence[Bead], source: Document, target: Document, free: Container[int]) -> tuple[Pin, ...]:
    """Return the pins that hold beads in their place: all but those in the rows `free`, of which only pinned ones.

    What a person has retyped, cut or swapped is pinned, too: aligning it again would lose that. None when the
    documents are no longer those of the beads.
    """
    tied = knots(beads)
    if [s.text for knot in tied for s in knot.source] != list(_texts(source)):
        return ()
    if [s.text for knot in tied for s in knot.target] != list(_texts(target)):
        return ()
    return tuple(
        Pin(stretch, _weight(knot))
        for knot, stretch in _placed(tied)
        if _is_held(knot) or any(row not in free for row in range(knot.start, knot.start + len(knot.beads)))
    )


def to_beads(source: Document, target: Document, links: Sequence[Link], kept: Sequence[Bead] = ()) -> tuple[Bead, ...]:
    """Return the beads of two documents; `links` are what `align` found for their sentences.

    A bead of `kept` that was pinned comes out as it was, with its state and its note.
    """
    pinned: dict[Stretch, list[tuple[Bead, ...]]] = {}
    for knot, stretch in _placed(knots(kept)):
        pinned.setdefault(stretch, []).append(knot.beads)
    beads: list[Bead] = []
    place = Stretch(0, 0, 0, 0)
    for link in links:
        place = Stretch(
            place.source_end, place.source_end + len(link.source), place.target_end, place.target_end + len(link.target)
        )
        if link.is_pinned and pinned.get(place):
            beads += pinned[place].pop(0)
        else:
            sides = _side(source, link.source), _side(target, link.target)
            beads.append(Bead(*sides, confidence=link.confidence, reasons=link.reasons))
    return tuple(beads)


def side_text(sentences: Sequence[Sentence], code: str) -> str:
    """Return one side of a bead as a text of its language."""
    return language(code).join([sentence.text for sentence in sentences])


def _weight(knot: Knot) -> float:
    """Return how much a knot teaches; nothing when a bead of it is no pair."""
    if any(bead.is_dropped for bead in knot.beads):
        return 0.0
    return CONFIRMED if all(bead.is_pinned for bead in knot.beads) else 1.0


def _is_held(knot: Knot) -> bool:
    """Whether a person has said that it stays, or has changed its sentences."""
    is_changed = any(s.origin is not None for bead in knot.beads for s in (*bead.source, *bead.target))
    return is_changed or len(knot.beads) > 1 or any(bead.is_pinned for bead in knot.beads)


def _placed(tied: Sequence[Knot]) -> Iterator[tuple[Knot, Stretch]]:
    """Yield each knot with the stretch of sentences that it takes."""
    source = target = 0
    for knot in tied:
        end = source + len(knot.source), target + len(knot.target)
        yield knot, Stretch(source, end[0], target, end[1])
        source, target = end


def _texts(document: Document) -> tuple[str, ...]:
    return tuple(sentence.text for sentence in document.sentences)


def _block_ends(document: Document) -> tuple[str, ...]:
    return block_ends([s.block for s in document.sentences], [s.kind.value for s in document.sentences])


def _side(document: Document, numbers: Sequence[int]) -> tuple[Sentence, ...]:
    found = [(number, document.sentences[number]) for number in numbers]
    return tuple(Sentence(number, sentence.block, sentence.text) for number, sentence in found)
