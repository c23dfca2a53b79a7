"""The selected bead whole, sentence by sentence, as a reader sees it, with its neighbours dimmed."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtGui import QTextTable
from PySide6.QtWidgets import QTextBrowser, QWidget

from amts_desk.core.alignment import Bead, Sentence, sentence_after, sentence_before
from amts_desk.core.document import Kind
from amts_desk.steps.rendered import Look, Piece, rendered
from amts_desk.ui import theme
from amts_desk.ui.fonts import code_families, families, reading_size

Kinds = Mapping[int, Kind]
"""What each block of a document is, by its number."""
_HERE = "here"
_FIRST_WIDE = "\u2e80"
"""The first character of those that have glyphs of their own in each language: of Chinese, Japanese and Korean."""
_HEADING, _SMALL = 1.3, 0.9
"""How much larger a heading is than text, and how much smaller a caption."""


class BeadDetail(QTextBrowser):
    """Numbers of sentences, borders of paragraphs, what was imported where it is another text, reasons and notes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("The selected bead, sentence by sentence"))
        self.setTabChangesFocus(True)
        self.setOpenLinks(False)
        self._shown: object = None

    def show_bead(
        self,
        beads: Sequence[Bead],
        number: int,
        languages: tuple[str, str],
        kinds: Callable[[str, set[int]], Kinds] = lambda _side, _blocks: {},
    ) -> None:
        """Show the bead of a row of the chapter; nothing when there is none.

        `kinds` tells what blocks of a side ("source", "target") are.
        """
        near = range(max(0, number - 1), min(len(beads), number + 2)) if 0 <= number < len(beads) else range(0)
        key = (theme.current(), reading_size(), number, languages, tuple(beads[i] for i in near))
        if key == self._shown:
            return
        self._shown = key
        if not near:
            self.setHtml("")
            return
        known = {side: kinds(side, _blocks((beads[i] for i in near), side)) for side in ("source", "target")}
        lines = "".join(self._row(beads, i, languages, known, is_current=i == number) for i in near)
        self.setHtml(f"<table width='100%' cellspacing='0' cellpadding='4'>{lines}</table>")
        last = near.index(number) + bool(_said(beads[number]))
        if self._bottom_of(last) > self.viewport().height():
            self.scrollToAnchor(_HERE)  # where not all of it fits, the bead itself is what is seen

    def _bottom_of(self, row: int) -> float:
        """Return where a row of the table ends, in pixels from the top of the page."""
        table = self.document().rootFrame().childFrames()[0]
        assert isinstance(table, QTextTable)
        ends = (table.cellAt(row, column).lastCursorPosition().block() for column in range(table.columns()))
        return max(self.document().documentLayout().blockBoundingRect(block).bottom() for block in ends)

    def _row(
        self,
        beads: Sequence[Bead],
        number: int,
        languages: tuple[str, str],
        kinds: Mapping[str, Kinds],
        *,
        is_current: bool,
    ) -> str:
        ink = theme.colour("text" if is_current else "quiet").name()
        ground = f" bgcolor='{theme.colour('info_ground').name()}'" if is_current else ""
        name = f"<a name='{_HERE}'></a>" if is_current else ""
        cells = [f"<td width='44' style='color:{theme.colour('quiet').name()}'>{name}{number + 1}</td>"]
        for side, code in zip(("source", "target"), languages, strict=True):
            style = f"font-family:{_listed(families(code))}; font-size:{reading_size()}px; color:{ink}"
            inner: tuple[Sentence, ...] = getattr(beads[number], side)
            befores = [sentence_before(beads, number, side), *inner]
            afters = [*inner[1:], sentence_after(beads, number, side)]
            text = "".join(
                self._sentence(before, sentence, after, kinds[side], code)
                for before, sentence, after in zip(befores, inner, afters, strict=False)
            )
            cells.append(f'<td width="48%" style="{style}">{text or "—"}</td>')
        said = _said(beads[number]) if is_current else ""
        foot = f"<tr{ground}><td></td><td colspan='2'>{said}</td></tr>" if said else ""
        return f"<tr{ground}>{''.join(cells)}</tr>{foot}"

    def _sentence(
        self, before: Sentence | None, sentence: Sentence, after: Sentence | None, kinds: Kinds, code: str
    ) -> str:
        """Return a sentence with its number; ¶ where its paragraph ends, ✂ where it was cut, and what was imported."""
        quiet = f"style='color:{theme.colour('quiet').name()}; font-size:11px; font-weight:normal'"
        kind = kinds.get(sentence.block, Kind.PARAGRAPH)
        begins = before is None or before.block != sentence.block
        start, end = _cuts(sentence)
        text = f"<span {quiet}>{sentence.index + 1}</span> "
        text += "• " if kind is Kind.LIST_ITEM and begins else ""
        text += ("✂ " if start else "") + _marked_up(sentence.text, kind, code) + (" ✂" if end else "")
        if after is None or after.block != sentence.block:
            text += f"&nbsp;<span {quiet}>¶ {self._named(kind)}</span>"
        if sentence.origin is not None:
            words = self.tr("as imported: {0}").format(sentence.origin)
            text += f"<br><i {quiet}>{html.escape(words)}</i>"
        return f"<p style='margin:0 0 2px 0; {_size(kind)}'>{text}</p>"

    def _named(self, kind: Kind) -> str:
        """Return what a block is in a word, where it is no running text."""
        return {
            Kind.HEADING: self.tr("heading"),
            Kind.LIST_ITEM: self.tr("list"),
            Kind.TABLE_CELL: self.tr("table"),
            Kind.CAPTION: self.tr("caption"),
            Kind.QUOTE: self.tr("quotation"),
            Kind.FOOTNOTE: self.tr("footnote"),
            Kind.COMMENT: self.tr("comment in code"),
        }.get(kind, "")


def _said(bead: Bead) -> str:
    """Return why a bead may be wrong and what was noted about it."""
    words = "; ".join([*bead.reasons, *filter(None, [bead.note])])
    return f"<span style='color:{theme.colour('warn').name()}'>{html.escape(words)}</span>" if words else ""


def _marked_up(text: str, kind: Kind, code: str) -> str:
    pieces = (Piece(text, frozenset({Look.CODE})),) if kind is Kind.COMMENT else rendered(text)
    return "".join(_span(piece, code) for piece in pieces)


def _span(piece: Piece, code: str) -> str:
    """Return a piece as HTML that looks like what it is."""
    said = html.escape(piece.text)
    is_latin = all(character < _FIRST_WIDE for character in piece.text)
    fixed = f"font-family:{_listed(code_families() if is_latin else families(code))}"
    styles = {
        Look.STRONG: "font-weight:600",
        Look.EMPHASIS: "font-style:italic",
        Look.STRUCK: "text-decoration:line-through",
        Look.CODE: f"{fixed}; background-color:{theme.colour('hover').name()}",
        Look.FORMULA: f"{fixed}; font-style:italic",
        Look.LINK: f"color:{theme.colour('accent').name()}; text-decoration:underline",
        Look.REFERENCE: f"color:{theme.colour('accent').name()}",
        Look.NOTE: f"color:{theme.colour('accent').name()}; vertical-align:super",
    }
    style = "; ".join(styles[look] for look in sorted(piece.looks))
    return f'<span style="{style}">{said}</span>' if style else said


def _size(kind: Kind) -> str:
    """Return how large the text of a block is, and how heavy."""
    if kind is Kind.HEADING:
        return f"font-size:{round(reading_size() * _HEADING)}px; font-weight:600"
    return f"font-size:{round(reading_size() * _SMALL)}px" if kind is Kind.CAPTION else ""


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _cuts(sentence: Sentence) -> tuple[bool, bool]:
    """Return whether a sentence was cut off from something before it, and from something after it."""
    whole = sentence.origin
    if whole is None or sentence.text not in whole:
        return False, False
    return not whole.startswith(sentence.text), not whole.endswith(sentence.text)


def _blocks(beads: Iterable[Bead], side: str) -> set[int]:
    return {sentence.block for bead in beads for sentence in getattr(bead, side)}
