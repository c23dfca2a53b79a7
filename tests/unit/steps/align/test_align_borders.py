import numpy as np
import pytest

from amts_desk.steps.align.borders import KINDS, border_kinds, learned, supposed
from amts_desk.steps.align.links import block_ends


def kind(text, following="Next.", end=""):
    return int(border_kinds([text, following], [end, ""])[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It rains.", "下雨了。"),
        ("Really?", "真的吗？"),
        ("“Go!”", "“走！”"),
        ("Listen:", "听："),
        ("So…", "就……"),
        ("End", "完"),
    ],
)
def test_one_border_in_two_languages(one, other):
    assert kind(one) == kind(other)


def test_what_makes_a_border_another():
    different = [kind("It rains."), kind("Does it?"), kind("“It rains.”"), kind("It rains.", "“Oh.”")]
    different += [kind("It rains.", end="paragraph"), kind("It rains", end="heading")]
    assert len(set(different)) == len(different)
    assert max(different) < KINDS


def test_last_border_and_empty_sentences():
    assert border_kinds([]).tolist() == []
    assert border_kinds(["", "  "]).tolist() == [0, 0]
    assert border_kinds(["A.", "“B"]).tolist() != border_kinds(["A.", "B"]).tolist()


def test_habits_are_those_of_the_beads():
    """Questions pair with questions; commas are only ever inside beads."""
    source = border_kinds(["A?", "B.", "C,", "D."] * 20)
    target = border_kinds(["啊？", "波。", "次。"] * 20)
    beads = [
        [4 * n + a, 4 * n + b, 3 * n + c, 3 * n + d]
        for n in range(20)
        for a, b, c, d in ((0, 1, 0, 1), (1, 2, 1, 2), (2, 4, 2, 3))
    ]
    habits = learned([source], [target], [np.array(beads)])
    question, stop, comma = source[0], source[1], source[2]
    assert habits.together[question, question] > 0.5
    assert habits.together[question, stop] < -0.3
    assert habits.source_inside[comma] > 0.5
    assert habits.source_inside[stop] < -0.3
    borders = habits.of(source, target)
    assert borders.source_inside[3] - borders.source_inside[2] == pytest.approx(habits.source_inside[comma])


def test_nothing_is_known_without_beads():
    none = learned([border_kinds(["A."])], [border_kinds(["B."])], [np.zeros((0, 4), np.int64)])
    assert not none.together.any()


def test_blocks_are_supposed_to_end_together():
    source = border_kinds(["A.", "B.", "C."], ["", "paragraph", "heading"])
    target = border_kinds(["啊。", "波。", "次。"], ["", "paragraph", "heading"])
    habits = supposed([source], [target])
    assert habits.together[source[1], target[1]] > 0 > habits.together[source[1], target[0]]
    plain = border_kinds(["A.", "B?"])
    assert not supposed([plain], [plain]).together.any()


def test_block_ends():
    assert block_ends([0, 0, 1, 2], ["paragraph", "paragraph", "heading", "quote"]) == (
        "",
        "paragraph",
        "heading",
        "quote",
    )
    assert block_ends([], []) == ()
