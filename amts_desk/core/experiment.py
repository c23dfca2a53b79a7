"""The outcome of an experiment: articles scored under several arms (no ACT, paragraph pairs, sentence pairs …)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import fmean
from typing import Any

_OFFLINE = "offline-practice"
_AMAZON = "amazon-translate"
_SEPARATOR = "; "
_PLUS = "+terminology"


def with_terminology(arm: str) -> str:
    """Return the name of an arm whose runs also use a terminology."""
    return f"{arm}{_PLUS}"


def without_terminology(arm: str) -> str:
    """Return what an arm is given besides a terminology: "none", or the unit of its pairs."""
    return arm.removesuffix(_PLUS)


@dataclass(frozen=True, slots=True)
class Cell:
    """Scores of one run: BLEU and chrF 0 to 100 over `n` segments.

    `ci` is the 95 % interval of BLEU, `p` the chance that its difference from the first arm is an accident; None where
    they were not computed, and `p` for the first arm itself.
    """

    bleu: float
    chrf: float
    n: int
    ci: tuple[float, float] | None = None
    p: float | None = None

    def as_json(self) -> dict[str, Any]:
        """Return all of it as one object."""
        return self.scores_as_json() | self.significance_as_json()

    def scores_as_json(self) -> dict[str, Any]:
        """Return what stands under "scores"."""
        return {"bleu": self.bleu, "chrf": self.chrf, "n": self.n}

    def significance_as_json(self) -> dict[str, Any]:
        """Return what stands under "significance"."""
        return {"ci": None if self.ci is None else list(self.ci), "p": self.p}

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> Cell:
        """Return the cell that `as_json` wrote down."""
        low, high = row["ci"] or (0.0, 0.0)
        return cls(row["bleu"], row["chrf"], row["n"], (low, high) if row["ci"] else None, row["p"])


@dataclass(frozen=True, slots=True)
class ArmScore:
    """The cell of one direction ("EN-ZH"), article and arm. `article` is empty for all articles taken together."""

    direction: str
    article: str
    arm: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class Leakage:
    """How many of the `checked` pairs of an arm's parallel data hold text of the articles, checked on what was sent."""

    direction: str
    arm: str
    checked: int
    leaked: int


@dataclass(frozen=True, slots=True)
class Example:
    """A segment of an article to look at: its source, its reference, and (arm, output) for each arm."""

    direction: str
    article: str
    source: str
    reference: str
    outputs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Experiment:
    """The published design run once: the first arm is what the others are compared with.

    `signatures` say, direction by direction, how the scores were made (sacreBLEU's signature with our additions).
    `pooled` are the scores over all segments of a direction, `offline` whether the practice engine translated.
    """

    articles: tuple[str, ...]
    arms: tuple[str, ...]
    directions: tuple[str, ...]
    scores: tuple[ArmScore, ...]
    signatures: tuple[str, ...]
    offline: bool
    pooled: tuple[ArmScore, ...] = ()
    leakage: tuple[Leakage, ...] = ()

    def cell(self, direction: str, article: str, arm: str) -> Cell | None:
        """Return the scores of one run, None when it was not scored."""
        rows = self.scores if article else self.pooled
        key = (direction, article, arm)
        return next((row.cell for row in rows if (row.direction, row.article, row.arm) == key), None)

    def average(self, direction: str, arm: str) -> Cell | None:
        """Return the mean over the articles, every article counting the same.

        `n` is the number of their segments; interval and p are those of all segments together. None when the arm was
        not scored on every article of the direction: its mean could not stand beside the others.
        """
        rows = [row for row in self.scores if row.direction == direction]
        cells = [row.cell for row in rows if row.arm == arm]
        if not cells or len(cells) < len({row.article for row in rows}):
            return None
        pooled = self.cell(direction, "", arm)
        ci, p = (pooled.ci, pooled.p) if pooled else (None, None)
        return Cell(fmean(c.bleu for c in cells), fmean(c.chrf for c in cells), sum(c.n for c in cells), ci, p)

    def signature(self, direction: str) -> str:
        """Return how the scores of a direction were made, the engine included."""
        return f"{self.signatures[self.directions.index(direction)]}|engine:{_OFFLINE if self.offline else _AMAZON}"

    def as_json(self) -> dict[str, Any]:
        """Return the JSON of `amts-desk experiment`; an average also carries the score of all segments pooled."""
        return {
            "articles": list(self.articles),
            "arms": list(self.arms),
            "scores": _nested(self.scores, Cell.scores_as_json),
            "average": {direction: self._averages_as_json(direction) for direction in self.directions},
            "significance": _nested(self.scores, Cell.significance_as_json),
            "leakage": self._leakage_as_json(),
            "signature": _SEPARATOR.join(f"{d} {self.signature(d)}" for d in self.directions),
        }

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> Experiment:
        """Return the experiment that `as_json` wrote down."""
        signed = [entry.split(" ", 1) for entry in row["signature"].split(_SEPARATOR) if entry]
        signatures = tuple(signature.rpartition("|engine:") for _, signature in signed)
        pooled = [
            ArmScore(direction, "", arm, Cell.from_json(average["pooled"]))
            for direction, arms in row["average"].items()
            for arm, average in arms.items()
            if average["pooled"]
        ]
        return cls(
            tuple(row["articles"]),
            tuple(row["arms"]),
            tuple(direction for direction, _ in signed),
            tuple(_scores(row["scores"], row["significance"])),
            tuple(signature for signature, _, _ in signatures),
            any(engine == _OFFLINE for _, _, engine in signatures),
            tuple(pooled),
            tuple(
                Leakage(direction, arm, found["checked"], found["leaked"])
                for direction, arms in row["leakage"].items()
                for arm, found in arms.items()
            ),
        )

    def _averages_as_json(self, direction: str) -> dict[str, Any]:
        averages: dict[str, Any] = {}
        for arm in self.arms:
            average, pooled = self.average(direction, arm), self.cell(direction, "", arm)
            if average:
                averages[arm] = average.scores_as_json() | {"pooled": pooled.as_json() if pooled else None}
        return averages

    def _leakage_as_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for row in self.leakage:
            found.setdefault(row.direction, {})[row.arm] = {"checked": row.checked, "leaked": row.leaked}
        return found


def _nested(scores: tuple[ArmScore, ...], written: Callable[[Cell], dict[str, Any]]) -> dict[str, Any]:
    """Return direction → article → arm → what `written` makes of the cell."""
    nested: dict[str, Any] = {}
    for row in scores:
        nested.setdefault(row.direction, {}).setdefault(row.article, {})[row.arm] = written(row.cell)
    return nested


def _scores(scores: dict[str, Any], significance: dict[str, Any]) -> Iterator[ArmScore]:
    for direction, articles in scores.items():
        for article, arms in articles.items():
            for arm, score in arms.items():
                yield ArmScore(direction, article, arm, Cell.from_json(score | significance[direction][article][arm]))
