"""Files of terms: what is written is read again, what others write is understood, what is hostile is refused."""

import csv
import io
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.core.errors import DeskError
from amts_desk.core.terms import Term, table
from amts_desk.steps.interchange.terms_csv import read_csv, write_csv
from amts_desk.steps.interchange.terms_languages import code_of
from amts_desk.steps.interchange.terms_markdown import read_markdown, write_markdown
from amts_desk.steps.interchange.terms_tbx import read_tbx, write_tbx
from amts_desk.steps.interchange.terms_tmx import read_tmx_terms, write_tmx_terms

characters = st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff", codec="utf-8")
plain = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff") | st.sampled_from("\n\t")
special = st.text(st.sampled_from("'=+-@|\\<br>\",;&\n\t`"), max_size=6)
texts = (st.text(plain, max_size=12) | special).map(lambda text: f"{text}x" if not text.strip() else text)
notes = st.text(plain, max_size=6) | special
terms = st.lists(
    st.builds(Term, st.just("en"), st.sampled_from(["zh", "es", "zh-TW"]), texts, texts, notes).map(Term.tidied),
    min_size=1,
    max_size=8,
)


def by_language(rows):
    """Return the terms in the order that is kept: by pair of languages and source."""
    return sorted(rows, key=lambda term: term.key)


def term(source, target, note="", languages=("en", "zh")):
    return Term(*languages, source, target, note)


@given(terms)
def test_csv_comes_back_as_it_went(rows):
    assert by_language(read_csv(write_csv(table(rows, "en")).decode()).terms) == by_language(rows)


@given(terms)
def test_markdown_comes_back_as_it_went(rows):
    assert by_language(read_markdown(write_markdown(table(rows, "en")).decode()).terms) == by_language(rows)


@given(terms)
def test_tbx_comes_back_as_it_went(rows):
    assert by_language(read_tbx(write_tbx(table(rows, "en"))).terms) == by_language(rows)


@given(terms)
def test_tmx_comes_back_as_it_went_without_the_notes(rows):
    rows = [Term(*term.key, term.target) for term in rows]
    assert by_language(read_tmx_terms(write_tmx_terms(table(rows, "en"))).terms) == by_language(rows)


# ---- CSV ---------------------------------------------------------------------------------------------------------


def test_csv_is_the_file_that_amazon_takes():
    rows = [term("a", "甲"), term("a", "uno", languages=("en", "es")), term("b", "dos", languages=("en", "es"))]
    assert write_csv(table(rows, "en")).decode() == "en,zh,es\na,甲,uno\nb,,dos\n"


def test_no_cell_of_csv_is_a_formula():
    rows = [term(text, "甲", text) for text in ("=1+1", "-x", "+x", "@SUM(A1)", "'=1", "it's")]
    cells = [cell for row in csv.reader(io.StringIO(write_csv(table(rows, "en")).decode())) for cell in row]
    assert cells[3:] == [
        "'=1+1", "甲", "'=1+1", "'-x", "甲", "'-x", "'+x", "甲", "'+x", "'@SUM(A1)", "甲", "'@SUM(A1)",
        "''=1", "甲", "''=1", "it's", "甲", "it's",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("en;zh\na;甲\n", [term("a", "甲")]),
        ("en\tzh\na\t甲\n", [term("a", "甲")]),
        ("English,Chinese,Comment\r\na,甲,noun\r\n", [term("a", "甲", "noun")]),
        ("EN-us,zh_Hans\n a , 甲\n\n,\nb\n", [term("a", "甲")]),
        ('en,zh\n"a, ""b""",甲\n', [term('a, "b"', "甲")]),
        ("zh,en,es\n甲,a,uno\n", [term("甲", "a", "", ("zh", "en")), term("甲", "uno", "", ("zh", "es"))]),
    ],
)
def test_tables_of_other_programs(text, found):
    assert list(read_csv(text).terms) == found


def test_a_column_of_an_unknown_language_is_left_out_and_told():
    found = read_csv("en,xx,zh\na,b,甲\n")
    assert found.terms == (term("a", "甲"),)
    assert found.notes == ("“xx” is not a language AMTS Desk knows, so its terms were left out.",)


def test_columns_without_names_are_those_that_are_said():
    assert read_csv("a,甲,noun\nb,乙\n", ("en", "zh")).terms == (term("a", "甲", "noun"), term("b", "乙"))
    with pytest.raises(DeskError, match="names no two languages; it reads: a, 甲"):
        read_csv("a,甲\n")
    with pytest.raises(DeskError, match="nothing"):
        read_csv("")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('en,zh\n"a,甲\n', "cannot be read"),
        ('en,zh\n"a"b,甲\n', "Line 2"),
        ("x," * 5000, "5001 languages or columns"),
    ],
)
def test_a_broken_table_is_refused(text, said):
    with pytest.raises(DeskError, match=said):
        read_csv(text)


@pytest.mark.parametrize("write", [write_csv, write_markdown, write_tmx_terms, write_tbx])
def test_half_a_character_is_not_written(write):
    with pytest.raises(DeskError, match="Term 1 holds U\\+D800"):
        write(table([term("a", "\ud800")], "en"))


# ---- Markdown ----------------------------------------------------------------------------------------------------


def test_the_table_looks_like_one():
    assert write_markdown(table([term("a|b", "甲", "x\ny")], "en")).decode() == (
        "| en | zh | note |\n| --- | --- | --- |\n| a\\|b | 甲 | x<br>y |\n"
    )


def test_tables_among_other_text():
    text = """# Terms\nSee | below\n\nEnglish | Chinese\n:-- | --:\na | 甲\n`b` | 乙 |\n\nmore\n
| x | y |\n|---|---|\n| 1 | 2 |\n"""
    assert read_markdown(text).terms == (term("a", "甲"), term("`b`", "乙"))
    assert read_markdown("| x | y |\n|---|---|\n| a | 甲 |\n", ("en", "zh")).terms[1:] == (term("a", "甲"),)


LIST = """## 英汉术语对照

汇聚层，pooling layer

- 长短期记忆网络，long short-term memory (LSTM)
动量法，momentum (method)
实例/示例，instance
"""


def test_a_list_of_terms_is_read_with_english_as_the_source():
    assert read_markdown(LIST).terms == (
        term("pooling layer", "汇聚层"),
        term("long short-term memory", "长短期记忆网络", "LSTM"),
        term("momentum (method)", "动量法"),
        term("instance", "实例", "示例"),
    )


def test_a_list_the_other_way_round_and_in_other_languages():
    assert read_markdown("pooling，汇聚\nlayer, 层\n", ("en", "zh")).terms == (
        term("pooling", "汇聚"),
        term("layer", "层"),
    )
    assert read_markdown("capa, layer\n", ("en", "es")).terms == (term("layer", "capa", "", ("en", "es")),)
    with pytest.raises(DeskError, match="in one language"):
        read_markdown("capa, layer\n")


@pytest.mark.parametrize("text", ["", "# Only a heading\n", "Prose, with commas.\nMore, of it!\nAnd more\n"])
def test_what_is_no_list_is_refused(text):
    with pytest.raises(DeskError, match="neither a table of terms nor a list"):
        read_markdown(text)


ENDLESS = ["|", "\\", "(A.", " ", "，", "a\\|", "<br>", "- "]


@pytest.mark.parametrize("piece", ENDLESS)
@pytest.mark.parametrize("head", ["", "en|zh\n-|-\n"])
def test_an_endless_line_takes_no_endless_time(head, piece):
    """Reading is linear: were it quadratic, these would take hours and the time limit of the tests would end them."""
    text = head + piece * 1_000_000 + "x|-|"
    if head:
        assert len(read_markdown(text).terms) <= 1
    else:
        with pytest.raises(DeskError):
            read_markdown(text)


def test_the_terms_of_d2l_are_read_whole(shared_data):
    text = (shared_data / "d2l" / "TERMINOLOGY.md").read_text("utf-8")
    found = read_markdown(text).terms
    assert len(found) == sum("，" in line for line in text.splitlines()) == 138
    assert {term.direction for term in found} == {"en-zh"}
    assert term("pooling layer", "汇聚层") in found
    assert term("recurrent neural network", "循环神经网络", "RNN") in found
    assert all(t.source and t.target and "，" not in t.source + t.target for t in found)
    assert read_markdown(write_markdown(table(found, "en")).decode()).terms == found


# ---- TMX and TBX -------------------------------------------------------------------------------------------------


def tmx(body, head=""):
    return f'{head}<tmx version="1.4"><header srclang="en"/><body>{body}</body></tmx>'.encode()


def test_tmx_of_other_programs():
    unit = (
        '<tu><note>noun</note><tuv xml:lang="ZH-CN"><seg>甲</seg></tuv>'
        '<tuv xml:lang="en-US"><seg>a<ph>&lt;b></ph></seg></tuv><tuv xml:lang="xx"><seg>?</seg></tuv></tu>'
    )
    found = read_tmx_terms(tmx(unit, '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'))
    assert found.terms == (term("a", "甲"),)
    assert len(found.notes) == 1
    assert read_tmx_terms(tmx(unit), ("zh", "en")).terms == (term("甲", "a", "", ("zh", "en")),)


def test_equal_terms_make_equal_tmx():
    rows = [term("a", "甲"), term("a", "uno", languages=("en", "es"))]
    root = ElementTree.fromstring(write_tmx_terms(table(rows, "en")))
    assert [len(unit) for unit in root.iter("tu")] == [3]
    assert (root.find("header").get("srclang"), root.find("header").get("creationdate")) == ("en", None)


VERSION_2 = """<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><martifHeader/><text><body>
<termEntry id="1"><descrip type="definition">d</descrip><note>first</note>
 <langSet xml:lang="en-US"><tig><term>batch</term></tig><ntig><termGrp><term>lot</term></termGrp></ntig></langSet>
 <langSet xml:lang="zh-Hans"><tig><term>旧</term>
   <termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></tig>
  <tig><term>批</term></tig>
  <tig><term>批量</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig></langSet>
 <langSet xml:lang="xx"><tig><term>?</term></tig></langSet>
</termEntry></body></text></martif>"""
VERSION_3 = """<tbx xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min" style="dct"
 type="TBX-Basic" xml:lang="fr"><tbxHeader/><text><body><conceptEntry id="1">
 <langSec xml:lang="zh"><termSec><term>甲</term></termSec></langSec><langSec xml:lang="en">
 <termSec><term>a</term><min:administrativeStatus>admittedTerm-admn-sts</min:administrativeStatus></termSec>
 <termSec><min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus><term>z</term></termSec>
 </langSec></conceptEntry></body></text></tbx>"""


def test_tbx_of_version_2_takes_the_preferred_term():
    found = read_tbx(VERSION_2.encode())
    assert found.terms == (term("batch", "批量", "first; 批"), term("lot", "批量", "first; 批"))
    assert len(found.notes) == 1
    assert read_tbx(VERSION_2.encode(), ("zh", "en")).terms[0] == term("批量", "batch", "first; lot", ("zh", "en"))


def test_tbx_of_version_3_begins_with_its_first_language():
    assert read_tbx(VERSION_3.encode()).terms == (term("甲", "a", "", ("zh", "en")),)


def test_tbx_has_the_structure_of_version_3():
    root = ElementTree.fromstring(write_tbx(table([term("a & <b>", "甲", "n")], "en")))
    space = "{urn:iso:std:iso:30042:ed-2}"
    assert (root.tag, root.get("type"), root.get("style")) == (f"{space}tbx", "TBX-Basic", "dca")
    assert [child.tag.removeprefix(space) for child in root] == ["tbxHeader", "text"]
    (concept,) = root.iter(f"{space}conceptEntry")
    assert [child.tag.removeprefix(space) for child in concept] == ["note", "langSec", "langSec"]
    assert [found.text for found in concept.iter(f"{space}term")] == ["a & <b>", "甲"]


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(9))
HOSTILE = [
    f"<!DOCTYPE {{0}} [{LAUGHS}]><{{0}}>&a8;</{{0}}>",
    '<!DOCTYPE {0} [<!ENTITY x SYSTEM "file:///etc/passwd">]><{0}>&x;</{0}>',
    '<!DOCTYPE {0} [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x">%x;]><{0}/>',
    '<!DOCTYPE {0} SYSTEM "file:///etc/passwd"><{0}>&x;</{0}>',
    "<{0}>&x;</{0}>",
    "<{0}>",
    "",
    "no XML",
    "<html/>",
    "<{0}/>",
    "<{0}>" + "<x>" * 50_000,
    "<{0}><text><body>" + "<termEntry>" * 20_000 + "</termEntry>" * 20_000 + "</body></text></{0}>",
    "<{0}><header/>" + "".join(f'<tuv xml:lang="x{n}"/>' for n in range(500)) + "</{0}>",
]


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize(("name", "read"), [("tmx", read_tmx_terms), ("tbx", read_tbx), ("martif", read_tbx)])
def test_hostile_xml_is_refused_with_a_message(name, read, body):
    with pytest.raises(DeskError) as caught:
        read(body.replace("{0}", name).encode())
    assert caught.value.advice
    assert "root:" not in str(caught.value)


@pytest.mark.parametrize(
    ("tag", "code"),
    [("en", "en"), ("zh-Hans-CN", "zh"), ("ZH_cn", "zh"), ("zh-TW", "zh-TW"), ("Spanish", "es"), ("", ""), ("xx", "")],
)
def test_languages_go_by_many_names(tag, code):
    assert code_of(tag) == code
