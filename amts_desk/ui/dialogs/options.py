"""Choose how the project reads chapters, and how it writes finished ones."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from amts_desk.core.options import NARROWEST, WIDEST, Options

_USUAL = 80
_SPACED = "用 ReLU 激活", "用ReLU激活"


class OptionsDialog(QDialog):
    """The options of a project; whoever asks for it stores them and offers to read chapters again."""

    def __init__(self, options: Options, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = options
        self.setWindowTitle(self.tr("Project options"))
        self.setMinimumWidth(520)
        self._semicolon = QCheckBox(self.tr("； ends a sentence in Chinese and Japanese"))
        self._semicolon.setToolTip(self.tr("Without this, what stands before and after a ； is one sentence"))
        self._semicolon.setChecked(options.semicolon)
        self._comments = QCheckBox(self.tr("Comments in code are translated, too"))
        self._comments.setToolTip(self.tr("Each comment in a code block or code cell becomes a segment of its own"))
        self._comments.setChecked(options.comments)
        self._wraps = QCheckBox(self.tr("Wrap paragraphs at"))
        self._wraps.setToolTip(self.tr("Without this, each paragraph is one line"))
        self._wraps.setChecked(options.columns > 0)
        self._columns = QSpinBox()
        self._columns.setRange(NARROWEST, WIDEST)
        self._columns.setValue(options.columns or _USUAL)
        self._columns.setAccessibleName(self.tr("Columns"))
        self._columns.setToolTip(self.tr("Columns of a line; a Chinese character takes two"))
        self._spaces = QCheckBox(self.tr("A space between Chinese characters and Latin letters, digits, code or math"))
        self._spaces.setToolTip(self.tr("{0}, not {1}").format(*_SPACED))
        self._spaces.setChecked(options.latin_spaces)
        self._note = QLabel(
            self.tr("Chapters stay as they were read until you read them again. You will be asked; every bead whose "
                    "sentences are unchanged is kept.")
        )  # fmt: skip
        self._example = QLabel()
        for label in (self._note, self._example):
            label.setProperty("role", "quiet")
            label.setWordWrap(True)
        for box in (self._semicolon, self._comments, self._wraps, self._spaces):
            box.setAccessibleName(box.text())
            box.toggled.connect(self._on_toggled)
        self._build()
        self._on_toggled()

    def _build(self) -> None:
        width = QHBoxLayout()
        for widget in (self._wraps, self._columns, QLabel(self.tr("columns"))):
            width.addWidget(widget)
        width.addStretch(1)
        buttons = QDialogButtonBox()
        use = QPushButton(self.tr("Use these options"))
        use.setProperty("role", "primary")
        buttons.addButton(use, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(_heading(self.tr("Reading chapters")))
        for widget in (self._semicolon, self._comments, self._note):
            column.addWidget(widget)
        column.addSpacing(8)
        column.addWidget(_heading(self.tr("Writing finished chapters")))
        column.addLayout(width)
        for widget in (self._spaces, self._example):
            column.addWidget(widget)
        column.addSpacing(8)
        column.addWidget(buttons)

    def options(self) -> Options:
        """Return what was chosen."""
        return Options(
            self._semicolon.isChecked(),
            self._comments.isChecked(),
            self._columns.value() if self._wraps.isChecked() else 0,
            self._spaces.isChecked(),
        )

    @Slot()
    def _on_toggled(self) -> None:
        """Show what the choice means: an example of the spaces, and what becomes of chapters that are there."""
        self._columns.setEnabled(self._wraps.isChecked())
        self._example.setText(self.tr("As in: {0}").format(_SPACED[0 if self._spaces.isChecked() else 1]))
        self._note.setVisible(self.options().rules != self._before.rules)


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "heading")
    return label
