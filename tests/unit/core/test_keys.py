"""Hostile S3 keys land inside the chosen folder, or are refused; nothing else can happen."""

import ntpath
import os
import posixpath
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.core.errors import DeskError
from amts_desk.core.keys import file_for, parts_of

HOSTILE = [
    "", "/", "..", ".", "../evil.txt", "out/../../evil.txt", "a/..", "./a", "a/./b", "/abs.txt", "//host/share/a",
    "\\\\host\\share\\a", "a\\..\\b", "..\\b", "\\a", "C:\\a", "C:/a", "C:a", "c:", "a:b", "a/b:stream", "x//y", "x/",
    "con", "CON", "Con.txt", "a/nul", "NUL.tar.gz", "aux .txt", "com1", "COM1.html", "lpt9", "conin$", "com\u00b9.txt",
    "\uff43\uff4f\uff4e", "a\0b", "a\nb", "a\rb", "a\tb", "a\x1bb", "a\x7fb", "a\x85b", "a\u2028b", "a\u202egpj.exe",
    "a\u200bb", "\ufeffa", "a\ud800", "a ", " a", "a.", "a...", "a/b ./c", "\u2024\u2024/a", "\u2025/a", "..\uff0fa",
    "a\uff0fb", "a\uff3cb", "\u3000a", "a\uff0e", "*", "a?", "a|b", "<a>", 'a"b', "a" * 2000, "a" * 256, "啊" * 86,
    "é" * 120 + "e\u0301" * 40, "a/" * 600 + "b",
]  # fmt: skip
HARMLESS = {
    "zh.chapter-1.html": ("zh.chapter-1.html",),
    "sub/fr.name.txt": ("sub", "fr.name.txt"),
    "a\\b": ("a", "b"),
    "机器翻译/第一章.md": ("机器翻译", "第一章.md"),
    ".hidden": (".hidden",),
    "console.txt": ("console.txt",),
    "com10": ("com10",),
    "a..b": ("a..b",),
    "a" * 255: ("a" * 255,),
    "-rf": ("-rf",),
    "%2e%2e": ("%2e%2e",),
}


@pytest.mark.parametrize("key", HOSTILE, ids=lambda key: ascii(key)[:40])
def test_hostile_keys_are_refused(key):
    with pytest.raises(DeskError, match=r"was not downloaded") as caught:
        parts_of(key)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(("key", "parts"), HARMLESS.items(), ids=lambda value: str(value)[:30])
def test_plain_keys_keep_their_names(tmp_path, key, parts):
    assert parts_of(key) == parts
    assert file_for(key, tmp_path) == tmp_path.resolve().joinpath(*parts)


PIECES = st.sampled_from([
    "..", ".", "/", "\\", ":", "C:", "con", "nul.", "a", "b.html", " ", "\0", "\n", "\u202e", "\uff0f", "\uff0e\uff0e",
    "\u2024", "~", "$HOME", "%TEMP%", "翻译", "e\u0301", "x" * 254,
])  # fmt: skip
KEYS = st.lists(PIECES | st.text(max_size=5), max_size=12).map("".join) | st.text(max_size=60)


@given(KEYS)
def test_whatever_the_key_it_lands_inside_or_is_refused(key):
    try:
        parts = parts_of(key)
    except DeskError:
        return
    for module, root in ((posixpath, "/chosen/folder"), (ntpath, "C:\\chosen\\folder")):
        for form in ("NFC", "NFD", "NFKC", "NFKD"):
            written = [unicodedata.normalize(form, part) for part in parts]
            joined = module.join(root, *written)
            assert module.commonpath([root, module.normpath(joined)]) == root
            assert module.normpath(joined) != root
            assert len(module.normpath(joined)[len(root) + 1 :].split(module.sep)) == len(parts)
    assert len("/".join(parts).encode()) <= 1024


@pytest.fixture
def outside(tmp_path):
    (tmp_path / "chosen").mkdir()
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret").write_text("theirs")
    return tmp_path


@pytest.mark.parametrize("target", ["../outside", "absolute", "inner/../../outside"])
def test_a_link_that_leads_out_of_the_folder_is_not_followed(outside, target):
    place = outside / "outside" if target == "absolute" else target
    (outside / "chosen" / "inner").mkdir()
    (outside / "chosen" / "way").symlink_to(place, target_is_directory=True)
    for key in ("way/secret", "way/new", "way/deep/er"):
        with pytest.raises(DeskError, match="a link in the folder"):
            file_for(key, outside / "chosen")


def test_a_file_that_is_a_link_is_not_written_through(outside):
    (outside / "chosen" / "a").symlink_to(outside / "outside" / "secret")
    (outside / "chosen" / "b").symlink_to(outside / "outside" / "nothing")
    for key in "ab":
        with pytest.raises(DeskError, match="a link in the folder"):
            file_for(key, outside / "chosen")


def test_links_that_stay_inside_and_a_linked_folder_itself_are_fine(outside):
    (outside / "chosen" / "real").mkdir()
    (outside / "chosen" / "way").symlink_to("real", target_is_directory=True)
    (outside / "link").symlink_to("chosen", target_is_directory=True)
    found = file_for("way/a", outside / "link")
    assert Path(os.path.realpath(found)) == (outside / "chosen" / "real" / "a").resolve()
