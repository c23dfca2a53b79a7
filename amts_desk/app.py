"""Put the pieces together and open the window. The only module that knows every layer."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from amts_desk import __version__
from amts_desk.desk.session import Session
from amts_desk.desk.tasks import TaskRunner
from amts_desk.store.places import data_folder
from amts_desk.ui import fonts, keys, theme
from amts_desk.ui.dialogs.crash import CrashReporter
from amts_desk.ui.main_window import MainWindow
from amts_desk.ui.widgets.fitting import fit_screen

SAMPLE = "--sample"
_SETTLED = 5_000
"""Milliseconds after which a project that was opened has begun whatever it needs."""


class Desk:
    """The running program: application, session and window, joined together."""

    def __init__(self, arguments: list[str], *, runner: TaskRunner | None = None) -> None:
        existing = QApplication.instance()
        self.application = existing if isinstance(existing, QApplication) else QApplication([sys.argv[0], *arguments])
        self.application.setApplicationName("amts-desk")
        self.application.setApplicationDisplayName("AMTS Desk")
        self.application.setApplicationVersion(__version__)
        self.application.setDesktopFileName("amts-desk")
        fonts.apply(self.application)
        self._settings = QSettings(str(data_folder() / "window.ini"), QSettings.Format.IniFormat)
        self._wear(str(self._settings.value("theme", "system")))
        self.runner = runner or TaskRunner()
        self.session = Session(self.runner)
        fonts.use_reading_size(_whole(self._settings.value("reading_size"), fonts.READING_SIZE))
        self.window = MainWindow(self.session, keys.read_chosen(self._settings))
        self.window.reading_size_changed.connect(self._on_reading_size)
        self.window.actions_.keys_changed.connect(self._on_keys)
        self.window.theme_changed.connect(self._on_theme)
        self.reporter = CrashReporter()
        self.reporter.expected.connect(self.session.failed)
        geometry = self._settings.value("geometry")
        if geometry is not None:
            self.window.restoreGeometry(geometry)
            fit_screen(self.window)

    def open(self, path: Path | None, *, sample: bool = False) -> None:
        """Open a project, the sample book, or the project that was open last."""
        if sample:
            self.window.open_sample()
        elif path is not None:
            self.window.open_path(path, create=not path.exists())
        else:
            last = Path(str(self._settings.value("project", "")))
            if last.is_file():
                self.window.open_path(last)
        advice = fonts.missing_advice()
        if advice:
            self.window.messages.show_note(advice)

    def close(self) -> None:
        """Remember the window and close everything."""
        self._settings.setValue("geometry", self.window.saveGeometry())
        self._settings.sync()
        self.session.close_project()
        self.runner.close()

    def remember_project(self) -> None:
        """Remember which project to open next time."""
        if self.session.project is not None:
            self._settings.setValue("project", str(self.session.project.path))

    def _wear(self, name: str) -> None:
        theme.apply(self.application, theme.system_theme() if name == "system" else name)

    def _on_reading_size(self, size: int) -> None:
        self._settings.setValue("reading_size", size)

    def _on_keys(self) -> None:
        keys.write_chosen(self._settings, self.window.actions_.chosen)

    def _on_theme(self, name: str) -> None:
        self._settings.setValue("theme", name)
        self.window.repaint_theme(theme.system_theme() if name == "system" else name)


def _whole(stored: object, otherwise: int) -> int:
    """Return a whole number as it was stored; `otherwise` where there is none."""
    words = str(stored)
    return int(words) if words.isdecimal() and len(words) < 10 else otherwise


def main(arguments: list[str] | None = None) -> int:
    """Open the window and return the exit status. `arguments`: a project file, or `--sample` for the sample book."""
    given = sys.argv[1:] if arguments is None else arguments
    names = [name for name in given if not name.startswith("-")]
    _start_log()
    desk = Desk(given)
    desk.reporter.install()
    desk.session.project_opened.connect(desk.remember_project)
    desk.window.show()
    # The window stands before the project is read: it is visible at once however large the project is.
    QTimer.singleShot(0, lambda: desk.open(Path(names[0]) if names else None, sample=SAMPLE in given))
    QTimer.singleShot(_SETTLED, desk.session.warm)
    status = desk.application.exec()
    desk.close()
    desk.reporter.uninstall()
    return status


def _start_log() -> None:
    """Write what nobody expected into the log, unless the command line has set up another one."""
    if not logging.getLogger().handlers:
        logging.basicConfig(
            filename=data_folder() / "amts-desk.log",
            level=logging.WARNING,
            format="%(asctime)s %(levelname)s %(name)s: %(message)s",
            encoding="utf-8",
        )


if __name__ == "__main__":
    sys.exit(main())
