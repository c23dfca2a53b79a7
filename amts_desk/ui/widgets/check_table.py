"""What a check of the connection found: one row each, with a sign and a word, and below what to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from amts_desk.core.checks import Check, Verdict
from amts_desk.ui.icons import icon
from amts_desk.ui.models.table import Column, TableModel
from amts_desk.ui.widgets.table import Table

_SIGNS = {
    Verdict.OK: ("confirm", "good"),
    Verdict.WARNING: ("warning", "warn"),
    Verdict.PROBLEM: ("error", "bad"),
}


class CheckTable(QWidget):
    """Asks for a check when its button is pressed, and shows the rows that come back."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = {
            Verdict.OK: self.tr("ok"),
            Verdict.WARNING: self.tr("look"),
            Verdict.PROBLEM: self.tr("problem"),
        }
        signs = {verdict: icon(*sign) for verdict, sign in _SIGNS.items()}
        self.model: TableModel[Check] = TableModel(
            [
                Column(self.tr("State"), lambda row: words[row.verdict], sign=lambda row: signs[row.verdict]),
                Column(self.tr("What"), lambda row: row.subject),
                Column(self.tr("Found"), lambda row: row.found, str),
            ],
            self,
        )
        self.table = Table(self.model, self.tr("Checks"), (108, 190, 0), 28)
        self.table.setIconSize(QSize(16, 16))
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        self.button = QPushButton(self.tr("Check connection"))
        self.button.setToolTip(self.tr("Look at everything that jobs need; nothing is changed and nothing costs"))
        self.button.clicked.connect(self.wanted)
        self._summary = QLabel(self.tr("Looks at sign-in, Region, bucket, role and permissions. Nothing is changed."))
        self._summary.setProperty("role", "quiet")
        self._detail = QLabel()
        self._detail.setWordWrap(True)
        self._detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._detail.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        self._detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._detail.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        head = QHBoxLayout()
        head.addWidget(self._summary, 1)
        head.addWidget(self.button)
        column = QVBoxLayout(self)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self._detail)

    def show_waiting(self) -> None:
        """Say that the check runs."""
        self._summary.setText(self.tr("Looking…"))
        self._detail.clear()
        self.model.set_rows([])

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Show rows, and choose the first that something must be done about."""
        self.model.set_rows(checks)
        problems, warnings = (sum(c.verdict is v for c in checks) for v in (Verdict.PROBLEM, Verdict.WARNING))
        if problems:
            self._summary.setText(self.tr("In the way: {0}. To look at: {1}.").format(problems, warnings))
        elif warnings:
            self._summary.setText(self.tr("Jobs can run. To look at: {0}.").format(warnings))
        else:
            self._summary.setText(self.tr("Everything is as it should be."))
        worst = min(range(len(checks)), key=lambda n: -list(Verdict).index(checks[n].verdict), default=None)
        if worst is not None:
            self.table.choose_row(worst)
            self._on_selected()

    def detail(self) -> str:
        """Return what is told of the chosen row."""
        return self._detail.text()

    @Slot()
    def _on_selected(self) -> None:
        rows = self.table.chosen_rows()
        if rows and rows[0] < len(self.model.rows):
            check = self.model.rows[rows[0]]
            self._detail.setText("\n".join(part for part in (check.found, check.advice) if part))
