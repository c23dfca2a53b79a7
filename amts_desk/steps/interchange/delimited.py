"""CSV and TSV as Amazon Translate reads parallel data: language codes in row 1, one pair a row, UTF-8.

Sources: RFC 4180, and the Amazon Translate developer guide, "Parallel data input files". What Amazon refuses beyond
the format itself (line breaks, a leading = or @) the pre-flight of the parallel data reports.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Literal

from amts_desk.core.errors import DeskError
from amts_desk.core.pairs import Pair, PairFormat
from amts_desk.steps.interchange.characters import NOT_IN_TABLES, is_language, require_pair_carried

Delimited = Literal[PairFormat.CSV, PairFormat.TSV]
_DELIMITERS = {PairFormat.CSV: ",", PairFormat.TSV: "\t"}


def write_delimited(
    pairs: Iterable[Pair], source_language: str, target_language: str, stream: BinaryIO, kind: Delimited
) -> int:
    """Write the pairs to `stream`, without a byte order mark, and return how many.

    Raises DeskError for a lone surrogate, which UTF-8 cannot carry, and for a carriage return inside a text.
    """
    number = 0
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    try:
        writer = csv.writer(text, delimiter=_DELIMITERS[kind], lineterminator="\n")
        writer.writerow([source_language, target_language])
        for number, pair in enumerate(pairs, 1):
            require_pair_carried(number, pair, NOT_IN_TABLES)
            writer.writerow([pair.source, pair.target])
    finally:
        text.detach()  # the stream stays open: it is the caller's
    return number


def read_delimited(stream: BinaryIO, source_language: str, target_language: str, kind: Delimited) -> Iterator[Pair]:
    """Yield the pairs of two columns in order, `position` being the number of the row (from 0); empty rows are skipped.

    A byte order mark is passed over. Raises DeskError when a column is missing, a row is too short, a quote stands
    where none may, or the file is not UTF-8.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    rows = csv.reader(text, delimiter=_DELIMITERS[kind], strict=True)
    try:
        columns = _columns(next(rows, []), (source_language, target_language), kind)
        filled = (row for row in rows if row)
        for number, row in enumerate(filled):
            if len(row) <= max(columns):
                raise DeskError(
                    f"Line {rows.line_num} of the {kind} file has {len(row)} of {max(columns) + 1} columns.",
                    "Give every row a text in each language, or remove the row.",
                )
            yield Pair(row[columns[0]], row[columns[1]], position=number)
    except UnicodeDecodeError as error:
        raise DeskError(f"The {kind} file is not UTF-8 after line {rows.line_num}.", "Save it as UTF-8.") from error
    except csv.Error as error:
        raise DeskError(
            f"Line {rows.line_num} of the {kind} file cannot be read: {error}.", "Mend its quotes."
        ) from error
    finally:
        text.detach()


def _columns(header: list[str], languages: tuple[str, str], kind: PairFormat) -> tuple[int, int]:
    found = [next((i for i, tag in enumerate(header) if is_language(tag, code)), None) for code in languages]
    source, target = found
    if source is None or target is None:
        raise DeskError(
            f"The {kind} file has no columns for both {' and '.join(languages)}.",
            f"Its first row must name the languages; it reads: {', '.join(header)[:200] or 'nothing'}.",
        )
    return source, target
