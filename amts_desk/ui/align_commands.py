"""What can be done in Align: the name of the room's method, its text, its key."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication


class Row(NamedTuple):
    """One action of the room."""

    name: str
    text: str
    key: str = ""
    picture: str = ""
    tip: str = ""


def align_rows() -> list[tuple[str, list[Row]]]:
    """Return the actions by the menu they stand in; "" is the room's own menu."""
    tr = QCoreApplication.translate
    return [
        ("", _said()),
        (tr("Commands", "Sentences"), _sentences()),
        (tr("Commands", "Move"), _moves()),
        (tr("Commands", "Go to"), _places()),
        (tr("Commands", "Search"), _search()),
        ("", _chapter()),
    ]


def _said() -> list[Row]:
    tr = QCoreApplication.translate
    return [
        Row("confirm", tr("Commands", "Confirm and go to the next"), "Ctrl+Return", "confirm"),
        Row(
            "confirm_suspicious",
            tr("Commands", "Confirm and go to the next suspicious"),
            "C",
            tip=tr("Commands", "Confirm, and go to the next bead of the queue, the least certain first"),
        ),
        Row("confirm_above", tr("Commands", "Confirm all above"), "Ctrl+Shift+Up"),
        Row("confirm_sure", tr("Commands", "Confirm all above a confidence…"), "Ctrl+Shift+Return"),
        Row("unconfirm", tr("Commands", "Take the confirmation back"), "Ctrl+Backspace"),
        Row("need_review", tr("Commands", "Needs review…"), "R"),
        Row(
            "drop",
            tr("Commands", "Drop or restore"),
            "Del",
            tip=tr("Commands", "Drop, so that it goes into no parallel data, or restore"),
        ),
        Row(
            "pin",
            tr("Commands", "Pin or unpin"),
            "P",
            "pin",
            tr("Commands", "Pin, so that it stays when the chapter is aligned again, or unpin"),
        ),
        Row(
            "tie",
            tr("Commands", "Pin two cells together"),
            "T",
            tip=tr("Commands", "Pin a source and a target of different beads together: once on each of them"),
        ),
        Row("bookmark", tr("Commands", "Bookmark"), "B", "bookmark"),
    ]


def _sentences() -> list[Row]:
    tr = QCoreApplication.translate
    return [
        Row("edit", tr("Commands", "Edit the texts"), "F2", tip=tr("Commands", "Edit the texts (Enter, or F2)")),
        Row("merge", tr("Commands", "Merge with the bead below"), "M", "merge"),
        Row("merge_above", tr("Commands", "Merge with the bead above"), "Shift+M"),
        Row("split", tr("Commands", "Split after the first sentences"), "S", "split"),
        Row("split_at", tr("Commands", "Split at a place…"), "Shift+S"),
        Row("swap_target", tr("Commands", "Swap the target with the bead below"), "X"),
        Row("swap_source", tr("Commands", "Swap the source with the bead below"), "Shift+X"),
        Row("insert_empty", tr("Commands", "Insert an empty bead above"), "I"),
        Row("as_imported", tr("Commands", "Texts as imported"), "O"),
        Row("copy", tr("Commands", "Copy"), "Ctrl+C"),
    ]


def _moves() -> list[Row]:
    tr = QCoreApplication.translate
    return [
        Row("source_up", tr("Commands", "Move the first source sentence up"), "Alt+Up"),
        Row("source_down", tr("Commands", "Move the last source sentence down"), "Alt+Down"),
        Row("target_up", tr("Commands", "Move the first target sentence up"), "Alt+Shift+Up"),
        Row("target_down", tr("Commands", "Move the last target sentence down"), "Alt+Shift+Down"),
        Row("both_up", tr("Commands", "Move the first sentences of both sides up"), "Ctrl+Up"),
        Row("both_down", tr("Commands", "Move the last sentences of both sides down"), "Ctrl+Down"),
        Row("shift_source_up", tr("Commands", "Shift the selected source block up"), "Alt+PgUp"),
        Row("shift_source_down", tr("Commands", "Shift the selected source block down"), "Alt+PgDown"),
        Row("shift_target_up", tr("Commands", "Shift the selected target block up"), "Alt+Shift+PgUp"),
        Row("shift_target_down", tr("Commands", "Shift the selected target block down"), "Alt+Shift+PgDown"),
    ]


def _places() -> list[Row]:
    tr = QCoreApplication.translate
    return [
        Row("next_suspicious", tr("Commands", "Next suspicious bead"), "N", "next"),
        Row("previous_suspicious", tr("Commands", "Previous suspicious bead"), "Shift+N"),
        Row("next_uneven", tr("Commands", "Next bead that is not 1:1"), "E"),
        Row("previous_uneven", tr("Commands", "Previous bead that is not 1:1"), "Shift+E"),
        Row("next_unconfirmed", tr("Commands", "Next unconfirmed bead"), "U"),
        Row("previous_unconfirmed", tr("Commands", "Previous unconfirmed bead"), "Shift+U"),
        Row("next_review", tr("Commands", "Next bead that needs review"), "V"),
        Row("previous_review", tr("Commands", "Previous bead that needs review"), "Shift+V"),
        Row("next_bookmark", tr("Commands", "Next bookmark"), "Ctrl+B"),
        Row("previous_bookmark", tr("Commands", "Previous bookmark"), "Ctrl+Shift+B"),
    ]


def _search() -> list[Row]:
    tr = QCoreApplication.translate
    return [
        Row("search_beads", tr("Commands", "Search…"), "Ctrl+F"),
        Row("next_hit", tr("Commands", "Next found"), "F3"),
        Row("previous_hit", tr("Commands", "Previous found"), "Shift+F3"),
        Row("replace_found", tr("Commands", "Replace…"), "Ctrl+H"),
    ]


def _chapter() -> list[Row]:
    tr = QCoreApplication.translate
    return [
        Row("realign_selected", tr("Commands", "Align the selected beads again"), "Ctrl+R"),
        Row("realign_between", tr("Commands", "Align again between the pins"), "Ctrl+Alt+R"),
        Row("realign", tr("Commands", "Align this chapter again"), "Ctrl+Shift+R", "align"),
        Row("show_history", tr("Commands", "History"), "Ctrl+Shift+H"),
        Row("send_out", tr("Commands", "Send out for review…")),
        Row("bring_back", tr("Commands", "Bring a review back…")),
    ]
