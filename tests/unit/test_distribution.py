"""What goes out beside the code: licence, notice, icons, desktop files."""

import configparser
import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
ICONS = [
    "align",
    "bookmark",
    "chapters",
    "close",
    "compare",
    "confirm",
    "error",
    "help",
    "import",
    "info",
    "jobs",
    "merge",
    "next",
    "open",
    "parallel_data",
    "pin",
    "push",
    "redo",
    "review",
    "split",
    "start",
    "stop",
    "sync",
    "undo",
    "warning",
]
LINUX = ROOT / "packaging" / "linux"


def test_the_licence_is_the_whole_apache_license():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert len(text.splitlines()) == 202


def test_the_notice_names_every_dependency():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8").lower()
    names = {re.match(r"[\w-]+", requirement).group().lower() for requirement in project["dependencies"]}
    missing = {name for name in names if name not in notice and name.replace("-", " ") not in notice}
    assert not missing
    assert "creative commons attribution-sharealike 4.0" in notice


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_is_drawn_with_one_grey_stroke(name):
    root = ElementTree.parse(ROOT / "resources" / "icons" / f"{name}.svg").getroot()
    expected = {
        "viewBox": "0 0 24 24",
        "fill": "none",
        "stroke": "#5b6472",
        "stroke-width": "1.75",
        "stroke-linecap": "round",
    }
    assert {key: root.get(key) for key in expected} == expected
    assert len(root)
    assert not [child for child in root.iter() if child is not root and (child.get("fill") or child.get("stroke"))]


def test_there_is_no_icon_that_nobody_named():
    assert sorted(p.stem for p in (ROOT / "resources" / "icons").glob("*.svg")) == sorted([*ICONS, "app"])


def test_the_desktop_files_agree():
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str
    entry.read(LINUX / "amts-desk.desktop", encoding="utf-8")
    desktop = entry["Desktop Entry"]
    component = ElementTree.parse(LINUX / "io.github.amts_desk.metainfo.xml").getroot()
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert component.findtext("launchable") == "amts-desk.desktop"
    assert component.findtext("id") == "io.github.amts_desk"
    assert component.findtext("name") == desktop["Name"]
    assert component.findtext("summary") == desktop["Comment"]
    assert component.findtext("project_license") == "Apache-2.0"
    assert [c.text for c in component.iter("category")] == desktop["Categories"].strip(";").split(";")
    assert desktop["Exec"].split()[0] == component.findtext("provides/binary")
    assert component.findtext("provides/binary") in scripts


@pytest.mark.parametrize(
    ("system", "machine", "is_wanted"),
    [("win32", "ARM64", False), ("win32", "AMD64", True), ("darwin", "arm64", True), ("linux", "aarch64", True)],
)
def test_sentencex_is_asked_for_wherever_it_has_wheels(system, machine, is_wanted):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (text,) = (text for text in project["dependencies"] if text.startswith("sentencex"))
    marker = Requirement(text).marker
    assert marker.evaluate({"sys_platform": system, "platform_machine": machine}) is is_wanted
