from amts_desk.core.alignment import Bead, Sentence
from amts_desk.core.document import Document, Kind, Segment
from amts_desk.steps.align.beads import to_beads
from amts_desk.steps.align.links import Link


def document(language, *sentences):
    segments = tuple(Segment(text, Kind.PARAGRAPH, block, 0, len(text)) for block, text in sentences)
    return Document("a.md", language, "", "", segments, segments)


def test_beads_carry_sentences_confidence_and_reasons():
    source = document("en", (0, "One."), (2, "Two."))
    target = document("zh", (0, "一。二。"))
    links = [Link((0, 1), (0,), 0.7, ("unusual length",)), Link((), (), 1.0, ())]
    first, last = to_beads(source, target, links)
    assert first == Bead(
        (Sentence(0, 0, "One."), Sentence(1, 2, "Two.")),
        (Sentence(0, 0, "一。二。"),),
        confidence=0.7,
        reasons=("unusual length",),
    )
    assert last == Bead()
