import pytest

from amts_desk.steps.align.glosses import phrases, stem_shares


@pytest.mark.parametrize(
    ("gloss", "expected"),
    [
        ("to try; a test (coll.)", ["try", "test"]),
        ("The  Sun, star [astronomy]", ["sun", "star"]),
        ("(electric) iron", ["iron"]),
        ("(only an aside)", []),
    ],
)
def test_phrases(gloss, expected):
    assert list(phrases(gloss)) == expected


def test_every_phrase_has_one_vote():
    assert stem_shares(["deep learning", "study"]) == pytest.approx({"deep": 0.25, "learn": 0.25, "studi": 0.5})


def test_empty_words_have_none():
    assert stem_shares(["of the", "to be"]) == {}
