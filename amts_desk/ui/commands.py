"""The table of everything the window can do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from amts_desk.ui.actions import Spec
from amts_desk.ui.align_commands import align_rows
from amts_desk.ui.rooms.directory import ROOMS, room_title

if TYPE_CHECKING:
    from amts_desk.ui.main_window import MainWindow


def specs(window: MainWindow) -> list[Spec]:
    """Return the table of actions of a window."""
    return [*_project(window), *_edit(window), *_align(window), *_jobs(window), *_review(window), *_view(window)]


def _project(window: MainWindow) -> list[Spec]:
    menu = QCoreApplication.translate("Commands", "&Project")

    def is_open() -> bool:
        return window.session.project is not None

    def jobs_are_unfinished() -> bool:
        return bool(amazon.runs() or amazon.versions())

    amazon = window.session.amazon
    tr = QCoreApplication.translate
    return [
        Spec("new", tr("Commands", "New project…"), menu, window.new_project, "Ctrl+N"),
        Spec("open", tr("Commands", "Open project…"), menu, window.choose_project, "Ctrl+O", "open"),
        Spec("sample", tr("Commands", "Open the sample book"), menu, window.open_sample),
        Spec("import_folder", tr("Commands", "Import a folder…"), menu, window.import_folder, "Ctrl+I", "import"),
        Spec("import_files", tr("Commands", "Import files…"), menu, window.import_files, "Ctrl+Shift+I", "import"),
        Spec("connection", tr("Commands", "Connection…"), menu, window.edit_connection, when=is_open),
        Spec(
            "options",
            tr("Commands", "Project options…"),
            menu,
            window.edit_options,
            "Ctrl+,",
            when=is_open,
            tip=tr("Commands", "Project options: how chapters are read, and finished ones written"),
        ),
        Spec("terms", tr("Commands", "Terms…"), menu, window.edit_terms, "Ctrl+Shift+T", when=is_open),
        Spec(
            "look",
            tr("Commands", "Ask Amazon now"),
            menu,
            window.session.amazon.look_now,
            "F5",
            when=jobs_are_unfinished,
        ),
        Spec("quit", tr("Commands", "Quit"), menu, window.quit, "Ctrl+Q"),
    ]


def _edit(window: MainWindow) -> list[Spec]:
    tr = QCoreApplication.translate
    menu = tr("Commands", "&Edit")
    return [
        Spec("undo", tr("Commands", "Undo"), menu, window.undo, "Ctrl+Z", "undo", lambda: bool(window.labels()[0])),
        Spec(
            "redo", tr("Commands", "Redo"), menu, window.redo, "Ctrl+Shift+Z", "redo", lambda: bool(window.labels()[1])
        ),
    ]


def _align(window: MainWindow) -> list[Spec]:
    menu = QCoreApplication.translate("Commands", "&Align")

    def is_open() -> bool:
        return window.here == "align" and window.session.alignment.is_open

    def doing(name: str) -> Callable[[], None]:
        def do() -> None:
            getattr(window.room("align"), name)()
            window.update_frame()

        return do

    return [
        Spec(row.name, row.text, menu, doing(row.name), row.key, row.picture, is_open, "align", row.tip, group)
        for group, rows in align_rows()
        for row in rows
    ]


def _jobs(window: MainWindow) -> list[Spec]:
    tr = QCoreApplication.translate
    menu = tr("Commands", "&Jobs")

    def has(name: str, text: str, key: str, button: str) -> Spec:
        def do() -> None:
            getattr(window.room("jobs"), name)()

        def can() -> bool:
            return window.here == "jobs" and bool(getattr(window.room("jobs"), button).isEnabled())

        return Spec(f"jobs_{name}", text, menu, do, key, when=can, room="jobs")

    return [
        has("start", tr("Commands", "Check and start jobs…"), "Ctrl+Return", "start_button"),
        has("preview", tr("Commands", "Preview the first sentences"), "Ctrl+P", "preview_button"),
        has("stop", tr("Commands", "Stop the job"), "Ctrl+.", "stop_button"),
        has("run_again", tr("Commands", "Run again…"), "Ctrl+R", "again_button"),
        has("fetch_again", tr("Commands", "Fetch the output again"), "Ctrl+Shift+F", "fetch_button"),
        has("open_review", tr("Commands", "Open in Review"), "Ctrl+Shift+R", "review_button"),
    ]


def _review(window: MainWindow) -> list[Spec]:
    tr = QCoreApplication.translate
    menu = tr("Commands", "&Review")

    def room() -> bool:
        return window.here == "review" and window.session.review.is_open

    def has(name: str, text: str, key: str, picture: str = "") -> Spec:
        def do() -> None:
            getattr(window.room("review"), name)()
            window.update_frame()

        return Spec(f"review_{name}", text, menu, do, key, picture, room, "review")

    return [
        has("confirm", tr("Commands", "Confirm and go to the next open block"), "Ctrl+Return", "confirm"),
        has("take_output", tr("Commands", "Take the machine output"), "Ctrl+M"),
        has("toggle_highlights", tr("Commands", "Show what BLEU confirms"), "Ctrl+H"),
        has("toggle_differences", tr("Commands", "Show the differences"), "Ctrl+D"),
        has("edit", tr("Commands", "Edit the translation"), "F2"),
        has("save_chapter", tr("Commands", "Save the finished chapter…"), "Ctrl+S"),
    ]


def _view(window: MainWindow) -> list[Spec]:
    tr = QCoreApplication.translate
    menu = tr("Commands", "&View")
    rooms = [
        Spec(f"go_{name}", room_title(name), menu, window.entering(name), f"Ctrl+{number}", name)
        for number, (name, _) in enumerate(ROOMS, 1)
    ]
    return [
        *rooms,
        Spec("commands", tr("Commands", "All commands…"), menu, window.show_commands, "Ctrl+K"),
        Spec("keys_here", tr("Commands", "Keys of this room"), menu, window.show_keys, "?"),
        Spec("keys", tr("Commands", "Change keys…"), menu, window.edit_keys),
        Spec("larger", tr("Commands", "Larger text"), menu, window.zooming(1), "Ctrl+=", also="Ctrl++"),
        Spec("smaller", tr("Commands", "Smaller text"), menu, window.zooming(-1), "Ctrl+-"),
        Spec("usual_size", tr("Commands", "Text of the usual size"), menu, window.zooming(0), "Ctrl+0"),
        Spec("menu_bar", tr("Commands", "Menu bar"), menu, window.show_menu_bar, "F10"),
        Spec("room_menu", tr("Commands", "Menu of this room"), menu, window.show_room_menu, "Shift+F10"),
        Spec("light", tr("Commands", "Light"), menu, window.use_theme("light")),
        Spec("dark", tr("Commands", "Dark"), menu, window.use_theme("dark")),
        Spec("system", tr("Commands", "As the system"), menu, window.use_theme("system")),
        Spec("close_message", tr("Commands", "Close the message"), menu, window.messages.dismiss, "Esc"),
    ]
