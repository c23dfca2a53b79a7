"""Each format gives its text with exact spans and leaves everything else where it is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.core.document import Kind
from amts_desk.core.errors import DeskError
from amts_desk.core.options import Rules
from amts_desk.steps.read.files import read_document
from amts_desk.steps.read.formats import as_written


def read(name, text, **rules):
    return read_document(name, text.encode(), "en", Rules(**rules))


def found(name, text, **rules):
    """Return (kind, text) of every block."""
    return [(block.kind.value, block.text) for block in read(name, text, **rules).blocks]


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("```{note}\nIn *it*.\n```\n\nAfter.", ["In *it*.", "After."]),
        ("```{admonition} The title\n:class: tip\nIn it.\n```", ["The title", "In it."]),
        (":::{warning}\n- One\n:::\nAfter.", ["One", "After."]),
        ("````{tab-set}\n```{tab-item} One\nText.\n```\n````", ["One", "Text."]),
        ("```{figure} a.png\n---\nname: x\n---\nA caption.\n```", ["A caption."]),
        ("```{code-block} python\nx = 1\n```\n\nAfter.", ["After."]),
        (":::{math}\na = b\n:::\n\nAfter.", ["After."]),
        ("```{note}\n```python\nx\n```\nIn it.\n```\n\n(x)=\nAfter.", ["In it.", "After."]),
        ("(target)=\n# Head {ref}`x`\n\n% comment\n+++\nText.", ["Head {ref}`x`", "Text."]),
        ("---\na: b\n---\n(t)=\nText.", ["Text."]),
    ],
)
def test_directives_of_myst_are_no_text_and_what_stands_in_them_is(text, texts):
    assert [block.text for block in read("a.md", text).blocks] == texts


def test_a_percent_sign_or_option_is_text_where_nothing_speaks_of_myst():
    assert [b.text for b in read("a.md", "% of all\n\nA").blocks] == ["% of all", "A"]


MDX = """import X from "./x"
export const a = {
 b: 1 }

# Title[[anchor]]

<Tip warning={true}>

Text of <a href="x">a link</a>.

</Tip>
<Question
	choices={[
		{
			text: "A } > b",
			explain: "don't <a href=\\"h>\\">x</a>",
		},
	]}
/>
> [!TIP]
> Quoted.

<table>
    <tr>
        <td style={{a: 1}}>Cell <b>one</b></td>
    </tr>
</table>
<Youtube id="x" /> tail
{/* comment */}

[[open-in-colab]]

Use `<Tip>` and x < y.
"""


def test_components_of_mdx_are_no_text_and_what_stands_in_them_is():
    assert found("a.mdx", MDX) == [
        ("heading", "Title"),
        ("paragraph", 'Text of <a href="x">a link</a>.'),
        ("quote", "Quoted."),
        ("paragraph", "Cell <b>one</b>"),
        ("paragraph", "tail"),
        ("paragraph", "Use `<Tip>` and x < y."),
    ]


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("import {A,\n  B} from 'x'\nimport C from 'y'\n\nA", ["A"]),
        ("export default function X({a}) {\n\n  return <p>{a}</p>;\n}\n\nA", ["A"]),
        ("export const a = {\n\nThe braces are never closed", ["The braces are never closed"]),
        ("import something else is prose.", ["import something else is prose."]),
        ("<>\nA\n</>", ["A"]),
        ("A <Icon a='>' b={{c: '>'}} />", ["A"]),
        ("<Card icon={<Icon name='a' />}>\n  A\n  <Sub>B</Sub>\n</Card>", ["A", "B"]),
    ],
)
def test_modules_fragments_and_attributes_of_mdx_are_no_text(text, texts):
    assert [block.text for block in read("a.mdx", text).blocks] == texts


PAGE = """<!DOCTYPE html><html><head><title>T</title><style>p > a {}</style></head><body>
<h1>Head &amp; x</h1><p>Text <b>bold</b>
  and <code>x</code>.<ul><li>One<li>Two</ul>tail<pre>no <b>x</b></pre><script>var a="<p>no</p>";</script>
<table><tr><th>Cell</table><!-- no <p>no</p> --><img alt="no"><blockquote>Quoted</blockquote></body></html>"""


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "a"])
def test_html_is_read_by_block(name):
    assert found(name, PAGE) == [
        ("heading", "T"),
        ("heading", "Head &amp; x"),
        ("paragraph", "Text <b>bold</b> and <code>x</code>."),
        ("list-item", "One"),
        ("list-item", "Two"),
        ("paragraph", "tail"),
        ("table-cell", "Cell"),
        ("quote", "Quoted"),
    ]


def notebook(*cells):
    return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def markdown_cell(source):
    return {"cell_type": "markdown", "id": "ab", "attachments": {"a.png": {"image/png": "xx"}}, "source": source}


CODE = {"cell_type": "code", "source": ["x = 1  # why\n", "y = '# no'"], "outputs": [{"text": ["# no\n"]}]}


@pytest.mark.parametrize("indent", [None, 1, 3, "\t"])
@pytest.mark.parametrize("as_ascii", [True, False])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_notebooks_are_read_where_their_strings_stand(indent, as_ascii, end):
    source = ["# T\n", "\n", 'A "q"\n', "on 中\t文😀."]
    cells = notebook(markdown_cell(source), CODE, markdown_cell("Late."))
    text = json.dumps(cells, indent=indent, ensure_ascii=as_ascii).replace("\n", end)
    document = read_document("a.ipynb", b"\xef\xbb\xbf" + text.encode(), "en", Rules(comments=True))
    assert [(b.kind, b.text) for b in document.blocks] == [
        (Kind.HEADING, "T"),
        (Kind.PARAGRAPH, 'A "q" on 中\t文😀.'),
        (Kind.COMMENT, "why"),
        (Kind.PARAGRAPH, "Late."),
    ]
    block = document.blocks[1]
    raw = document.text[block.start : block.end]
    assert json.loads("[" + f'"{raw}"' + "]")[0].startswith('A "q"\n')
    assert document.text[document.blocks[0].start : document.blocks[0].end] == "T"


@given(st.text(min_size=1, max_size=30), st.text(min_size=1, max_size=30), st.booleans())
def test_a_new_text_in_a_notebook_is_read_back(word, new, as_ascii):
    text = json.dumps(notebook(markdown_cell("# w" + "x".join(map(str, map(ord, word)))), CODE), ensure_ascii=as_ascii)
    (block,) = read("a.ipynb", text).blocks
    changed = text[: block.start] + as_written("a.ipynb", text, new) + text[block.end :]
    assert json.loads(changed)["cells"][0]["source"] == f"# {new}"
    assert json.loads(changed)["cells"][1] == CODE


def test_text_outside_notebooks_is_written_as_it_is():
    assert as_written("a.md", "# A", 'a "b"') == 'a "b"'


def test_comments_in_code_are_read_on_demand():
    text = "A\n\n```python\n#@tab x\n#@save\n# One\nx = '# no'  # two\n#####\n```\n\n```js\n// three\nu = 'http://x'\n```\n"
    assert found("a.md", text) == [("paragraph", "A")]
    told = [("paragraph", "A"), ("comment", "One"), ("comment", "two"), ("comment", "three")]
    assert found("a.md", text, comments=True) == told
    for block in read("a.md", text.replace("\n", "\r\n"), comments=True).blocks:
        assert block.text in ("A", "One", "two", "three")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.rst", "x", "a.rst is reStructuredText"),
        ("a.ipynb", '{"cells": [\n x]}', "no valid notebook: Expecting value in line 2"),
        ("a.ipynb", "{}", "holds no cells of a notebook of format 4: see line 1"),
        ("a.ipynb", "\n[]", "holds no cells of a notebook of format 4: see line 2"),
        ("a.ipynb", '{"nbformat": 4,\n "cells": 3}', "format 4: see line 2"),
        ("a.ipynb", '{"metadata": {},\n "nbformat": 3,\n "worksheets": []}', "format 4: see line 3"),
        ("a.ipynb", '{"cells":\n' + "[" * 100_000, "nests too deeply in line 2"),
        ("a.ipynb", "", "no valid notebook: Expecting value in line 1"),
        (
            "a.ipynb",
            '{"cells": [{"cell_type": "markdown",\n"source": ["' + "> " * 99 + 'x"]}]}',
            "cell 1 nests .* line 1",
        ),
        ("a.ipynb", '{"cells": [', "no valid notebook: Expecting value in line 1"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(name, text, message):
    with pytest.raises(DeskError, match=message) as caught:
        read(name, text)
    assert caught.value.advice


@pytest.mark.parametrize(
    ("name", "text", "texts", "note"),
    [
        ("a.md", "# A\n\n```python\nx\n\nThe rest\n", ["A"], "line 3 is not closed (```)"),
        ("a.md", "# A\n\n$$x\n\nThe rest\n\n# B", ["A", "The rest", "B"], "line 3 is not closed ($$)"),
        ("a.md", "# A\n\n\\begin{align}x\n\nThe rest", ["A", "The rest"], "line 3 is not closed (\\end{align})"),
        ("a.md", "# A\n\n<!-- x\n\nThe rest", ["A"], "line 3 is not closed (-->)"),
        ("a.md", "# A\n\n:::{note}\nThe rest", ["A", "The rest"], "line 3 is not closed (:::)"),
        ("a.html", "<p>A</p>\n<!-- x", ["A"], "line 2 is not closed"),
    ],
)
def test_damage_is_noted_with_its_line_and_the_rest_is_read(name, text, texts, note):
    document = read(name, text)
    assert [block.text for block in document.blocks] == texts
    assert len(document.notes) == 1
    assert note in document.notes[0]


ANNOYING = [
    "> ",
    "- ",
    "*a ",
    "[",
    "[a](",
    "![",
    "`a``",
    "_a*",
    "$a ",
    "$$a ",
    "<a ",
    "<!--",
    "a|",
    "\\",
    "{",
    "<Tip a={",
    "a ",
]
ANNOYING += ["$$\n\n", "$$a\n", "```\n", ":::{note}\n", "```{note}\n", "  ", "<p ", "\\begin{align}\n", "x\n> "]
ANNOYING += ["{{< ", "{{", "{% ", ":::a ", ":::\n", "[TOC", "import {", "export {\n\n", "\n: ", "<div>\n", "<details>"]
ANNOYING += [
    "\\[",
    "\\[\n",
    "\\[ a^ ",
    "\\[\n\\]a\n",
    "\\[a=",
    "!!! a\n",
    '!!! a "',
    "!!! a\n    ",
    '=== "a"\n',
    "[^a]:\n",
]
ANNOYING += [
    "<Tip a={\n\n",
    "<Tip\n\n",
    "{\n\n",
    "export {\n\n}\n",
    "{#a ",
    "{#a}",
    "<A b={{",
    '<A b="',
    "<img>",
    "<pre>",
    "<summary>a\n\n",
    "![a](b){",
]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", ["a.md", "a.mdx", "a.html", "a.txt"])
@pytest.mark.parametrize("mark", ANNOYING)
def test_a_hundred_thousand_characters_of_marks_hang_nothing(name, mark):
    text = "x " + mark * (50_000 // len(mark)) + "x"
    try:
        document = read(name, text)
    except DeskError as error:
        assert "nests" not in error.message or "line 1" in error.message  # noqa: PT017  one of two good ends
        return
    assert document.text == text


@pytest.mark.parametrize("cell", ['"x"', "3", "{}", '{"cell_type": "markdown"}', '{"cell_type": 4, "source": "x"}'])
def test_what_is_no_cell_is_noted_with_its_line_and_the_others_are_read(cell):
    whole = '{"cell_type": "markdown", "source": "One."}'
    document = read("a.ipynb", f'{{"cells": [\n{whole},\n{cell},\n{whole}]}}')
    assert [block.text for block in document.blocks] == ["One.", "One."]
    assert document.notes == ("a.ipynb, cell 2: what begins in line 3 is no cell with a type and a source.",)


def test_damage_in_a_cell_is_noted_with_the_cell_and_the_line_in_it():
    cells = [
        markdown_cell("One."),
        markdown_cell("Two.\n\n```\nx"),
        CODE,
        markdown_cell(["A.\n", "\n", "$$x\n", "\n", "B."]),
    ]
    document = read("a.ipynb", json.dumps(notebook(*cells)))
    assert document.notes == (
        "a.ipynb, cell 2: what begins in line 3 is not closed (```).",
        "a.ipynb, cell 4: what begins in line 3 is not closed ($$).",
    )


def test_half_a_character_and_a_number_without_end_stop_no_notebook():
    text = f'{{"cells": [{{"cell_type": "markdown", "source": "A \\\\ud83d b"}}], "x": {"9" * 5_000}}}'.replace(
        "\\\\", "\\"
    )
    (block,) = read("a.ipynb", text).blocks
    assert block.text == "A \ufffd b"
    block.text.encode()
    assert text[block.start : block.end] == "A \\ud83d b"


def test_of_a_source_that_is_there_twice_the_last_one_counts():
    text = '{"cells": [{"cell_type": "markdown", "source": "One.", "source": "Two."}]}'
    assert [block.text for block in read("a.ipynb", text).blocks] == ["Two."]
