"""The keys of the room that is shown, in groups, on one page: ? opens it, ? or Esc closes it."""

from __future__ import annotations

import html

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QScrollArea, QVBoxLayout, QWidget

from amts_desk.ui import theme
from amts_desk.ui.actions import Actions
from amts_desk.ui.rooms.directory import room_title
from amts_desk.ui.widgets.fitting import fit_screen

Group = tuple[str, list[tuple[str, str]]]
"""A title, and (key, what it does) of each line below it."""
_COLUMNS = 3
_AROUND = 32
"""Pixels beside the page: its scroll bar and the border of the window."""


def groups(actions: Actions, room: str) -> list[Group]:
    """Return the keys that reach a room: its own by the menus they stand in, then those of the whole window."""
    found: dict[str, list[tuple[str, str]]] = {}
    for spec in sorted(actions.specs(), key=lambda spec: not spec.room):
        key = actions.key(spec.name)
        if key and spec.room in ("", room):
            title = spec.group or spec.menu.replace("&", "")
            found.setdefault(title, []).append((key, spec.text.rstrip("…")))
    if room == "align":
        found[_tr("In the text of a bead")] = _typing()
    return list(found.items())


def _typing() -> list[tuple[str, str]]:
    """Return the keys of the editor of a bead, which are no actions and stay as they are."""
    return [
        ("Enter", _tr("Open the editor; in it, save")),
        ("Alt+Enter", _tr("Split at both carets")),
        ("Tab", _tr("Go to the other side")),
        ("Esc", _tr("Leave the text as it was")),
    ]


class CheatSheet(QDialog):
    """Shows the groups in columns of about the same height."""

    def __init__(self, actions: Actions, room: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = self.tr("Keys: {0}").format(room_title(room))
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        found = groups(actions, room)
        self.page = QLabel()
        self.page.setTextFormat(Qt.TextFormat.RichText)
        self.page.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.page.setAccessibleName(_spoken(found))
        self.page.setContentsMargins(12, 6, 8, 6)
        area = QScrollArea()
        area.setWidget(self.page)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)
        self._fill(found)
        wanted = self.page.sizeHint()
        self.resize(wanted.width() + 16, wanted.height() + 4)
        fit_screen(self)

    def _fill(self, found: list[Group]) -> None:
        """Show the groups in as many columns as the screen is wide enough for."""
        room = self.screen().availableSize().width() - _AROUND
        for columns in range(_COLUMNS, 0, -1):
            self.page.setText(_page(found, columns))
            if self.page.sizeHint().width() <= room:
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with ? as well as with Esc."""
        if event.text() == "?" or event.key() == Qt.Key.Key_Question:
            self.reject()
        else:
            super().keyPressEvent(event)


def _page(found: list[Group], columns: int) -> str:
    cells = "".join(
        f"<td width='{100 // columns}%' style='padding-right:12px'>{''.join(map(_block, column))}</td>"
        for column in _columns(found, columns)
    )
    return f"<table width='100%'><tr>{cells}</tr></table>"


def _columns(found: list[Group], count: int) -> list[list[Group]]:
    """Return the groups, the longest first, each in the column that is shortest so far."""
    columns: list[list[Group]] = [[] for _ in range(count)]
    for group in sorted(found, key=lambda group: -len(group[1])):
        min(columns, key=lambda column: sum(len(lines) + 2 for _, lines in column)).append(group)
    return columns


def _block(group: Group) -> str:
    title, lines = group
    quiet = theme.colour("quiet").name()
    rows = "".join(
        f"<tr><td style='padding:0 10px 0 0'><b>{html.escape(key)}</b></td><td>{html.escape(words)}</td></tr>"
        for key, words in lines
    )
    return f"<p style='color:{quiet}; margin:6px 0 1px 0'>{html.escape(title)}</p><table>{rows}</table>"


def _spoken(found: list[Group]) -> str:
    return ". ".join(f"{title}: {', '.join(f'{key}: {words}' for key, words in lines)}" for title, lines in found)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CheatSheet", text)
