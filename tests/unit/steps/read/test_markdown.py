"""Reading Markdown: exact spans, all of the text and nothing else."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.core.document import Kind
from amts_desk.core.errors import DeskError
from amts_desk.core.options import Rules
from amts_desk.steps.read.files import read_document
from tests.unit.steps.read.markdown_pieces import PIECES, chapters

_WORD = re.compile(r"w\d+w")


def read(text, code="en", name="a.md"):
    return read_document(name, text.encode(), code)


def squeezed(text):
    """Return text without white space and the marks that unwrapping takes away at the ends of lines."""
    return re.sub(r"[\s>\\]+", "", text)


def check_spans(document):
    """Blocks stand in order, overlap nowhere, and each segment is its raw text unwrapped."""
    at = 0
    for number, block in enumerate(document.blocks):
        assert block.block == number
        assert at <= block.start < block.end
        at = block.end
    for segment in (*document.blocks, *document.sentences):
        raw = document.text[segment.start : segment.end]
        assert squeezed(raw) == squeezed(segment.text)
        assert segment.text == segment.text.strip()
        assert "\n" not in segment.text
        assert "\r" not in segment.text
        if "\n" not in raw and "\r" not in raw:
            assert raw == segment.text
    for block in document.blocks:
        own = [s for s in document.sentences if s.block == block.block]
        assert squeezed("".join(s.text for s in own)) == squeezed(block.text)
        assert own[0].start == block.start
        assert own[-1].end == block.end
        assert {s.kind for s in own} == {block.kind}


@given(chapters(), st.sampled_from(["en", "zh"]), st.booleans())
def test_every_word_of_the_text_is_read_once_in_order_and_nothing_else(chapter, code, has_mark):
    text, words = chapter
    data = (b"\xef\xbb\xbf" if has_mark else b"") + text.encode()
    if not words:
        return
    document = read_document("a.md", data, code)
    assert document.text == text
    assert document.encoding == ("utf-8-sig" if has_mark else "utf-8")
    check_spans(document)
    assert _WORD.findall(" ".join(block.text for block in document.blocks)) == words
    assert not any("KEEP" in block.text for block in document.blocks)


MARKS = st.text(alphabet="ab中。1 \n\n\r\t#>-*_`$[]()!|:\\~<&.^\u2028\x0c\x0b\x85\xa0", min_size=1, max_size=60)


@given(MARKS, st.sampled_from(["en", "zh"]), st.sampled_from(["a.md", "a.txt"]))
def test_the_spans_of_any_text_at_all_are_exact(text, code, name):
    try:
        document = read(text, code, name)
    except DeskError:
        return  # nothing but marks
    check_spans(document)


def blocks(text, code="en"):
    """Return (kind, text) of every block."""
    return [(block.kind, block.text) for block in read(text, code).blocks]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("# A #\n\nB\nC", [(Kind.HEADING, "A"), (Kind.PARAGRAPH, "B C")]),
        ("A\n===\n\n- B\n- C", [(Kind.HEADING, "A"), (Kind.LIST_ITEM, "B"), (Kind.LIST_ITEM, "C")]),
        ("> A\n> B", [(Kind.QUOTE, "A B")]),
        ("> - A", [(Kind.LIST_ITEM, "A")]),
        ("| A | B |\n|---|---|\n| C | D |", [(Kind.TABLE_CELL, t) for t in "ABCD"]),
        (":A b\n\n| C |\n|---|", [(Kind.CAPTION, "A b"), (Kind.TABLE_CELL, "C")]),
        (":numref:`a` b", [(Kind.PARAGRAPH, ":numref:`a` b")]),
        ("A ![B](c.png) D", [(Kind.PARAGRAPH, "A"), (Kind.CAPTION, "B"), (Kind.PARAGRAPH, "D")]),
        ("| ![A](b.png) |\n|---|\n| C |", [(Kind.TABLE_CELL, "A"), (Kind.TABLE_CELL, "C")]),
        ("# ![A](b.png) C", [(Kind.CAPTION, "A"), (Kind.HEADING, "C")]),
        ("A[^1].\n\n[^1]: B", [(Kind.PARAGRAPH, "A[^1]."), (Kind.FOOTNOTE, "B")]),
    ],
)
def test_each_block_has_its_kind(text, kinds):
    assert blocks(text) == kinds


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("A  \nb", "en", "A b"),
        ("A\\\nb", "en", "A b"),
        ("中\n文", "zh", "中文"),
        ("用ReLU\nand GPU", "zh", "用ReLU and GPU"),
        ("中\nReLU", "zh", "中ReLU"),
        ("> A\n>\tb", "en", "A b"),
        ("- A\r\n  b\r\n", "en", "A b"),
    ],
)
def test_lines_are_joined_as_their_language_joins_them(text, code, line):
    assert [block.text for block in read(text, code).blocks] == [line]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ('!!! note "A b"\n\n    C\n    d', [(Kind.CAPTION, "A b"), (Kind.PARAGRAPH, "C d")]),
        ("!!! note inline end\n    A", [(Kind.PARAGRAPH, "A")]),
        ("!!! note\n\n\tA\n\n\t- B\n\nC", [(Kind.PARAGRAPH, "A"), (Kind.LIST_ITEM, "B"), (Kind.PARAGRAPH, "C")]),
        ('??? tip "A"\n\n        code\n', [(Kind.CAPTION, "A")]),
        ('!!! note ""\n    A', [(Kind.PARAGRAPH, "A")]),
        (
            '=== "A"\n\n    B\n\n=== "C"\n\n    ```\n    code\n    ```',
            [(Kind.CAPTION, "A"), (Kind.PARAGRAPH, "B"), (Kind.CAPTION, "C")],
        ),
        ("!!! note\n\n    A\n\n    !!! tip\n\n        B", [(Kind.PARAGRAPH, "A"), (Kind.PARAGRAPH, "B")]),
        ("1. A\n\n    !!! note\n\n        B", [(Kind.LIST_ITEM, "A"), (Kind.LIST_ITEM, "B")]),
        ("> !!! note\n>     A", [(Kind.QUOTE, "A")]),
        ("!!! wow\n\nA", [(Kind.PARAGRAPH, "!!! wow"), (Kind.PARAGRAPH, "A")]),
        ("???\n\n# A", [(Kind.PARAGRAPH, "???"), (Kind.HEADING, "A")]),
        ("A\n===\nB", [(Kind.HEADING, "A"), (Kind.PARAGRAPH, "B")]),
    ],
)
def test_the_text_of_admonitions_is_read_and_their_marks_are_not(text, kinds):
    """Python-Markdown's admonitions, PyMdown's details and tabs; what looks like one and holds nothing is text."""
    assert blocks(text) == kinds
    for end in ("\r\n", "\r"):
        check_spans(read(text.replace("\n", end)))


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("\\[\nx\n\\]", []),
        ("\\[ E = mc^2 \\]", []),
        ("\\\\[ \\frac{a}{b} \\\\] (eq:x)\nA", ["A"]),
        ("A\n\\[ x_1 \\]\nb", ["A", "b"]),
        ("A \\[ x = 1 \\] b", ["A", "b"]),
        ("| A | \\[ x^2 \\] |\n|---|---|", ["A"]),
        ("\\[A, b\\]", ["\\[A, b\\]"]),
        ("A \\[1\\], \\[3-5\\], \\[sic\\].", ["A \\[1\\], \\[3-5\\], \\[sic\\]."]),
        ("\\[\nA\n\nb = \\]", ["\\[ A", "b = \\]"]),
        ("A \\(x^2\\) b", ["A \\(x^2\\) b"]),
    ],
)
def test_display_math_in_brackets_is_no_text_and_escaped_brackets_are(text, texts):
    found = [block.text for block in read(text + "\n\nThe end.").blocks]
    assert found == [*texts, "The end."]


@pytest.mark.parametrize("gap", ["\n    ", "\n\t", "\n\n    ", " \n    "])
def test_a_footnote_may_begin_below_its_mark(gap):
    text = f"A[^1].\n\n[^1]:{gap}B\n    c\n\n    D\n\nE"
    kinds = [(Kind.PARAGRAPH, "A[^1]."), (Kind.FOOTNOTE, "B c"), (Kind.FOOTNOTE, "D"), (Kind.PARAGRAPH, "E")]
    assert blocks(text) == kinds
    assert blocks("A\n\n[^1]:\nB") == [(Kind.PARAGRAPH, "A"), (Kind.PARAGRAPH, "B")]


def test_quote_marks_behind_a_picture_are_no_text():
    assert blocks("> ![A](b.png)\n> c") == [(Kind.CAPTION, "A"), (Kind.QUOTE, "c")]


def test_every_kind_of_piece_is_drawn():
    """The generator knows the shapes the reader must know: fences, math, directives, images, tables, footnotes."""
    everything = "\n\n".join(PIECES)
    for mark in ("```", "~~~", "$$", ":label:", ":begin_tab:", "![", "|---|", "[^", "<!--", "> ", "    ", "\t"):
        assert mark in everything


_NOT_TEXT = re.compile(r"^(?:```|~~~| {0,3}:(?:begin_tab|end_tab|label|eqlabel|width|height|bibliography):)|!\[.*\]\(")


def test_the_book_is_read_to_the_last_word(shared_data):
    """What lies outside the spans of all 278 files is code, math, instructions, images, HTML: nothing else."""
    files = sorted((shared_data / "d2l").glob("*/*.md"))
    assert len(files) == 278
    counted = 0
    for path in files:
        document = read_document(path.name, path.read_bytes(), "en" if "_origin" in path.name else "zh")
        check_spans(document)
        assert not [block.text for block in document.blocks if _NOT_TEXT.search(block.text)], path
        counted += len(document.blocks)
        assert not left_over(document), path
    assert counted > 11_000


_MARKUP = re.compile(
    r"""
    \A---\n.*?\n---\n | ```.*?(?:```|\Z) | \$\$.*?\$\$ | <!--.*?-->
  | !\[ | \]\([^)\s]*\) | ^[ ]{0,3}:\w+:(?:`[^`\n]*`)?[ \t]*$ | [|:>\#*+=_-] | \d+\.
    """,
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)


def left_over(document):
    """Return the words outside all blocks that are no known markup."""
    pieces, at = [], 0
    for block in document.blocks:
        pieces.append(document.text[at : block.start])
        at = block.end
    outside = "\n".join([*pieces, document.text[at:]])
    return re.findall(r"[^\W\d_]{2,}", _MARKUP.sub(" ", outside))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (
            "<details>\n<summary>A <b>b</b></summary>\n\n*C*\n\n</details>",
            [(Kind.PARAGRAPH, t) for t in ("A <b>b</b>", "*C*")],
        ),
        ("<p align=center>A\n  b</p>\nc", [(Kind.PARAGRAPH, "A b"), (Kind.PARAGRAPH, "c")]),
        ("<figure>\n<img src=a>\n<figcaption>A</figcaption>\n</figure>", [(Kind.CAPTION, "A")]),
        ("<table>\n<tr><td>A</td><th>B</th></tr>\n</table>", [(Kind.TABLE_CELL, "A"), (Kind.TABLE_CELL, "B")]),
        ("<div>\n$$x$$\n![A](b.png)\n</div>", [(Kind.CAPTION, "A")]),
        ("> <div>\n> A\n> b\n> </div>\n>\n> C", [(Kind.PARAGRAPH, "A b"), (Kind.QUOTE, "C")]),
        ("> > <table><tr>\n> > <td>A</td></tr></table>", [(Kind.TABLE_CELL, "A")]),
    ],
)
def test_the_text_of_html_blocks_is_read_and_their_tags_are_not(text, kinds):
    assert blocks(text) == kinds
    for end in ("\r\n", "\r"):
        check_spans(read(text.replace("\n", end)))


@pytest.mark.parametrize(
    "block",
    [
        "<script>\nvar a = 'no';\n\n// no\n</script>", "<style>\n#no { }\n</style>", "<pre>\n# no\n\nno</pre>",
        "<div><textarea>no</textarea><svg><text>no</text></svg></div>", "<!-- no\n\nno -->", "<?php no ?>",
        "<div\n  title='no'\n></div>",
    ],
)  # fmt: skip
def test_scripts_styles_and_comments_are_never_text(block):
    rules = Rules(comments=True)
    document = read_document("a.md", f"A\n\n{block}\n\nB\n".encode(), "en", rules)
    assert [found.text for found in document.blocks] == ["A", "B"]


def test_text_in_html_within_a_notebook_is_found_in_its_string():
    source = '<details>\n<summary>A "b"</summary>\n</details>'
    text = json.dumps({"cells": [{"cell_type": "markdown", "source": source}]})
    (block,) = read(text, name="a.ipynb").blocks
    assert block.text == 'A "b"'
    assert text[block.start : block.end] == 'A \\"b\\"'


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("+++\ntitle = 'no'\n+++\nA", ["A"]),
        ('{\n  "title": "no"\n}\n\nA', ["A"]),
        ("---\n# no\ntitle: no\n---\nA", ["A"]),
        ("---\n\nText under a rule.\n\n---\n\nA", ["Text under a rule.", "A"]),
        ("+++\n\nA\n\n+++", ["+++", "A", "+++"]),
        ("A\n{{< no >}}\nB {{< kept >}} {{ kept }}\n{% no %}\n{{ no }}", ["A", "B {{< kept >}} {{ kept }}"]),
        ("[TOC]\n\n[[toc]]\n\n[A]", ["[A]"]),
        ("# A {#no .no}\n\nB\n{: .no}\n\n{: #no}", ["A", "B"]),
        ("![A](no.png){width=50%}", ["A"]),
        ("$$no$$ (no-1)\nA\n$$\nno\n$$ {#no}\nB", ["A", "B"]),
        (":::no\nA\n:::\nB", ["A", "B"]),
        ("::: no A b\nC\n:::", ["A b", "C"]),
        (":::no[A *b*]\nC\n:::", ["A *b*", "C"]),
        ("::: {.no}\nA\n:::::\n::::: {#no} :::::\nB\n:::::", ["A", "B"]),
        ("A\n: B\n  b\n: C\n\nD\n\nE e\ne\n: e", ["A", "B b", "C", "D", "E e e : e"]),
    ],
)
def test_what_templates_and_other_dialects_set_is_no_text(text, texts):
    document = read(text)
    check_spans(document)
    assert [block.text for block in document.blocks] == texts


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "mark", ["[^1]: \t", "[^1]:\t", "[^1]: \t- - ", "> [^1]: \t", "- [^1]: \t \t", "- \t", ">\t", "1.\t>\t- \t"]
)
@pytest.mark.parametrize("text", ["A", "A\n\tb", "$$x$$\nA", "A\n\n\tB", "# A"])
def test_tabs_behind_marks_stop_nothing(mark, text):
    document = read(f"H\n\n{mark}{text}\n\nZ")
    check_spans(document)
    assert [document.blocks[0].text, document.blocks[-1].text] == ["H", "Z"]
