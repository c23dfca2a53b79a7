"""Chapters are spliced, never rendered: what was not translated stays byte for byte."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.steps.read.files import read_document, read_file
from amts_desk.steps.write import spliced
from amts_desk.store.places import resource

CHAPTER = """---
title: kept
---
# A *head*
:label:`sec_head`

First line
second line.

> quoted once
> quoted twice

| a | b |
|:--|:--|
| one | two |

```python
code = "stays"
```
"""


def document(text=CHAPTER, name="chapter.md"):
    return read_document(name, text.encode(), "en")


def test_no_text_changes_nothing():
    assert spliced(document(), {}) == CHAPTER


def test_the_own_text_of_every_block_changes_nothing():
    read = document()
    assert spliced(read, {block.block: block.text for block in read.blocks}) == CHAPTER


def test_a_new_text_takes_the_place_of_its_block_only():
    read = document()
    number = next(block.block for block in read.blocks if block.text.startswith("First line"))
    assert spliced(read, {number: "Erste Zeile."}) == CHAPTER.replace("First line\nsecond line.", "Erste Zeile.")


def test_a_quote_of_two_lines_becomes_one_line_of_quote():
    read = document()
    number = next(block.block for block in read.blocks if block.text.startswith("quoted"))
    assert spliced(read, {number: "uno\ndos"}) == CHAPTER.replace("quoted once\n> quoted twice", "uno dos")


@pytest.mark.parametrize(("text", "written"), [("x | y", r"x \| y"), (r"x \| y", r"x \| y"), (r"x \\| y", r"x \\\| y")])
def test_a_bar_does_not_end_its_table_cell(text, written):
    read = document()
    number = next(block.block for block in read.blocks if block.text == "two")
    assert f"| one | {written} |" in spliced(read, {number: text})


def test_a_blank_text_leaves_the_block():
    assert spliced(document(), {0: "  "}) == CHAPTER


def test_line_ends_stay():
    text = CHAPTER.replace("\n", "\r\n")
    read = document(text)
    assert spliced(read, {0: "Kopf"}) == text.replace("A *head*", "Kopf")


@pytest.mark.parametrize("path", sorted(resource("sample").glob("*/*.md")), ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_every_block_of_the_sample_book_can_be_replaced_and_read_back(path: Path):
    read = read_file(path, path.parent.name)
    new = {block.block: f"Block {block.block} ends." for block in read.blocks}
    again = read_document(path.name, spliced(read, new).encode(), "en")
    assert [block.text for block in again.blocks] == list(new.values())


@given(st.lists(st.text(alphabet="ab .中|", min_size=1).filter(str.strip), min_size=1, max_size=5))
def test_what_stands_outside_the_spans_never_changes(lines):
    read = document("\n\n".join(lines), "chapter.txt")
    new = spliced(read, {block.block: "NEW" for block in read.blocks})
    outside = "\n\n".join(line.replace(line.strip(), "NEW") for line in lines)
    assert new == outside
