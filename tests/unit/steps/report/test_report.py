import csv
import io
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from amts_desk.core.experiment import ArmScore, Cell, Example, Experiment, Leakage
from amts_desk.steps.report import csv_text, definition, frame, html_report, latex_text, text_table
from amts_desk.steps.report.chart import bar_chart
from amts_desk.steps.report.terminal import width
from amts_desk.steps.report.wording import interval_words, p_words

SIGNATURE = (
    "nrefs:1|bs:1000|seed:12345|case:mixed|eff:no|tok:zh|smooth:exp|version:2.6.0|unit:block|scope:prose|markup:kept"
)
RESULT = Experiment(
    ("bert", "词嵌入<b>"),
    ("none", "sentence & more"),
    ("EN-ZH",),
    (
        ArmScore("EN-ZH", "bert", "none", Cell(20.0, 30.0, 100, (18.0, 22.0))),
        ArmScore("EN-ZH", "bert", "sentence & more", Cell(40.0, 50.0, 100, (37.0, 43.0), 0.000999)),
        ArmScore("EN-ZH", "词嵌入<b>", "none", Cell(30.0, 40.0, 55)),
        ArmScore("EN-ZH", "词嵌入<b>", "sentence & more", Cell(35.0, 45.0, 55, None, 0.2)),
    ),
    (SIGNATURE,),
    offline=True,
    leakage=(Leakage("EN-ZH", "sentence & more", 1000, 3),),
)
DEFINITION = "BLEU · zh · blocks of prose · markup kept · sacreBLEU 2.6.0 · n = 155"
EXAMPLES = [Example("EN-ZH", "bert", "A <script>", "一 & 二", (("none", "<img src=x>"), ("sentence & more", "壹")))]


def test_definition_in_plain_words():
    assert definition(SIGNATURE, 155) == DEFINITION
    assert definition("nrefs:1|tok:13a|version:2.6.0", 3) == "BLEU · 13a · sacreBLEU 2.6.0 · n = 3"
    assert definition("tok:zh|version:2.6.0|unit:line|test:bert@e6b18cc", 1) == (
        "BLEU · zh · lines · test bert@e6b18cc · sacreBLEU 2.6.0 · n = 1"
    )


def test_small_words():
    assert (p_words(0.000999), p_words(0.0123)) == ("p < 0.001", "p = 0.012")
    assert (interval_words(Cell(1, 1, 1, (0.5, 1.25))), interval_words(Cell(1, 1, 1))) == ("0.5 to 1.2", "")


def test_the_text_table():
    assert text_table(RESULT) == (
        f"EN-ZH\n{DEFINITION}\nTranslated by the offline practice engine, not by Amazon Translate.\n\n"
        "article                   n     none          sentence & more\n"
        "bert                      100   0.200  20.0   0.400  40.0 *\n"
        "词嵌入<b>                 55    0.300  30.0   0.350  35.0\n"
        "average of the articles   155   0.250  25.0   0.375  37.5\n\n"
        "* differs from “none” with p < 0.05 (paired bootstrap; average: all segments)\n"
        "Leakage check of the sentence & more pairs sent: 3 of 1,000 hold text of the articles.\n"
        f"Signature: {SIGNATURE}|engine:offline-practice\n"
    )


def test_a_table_with_gaps_and_without_marks():
    table = text_table(replace(RESULT, scores=RESULT.scores[:1], leakage=(), offline=False))
    assert table.splitlines()[3:] == [
        "article                   n     none          sentence & more",
        "bert                      100   0.200  20.0   –",
        "average of the articles   100   0.200  20.0   –",
        "",
        f"Signature: {SIGNATURE}|engine:amazon-translate",
    ]


@pytest.mark.parametrize(("text", "columns"), [("abc", 3), ("词嵌入", 6), ("e\u0301", 1), ("Ａ。", 4), ("", 0)])
def test_width_in_a_terminal(text, columns):
    assert width(text) == columns


def test_csv_holds_every_score():
    rows = [*csv.DictReader(io.StringIO(csv_text(RESULT)))]
    assert [(row["article"], row["arm"], float(row["bleu"])) for row in rows] == [
        (score.article, score.arm, score.cell.bleu) for score in RESULT.scores
    ]
    assert (rows[1]["ci_low"], rows[1]["p"], rows[0]["p"], rows[2]["ci_high"]) == ("37.0", "0.000999", "", "")
    assert rows[0]["signature"].endswith("engine:offline-practice")


def test_frame_names_pooled_rows():
    pooled = replace(RESULT, pooled=(ArmScore("EN-ZH", "", "none", Cell(24.0, 30.0, 155)),))
    assert [*frame(pooled)["article"]][-1] == "(all segments)"
    assert len(frame(pooled)) == 5


def test_latex_is_escaped_and_in_order():
    table = latex_text(RESULT)
    assert "sentence \\& more" in table
    assert table.index("bert") < table.index("词嵌入<b>")
    assert "0.400  40.0" in table
    assert table.startswith(
        f"% Translated by the offline practice engine, not by Amazon Translate.\n% EN-ZH: {DEFINITION}\n"
    )


class Outline(HTMLParser):
    """Collects tags and text, and sees to it that every element is closed."""

    def __init__(self, page):
        super().__init__()
        self.open, self.tags, self.text = [], [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in {"meta", "br", "rect", "line"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.text.append(data)


def test_the_page_is_whole_escaped_and_stands_alone():
    page = html_report(RESULT, EXAMPLES)
    outline = Outline(page)
    text = "".join(outline.text)
    assert outline.open == []
    assert not {"script", "img", "link", "b"} & {*outline.tags}
    for wanted in (
        "词嵌入<b>",
        "sentence & more",
        "A <script>",
        "<img src=x>",
        "p < 0.001",
        "37.0 to 43.0",
        "chrF 50.0",
    ):
        assert wanted in text
    assert "http" not in page
    assert "prefers-color-scheme: dark" in page
    assert 'lang="zh">一 &amp; 二' in page


def test_the_definition_stands_above_the_table_and_the_label_above_all():
    page = html_report(RESULT)
    assert page.index("offline practice engine") < page.index(DEFINITION) < page.index("<table>") < page.index("<svg")
    assert "offline practice engine" not in html_report(replace(RESULT, offline=False))


def test_articles_without_a_run_in_a_direction_are_left_out():
    partial = replace(RESULT, scores=RESULT.scores[:2])
    assert "词嵌入" not in html_report(partial)
    assert "词嵌入" not in text_table(partial)


def test_both_scales_in_table_and_chart():
    page = html_report(RESULT)
    assert "<strong>0.400</strong> 40.0 <abbr" in page
    assert "<strong>0.350</strong> 35.0<br>" in page
    assert "0.375  37.5</text>" in page


def test_bars_are_as_long_as_the_scores():
    chart = bar_chart([("a", Cell(50.0, 1, 1)), ("b", Cell(100.0, 1, 1, (90.0, 100.0)))], "t")
    assert 'width="180.0"' in chart
    assert 'width="360.0"' in chart
    assert chart.count("<line") == 1
    assert bar_chart([], "t") == ""


def test_importing_the_report_does_not_import_pandas():
    call = [sys.executable, "-c", "import sys, amts_desk.steps.report; print(*sys.modules)"]
    done = subprocess.run(call, capture_output=True, check=True, text=True, cwd=Path(__file__).parents[4])
    assert not {"pandas", "numpy"} & {*done.stdout.split()}
