import numpy as np
import pytest

from amts_desk.steps.align.calibration import calibrated, logits, sigmoid


def test_sure_stays_surer_and_nothing_is_certain():
    chances = calibrated(np.array([0, 0.2, 0.5, 0.9, 1]), with_dictionary=True)
    assert (np.diff(chances) > 0).all()
    assert 0 < chances[0] < 0.01
    assert 0.99 < chances[-1] < 1


def test_without_a_dictionary_less_is_sure():
    same = np.linspace(0, 1, 11)
    assert (calibrated(same, with_dictionary=False) < calibrated(same, with_dictionary=True)).all()


def test_sigmoid_is_the_inverse_of_logits():
    assert sigmoid(logits(np.array([0.01, 0.5, 0.7]))) == pytest.approx([0.01, 0.5, 0.7])
