"""Writing back chapters of every shape: nothing but the edited spans changes, and they read as they were written."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.core.errors import DeskError
from amts_desk.core.options import Rules
from amts_desk.steps.read.files import read_document
from amts_desk.steps.write import LineStyle, spliced, written
from tests.unit.steps.read.markdown_pieces import chapters

plain = st.text(alphabet="abc éñ中文。", min_size=1, max_size=12).filter(
    lambda text: any(map(str.isalpha, text)) and "  " not in text
)
MARKS = (
    *("# ", "#", "- ", "+ ", "* ", "1. ", "12) ", "> ", "```", "~~~", "`", "***", "---", "===", "$$", "$x$", "|", "\\"),
    *(
        ":label:`a`",
        ":begin_tab:`a`",
        ":end_tab:",
        ":",
        "::: ",
        "[ ] ",
        "[^1]: ",
        "[a]: b",
        "<div>",
        "<b>",
        "<!--",
        "\n",
    ),
    *("    ", "\t", "![a](b)", "[a](b)", ":numref:`a`", "(a)=", "% ", "**", "_", "w", "中文", "，", " "),
)
hostile = st.lists(st.sampled_from(MARKS), min_size=1, max_size=6).map("".join)
styles = st.builds(LineStyle, st.sampled_from(["en", "zh"]), st.sampled_from([0, 12, 40]), st.booleans())


def read(text, code):
    return read_document("a.md", text.encode(), code)


@given(st.text(alphabet="ab中 \n\r\t#>-*`$[]()!|:\\", max_size=60) | chapters().map(lambda chapter: chapter[0]), styles)
def test_no_edit_is_the_same_text(text, style):
    try:
        document = read(text, "en")
    except DeskError:
        return  # nothing but marks
    assert spliced(document, {}, style) == text
    assert spliced(document, {block.block: block.text for block in document.blocks}) == text


@given(chapters().filter(lambda chapter: chapter[1]), st.sampled_from(["en", "zh"]), st.data())
def test_edits_change_their_spans_only_and_are_read_back(chapter, code, data):
    document = read(chapter[0], code)
    numbers = st.sampled_from([block.block for block in document.blocks])
    edits = {number: text.strip() for number, text in data.draw(st.dictionaries(numbers, plain)).items()}
    new = spliced(document, edits)
    again = read(new, code)
    assert [block.text for block in again.blocks] == [edits.get(b.block, b.text) for b in document.blocks]
    assert [block.kind for block in again.blocks] == [block.kind for block in document.blocks]
    assert outside(new, again) == outside(document.text, document)


def in_format(name, text):
    """Return a chapter as a file of that name holds it."""
    if name.endswith(".ipynb"):
        cell = {"cell_type": "markdown", "source": text.splitlines(keepends=True)}
        return json.dumps({"cells": [cell, cell], "nbformat": 4}, indent=1, ensure_ascii=len(text) % 2 == 0)
    return text


@pytest.mark.parametrize("name", ["a.md", "a.mdx", "a.ipynb", "a.html", "a.txt"])
@given(chapters().filter(lambda chapter: chapter[1]), styles, st.data())
def test_any_text_at_all_is_read_back_or_refused(name, chapter, style, data):
    """A backslash is all that may stand in a text beside what was asked for."""

    def read(text, code):
        return read_document(name, text.encode(), code)

    document = read(in_format(name, chapter[0]), "en")
    numbers = st.sampled_from([block.block for block in document.blocks])
    edits = data.draw(st.dictionaries(numbers, hostile | plain, min_size=1, max_size=4))
    result = written(document, edits, style)
    again = read(result.text, style.language)
    refused = {int(re.match(r"Block (\d+) of a\.\w+ cannot be written", str(error))[1]) for error in result.refused}
    assert refused <= edits.keys()
    assert [block.kind for block in again.blocks] == [block.kind for block in document.blocks]
    assert outside(result.text, again) == outside(document.text, document)
    for old, new in zip(document.blocks, again.blocks, strict=True):
        wanted = style.line(edits.get(old.block, ""))
        if wanted and old.block not in refused and wanted != old.text:
            assert bare(new.text) == bare(wanted)
        else:
            assert result.text[new.start : new.end] == document.text[old.start : old.end]


def bare(text):
    return text.replace("\\", "")


def outside(text, document):
    """Return the pieces of a text between its blocks."""
    edges = [0, *(edge for block in document.blocks for edge in (block.start, block.end)), len(text)]
    return [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]


@pytest.mark.parametrize(
    ("text", "in_file"),
    [
        ("# Title", "\\# Title"),
        ("- item", "\\- item"),
        ("+ item", "\\+ item"),
        ("1. item", "1\\. item"),
        ("2024) year", "2024\\) year"),
        ("> quote", "\\> quote"),
        ("* * *", "\\* * *"),
        ("---", "\\---"),
        ("~~~", "\\~~~"),
        ("```python", "\\```python"),
        (":label:`x`", "\\:label:`x`"),
        (":end_tab:", "\\:end_tab:"),
        (":A caption", "\\:A caption"),
        ("[^1]: note", "\\[^1]: note"),
        ("[a]: b", "\\[a]: b"),
        ("#hash, -1 and 1.5", "#hash, -1 and 1.5"),
        ("**bold** *it*", "**bold** *it*"),
        (":numref:`x` shows", ":numref:`x` shows"),
        ("```code``` here", "```code``` here"),
        ("one\n\n# two", "one # two"),
        ("    indented", "indented"),
    ],
)
def test_what_would_be_a_block_mark_is_escaped(text, in_file):
    document = read("# H\n\nOld.\n\n> Old.\n\n- Old.\n", "en")
    new = spliced(document, {1: text, 2: text, 3: text})
    assert new == f"# H\n\n{in_file}\n\n> {in_file}\n\n- {in_file}\n"


def test_a_task_and_the_closing_marks_of_a_heading_are_escaped():
    document = read("# H\n\n- Old.\n", "en")
    assert spliced(document, {0: "In C #", 1: "[x] done"}) == "# In C \\#\n\n- \\[x] done\n"


@pytest.mark.parametrize("text", ["<div>", "<!-- gone", "$$x$$", "$$"])
def test_what_cannot_be_escaped_is_refused_with_a_reason(text):
    document = read("First.\n\nOld.\n\nLast.\n", "en")
    with pytest.raises(DeskError, match=r"Block 1 of a\.md cannot be written as “.*”: .*Change the marks"):
        spliced(document, {0: "Uno.", 1: text})
    result = written(document, {0: "Uno.", 1: text})
    assert result.text == "Uno.\n\nOld.\n\nLast.\n"
    assert len(result.refused) == 1


def test_plain_text_knows_no_marks():
    document = read_document("a.txt", b"one\ntwo\n", "en")
    assert spliced(document, {0: "# one", 1: "- two"}) == "# one\n- two\n"


LINES = [
    ("见:numref:`a`和:eqref:`b`。", "见 :numref:`a`和 :eqref:`b`。"),
    ("（:numref:`a`）", "（ :numref:`a`）"),
    ("(:numref:`a`) **:numref:`b`**", "(:numref:`a`) **:numref:`b`**"),
    (":numref:`a`中", ":numref:`a`中"),
    ("用 ReLU 的 `f` 和 $x$ 值", "用ReLU的`f`和$x$值"),
    ("a b `c d` e，f", "a b `c d` e，f"),
    ("一\n二", "一 二"),
]


@pytest.mark.parametrize(("text", "line"), LINES)
def test_chinese_lines_have_the_spaces_chinese_wants(text, line):
    assert LineStyle("zh").line(text) == line
    assert LineStyle("zh").line(line) == line
    assert LineStyle().line(text) == text.replace("\n", " ")


def test_spaces_beside_latin_are_put_in_when_asked_for():
    assert LineStyle("zh", latin_spaces=True).line("用ReLU的`f(x)`值") == "用 ReLU 的 `f(x)` 值"


def test_paragraphs_are_wrapped_with_what_their_lines_need():
    document = read("# H h h h\n\n> - Old.\n\nOld.\n", "en")
    text = "one two three `a b c` 4. five"
    assert spliced(document, {0: text, 1: text, 2: text}, LineStyle("en", 12)) == (
        f"# {text}\n\n> - one two\n>   three\n>   `a b c` 4.\n>   five\n\none two\nthree\n`a b c` 4.\nfive\n"
    )


def test_chinese_is_wrapped_between_hanzi_but_not_before_a_comma():
    document = read("Old.\r\n", "en")
    assert spliced(document, {0: "一二三四五，六七ab cd"}, LineStyle("zh", 10)) == "一二三四\r\n五，六七ab\r\ncd\r\n"


NOTEBOOK = '{"cells": [{"cell_type": "markdown", "source": ["# Title\\n", "\\n", "Old\\n", "text."]}], "nbformat": 4}\n'


def test_a_notebook_is_written_in_its_own_escapes():
    document = read_document("a.ipynb", NOTEBOOK.encode(), "en")
    new = spliced(document, {0: 'He said "C:\\new"', 1: "# é"})
    assert new == NOTEBOOK.replace("Title", 'He said \\"C:\\\\new\\"').replace('Old\\n", "text.', "\\\\# é")
    again = read_document("a.ipynb", new.encode(), "en")
    assert [block.text for block in again.blocks] == ['He said "C:\\new"', "\\# é"]


def test_html_takes_text_but_no_element_that_would_cut_it():
    document = read_document("a.html", b"<p>One.</p>\n<pre>x</pre>\n<p>Two.</p>\n", "en")
    assert spliced(document, {0: "# Uno <b>x</b>."}) == "<p># Uno <b>x</b>.</p>\n<pre>x</pre>\n<p>Two.</p>\n"
    with pytest.raises(DeskError, match=r"Block 1 of a\.html cannot be written"):
        spliced(document, {1: "Dos</p><p>Tres"})


def test_comments_in_code_are_written_back_when_they_were_read():
    data = b"Text.\n\n```python\n# Add one\nx += 1\n```\n"
    document = read_document("a.md", data, "en", Rules(comments=True))
    assert spliced(document, {0: "Texto.", 1: "1. Suma"}) == "Texto.\n\n```python\n# 1. Suma\nx += 1\n```\n"


def test_text_in_html_within_markdown_is_written_without_markdowns_escapes():
    text = "<table>\n<tr><td>Old</td></tr>\n</table>\n\n<p>\nOld\n</p>\n\nOld\n"
    document = read(text, "en")
    new = spliced(document, {0: "a | b", 1: "# one two three", 2: "# four"}, LineStyle("en", 20))
    assert new == text.replace("Old", "a | b", 1).replace("Old", "# one two three", 1).replace("Old", "\\# four")
    with pytest.raises(DeskError, match=r"Block 0 of a\.md cannot be written"):
        spliced(document, {0: "a</td><td>b"})
    assert written(document, {1: "a <!-- b", 2: "Neu"}).text == text.replace("\nOld\n", "\nNeu\n").replace(
        "Neu", "Old", 1
    )


def test_a_chapter_that_an_older_program_read_otherwise_is_not_written_into_the_wrong_places():
    document = read("One.\n\n<p>Two.</p>\n\nThree.\n", "en")
    older = replace(document, blocks=(document.blocks[0], replace(document.blocks[2], block=1)))
    with pytest.raises(DeskError, match="read by an older AMTS Desk") as caught:
        written(older, {1: "Drei."})
    assert "Read it again" in caught.value.advice
    assert written(older, {}).text == document.text
