"""The one door to pandas: the scores as a table for spreadsheets, notebooks and papers."""

from __future__ import annotations

from typing import Any

from amts_desk.core.experiment import Experiment
from amts_desk.steps.report.wording import OFFLINE, both_scales, direction_definition

_COLUMNS = ("direction", "article", "arm", "bleu", "chrf", "n", "ci_low", "ci_high", "p", "signature")


def frame(result: Experiment) -> Any:
    """Return a pandas DataFrame with one row for each direction, article and arm.

    Columns: direction, article, arm, bleu, chrf (0 to 100), n, ci_low, ci_high, p, signature; what is not known is
    missing. Rows whose article is "(all segments)" hold the scores of all articles pooled.
    """
    import pandas as pd

    rows = []
    for row in (*result.scores, *result.pooled):
        cell = row.cell
        low, high = cell.ci or (None, None)
        origin = (row.direction, row.article or "(all segments)", row.arm)
        rows.append((*origin, cell.bleu, cell.chrf, cell.n, low, high, cell.p, result.signature(row.direction)))
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def csv_text(result: Experiment) -> str:
    """Return the rows of `frame` as CSV."""
    text: str = frame(result).to_csv(index=False, lineterminator="\n")
    return text


def latex_text(result: Experiment) -> str:
    """Return a LaTeX table: articles down, arms across, BLEU on both scales, its definitions as comments above."""
    table = frame(result)
    table["score"] = table["bleu"].map(both_scales)
    wide = table.pivot(index=["direction", "article"], columns="arm", values="score").reindex(columns=list(result.arms))
    order = [(row.direction, row.article or "(all segments)") for row in (*result.scores, *result.pooled)]
    text: str = wide.loc[list(dict.fromkeys(order))].fillna("–").to_latex(escape=True)
    comments = [f"% {direction}: {direction_definition(result, direction)}\n" for direction in result.directions]
    offline = [f"% {OFFLINE}\n"] * result.offline
    return "".join([*offline, *comments, text])
