import io
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.core.errors import DeskError
from amts_desk.core.pairs import Pair
from amts_desk.steps.interchange.tmx import read_tmx, write_tmx

texts = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=40)
origins = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=8
)
NOON = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)


def written(pairs, source="en", target="zh", **options):
    stream = io.BytesIO()
    assert write_tmx(pairs, source, target, stream, created=NOON, **options) == len(pairs)
    return stream.getvalue()


def read(data, source="en", target="zh"):
    return [*read_tmx(io.BytesIO(data), source, target)]


def document(body, head='<?xml version="1.0"?>'):
    return f'{head}<tmx version="1.4"><header srclang="en"/><body>{body}</body></tmx>'.encode()


@given(st.lists(st.builds(Pair, texts, texts, origins, st.integers(0, 9999)), max_size=5))
def test_round_trip(pairs):
    assert read(written(pairs)) == pairs


def test_pairs_without_a_chapter_are_numbered():
    assert read(written([Pair("a", "一"), Pair("b", "二", position=7)])) == [
        Pair("a", "一"),
        Pair("b", "二", position=1),
    ]


def test_line_breaks_and_tabs_survive():
    pair = Pair("a\tb\nc\r\nd\re", " 一 \n", "x")
    assert read(written([pair])) == [pair]


def test_header_and_units_follow_the_specification():
    root = ElementTree.fromstring(written([Pair("a & <b>", "一")], "es", "zh-TW", unit="paragraph"))
    assert (root.tag, root.get("version")) == ("tmx", "1.4")
    header = root.find("header")
    assert {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"} <= {
        *header.keys()
    }
    assert (header.get("srclang"), header.get("segtype")) == ("es", "paragraph")
    assert header.get("creationdate") == "20260301T123000Z"
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert [(tuv.get(lang), tuv.find("seg").text) for tuv in root.iter("tuv")] == [("es", "a & <b>"), ("zh-TW", "一")]


@pytest.mark.parametrize("bad", ["\x00", "\x1b", "\ud800", "\ufffe", "\uffff"])
def test_characters_xml_cannot_carry_are_refused(bad):
    with pytest.raises(DeskError, match=f"target of pair 2 \\(intro.md\\) holds U\\+{ord(bad):04X} at character 3"):
        write_tmx([Pair("a", "b"), Pair("a", f"bc{bad}", "intro.md")], "en", "zh", io.BytesIO())


def test_writing_and_reading_hold_one_unit_at_a_time():
    stream = io.BytesIO()
    pairs = (Pair(f"text {n} " * 50, "一" * 200) for n in range(2000))
    write_tmx(pairs, "en", "zh", stream)
    stream.seek(0)
    assert next(read_tmx(stream, "en", "zh")).source.startswith("text 0 ")
    assert stream.tell() < len(stream.getvalue()) / 10


def test_inline_codes_are_left_out_and_highlights_kept():
    unit = (
        '<tu><note>n</note><tuv xml:lang="EN-us"><prop type="p">x</prop><seg>See <bpt i="1">&lt;b&gt;</bpt>the '
        '<hi>chapter</hi><ept i="1">&lt;/b&gt;</ept><ph>{1}<sub>alt</sub></ph>.</seg></tuv>'
        '<tuv xml:lang="zh_CN"><seg>见该章。</seg></tuv><tuv xml:lang="zh-TW"><seg>見該章。</seg></tuv></tu>'
    )
    assert read(document(unit)) == [Pair("See the chapter.", "见该章。")]
    assert read(document(unit), "zh-TW", "en") == [Pair("見該章。", "See the chapter.")]


def test_units_without_both_languages_are_left_out():
    body = (
        '<tu><tuv xml:lang="en"><seg>a</seg></tuv></tu>'
        '<tu><tuv lang="en"><seg>b</seg></tuv><tuv lang="zh"><seg>二</seg></tuv></tu>'
    )
    assert read(document(body)) == [Pair("b", "二", position=1)]
    with pytest.raises(DeskError, match="no text in both en and es") as caught:
        read(document(body), "en", "es")
    assert "en, zh" in caught.value.advice
    assert read(document("")) == []


def test_utf16_as_other_programs_write_it():
    text = document('<tu><tuv xml:lang="en"><seg>a</seg></tuv><tuv xml:lang="zh"><seg>一</seg></tuv></tu>', "").decode()
    assert read(f'<?xml version="1.0" encoding="UTF-16"?>{text}'.encode("utf-16")) == [Pair("a", "一")]


LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))


@pytest.mark.parametrize(
    "declaration",
    [
        f'<!DOCTYPE tmx [<!ENTITY l0 "ha">{LAUGHS}]>',
        '<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd" [<!ENTITY x "y">]>',
        "<!DOCTYPE tmx [<!ELEMENT tmx ANY>]>",
    ],
)
def test_declarations_are_refused_before_they_take_effect(declaration):
    body = '<tu><tuv xml:lang="en"><seg>&l9;</seg></tuv><tuv xml:lang="zh"><seg>&x;</seg></tuv></tu>'
    with pytest.raises(DeskError, match="declares its own document type in line 1"):
        read(document(body, f'<?xml version="1.0"?>{declaration}'))


def test_the_usual_document_type_is_read_but_unknown_entities_are_not():
    head = '<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "http://127.0.0.1:9/tmx14.dtd">'
    unit = '<tu><tuv xml:lang="en"><seg>{}</seg></tuv><tuv xml:lang="zh"><seg>一</seg></tuv></tu>'
    assert read(document(unit.format("a"), head)) == [Pair("a", "一")]
    with pytest.raises(DeskError, match="unknown entity “&x;”"):
        read(document(unit.format("&x;"), head))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not well-formed"),
        (b"<tmx><body>", "not well-formed"),
        (b"<html/>", "no TMX: it begins with <html>"),
        (b"not xml", "not well-formed"),
        (b'<?xml version="1.0" encoding="nonsense"?><tmx/>', "not well-formed"),
        (b'<?xml version="1.0" encoding="gb18030"?><tmx>\xd2\xbb</tmx>', "not well-formed"),
        (document("&x;"), "not well-formed"),
    ],
)
def test_what_is_no_tmx_is_refused(data, message):
    with pytest.raises(DeskError, match=message):
        read(data)
