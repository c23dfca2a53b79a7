"""What a review would bring in, bead by bead, and what it would not; nothing changes before the button says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from amts_desk.core.alignment import Bead
from amts_desk.core.exchange import Content
from amts_desk.core.homecoming import Change, Conflict, ConflictKind, Outcome
from amts_desk.ui.icons import icon
from amts_desk.ui.models.table import Column, TableModel
from amts_desk.ui.widgets.fitting import fit_screen
from amts_desk.ui.widgets.table import Table

_BORDER = " ┊ "


@dataclass(frozen=True, slots=True)
class _Line:
    """A change or a conflict. `chapter` is its number, 0 when it belongs to none; `row` is -1 without a bead."""

    chapter: int
    name: str
    row: int
    what: str
    now: str
    theirs: str
    message: str = ""


class ReviewImport(QDialog):
    """Lists conflicts and changes; not modal, so that the beads can be looked at.

    `accepted_changes` comes with the button, `bead_wanted` (chapter, row) with Enter or a double click on a line.
    """

    accepted_changes = Signal()
    bead_wanted = Signal(int, int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Review from {0}").format(name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(980, 560)
        fit_screen(self)
        self._told = QLabel()
        self._told.setWordWrap(True)
        self._told.setProperty("role", "heading")
        self._notices = QLabel()
        self._notices.setWordWrap(True)
        self._notices.setProperty("role", "quiet")
        columns: list[Column[_Line]] = [
            Column(self.tr("Chapter"), lambda line: line.name),
            Column(self.tr("Bead"), lambda line: str(line.row + 1) if line.row >= 0 else "", is_number=True),
            Column(self.tr("What"), lambda line: line.what, lambda line: line.message or line.what, sign=_sign),
            Column(self.tr("Now, or why it stays"), lambda line: line.now),
            Column(self.tr("In the file"), lambda line: line.theirs),
        ]
        self._model: TableModel[_Line] = TableModel(columns, self)
        self.table = Table(self._model, self.tr("What came back"), (140, 56, 190, 0, 0), 28)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.activated.connect(self._on_activated)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self._detail = QPlainTextEdit()
        self._detail.setReadOnly(True)
        self._detail.setAccessibleName(self.tr("The selected line in full"))
        self._detail.setFixedHeight(150)
        self._detail.setTabChangesFocus(True)
        self.button = QPushButton()
        self.button.setProperty("role", "primary")
        self.button.clicked.connect(self.accepted_changes)
        self.leave = QPushButton(self.tr("Bring in nothing"))
        self.leave.clicked.connect(self.close)
        for button in (self.leave, self.button):
            button.setAutoDefault(False)  # Enter is for the lines
        self._build()

    def _build(self) -> None:
        hint = QLabel(self.tr("Enter goes to the bead of a line."))
        hint.setProperty("role", "quiet")
        row = QHBoxLayout()
        row.addWidget(hint, 1)
        row.addWidget(self.leave)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        for widget in (self._told, self._notices):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addWidget(self._detail)
        column.addLayout(row)

    def show_review(self, outcomes: Sequence[Outcome], strays: Sequence[Conflict], notices: Sequence[str]) -> None:
        """Show what a file would change and what it would not, the conflicts first."""
        changes = sum(len(outcome.changes) for outcome in outcomes)
        conflicts = sum(len(outcome.conflicts) for outcome in outcomes) + len(strays)
        if changes or conflicts:
            words = self.tr("Beads that would change: {0}. Conflicts, which stay as they are here: {1}.")
            self._told.setText(words.format(changes, conflicts))
        else:
            self._told.setText(self.tr("Nothing was changed in the file."))
        self._notices.setText("\n".join(notices))
        self._notices.setVisible(bool(notices))
        self._show_lines([*self._conflicts(outcomes, strays), *self._changes(outcomes)])
        self.button.setText(self.tr("Bring in {0}").format(changes))
        self.button.setVisible(changes > 0)
        if not changes:
            self.leave.setText(self.tr("Close"))

    def show_brought_in(self, outcomes: Sequence[Outcome], strays: Sequence[Conflict]) -> None:
        """Leave the conflicts on the table, now that the changes were brought in; close when there are none."""
        lines = list(self._conflicts(outcomes, strays))
        if not lines:
            self.close()
            return
        self._told.setText(
            self.tr("The changes were brought in. Conflicts that are left to you: {0}.").format(len(lines))
        )
        self.button.hide()
        self.leave.setText(self.tr("Close"))
        self._show_lines(lines)

    def _show_lines(self, lines: Sequence[_Line]) -> None:
        self._model.set_rows(lines)
        if lines:
            self.table.choose_row(0)
        self._show_detail(self.table.currentIndex().row())
        self.table.setFocus()

    def _conflicts(self, outcomes: Iterable[Outcome], strays: Iterable[Conflict]) -> Iterator[_Line]:
        for outcome in outcomes:
            for conflict in outcome.conflicts:
                yield self._conflict(conflict, outcome.origin.number, outcome.origin.name)
        for conflict in strays:
            yield self._conflict(conflict, 0, "")

    def _conflict(self, conflict: Conflict, chapter: int, name: str) -> _Line:
        theirs = _all(conflict.theirs) if conflict.theirs is not None else ""
        what = self._kinds()[conflict.kind]
        return _Line(chapter, name, conflict.row, what, conflict.message, theirs, str(conflict))

    def _changes(self, outcomes: Iterable[Outcome]) -> Iterator[_Line]:
        for outcome in outcomes:
            for change in outcome.changes:
                now, theirs = _differences(change)
                yield _Line(outcome.origin.number, outcome.origin.name, change.row, self._what(change), now, theirs)

    def _what(self, change: Change) -> str:
        before, after = change.before, change.after
        kinds = (
            (self.tr("source"), before.source != after.source),
            (self.tr("target"), before.target != after.target),
            (self.tr("state"), before.state is not after.state),
            (self.tr("note"), before.note != after.note),
        )
        return ", ".join(word for word, is_changed in kinds if is_changed)

    def _kinds(self) -> dict[ConflictKind, str]:
        return {
            ConflictKind.CHANGED: self.tr("changed here, too"),
            ConflictKind.DELETED: self.tr("missing in the file"),
            ConflictKind.DUPLICATED: self.tr("twice in the file"),
            ConflictKind.UNKNOWN: self.tr("not from here"),
            ConflictKind.MOVED: self.tr("in another place"),
            ConflictKind.DAMAGED: self.tr("id or hash damaged"),
            ConflictKind.SENTENCES: self.tr("other sentences"),
            ConflictKind.STATE: self.tr("unknown state"),
            ConflictKind.UNREADABLE: self.tr("cannot be read"),
            ConflictKind.READ_ONLY: self.tr("was read only"),
        }

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, new: QModelIndex, _: QModelIndex) -> None:
        self._show_detail(new.row())

    def _show_detail(self, row: int) -> None:
        line = self._model.rows[row] if 0 <= row < len(self._model.rows) else None
        if line is None:
            self._detail.clear()
            return
        parts = [line.message] if line.message else [self.tr("Now: {0}").format(line.now)]
        parts += [self.tr("In the file: {0}").format(line.theirs)] if line.theirs else []
        self._detail.setPlainText("\n\n".join(parts))

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        line = self._model.rows[index.row()]
        if line.chapter and line.row >= 0:
            self.bead_wanted.emit(line.chapter, line.row)


def _sign(line: _Line) -> QIcon | None:
    return icon("warning", "warn", 16) if line.message else None


def _differences(change: Change) -> tuple[str, str]:
    """Return what differs between a bead and what it would become: now, and then."""
    pairs = zip(_parts(change.before), _parts(change.after), strict=True)
    changed = [(before or "–", after or "–") for before, after in pairs if before != after]
    return _BORDER.join(before for before, _ in changed), _BORDER.join(after for _, after in changed)


def _parts(bead: Bead) -> list[str]:
    return [*(sentence.text for sentence in (*bead.source, *bead.target)), bead.state.value, bead.note]


def _all(content: Content) -> str:
    return _BORDER.join(part for part in (*content.source, *content.target, content.state, content.note) if part)
