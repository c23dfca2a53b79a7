"""What pipelines over the chapters of the project should do: languages, jobs for each, held-out articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from amts_desk.core.languages import language, parse_direction
from amts_desk.flows.config import ARMS, Config
from amts_desk.store.chapters import Chapter

_VALUE = Qt.ItemDataRole.UserRole + 1


class PipelineForm(QWidget):
    """Ticks for directions, arms and articles. `changed` tells that `config` may be another one now."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = "en"
        self.directions = self._list(self.tr("Languages, a pipeline for each"))
        self.arms = self._list(self.tr("One job for each of these"))
        self.articles = self._list(self.tr("Articles to hold out, to translate and to score"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(4)
        for ticks, stretch in ((self.directions, 2), (self.arms, 0), (self.articles, 3)):
            label = QLabel(ticks.accessibleName())
            label.setProperty("role", "quiet")
            label.setWordWrap(True)
            column.addWidget(label)
            column.addWidget(ticks, stretch)
        self.arms.setMaximumHeight(92)
        words = {
            "none": self.tr("no parallel data"),
            "paragraph": self.tr("pairs of paragraphs"),
            "sentence": self.tr("pairs of sentences"),
        }
        _show(self.arms, [(words[arm], arm) for arm in ARMS], ticked=True)

    def show_chapters(self, chapters: Sequence[Chapter]) -> None:
        """Offer the directions and articles of these chapters; what is ticked stays ticked."""
        pairs = Counter((chapter.source_language, chapter.target_language) for chapter in chapters)
        self._source = pairs.most_common(1)[0][0][0] if pairs else "en"
        targets = [target for source, target in pairs if source == self._source]
        forward = [f"{self._source}-{target}" for target in targets]
        back = [f"{target}-{self._source}" for target in targets]
        more = [(arrow(d), d) for d in back]
        is_other = _show(self.directions, [(arrow(d), d) for d in forward], ticked=True, more=more)
        spoken = [chapter for chapter in chapters if chapter.source_language == self._source]
        names = list(dict.fromkeys(chapter.name for chapter in spoken))
        if _show(self.articles, [(name, name) for name in names], ticked=False) or is_other:
            self.changed.emit()

    def config(self, project: Path) -> Config | None:
        """Return what is ticked as a configuration of the project, None while something is missing."""
        directions, arms, articles = (_ticked(ticks) for ticks in (self.directions, self.arms, self.articles))
        if not (directions and arms and articles):
            return None
        languages = [set(parse_direction(direction)) - {self._source} for direction in directions]
        targets = tuple(dict.fromkeys(code for codes in languages for code in codes))
        return Config(
            project.stem, self._source, targets, directions, articles, arms=arms, project=project, has_connection=False
        )

    def _list(self, name: str) -> QListWidget:
        ticks = QListWidget()
        ticks.setObjectName("arms")
        ticks.setAccessibleName(name)
        ticks.itemChanged.connect(self.changed)
        return ticks


def arrow(direction: str) -> str:
    """Return a direction with the names of its languages: "English → Chinese"."""
    source, target = parse_direction(direction)
    return f"{language(source).name} → {language(target).name}"


def _show(
    ticks: QListWidget, rows: Sequence[tuple[str, str]], *, ticked: bool, more: Sequence[tuple[str, str]] = ()
) -> bool:
    """Show rows of (words, value), then `more` without a tick; those that were there keep theirs.

    Returns whether they are others than before.
    """
    items = [ticks.item(i) for i in range(ticks.count())]
    before = {item.data(_VALUE): item.checkState() for item in items}
    if list(before) == [value for _, value in (*rows, *more)]:
        return False
    ticks.blockSignals(True)
    ticks.clear()
    for number, (words, value) in enumerate((*rows, *more)):
        item = QListWidgetItem(words, ticks)
        item.setData(_VALUE, value)
        usual = Qt.CheckState.Checked if ticked and number < len(rows) else Qt.CheckState.Unchecked
        item.setCheckState(before.get(value, usual))
    ticks.blockSignals(False)
    return True


def _ticked(ticks: QListWidget) -> tuple[str, ...]:
    items = [ticks.item(i) for i in range(ticks.count())]
    return tuple(item.data(_VALUE) for item in items if item.checkState() == Qt.CheckState.Checked)
