"""Choose where calls to Amazon go: offline practice, or AWS by a named profile."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from amts_desk.core.amazon import Connection


class ConnectionDialog(QDialog):
    """Holds names only: credentials stay where the AWS command line keeps them."""

    def __init__(self, connection: Connection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Connection"))
        self.setMinimumWidth(480)
        self._offline = QRadioButton(
            self.tr("Offline practice: a local engine, not Amazon; nothing leaves this computer")
        )
        self._aws = QRadioButton(self.tr("AWS, with a profile of the AWS command line"))
        (self._offline if connection.is_offline else self._aws).setChecked(True)
        self._aws.toggled.connect(self._on_toggled)
        self._fields = {
            name: QLineEdit(getattr(connection, name)) for name in ("profile", "region", "bucket", "prefix", "role_arn")
        }
        labels = {
            "profile": self.tr("Profile"),
            "region": self.tr("Region"),
            "bucket": self.tr("S3 bucket"),
            "prefix": self.tr("Folder in the bucket"),
            "role_arn": self.tr("Role ARN for jobs"),
        }
        self._form = QFormLayout()
        for name, field in self._fields.items():
            field.setAccessibleName(labels[name])
            self._form.addRow(labels[name], field)
        note = QLabel(self.tr("Active Custom Translation is offered in us-east-1, us-west-2 and eu-west-1."))
        note.setProperty("role", "quiet")
        buttons = QDialogButtonBox()
        use = QPushButton(self.tr("Use this connection"))
        use.setProperty("role", "primary")
        buttons.addButton(use, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        self._problem = QLabel()
        self._problem.setWordWrap(True)
        self._problem.hide()
        for widget in (self._offline, self._aws):
            column.addWidget(widget)
        column.addLayout(self._form)
        column.addWidget(note)
        column.addWidget(self._problem)
        column.addWidget(buttons)
        self._on_toggled()

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

    @Slot()
    def _on_toggled(self) -> None:
        for field in self._fields.values():
            field.setEnabled(self._aws.isChecked())
