"""Chapters are written as the options of the project say."""

import pytest

from amts_desk.core.errors import DeskError
from amts_desk.core.options import Options
from amts_desk.flows.writing import chapter_bytes, line_style, machine_chapter_bytes
from amts_desk.steps.read.files import read_document
from amts_desk.steps.write import LineStyle

TEXT = "使用 ReLU 函数：:numref:`fig_relu`展示了它的样子，以及它的导数。"


def test_the_options_are_the_line_style_of_every_language():
    assert line_style(Options(), "zh") == LineStyle("zh")
    assert line_style(Options(columns=80, latin_spaces=True), "es") == LineStyle("es", 80, latin_spaces=True)


def test_a_chapter_is_written_as_the_options_say():
    document = read_document("a.md", b"# Title\n\n> Old text.\n", "en")
    written = chapter_bytes(Options(), document, {1: TEXT}, "zh").decode()
    assert written == "# Title\n\n> 使用ReLU函数： :numref:`fig_relu`展示了它的样子，以及它的导数。\n"
    written = chapter_bytes(Options(columns=40, latin_spaces=True), document, {1: TEXT}, "zh").decode()
    assert written == "# Title\n\n> 使用 ReLU 函数： :numref:`fig_relu`展\n> 示了它的样子，以及它的导数。\n"


def test_a_persons_text_is_refused_where_a_machines_is_passed_over():
    document = read_document("a.md", b"# Title\n\nOld text.\n", "en")
    with pytest.raises(DeskError, match=r"Block 1 of a\.md cannot be written"):
        chapter_bytes(Options(), document, {0: "题", 1: "<div>"}, "zh")
    assert machine_chapter_bytes(Options(), document, {0: "题", 1: "<div>"}, "zh").decode() == "# 题\n\nOld text.\n"
