import pytest

from amts_desk.core.pairs import Pair, PairFormat


def test_a_reversed_pair_keeps_its_origin():
    pair = Pair("a", "一", "intro.md", 3)
    assert pair.reversed() == Pair("一", "a", "intro.md", 3)
    assert pair.reversed().reversed() == pair


def test_formats_bear_amazons_names():
    assert [*PairFormat] == ["TMX", "CSV", "TSV"]
    with pytest.raises(ValueError, match="xlsx"):
        PairFormat("xlsx")
