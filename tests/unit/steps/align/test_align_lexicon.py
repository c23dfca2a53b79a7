import pytest

from amts_desk.steps.align.corpus import sparse, transposed
from amts_desk.steps.align.lexicon import learn

HOUSES = [
    (["la", "casa"], ["the", "house"]),
    (["la", "casa", "verde"], ["the", "green", "house"]),
    (["una", "casa"], ["a", "house"]),
    (["la", "mesa"], ["the", "table"]),
    (["una", "mesa", "verde"], ["a", "green", "table"]),
    (["la", "mesa", "grande"], ["the", "big", "table"]),
] * 2


def test_learns_who_translates_whom():
    lexicon = learn(HOUSES, rounds=8)
    for source, target in {"casa": "house", "mesa": "table", "verde": "green", "una": "a", "la": "the"}.items():
        assert lexicon.translations(source)[0][0] == target


def test_probabilities_are_probabilities():
    lexicon = learn(HOUSES)
    for word in lexicon.source.words:
        chances = [chance for _, chance in lexicon.translations(word)]
        assert chances == sorted(chances, reverse=True)
        assert all(0 < chance <= 1 for chance in chances)
        assert sum(chances) <= 1 + 1e-6


def test_single_meeting_teaches_nothing():
    assert learn([(["perro", "negro"], ["black", "dog"])]).translations("perro") == []


def test_seed_decides_what_the_text_leaves_open():
    once = [(["perro", "negro"], ["black", "dog"])]
    lexicon = learn(once, seeds=[("perro", "dog", 1.0), ("gato", "cat", 1.0)])
    assert lexicon.translations("perro")[0][0] == "dog"


def test_seed_of_words_that_never_met_keeps_a_part():
    lexicon = learn([*HOUSES, (["perro"], ["a"]), (["x"], ["dog"])], seeds=[("perro", "dog", 1.0)])
    assert dict(lexicon.translations("perro"))["dog"] == pytest.approx(0.3)


def test_unknown_word_and_no_text():
    assert learn(HOUSES).translations("nada") == []
    assert learn([]).translations("casa") == []
    assert learn([([], []), (["a"], [])]).translations("a") == []


def test_transposed_twice_is_the_same():
    import numpy as np

    matrix = sparse(np.array([2, 0, 2]), np.array([1, 1, 0]), np.array([0.5, 1, 2]), 4)
    again = transposed(transposed(matrix, 2), 4)
    assert again.starts.tolist() == [0, 1, 1, 3, 3]
    assert again.columns.tolist() == [1, 0, 1]
    assert again.values.tolist() == [1, 2, 0.5]
