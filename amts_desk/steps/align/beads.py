"""From the aligner's links to the rows that people work on."""

from __future__ import annotations

from collections.abc import Sequence

from amts_desk.core.alignment import Bead, Sentence
from amts_desk.core.document import Document
from amts_desk.steps.align.links import Link


def to_beads(source: Document, target: Document, links: Sequence[Link]) -> tuple[Bead, ...]:
    """Return the beads of two documents; `links` are what `align` found for their sentences."""
    return tuple(
        Bead(_side(source, link.source), _side(target, link.target), confidence=link.confidence, reasons=link.reasons)
        for link in links
    )


def _side(document: Document, numbers: Sequence[int]) -> tuple[Sentence, ...]:
    found = [(number, document.sentences[number]) for number in numbers]
    return tuple(Sentence(number, sentence.block, sentence.text) for number, sentence in found)
