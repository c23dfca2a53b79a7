"""Where the texts of one bead are edited, and where carets say how it is to be split."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QGridLayout, QLabel, QPlainTextEdit, QWidget

from amts_desk.core.alignment import Bead, Sentence
from amts_desk.core.edits import Place
from amts_desk.ui.fonts import reading_font
from amts_desk.ui.widgets.composing import CompositionGuard

_ENTER = Qt.Key.Key_Return, Qt.Key.Key_Enter
_MARKS = ".!?;:,。！？；：，、"
_SHOWN = 12


class SentenceField(QPlainTextEdit):
    """One side of a bead, each sentence a line of its own. An input method is never interrupted."""

    entered = Signal()
    left = Signal()
    split = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self._guard = CompositionGuard(self)
        self._language = ""

    def show_sentences(self, sentences: tuple[Sentence, ...], language: str, *, at_middle: bool) -> None:
        """Show other sentences, the caret behind the first, or in a single one where it might be cut."""
        self._language = language
        self.resize_text()
        self.setPlainText("\n".join(" ".join(s.text.splitlines()) for s in sentences))
        first = sentences[0].text if sentences else ""
        at = _middle(first) if at_middle and len(sentences) == 1 else len(first)
        cursor = self.textCursor()
        cursor.setPosition(len(first[:at].encode("utf-16-le", "surrogatepass")) // 2)
        self.setTextCursor(cursor)
        self.setReadOnly(not sentences)

    def resize_text(self) -> None:
        """Show the text in the size of now."""
        self.setFont(reading_font(self._language))

    def texts(self) -> list[str]:
        """Return the lines; none for an empty side."""
        return [] if self.isReadOnly() else self.toPlainText().split("\n")

    def place(self) -> Place:
        """Return where the caret is: the number of the sentence, and of the character in it."""
        cursor = self.textCursor()
        units = cursor.block().text().encode("utf-16-le", "surrogatepass")[: 2 * cursor.positionInBlock()]
        return cursor.blockNumber(), len(units.decode("utf-16-le", "surrogatepass"))

    @property
    def is_composing(self) -> bool:
        """Whether an input method is at work."""
        return self._guard.is_composing

    def event(self, event: QEvent) -> bool:
        """Keep the keys that move sentences in the table, and Esc, for the field."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    def _is_own(self, event: QKeyEvent) -> bool:
        moves = Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Backspace
        return event.key() in (*moves, Qt.Key.Key_Escape) or (
            event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves, Alt+Enter splits, Esc leaves; lines are neither made nor joined."""
        if event.key() in _ENTER:
            event.accept()
            (self.split if event.modifiers() & Qt.KeyboardModifier.AltModifier else self.entered).emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.accept()
            self.left.emit()
        elif not self._would_join(event.key()):
            super().keyPressEvent(event)

    def _would_join(self, key: int) -> bool:
        cursor = self.textCursor()
        if cursor.hasSelection():
            return False
        at_start = key == Qt.Key.Key_Backspace and cursor.atBlockStart()
        return at_start or (key == Qt.Key.Key_Delete and cursor.atBlockEnd())

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802  overridden
        """Paste text as one line."""
        self.textCursor().insertText(" ".join(source.text().split("\n")))


class BeadEditor(QWidget):
    """Two fields side by side. `saved` comes with Enter, `split` with Alt+Enter, `left` with Esc."""

    saved = Signal()
    split = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = -1
        self.bead: Bead | None = None
        self.source = SentenceField(self.tr("Source sentences, one a line"))
        self.target = SentenceField(self.tr("Target sentences, one a line"))
        self._hint = QLabel()
        self._hint.setProperty("role", "quiet")
        self._hint.setWordWrap(True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for column, field in enumerate((self.source, self.target)):
            grid.addWidget(field, 0, column)
            field.entered.connect(self.saved)
            field.left.connect(self.left)
            field.split.connect(self.split)
            field.cursorPositionChanged.connect(self._on_caret)
        grid.addWidget(self._hint, 1, 0, 1, 2)

    @property
    def is_open(self) -> bool:
        """Whether a bead is being edited."""
        return self.bead is not None

    def open(self, number: int, bead: Bead, languages: tuple[str, str], *, side: str, to_split: bool) -> None:
        """Edit a bead; `number` is its row in the chapter."""
        self.number, self.bead = number, bead
        self.source.show_sentences(bead.source, languages[0], at_middle=to_split)
        self.target.show_sentences(bead.target, languages[1], at_middle=to_split)
        wanted = self.source if (side == "source" or not bead.target) and bead.source else self.target
        wanted.setFocus()
        if not to_split:
            wanted.moveCursor(QTextCursor.MoveOperation.End)

    def close_bead(self) -> None:
        """Edit nothing."""
        self.number, self.bead = -1, None

    @property
    def is_changed(self) -> bool:
        """Whether something was typed that is not saved."""
        if self.bead is None:
            return False
        typed = self.source.texts(), self.target.texts()
        return typed != ([s.text for s in self.bead.source], [s.text for s in self.bead.target])

    @Slot()
    def _on_caret(self) -> None:
        halves = [_around(field) for field in (self.source, self.target)]
        self._hint.setText(
            self.tr(
                "Enter saves, Esc leaves it as it was, Tab goes to the other side. "
                "Alt+Enter splits the bead at both carets:  {0}  /  {1}"
            ).format(*halves)
        )
        self._hint.setAccessibleName(self._hint.text())


def _around(field: SentenceField) -> str:
    """Return the words on both sides of the caret, with a bar between them."""
    text = field.toPlainText().replace("\n", "┊")
    cursor = field.textCursor()
    units = text.encode("utf-16-le", "surrogatepass")
    before = units[: 2 * cursor.position()].decode("utf-16-le", "replace")
    after = units[2 * cursor.position() :].decode("utf-16-le", "replace")
    return f"{before[-_SHOWN:]}|{after[:_SHOWN]}" if text else "–"


def _middle(text: str) -> int:
    """Return where a text might be cut: behind the mark nearest to its middle, else in its middle."""
    middle = len(text) // 2
    marks = [i + 1 for i, sign in enumerate(text[:-1]) if sign in _MARKS]
    return min(marks, key=lambda at: abs(at - middle)) if marks else middle
