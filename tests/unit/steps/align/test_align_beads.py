from amts_desk.core.alignment import Bead, BeadState, Sentence
from amts_desk.core.document import Document, Kind, Segment
from amts_desk.steps.align.beads import pins_of, to_beads
from amts_desk.steps.align.links import CONFIRMED, Link


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


def test_pins_hold_what_a_person_has_settled_and_what_is_not_chosen():
    first, second = Sentence(0, 0, "a"), Sentence(1, 0, "b")
    third, fourth = Sentence(2, 0, "c"), Sentence(3, 0, "d")
    beads = [
        Bead((first,), (first,), state=BeadState.CONFIRMED),
        Bead((second,), (second,), state=BeadState.DROPPED),
        Bead((third,), (third,), has_pin=True),
        Bead((fourth,), (fourth,)),
    ]
    side = document("en", *((0, text) for text in "abcd"))
    held = [(pin.stretch.source, pin.weight) for pin in pins_of(beads, side, side, range(4))]
    assert held == [(0, CONFIRMED), (1, 0.0), (2, CONFIRMED)]
    assert [pin.weight for pin in pins_of(beads, side, side, ())] == [CONFIRMED, 0.0, CONFIRMED, 1.0]
    assert pins_of(beads[:3], side, side, ()) == ()
