"""`amts-desk pipeline`: exit codes, JSON, and the lines on a terminal."""

import io
import json
from dataclasses import replace

import pytest

from amts_desk.cli.board import TerminalBoard, line
from amts_desk.core.errors import DeskError
from amts_desk.core.experiment import ArmScore, Cell, Experiment
from amts_desk.core.pipeline import Pipeline, StepName, StepState
from amts_desk.flows import pipeline as flow
from amts_desk.flows.results import Outcome
from amts_desk.flows.scoring import Compared
from tests.unit.cli.calling import done, told

CONFIG = """
[source]
path = "book"
[languages]
targets = ["zh", "es"]
[parallel_data]
hold_out = ["one"]
"""
SCORES = Experiment(
    ("one",), ("none",), ("EN-ZH",), (ArmScore("EN-ZH", "one", "none", Cell(20.0, 40.0, 9)),), ("sig",), True
)
ZH = Pipeline("en-zh", tuple(replace(s, state=StepState.DONE, done=2, total=2) for s in Pipeline("").steps), 65.0)
ES = Pipeline("en-es").halted(StepState.FAILED, "There is no article. Check it.")


@pytest.fixture
def carried_out(monkeypatch, tmp_path):
    """Let the pipelines come to an end of the test's choice, which is the value returned, an outcome or an error."""
    answer = {}

    def run(config, folder, wishes):
        if "error" in answer:
            raise answer["error"]
        wishes.tell(answer["outcome"].pipelines)
        return replace(answer["outcome"], folder=folder)

    monkeypatch.setattr(flow, "run_pipeline", run)
    (tmp_path / "two.toml").write_text(CONFIG, "utf-8")
    answer["outcome"] = Outcome(Compared(SCORES, ()), (), 0, tmp_path, (ZH, replace(ZH, direction="en-es")))
    return answer


def test_all_done_is_0_and_the_json_tells_every_step(carried_out, tmp_path, capsys):
    found = json.loads(done(capsys, "pipeline", tmp_path / "two.toml", "--json"))
    assert list(found["scores"]) == ["EN-ZH"]
    assert [(p["direction"], p["state"]) for p in found["pipelines"]] == [("en-zh", "done"), ("en-es", "done")]
    assert [step["name"] for step in found["pipelines"][0]["steps"]] == [name.value for name in StepName]


def test_one_failure_is_1_and_is_told(carried_out, tmp_path, capsys):
    problem = DeskError("en-es: There is no article.", "Check it.")
    carried_out["outcome"] = replace(carried_out["outcome"], problems=(problem,), pipelines=(ZH, ES))
    assert "EN-ZH" in done(capsys, "pipeline", tmp_path / "two.toml", code=1)


def test_all_failures_are_2_in_one_line(carried_out, tmp_path, capsys):
    carried_out["error"] = DeskError("No pipeline came to its end. en-zh: a en-es: b", "Start again to go on.")
    assert told(capsys, "pipeline", tmp_path / "two.toml").endswith("en-zh: a en-es: b Start again to go on.")


def test_a_line_shows_sign_and_word_of_every_step_that_has_begun():
    running = Pipeline("en-zh", seconds=65.0).changed(StepName.READ, state=StepState.DONE, done=2, total=2)
    running = running.changed(StepName.ALIGN, state=StepState.RUNNING, total=2, message="40 %")
    assert line(running) == "en-zh      1:05  ✓ read ▶ align 0/2  40 %"
    assert line(Pipeline("en-es")) == "en-es      0:00  waiting"
    assert line(ES) == "en-es      0:00  ✗ read  There is no article. Check it."


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_lines_are_drawn_over_each_other_and_taken_away(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with TerminalBoard() as board:
        board((ZH, ES))
        board((ZH, ES))
    first, second, last = terminal.getvalue().split("\x1b[2A")
    assert first.count("\n") == second.count("\n") == 2
    assert last == "\r\x1b[J"


def test_where_there_is_no_terminal_nothing_is_drawn(monkeypatch):
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    with TerminalBoard() as board:
        board((ZH,))
    assert stream.getvalue() == ""
