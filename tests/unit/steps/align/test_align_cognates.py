import time

import numpy as np
import pytest

from amts_desk.steps.align.cognates import cognates, plain_letters


def chance(one, other):
    _, _, chances = cognates([one], [other])
    return chances[0] if len(chances) else 0


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("über", "uber"),
        ("straße", "strasse"),
        ("nación", "nacion"),
        ("đường", "duong"),
        ("ışık", "isik"),
        ("œuf", "oeuf"),
    ],
)
def test_plain_letters(word, plain):
    assert plain_letters(word) == plain


@pytest.mark.parametrize(
    ("one", "other"),
    [("alphabet", "alfabeto"), ("estadística", "statistics"), ("tourist", "touriste"), ("kontinent", "continent")],
)
def test_words_of_common_origin(one, other):
    assert chance(one, other) > 0.3
    assert chance(other, one) == chance(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("sur", "sur"), ("casa", "case"), ("berg", "bird"), ("学习", "学习"), ("x_12", "x_12")]
)
def test_short_words_and_other_signs_have_none(one, other):
    assert chance(one, other) < 0.2


def test_longer_likeness_is_surer():
    assert chance("organisation", "organización") > chance("organ", "órgano") > chance("oral", "orar")


def test_numbers_point_to_the_words():
    rows, columns, _ = cognates(["mesa", "nación", "región"], ["region", "the", "nation"])
    assert sorted(zip(rows.tolist(), columns.tolist(), strict=True)) == [(1, 2), (2, 0)]


def test_nothing_to_compare():
    assert [len(found) for found in cognates([], ["nation"])] == [0, 0, 0]
    assert [len(found) for found in cognates(["nation"], [])] == [0, 0, 0]


def test_large_vocabularies_are_fast():
    letters = np.random.default_rng(1).integers(ord("a"), ord("z") + 1, (40_000, 9), np.uint8)
    words = [row.tobytes().decode() for row in letters]
    cognates(words[:10], words[:10])
    start = time.process_time()
    cognates(words[:20_000], words[20_000:])
    assert time.process_time() - start < 2
