import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amts_desk.steps.align import program
from amts_desk.steps.align.band import near, wide, windows
from amts_desk.steps.align.corpus import Vocabulary, side, transposed
from amts_desk.steps.align.program import LONGEST, Band, Evidence, best_path, gains, posteriors
from amts_desk.steps.align.search import _SHAPES

PRIORS = np.log(np.full(len(_SHAPES), 1 / len(_SHAPES)))
lengths = st.lists(st.integers(1, 60), min_size=1, max_size=40).map(lambda some: np.array(some, float))


def evidence(rows, columns, seed):
    """Random gains and lengths of a small chapter, all cells in the band."""
    random = np.random.default_rng(seed)
    band = wide(np.ones(rows), np.ones(columns))
    targets, sources = windows(band)
    forward = random.normal(size=(rows, columns, LONGEST)).astype(np.float32)
    backward = random.normal(size=(columns, rows, LONGEST)).astype(np.float32)
    ends = [np.concatenate([[0.0], np.cumsum(random.integers(1, 30, size))]) for size in (rows, columns)]
    return band, Evidence(forward, targets, backward, sources, *ends, 1.0, 3.0, _SHAPES, PRIORS)


def all_paths(i, j, band, known):
    """Every way from (i, j) to the end, with its score."""
    if i == len(band.low) - 1 and j == band.high[-1]:
        return [((), 0.0)]
    scores = np.empty(len(PRIORS))
    program._score_beads(i, j, band, known, np.empty((LONGEST, LONGEST)), scores)
    found = []
    for (a, b), score in zip(_SHAPES.tolist(), scores, strict=True):
        if score > program.NEVER:
            for rest, more in all_paths(i + a, j + b, band, known):
                found.append((((i, i + a, j, j + b), *rest), score + more))
    return found


@pytest.mark.parametrize(("rows", "columns", "seed"), [(1, 1, 0), (3, 4, 1), (4, 3, 2), (5, 2, 3), (1, 6, 4)])
def test_best_path_and_posteriors_against_all_paths(rows, columns, seed):
    band, known = evidence(rows, columns, seed)
    paths = all_paths(0, 0, band, known)
    best = max(paths, key=lambda path: path[1])[0]
    path = best_path(band, known)
    assert [tuple(step) for step in path.tolist()] == list(best)
    weights = [math.exp(0.3 * score) for _, score in paths]
    expected = [
        sum(w for (steps, _), w in zip(paths, weights, strict=True) if step in steps) / sum(weights) for step in best
    ]
    assert posteriors(path, band, known, 0.3) == pytest.approx(expected)


def test_gain_of_a_known_word():
    given_words, made_words = Vocabulary.of([["a"], ["b"]]), Vocabulary.of([["x"], ["y"]])
    given_side = side(["a", "b"], [["a"], ["b"]], given_words)
    made_side = side(["x", "y"], [["x"], ["y"]], made_words)
    from amts_desk.steps.align.corpus import sparse

    lexicon = sparse(np.array([0]), np.array([0]), np.array([0.6]), 2)  # t(x | a) = 0.6
    targets, _ = windows(wide(np.ones(2), np.ones(2)))
    found = gains(
        lexicon,
        given_side.postings(given_words),
        given_side.sizes,
        made_side.postings(made_words),
        made_side.sizes,
        made_words.shares,
        targets,
        0.5,
    )
    assert found[0, 0, 0] == pytest.approx(math.log(0.5 + 0.5 * 0.6 / 1.5 / 0.5))
    assert found[0, 0, 1] == pytest.approx(math.log(0.5 + 0.5 * 0.6 / 2.5 / 0.5))
    assert found[0, 1, 0] == found[1, 0, 0] == pytest.approx(math.log(0.5))


@given(lengths, lengths)
def test_band_of_a_chapter_holds_every_cell(source, target):
    band = wide(source, target)
    assert not band.low.any()
    assert (band.high == len(target)).all()


def test_band_of_a_book_is_bounded_and_leads_to_the_end():
    source, target = np.ones(20_000), np.ones(3_000)
    band = wide(source, target)
    assert (band.high - band.low).max() < 500
    check_connected(band, 3_000)


@settings(deadline=None)
@given(lengths, lengths, st.randoms(use_true_random=False))
def test_windows_hold_every_bead_of_the_band(source, target, random):
    band = near(random_path(len(source), len(target), random), len(source), len(target))
    check_connected(band, len(target))
    targets, sources = windows(band)
    for i, (low, high) in enumerate(zip(band.low, band.high, strict=True)):
        for j in (low, high):
            for a, b in _SHAPES.tolist():
                if a and b and i + a <= len(source) and band.low[i + a] <= j + b <= band.high[i + a]:
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
    postings = side(["a b a", "b"], [["a", "b", "a"], ["b"]], vocabulary).postings(vocabulary)
    assert postings.columns.tolist() == [0, 0, 1]
    assert postings.values.tolist() == [2, 1, 1]
    assert transposed(postings, 2).starts.tolist() == [0, 2, 3]
