import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amts_desk.steps.align.band import near, through, whole, windows
from amts_desk.steps.align.borders import Borders
from amts_desk.steps.align.corpus import Vocabulary, transposed
from amts_desk.steps.align.paths import best_path, posteriors
from amts_desk.steps.align.program import LONGEST, NEVER, Band, Evidence, gains, score_row
from amts_desk.steps.align.search import _SHAPES
from amts_desk.steps.align.sides import side

PRIORS = np.log(np.full(len(_SHAPES), 1 / len(_SHAPES)))
MOVES = np.array([[0.0, 0.0], [-0.7, 0.9]])
sizes = st.integers(1, 40)


def evidence(rows, columns, seed):
    """Random gains, lengths and borders of a small chapter, all cells in the band."""
    random = np.random.default_rng(seed)
    band = whole(rows, columns)
    targets, sources = windows(band)
    forward = random.normal(size=(rows * columns, LONGEST)).astype(np.float32)
    backward = random.normal(size=(columns * rows, LONGEST)).astype(np.float32)
    ends = [np.concatenate([[0.0], np.cumsum(random.integers(1, 30, size))]) for size in (rows, columns)]
    inside = [np.concatenate([[0.0], np.cumsum(random.normal(size=size))]) for size in (rows, columns)]
    kinds = [random.integers(0, 3, size).astype(np.int32) for size in (rows, columns)]
    borders = Borders(*kinds, random.normal(size=(3, 3)), *inside)
    return band, Evidence(forward, targets, backward, sources, *ends, 1.0, 3.0, _SHAPES, PRIORS, MOVES, borders)


def all_paths(i, j, band, known, before=0):
    """Every way from (i, j) to the end, with its score."""
    if i == len(band.low) - 1 and j == band.high[-1]:
        return [((), 0.0)]
    scores = np.empty((band.high[i] + 1 - band.low[i], len(PRIORS)), np.float32)
    score_row(i, band, known, scores)
    found = []
    for (a, b), score in zip(_SHAPES.tolist(), scores[j - band.low[i]].tolist(), strict=True):
        if score > NEVER / 2:
            after = int(not a or not b)
            for rest, more in all_paths(i + a, j + b, band, known, after):
                found.append((((i, i + a, j, j + b), *rest), score + MOVES[before, after] + more))
    return found


@pytest.mark.parametrize(("rows", "columns", "seed"), [(1, 1, 0), (3, 4, 1), (4, 3, 2), (5, 2, 3), (1, 6, 4)])
def test_best_path_and_posteriors_against_all_paths(rows, columns, seed):
    band, known = evidence(rows, columns, seed)
    paths = all_paths(0, 0, band, known)
    path = best_path(band, known)
    best = tuple(tuple(step) for step in path.tolist())
    assert dict(paths)[best] == pytest.approx(max(score for _, score in paths), rel=1e-5)
    weights = [math.exp(0.3 * score) for _, score in paths]
    expected = [
        sum(w for (steps, _), w in zip(paths, weights, strict=True) if step in steps) / sum(weights) for step in best
    ]
    assert posteriors(path, band, known, 0.3) == pytest.approx(expected, rel=1e-4)


def test_long_chapter_neither_overflows_nor_vanishes():
    band, known = evidence(700, 650, 7)
    path = best_path(band, known)
    chances = posteriors(path, band, known, 0.3)
    assert path[-1].tolist()[1::2] == [700, 650]
    assert np.isfinite(chances).all()
    assert chances.min() > 0
    assert chances.max() <= 1


def test_gain_of_a_known_word():
    given_words, made_words = Vocabulary.of([["a"], ["b"]]), Vocabulary.of([["x"], ["y"]])
    given_side = side(["a", "b"], (), [["a"], ["b"]], given_words)
    made_side = side(["x", "y"], (), [["x"], ["y"]], made_words)
    from amts_desk.steps.align.corpus import sparse

    lexicon = sparse(np.array([0]), np.array([0]), np.array([0.6]), 2)  # t(x | a) = 0.6
    targets, _ = windows(whole(2, 2))
    found = gains(
        lexicon,
        given_side.postings(given_words),
        given_side.sizes,
        made_side.postings(made_words),
        made_side.sizes,
        made_words.shares,
        targets,
        np.array([0.5, 1.0]),  # of y nothing is known
    )
    assert found[0, 0] == pytest.approx(math.log(0.5 + 0.5 * 0.6 / 1.5 / 0.5))
    assert found[0, 1] == pytest.approx(math.log(0.5 + 0.5 * 0.6 / 2.5 / 0.5))
    assert found[2, 0] == pytest.approx(math.log(0.5))  # x against b
    assert found[1, 0] == found[3, 0] == 0


@given(sizes, sizes)
def test_band_of_a_chapter_holds_every_cell(rows, columns):
    band = whole(rows, columns)
    assert not band.low.any()
    assert (band.high == columns).all()
    check_connected(band, columns)


@given(sizes, sizes, st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39)), max_size=9))
def test_band_through_anchors_leads_to_the_end(rows, columns, points):
    chain = [(i, j) for i, j in sorted(points) if i < rows and j < columns]
    chain = [p for n, p in enumerate(chain) if all(p[0] > q[0] and p[1] > q[1] for q in chain[:n])]
    anchors = np.array([i for i, _ in chain], np.int64), np.array([j for _, j in chain], np.int64)
    check_connected(through(anchors, rows, columns), columns)


def test_band_of_a_book_is_bounded():
    assert whole(20_000, 20_000) is None
    band = through((np.arange(0, 20_000, 50), np.arange(0, 20_000, 50)), 20_000, 20_000)
    assert band.starts[-1] < 4_000_000
    check_connected(band, 20_000)


@settings(deadline=None)
@given(sizes, sizes, st.randoms(use_true_random=False))
def test_windows_hold_every_bead_of_the_band(rows, columns, random):
    band = near(random_path(rows, columns, random), rows, columns)
    check_connected(band, columns)
    targets, sources = windows(band)
    for i, (low, high) in enumerate(zip(band.low, band.high, strict=True)):
        for j in (low, high):
            for a, b in _SHAPES.tolist():
                if a and b and i + a <= rows and band.low[i + a] <= j + b <= band.high[i + a]:
                    assert targets.first[i] <= j
                    assert j + b <= targets.last[i]
                    assert sources.first[j] <= i
                    assert i + a <= sources.last[j]


def check_connected(band: Band, columns: int):
    assert band.low[0] == 0
    assert band.high[-1] == columns
    assert (band.low <= band.high).all()
    assert (np.diff(band.low) >= 0).all()
    assert (np.diff(band.high) >= 0).all()
    assert (band.low[1:] <= band.high[:-1]).all()
    assert band.starts.tolist() == [0, *np.cumsum(band.high + 1 - band.low).tolist()]


def random_path(rows, columns, random):
    steps, i, j = [], 0, 0
    while (i, j) != (rows, columns):
        a, b = random.choice(_SHAPES.tolist())
        if i + a <= rows and j + b <= columns:
            steps.append((i, i + a, j, j + b))
            i, j = i + a, j + b
    return np.array(steps)


def test_postings_count_words():
    vocabulary = Vocabulary.of([["a", "b", "a"], ["b"]])
    postings = side(["a b a", "b"], (), [["a", "b", "a"], ["b"]], vocabulary).postings(vocabulary)
    assert postings.columns.tolist() == [0, 0, 1]
    assert postings.values.tolist() == [2, 1, 1]
    assert transposed(postings, 2).starts.tolist() == [0, 2, 3]
