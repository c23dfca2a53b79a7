"""What is imported, skipped and failed, in each of the three formats."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.endpoint.examples import LONGEST, ImportFailedError, Intake
from amts_desk.endpoint.tables import read_table
from amts_desk.endpoint.tmx import read_tmx


class Seen:
    """What was imported, for when the intake is closed."""

    def __init__(self, imported, intake):
        self.imported = imported
        self.source_language, self.target_languages = imported.source_language, imported.target_languages
        self.size, self._pairs = imported.size, {c: list(intake.pairs(c, 100)) for c in self.target_languages}

    def pairs(self, code):
        return self._pairs[code]


def seen(read, *arguments):
    with Intake() as intake:
        codes = read(*arguments, intake)
        return Seen(intake.result(codes[0], codes[1:]), intake), json.loads(intake.errors())


def table(text, delimiter=","):
    return seen(read_table, io.BytesIO(text.encode()), delimiter)


def tmx(units, header='<header srclang="en"/>', before=""):
    body = f'<?xml version="1.0"?>{before}<tmx version="1.4">{header}<body>{units}</body></tmx>'
    return seen(read_tmx, io.BytesIO(body.encode()))


def unit(source, target, more=""):
    return f'<tu {more}><tuv xml:lang="en"><seg>{source}</seg></tuv><tuv xml:lang="zh"><seg>{target}</seg></tuv></tu>'


def counts(imported):
    told = imported.imported
    return told.count, told.skipped, told.failed


def test_columns_are_languages_the_source_first():
    imported, _ = table('en,zh,es\nOne,一,Uno\n"Two, three","二，三",Dos\n')
    assert (imported.source_language, imported.target_languages) == ("en", ("zh", "es"))
    assert imported.pairs("zh") == [("One", "一"), ("Two, three", "二，三")]
    assert imported.pairs("es")[1] == ("Two, three", "Dos")
    assert imported.size == len("One一UnoTwo, three二，三Dos")


def test_tab_separated():
    imported, _ = table('en\tzh\nOne, two\t一，二\n"a\tb"\t乙\n', "\t")
    assert imported.pairs("zh") == [("One, two", "一，二"), ("a\tb", "乙")]


@pytest.mark.parametrize("first", "+-=@")
@pytest.mark.parametrize("row", ["{}bad,坏", '"{}bad",坏', "bad,{}坏"])
def test_a_field_that_begins_like_a_formula_fails_its_row(first, row):
    imported, errors = table(f"en,zh\nOne,一\n{row.format(first)}\n")
    assert counts(imported) == (1, 0, 1)
    assert errors["summary"] == {"record_error_count": 1, "record_skipped_count": 0}
    assert errors["messages"][0]["content"] == "Number 3 line"


def test_a_line_break_in_a_field_fails_its_row():
    imported, _ = table('en,zh\nOne,一\n"two\nlines",二\nthree,"三\r\n三"\n')
    assert counts(imported) == (1, 0, 2)


def test_blank_texts_and_lines_are_skipped():
    imported, _ = table("en,zh\nOne,一\n\n ,空\nEmpty, \n,\n")
    assert counts(imported) == (1, 4, 0)


def test_a_long_source_skips_its_row_a_long_target_only_itself():
    fits, long = "字" * 333, "字" * 334
    assert len(fits.encode()) <= LONGEST < len(long.encode())
    imported, _ = table(f"zh,en,es\n{fits},a,b\n{long},c,d\n短,{long},e\n")
    assert counts(imported) == (2, 2, 0)
    assert imported.pairs("en") == [(fits, "a")]
    assert imported.pairs("es") == [(fits, "b"), ("短", "e")]


def test_even_a_very_long_text_is_only_skipped():
    imported, _ = table(f"en,zh\n{'x' * 200_000},长\nOne,一\n")
    assert counts(imported) == (1, 1, 0)


def test_of_equal_sources_the_last_wins():
    imported, _ = table("en,zh\nOne,一\nTwo,二\nOne,壹\n")
    assert imported.pairs("zh") == [("Two", "二"), ("One", "壹")]
    assert counts(imported) == (2, 1, 0)


def test_a_row_with_another_number_of_fields_fails():
    imported, _ = table("en,zh\nOne,一\nTwo\nThree,三,3\n")
    assert counts(imported) == (1, 0, 2)


@pytest.mark.parametrize(
    "text", ["", "en\nOne\n", "en,en\nOne,一\n", "English,zh\nOne,一\n", "en,zh\n", 'en,zh\n"One,一\n', "en,zh\n=x,y\n"]
)
def test_a_file_without_header_or_any_good_row_is_refused(text):
    with pytest.raises(ImportFailedError):
        table(text)


@given(st.lists(st.tuples(st.text(), st.text()), max_size=20))
def test_every_row_is_counted_once(rows):
    """Imported, skipped and failed add up to the rows, whatever stands in them."""
    import csv

    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([("en", "zh"), ("One", "一"), *rows])
    imported, _ = table(file.getvalue())
    assert sum(counts(imported)) == len(rows) + 1
    assert all(len(text.encode("utf-8", "surrogatepass")) <= LONGEST for pair in imported.pairs("zh") for text in pair)


def test_tmx_units():
    imported, _ = tmx(unit("One", "一") + unit("Two &amp; three", "二"))
    assert imported.pairs("zh") == [("One", "一"), ("Two & three", "二")]
    assert (imported.source_language, imported.target_languages) == ("en", ("zh",))


def test_tmx_leaves_out_foreign_codes_and_keeps_marked_text():
    imported, _ = tmx(unit('<bpt i="1">&lt;b&gt;</bpt>bold<ept i="1">&lt;/b&gt;</ept> <hi>word</hi>', "粗"))
    assert imported.pairs("zh") == [("bold word", "粗")]


def test_tmx_skips_and_fails():
    no_source = '<tu><tuv xml:lang="zh"><seg>无</seg></tuv></tu>'
    nameless = '<tu><tuv><seg>x</seg></tuv><tuv xml:lang="zh"><seg>无</seg></tuv></tu>'
    units = unit("One", "一") + unit(" ", "空") + unit("x" * 1001, "长") + unit("Empty", "") + no_source + nameless
    imported, errors = tmx(units)
    assert counts(imported) == (1, 3, 2)
    assert errors["messages"][-1]["content"] == "Number 6 TU element"


def test_tmx_leading_signs_and_line_breaks_are_fine():
    imported, _ = tmx(unit("- item", "项") + unit("two\nlines", "二"))
    assert counts(imported) == (2, 0, 0)


def test_in_tmx_the_newest_of_equal_sources_wins():
    imported, _ = tmx(
        unit("One", "新", 'changedate="20250101T000000Z"') + unit("One", "旧", 'changedate="20240101T000000Z"')
        + unit("Two", "先") + unit("Two", "后")
    )  # fmt: skip
    assert imported.pairs("zh") == [("One", "新"), ("Two", "后")]


BOMB = '<!DOCTYPE tmx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>'
REACH = '<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("before", [BOMB, REACH])
def test_tmx_with_declarations_of_its_own_is_refused(before):
    with pytest.raises(ImportFailedError, match="document type"):
        tmx(unit("One &a;", "一"), before=before)


def test_tmx_with_an_outer_document_type_is_read_without_it():
    imported, _ = tmx(unit("One", "一"), before='<!DOCTYPE tmx SYSTEM "http://example.invalid/tmx14.dtd">')
    assert counts(imported) == (1, 0, 0)
    with pytest.raises(ImportFailedError, match="entity"):
        tmx(unit("One &x;", "一"), before='<!DOCTYPE tmx SYSTEM "http://example.invalid/tmx14.dtd">')


@pytest.mark.parametrize("header", ["", '<header srclang="*all*"/>', '<header srclang="en"/><oops>'])
def test_tmx_without_source_language_or_not_well_formed_is_refused(header):
    with pytest.raises(ImportFailedError):
        tmx(unit("One", "一"), header=header)


def test_a_tuv_without_a_segment_fails_its_unit():
    bare = '<tu><tuv xml:lang="en"><seg>One</seg></tuv><tuv xml:lang="zh"/></tu>'
    imported, errors = tmx(bare + unit("Two", "二"))
    assert counts(imported) == (1, 0, 1)
    assert errors["messages"] == [{"content": "Number 1 TU element", "message": "A tuv has no seg element."}]


@pytest.mark.parametrize(
    "body",
    [
        b"<html><header srclang='en'/></html>",
        '<tmx version="1.4"><header srclang="en"/></tmx>'.encode("utf-16"),
        b'<?xml version="1.0" encoding="ISO-8859-1"?><tmx version="1.4"><header srclang="en"/><body>\xe9</body></tmx>',
    ],
)
def test_other_xml_and_other_encodings_are_refused(body):
    with pytest.raises(ImportFailedError):
        seen(read_tmx, io.BytesIO(body))


def test_a_segment_without_end_is_only_too_long():
    imported, _ = tmx(unit("x" * 5_000_000, "长") + unit("One", "一"))
    assert counts(imported) == (1, 1, 0)


def test_a_line_without_end_is_refused():
    with pytest.raises(ImportFailedError, match="longer than"):
        table("en,zh\n" + "x" * 10_000_000 + ",y\n")


def test_the_error_file_has_an_end_and_the_counts_have_none():
    imported, errors = table("en,zh\nOne,一\n" + "=,x\n" * 10_005)
    assert counts(imported) == (1, 0, 10_005)
    assert errors["summary"]["record_error_count"] == 10_005
    assert len(errors["messages"]) == 10_000
