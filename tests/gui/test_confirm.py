"""The question before something costs money: it names place and price table, and only its button says yes."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from amts_desk.core.amazon import Connection
from amts_desk.store.prices import prices_file
from amts_desk.ui.dialogs.confirm import confirm_leaving

AWS = Connection("eu-west-1", "books", profile="work", is_offline=False)


@pytest.fixture
def asked(qtbot, shown):
    """Ask, press the button of that name (or Escape), and return (answer, what was told)."""
    parent = shown(QWidget())

    def ask(button):
        told = []

        def press():
            (box,) = parent.findChildren(QMessageBox)
            told.append(f"{box.text()} {box.informativeText()}")
            found = [b for b in box.findChildren(QPushButton) if b.text() == button]
            found[0].click() if found else box.reject()

        QTimer.singleShot(0, press)
        return confirm_leaving(AWS, "3 jobs.", "Start 3 jobs", parent), told[0]

    return ask


@pytest.mark.parametrize(("button", "answer"), [("Start 3 jobs", True), ("Cancel", False), ("Escape", False)])
def test_only_the_named_button_says_yes(asked, button, answer):
    said, told = asked(button)
    assert said is answer
    assert told.startswith("3 jobs. Account work, Region eu-west-1, bucket books. Costs are estimates: prices of 20")
    assert "unverified; check aws.amazon.com/translate/pricing" in told


def test_a_table_of_prices_that_makes_no_sense_is_told(asked):
    prices_file().write_text("nonsense")
    assert "makes no sense" in asked("Cancel")[1]


def test_practice_is_not_asked_about(shown):
    assert confirm_leaving(Connection(), "3 jobs.", "Start 3 jobs", shown(QWidget()))
