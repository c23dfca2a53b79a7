"""Writing back chapters of every shape: nothing but the edited spans changes, and they read as they were written."""

from hypothesis import given
from hypothesis import strategies as st

from amts_desk.core.errors import DeskError
from amts_desk.steps.read.files import read_document
from amts_desk.steps.write import spliced
from tests.unit.steps.read.markdown_pieces import chapters

plain = st.text(alphabet="abc éñ中文。", min_size=1, max_size=12).filter(lambda text: text.strip() and "  " not in text)


def read(text, code):
    return read_document("a.md", text.encode(), code)


@given(st.text(alphabet="ab中 \n\r\t#>-*`$[]()!|:\\", max_size=60) | chapters().map(lambda chapter: chapter[0]))
def test_no_edit_is_the_same_text(text):
    try:
        document = read(text, "en")
    except DeskError:
        return  # nothing but marks
    assert spliced(document, {}) == text
    assert spliced(document, {block.block: block.text for block in document.blocks}) == text


@given(chapters().filter(lambda chapter: chapter[1]), st.sampled_from(["en", "zh"]), st.data())
def test_edits_change_their_spans_only_and_are_read_back(chapter, code, data):
    document = read(chapter[0], code)
    numbers = st.sampled_from([block.block for block in document.blocks])
    edits = {number: text.strip() for number, text in data.draw(st.dictionaries(numbers, plain)).items()}
    written = spliced(document, edits)
    again = read(written, code)
    assert [block.text for block in again.blocks] == [edits.get(b.block, b.text) for b in document.blocks]
    assert [block.kind for block in again.blocks] == [block.kind for block in document.blocks]
    assert outside(written, again) == outside(document.text, document)


def outside(text, document):
    """Return the pieces of a text between its blocks."""
    edges = [0, *(edge for block in document.blocks for edge in (block.start, block.end)), len(text)]
    return [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
