import numpy as np
import pytest

from amts_desk.steps.align import reasons
from amts_desk.steps.align.found import Found
from amts_desk.steps.align.links import Texts
from amts_desk.steps.align.reasons import explain

LATIN = "Una frase que no está escrita en su idioma de ningún modo."


def reasons_of(source, target, codes=("en", "zh"), away=0.0):
    """The reasons against a bead that holds the whole of a chapter."""
    found = Found(np.array([[0, len(source), 0, len(target)]]), np.array([0.9]), np.array([away]))
    return explain([Texts(tuple(source), tuple(target))], [found], codes)[0][0].reasons


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        (["A plain sentence."], ["普通的句子。"], ()),
        (["One.", "Two."], ["一。", "二。"], (reasons.JOINED,)),
        (["See $x_i$."], ["见$x_j$。"], (reasons.SPANS,)),
        (["See $x_i$ and `a b`."], ["`a b`和$x_i$。"], ()),
        (["See :numref:`fig_a`."], ["见。"], (reasons.SPANS,)),
        (["With a width of 3."], ["宽度为$3$。"], ()),
        (["It costs 1,500.50 dollars."], ["它要1500.50美元。"], ()),
        (["In 1998."], ["1989年。"], (reasons.SPANS,)),
        (["One step."], ["1步。"], ()),
        (["Adam optimiser"], ["Adam optimiser"], (reasons.IDENTICAL,)),
        (["$x = 1$"], ["$x = 1$"], ()),
        (["A sentence."], [LATIN], (reasons.SCRIPT,)),
        (["这是一个用中文写成的很长的句子，它没有任何英文字母，所以它的文字不对。"], ["句子。"], (reasons.SCRIPT,)),
    ],
)
def test_reasons(source, target, expected):
    assert reasons_of(source, target) == expected


def test_same_language_may_be_identical():
    assert reasons_of(["The same."], ["The same."], ("en", "en")) == ()


def test_gap_and_its_neighbours():
    texts = Texts(("a", "b", "c", "d"), ("a", "c", "d"))
    path = np.array([[0, 1, 0, 1], [1, 2, 1, 1], [2, 3, 1, 2], [3, 4, 2, 3]])
    links = explain([texts], [Found(path, np.ones(4), np.array([0, np.nan, 0, 0]))], ("en", "en"))[0]
    assert [link.reasons for link in links] == [(reasons.GAP,), (reasons.NOTHING,), (reasons.GAP,), ()]


def test_length_is_judged_by_the_texts_own():
    texts = Texts(("a",) * 500, ("b",) * 500)
    path = np.array([[i, i + 1, i, i + 1] for i in range(500)])
    away = np.linspace(-1, 4, 500)
    links = explain([texts], [Found(path, np.ones(500), away)], ("en", "es"))[0]
    flagged = [i for i, link in enumerate(links) if reasons.LENGTH in link.reasons]
    assert flagged == list(range(495, 500))


def test_wrong_script_lowers_a_chapter_not_a_sentence():
    path = np.array([[0, 1, 0, 1], [1, 2, 1, 2]])
    found = Found(path, np.array([0.8, 0.8]), np.zeros(2))
    mixed = explain([Texts(("A.", "B."), ("这是一个很长的中文句子，" * 10, LATIN))], [found], ("en", "zh"))[0]
    assert [link.confidence for link in mixed] == [0.8, 0.8]
    assert mixed[1].reasons == (reasons.SCRIPT,)
    wrong = explain([Texts(("A.", "B."), (LATIN, LATIN))], [found], ("en", "zh"))[0]
    assert [link.confidence for link in wrong] == pytest.approx([0.2, 0.2])
