"""The connection dialog: profiles to choose, a check with a row for each thing, policies to copy, prices to edit."""

import json
import logging
import os
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from amts_desk.aws.cloud import Cloud, Identity
from amts_desk.core.amazon import Connection
from amts_desk.core.checks import doubtful, fine, wrong
from amts_desk.flows.checking import Checked
from amts_desk.store.prices import prices_file, read_prices
from amts_desk.ui.dialogs.connection import ConnectionDialog
from amts_desk.ui.widgets.price_form import PriceForm

AWS = Connection("us-west-2", "books", role_arn="arn:aws:iam::111122223333:role/Data", profile="work", is_offline=False)


@pytest.fixture
def opened(shown):
    """Return a function that makes the dialog of a connection, over a window that stays."""
    parent = shown(QWidget(), (300, 100))
    return lambda connection: ConnectionDialog(connection, parent)


@pytest.fixture
def dialog(opened):
    return opened(AWS)


def test_profiles_and_regions_can_be_chosen_and_written(dialog):
    dialog.show_profiles(("default", "work"))
    assert dialog.connection() == AWS, "what is written stays"
    assert [dialog._profiles.itemText(n) for n in range(dialog._profiles.count())] == ["default", "work"]
    dialog._profiles.setCurrentIndex(0)
    dialog._fields["region"].setText("mars-1")
    assert (dialog.connection().profile, dialog.connection().region) == ("default", "mars-1")


def test_profiles_are_asked_for_only_when_aws_is_chosen(opened):
    dialog, asked = opened(Connection()), []
    dialog.profiles_wanted.connect(lambda: asked.append(1))
    dialog._on_changed()
    assert asked == []
    dialog._aws.setChecked(True)
    assert asked == [1]
    dialog._offline.setChecked(True)
    assert asked == [1]


def test_a_check_shows_signs_words_and_what_to_do(dialog):
    wanted = []
    dialog.check_wanted.connect(wanted.append)
    dialog.checks.button.click()
    assert wanted == [AWS]
    rows = (
        fine("identity", "me"),
        doubtful("encryption", "Nothing is set.", "Set it."),
        wrong("bucket", "There is no bucket.", "Check its name."),
        wrong("role", "There is no role.", "Make it."),
    )
    dialog.show_checked(Checked(rows, "111122223333"))
    model = dialog.checks.model
    assert [model.data(model.index(n, 0)) for n in range(4)] == ["ok", "look", "problem", "problem"]
    assert all(not model.data(model.index(n, 0), 1).isNull() for n in range(4)), "a sign beside each word"
    assert dialog.checks.detail() == "There is no bucket.\nCheck its name.", "the first problem is chosen"
    dialog.checks.table.choose_row(1)
    assert dialog.checks.detail() == "Nothing is set.\nSet it."
    dialog.show_checked(Checked((fine("identity", "me"),)))
    assert "as it should be" in dialog.checks._summary.text()
    dialog.show_checked(Checked(rows[:2]))
    assert dialog.checks._summary.text() == "Jobs can run. To look at: 1."


def test_policies_follow_the_form_and_are_copied_one_by_one(dialog):
    shown = dialog.policies
    assert "YOUR-ACCOUNT-NUMBER" in shown.text.toPlainText()
    dialog.checks.button.click()
    dialog.show_checked(Checked((fine("identity", "me"),), "111122223333"))
    dialog._fields["bucket"].setText("other-books")
    caller = json.loads(shown.text.toPlainText())
    assert "arn:aws:s3:::other-books" in json.dumps(caller)
    for number, name in enumerate(("caller", "role", "trust")):
        shown.which.setCurrentIndex(number)
        shown.copy_button.click()
        copied = QGuiApplication.clipboard().text()
        assert copied == shown.text.toPlainText()
        assert ("sts:AssumeRole" in copied) is (name == "trust")
        assert "YOUR-" not in copied


def test_each_profile_has_its_own_account_and_practice_gives_none(dialog):
    def checked(account):
        dialog.checks.button.click()
        dialog.show_checked(Checked((fine("identity", "me"),), account))
        return "YOUR-ACCOUNT-NUMBER" not in dialog.policies.text.toPlainText()

    dialog._offline.setChecked(True)
    assert not checked("123456789012")
    dialog._aws.setChecked(True)
    assert checked("111122223333")
    dialog._fields["profile"].setText("other")
    assert "YOUR-ACCOUNT-NUMBER" in dialog.policies.text.toPlainText()
    dialog._fields["profile"].setText("work")
    assert ":111122223333:" in dialog.policies.text.toPlainText()


def test_the_check_of_the_window_reaches_the_dialog(session, dialog, tmp_path, monkeypatch):
    monkeypatch.setattr(Cloud, "identity", lambda self: Identity("111122223333", "arn:x:user/me", "https://sts"))
    monkeypatch.setattr(
        "amts_desk.flows.checking.check_cloud", lambda cloud: iter([fine("identity", cloud.identity().arn)])
    )
    session.open_project(tmp_path / "b.amts", create=True)
    dialog.check_wanted.connect(session.check_connection)
    session.connection_checked.connect(dialog.show_checked)
    dialog.checks.button.click()
    assert dialog.checks.detail() == "arn:x:user/me"
    assert session.connection.is_offline, "to check a connection is not yet to use it"


def test_profiles_are_names_only(session, tmp_path, monkeypatch):
    (tmp_path / "config").write_text(
        "[default]\n[profile sso]\nsso_session = x\n[profile program]\ncredential_process = y\n"
    )
    (tmp_path / "credentials").write_text("[static]\naws_access_key_id = AKIASECRET\naws_secret_access_key = secret\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    found = []
    session.profiles_listed.connect(found.append)
    session.list_profiles()
    assert found == [("default", "program", "sso", "static")]
    (tmp_path / "config").write_text("[nonsense")
    session.list_profiles()
    assert found[1] == ()


def test_prices_are_kept_for_every_project_and_given_up_again(shown):
    form = shown(PriceForm(), (500, 300))
    assert [field.text() for field in form.fields.values()] == ["15.00", "60.00", "0.023"]
    form.fields["custom"].setText("$61,50")
    form.verified.setChecked(True)
    form.keep()
    assert (read_prices().rates.custom, read_prices().is_verified) == (Decimal("61.50"), True)
    assert form.fields["custom"].text() == "61.50"
    form.fields["batch"].setText("cheap")
    form.keep()
    assert "“cheap” is no amount of US dollars" in form.said()
    assert read_prices().rates.batch == 15
    form.go_back()
    assert not prices_file().exists()
    assert (form.fields["custom"].text(), form.verified.isChecked()) == ("60.00", False)


def test_a_broken_table_of_prices_is_told_and_can_be_given_up(shown):
    prices_file().write_text("nonsense")
    form = shown(PriceForm(), (500, 300))
    assert "makes no sense" in form.said()
    form.go_back()
    assert form.fields["batch"].text() == "15.00"


def test_no_secret_reaches_the_log_or_the_crash_window(session, tmp_path, monkeypatch, caplog):
    """The connection to AWS breaks with a defect, while distinctive keys are in the environment and in use."""
    from amts_desk.ui.dialogs.crash import report

    secrets = ("AKIADISTINCTIVE00002", "DistinctiveSecretOfTheWindow")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", secrets[0])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", secrets[1])

    def crash(self):
        keys = self.client("sts").meta.events, os.environ["AWS_SECRET_ACCESS_KEY"]
        raise KeyError(len(keys))

    monkeypatch.setattr(Cloud, "identity", crash)
    told = []
    session.crashed.connect(lambda error: told.append(report(error)))
    session.open_project(tmp_path / "b.amts", create=True)
    with caplog.at_level(logging.DEBUG, "amts_desk"):
        session.set_connection(replace(AWS, profile=""))
        logging.getLogger("amts_desk").error("%r %r", session.connection, Cloud(session.connection))
    (text,) = told
    assert "in crash" in text
    stored = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for secret in secrets:
        assert secret not in text + caplog.text
        assert secret.encode() not in stored


def test_enter_in_a_field_uses_the_connection(dialog, shown, qtbot):
    wanted = []
    dialog.check_wanted.connect(wanted.append)
    dialog.show()
    qtbot.keyClick(dialog._fields["bucket"], Qt.Key.Key_Return)
    assert wanted == []
    assert dialog.result() == QDialog.DialogCode.Accepted
