"""The crash window: what went wrong, to copy and report; the program goes on, nothing is lost."""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from amts_desk import __version__
from amts_desk.core.errors import DeskError

_log = logging.getLogger(__name__)


class CrashReporter(QObject):
    """Takes exceptions nobody caught, from any thread, and shows them on the GUI thread.

    PySide6 calls the hook in the thread that failed, so the hook does nothing but emit a signal.
    """

    expected = Signal(object)
    _caught = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_showing = False
        self._caught.connect(self._on_caught)

    def install(self) -> None:
        """Become the hook of the interpreter and its threads."""
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

    def uninstall(self) -> None:
        """Give the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _hook(self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        self._caught.emit(error)

    def _thread_hook(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self._caught.emit(arguments.exc_value)

    @Slot(object)
    def _on_caught(self, error: BaseException) -> None:
        if isinstance(error, DeskError):
            self.expected.emit(error)
            return
        _log.error("not expected", exc_info=error)
        if not self._is_showing:
            self._is_showing = True
            dialog = CrashDialog(report(error))
            dialog.exec()
            dialog.deleteLater()
            self._is_showing = False


def report(error: BaseException) -> str:
    """Return the text of a report: versions and the trace, no text of any chapter."""
    trace = "".join(traceback.format_exception(error))
    return f"AMTS Desk {__version__} · Python {platform.python_version()} · {platform.platform()}\n\n{trace}"


class CrashDialog(QDialog):
    """Shows a report with a button to copy it."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Something went wrong"))
        self.resize(640, 400)
        words = QLabel(
            self.tr(
                "This is a defect of AMTS Desk. Everything you have done is saved, and you can go on. "
                "Please copy the report and send it to the developers."
            )
        )
        words.setWordWrap(True)
        self._text = QPlainTextEdit(text)
        self._text.setReadOnly(True)
        self._text.setAccessibleName(self.tr("Report"))
        buttons = QDialogButtonBox()
        copy = QPushButton(self.tr("Copy the report"))
        copy.clicked.connect(self._on_copy)
        go_on = QPushButton(self.tr("Go on"))
        go_on.setProperty("role", "primary")
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(go_on, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        column = QVBoxLayout(self)
        column.addWidget(words)
        column.addWidget(self._text, 1)
        column.addWidget(buttons)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())
