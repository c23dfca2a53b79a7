"""The table of an experiment for a terminal, where a Hanzi is two columns wide."""

from __future__ import annotations

import unicodedata

from amts_desk.core.experiment import Cell, Experiment
from amts_desk.steps.report.wording import (
    OFFLINE,
    SIGNIFICANT,
    both_scales,
    direction_definition,
    is_significant,
    leakage_lines,
)

_GAP = "   "


def text_table(result: Experiment) -> str:
    """Return the scores of every direction, articles down and arms across, under the line that defines them."""
    return "\n\n".join(_direction(result, direction) for direction in result.directions) + "\n"


def width(text: str) -> int:
    """Return how many columns of a terminal `text` takes (Unicode Standard Annex 11)."""
    shown = [character for character in text if not unicodedata.combining(character)]
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in shown)


def _direction(result: Experiment, direction: str) -> str:
    head = [direction, direction_definition(result, direction)] + [OFFLINE] * result.offline
    return "\n".join([*head, "", *_aligned(_rows(result, direction)), "", *_notes(result, direction)]).rstrip()


def _rows(result: Experiment, direction: str) -> list[list[str]]:
    rows = [["article", "n", *result.arms]]
    for article in result.articles:
        cells = [result.cell(direction, article, arm) for arm in result.arms]
        if any(cells):
            rows.append([article, _segments(cells), *map(_scores, cells)])
    averages = [result.average(direction, arm) for arm in result.arms]
    rows.append(["average of the articles", _segments(averages), *map(_scores, averages)])
    return rows


def _segments(cells: list[Cell | None]) -> str:
    return str(next((cell.n for cell in cells if cell), ""))


def _scores(cell: Cell | None) -> str:
    if cell is None:
        return "–"
    return both_scales(cell.bleu) + (" *" if is_significant(cell) else "")


def _aligned(rows: list[list[str]]) -> list[str]:
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return [_GAP.join(_padded(text, wide) for text, wide in zip(row, widths, strict=True)).rstrip() for row in rows]


def _padded(text: str, wide: int) -> str:
    return text + " " * (wide - width(text))


def _notes(result: Experiment, direction: str) -> list[str]:
    notes = []
    if any(row.direction == direction and is_significant(row.cell) for row in (*result.scores, *result.pooled)):
        notes.append(
            f"* differs from “{result.arms[0]}” with p < {SIGNIFICANT} (paired bootstrap; average: all segments)"
        )
    return [*notes, *leakage_lines(result, direction), f"Signature: {result.signature(direction)}"]
