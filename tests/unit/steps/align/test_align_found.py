import numpy as np

from amts_desk.steps.align.found import certain, joined, nulls
from amts_desk.steps.align.links import Stretch


def test_nulls_are_one_sentence_long_each():
    found = nulls(Stretch(2, 4, 7, 8))
    assert found.path.tolist() == [[2, 3, 7, 7], [3, 4, 7, 7], [4, 4, 7, 8]]
    assert found.confidence.tolist() == [1, 1, 1]
    assert np.isnan(found.deviations).all()
    assert nulls(Stretch(3, 3, 5, 5)).path.shape == (0, 4)


def test_stretches_are_joined_in_order():
    found = joined([certain(Stretch(0, 1, 0, 2)).moved(5, 6), certain(Stretch(6, 6, 8, 9))])
    assert found.path.tolist() == [[5, 6, 6, 8], [6, 6, 8, 9]]
    assert np.isnan(found.deviations).tolist() == [False, True]
