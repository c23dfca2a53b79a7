"""The window: side bar, head with undo and redo, message bar, the rooms, status line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from amts_desk.core.errors import DeskError
from amts_desk.desk.session import Session
from amts_desk.store.chapters import Chapter
from amts_desk.store.places import data_folder, resource
from amts_desk.store.project import SUFFIX
from amts_desk.ui import fonts, theme
from amts_desk.ui.actions import Actions, with_key
from amts_desk.ui.commands import specs
from amts_desk.ui.icons import icon
from amts_desk.ui.rooms.directory import ROOMS, room_title
from amts_desk.ui.rooms.room import Room
from amts_desk.ui.widgets.fitting import fit_screen
from amts_desk.ui.widgets.message_bar import MessageBar
from amts_desk.ui.widgets.scrolling import Scrolling
from amts_desk.ui.widgets.status_line import StatusLine


class MainWindow(QMainWindow):
    """The one window of the program."""

    theme_changed = Signal(str)
    reading_size_changed = Signal(int)

    def __init__(self, session: Session, chosen_keys: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.session = session
        self.setWindowTitle("AMTS Desk")
        self.setWindowIcon(icon("app", size=64))
        self.setAcceptDrops(True)
        self.resize(1280, 800)
        fit_screen(self)
        self._rooms: dict[str, Room] = {}
        self._menus: dict[tuple[str, str], QMenu] = {}
        self._frames = {name: QWidget() for name, _ in ROOMS}
        self._build()
        self.actions_ = Actions(specs(self), self._owner, self, chosen_keys)
        self.actions_.keys_changed.connect(self._on_keys)
        self._fill_head()
        self._fill_menus()
        self._name_keys()
        self.setStatusBar(StatusLine(session, self))
        session.failed.connect(self._on_failed)
        session.crashed.connect(self._on_crashed)
        session.amazon.sign_in_needed.connect(self._on_sign_in_needed)
        session.amazon.answered.connect(self._on_answered)
        session.imported.connect(self._on_imported)
        session.chapter_outdated.connect(self._on_outdated)
        session.read_otherwise.connect(self._on_read_otherwise)
        for signal in (
            session.project_opened,
            session.project_closed,
            session.chapters_changed,
            session.amazon.runs_changed,
        ):
            signal.connect(self.update_frame)
        session.chapter_opened.connect(self.update_frame)
        session.connection_changed.connect(self.update_frame)
        session.project_closed.connect(self.messages.withdraw_offer)
        self.enter("chapters")

    # ---- rooms -------------------------------------------------------------------------------------------------

    def room(self, name: str) -> Any:
        """Return a room, built on first demand."""
        if name not in self._rooms:
            module = import_module(f"amts_desk.ui.rooms.{name}")
            made: Room = getattr(module, dict(ROOMS)[name])(self.session)
            made.changed.connect(self.update_frame)
            made.room_wanted.connect(self.enter)
            made.menu_wanted.connect(self._on_menu_wanted)
            made.zoom_wanted.connect(self.zoom)
            made.show_keys(self.actions_.key)
            made.bead_wanted.connect(self._on_bead_wanted)
            made.terms_wanted.connect(self.edit_terms)
            frame = self._frames[name]
            column = QVBoxLayout(frame)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(Scrolling(made))
            self._rooms[name] = made
        return self._rooms[name]

    @property
    def here(self) -> str:
        """The name of the room that is shown."""
        return ROOMS[self._stack.currentIndex()][0]

    @Slot(str)
    def enter(self, name: str) -> None:
        """Go to a room."""
        room = self.room(name)
        index = [n for n, _ in ROOMS].index(name)
        self._stack.setCurrentIndex(index)
        self._side.setCurrentRow(index)
        room.refresh()
        room.take_focus()
        self.update_frame()

    @Slot(QPoint)
    def _on_menu_wanted(self, where: QPoint) -> None:
        """Open the menu of the room that is shown."""
        here = next((spec.menu for spec in self.actions_.specs() if spec.room == self.here), None)
        if here is not None:
            self._menus[here, ""].popup(where)

    def show_menu_bar(self) -> None:
        """Go to the menu bar, as F10 does in every program."""
        self.menuBar().setFocus(Qt.FocusReason.MenuBarFocusReason)
        self.menuBar().setActiveAction(self.menuBar().actions()[0])

    def show_room_menu(self) -> None:
        """Open the menu of the room where the focus is."""
        self.room(self.here).show_menu()

    @Slot(int, int)
    def _on_bead_wanted(self, chapter_id: int, number: int) -> None:
        """Open a bead in Align."""
        self.session.open_chapter(chapter_id)
        self.enter("align")
        self.room("align").select(number)

    def entering(self, name: str) -> Callable[[], None]:
        """Return the action that goes to a room."""

        def go() -> None:
            self.enter(name)

        return go

    @Slot(int)
    def _on_side(self, row: int) -> None:
        if row >= 0 and row != self._stack.currentIndex():
            self.enter(ROOMS[row][0])

    @Slot()
    def update_frame(self) -> None:
        """Bring title, counts and actions in line with the session."""
        name = self.here
        subtitle = self._rooms[name].subtitle() if name in self._rooms else ""
        self._title.setText(room_title(name))
        self._subtitle.setText(subtitle)
        project = self.session.project
        self.setWindowTitle(f"{project.path.stem} – AMTS Desk" if project else "AMTS Desk")
        unconfirmed = sum(1 for row in self.session.chapter_rows() if row.settled < row.beads)
        running = sum(1 for run in self.session.amazon.runs() if run.job_id and not run.status.has_ended)
        self._count("align", unconfirmed)
        self._count("jobs", running)
        undo, redo = self.labels()
        self.actions_["undo"].setText(self.tr("Undo {0}").format(undo) if undo else self.tr("Undo"))
        self.actions_["redo"].setText(self.tr("Redo {0}").format(redo) if redo else self.tr("Redo"))
        self.actions_.update()

    def _count(self, name: str, count: int) -> None:
        item = self._side.item([n for n, _ in ROOMS].index(name))
        item.setText(f"{room_title(name)}  {count}" if count else room_title(name))

    # ---- undo goes to the editor of the room -------------------------------------------------------------------

    def _editor(self) -> Any:
        return {"align": self.session.alignment, "review": self.session.review}.get(self.here)

    def labels(self) -> tuple[str, str]:
        """Return what undo and redo would do in this room."""
        editor = self._editor()
        return editor.labels() if editor is not None and editor.is_open else ("", "")

    def undo(self) -> None:
        """Take back the last step in this room."""
        if self.here == "align":
            self.session.undo_beads()
        else:
            self._editor().undo()
        self.update_frame()

    def redo(self) -> None:
        """Do the next step of this room again."""
        if self.here == "align":
            self.session.redo_beads()
        else:
            self._editor().redo()
        self.update_frame()

    # ---- projects ----------------------------------------------------------------------------------------------

    def new_project(self) -> None:
        """Ask where, and make a new project there."""
        name, _ = QFileDialog.getSaveFileName(self, self.tr("New project"), "", self.tr("AMTS Desk projects (*.amts)"))
        if name:
            path = Path(name)
            self.open_path(path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX), create=True)

    def choose_project(self) -> None:
        """Ask for a project and open it."""
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Open project"), "", self.tr("AMTS Desk projects (*.amts)"))
        if name:
            self.open_path(Path(name))

    def open_path(self, path: Path, *, create: bool = False) -> None:
        """Open a project, or say why it cannot be opened."""
        try:
            self.session.open_project(path, create=create)
        except DeskError as error:
            self.messages.show_error(error)

    def open_sample(self) -> None:
        """Open the sample book, importing it the first time."""
        path = data_folder() / f"sample-book{SUFFIX}"
        is_new = not path.exists()
        self.open_path(path, create=True)
        if is_new and self.session.project is not None:
            self.session.import_paths([resource("sample")])

    def import_folder(self) -> None:
        """Ask for a folder and import the chapters in it."""
        name = QFileDialog.getExistingDirectory(self, self.tr("Import the chapters of a folder"))
        if name:
            self.import_paths([Path(name)])

    def import_files(self) -> None:
        """Ask for files and import the chapters they make."""
        from amts_desk.steps.read.formats import SUFFIXES

        kinds = self.tr("Chapters ({0})").format(" ".join(f"*{suffix}" for suffix in SUFFIXES))
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Import chapters"), "", kinds)
        if names:
            self.import_paths([Path(name) for name in names])

    def import_paths(self, paths: list[Path]) -> None:
        """Import chapters into the open project; without one, a new one is asked for first."""
        if self.session.project is None:
            self.new_project()
        if self.session.project is not None:
            self.session.import_paths(paths)

    def quit(self) -> None:
        """Close the window, and with it the program."""
        self.close()

    def edit_connection(self) -> None:
        """Let the person choose where calls to Amazon go."""
        from amts_desk.ui.dialogs.connection import ConnectionDialog

        dialog = ConnectionDialog(self.session.connection, self)
        dialog.check_wanted.connect(self.session.check_connection)
        self.session.connection_checked.connect(dialog.show_checked)
        self.session.profiles_listed.connect(dialog.show_profiles)
        dialog.profiles_wanted.connect(self.session.list_profiles)
        if not self.session.connection.is_offline:
            self.session.list_profiles()
        if dialog.exec():
            self.session.set_connection(dialog.connection())
        dialog.deleteLater()

    def edit_options(self) -> None:
        """Let the person choose how chapters are read, and finished ones written."""
        from amts_desk.ui.dialogs.options import OptionsDialog

        dialog = OptionsDialog(self.session.opened().options, self)
        if dialog.exec():
            self.session.set_options(dialog.options())
        dialog.deleteLater()

    def edit_terms(self) -> None:
        """Let the person work on the terms of the project, and on what Amazon has of them."""
        from amts_desk.ui.dialogs.terminology import TerminologyDialog

        dialog = TerminologyDialog(self.session, self)
        dialog.exec()
        dialog.deleteLater()

    @Slot(object)
    def _on_read_otherwise(self, chapters: list[Chapter]) -> None:
        """Offer to read again what was read with other options; nothing is read again by itself."""
        if not chapters:
            self.messages.withdraw_offer()
            return

        def read_again() -> None:
            self.session.read_again(chapters)

        text = self.tr(
            "Chapters read with other options: {0}. Reading them again keeps every bead whose sentences are unchanged."
        )
        self.messages.offer(text.format(len(chapters)), self.tr("Read them again"), read_again)

    @Slot(object)
    def _on_outdated(self, chapter: Chapter) -> None:
        def read_again() -> None:
            self.session.read_again([chapter])

        text = self.tr("{0} has changed on disk. Reading it again keeps every bead whose sentences are unchanged.")
        self.messages.offer(text.format(chapter.name), self.tr("Read it again"), read_again)

    @Slot(object)
    def _on_imported(self, imported: Any) -> None:
        lists = [(r.chapter, len(r.rows)) for r in imported.readings if not r.is_new]
        if lists:
            words = ", ".join(f"{chapter.name} ({count})" for chapter, count in lists)
            self.messages.show_note(
                self.tr("Read again; beads to look at: {0}. Everything else was kept.").format(words)
            )

    # ---- messages ----------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self.messages.show_error(error)

    @Slot(object)
    def _on_sign_in_needed(self, error: DeskError) -> None:
        """Nobody is asked until a person has signed in again; what runs at Amazon goes on there."""
        text = self.tr("{0} Nothing is lost: jobs go on at Amazon. Ask again (F5) when you are signed in.")
        self._sign_in_words = text.format(error)
        self.messages.offer(self._sign_in_words, self.tr("Ask again"), self.session.amazon.look_now)

    @Slot()
    def _on_answered(self) -> None:
        """Ask for no sign-in any more: Amazon has answered."""
        if self._sign_in_words and self.messages.text == self._sign_in_words:
            self.messages.withdraw_offer()

    @Slot(object)
    def _on_crashed(self, error: BaseException) -> None:
        raise error

    def show_commands(self) -> None:
        """Open the command palette."""
        from amts_desk.ui.dialogs.palette import CommandPalette

        palette = CommandPalette(self.actions_, self)
        palette.exec()
        palette.deleteLater()

    def edit_keys(self) -> None:
        """Let the person choose keys."""
        from amts_desk.ui.dialogs.keys import KeysDialog

        dialog = KeysDialog(self.actions_, self)
        dialog.exec()
        dialog.deleteLater()

    def show_keys(self) -> None:
        """Show the keys of the room."""
        from amts_desk.ui.dialogs.cheat_sheet import CheatSheet

        sheet = CheatSheet(self.actions_, self.here, self)
        sheet.exec()
        sheet.deleteLater()

    @Slot()
    def _on_keys(self) -> None:
        """Name the keys as they are from now on, wherever they are named."""
        for made in self._rooms.values():
            made.show_keys(self.actions_.key)
        self._name_keys()

    def _name_keys(self) -> None:
        for index, (name, _) in enumerate(ROOMS):
            self._side.item(index).setToolTip(with_key(room_title(name), self.actions_.key(f"go_{name}")))
        self.messages.name_key(self.actions_.key("close_message"))

    @Slot(int)
    def zoom(self, step: int) -> None:
        """Make what is read and edited larger (+1), smaller (-1) or as large as usual (0)."""
        fonts.use_reading_size(fonts.next_size(step))
        self.reading_size_changed.emit(fonts.reading_size())
        for made in self._rooms.values():
            made.resize_text()

    def zooming(self, step: int) -> Callable[[], None]:
        """Return the action that makes text larger, smaller, or as large as usual."""

        def go() -> None:
            self.zoom(step)

        return go

    def use_theme(self, name: str) -> Callable[[], None]:
        """Return the action that switches to a theme."""

        def switch() -> None:
            self.theme_changed.emit(name)

        return switch

    def repaint_theme(self, name: str) -> None:
        """Wear another theme now."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, name)
        for index, (room, _) in enumerate(ROOMS):
            self._side.item(index).setIcon(icon(room))
        self.actions_.repaint()
        for made in self._rooms.values():
            made.refresh()

    # ---- Qt ----------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a dropped project, import everything else."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        projects = [path for path in paths if path.suffix == SUFFIX]
        event.acceptProposedAction()
        if projects:
            self.open_path(projects[0])
        elif paths:
            self.import_paths(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the project; what was done is on disk already. Jobs go on at Amazon."""
        self.session.close_project()
        event.accept()

    # ---- building ----------------------------------------------------------------------------------------------

    def _owner(self, room: str) -> QWidget:
        return self._frames[room] if room else self

    def _build(self) -> None:
        self._side = QListWidget()
        self._side.setObjectName("side")
        self._side.setFixedWidth(168)
        self._side.setIconSize(QSize(20, 20))
        self._side.setAccessibleName(self.tr("Rooms"))
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for name, _ in ROOMS:
            QListWidgetItem(icon(name), room_title(name), self._side)
        self._side.currentRowChanged.connect(self._on_side)
        self._title, self._subtitle = QLabel(), QLabel()
        self._title.setProperty("role", "title")
        self._subtitle.setProperty("role", "quiet")
        self._head = QHBoxLayout()
        self._head.setContentsMargins(16, 8, 16, 0)
        for label in (self._title, self._subtitle):
            self._head.addWidget(label)
        self._head.addStretch(1)
        self.messages = MessageBar()
        self._sign_in_words = ""
        around = QVBoxLayout()
        around.setContentsMargins(16, 0, 16, 0)
        around.addWidget(self.messages)
        self._stack = QStackedWidget()
        for frame in self._frames.values():
            self._stack.addWidget(frame)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(8)
        right.addLayout(self._head)
        line = QFrame()
        line.setProperty("role", "hairline")
        right.addWidget(line)
        right.addLayout(around)
        right.addWidget(self._stack, 1)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addLayout(right, 1)
        self.setCentralWidget(middle)

    def _fill_head(self) -> None:
        for name in ("undo", "redo"):
            button = QToolButton()
            button.setDefaultAction(self.actions_[name])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setAccessibleName(self.tr("Undo") if name == "undo" else self.tr("Redo"))
            self._head.addWidget(button)

    def _fill_menus(self) -> None:
        menus = self._menus
        for spec in self.actions_.specs():
            if (spec.menu, "") not in menus:
                menus[spec.menu, ""] = self._menu(self.menuBar().addMenu(spec.menu))
            if (spec.menu, spec.group) not in menus:
                menus[spec.menu, spec.group] = self._menu(menus[spec.menu, ""].addMenu(spec.group))
            menus[spec.menu, spec.group].addAction(self.actions_[spec.name])

    def _menu(self, menu: QMenu) -> QMenu:
        menu.setToolTipsVisible(True)
        return menu
