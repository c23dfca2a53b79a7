"""The question before jobs start: where they go, how much it is, what was checked, what it costs about."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from amts_desk.core.amazon import Connection
from amts_desk.core.checks import Check, Verdict
from amts_desk.core.languages import language
from amts_desk.flows.estimating import in_words
from amts_desk.flows.preflight import Ready
from amts_desk.ui.dialogs.confirm import price_basis


class StartJobsDialog(QDialog):
    """Shows what is about to be started; its button names the consequence, and is dead while something is wrong."""

    def __init__(self, ready: Ready, connection: Connection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ready = ready
        self._connection = connection
        self.setWindowTitle(self.tr("Start jobs"))
        self.resize(640, 440)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for words, role in ((self._where(), "heading"), (self._what(), ""), (self._cost(), "")):
            label = QLabel(words)
            label.setProperty("role", role)
            label.setWordWrap(True)
            column.addWidget(label)
        self.checks = self._checks()
        column.addWidget(self.checks, 1)
        column.addLayout(self._buttons())
        (self.start_button if connection.is_offline and ready.is_possible else self.cancel_button).setFocus()

    def _checks(self) -> QListWidget:
        checks = QListWidget()
        checks.setObjectName("arms")
        checks.setAccessibleName(self.tr("What was checked"))
        checks.setWordWrap(True)
        checks.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        checks.setResizeMode(QListView.ResizeMode.Adjust)
        for check in self.ready.checks:
            QListWidgetItem(_sentence(check), checks)
        return checks

    def _buttons(self) -> QHBoxLayout:
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        self.start_button = QPushButton(self._consequence())
        self.start_button.setProperty("role", "primary")
        self.start_button.setEnabled(self.ready.is_possible)
        self.start_button.clicked.connect(self.accept)
        for button in (self.cancel_button, self.start_button):
            button.setAutoDefault(True)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.start_button)
        return row

    def _where(self) -> str:
        connection = self._connection
        if connection.is_offline:
            return self.tr("Offline practice: the engine on this computer translates, not Amazon.")
        account = self.ready.account or connection.account or connection.profile or self.tr("default profile")
        return self.tr("This goes to AWS: account {0}, Region {1}, bucket {2}.").format(
            account, connection.region, connection.bucket
        )

    def _what(self) -> str:
        orders = self.ready.orders
        targets = dict.fromkeys(target for order in orders for target in order.target_languages)
        chapters = {chapter.name for order in orders for chapter in order.chapters}
        words = self.tr("Jobs: {0} · chapters: {1} · into {2} · {3:,} characters over all jobs and languages").format(
            len(orders), len(chapters), ", ".join(language(t).name for t in targets), self.ready.estimate.characters
        )
        if self.ready.before:
            words += self.tr(" · started before and left out: {0}").format(len(self.ready.before))
        return words

    def _cost(self) -> str:
        cost, basis = in_words(self.ready.estimate.cost), price_basis()
        if self._connection.is_offline:
            words = self.tr("It is free, and only for practice. At Amazon it would cost {0} ({1}).")
            return words.format(cost, basis)
        return self.tr("It costs {0} ({1}).").format(cost, basis)

    def _consequence(self) -> str:
        count = len(self.ready.orders)
        problems = sum(check.verdict is Verdict.PROBLEM for check in self.ready.checks)
        if problems:
            return self.tr("Problems to solve first: {0}").format(problems)
        jobs = self.tr("Start 1 job") if count == 1 else self.tr("Start {0} jobs").format(count)
        if self._connection.is_offline:
            return self.tr("{0}, free").format(jobs)
        return self.tr("{0}, {1}").format(jobs, in_words(self.ready.estimate.cost))


def _sentence(check: Check) -> str:
    """Return a check as one line that begins with a sign and a word: neither colour nor place alone tells."""
    tr = QCoreApplication.translate
    signs = {
        Verdict.OK: tr("StartJobsDialog", "✓ fine"),
        Verdict.WARNING: tr("StartJobsDialog", "▲ note"),
        Verdict.PROBLEM: tr("StartJobsDialog", "✗ problem"),
    }
    return f"{signs[check.verdict]} · {check}"
