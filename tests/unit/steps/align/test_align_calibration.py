import numpy as np
import pytest

from amts_desk.steps.align.calibration import calibrated, logits, sigmoid


def test_sure_stays_surer_and_nothing_is_certain():
    chances = calibrated(np.array([0, 0.2, 0.5, 0.9, 1]), is_known=True, has_encoder=False)
    assert (np.diff(chances) > 0).all()
    assert 0 < chances[0] < 0.01
    assert 0.99 < chances[-1] < 1


def test_the_less_is_known_the_less_is_sure():
    likely = np.linspace(0.6, 0.99, 9)
    known, encoded, neither = (
        calibrated(likely, is_known=k, has_encoder=e) for k, e in ((True, False), (False, True), (False, False))
    )
    assert (encoded < known).all()
    assert (neither < known).all()


def test_sigmoid_is_the_inverse_of_logits():
    assert sigmoid(logits(np.array([0.01, 0.5, 0.7]))) == pytest.approx([0.01, 0.5, 0.7])
