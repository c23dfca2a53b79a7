"""Review: what the translator has decided for each block of a chapter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from amts_desk.core.splice import Splice


class DecisionState(StrEnum):
    """How far a block is."""

    OPEN = "open"
    EDITED = "edited"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Decision:
    """A row of Review: a block of the source, and the translation it has so far.

    `run` is the number of the run whose machine output the text began as; 0 when it began empty.
    """

    block: int
    source: str
    text: str = ""
    state: DecisionState = DecisionState.OPEN
    run: int = 0

    @property
    def is_confirmed(self) -> bool:
        """Whether the translator has accepted the text."""
        return self.state is DecisionState.CONFIRMED

    def as_json(self) -> dict[str, Any]:
        """Return what the project file stores."""
        return {"b": self.block, "s": self.source, "t": self.text, "state": self.state.value, "run": self.run}

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> Decision:
        """Return the decision that `as_json` wrote down."""
        return cls(row["b"], row["s"], row["t"], DecisionState(row["state"]), row["run"])


def retype(rows: list[Decision], at: int, text: str) -> Splice[Decision]:
    """Return the splice that gives row `at` another text; it is no longer confirmed."""
    return _change(rows, at, replace(rows[at], text=text, state=DecisionState.EDITED))


def confirm(rows: list[Decision], at: int, text: str) -> Splice[Decision]:
    """Return the splice that accepts `text` as the translation of row `at`."""
    return _change(rows, at, replace(rows[at], text=text, state=DecisionState.CONFIRMED))


def take_machine_output(rows: list[Decision], texts: dict[int, str], run: int) -> Splice[Decision]:
    """Return the splice that puts a run's output into every row that nobody has touched."""
    new = tuple(
        replace(row, text=texts[row.block], run=run) if row.state is DecisionState.OPEN and row.block in texts else row
        for row in rows
    )
    return Splice(0, tuple(rows), new)


def reread(rows: list[Decision], sources: list[str]) -> Splice[Decision]:
    """Return the splice after the source was read again: blocks whose text is unchanged keep their decision."""
    kept: dict[str, list[Decision]] = {}
    for row in reversed(rows):
        kept.setdefault(row.source, []).append(row)
    new = tuple(
        replace(kept[source].pop(), block=number) if kept.get(source) else Decision(number, source)
        for number, source in enumerate(sources)
    )
    return Splice(0, tuple(rows), new)


def _change(rows: list[Decision], at: int, new: Decision) -> Splice[Decision]:
    return Splice(at, (rows[at],), (new,))
