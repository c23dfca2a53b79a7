"""Choose where calls to Amazon go: offline practice, or AWS by a named profile; check it, and get its policies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from amts_desk.core.amazon import Connection
from amts_desk.flows.checking import policies, read_regions
from amts_desk.ui.widgets.check_table import CheckTable
from amts_desk.ui.widgets.policy_texts import PolicyTexts
from amts_desk.ui.widgets.price_form import PriceForm

if TYPE_CHECKING:
    from amts_desk.flows.checking import Checked

_NAMES = ("profile", "region", "bucket", "prefix", "role_arn")


class ConnectionDialog(QDialog):
    """Holds names only: credentials stay where the AWS command line keeps them."""

    check_wanted = Signal(object)
    """With the connection as it is filled in; `show_checked` takes the answer."""
    profiles_wanted = Signal()
    """When AWS is chosen; `show_profiles` takes the answer. Practice looks at nothing of the person's AWS."""

    def __init__(self, connection: Connection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = self._checked = connection
        self._accounts = {connection.profile: connection.account}
        self.setWindowTitle(self.tr("Connection"))
        self.resize(720, 640)
        self._offline = QRadioButton(
            self.tr("Offline practice: a local engine, not Amazon; nothing leaves this computer")
        )
        self._aws = QRadioButton(self.tr("AWS, with a profile of the AWS command line"))
        (self._offline if connection.is_offline else self._aws).setChecked(True)
        self._build_form()
        self.checks, self.policies = CheckTable(), PolicyTexts()
        self.checks.wanted.connect(self._on_check)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.checks, self.tr("Check"))
        self.tabs.addTab(self.policies, self.tr("Policies"))
        self.tabs.addTab(PriceForm(), self.tr("Prices"))
        self._problem = QLabel()
        self._problem.setWordWrap(True)
        self._problem.hide()
        column = QVBoxLayout(self)
        for widget in (self._offline, self._aws):
            column.addWidget(widget)
        for button in self.tabs.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter in a field is for the button below
        column.addLayout(self._form)
        column.addWidget(self.tabs, 1)
        column.addWidget(self._problem)
        column.addWidget(self._buttons())
        self.use_button.setDefault(True)
        self._aws.toggled.connect(self._on_toggled)
        self._on_changed()

    def _build_form(self) -> None:
        """Make the fields; profile and Region can be chosen from a list as well as written."""
        labels = {
            "profile": self.tr("Profile"),
            "region": self.tr("Region"),
            "bucket": self.tr("S3 bucket"),
            "prefix": self.tr("Folder in the bucket"),
            "role_arn": self.tr("Role ARN for jobs"),
        }
        self._profiles, regions = QComboBox(), QComboBox()
        known = read_regions()
        regions.addItems([*known.custom.regions, *(r for r in known.batch.regions if r not in known.custom.regions)])
        self._fields: dict[str, QLineEdit] = {}
        self._form = QFormLayout()
        for name in _NAMES:
            field = QLineEdit()
            box = {"profile": self._profiles, "region": regions}.get(name)
            if box is not None:
                box.setEditable(True)
                box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
                box.setLineEdit(field)
                box.setAccessibleName(labels[name])
            field.setText(getattr(self._before, name))
            field.setAccessibleName(labels[name])
            field.textChanged.connect(self._on_changed)
            self._fields[name] = field
            self._form.addRow(labels[name], box or field)
        self._fields["profile"].setPlaceholderText(self.tr("the default one"))
        self._fields["role_arn"].setPlaceholderText("arn:aws:iam::…:role/AmtsTranslateData")
        note = QLabel(
            self.tr("Active Custom Translation is known in {0} (list of {1}).").format(
                ", ".join(known.custom.regions), known.custom.as_of.isoformat()
            )
        )
        note.setProperty("role", "quiet")
        self._form.addRow("", note)

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        self.use_button = QPushButton(self.tr("Use this connection"))
        self.use_button.setProperty("role", "primary")
        buttons.addButton(self.use_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        return buttons

    def connection(self) -> Connection:
        """Return what was chosen."""
        values = {name: field.text().strip() for name, field in self._fields.items()}
        return Connection(
            values["region"],
            values["bucket"],
            values["prefix"],
            values["role_arn"],
            values["profile"],
            is_offline=self._offline.isChecked(),
        )

    @Slot(object)
    def show_profiles(self, names: Sequence[str]) -> None:
        """Offer the profiles of this computer; what is written in the field stays."""
        written = self._fields["profile"].text()
        self._profiles.clear()
        self._profiles.addItems(list(names))
        self._fields["profile"].setText(written)

    @Slot(object)
    def show_checked(self, checked: Checked) -> None:
        """Show what a check found."""
        if checked.account and not self._checked.is_offline:
            self._accounts[self._checked.profile] = checked.account
        self.checks.show_checks(checked.checks)
        self._on_changed()

    @Slot()
    def _on_check(self) -> None:
        self.checks.show_waiting()
        self._checked = self.connection()
        self.check_wanted.emit(self._checked)

    @Slot()
    def _on_accepted(self) -> None:
        """Take the connection, unless something is missing that AWS needs; say what."""
        missing = [name for name in ("region", "bucket", "role_arn") if not self._fields[name].text().strip()]
        if self._offline.isChecked() or not missing:
            self.accept()
            return
        self._problem.setText(self.tr("Region, bucket and role are needed for AWS. Fill them in, or practise offline."))
        self._problem.show()
        self._fields[missing[0]].setFocus()

    @Slot(bool)
    def _on_toggled(self, is_aws: bool) -> None:
        if is_aws:
            self.profiles_wanted.emit()
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        """Fill the policies with what stands in the form, whose fields count only for AWS."""
        for name, field in self._fields.items():
            (self._form_box(name) or field).setEnabled(self._aws.isChecked())
        chosen = self.connection()
        self.policies.show_policies(policies(chosen, self._accounts.get(chosen.profile, "")))

    def _form_box(self, name: str) -> QWidget | None:
        parent = self._fields[name].parentWidget()
        return parent if isinstance(parent, QComboBox) else None
