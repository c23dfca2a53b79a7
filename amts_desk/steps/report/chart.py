"""A bar chart of the arms as inline SVG that takes its colours from the page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from amts_desk.core.experiment import Cell
from amts_desk.steps.report.wording import both_scales

_ROW, _LABEL, _BAR, _VALUE = 28, 170, 360, 110
_WIDTH = _LABEL + _BAR + _VALUE


def bar_chart(arms: Sequence[tuple[str, Cell]], title: str) -> str:
    """Return an SVG with one bar an arm on the scale from 0 to 100, its interval as a line; empty without arms."""
    if not arms:
        return ""
    height = _ROW * len(arms) + 4
    bars = "".join(_bar(row, arm, cell) for row, (arm, cell) in enumerate(arms))
    return (
        f'<svg role="img" aria-label="{escape(title)}" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}">'
        f"<title>{escape(title)}</title>{bars}</svg>"
    )


def _bar(row: int, arm: str, cell: Cell) -> str:
    top = row * _ROW + 4
    middle = top + (_ROW - 8) / 2
    interval = ""
    if cell.ci:
        low, high = map(_x, cell.ci)
        interval = f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{middle}" y2="{middle}"/>'
    return (
        f'<text x="{_LABEL - 8}" y="{middle + 4}" text-anchor="end">{escape(arm)}</text>'
        f'<rect x="{_LABEL}" y="{top}" width="{_x(cell.bleu) - _LABEL:.1f}" height="{_ROW - 8}"/>{interval}'
        f'<text x="{_LABEL + _BAR + 8}" y="{middle + 4}">{both_scales(cell.bleu)}</text>'
    )


def _x(score: float) -> float:
    return _LABEL + _BAR * score / 100
