"""The ready-made policies of a connection, one at a time, with a button to copy."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from amts_desk.core.policies import UNKNOWN_ACCOUNT, Policies


class PolicyTexts(QWidget):
    """Shows policies to be copied into the IAM console, or handed to whoever manages the account."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._policies = Policies("", "", "")
        self.which = QComboBox()
        self.which.setAccessibleName(self.tr("Which policy"))
        for name, title in (
            ("caller", self.tr("What you need: for your user, role or permission set")),
            ("role", self.tr("What the role for jobs needs")),
            ("trust", self.tr("Who may use the role for jobs: its trust policy")),
        ):
            self.which.addItem(title, name)
        self.which.currentIndexChanged.connect(self._on_which)
        self.copy_button = QPushButton(self.tr("Copy"))
        self.copy_button.setToolTip(self.tr("Copy this policy"))
        self.copy_button.clicked.connect(self._on_copy)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("Policy"))
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._note = QLabel()
        self._note.setProperty("role", "quiet")
        self._note.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self.which, 1)
        row.addWidget(self.copy_button)
        column = QVBoxLayout(self)
        column.addLayout(row)
        column.addWidget(self.text, 1)
        column.addWidget(self._note)

    def show_policies(self, policies: Policies) -> None:
        """Show other policies; the same one stays in sight."""
        self._policies = policies
        self._on_which()

    @Slot()
    def _on_which(self) -> None:
        text = str(getattr(self._policies, self.which.currentData()))
        if text == self.text.toPlainText():
            return
        self.text.setPlainText(text)
        self._note.setText(
            self.tr("The account is not known yet: check the connection, or write its number in place of {0}.").format(
                UNKNOWN_ACCOUNT
            )
            if UNKNOWN_ACCOUNT in text
            else self.tr("Filled with your account, Region, bucket, folder and role. No secret is in it.")
        )

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self._note.setText(self.tr("Copied. Paste it in the IAM console, or send it to whoever manages the account."))
