"""Every format carries every text, and brings back exactly what a reviewer changed with another program."""

import csv
import io
import re
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import docx
import openpyxl
import polib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amts_desk.core.alignment import BeadState
from amts_desk.steps.interchange.review_cells import as_cell, from_cell, guarded, unguarded
from tests.unit.steps.interchange.reviewing import FORMS, SAMPLE, TEXTS, bead, beads, outcome, read, texts, written

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
slow = settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])


@given(st.lists(texts, min_size=1, max_size=4), st.sampled_from(["\n", " ┊ "]))
def test_a_cell_gives_back_its_texts(found, border):
    cell = as_cell(found, border)
    back = from_cell(cell)
    assert [text.strip(" ") for text in back] == [text.strip(" ") for text in found]
    assert unguarded(guarded(cell)) == cell


@pytest.mark.parametrize("form", FORMS)
@slow
@given(beads())
def test_what_nobody_changed_changes_nothing(form, found):
    result = outcome(form, written(form, found), found)
    assert (result.changes, result.conflicts, result.splice) == ((), (), None)


@pytest.mark.parametrize("form", FORMS)
def test_every_hard_text_comes_back_as_it_was(form):
    found = [bead([text, "x"], [text], number) for number, text in enumerate(TEXTS)]
    rows = read(form, written(form, found)).rows
    assert [row.content.tidy().target[0] for row in rows] == list(TEXTS)


# what a reviewer edits, with the program that edits it


def by_openpyxl(edits):
    def edit(data):
        book = openpyxl.load_workbook(io.BytesIO(data))
        sheet = book["Review"]
        place = {cell.value.split(" ")[0]: cell.column for cell in sheet[1]}
        for row, (column, text) in edits:
            cell = sheet.cell(row + 2, place[column])
            cell.value = text
            cell.data_type = "s"
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    return edit


def by_python_docx(edits):
    def edit(data):
        document = docx.Document(io.BytesIO(data))
        table = document.tables[0]
        place = {cell.text.split(" ")[0]: number for number, cell in enumerate(table.rows[0].cells)}
        for row, (column, text) in edits:
            table.rows[row + 1].cells[place[column]].text = text
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()

    return edit


def by_csv(edits):
    def edit(data):
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter="\t"))
        place = {name.split(" ")[0]: number for number, name in enumerate(rows[0])}
        for row, (column, text) in edits:
            rows[row + 1][place[column]] = text.replace("\n", " ┊ ")
        stream = io.StringIO(newline="")
        csv.writer(stream, delimiter="\t").writerows(rows)
        return stream.getvalue().encode("utf-8")

    return edit


def by_xml(edits):
    """Edit a TMX as a CAT tool does."""

    def edit(data):
        root = ElementTree.fromstring(data)
        units = root.findall(".//tu")
        for row, (column, text) in edits:
            unit = units[row]
            if column == "State":
                unit.find("prop[@type='x-state']").text = text
            elif column == "Note":
                note = unit.find("note")
                if note is None:
                    note = ElementTree.Element("note")
                    unit.insert(0, note)
                note.text = text
            else:
                language = {"Source": "en", "Target": "zh"}[column]
                next(v for v in unit.findall("tuv") if v.get(XML_LANG) == language).find("seg").text = text
        return ElementTree.tostring(root, encoding="utf-16")

    return edit


def by_xml_in_zip(edits):
    """Edit the documents and the alignment of an InterText archive."""

    def edit(data):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {name: ElementTree.fromstring(package.read(name)) for name in package.namelist()}
        source, target, alignment = parts.values()
        links = alignment.findall("link")
        for row, (column, text) in edits:
            link = links[row]
            if column == "State":
                link.set("state", text)
            elif column == "Note":
                link.set("note", text)
            else:
                side = column == "Target"
                ids = link.get("xtargets").split(";")[side].split()
                for number, line in zip(ids, text.split("\n"), strict=True):
                    (source, target)[side].find(f".//s[@id='{number}']").text = line
        return zipped({name: ElementTree.tostring(root, encoding="utf-8") for name, root in parts.items()})

    return edit


XLIFF = "{urn:oasis:names:tc:xliff:document:1.2}"
XLIFF_STATES = {"needs review": "needs-review-translation", "automatic": "translated", "confirmed": "final"}


def by_xliff(edits):
    """Edit an XLIFF as a CAT tool does."""

    def edit(data):
        root = ElementTree.fromstring(data)
        units = root.findall(f".//{XLIFF}trans-unit")
        for row, (column, text) in edits:
            unit = units[row]
            if column == "State":
                unit.attrib.pop("approved", None)
                unit.attrib.pop("translate", None)
                state = XLIFF_STATES[text.strip().lower()]
                unit.find(f"{XLIFF}target").set("state", state)
                if state == "final":
                    unit.set("approved", "yes")
            elif column == "Note":
                note = unit.find(f"{XLIFF}note")
                if note is None:
                    note = ElementTree.SubElement(unit, f"{XLIFF}note")
                note.text = text
            else:
                unit.find(f"{XLIFF}{column.lower()}").text = text
        return ElementTree.tostring(root, encoding="utf-16")

    return edit


def by_polib(edits):
    """Edit a PO file as a program that knows gettext does, but for the states, which a text editor changes."""

    def edit(data):
        path = Path(tempfile.mkstemp(suffix=".po")[1])
        path.write_bytes(data)
        file = polib.pofile(str(path), encoding="utf-8")
        for row, (column, text) in edits:
            entry = file[row]
            if column == "State":
                state = text.strip().lower()
                entry.comment = re.sub("state: .*", f"state: {state}", entry.comment)
                entry.flags = ["fuzzy"] if state in ("automatic", "needs review") else []
            elif column == "Note":
                entry.tcomment = text
            elif column == "Source":
                entry.msgid = text
            else:
                entry.msgstr = text
        file.save(str(path))
        edited = path.read_bytes()
        path.unlink()
        return edited

    return edit


def test_a_reviewer_confirms_in_a_po_file_by_taking_fuzzy_away():
    def edit(data):
        path = Path(tempfile.mkstemp(suffix=".po")[1])
        path.write_bytes(data)
        file = polib.pofile(str(path), encoding="utf-8")
        file[0].flags = []
        file[2].flags = ["fuzzy"]
        path.unlink()
        return str(file).encode()

    assert (SAMPLE[0].state, SAMPLE[2].state) == (BeadState.AUTOMATIC, BeadState.CONFIRMED)
    changes = outcome("po", edit(written("po"))).changes
    assert [(c.row, c.after.state) for c in changes] == [(0, BeadState.CONFIRMED), (2, BeadState.REVIEW)]


def zipped(parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


EDITORS = {
    "xlsx": by_openpyxl,
    "docx": by_python_docx,
    "tsv": by_csv,
    "tmx": by_xml,
    "intertext": by_xml_in_zip,
    "xliff": by_xliff,
    "po": by_polib,
}
EDITS = [
    (0, ("Target", "量两遍。机器翻译 機械翻訳 ترجمة 🤖")),
    (1, ("Source", "One text.\n¿Cuánto? = 3")),
    (1, ("Note", "")),
    (2, ("State", "needs review")),
    (2, ("Note", "who says so?")),
    (4, ("State", "automatic")),
    (5, ("State", "Confirmed ")),
]


@pytest.mark.parametrize("form", FORMS)
def test_exactly_the_edits_come_back(form):
    result = outcome(form, EDITORS[form](EDITS)(written(form)))
    assert result.conflicts == ()
    after = {change.row: change.after for change in result.changes}
    assert list(after) == [0, 1, 2, 4, 5]
    first, second = SAMPLE[0], SAMPLE[1]
    assert after[0] == replace(first, target=(first.target[0].retyped("量两遍。机器翻译 機械翻訳 ترجمة 🤖"),))
    assert after[0].target[0].origin == "量两次。"
    assert after[1] == replace(second, source=(second.source[0], second.source[1].retyped("¿Cuánto? = 3")), note="")
    assert after[2] == replace(SAMPLE[2], state=BeadState.REVIEW, note="who says so?")
    assert after[4] == replace(SAMPLE[4], state=BeadState.AUTOMATIC)
    assert after[5] == replace(SAMPLE[5], state=BeadState.CONFIRMED)
    rows = list(SAMPLE)
    result.splice.apply(rows)
    assert rows == [after.get(number, before) for number, before in enumerate(SAMPLE)]
    result.splice.inverse().apply(rows)
    assert rows == SAMPLE


NOT_TYPED = "┊␦\ufffe\uffff" + "".join(map(chr, range(0x2400, 0x2422)))
TYPED = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters=NOT_TYPED), min_size=1
).filter(lambda text: text.strip() and "_x" not in text)


@pytest.mark.parametrize("form", FORMS)
@slow
@given(data=st.data())
def test_any_typed_text_comes_back(form, data):
    row, column = data.draw(st.sampled_from([(0, "Target"), (0, "Source"), (3, "Target"), (5, "Source")]))
    text = data.draw(TYPED)
    result = outcome(form, EDITORS[form]([(row, (column, text))])(written(form)))
    assert result.conflicts == ()
    side = getattr(SAMPLE[row], column.lower())[0]
    changed = [getattr(change.after, column.lower())[0].text for change in result.changes]
    assert changed == ([] if side.text == text.strip() else [text.strip()])


@pytest.mark.parametrize("form", [form for form in FORMS if form != "intertext"])  # there it is an element
def test_other_sentences_are_a_conflict(form):
    edit = EDITORS[form]([(2, ("Target", "分数叫 BLEU。")), (0, ("Source", "Measure.\nTwice."))])
    result = outcome(form, edit(written(form)))
    assert result.changes == ()
    assert [(c.kind.value, c.row) for c in result.conflicts] == [("other sentences", 0), ("other sentences", 2)]
    assert "has 2 sentences here and 1 in the file" in result.conflicts[1].message


@pytest.mark.parametrize("form", FORMS)
def test_confirmed_text_that_is_edited_is_not_confirmed_any_more(form):
    edited = EDITORS[form]([(2, ("Source", "BLEU is a score."))])(written(form))
    (change,) = outcome(form, edited).changes
    assert (change.after.state, change.before.state) == (BeadState.AUTOMATIC, BeadState.CONFIRMED)
    assert change.after.source[0].text == "BLEU is a score."
