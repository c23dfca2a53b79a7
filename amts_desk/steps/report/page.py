"""The report of an experiment as one HTML page that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from amts_desk.core.experiment import Cell, Example, Experiment
from amts_desk.steps.report.chart import bar_chart
from amts_desk.steps.report.wording import (
    OFFLINE,
    direction_definition,
    interval_words,
    is_significant,
    leakage_lines,
    p_words,
)

_STYLE = """
:root { color-scheme: light dark; --ink: #1f2328; --quiet: #57606a; --line: #d0d7de; --bar: #2f6fab; --paper: #ffffff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --quiet: #9da7b3; --line: #3d444d; --bar: #5b9bd5; --paper: #16191d; }
}
body { margin: 2rem auto; max-width: 64rem; padding: 0 1rem; color: var(--ink); background: var(--paper);
  font: 15px/1.5 system-ui, sans-serif; }
table { border-collapse: collapse; margin: .5rem 0 1rem; }
th, td { border-bottom: 1px solid var(--line); padding: 6px 16px 6px 0; text-align: left; vertical-align: top; }
td.score { font-variant-numeric: tabular-nums; white-space: nowrap; }
small, .definition, .notes { color: var(--quiet); }
.offline { border: 1px solid var(--line); border-radius: 4px; padding: 6px 12px; font-weight: 600; }
svg { max-width: 100%; height: auto; font-size: 13px; }
svg text { fill: var(--ink); } svg rect { fill: var(--bar); } svg line { stroke: var(--ink); stroke-width: 2; }
:lang(zh) { font-family: "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif; }
:lang(ja) { font-family: "Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic", system-ui, sans-serif; }
:lang(ko) { font-family: "Noto Sans CJK KR", "Apple SD Gothic Neo", "Malgun Gothic", system-ui, sans-serif; }
"""


def html_report(result: Experiment, details: Sequence[Example] = ()) -> str:
    """Return the page: for every direction its definition, table and chart, then the `details` article by article."""
    sections = "".join(_direction(result, direction, details) for direction in result.directions)
    offline = f'<p class="offline">{OFFLINE}</p>\n' if result.offline else ""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Experiment: {escape(', '.join(result.arms))}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>Experiment</h1>\n{offline}{sections}</body>\n</html>\n"
    )


def _direction(result: Experiment, direction: str, details: Iterable[Example]) -> str:
    averages = [(arm, result.average(direction, arm)) for arm in result.arms]
    chart = bar_chart([(arm, cell) for arm, cell in averages if cell], f"Average BLEU by arm, {direction}")
    notes = [*leakage_lines(result, direction), f"Signature: {result.signature(direction)}"]
    return (
        f'<section>\n<h2>{escape(direction)}</h2>\n<p class="definition">'
        f"{escape(direction_definition(result, direction))}</p>\n{_table(result, direction)}\n{chart}\n"
        f'<p class="notes">{"<br>".join(map(escape, notes))}</p>\n{_examples(result, direction, details)}</section>\n'
    )


def _table(result: Experiment, direction: str) -> str:
    head = "".join(f"<th>{escape(arm)}</th>" for arm in result.arms)
    lines = [(article, [result.cell(direction, article, arm) for arm in result.arms]) for article in result.articles]
    rows = [_row(article, cells) for article, cells in lines if any(cells)]
    averages = _row("average of the articles", [result.average(direction, arm) for arm in result.arms])
    return f"<table>\n<tr><th>article</th><th>n</th>{head}</tr>\n{''.join(rows)}{averages}</table>"


def _row(article: str, cells: Sequence[Cell | None]) -> str:
    segments = next((str(cell.n) for cell in cells if cell), "")
    return f"<tr><td>{escape(article)}</td><td>{segments}</td>{''.join(map(_cell, cells))}</tr>\n"


def _cell(cell: Cell | None) -> str:
    if cell is None:
        return "<td>–</td>"
    small = [f"chrF {cell.chrf:.1f}", interval_words(cell), "" if cell.p is None else p_words(cell.p)]
    words = " · ".join(word for word in small if word)
    sign = " <abbr title='differs from the first arm, p &lt; 0.05'>*</abbr>" if is_significant(cell) else ""
    return (
        f'<td class="score"><strong>{cell.bleu / 100:.3f}</strong> {cell.bleu:.1f}{sign}'
        f"<br><small>{escape(words)}</small></td>"
    )


def _examples(result: Experiment, direction: str, details: Iterable[Example]) -> str:
    source, _, target = direction.lower().partition("-")
    blocks = []
    for article in result.articles:
        chosen = [example for example in details if (example.direction, example.article) == (direction, article)]
        if chosen:
            tables = "".join(_example(example, source, target) for example in chosen)
            blocks.append(
                f"<details>\n<summary>{escape(article)}: {len(chosen)} segments</summary>\n{tables}</details>\n"
            )
    return "".join(blocks)


def _example(example: Example, source: str, target: str) -> str:
    lines = [("source", source, example.source), ("reference", target, example.reference)]
    lines += [(arm, target, text) for arm, text in example.outputs]
    rows = "".join(
        f'<tr><th>{escape(name)}</th><td lang="{escape(language)}">{escape(text)}</td></tr>\n'
        for name, language, text in lines
    )
    return f"<table>\n{rows}</table>\n"
