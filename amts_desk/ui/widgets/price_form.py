"""The table of prices, to be looked at and edited; it counts for every project."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from amts_desk.core.errors import DeskError
from amts_desk.core.prices import PAGE, Prices, Rates, money
from amts_desk.store.prices import read_prices, save_prices, use_own_prices_no_more


class PriceForm(QWidget):
    """Keeps the person's own table when asked to, and goes back to the program's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        labels = {
            "batch": self.tr("A million characters without parallel data"),
            "custom": self.tr("A million characters with parallel data"),
            "storage": self.tr("A gigabyte of parallel data a month"),
        }
        self.fields = {name: QLineEdit() for name in labels}
        form = QFormLayout()
        for name, label in labels.items():
            self.fields[name].setAccessibleName(label)
            form.addRow(label, self.fields[name])
        self.as_of = QDateEdit()
        self.as_of.setDisplayFormat("yyyy-MM-dd")
        self.as_of.setCalendarPopup(True)
        self.as_of.setAccessibleName(self.tr("Prices of"))
        form.addRow(self.tr("Prices of"), self.as_of)
        self.verified = QCheckBox(self.tr("I have compared them with Amazon's page"))
        form.addRow("", self.verified)
        note = QLabel(self.tr("US dollars, for estimates only: Amazon bills by its own page, {0}.").format(PAGE))
        note.setProperty("role", "quiet")
        note.setWordWrap(True)
        self._said = QLabel()
        self._said.setWordWrap(True)
        keep = QPushButton(self.tr("Keep these prices"))
        keep.clicked.connect(self.keep)
        back = QPushButton(self.tr("Use the program's prices"))
        back.clicked.connect(self.go_back)
        row = QHBoxLayout()
        row.addWidget(self._said, 1)
        row.addWidget(back)
        row.addWidget(keep)
        column = QVBoxLayout(self)
        column.addWidget(note)
        column.addLayout(form)
        column.addStretch(1)
        column.addLayout(row)
        self._prices: Prices | None = None
        self._show()

    def said(self) -> str:
        """Return what the form last said."""
        return self._said.text()

    @Slot()
    def keep(self) -> None:
        """Keep what stands in the form as the person's own table; say what is wrong with it when it cannot be."""
        try:
            rates = Rates(*(money(field.text()) for field in self.fields.values()))
            chosen = self.as_of.date()
            as_of = date(chosen.year(), chosen.month(), chosen.day())
            prices = self._prices or Prices(rates, as_of)
            save_prices(prices.edited(rates, as_of, is_verified=self.verified.isChecked()))
        except DeskError as error:
            self._said.setText(str(error))
            return
        self._show()
        self._said.setText(self.tr("Kept. Estimates use these prices from now on."))

    @Slot()
    def go_back(self) -> None:
        """Use the table that the program came with."""
        use_own_prices_no_more()
        self._show()
        self._said.setText(self.tr("Estimates use the prices that the program came with."))

    def _show(self) -> None:
        """Show the table that counts, or what is wrong with it."""
        try:
            prices = self._prices = read_prices()
        except DeskError as error:
            self._said.setText(str(error))
            return
        rates = prices.rates
        for name, amount in (("batch", rates.batch), ("custom", rates.custom), ("storage", rates.storage)):
            self.fields[name].setText(f"{amount:f}")
        self.as_of.setDate(QDate(prices.as_of.year, prices.as_of.month, prices.as_of.day))
        self.verified.setChecked(prices.is_verified)
        self._said.clear()
