"""Read a file into a Document: the bytes are checked, decoded, read into blocks and cut into sentences."""

from __future__ import annotations

import hashlib
from pathlib import Path

from amts_desk.core.document import Document, Segment
from amts_desk.core.errors import DeskError
from amts_desk.core.languages import language
from amts_desk.core.options import DEFAULT, Rules
from amts_desk.core.progress import Progress, silent
from amts_desk.steps.read.blocks import Block
from amts_desk.steps.read.formats import read_text
from amts_desk.steps.segment import cut

LARGEST = 20_000_000
"""Bytes: the largest document that Amazon Translate takes, and so the largest that is read."""


def read_file(path: Path, code: str, rules: Rules = DEFAULT, progress: Progress = silent) -> Document:
    """Return the file at `path` in the language `code` as a Document, read by `rules`.

    Raises DeskError when it cannot be opened, is larger than 20 MB, is not text, is not UTF-8, or holds no text.
    """
    return read_document(path.as_posix(), read_bytes(path), code, rules, progress)


def read_bytes(path: Path, largest: int = LARGEST, what: str = "a chapter") -> bytes:
    """Return what the file at `path` holds. Raises DeskError when it cannot be opened or is too large.

    `largest` is in bytes, `what` names what it should be, as in "a chapter".
    """
    try:
        size = path.stat().st_size
        if size > largest:
            raise DeskError(
                f"{path.name} has {size / 1e6:.1f} MB; {what} may have at most {largest / 1e6:.0f} MB.",
                "Choose another file, or divide it.",
            )
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise DeskError(f"{path} could not be read: {reason}.", "Check that it exists and may be opened.") from error


def read_document(path: str, data: bytes, code: str, rules: Rules = DEFAULT, progress: Progress = silent) -> Document:
    """Return the document in `data`; `path` and the text itself tell its format.

    Raises DeskError as `read_file` does.
    """
    document = read_whole(path, data, code, rules, progress)
    if not document.blocks:
        noted = f" {' '.join(document.notes)}" if document.notes else ""
        raise DeskError(f"{path.rpartition('/')[2]} holds no text to translate.{noted}", "Choose another file.")
    return document


def read_whole(path: str, data: bytes, code: str, rules: Rules = DEFAULT, progress: Progress = silent) -> Document:
    """Return the document in `data` as `read_document` does, also one that holds no text at all."""
    name = path.rpartition("/")[2]
    text, encoding = decode(data, name)
    spoken = language(code)
    rules = rules.of(spoken.code)
    reading = read_text(text, name, spaced=spoken.spaced, comments=rules.comments)
    blocks = tuple(_segment(block, number, 0, len(block.text)) for number, block in enumerate(reading.blocks))
    sentences = tuple(
        _segment(block, number, start, end)
        for number, block in enumerate(reading.blocks)
        for start, end in cut(block.text, code, rules, progress)
    )
    digest = hashlib.sha256(data).hexdigest()
    return Document(path, spoken.code, text, digest, blocks, sentences, encoding, reading.notes, rules)


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


def _segment(block: Block, number: int, start: int, end: int) -> Segment:
    return Segment(block.text[start:end], block.kind, number, *block.span(start, end))
