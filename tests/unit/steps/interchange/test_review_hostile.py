"""Files that are damaged, foreign, cut off, or made to harm: refused or repaired, always in a sentence."""

import csv
import io
import random
import re
import zipfile
from contextlib import suppress
from copy import deepcopy

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from amts_desk.core.alignment import BeadState
from amts_desk.core.errors import DeskError
from amts_desk.steps.interchange import review_guard
from amts_desk.steps.interchange.review_cells import CELL_LIMIT
from tests.unit.steps.interchange.reviewing import FORMS, SAMPLE, bead, kinds, outcome, read, written

LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
BOMB = f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
PACKAGES = {"xlsx": "xl/worksheets/sheet1.xml", "docx": "word/document.xml", "intertext": "1-measuring.zh.xml"}


def refused(form, data):
    with pytest.raises(DeskError) as caught:
        read(form, data)
    assert caught.value.message.endswith(".")
    assert caught.value.advice
    return caught.value.message


def repacked(data, change):
    """Return a package with one of its parts changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return stream.getvalue()


def with_doctype(xml, doctype, entity):
    """Return an XML document with a document type whose entity stands in its first text."""
    text = xml.decode("utf-8")
    text = re.sub(r"^(<\?xml[^>]*\?>)?", rf"\1{doctype}", text, count=1)
    return re.sub(r">([^<>\s][^<>]*)<", rf">&{entity};<", text, count=1).encode()


def edited(data, change):
    """Return a workbook after openpyxl has changed its sheet."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book["Review"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def edited_document(data, change):
    """Return a Word document after its table was changed."""
    document = docx.Document(io.BytesIO(data))
    change(document.tables[0], document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


# entities


@pytest.mark.parametrize(("doctype", "entity"), [(BOMB, "l9"), (EXTERNAL, "e")])
@pytest.mark.parametrize("form", PACKAGES)
def test_packages_with_entities_are_refused(form, doctype, entity):
    def change(name, content):
        return with_doctype(content, doctype, entity) if name == PACKAGES[form] else content

    assert "document type" in refused(form, repacked(written(form), change))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(("doctype", "entity"), [(BOMB, "l9"), (EXTERNAL, "e")])
def test_tmx_with_entities_is_refused(doctype, entity, encoding):
    data = with_doctype(written("tmx"), doctype, entity).decode()
    data = data.replace("UTF-8", encoding).encode(encoding)
    assert "document type" in refused("tmx", data)


@pytest.mark.parametrize("part", ["xl/styles.xml", "[Content_Types].xml", "_rels/.rels"])
def test_an_entity_in_any_part_of_a_workbook_is_refused(part):
    hostile = BOMB.encode() + b"<x>&l9;</x>"
    data = edited(written("xlsx"), lambda sheet: None)
    assert "document type" in refused("xlsx", repacked(data, lambda name, old: hostile if name == part else old))


def test_a_sheet_by_another_name_hides_no_entity():
    def change(name, content):
        if name == "xl/_rels/workbook.xml.rels":
            return content.replace(b"sheet1.xml", b"sheet1.bin")
        return content

    stream = io.BytesIO(repacked(written("xlsx"), change))
    with zipfile.ZipFile(stream, "a") as package:
        sheet = with_doctype(package.read("xl/worksheets/sheet1.xml"), BOMB, "l9")
        package.writestr("xl/worksheets/sheet1.bin", sheet)
    assert "document type" in refused("xlsx", stream.getvalue())


def test_a_reference_to_the_dtd_of_tmx_is_no_harm():
    data = written("tmx").replace(b"<tmx ", b'<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx ', 1)
    assert outcome("tmx", data).conflicts == ()
    assert "not well-formed" in refused("tmx", data.replace(b"Measure", b"&nbsp;", 1))


# bombs and damage


@pytest.mark.parametrize("form", PACKAGES)
def test_zip_bombs_are_refused_before_they_unpack(form, monkeypatch):
    monkeypatch.setattr(review_guard, "LARGEST_PACKAGE", 1 << 20)
    bomb = repacked(written(form), lambda name, old: old + b" " * (2 << 20) if name == PACKAGES[form] else old)
    assert len(bomb) < 100_000
    assert "unpacks to more" in refused(form, bomb)


def test_too_many_parts_are_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for number in range(review_guard.MOST_PARTS + 1):
            package.writestr(f"{number}.xml", "")
    assert "unpacks to more" in refused("intertext", stream.getvalue())


def test_a_part_that_lies_about_its_size_is_damaged():
    data = written("docx")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        size = package.getinfo("word/document.xml").file_size
    lie = data.replace(size.to_bytes(4, "little"), (size - 9).to_bytes(4, "little"))
    assert lie != data
    assert "damaged" in refused("docx", lie)


@pytest.mark.parametrize("form", FORMS)
def test_files_cut_off_are_refused_or_told(form):
    data = written(form)
    for length in range(0, len(data), max(1, len(data) // 23)):
        try:
            result = outcome(form, data[:length])
        except DeskError:
            continue
        assert form in ("tsv", "po"), "only what has no end of its own can be cut and still be read"
        assert result.changes == ()
        assert {"row missing", "seal damaged", "unknown row"} & {kind for kind, _ in kinds(result)}


@pytest.mark.parametrize("form", FORMS)
def test_damaged_bytes_raise_nothing_but_a_sentence(form):
    data, chance = written(form), random.Random(5)
    for _ in range(60):
        broken = bytearray(data)
        for _ in range(chance.randint(1, 8)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        with suppress(DeskError):
            outcome(form, bytes(broken))


@pytest.mark.parametrize("form", ["xlsx", "docx", "intertext"])
def test_damaged_xml_inside_a_package_raises_nothing_but_a_sentence(form):
    chance = random.Random(7)

    def damage(name, content):
        if not name.endswith(".xml") or chance.random() < 0.7 or not content:
            return content
        at = chance.randrange(len(content))
        noise = bytes([chance.randrange(32, 127)]) * chance.randrange(3)
        return content[:at] + noise + content[at + chance.randrange(9) :]

    for _ in range(60):
        with suppress(DeskError):
            outcome(form, repacked(written(form), damage))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("data", [b"", b"PK", b"\xff\xfe", b"hello", b"<x/>", b"<tmx/>", b"\x89PNG\r\n", b"a\tb\n1\t2"])
def test_foreign_files_are_refused(form, data):
    refused(form, data)


def test_other_workbooks_and_documents_are_refused():
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    assert "no review file" in refused("xlsx", stream.getvalue())
    assert "damaged" in refused("docx", stream.getvalue())
    stream = io.BytesIO()
    docx.Document().save(stream)
    assert "no review file" in refused("docx", stream.getvalue())


def test_a_missing_part_is_told():
    for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"):
        data = repacked(written("xlsx"), lambda name, content, part=part: None if name == part else content)
        try:
            outcome("xlsx", data)
        except DeskError:
            continue
        assert part == "xl/styles.xml"
    refused("docx", repacked(written("docx"), lambda name, content: None if "document.xml" in name else content))


# spreadsheets


def test_no_cell_is_a_formula_and_every_one_is_marked_as_text():
    sheet = openpyxl.load_workbook(io.BytesIO(written("xlsx")))["Review"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
    assert all((cell.data_type, cell.quotePrefix, cell.number_format) == ("s", True, "@") for cell in cells)
    assert sheet["C7"].value == "+1"
    with zipfile.ZipFile(io.BytesIO(written("xlsx"))) as package:
        assert not any(b"<f>" in package.read(name) for name in package.namelist())


def test_no_cell_of_a_text_file_begins_like_a_formula():
    rows = csv.reader(io.StringIO(written("tsv").decode("utf-8-sig")), delimiter="\t")
    assert not any(cell[:1] in ("=", "+", "-", "@", "\t", "\r") for row in rows for cell in row if cell)


@pytest.mark.parametrize("formula", ["=1+1", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0"])
def test_a_formula_that_was_typed_is_not_evaluated(formula):
    def change(sheet):
        sheet["D2"] = formula
        sheet["F3"] = "a note"

    result = outcome("xlsx", edited(written("xlsx"), change))
    assert kinds(result) == [("cannot be read", 0)]
    assert "formula" in result.conflicts[0].message
    assert "row 2" in str(result.conflicts[0])
    assert [change.row for change in result.changes] == [1]


def test_numbers_are_texts_and_dates_and_errors_are_told():
    import datetime

    def change(sheet):
        sheet["D2"], sheet["C5"], sheet["D5"] = 42, None, 2.5
        sheet["C6"], sheet["D7"] = datetime.date(2026, 1, 2), "#REF!"

    result = outcome("xlsx", edited(written("xlsx"), change))
    assert [(c.row, c.after.target[0].text) for c in result.changes] == [(0, "42"), (3, "2.5")]
    assert kinds(result) == [("cannot be read", 4), ("cannot be read", 5)]


@pytest.mark.parametrize("form", ["xlsx", "tsv"])
def test_a_text_too_long_for_a_cell_is_there_to_be_read_only(form):
    long = "字" * 33_000
    found = [bead(["One."], [long], 0), bead(["Two."], ["🤖" * 16_383], 1), bead(["Three."], ["🤖" * 16_384], 2)]
    data = written(form, found)
    rows = read(form, data).rows
    assert "33000 characters are too many" in rows[0].content.target[0]
    assert all(len(text.encode("utf-16-le")) // 2 < CELL_LIMIT for row in rows for text in row.content.target)
    assert rows[1].content.target == ("🤖" * 16_383,)
    assert (outcome(form, data, found).changes, outcome(form, data, found).conflicts) == ((), ())
    if form == "xlsx":
        result = outcome(form, edited(data, lambda sheet: sheet.__setitem__("E2", "confirmed")), found)
        assert kinds(result) == [("read only", 0)]


@pytest.mark.parametrize("form", ["docx", "tmx", "intertext"])
def test_other_formats_carry_long_texts_whole(form):
    found = [bead(["One."], ["字" * 33_000], 0)]
    assert read(form, written(form, found)).rows[0].content.target == ("字" * 33_000,)


def test_a_cell_that_a_program_has_cut_is_told():
    result = outcome("xlsx", edited(written("xlsx"), lambda sheet: sheet.__setitem__("D2", "x" * 40_000)))
    assert kinds(result) == [("cannot be read", 0)]
    assert "cut texts off" in result.conflicts[0].message


def test_columns_may_be_moved_and_rows_sorted_hidden_and_filtered():
    def change(sheet):
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        rows[2][5] = "a note"
        order = [7, 3, 2, 5, 4, 6, 0, 1]
        sheet.delete_rows(1, sheet.max_row)
        sheet.append(["Please send this back by Friday"])
        for row in [rows[0], *reversed(rows[1:])]:
            sheet.append([row[i] for i in order])
            for cell in sheet[sheet.max_row]:
                cell.data_type = "s" if cell.value else "n"
        sheet.row_dimensions[4].hidden = True

    result = outcome("xlsx", edited(written("xlsx"), change))
    assert [(c.row, c.after.note) for c in result.changes] == [(1, "a note")]
    assert [kind for kind, _ in kinds(result)] == ["order changed"]


def test_merged_cells_are_told():
    result = outcome("xlsx", edited(written("xlsx"), lambda sheet: sheet.merge_cells("F2:F3")))
    assert kinds(result) == [("cannot be read", 0), ("cannot be read", 1)]

    def change(table, _):
        table.cell(1, 5).merge(table.cell(2, 5))

    result = outcome("docx", edited_document(written("docx"), change))
    assert kinds(result) == [("cannot be read", 0), ("cannot be read", 1)]


def test_cells_far_away_are_passed_over():
    data = edited(written("xlsx"), lambda sheet: sheet.__setitem__("XFD90000", "x"))
    assert outcome("xlsx", data).conflicts == ()
    endless = repacked(data, lambda name, old: old.replace(b'"90000"', b'"900000000000"').replace(b"XFD90000", b"A1"))
    assert outcome("xlsx", endless).changes == ()


def test_a_column_that_is_gone_is_told():
    data = edited(written("xlsx"), lambda sheet: sheet.delete_cols(8))
    assert refused("xlsx", data) == "The table lacks the column “Hash”."
    data = edited(written("xlsx"), lambda sheet: sheet.delete_cols(5))
    assert refused("xlsx", data) == "The table lacks the column “State”."


def test_rows_deleted_added_and_copied():
    def change(sheet):
        sheet.append([cell.value for cell in sheet[2]])
        sheet.append(["9", "", "A new pair.", "新的一对。"])
        sheet.delete_rows(4)

    result = outcome("xlsx", edited(written("xlsx"), change))
    assert sorted(kinds(result)) == [("row missing", 2), ("row twice", 0), ("unknown row", -1)]


def test_halves_of_characters_make_no_harm():
    result = outcome("xlsx", edited(written("xlsx"), lambda sheet: sheet.__setitem__("D2", "a_xD800_b_x000D_")))
    assert [change.after.target[0].text for change in result.changes] == ["a_xD800_b"]

    def change(table, _):
        table.cell(1, 3).paragraphs[0]._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:sym w:char="D800"/></w:r>'))

    result = outcome("docx", edited_document(written("docx"), change))
    assert [change.after.target[0].text for change in result.changes] == ["量两次。\ufffd"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'r="A2"', b'r="??"'),
        (b'r="A2"', b'r=""'),
        (b't="inlineStr"', b't="s"'),
        (b"<row ", b'<row x="" '),
        (b"s=", b"s=9"),
    ],
)
def test_sheets_damaged_on_purpose_raise_nothing_but_a_sentence(old, new):
    data = repacked(written("xlsx"), lambda name, part: part.replace(old, new) if "sheet1" in name else part)
    assert data != written("xlsx")
    with suppress(DeskError):
        outcome("xlsx", data)


@pytest.mark.parametrize("content", ["1e9999", "99999999999999999999", "-1", "x", "D8000000000000000000"])
def test_documents_damaged_on_purpose_raise_nothing_but_a_sentence(content):
    def change(table, _):
        cell = table.cell(1, 3)
        cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:gridSpan {nsdecls("w")} w:val="{content}"/>'))
        cell.paragraphs[0]._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:sym w:char="{content}"/></w:r>'))

    with suppress(DeskError):
        outcome("docx", edited_document(written("docx"), change))


# text files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", ["\t", ";", ","])
def test_tables_as_other_programs_save_them(encoding, delimiter):
    rows = list(csv.reader(io.StringIO(written("tsv").decode("utf-8-sig"), newline=""), delimiter="\t"))
    rows[1][4] = "confirmed"
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    data = stream.getvalue().encode(encoding)
    result = outcome("tsv", data)
    assert [(c.row, c.after.state) for c in result.changes] == [(0, BeadState.CONFIRMED)]
    assert result.conflicts == ()
    notices = read("tsv", data).notices
    assert len(notices) == (delimiter != "\t") + encoding.startswith("utf-16")


def test_texts_in_no_encoding_are_refused():
    assert "neither UTF-8 nor UTF-16" in refused("tsv", "Source\tTarget\tId\tHash\n\xe9".encode("latin-1"))


# Word


def test_tracked_changes_are_read_as_accepted():
    def change(table, _):
        paragraph = table.cell(1, 3).paragraphs[0]._p  # 量两次。
        run = paragraph.r_lst[0]
        run.text = "量"
        for xml in (
            '<w:del {} w:id="1" w:author="A"><w:r><w:delText>两次</w:delText></w:r></w:del>',
            '<w:ins {} w:id="2" w:author="A"><w:r><w:t>三</w:t></w:r><w:r><w:t>遍</w:t></w:r></w:ins>',
            "<w:r {}><w:t>。</w:t></w:r>",
        ):
            paragraph.append(parse_xml(xml.format(nsdecls("w"))))
        assert table.cell(1, 3).text == "量。", "what python-docx makes of it"
        removed = table.rows[4]._tr
        removed.get_or_add_trPr().append(parse_xml(f'<w:del {nsdecls("w")} w:id="3" w:author="A"/>'))

    result = outcome("docx", edited_document(written("docx"), change))
    assert [(c.row, c.after.target[0].text) for c in result.changes] == [(0, "量三遍。")]
    assert kinds(result) == [("row missing", 3)]


def test_a_deleted_paragraph_mark_joins_two_sentences():
    def change(table, _):
        first = table.cell(3, 3).paragraphs[0]._p  # 分数， / 叫 BLEU。
        mark = f'<w:rPr {nsdecls("w")}><w:del w:id="1" w:author="A"/></w:rPr>'
        first.get_or_add_pPr().append(parse_xml(mark))

    result = outcome("docx", edited_document(written("docx"), change))
    assert kinds(result) == [("other sentences", 2)]
    assert result.conflicts[0].theirs.target == ("分数，叫 BLEU。",)


def test_moves_fields_links_and_controls():
    def change(table, document):
        paragraph = table.cell(1, 2).paragraphs[0]._p
        paragraph.clear_content()
        for xml in (
            '<w:moveFrom {} w:id="1"><w:r><w:t>gone </w:t></w:r></w:moveFrom>',
            '<w:moveTo {} w:id="2"><w:r><w:t>Measure</w:t></w:r></w:moveTo>',
            '<w:hyperlink {}><w:r><w:t xml:space="preserve"> three</w:t></w:r></w:hyperlink>',
            "<w:r {}><w:instrText>PAGE</w:instrText></w:r>",
            '<w:sdt {}><w:sdtContent><w:r><w:t xml:space="preserve"> times.</w:t></w:r></w:sdtContent></w:sdt>',
        ):
            paragraph.append(parse_xml(xml.format(nsdecls("w"))))

    (change_,) = outcome("docx", edited_document(written("docx"), change)).changes
    assert change_.after.source[0].text == "Measure three times."


def test_ids_are_hidden_in_word_and_in_excel():
    document = docx.Document(io.BytesIO(written("docx")))
    cells = [cell for row in document.tables[0].rows for cell in row.cells[6:]]
    assert all(run.font.hidden for cell in cells for paragraph in cell.paragraphs for run in paragraph.runs)
    sheet = openpyxl.load_workbook(io.BytesIO(written("xlsx")))["Review"]
    assert [letter for letter in "ABCDEFGH" if sheet.column_dimensions[letter].hidden] == ["G", "H"]


def test_a_table_that_was_split_in_two_is_still_read():
    def change(table, _):
        second = deepcopy(table._tbl)
        for row in second.findall(qn("w:tr"))[1:4]:
            second.remove(row)
        for row in table._tbl.findall(qn("w:tr"))[4:]:
            table._tbl.remove(row)
        table._tbl.addnext(second)
        table._tbl.addnext(parse_xml(f"<w:p {nsdecls('w')}/>"))

    result = outcome("docx", edited_document(written("docx"), change))
    assert (result.changes, result.conflicts) == ((), ())


# TMX and InterText


def test_a_unit_without_a_language_is_told():
    data = re.sub(rb'<tuv xml:lang="zh"><seg>[^<]*</seg></tuv>', b"", written("tmx"), count=1)
    assert kinds(outcome("tmx", data)) == [("cannot be read", 0)]


def test_codes_of_other_programs_are_no_text():
    data = written("tmx").replace("量两次。".encode(), '<ph x="1">{b}</ph>量<hi>三</hi>次。'.encode())
    (change,) = outcome("tmx", data).changes
    assert change.after.target[0].text == "量三次。"


def test_an_alignment_as_intertext_writes_it_anew():
    """Its own attributes only, sentences numbered anew: what we need stands in the documents."""

    def change(name, content):
        text = content.decode()
        if ".en.zh." in name:
            text = re.sub(r' (bead|hash|state|note)="[^"]*"', "", text)
            text = text.replace('status="auto"', 'status="man"', 1)
        text = re.sub(r'(id="|[ ;"])(\d+):(\d+)(?=[" ;])', r"\1p\2s\3", text)
        return text.encode()

    result = outcome("intertext", repacked(written("intertext"), change))
    assert result.conflicts == ()
    assert [(c.row, c.after.state) for c in result.changes] == [(0, BeadState.CONFIRMED)]


def test_sentences_moved_between_links_are_told():
    def change(name, content):
        if ".en.zh." in name:
            return content.replace(b'xtargets="1:1;1:1"', b'xtargets="1:1 2:1;1:1"').replace(
                b'xtargets="2:1 2:2;2:1"', b'xtargets="2:2;2:1"'
            )
        return content

    result = outcome("intertext", repacked(written("intertext"), change))
    assert kinds(result) == [("cannot be read", 0), ("cannot be read", 1)]
    assert "do that in Align" in result.conflicts[0].message


def test_an_archive_without_one_of_its_documents_is_refused():
    data = repacked(written("intertext"), lambda name, content: None if name.endswith("g.zh.xml") else content)
    assert "lacks the document 1-measuring.zh.xml" in refused("intertext", data)


def test_the_sample_holds_what_the_tests_are_about():
    assert [b.shape for b in SAMPLE] == ["1-1", "2-1", "1-2", "0-1", "1-0", "1-1"]
