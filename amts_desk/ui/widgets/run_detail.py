"""Below the runs: what the selected run brought back of every chapter, and the preview of a chapter."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from amts_desk.core.amazon import Run
from amts_desk.desk.session import Session
from amts_desk.flows.previewing import Preview, Previewed
from amts_desk.ui.fonts import reading_font
from amts_desk.ui.models.table import Column, TableModel
from amts_desk.ui.widgets.table import Table


@dataclass(frozen=True, slots=True)
class Brought:
    """One row: a chapter, the block it is about ("" for all of it), and how that came back."""

    chapter_id: int
    chapter: str
    block: str
    words: str
    is_damaged: bool = False


class RunDetail(QTabWidget):
    """Two pages: the documents of a run, the damaged ones first; and the first sentences of a chapter."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self.setAccessibleName(self.tr("Details"))
        self._brought: TableModel[Brought] = TableModel(
            [
                Column(self.tr("Chapter"), lambda b: b.chapter),
                Column(self.tr("Block"), lambda b: b.block, is_number=True),
                Column(self.tr("What came back"), self._words),
            ],
            self,
        )
        self.documents = Table(self._brought, self.tr("What came back of each chapter"), (180, 60, 0), 28)
        self._about = QLabel()
        self._about.setWordWrap(True)
        self._about.setProperty("role", "quiet")
        self.addTab(_page(self._about, self.documents), self.tr("Documents"))
        self._sentences: TableModel[Previewed] = TableModel(
            [
                Column(self.tr("Sentence"), lambda s: s.source),
                Column(self.tr("Translation"), lambda s: s.translation),
                Column(self.tr("Problem"), lambda s: s.problem or "–"),
            ],
            self,
        )
        self.preview = Table(self._sentences, self.tr("The first sentences, translated"), (0, 0, 120), 28)
        self._preview_about = QLabel(
            self.tr("Choose a chapter and press Preview to see what its first sentences become.")
        )
        self._preview_about.setWordWrap(True)
        self._preview_about.setProperty("role", "quiet")
        self.addTab(_page(self._preview_about, self.preview), self.tr("Preview"))

    def show_run(self, run: Run | None) -> None:
        """Show what a run is and what it brought back."""
        self._about.setText(self._told(run) if run else self.tr("Choose a run to see its documents."))
        self._brought.set_rows(self._rows(run) if run else [])

    def show_preview(self, preview: Preview) -> None:
        """Show the first sentences of a chapter."""
        words = self.tr(
            "{0}, {1} → {2}: without parallel data, one call a sentence. A batch job may cut and join otherwise."
        )
        self._preview_about.setText(
            words.format(preview.chapter.name, preview.source_language, preview.target_language)
        )
        self.preview.setFont(reading_font(preview.target_language))
        self._sentences.set_rows(preview.sentences)
        self.setCurrentIndex(1)

    def chosen_chapter(self) -> int | None:
        """Return the number of the selected chapter."""
        rows = self.documents.chosen_rows()
        return self._brought.rows[rows[0]].chapter_id if rows else None

    def _told(self, run: Run) -> str:
        parts = [run.name]
        if run.terminology:
            parts.append(self.tr("terminology {0}").format(run.terminology))
        if run.formality:
            parts.append({"FORMAL": self.tr("formal"), "INFORMAL": self.tr("informal")}[run.formality])
        if run.masks_profanity:
            parts.append(self.tr("rude words masked"))
        if run.job_id:
            parts.append(self.tr("job {0}").format(run.job_id))
        return "\n".join(part for part in (" · ".join(parts), run.message) if part)

    def _rows(self, run: Run) -> list[Brought]:
        project = self._session.project
        if project is None:
            return []
        names = {row.chapter.id: row.chapter.name for row in self._session.chapter_rows()}
        counts = project.runs.block_counts(run.number)
        damaged = [
            Brought(p.chapter_id, names.get(p.chapter_id, ""), "" if p.block < 0 else str(p.block), p.message, True)
            for p in project.runs.problems(run.number)
        ]
        told = {row.chapter_id for row in damaged}
        return damaged + [
            self._whole(run, number, names.get(number, ""), counts) for number in run.chapters if number not in told
        ]

    def _whole(self, run: Run, number: int, name: str, counts: dict[int, int]) -> Brought:
        if number in counts:
            return Brought(number, name, "", self.tr("whole, blocks: {0}").format(counts[number]))
        return Brought(number, name, "", self.tr("nothing") if run.is_fetched else self.tr("not here yet"))

    def _words(self, row: Brought) -> str:
        return f"✗ {row.words}" if row.is_damaged else row.words


def _page(about: QLabel, table: Table) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 4, 0, 0)
    column.setSpacing(4)
    column.addWidget(about)
    column.addWidget(table, 1)
    return page
