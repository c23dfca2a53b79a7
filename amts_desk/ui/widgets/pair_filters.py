"""What is left out of parallel data, and how its markup is handled: the choices of a person."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QFormLayout, QHBoxLayout, QWidget

from amts_desk.steps.parallel_data.filters import Filters, Markup

_ANY, _USUAL, _OWN = range(3)


class PairFilters(QWidget):
    """A form; `changed` comes with every change of it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.confirmed = QCheckBox(self.tr("Only confirmed beads"))
        self.confidence = QDoubleSpinBox()
        self.confidence.setRange(0, 1)
        self.confidence.setSingleStep(0.05)
        self.confidence.setAccessibleName(self.tr("Least confidence of a pair"))
        self.length = QComboBox()
        self.length.setAccessibleName(self.tr("Length of the target"))
        self.length.addItems([self.tr("Any"), self.tr("Usual in these pairs"), self.tr("From – to")])
        self.length.setToolTip(
            self.tr("How many times as long as the source a target may be; what is usual is learned from the pairs")
        )
        self.least, self.most = QDoubleSpinBox(), QDoubleSpinBox()
        for box, value, name in (
            (self.least, 0.3, self.tr("Least length ratio")),
            (self.most, 3.0, self.tr("Greatest length ratio")),
        ):
            box.setRange(0, 20)
            box.setSingleStep(0.05)
            box.setValue(value)
            box.setAccessibleName(name)
        self.language = QCheckBox(self.tr("Check the languages"))
        self.language.setToolTip(self.tr("Leave out pairs with a side in another language, or with exchanged sides"))
        self.identical = QCheckBox(self.tr("Leave out equal sides"))
        self.markup = QComboBox()
        self.markup.setAccessibleName(self.tr("Markup in the pairs"))
        self.markup.addItem(self.tr("As written"), Markup.KEEP)
        self.markup.addItem(self.tr("Plain text"), Markup.PLAIN)
        self.markup.setToolTip(
            self.tr(
                "Plain text goes without the marks of emphasis and links, as a job's text looks to the engine; "
                "code, formulas and references stay."
            )
        )
        self._arrange()
        self._connect()

    def filters(self) -> Filters:
        """Return what is chosen."""
        chosen = self.length.currentIndex()
        return Filters(
            self.confirmed.isChecked(),
            self.confidence.value(),
            chosen == _USUAL,
            (self.least.value(), self.most.value()) if chosen == _OWN else None,
            self.language.isChecked(),
            self.identical.isChecked(),
            Markup(self.markup.currentData()),
        )

    def _arrange(self) -> None:
        bounds = QHBoxLayout()
        bounds.addWidget(self.least)
        bounds.addWidget(self.most)
        self._bounds = QWidget()
        self._bounds.setLayout(bounds)
        bounds.setContentsMargins(0, 0, 0, 0)
        self._bounds.hide()
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(self.tr("Confidence from"), self.confidence)
        form.addRow(self.tr("Length"), self.length)
        form.addRow("", self._bounds)
        form.addRow(self.tr("Markup"), self.markup)
        for box in (self.confirmed, self.language, self.identical):
            form.addRow("", box)

    def _connect(self) -> None:
        for box in (self.confirmed, self.language, self.identical):
            box.toggled.connect(self.changed)
        for number in (self.confidence, self.least, self.most):
            number.valueChanged.connect(self.changed)
        self.markup.currentIndexChanged.connect(self.changed)
        self.length.currentIndexChanged.connect(self._on_length)

    @Slot()
    def _on_length(self) -> None:
        self._bounds.setVisible(self.length.currentIndex() == _OWN)
        self.changed.emit()
