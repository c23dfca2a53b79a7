"""Bytes in, a Document out, or one clear sentence why not."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.core.errors import DeskError
from amts_desk.steps.read.files import LARGEST, decode, read_document, read_file


def test_a_file_is_read_with_its_path_language_and_hash(tmp_path):
    path = tmp_path / "a.md"
    path.write_bytes(data := b"# A\n\nOne. Two.\n")
    document = read_file(path, "zh-cn")
    assert (document.path, document.language, document.encoding) == (path.as_posix(), "zh", "utf-8")
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.text.encode() == data


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_plain_text_is_one_block_a_line(end):
    text = end.join(["# One. ", "", "\t- Two. Three.", "  "])
    document = read_document("a.txt", text.encode(), "en")
    assert [block.text for block in document.blocks] == ["# One.", "- Two. Three."]
    assert [document.text[s.start : s.end] for s in document.sentences] == ["# One.", "- Two.", "Three."]


def test_a_byte_order_mark_is_remembered_and_not_counted():
    document = read_document("a.md", b"\xef\xbb\xbfOne.", "en")
    assert (document.encoding, document.text, document.blocks[0].start) == ("utf-8-sig", "One.", 0)
    assert document.text.encode(document.encoding) == b"\xef\xbb\xbfOne."


@pytest.mark.parametrize(
    ("data", "message", "advice"),
    [
        ("One.".encode("utf-16"), "a.md is UTF-16 text", "Save it as UTF-8"),
        ("One.".encode("utf-16-be"), "a.md is not a text file", "Markdown or text"),
        (b"PK\x03\x04\x00\x00", "a.md is not a text file", "Markdown or text"),
        ("One.\r\nTwo.\n\xe9".encode("latin-1"), "byte at 11 in line 3 does not", "Save it as UTF-8"),
        ("One.\n一".encode()[:-1], "byte at 5 in line 2 does not", "Save it as UTF-8"),
        (b"", "a.md holds no text", "another file"),
        (b"\xef\xbb\xbf\n \n", "a.md holds no text", "another file"),
        (b"```\ncode only\n```\n", "a.md holds no text", "another file"),
    ],
)
def test_what_is_no_chapter_is_said_so(data, message, advice):
    with pytest.raises(DeskError, match=message) as caught:
        read_document("somewhere/a.md", data, "en")
    assert advice in caught.value.advice


@given(st.binary(max_size=40))
def test_bytes_are_text_or_refused_and_text_is_given_back_whole(data):
    try:
        text, encoding = decode(data, "a.md")
    except DeskError:
        return
    assert text.encode(encoding) == data


def test_a_file_that_is_too_large_is_not_even_read(tmp_path):
    path = tmp_path / "large.md"
    with path.open("wb") as file:
        file.truncate(LARGEST + 400_000)
    with pytest.raises(DeskError, match=r"large\.md has 20\.4 MB; a chapter may have at most 20 MB"):
        read_file(path, "en")


def test_the_largest_file_that_amazon_takes_is_read(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" + b" " * (LARGEST - 1))
    assert read_file(path, "en").blocks[0].text == "x"


def test_a_missing_file_and_a_folder_are_said_so(tmp_path):
    with pytest.raises(DeskError, match="could not be read: No such file"):
        read_file(tmp_path / "a.md", "en")
    with pytest.raises(DeskError, match=r"could not be read: .*[Dd]irectory"):
        read_file(tmp_path, "en")


def test_marks_nested_without_end_are_said_so():
    with pytest.raises(DeskError, match=r"a\.md nests lists or quotes more than 40 deep in line 3"):
        read_document("a.md", b"a\n\n" + b"> " * 10_000 + b"x", "en")


def test_an_unknown_language_is_refused(tmp_path):
    with pytest.raises(DeskError, match="is not a language"):
        read_document("a.md", b"One.", "xx")
