"""The message bar: what happened and what to do next, at most one message, never a dialog."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from amts_desk.core.errors import DeskError
from amts_desk.ui.actions import with_key
from amts_desk.ui.icons import icon


@dataclass(frozen=True, slots=True)
class Message:
    """What the bar says; `step` is what its button does, None without a button."""

    tone: str
    text: str
    button: str = ""
    step: Callable[[], None] | None = None


class MessageBar(QFrame):
    """Shows one message with an optional next step; a further one waits its turn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self._shown: Message | None = None
        self._waiting: list[Message] = []
        self._icon = QLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._action = QPushButton()
        self._action.clicked.connect(self._on_action)
        self._close = QToolButton()
        self._close.setAccessibleName(self.tr("Close this message"))
        self.name_key("")
        self._close.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        for widget in (self._icon, self._text, self._action, self._close):
            row.addWidget(widget, 1 if widget is self._text else 0)
        self.hide()

    @property
    def text(self) -> str:
        """The message that is shown, "" when there is none."""
        return self._shown.text if self._shown else ""

    def name_key(self, key: str) -> None:
        """Say by which key a message is closed; "" for none."""
        self._close.setToolTip(with_key(self.tr("Close this message"), key))

    def show_error(self, error: DeskError) -> None:
        """Show what went wrong and what to do next."""
        self._queue(Message("bad", str(error)))

    def show_note(self, text: str) -> None:
        """Show something worth knowing that is no error."""
        self._queue(Message("info", text))

    def offer(self, text: str, button: str, step: Callable[[], None]) -> None:
        """Show a message with its next step on a button; what is shown comes again after it."""
        if self._shown is not None and self._shown.step is None:
            self._waiting.insert(0, self._shown)
        self._show(Message("info", text, button, step))

    @Slot()
    def withdraw_offer(self) -> None:
        """Close the offer that is shown, if one is: what it was about is gone."""
        if self._shown is not None and self._shown.step is not None:
            self.dismiss()

    @Slot()
    def dismiss(self) -> None:
        """Close the message and show the next one, if any waits."""
        if self._waiting:
            self._show(self._waiting.pop(0))
        else:
            self._shown = None
            self.hide()

    @Slot()
    def _on_action(self) -> None:
        shown = self._shown
        self.dismiss()
        if shown is not None and shown.step is not None:
            shown.step()

    def _queue(self, message: Message) -> None:
        if self._shown is None:
            self._show(message)
        elif message not in (self._shown, *self._waiting):
            self._waiting = [*self._waiting, message][-20:]

    def _show(self, message: Message) -> None:
        self._shown = message
        self._icon.setPixmap(
            icon({"bad": "error", "info": "info"}[message.tone], {"bad": "bad", "info": "accent"}[message.tone]).pixmap(
                20, 20
            )
        )
        self._close.setIcon(icon("close"))
        self._text.setText(message.text)
        self._text.setAccessibleName(message.text)
        self._action.setText(message.button)
        self._action.setVisible(message.step is not None)
        self.setProperty("tone", message.tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
