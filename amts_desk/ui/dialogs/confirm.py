"""The one question the program asks: before something leaves the machine or costs money."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from amts_desk.core.amazon import Connection
from amts_desk.core.errors import DeskError
from amts_desk.store.prices import read_prices


def confirm_leaving(connection: Connection, what: str, button: str, parent: QWidget) -> bool:
    """Ask before `what` goes to AWS and return whether it may; offline practice stays here and is not asked about."""
    if connection.is_offline:
        return True
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(QCoreApplication.translate("Confirm", "This goes to AWS"))
    box.setText(what)
    box.setInformativeText(
        QCoreApplication.translate(
            "Confirm",
            "Account {0}, Region {1}, bucket {2}. Costs are estimates: {3}.",
        ).format(
            connection.account or connection.profile or "default profile",
            connection.region,
            connection.bucket,
            price_basis(),
        )
    )
    accept = box.addButton(button, QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.exec()
    accepted = box.clickedButton() is accept
    box.deleteLater()
    return accepted


def price_basis() -> str:
    """Return the date of the prices and whether they were verified, or what is wrong with their table."""
    try:
        return read_prices().note
    except DeskError as error:
        return str(error).rstrip(".")
