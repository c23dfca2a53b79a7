"""A pipeline as it goes: one for each direction, made of steps that are waiting, running, done, failed or stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class StepName(StrEnum):
    """The steps of a pipeline, in their order."""

    READ = "read"
    ALIGN = "align"
    PARALLEL_DATA = "parallel data"
    JOBS = "jobs"
    OUTPUT = "output"
    SCORES = "scores"


class StepState(StrEnum):
    """How a step stands. STOPPED: it was begun and is not finished, and nobody works on it now."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Step:
    """One step, with what goes on in it: `done` of `total` pieces are done; 0 of 0 while nobody knows.

    The pieces are chapters, parallel data, or jobs.
    """

    name: StepName
    state: StepState = StepState.WAITING
    done: int = 0
    total: int = 0
    message: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return it as one object."""
        return {
            "name": self.name.value,
            "state": self.state.value,
            "done": self.done,
            "total": self.total,
            "message": self.message,
        }


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The way of one direction ("en-zh") through all steps; `seconds` it has taken so far, this time."""

    direction: str
    steps: tuple[Step, ...] = tuple(map(Step, StepName))
    seconds: float = 0.0

    def step(self, name: StepName) -> Step:
        """Return the step of that name."""
        return next(step for step in self.steps if step.name is name)

    def changed(self, name: StepName, **changes: Any) -> Pipeline:
        """Return the pipeline with other values in one step."""
        return replace(self, steps=tuple(replace(s, **changes) if s.name is name else s for s in self.steps))

    @property
    def state(self) -> StepState:
        """How it stands as a whole; between two steps it is running."""
        states = {step.state for step in self.steps}
        for state in (StepState.FAILED, StepState.RUNNING, StepState.STOPPED):
            if state in states:
                return state
        return states.pop() if len(states) == 1 else StepState.RUNNING

    @property
    def message(self) -> str:
        """What there is to tell: of the step that failed, else of the last one that says anything."""
        told = [step for step in self.steps if step.message]
        failed = [step for step in told if step.state is StepState.FAILED]
        return (failed or told or [Step(StepName.READ)])[-1].message

    def halted(self, state: StepState, message: str = "", at: StepName | None = None) -> Pipeline:
        """Return the pipeline as it is when it is stopped, or has failed: every step that runs is stopped.

        The one that it has come to, `at`, tells why; where that does not run, the last that does, and between two steps
        the next one. What has come to its end, or has not begun, cannot be stopped.
        """
        running = [step.name for step in self.steps if step.state is StepState.RUNNING]
        halted = self
        for name in running:
            halted = halted.changed(name, state=StepState.STOPPED, message="")
        if not running and (self.state is StepState.RUNNING or state is StepState.FAILED):
            running = [step.name for step in self.steps if step.state is StepState.WAITING][:1]
        if not running:
            return halted
        return halted.changed(at if at in running else running[-1], state=state, message=message)

    def as_json(self) -> dict[str, Any]:
        """Return what `amts-desk pipeline --json` says of it."""
        return {
            "direction": self.direction,
            "state": self.state.value,
            "seconds": round(self.seconds, 1),
            "message": self.message,
            "steps": [step.as_json() for step in self.steps],
        }


Tell = Callable[[tuple[Pipeline, ...]], None]
"""Hears how all pipelines stand whenever that has changed."""


def tell_nobody(_: tuple[Pipeline, ...]) -> None:
    """Tell nobody: for work whose end is all that matters."""
