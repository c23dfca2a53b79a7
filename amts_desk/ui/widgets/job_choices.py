"""What jobs should do: direction and further languages, chapters, parallel data, terminology, manners of speech."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from amts_desk.core.amazon import ParallelDataAnswer, ParallelDataStatus, ParallelDataVersion
from amts_desk.core.experiment import with_terminology
from amts_desk.core.languages import LANGUAGES
from amts_desk.flows.ordering import Order
from amts_desk.store.chapters import Chapter
from amts_desk.ui.widgets.chapter_picker import ChapterPicker
from amts_desk.ui.widgets.direction_box import DirectionBox

_DATA = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Arm:
    """One way to translate: without parallel data (`name` is ""), or with one that has these languages."""

    arm: str
    name: str
    source: str = ""
    targets: tuple[str, ...] = ()


class JobChoices(QWidget):
    """The left side of Jobs. `changed` tells that `orders` may be others now."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chapters: list[Chapter] = []
        self._versions: list[ParallelDataVersion] = []
        self._offered: list[ParallelDataAnswer] = []
        self.direction = DirectionBox()
        self.direction.currentIndexChanged.connect(self._on_direction)
        self.languages = _tick_list("languages", self.tr("Further target languages, in the same job"), 76)
        self.languages.itemChanged.connect(self._on_languages)
        self.picker = ChapterPicker(self.tr("Chapters to translate"))
        self.picker.setMinimumHeight(90)
        self.picker.chosen_changed.connect(self.changed)
        self.arms = _tick_list("arms", self.tr("With which parallel data"), 100)
        self.arms.itemChanged.connect(self._on_choice)
        self._build()

    def _build(self) -> None:
        self.terminology = QComboBox()
        self.terminology.setEditable(True)
        self.terminology.setAccessibleName(self.tr("Terminology"))
        self.terminology.setToolTip(self.tr("The name of a terminology of the account; empty for none"))
        edit = self.terminology.lineEdit()
        if edit is not None:
            edit.setPlaceholderText(self.tr("none"))
        self.terms_button = QPushButton(self.tr("Terms…"))
        self.formality = QComboBox()
        self.formality.setAccessibleName(self.tr("Formality"))
        self.formality.setToolTip(
            self.tr("How the reader is addressed; many languages, as Chinese, have no such forms")
        )
        for words, code in (
            (self.tr("as it comes"), ""),
            (self.tr("formal"), "FORMAL"),
            (self.tr("informal"), "INFORMAL"),
        ):
            self.formality.addItem(words, code)
        self.masking = QCheckBox(self.tr("Mask rude words"))
        self.offers_button = QPushButton(self.tr("More of the account…"))
        self.offers_button.setToolTip(
            self.tr("Ask what parallel data and terminologies the account has in this Region")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        form = QFormLayout()
        form.addRow(self.tr("Direction"), self.direction)
        self._also = QLabel(self.tr("And into"))
        form.addRow(self._also, self.languages)
        column.addLayout(form)
        column.addWidget(_quiet(self.tr("Chapters to translate")))
        column.addWidget(self.picker, 1)
        head = QHBoxLayout()
        head.addWidget(_quiet(self.tr("One job for each of these")), 1)
        head.addWidget(self.offers_button)
        column.addLayout(head)
        column.addWidget(self.arms)
        wishes = QFormLayout()
        terms = QHBoxLayout()
        terms.addWidget(self.terminology, 1)
        terms.addWidget(self.terms_button)
        wishes.addRow(self.tr("Terminology"), terms)
        manner = QHBoxLayout()
        manner.addWidget(self.formality, 1)
        manner.addWidget(self.masking)
        wishes.addRow(self.tr("Formality"), manner)
        column.addLayout(wishes)

    # ---- showing -----------------------------------------------------------------------------------------------

    def show_project(self, chapters: Sequence[Chapter], versions: Sequence[ParallelDataVersion]) -> None:
        """Offer what the project has; what is ticked stays ticked."""
        self._chapters, self._versions = list(chapters), list(versions)
        self.direction.show_directions(self._chapters)
        self._on_direction()

    def show_offers(self, data: Sequence[ParallelDataAnswer]) -> None:
        """Offer the parallel data that the account has as well."""
        self._offered = list(data)
        self._show_arms()
        self.changed.emit()

    def show_terminologies(self, names: Sequence[str]) -> None:
        """Offer the terminologies of the account; what is written stays."""
        before = self.terminology.currentText()
        self.terminology.clear()
        self.terminology.addItems(sorted(names))
        self.terminology.setEditText(before)

    def orders(self) -> list[Order]:
        """Return one order for each ticked arm, over the languages that its parallel data has."""
        source, terminology = self.direction.direction()[0], self.terminology.currentText().strip()
        names = {chapter.name for chapter in self.picker.chosen()}
        chosen = tuple(chapter for chapter in self._chapters if chapter.name in names)
        found = []
        for arm in self.ticked_arms():
            targets = tuple(t for t in self.targets() if not arm.name or t in arm.targets)
            spoken = [{source, target} for target in targets]
            chapters = tuple(c for c in chosen if {c.source_language, c.target_language} in spoken)
            if chapters:
                name = with_terminology(arm.arm) if terminology else arm.arm
                manners = (self.formality.currentData(), self.masking.isChecked())
                found.append(Order(chapters, source, targets, name, arm.name, terminology, *manners))
        return found

    def targets(self) -> list[str]:
        """Return the target languages that are chosen."""
        return [self.direction.direction()[1], *_ticked(self.languages)]

    def ticked_arms(self) -> list[Arm]:
        """Return the ticked ways to translate."""
        return _ticked(self.arms)

    # ---- what follows from what --------------------------------------------------------------------------------

    @Slot()
    def _on_direction(self) -> None:
        self._show_languages()
        self._on_languages()

    @Slot()
    def _on_languages(self) -> None:
        self._show_chapters()
        self._show_arms()
        self.changed.emit()

    @Slot()
    def _on_choice(self) -> None:
        self.changed.emit()

    def _show_languages(self) -> None:
        """Offer the further languages of the source; the list is there only when there are any."""
        source, target = self.direction.direction()
        others = {
            c.target_language if c.source_language == source else c.source_language
            for c in self._chapters
            if source in (c.source_language, c.target_language)
        } - {target}
        rows = [(LANGUAGES[code].name, code, code) for code in LANGUAGES if code in others]
        _show_rows(self.languages, rows, lambda code: False)
        for widget in (self.languages, self._also):
            widget.setVisible(bool(others))

    def _show_chapters(self) -> None:
        """Offer each chapter once, however many languages it goes into."""
        source = self.direction.direction()[0]
        spoken = [{source, target} for target in self.targets()]
        matching = [c for c in self._chapters if {c.source_language, c.target_language} in spoken]
        self.picker.show_chapters(list({c.name: c for c in reversed(matching)}.values())[::-1], ticked=False)

    def _show_arms(self) -> None:
        """Offer no parallel data, each active one of the project, and what the account was found to have."""
        source, targets = self.direction.direction()[0], self.targets()
        found = {"": Arm("none", "")}
        for version in self._versions:
            if version.status == ParallelDataStatus.ACTIVE:
                found[version.name] = Arm(
                    version.unit, version.name, version.source_language, (version.target_language,)
                )
        for answer in self._offered:
            known = found.get(answer.name)
            found[answer.name] = _offered(answer, known.arm if known else answer.name)
        arms = [a for a in found.values() if not a.name or (a.source == source and set(a.targets) & set(targets))]
        rows = [(_arm_words(arm), arm.name or "-", arm) for arm in arms]
        _show_rows(self.arms, rows, lambda arm: not arm.name or arm.arm != arm.name)


def _offered(answer: ParallelDataAnswer, arm: str) -> Arm:
    properties = answer.answer
    targets = tuple(properties.get("TargetLanguageCodes") or ())
    return Arm(arm, answer.name, properties.get("SourceLanguageCode", ""), targets)


def _arm_words(arm: Arm) -> str:
    tr = QCoreApplication.translate
    if not arm.name:
        return tr("JobChoices", "no parallel data")
    if arm.arm == arm.name:
        return tr("JobChoices", "{0} (of the account)").format(arm.name)
    return tr("JobChoices", "{0} pairs: {1}").format(arm.arm, arm.name)


def _tick_list(name: str, title: str, height: int) -> QListWidget:
    found = QListWidget()
    found.setObjectName(name)
    found.setAccessibleName(title)
    found.setToolTip(title)
    found.setMaximumHeight(height)
    found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return found


def _show_rows(rows: QListWidget, wanted: list[tuple[str, str, Any]], is_ticked: Callable[[Any], bool]) -> None:
    """Show rows of (words, tip, data); those that were there keep their tick, new ones get what `is_ticked` says."""
    before = {rows.item(i).toolTip(): rows.item(i).checkState() for i in range(rows.count())}
    if [data for _, _, data in wanted] == [rows.item(i).data(_DATA) for i in range(rows.count())]:
        return
    rows.blockSignals(True)
    rows.clear()
    for words, tip, data in wanted:
        item = QListWidgetItem(words, rows)
        item.setData(_DATA, data)
        item.setToolTip(tip)
        fresh = Qt.CheckState.Checked if is_ticked(data) else Qt.CheckState.Unchecked
        item.setCheckState(before.get(tip, fresh))
    rows.blockSignals(False)


def _ticked(rows: QListWidget) -> list[Any]:
    items = [rows.item(i) for i in range(rows.count())]
    return [item.data(_DATA) for item in items if item.checkState() == Qt.CheckState.Checked]


def _quiet(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "quiet")
    label.setWordWrap(True)
    return label
