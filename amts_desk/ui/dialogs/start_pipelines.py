"""The question before pipelines start: where their jobs go, what they are, and what they cost at most."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from amts_desk.core.amazon import Connection
from amts_desk.flows.estimating import Estimate, in_words
from amts_desk.ui.dialogs.confirm import price_basis


class StartPipelinesDialog(QDialog):
    """Shows the estimate; its button names the consequence."""

    def __init__(
        self, estimate: Estimate, pipelines: int, connection: Connection, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._estimate, self._connection = estimate, connection
        self.setWindowTitle(self.tr("Start pipelines"))
        self.setMinimumWidth(520)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        what = self.tr("Pipelines: {0} · jobs: {1} · {2:,} characters over all jobs").format(
            pipelines, estimate.jobs, estimate.characters
        )
        for words, role in ((self._where(), "heading"), (what, ""), (self._cost(), ""), (self._before(), "quiet")):
            label = QLabel(words)
            label.setProperty("role", role)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addLayout(self._buttons())
        (self.start_button if connection.is_offline else self.cancel_button).setFocus()

    def _buttons(self) -> QHBoxLayout:
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        self.start_button = QPushButton(self._consequence())
        self.start_button.setProperty("role", "primary")
        self.start_button.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (self.cancel_button, self.start_button):
            button.setAutoDefault(True)
            row.addWidget(button)
        return row

    def _where(self) -> str:
        connection = self._connection
        if connection.is_offline:
            return self.tr("Offline practice: the engine on this computer translates, not Amazon.")
        account = connection.account or connection.profile or self.tr("default profile")
        return self.tr("This goes to AWS: account {0}, Region {1}, bucket {2}.").format(
            account, connection.region, connection.bucket
        )

    def _cost(self) -> str:
        cost, basis = in_words(self._estimate.cost), price_basis()
        if self._connection.is_offline:
            words = self.tr("It is free, and only for practice. At Amazon it would cost {0} ({1}).")
            return words.format(cost, basis)
        return self.tr("It costs {0} ({1}).").format(cost, basis)

    def _before(self) -> str:
        return self.tr("Jobs that were started before from exactly the same texts are counted, but not paid for again.")

    def _consequence(self) -> str:
        if self._connection.is_offline:
            return self.tr("Start {0} jobs, free").format(self._estimate.jobs)
        return self.tr("Start {0} jobs, {1}").format(self._estimate.jobs, in_words(self._estimate.cost))
