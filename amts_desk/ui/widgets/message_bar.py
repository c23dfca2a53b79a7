"""The message bar: what happened and what to do next, at most one message, never a dialog."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from amts_desk.core.errors import DeskError
from amts_desk.ui.icons import icon


class MessageBar(QFrame):
    """Shows one message with an optional next step; a further one waits its turn and is counted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self._waiting: list[tuple[str, str]] = []
        self._step: Callable[[], None] | None = None
        self._icon = QLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._action = QPushButton()
        self._action.clicked.connect(self._on_action)
        self._close = QToolButton()
        self._close.setToolTip(self.tr("Close this message (Esc)"))
        self._close.setAccessibleName(self.tr("Close this message"))
        self._close.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        for widget in (self._icon, self._text, self._action, self._close):
            row.addWidget(widget, 1 if widget is self._text else 0)
        self.hide()

    @property
    def text(self) -> str:
        """The message that is shown, "" when there is none."""
        return "" if self.isHidden() else self._text.text()

    def show_error(self, error: DeskError) -> None:
        """Show what went wrong and what to do next."""
        self._queue("bad", str(error))

    def show_note(self, text: str) -> None:
        """Show something worth knowing that is no error."""
        self._queue("info", text)

    def offer(self, text: str, button: str, step: Callable[[], None]) -> None:
        """Show a message with its next step on a button; it takes the place of what is shown."""
        self._step = step
        self._action.setText(button)
        self._show("info", text)

    @Slot()
    def dismiss(self) -> None:
        """Close the message and show the next one, if any waits."""
        self._step = None
        if self._waiting:
            self._show(*self._waiting.pop(0))
        else:
            self.hide()

    @Slot()
    def _on_action(self) -> None:
        step = self._step
        self.dismiss()
        if step is not None:
            step()

    def _queue(self, tone: str, text: str) -> None:
        if self.text and self.text != text:
            self._waiting = [*self._waiting, (tone, text)][-20:]
            return
        self._step = None
        self._show(tone, text)

    def _show(self, tone: str, text: str) -> None:
        self._icon.setPixmap(
            icon({"bad": "error", "info": "info"}[tone], {"bad": "bad", "info": "accent"}[tone]).pixmap(20, 20)
        )
        self._close.setIcon(icon("close"))
        self._text.setText(text)
        self._text.setAccessibleName(text)
        self._action.setVisible(self._step is not None)
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
