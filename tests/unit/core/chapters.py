"""Small chapters and alignments for tests: made by hand, or drawn by hypothesis."""

from hypothesis import strategies as st

from amts_desk.core.alignment import Bead, BeadState, Sentence
from amts_desk.core.document import Document, Kind, Segment

STATES = st.sampled_from(BeadState)
SIZES = st.sampled_from([(1, 1), (1, 1), (1, 1), (1, 0), (0, 1), (2, 1), (1, 2), (2, 2), (0, 2), (3, 1)])


def document(texts, language="en", blocks=None):
    """Return a document whose sentences are `texts`, each a block of its own unless `blocks` says otherwise."""
    blocks = list(range(len(texts))) if blocks is None else blocks
    segments, at = [], 0
    for text, block in zip(texts, blocks, strict=True):
        segments.append(Segment(text, Kind.PARAGRAPH, block, at, at + len(text)))
        at += len(text) + 1
    return Document("a.txt", language, "\n".join(texts), "00", tuple(segments), tuple(segments))


def sentences(side):
    """Return the sentences of one side ("source" or "target") of beads, in order."""
    return lambda beads: [sentence for bead in beads for sentence in getattr(bead, side)]


source_of, target_of = sentences("source"), sentences("target")


def aligned(sizes, states=(), source_texts=None, target_texts=None, source_blocks=None, target_blocks=None):
    """Return beads of the given sizes [(source sentences, target sentences), …] over numbered sentences."""
    beads, i, j = [], 0, 0
    for number, (left, right) in enumerate(sizes):
        source = tuple(_sentence(k, "s", source_texts, source_blocks) for k in range(i, i + left))
        target = tuple(_sentence(k, "t", target_texts, target_blocks) for k in range(j, j + right))
        beads.append(Bead(source, target, states[number] if states else BeadState.AUTOMATIC))
        i, j = i + left, j + right
    return beads


def _sentence(index, letter, texts, blocks):
    return Sentence(index, blocks[index] if blocks else index, texts[index] if texts else f"{letter}{index}")


@st.composite
def alignments(draw, min_size=1, texts=None):
    """Draw beads of random sizes and states; sentences share blocks, and with `texts` some have the same text."""
    sizes = draw(st.lists(SIZES, min_size=min_size, max_size=12))
    counts = sum(a for a, _ in sizes), sum(b for _, b in sizes)
    states = draw(st.lists(STATES, min_size=len(sizes), max_size=len(sizes)))
    blocks = [draw(st.lists(st.integers(0, 1), min_size=n, max_size=n)) for n in counts]
    drawn = [draw(st.lists(texts, min_size=n, max_size=n)) if texts is not None else None for n in counts]
    numbers = [[sum(steps[: i + 1]) for i in range(len(steps))] for steps in blocks]
    return aligned(sizes, states, *drawn, *numbers)
