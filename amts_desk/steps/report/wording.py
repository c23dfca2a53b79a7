"""How scores are put into words: the definition that stands above every table, both scales, intervals, p."""

from __future__ import annotations

from amts_desk.core.experiment import Cell, Experiment

OFFLINE = "Translated by the offline practice engine, not by Amazon Translate."
SIGNIFICANT = 0.05

_UNITS = {"block": "blocks", "line": "lines", "document": "documents", "sentence": "sentences"}
_OWN = ("unit", "scope", "markup", "engine")
_SACREBLEU = ("nrefs", "bs", "seed", "case", "eff", "tok", "smooth", "version")


def definition(signature: str, n: int) -> str:
    """Return a signature and the number of segments in one line of plain words.

    As in "BLEU · zh · blocks of prose · markup kept · sacreBLEU 2.6.0 · n = 155".
    """
    told = dict(pair.partition(":")[::2] for pair in signature.split("|"))
    words = ["BLEU", told.get("tok", "")]
    unit = told.get("unit", "")
    scope = told.get("scope", "")
    words.append(" of ".join(word for word in (_UNITS.get(unit, unit), scope) if word))
    words.append(f"markup {told['markup']}" if "markup" in told else "")
    words += [f"{key} {value}" for key, value in told.items() if key not in (*_OWN, *_SACREBLEU)]
    words += [f"sacreBLEU {told.get('version', 'unknown')}", f"n = {n}"]
    return " · ".join(word for word in words if word)


def direction_definition(result: Experiment, direction: str) -> str:
    """Return the definition of a direction's scores, n being the segments of all its articles."""
    segments = {row.article: row.cell.n for row in result.scores if row.direction == direction}
    return definition(result.signature(direction), sum(segments.values()))


def both_scales(bleu: float) -> str:
    """Return BLEU from 0 to 1 and from 0 to 100, as in "0.536  53.6"."""
    return f"{bleu / 100:.3f} {bleu:5.1f}"


def is_significant(cell: Cell) -> bool:
    """Return whether a run differs from the first arm by more than accident explains (p < 0.05)."""
    return cell.p is not None and cell.p < SIGNIFICANT


def p_words(p: float) -> str:
    """Return p to three places; what no resample reached is "p < 0.001"."""
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}"


def interval_words(cell: Cell) -> str:
    """Return the 95 % interval on the scale to 100, as in "50.1 to 57.3"; empty when there is none."""
    return "" if cell.ci is None else f"{cell.ci[0]:.1f} to {cell.ci[1]:.1f}"


def leakage_lines(result: Experiment, direction: str) -> list[str]:
    """Return what the check of the parallel data found, arm by arm."""
    return [
        f"Leakage check of the {row.arm} pairs sent: {row.leaked:,} of {row.checked:,} hold text of the articles."
        for row in result.leakage
        if row.direction == direction
    ]
