"""Read a file into a Document: the bytes are checked, decoded, read into blocks and cut into sentences."""

from __future__ import annotations

import hashlib
from pathlib import Path

from amts_desk.core.document import Document, Kind, Segment
from amts_desk.core.errors import DeskError
from amts_desk.core.languages import language
from amts_desk.steps.read.blocks import Block
from amts_desk.steps.read.markdown import read_blocks
from amts_desk.steps.segment import cut

LARGEST = 20_000_000
"""Bytes: the largest document that Amazon Translate takes, and so the largest that is read."""
MARKDOWN = (".md", ".markdown")


def read_file(path: Path, code: str) -> Document:
    """Return the file at `path` in the language `code` as a Document.

    Raises DeskError when it cannot be opened, is larger than 20 MB, is not text, is not UTF-8, or holds no text.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise DeskError(
                f"{path.name} has {size / 1e6:.1f} MB; a chapter may have at most {LARGEST / 1e6:.0f} MB.",
                "Choose the chapter's text file, or split the file.",
            )
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise DeskError(f"{path} could not be read: {reason}.", "Check that it exists and may be opened.") from error
    return read_document(path.as_posix(), data, code)


def read_document(path: str, data: bytes, code: str) -> Document:
    """Return the document in `data`; `path` tells its format (.md, .markdown, else plain text).

    Raises DeskError as `read_file` does.
    """
    name = path.rpartition("/")[2]
    text, encoding = decode(data, name)
    found = _blocks(text, name, code)
    if not found:
        raise DeskError(f"{name} holds no text to translate.", "Choose another file.")
    blocks = tuple(_segment(block, number, 0, len(block.text)) for number, block in enumerate(found))
    sentences = tuple(
        _segment(block, number, start, end)
        for number, block in enumerate(found)
        for start, end in cut(block.text, code)
    )
    digest = hashlib.sha256(data).hexdigest()
    return Document(path, language(code).code, text, digest, blocks, sentences, encoding)


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return (text, encoding) of a file's bytes; line ends are untouched, a byte order mark is not counted.

    Raises DeskError, naming the byte and line, when they are not UTF-8 text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DeskError(f"{name} is UTF-16 text.", "Save it as UTF-8 and try again.")
    if b"\0" in data:
        raise DeskError(f"{name} is not a text file (it holds binary data).", "Choose a Markdown or text file.")
    encoding = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DeskError(
            f"{name} is not UTF-8 text: the byte at {error.start} in line {line} does not belong there.",
            "Save it as UTF-8 and try again.",
        ) from error


def _blocks(text: str, name: str, code: str) -> list[Block]:
    spaced = language(code).spaced
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        found = read_blocks(plain, spaced=spaced) if name.lower().endswith(MARKDOWN) else _lines(plain)
    except RecursionError as error:
        raise DeskError(
            f"{name} nests lists or quotes too deeply to be read.", "Look for a line of many “>” or list marks."
        ) from error
    if plain == text:
        return found
    origin = _origins(text)
    return [Block(b.text, b.kind, tuple(origin[offset] for offset in b.offsets)) for b in found]


def _lines(text: str) -> list[Block]:
    """Return each line of plain text that is not blank, as it stands."""
    found, at = [], 0
    for line in text.split("\n"):
        start = at + len(line) - len(line.lstrip())
        if body := line.strip():
            found.append(Block(body, Kind.PARAGRAPH, tuple(range(start, start + len(body)))))
        at += len(line) + 1
    return found


def _origins(text: str) -> list[int]:
    """Return the offset in `text` of every character of the text with its line ends made line feeds."""
    return [i for i, c in enumerate(text) if not (c == "\n" and i and text[i - 1] == "\r")]


def _segment(block: Block, number: int, start: int, end: int) -> Segment:
    return Segment(block.text[start:end], block.kind, number, block.offsets[start], block.offsets[end - 1] + 1)
