"""Review: source, reference, machine output and your text side by side; correct, confirm, go on."""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from amts_desk.core import review
from amts_desk.core.amazon import Run
from amts_desk.core.languages import language, parse_direction
from amts_desk.desk.session import Session
from amts_desk.ui import theme
from amts_desk.ui.delegates.text import TextDelegate
from amts_desk.ui.fonts import families, reading_font, reading_size
from amts_desk.ui.models.review import MACHINE, REFERENCE, SOURCE, YOURS, Comparison, Marks, ReviewTable
from amts_desk.ui.rooms.room import Room
from amts_desk.ui.widgets.composing import CompositionGuard
from amts_desk.ui.widgets.empty_state import EmptyState
from amts_desk.ui.widgets.table import Table
from amts_desk.ui.widgets.zoom_wheel import ZoomWheel

if TYPE_CHECKING:
    from amts_desk.flows.reviewing import Beside
    from amts_desk.steps.score.highlight import Mark

_PAUSE = 400
"""Milliseconds without a key after which what was typed is saved."""


class Editor(QPlainTextEdit):
    """Where the translation of the current block is typed. Tab leaves it; an input method is never interrupted.

    It has no history of its own: Ctrl+Z is the window's, whose steps are on the disk.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self._guard = CompositionGuard(self)

    def event(self, event: QEvent) -> bool:
        """Leave the keys of undo and redo to the window."""
        keys = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and any(map(event.matches, keys))
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep a block one line: Enter types no line break."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            return
        super().keyPressEvent(event)


class ReviewRoom(Room):
    """One row a block of the source. What is typed is saved after a short pause, and before anything else happens."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        empty = EmptyState(
            self.tr("No chapter is open"),
            self.tr("Here you read machine output beside the human text, correct it and confirm it, block by block."),
            self.tr("Choose a chapter"),
        )
        super().__init__(session, empty, parent)
        self.model = ReviewTable(session.review, self)
        self._beside = Comparison()
        self._runs: list[Run] = []
        self._row = -1
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self.keep)
        self.column.addLayout(self._head())
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self._list())
        split.addWidget(self._bottom())
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([420, 240])
        for area in (self.table, self.detail, self.editor):
            ZoomWheel(area).turned.connect(self.zoom_wanted)
        self.column.addWidget(split, 1)
        session.chapter_opened.connect(self.refresh)
        session.amazon.runs_changed.connect(self._on_runs_changed)
        session.project_closed.connect(self.refresh)
        session.review.leaving.connect(self.keep)
        session.review.loaded.connect(self._on_loaded)
        session.review.spliced.connect(self._on_spliced)
        session.beside_found.connect(self._on_beside)
        self.entry = self.table
        self.refresh()

    # ---- building ----------------------------------------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        self.direction = QComboBox()
        self.direction.setAccessibleName(self.tr("Direction of translation"))
        self.direction.activated.connect(self._on_direction)
        self.run_box = QComboBox()
        self.run_box.setAccessibleName(self.tr("Run whose output is shown"))
        self.run_box.setMinimumContentsLength(14)
        self.run_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.run_box.activated.connect(self._on_run)
        self.highlights = QCheckBox(self.tr("BLEU highlights"))
        words = self.tr("Shade what the reference confirms, underline what it does not")
        self.hint(self.highlights, words, "review_toggle_highlights")
        self.highlights.setChecked(True)
        self.highlights.toggled.connect(self._on_switch)
        self.differences = QCheckBox(self.tr("Differences"))
        words = self.tr("Show what differs from the reference")
        self.hint(self.differences, words, "review_toggle_differences")
        self.differences.toggled.connect(self._on_switch)
        self._count = QLabel()
        self._count.setProperty("role", "quiet")
        self._count.setWordWrap(True)
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout()
        for widget in (self.direction, self.run_box, self.highlights, self.differences):
            row.addWidget(widget)
        row.setStretchFactor(self.run_box, 2)
        row.addWidget(self._count, 1)
        return row

    def _list(self) -> QWidget:
        self.table = Table(self.model, self.tr("Blocks of the chapter"), (0, 0, 0, 0, 110), numbered=True)
        self._text = TextDelegate(3, self.table)
        for column in (SOURCE, REFERENCE, MACHINE, YOURS):
            self.table.setItemDelegateForColumn(column, self._text)
        self.table.verticalHeader().setDefaultSectionSize(self._text.row_height())
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.table.activated.connect(self._on_activated)
        return self.table

    def _bottom(self) -> QWidget:
        self.detail = QTextBrowser()
        self.detail.setAccessibleName(self.tr("Source, reference and machine output of the block"))
        self.editor = Editor()
        self.editor.setAccessibleName(self.tr("Your translation"))
        self.editor.setPlaceholderText(self.tr("Your translation of this block"))
        self.editor.textChanged.connect(self._on_typed)
        self.take_button = QPushButton(self.tr("Take machine output"))
        words = self.tr("Put the run's output into every block nobody has touched")
        self.hint(self.take_button, words, "review_take_output")
        self.take_button.clicked.connect(self.take_output)
        self.confirm_button = QPushButton(self.tr("Confirm and next"))
        self.hint(self.confirm_button, self.tr("Confirm this block and go to the next open one"), "review_confirm")
        self.confirm_button.setProperty("role", "primary")
        self.confirm_button.clicked.connect(self.confirm)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.take_button)
        row.addWidget(self.confirm_button)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.editor, 1)
        column.addLayout(row)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.detail)
        split.addWidget(right)
        split.setSizes([600, 480])
        return split

    # ---- showing -----------------------------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Show the open chapter, its runs and its references."""
        chapter = self.session.chapter
        self.show_empty(empty=chapter is None)
        if chapter is None:
            return
        directions = [chapter.direction, f"{chapter.target_language}-{chapter.source_language}"]
        if [self.direction.itemData(i) for i in range(self.direction.count())] != directions:
            self.direction.clear()
            for direction in directions:
                self.direction.addItem(_words(direction), direction)
        self.direction.setCurrentIndex(max(0, self.direction.findData(self.session.review_direction)))
        self._show_runs()
        self._ask_beside()
        self._show_count()
        if self.table.currentIndex().row() < 0:
            self.table.choose_row(0)
        self.changed.emit()

    def resize_text(self) -> None:
        """Show table, detail and editor in the size of now; the rows grow with it."""
        self.table.verticalHeader().setDefaultSectionSize(self._text.row_height())
        self.table.viewport().update()
        self.editor.setFont(reading_font(self._beside.target_language))
        self._show_detail()

    @Slot()
    def _on_runs_changed(self) -> None:
        """Show new output; out of sight there is nothing to score, and entering refreshes."""
        if self.isVisible():
            self.refresh()

    def take_first_step(self, step: int) -> None:
        """Go to Chapters."""
        self.room_wanted.emit("chapters")

    def subtitle(self) -> str:
        """Return the chapter and the direction."""
        chapter = self.session.chapter
        return f"{chapter.name}   {_words(self.session.review_direction)}" if chapter else ""

    def chosen_run(self) -> Run | None:
        """Return the run whose output is shown."""
        index = self.run_box.currentIndex()
        return self._runs[index] if 0 <= index < len(self._runs) else None

    # ---- what a person can do ----------------------------------------------------------------------------------

    @Slot()
    def confirm(self) -> None:
        """Accept what stands in the editor and go to the next block that is open."""
        rows = self.session.review.rows
        if not 0 <= self._row < len(rows) or not self.editor.toPlainText().strip():
            self.session.noted.emit(self.tr("There is no translation to confirm yet."))
            return
        self._timer.stop()
        row = self._row
        splice = review.confirm(rows, row, self.editor.toPlainText())
        if splice.old != splice.new:
            self.session.review.edit(splice, self.tr("Confirm"))
        following = [*range(row + 1, len(rows)), *range(row)]
        self._select(next((i for i in following if not self.session.review.rows[i].is_confirmed), row))

    @Slot()
    def keep(self) -> None:
        """Save what was typed, if it differs."""
        self._timer.stop()
        rows = self.session.review.rows
        if 0 <= self._row < len(rows) and self.editor.toPlainText() != rows[self._row].text:
            self.session.review.edit(review.retype(rows, self._row, self.editor.toPlainText()), self.tr("Type"))

    @Slot()
    def take_output(self) -> None:
        """Put the run's output into every block that nobody has touched."""
        self.keep()
        run = self.chosen_run()
        if run is None:
            self.session.noted.emit(self.tr("There is no machine output yet. Start a job in Jobs."))
            return
        self.session.take_machine_output(run)

    def toggle_highlights(self) -> None:
        """Switch the BLEU highlights."""
        self.highlights.toggle()

    def toggle_differences(self) -> None:
        """Switch the differences."""
        self.differences.toggle()

    def edit(self) -> None:
        """Go into the editor."""
        self.editor.setFocus()

    def save_chapter(self) -> None:
        """Ask where, and write the finished chapter there."""
        self.keep()
        chapter = self.session.chapter
        proposed = f"{chapter.name}.{parse_direction(self.session.review_direction)[1]}.md" if chapter else ""
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Save the finished chapter"), proposed, "Markdown (*.md)")
        if name:
            self.session.save_chapter(Path(name))

    # ---- inside ------------------------------------------------------------------------------------------------

    @Slot(int)
    def _on_direction(self, index: int) -> None:
        self.keep()
        self.session.open_review(self.direction.itemData(index))

    @Slot(int)
    def _on_run(self, _: int) -> None:
        self._ask_beside()

    @Slot()
    def _on_switch(self) -> None:
        self.model.show_beside(self._beside, with_marks=self.highlights.isChecked())
        self._show_detail()

    def _show_runs(self) -> None:
        self._runs = list(self.session.outputs(self.session.review_direction))[::-1]
        before = self.run_box.currentText()
        self.run_box.clear()
        for run in self._runs:
            engine = self.tr(" · offline practice") if run.is_offline else ""
            self.run_box.addItem(f"{run.number}: {run.arm}{engine}")
        self.run_box.setEnabled(bool(self._runs))
        if not self._runs:
            self.run_box.addItem(self.tr("no machine output yet"))
        self.run_box.setCurrentIndex(max(0, self.run_box.findText(before)))

    def _ask_beside(self) -> None:
        self.session.find_beside(self.chosen_run())

    @Slot(object)
    def _on_beside(self, found: Beside) -> None:
        marks = {block: _styled(found.marks[block]) for block in found.marks}
        comparison = Comparison(found.source_language, found.target_language, found.references, found.machine, marks)
        self._beside = comparison
        self.editor.setFont(reading_font(comparison.target_language))
        self.model.show_beside(comparison, with_marks=self.highlights.isChecked())
        self._show_detail()

    @Slot()
    def _on_loaded(self) -> None:
        self._timer.stop()
        self._row = -1
        self._show_count()

    @Slot(object)
    def _on_spliced(self, _: object) -> None:
        self._show_count()
        rows = self.session.review.rows
        if 0 <= self._row < len(rows) and self.editor.toPlainText() != rows[self._row].text:
            self._fill_editor()
        self.changed.emit()

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, new: QModelIndex, _old: QModelIndex) -> None:
        self.keep()
        self._row = new.row()
        self._fill_editor()
        self._show_detail()

    @Slot(QModelIndex)
    def _on_activated(self, _: QModelIndex) -> None:
        self.editor.setFocus()

    @Slot()
    def _on_typed(self) -> None:
        self._timer.start()

    def _fill_editor(self) -> None:
        rows = self.session.review.rows
        self.editor.blockSignals(True)
        self.editor.setPlainText(rows[self._row].text if 0 <= self._row < len(rows) else "")
        self.editor.blockSignals(False)
        self._timer.stop()

    def _select(self, row: int) -> None:
        self.table.choose_row(row)

    def _show_count(self) -> None:
        rows = self.session.review.rows
        done = sum(row.is_confirmed for row in rows)
        self._count.setText(self.tr("{0} of {1} blocks confirmed").format(done, len(rows)))

    def _show_detail(self) -> None:
        """Show source, reference and machine output of the current block whole."""
        rows = self.session.review.rows
        if not 0 <= self._row < len(rows):
            self.detail.setHtml("")
            return
        row = rows[self._row]
        human, machine = self._beside.references.get(row.block, ""), self._beside.machine.get(row.block, "")
        parts = [
            (self.tr("Source"), html.escape(row.source), self._beside.source_language),
            (self.tr("Reference"), html.escape(human) or "—", self._beside.target_language),
            (self.tr("Machine"), self._machine_html(machine, row.block) or "—", self._beside.target_language),
        ]
        if self.differences.isChecked() and human and machine:
            changes = self._difference_html(machine, human)
            parts.append((self.tr("From machine to reference"), changes, self._beside.target_language))
        self.detail.setHtml("".join(_part(*part) for part in parts))

    def _machine_html(self, text: str, block: int) -> str:
        marks = self._beside.marks.get(block, ()) if self.highlights.isChecked() else ()
        pieces, at = [], 0
        for start, end, style in marks:
            pieces += [html.escape(text[at:start]), _marked(text[start:end], style)]
            at = end
        return "".join([*pieces, html.escape(text[at:])])

    def _difference_html(self, machine: str, human: str) -> str:
        from amts_desk.steps.diff import differences

        changes = differences(machine, human, self._beside.target_language)
        return "".join(_marked(change.text, change.kind.value) for change in changes)


def _part(title: str, body: str, code: str) -> str:
    fonts = ", ".join(f"'{family}'" for family in families(code))
    quiet = theme.colour("quiet").name()
    return (
        f"<p style='margin:0 0 2px 0; color:{quiet}'>{title}</p>"
        f'<p style="margin:0 0 10px 0; font-family:{fonts}; font-size:{reading_size()}px">{body}</p>'
    )


def _marked(text: str, style: str) -> str:
    escaped = html.escape(text)
    if style.startswith("gram"):
        return f"<span style='background-color:{theme.colour(style).name()}'>{escaped}</span>"
    if style == "insert":
        return f"<u style='background-color:{theme.colour('good_ground').name()}'>{escaped}</u>"
    if style == "delete":
        return f"<s style='background-color:{theme.colour('bad_ground').name()}'>{escaped}</s>"
    if style == "unconfirmed":
        return f"<u>{escaped}</u>"
    return escaped


def _words(direction: str) -> str:
    source, target = parse_direction(direction)
    return f"{language(source).name} → {language(target).name}"


def _styled(marks: list[Mark]) -> Marks:
    return tuple((m.start, m.end, f"gram{m.order}" if m.order else "unconfirmed") for m in marks)
