import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.core.errors import DeskError
from amts_desk.core.pairs import Pair, PairFormat
from amts_desk.steps.interchange.delimited import read_delimited, write_delimited

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=40)
kinds = st.sampled_from([PairFormat.CSV, PairFormat.TSV])


def written(pairs, kind, source="en", target="zh"):
    stream = io.BytesIO()
    assert write_delimited(pairs, source, target, stream, kind) == len(pairs)
    return stream.getvalue()


def read(data, kind=PairFormat.CSV, source="en", target="zh"):
    return [*read_delimited(io.BytesIO(data), source, target, kind)]


@given(st.lists(st.tuples(texts, texts), max_size=5), kinds)
def test_round_trip(rows, kind):
    pairs = [Pair(source, target, position=number) for number, (source, target) in enumerate(rows)]
    assert read(written(pairs, kind), kind) == pairs


def test_the_very_bytes():
    pairs = [Pair('say "a, b"', "一\t二"), Pair("plain", "三")]
    assert written(pairs, PairFormat.CSV).decode() == 'en,zh\n"say ""a, b""",一\t二\nplain,三\n'
    assert written(pairs, PairFormat.TSV).decode() == 'en\tzh\n"say ""a, b"""\t"一\t二"\nplain\t三\n'


def test_the_stream_stays_open():
    stream = io.BytesIO()
    write_delimited([], "en", "zh", stream, PairFormat.CSV)
    assert not stream.closed
    stream.seek(0)
    assert [*read_delimited(stream, "en", "zh", PairFormat.CSV)] == []
    assert not stream.closed


def test_columns_are_found_by_language_whatever_their_order():
    data = "\ufeffzh-CN,note,EN\r\n一,x,a\r\n\r\n二,y,b\r\n".encode()
    assert read(data) == [Pair("a", "一"), Pair("b", "二", position=1)]
    assert read(data, source="zh", target="en")[0] == Pair("一", "a")


@pytest.mark.parametrize("bad", ["\ud800", "\r"])
def test_what_the_file_cannot_carry_is_refused(bad):
    with pytest.raises(DeskError, match="source of pair 1 holds U"):
        written([Pair(bad, "一")], PairFormat.TSV)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no columns for both en and zh"),
        (b"en,es\na,b\n", "no columns for both en and zh"),
        (b"en,zh\na,b\nc\n", "Line 3 of the CSV file has 1 of 2 columns"),
        (b"en,zh\na,\xff\n", "not UTF-8"),
        (b'en,zh\n"a"b,c\n', "Line 2 of the CSV file cannot be read"),
        (b'en,zh\n"a,c\n', "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_refused(data, message):
    with pytest.raises(DeskError, match=message):
        read(data)
