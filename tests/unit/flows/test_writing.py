"""Chapters are written in the line style of the project."""

import pytest

from amts_desk.core.errors import DeskError
from amts_desk.flows.writing import chapter_bytes, line_style, machine_chapter_bytes, set_line_style
from amts_desk.steps.read.files import read_document
from amts_desk.steps.write import LineStyle
from amts_desk.store.project import Project

TEXT = "使用 ReLU 函数：:numref:`fig_relu`展示了它的样子，以及它的导数。"


@pytest.fixture
def project(tmp_path):
    with Project.open(tmp_path / "p.amts", create=True) as opened:
        yield opened


def test_a_project_has_a_line_style_for_each_language(project):
    assert line_style(project, "zh") == LineStyle("zh")
    set_line_style(project, LineStyle("zh", 40, latin_spaces=True))
    set_line_style(project, LineStyle("es", 80))
    assert line_style(project, "zh") == LineStyle("zh", 40, latin_spaces=True)
    assert line_style(project, "es") == LineStyle("es", 80)
    assert line_style(project, "en") == LineStyle("en")


def test_lines_too_short_for_words_are_refused(project):
    with pytest.raises(DeskError, match="Lines of 5 columns are too short"):
        set_line_style(project, LineStyle("zh", 5))


def test_a_chapter_is_written_in_it(project):
    document = read_document("a.md", b"# Title\n\n> Old text.\n", "en")
    written = chapter_bytes(project, document, {1: TEXT}, "zh").decode()
    assert written == "# Title\n\n> 使用ReLU函数： :numref:`fig_relu`展示了它的样子，以及它的导数。\n"
    set_line_style(project, LineStyle("zh", 40, latin_spaces=True))
    written = chapter_bytes(project, document, {1: TEXT}, "zh").decode()
    assert written == "# Title\n\n> 使用 ReLU 函数： :numref:`fig_relu`展\n> 示了它的样子，以及它的导数。\n"


def test_a_persons_text_is_refused_where_a_machines_is_passed_over(project):
    document = read_document("a.md", b"# Title\n\nOld text.\n", "en")
    with pytest.raises(DeskError, match=r"Block 1 of a\.md cannot be written"):
        chapter_bytes(project, document, {0: "题", 1: "<div>"}, "zh")
    assert machine_chapter_bytes(project, document, {0: "题", 1: "<div>"}, "zh").decode() == "# 题\n\nOld text.\n"
