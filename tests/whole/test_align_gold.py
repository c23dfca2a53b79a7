"""A chapter that was aligned badly becomes the gold by keys alone; the queue finds errors sooner than reading does."""

import json
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import galechurch
import pytest
from PySide6.QtTest import QAbstractItemModelTester

from amts_desk.core import edits
from amts_desk.core.alignment import Bead, BeadState, Sentence
from amts_desk.core.document import Document, Kind, Segment
from amts_desk.steps.align.aligner import align
from amts_desk.steps.align.beads import to_beads
from amts_desk.steps.align.links import Texts
from amts_desk.store.project import Project
from amts_desk.ui.models.beads import SOURCE, TARGET
from tests.whole.mending import Mender, size, stretches
from tests.whole.walk import Walk

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "gold" / "mac-dev"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter with its right beads as texts and as sizes."""

    source: list[str]
    target: list[str]
    beads: list[tuple[list[str], list[str]]]

    @property
    def wanted(self):
        return [(len(source), len(target)) for source, target in self.beads]


def gold(name):
    if not FOLDER.exists():
        pytest.skip("the hand-aligned novels of MAC-Dev are not on this machine")
    read = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    beads = [([read["src"][i] for i in s], [read["tgt"][j] for j in t]) for s, t in read["gold"]]
    assert [text for source, _ in beads for text in source] == read["src"]
    assert [text for _, target in beads for text in target] == read["tgt"]
    return Chapter(read["src"], read["tgt"], beads)


def gale_church(chapter):
    """Return the beads that the lengths alone suggest."""
    found = galechurch.align(chapter.source, chapter.target).beads
    return [
        Bead(
            tuple(Sentence(i, 0, chapter.source[i]) for i in range(b.source_start, b.source_end)),
            tuple(Sentence(j, 0, chapter.target[j]) for j in range(b.target_start, b.target_end)),
            confidence=0.5,
        )
        for b in found
    ]


def document(texts, language):
    segments = tuple(Segment(text, Kind.PARAGRAPH, 0, i, i + 1) for i, text in enumerate(texts))
    block = Segment(" ".join(texts), Kind.PARAGRAPH, 0, 0, len(texts))
    return Document(f"novel.{language}.md", language, "", f"novel-{language}", (block,), segments)


def opened(path, beads):
    """Open the window on a project that holds one chapter with these beads."""
    with Project.open(path, create=True) as project:
        whole = [{s.index: s.imported.text for b in beads for s in getattr(b, side)} for side in ("source", "target")]
        documents = [document([t[i] for i in sorted(t)], code) for t, code in zip(whole, ("zh", "en"), strict=True)]
        stored = project.chapters.add("novel", *documents)
        project.tracks.begin(project.tracks.alignment(stored), tuple(beads))
    walk = Walk((1280, 720))
    walk.desk.open(path)
    walk.open_chapter("novel")
    walk.window.enter("align")
    walk.window.room("align").table.setFocus()
    return walk


@pytest.fixture
def open_window(qapp, tmp_path):
    walks = []

    def open_one(beads):
        walks.append(opened(tmp_path / f"novel-{len(walks)}.amts", beads))
        return walks[-1]

    yield open_one
    for walk in walks:
        walk.close()
        walk.window.deleteLater()
    qapp.sendPostedEvents(None, 52)


def texts(beads):
    return [([s.text for s in bead.source], [s.text for s in bead.target]) for bead in beads]


OPERATIONS = {
    "confirm", "confirm_above", "confirm_sure", "confirm_suspicious", "unconfirm", "need_review", "drop", "pin", "tie",
    "bookmark", "edit", "merge", "merge_above", "split", "split_at", "swap_source", "swap_target", "insert_empty",
    "as_imported", "copy", "source_up", "source_down", "target_up", "target_down", "both_up", "both_down",
    "shift_source_up", "shift_source_down", "shift_target_up", "shift_target_down", "realign_selected",
    "realign_between",
}  # fmt: skip


NOISE, GLUE = " xx", " + "


def damaged(beads, wanted):
    """Return the beads as a hasty hand would have left them, and the rows where a text lacks nothing but care.

    What lengths alone never do wrong is done wrong here, each once.
    """
    beads = list(beads)
    regroup(beads, wanted, 27, [(2, 2), (1, 1)])
    regroup(beads, wanted, 125, [(1, 1), (2, 2)])
    right = [each.start for each in stretches(beads, wanted) if each.is_right(beads) and each.wanted == ((1, 1),)]
    pairs = iter([row for row in right if row > 36 and row + 1 in right and row % 2 == 0])
    for side in ("source", "target"):
        edits.swap(beads, next(pairs), side).apply(beads)
    row = next(pairs)
    edits.retype(beads, row, [beads[row].source[0].text + NOISE], [beads[row].target[0].text]).apply(beads)
    edits.drop(beads, [next(pairs)]).apply(beads)
    noisy, glued, cut, empty, shifted = (next(pairs) for _ in range(5))
    target = beads[noisy].target[0]
    beads[noisy] = replace(beads[noisy], target=(replace(target, text=target.text + NOISE),))
    both = beads[glued : glued + 2]
    source, target = both[0].source[0], both[0].target[0]
    joined = [replace(source, text=source.text + GLUE + both[1].source[0].text)]
    joined += [replace(target, text=target.text + GLUE + both[1].target[0].text)]
    edits.insert_empty(shifted).apply(beads)
    edits.shift(beads, shifted + 1, shifted + 4, "source", down=False).apply(beads)
    edits.insert_empty(empty).apply(beads)
    edits.merge(beads, cut, cut + 1).apply(beads)
    beads[glued : glued + 2] = [replace(both[0], source=(joined[0],), target=(joined[1],))]
    return numbered(beads)


def numbered(beads):
    """Return the beads with their sentences numbered without a gap."""
    numbers = [sorted(s.index for b in beads for s in getattr(b, side)) for side in ("source", "target")]
    new = [{old: new for new, old in enumerate(side)} for side in numbers]
    return [
        replace(
            bead,
            source=tuple(replace(s, index=new[0][s.index]) for s in bead.source),
            target=tuple(replace(s, index=new[1][s.index]) for s in bead.target),
        )
        for bead in beads
    ]


def regroup(beads, wanted, first, sizes):
    """Cut the sentences of some of the right beads, from the `first` on, into beads of other sizes."""
    behind = [sum(w[side] for w in wanted[:first]) for side in (0, 1)]
    row = next(i for i in range(len(beads)) if [sum(size(b)[s] for b in beads[:i]) for s in (0, 1)] == behind)
    end = row
    while [sum(size(b)[s] for b in beads[row:end]) for s in (0, 1)] != [sum(w[s] for w in sizes) for s in (0, 1)]:
        end += 1
    sources, targets = (iter([s for b in beads[row:end] for s in getattr(b, side)]) for side in ("source", "target"))
    beads[row:end] = [Bead(tuple(islice(sources, n)), tuple(islice(targets, m)), confidence=0.5) for n, m in sizes]


def mend_texts(mender):
    """Take away by typing what came in with the files, and cut where two sentences came as one."""
    row = next(i for i, bead in enumerate(mender.beads) if any(s.text.endswith(NOISE) for s in bead.target))
    mender.go(row)
    mender.go_to_side(TARGET)
    mender.do("edit")
    mender.press("Backspace", len(NOISE))
    mender.press("Return")
    row = next(i for i, bead in enumerate(mender.beads) if any(GLUE in s.text for s in bead.source))
    mender.go(row)
    mender.do("edit")
    for field in (mender.room.editor.target, mender.room.editor.source):
        while mender.walk.window.focusWidget() is not field:
            mender.press("Tab")
        mender.press("Ctrl+Home")
        mender.press("Right", field.toPlainText().index(GLUE))
        mender.press("Delete", len(GLUE) - 1)
    mender.press("Return")
    bead = mender.beads[row]
    mender.cut(row, *(side[0].origin.index(GLUE) for side in (bead.source, bead.target)))


def align_around_a_tie(walk, mender, chapter):
    """Pin what is right around the longest stretch, tie two far cells in it, and let it be aligned between the pins."""
    stretch = max(mender.wrong(), key=lambda each: each.end - each.start)
    pin_around(mender, stretch)
    source, target = far_cells(mender.beads[: stretch.end], chapter)
    for row, side in ((source, SOURCE), (target, TARGET)):
        mender.go(row)
        mender.go_to_side(side)
        mender.do("tie")
    aligned_again(walk)
    assert walk.session.alignment.history()[-2].label == "Pin two cells together"


def pin_around(mender, stretch):
    for row in (stretch.start - 1, stretch.end):
        mender.go(row)
        mender.do("pin")


def aligned_again(walk):
    walk.settle()
    assert not walk.problems
    assert walk.session.alignment.labels()[0] == "Align selected beads again"


def far_cells(beads, chapter):
    """Return the row of a source and the row of a target that belong together and stand far from each other."""
    found = [[[s.text for s in getattr(b, side)] for b in beads] for side in ("source", "target")]
    for bead in chapter.beads:
        if all(side in rows for side, rows in zip(bead, found, strict=True)):
            source, target = (rows.index(side) for side, rows in zip(bead, found, strict=True))
            if abs(source - target) > 1:
                return source, target
    raise AssertionError("no two far cells")


def align_the_selected(walk, mender, stretch):
    mender.go(stretch.start)
    mender.press("Shift+Down", stretch.end - stretch.start - 1)
    mender.do("realign_selected")
    aligned_again(walk)


def align_between_pins(walk, mender, stretch):
    pin_around(mender, stretch)
    mender.go(stretch.start)
    mender.do("realign_between")
    aligned_again(walk)


def confirm_all(mender):
    """Say of every bead that it is right, or that it is no pair, in each way there is."""
    lonely = [row for row, bead in enumerate(mender.beads) if not all(size(bead))]
    mender.go(lonely[0])
    mender.do("need_review")
    mender.type("no counterpart")
    mender.press("Return")
    mender.go(0)
    mender.settle(0, 10)
    mender.do("bookmark")
    mender.do("next_suspicious")
    for _ in range(5):
        mender.do("confirm_suspicious")
    mender.go(lonely[-1])
    mender.do("confirm_above")
    mender.do("unconfirm")
    mender.do("drop")
    mender.do("previous_review")
    assert mender.beads[mender.row].note == "no counterpart"
    mender.do("drop")
    mender.do("confirm_sure")
    mender.press("Return")
    mender.do("previous_bookmark")
    assert mender.row == 10


@pytest.mark.timeout(300)
def test_keys_alone_make_the_gold_of_what_lengths_alone_and_a_hasty_hand_have_left(open_window, qapp):
    chapter = gold("004")
    walk = open_window(damaged(gale_church(chapter), chapter.wanted))
    editor, model = walk.session.alignment, walk.window.room("align").model
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    first = list(editor.rows)
    mender = Mender(walk, chapter.wanted)
    mend_texts(mender)
    align_around_a_tie(walk, mender, chapter)
    align_the_selected(walk, mender, mender.wrong()[-3])
    align_between_pins(walk, mender, mender.wrong()[-4])
    row = 0
    for each in stretches(mender.beads, mender.wanted):
        row = mender.mend(replace(each, start=row))
    assert texts(mender.beads) == chapter.beads
    confirm_all(mender)
    assert texts(mender.beads) == chapter.beads
    assert {bead.state for bead in mender.beads if all(size(bead))} == {BeadState.CONFIRMED}
    assert {bead.state for bead in mender.beads if not all(size(bead))} == {BeadState.DROPPED}
    mender.press("Ctrl+A")
    mender.do("copy")
    assert len(qapp.clipboard().text().split("\n")) == len(chapter.beads)
    assert not OPERATIONS - set(mender.used), "every operation was needed"
    print(f"{mender.pressed} keys, {len(editor.history()) - 1} steps")
    assert tester.model() is model
    del tester
    last = list(editor.rows)
    while editor.labels()[0]:
        mender.press("Ctrl+Z")
    assert editor.rows == first
    while editor.labels()[1]:
        mender.press("Ctrl+Shift+Z")
    assert editor.rows == last
    assert not walk.problems


def our_beads(chapter):
    """Return the beads that our aligner finds for a chapter that stands alone."""
    both = document(chapter.source, "zh"), document(chapter.target, "en")
    (links,) = align([Texts(tuple(chapter.source), tuple(chapter.target))], "zh", "en").links
    return to_beads(*both, links)


def walk_down(mender, errors):
    """Read from the top, confirm what is right and mend what is wrong, until so many errors are mended."""
    row = 0
    while errors > 0:
        stretch = mender.stretch_at(row)
        errors -= mender.wrong_beads(stretch)
        mender.go(row)
        end = mender.mend(stretch)
        mender.settle(row, end)
        row = end


def follow_queue(mender, errors):
    """Go from one suspicious bead to the next, confirm what is right and mend what is wrong, as far."""
    mender.do("next_suspicious")
    while errors > 0:
        row = mender.row
        stretch = mender.stretch_at(row)
        if not stretch.is_right(mender.beads):
            errors -= mender.wrong_beads(stretch)
            mender.settle(stretch.start, mender.mend(stretch))
            mender.do("next_suspicious")
        elif all(size(mender.beads[row])):
            mender.do("confirm_suspicious")
        else:
            mender.do("drop")
            mender.do("next_suspicious")


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", ["001", "003", "004", "005"])
def test_the_queue_finds_seven_of_ten_errors_with_far_fewer_keys(open_window, name):
    chapter = gold(name)
    beads = our_beads(chapter)
    pressed = []
    for reach in (walk_down, follow_queue):
        mender = Mender(open_window(beads), chapter.wanted)
        errors = sum(mender.wrong_beads(each) for each in mender.wrong())
        reach(mender, 0.7 * errors)
        pressed.append(mender.pressed)
    print(f"{name}: {errors} errors in {len(beads)} beads; {pressed[0]} keys from the top, {pressed[1]} in the queue")
    assert pressed[1] <= 0.6 * pressed[0]
