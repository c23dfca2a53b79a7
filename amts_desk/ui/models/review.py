"""The blocks of the open chapter under review: source, reference, machine output, your text, state."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QObject

from amts_desk.core.review import Decision, DecisionState
from amts_desk.desk.editor import TrackEditor
from amts_desk.ui.delegates.text import Shown
from amts_desk.ui.models.track import TrackTable

SOURCE, REFERENCE, MACHINE, YOURS, STATE = range(5)
Marks = tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What stands beside the decisions: reference, machine output and its marks, by block; and the languages."""

    source_language: str = "en"
    target_language: str = "zh"
    references: dict[int, str] = field(default_factory=dict)
    machine: dict[int, str] = field(default_factory=dict)
    marks: dict[int, Marks] = field(default_factory=dict)


class ReviewTable(TrackTable[Decision]):
    """Five columns, one row a block."""

    def __init__(self, editor: TrackEditor[Decision], parent: QObject | None = None) -> None:
        super().__init__(editor, parent)
        self._beside = Comparison()
        self._with_marks = True

    def show_beside(self, comparison: Comparison, *, with_marks: bool) -> None:
        """Show other references, output or marks."""
        self._beside, self._with_marks = comparison, with_marks
        if self.rows:
            self.dataChanged.emit(self.index(0, SOURCE), self.index(len(self.rows) - 1, YOURS))

    def titles(self) -> tuple[str, ...]:
        """Return the heading of every column."""
        return self.tr("Source"), self.tr("Reference"), self.tr("Machine"), self.tr("Yours"), self.tr("State")

    def text(self, row: Decision, column: int) -> str:
        """Return what a cell says in words."""
        if column == STATE:
            return {
                DecisionState.OPEN: self.tr("open"),
                DecisionState.EDITED: self.tr("✎ edited"),
                DecisionState.CONFIRMED: self.tr("✓ confirmed"),
            }[row.state]
        return {
            SOURCE: row.source,
            REFERENCE: self._beside.references.get(row.block, ""),
            MACHINE: self._beside.machine.get(row.block, ""),
            YOURS: row.text,
        }[column]

    def shown(self, row: Decision, column: int) -> Shown | None:
        """Return the text of a cell, the machine's with what the reference confirms marked."""
        if column == STATE:
            return None
        language = self._beside.source_language if column == SOURCE else self._beside.target_language
        marks = self._beside.marks.get(row.block, ()) if column == MACHINE and self._with_marks else ()
        return Shown(self.text(row, column), language, marks)

    def tip(self, row: Decision, column: int) -> str | None:
        """Return no tooltip: the whole text stands below the table."""
        return None
