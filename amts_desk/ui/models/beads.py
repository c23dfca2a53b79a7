"""The beads of the open chapter as a table."""

from __future__ import annotations

from PySide6.QtCore import QObject

from amts_desk.core.alignment import Bead, BeadState, Sentence
from amts_desk.desk.editor import TrackEditor
from amts_desk.ui.delegates.text import Shown
from amts_desk.ui.models.track import TrackTable

SOURCE, TARGET, CONFIDENCE, STATE = range(4)
BORDER = " ┊ "
"""What stands between two sentences of a cell."""


class BeadTable(TrackTable[Bead]):
    """Four columns: source, target, confidence, state. `languages` are the source's and the target's."""

    def __init__(self, editor: TrackEditor[Bead], parent: QObject | None = None) -> None:
        super().__init__(editor, parent)
        self.languages = ("en", "zh")

    def titles(self) -> tuple[str, ...]:
        """Return the heading of every column."""
        return self.tr("Source"), self.tr("Target"), self.tr("Confidence"), self.tr("State")

    def text(self, row: Bead, column: int) -> str:
        """Return what a cell says in words."""
        if column in (SOURCE, TARGET):
            return BORDER.join(s.text for s in (row.source if column == SOURCE else row.target))
        return f"{row.confidence:.0%}" if column == CONFIDENCE else self._state(row)

    def shown(self, row: Bead, column: int) -> Shown | None:
        """Return the sentences of a cell with the borders between them marked."""
        if column not in (SOURCE, TARGET):
            return None
        return _bordered(row.source if column == SOURCE else row.target, self.languages[column])

    def tip(self, row: Bead, column: int) -> str | None:
        """Return why a bead may be wrong, or what was noted about it."""
        if column == CONFIDENCE:
            return "\n".join(row.reasons) or self.tr("Nothing unusual about this bead.")
        return row.note or None if column == STATE else None

    def _state(self, bead: Bead) -> str:
        return {
            BeadState.AUTOMATIC: self.tr("automatic"),
            BeadState.CONFIRMED: self.tr("✓ confirmed"),
            BeadState.REVIEW: self.tr("? needs review"),
        }[bead.state]


def _bordered(sentences: tuple[Sentence, ...], language: str) -> Shown:
    marks, at = [], 0
    for sentence in sentences[:-1]:
        at += len(sentence.text)
        marks.append((at, at + len(BORDER), "border"))
        at += len(BORDER)
    return Shown(BORDER.join(s.text for s in sentences), language, tuple(marks))
