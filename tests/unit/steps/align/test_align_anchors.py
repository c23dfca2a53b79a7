import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from amts_desk.steps.align.anchors import _heaviest_chain, anchors
from amts_desk.steps.align.band import through
from amts_desk.steps.align.corpus import sparse


def found(pairs, rows, columns):
    """Anchors where each pair of sentences (i, j) shares a word of its own."""
    numbers = np.arange(len(pairs), dtype=np.int32)
    ones = np.ones(len(pairs), np.float32)
    by_source = sparse(numbers, np.array([i for i, _ in pairs], np.int32), ones, len(pairs))
    by_target = sparse(numbers, np.array([j for _, j in pairs], np.int32), ones, len(pairs))
    i, j = anchors(by_source, by_target, (rows, columns), sparse(numbers, numbers, ones, len(pairs)))
    return list(zip(i.tolist(), j.tolist(), strict=True))


def test_wrong_anchor_is_outvoted():
    right = [(n, n) for n in range(0, 900, 3)]
    wrong = [(100, 700), (500, 30), (300, 420)]
    assert set(found(right + wrong, 900, 900)) <= set(right)
    assert len(found(right + wrong, 900, 900)) > 0.9 * len(right)


def test_missing_part_moves_what_follows():
    pairs = [(n, n if n < 500 else n - 300) for n in range(0, 1000, 2) if not 500 <= n < 800]
    kept = found(pairs, 1000, 700)
    band = through((np.array([i for i, _ in kept]), np.array([j for _, j in kept])), 1000, 700)
    for i, j in pairs:
        assert band.low[i] <= j <= band.high[i]
    assert band.starts[-1] < 150_000


def test_no_anchor_at_all():
    assert found([], 10, 10) == []
    band = through((np.zeros(0, np.int64), np.zeros(0, np.int64)), 5000, 3000)
    assert (band.low[0], band.high[-1]) == (0, 3000)
    assert band.starts[-1] < 8_000_000


def heaviest(j, weights):
    """The weight of the best rising subsequence, by trying each end."""
    best = []
    for at in range(len(j)):
        best.append(weights[at] + max((best[k] for k in range(at) if j[k] < j[at]), default=0))
    return max(best, default=0)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 9)), max_size=30))
def test_chain_is_the_heaviest(points):
    j, weights = np.array([p for p, _ in points], np.int64), np.array([float(w) for _, w in points])
    chain = _heaviest_chain(j, weights, 21)
    assert (np.diff(j[chain]) > 0).all()
    assert weights[chain].sum() == heaviest(j.tolist(), weights.tolist())
