"""The selected bead whole, sentence by sentence, with its neighbours dimmed."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTextBrowser, QWidget

from amts_desk.core.alignment import Bead, Sentence
from amts_desk.ui import theme
from amts_desk.ui.fonts import READING_SIZE, families

_HERE = "here"


class BeadDetail(QTextBrowser):
    """Numbers of sentences, borders of paragraphs, what was imported where it is another text, reasons and notes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("The selected bead, sentence by sentence"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._shown: object = None

    def show_bead(self, beads: Sequence[Bead], number: int, languages: tuple[str, str]) -> None:
        """Show the bead of a row of the chapter; nothing when there is none."""
        key = (theme.current(), number, languages, tuple(beads[max(0, number - 1) : number + 2]))
        if key == self._shown:
            return
        self._shown = key
        if not 0 <= number < len(beads):
            self.setHtml("")
            return
        near = [i for i in (number - 1, number, number + 1) if 0 <= i < len(beads)]
        lines = "".join(self._row(beads, i, languages, is_current=i == number) for i in near)
        words = [*beads[number].reasons, *filter(None, [beads[number].note])]
        foot = f"<p style='color:{theme.colour('warn').name()}'>{html.escape('; '.join(words))}</p>" if words else ""
        self.setHtml(f"<table width='100%' cellspacing='0' cellpadding='4'>{lines}</table>{foot}")
        self.scrollToAnchor(_HERE)  # where all of it does not fit, the bead itself is what is seen

    def _row(self, beads: Sequence[Bead], number: int, languages: tuple[str, str], *, is_current: bool) -> str:
        ink = theme.colour("text" if is_current else "quiet").name()
        ground = f" bgcolor='{theme.colour('info_ground').name()}'" if is_current else ""
        name = f"<a name='{_HERE}'></a>" if is_current else ""
        cells = [f"<td width='44' style='color:{theme.colour('quiet').name()}'>{name}{number + 1}</td>"]
        for side, code in zip(("source", "target"), languages, strict=True):
            fonts = ", ".join(f"'{family}'" for family in families(code))
            style = f"font-family:{fonts}; font-size:{READING_SIZE}px; color:{ink}"
            sentences: tuple[Sentence, ...] = getattr(beads[number], side)
            following = _first(beads, number + 1, side)
            text = "<br>".join(
                self._sentence(s, after) for s, after in zip(sentences, [*sentences[1:], following], strict=False) if s
            )
            cells.append(f'<td width="48%" style="{style}">{text or "—"}</td>')
        return f"<tr{ground}>{''.join(cells)}</tr>"

    def _sentence(self, sentence: Sentence, after: Sentence | None) -> str:
        """Return a sentence with its number; ¶ where its paragraph ends, and what was imported if that was another."""
        quiet = f"style='color:{theme.colour('quiet').name()}; font-size:11px'"
        text = f"<span {quiet}>{sentence.index + 1}</span> {html.escape(sentence.text)}"
        if after is None or after.block != sentence.block:
            text += f"&nbsp;<span {quiet}>¶</span>"
        if sentence.origin is not None:
            words = self.tr("as imported: {0}").format(sentence.origin)
            text += f"<br><i {quiet}>{html.escape(words)}</i>"
        return text


def _first(beads: Sequence[Bead], start: int, side: str) -> Sentence | None:
    """Return the first sentence of a side at or below a row; none far below is looked for."""
    for bead in beads[start : start + 20]:
        if getattr(bead, side):
            first: Sentence = getattr(bead, side)[0]
            return first
    return None
