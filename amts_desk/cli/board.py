"""The pipelines on a terminal: a line for each, drawn over and over in the same place."""

from __future__ import annotations

import shutil
import sys

from amts_desk.core.pipeline import Pipeline, Step, StepState

_SIGNS = {
    StepState.WAITING: "·",
    StepState.RUNNING: "▶",
    StepState.DONE: "✓",
    StepState.FAILED: "✗",
    StepState.STOPPED: "■",
}


class TerminalBoard:
    """Shows on stderr how pipelines stand while they run; where that is no terminal it says nothing. Use a `with`."""

    def __init__(self) -> None:
        self._shows = sys.stderr.isatty()
        self._height = 0

    def __enter__(self) -> TerminalBoard:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def __call__(self, pipelines: tuple[Pipeline, ...], /) -> None:
        """Draw all lines anew."""
        width = shutil.get_terminal_size().columns - 1
        self._draw([line(pipeline)[:width] for pipeline in pipelines])

    def clear(self) -> None:
        """Take the lines away; the next ones stand wherever the terminal is then."""
        self._draw([])

    def _draw(self, lines: list[str]) -> None:
        if not self._shows or not (lines or self._height):
            return
        back = f"\x1b[{self._height}A" if self._height else ""
        self._height = len(lines)
        print(f"{back}\r\x1b[J" + "".join(f"{text}\n" for text in lines), end="", file=sys.stderr, flush=True)


def line(pipeline: Pipeline) -> str:
    """Return one line: direction, time, a sign, name and count for each step that has begun, and what goes on."""
    minutes, seconds = divmod(int(pipeline.seconds), 60)
    begun = [step for step in pipeline.steps if step.state is not StepState.WAITING]
    steps = " ".join(map(_step, begun)) or StepState.WAITING.value
    return f"{pipeline.direction:8} {minutes:3d}:{seconds:02d}  {steps}  {pipeline.message}".rstrip()


def _step(step: Step) -> str:
    """Return sign and name of a step; its count only while there is something left to do."""
    count = "" if step.state is StepState.DONE or not step.total else f" {step.done}/{step.total}"
    return f"{_SIGNS[step.state]} {step.name.value}{count}"
