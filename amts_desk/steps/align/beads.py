"""Between the rows that people work on and the aligner's texts and links."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from amts_desk.core.alignment import Bead, Sentence
from amts_desk.core.document import Document
from amts_desk.core.languages import language
from amts_desk.steps.align.links import CONFIRMED, Link, Pin, Stretch, Texts, block_ends


def texts_of(source: Document, target: Document, pins: Sequence[Pin] = ()) -> Texts:
    """Return the sentences of two documents with what is known of their blocks."""
    return Texts(_texts(source), _texts(target), _block_ends(source), _block_ends(target), tuple(pins))


def pins_of(beads: Sequence[Bead], source: Document, target: Document, free: Container[int]) -> tuple[Pin, ...]:
    """Return the pins that hold beads in their place: all but those in the rows `free`, of which only pinned ones.

    None when the documents are no longer those of the beads.
    """
    if [s.text for b in beads for s in b.source] != list(_texts(source)):
        return ()
    if [s.text for b in beads for s in b.target] != list(_texts(target)):
        return ()
    return tuple(
        Pin(stretch, _weight(bead))
        for row, (bead, stretch) in enumerate(_placed(beads))
        if bead.is_pinned or row not in free
    )


def _weight(bead: Bead) -> float:
    """Return how much a bead teaches; nothing when it is no pair."""
    if bead.is_dropped:
        return 0.0
    return CONFIRMED if bead.is_confirmed or bead.has_pin else 1.0


def to_beads(source: Document, target: Document, links: Sequence[Link], kept: Sequence[Bead] = ()) -> tuple[Bead, ...]:
    """Return the beads of two documents; `links` are what `align` found for their sentences.

    A bead of `kept` that was pinned comes out as it was, with its state and its note.
    """
    beads = [
        Bead(_side(source, link.source), _side(target, link.target), confidence=link.confidence, reasons=link.reasons)
        for link in links
    ]
    pinned = {stretch: bead for bead, stretch in _placed(kept)}
    placed = zip(links, _placed(beads), strict=True)
    return tuple(pinned.get(stretch, bead) if link.is_pinned else bead for link, (bead, stretch) in placed)


def side_text(sentences: Sequence[Sentence], code: str) -> str:
    """Return one side of a bead as a text of its language."""
    return language(code).join([sentence.text for sentence in sentences])


def _placed(beads: Sequence[Bead]) -> Iterator[tuple[Bead, Stretch]]:
    """Yield each bead with the stretch of sentences that it takes."""
    source = target = 0
    for bead in beads:
        end = source + len(bead.source), target + len(bead.target)
        yield bead, Stretch(source, end[0], target, end[1])
        source, target = end


def _texts(document: Document) -> tuple[str, ...]:
    return tuple(sentence.text for sentence in document.sentences)


def _block_ends(document: Document) -> tuple[str, ...]:
    return block_ends([s.block for s in document.sentences], [s.kind.value for s in document.sentences])


def _side(document: Document, numbers: Sequence[int]) -> tuple[Sentence, ...]:
    found = [(number, document.sentences[number]) for number in numbers]
    return tuple(Sentence(number, sentence.block, sentence.text) for number, sentence in found)
