"""How far each pipeline is, kept while they run and told to whoever watches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from amts_desk.core.errors import DeskError
from amts_desk.core.pipeline import Pipeline, StepName, StepState, Tell
from amts_desk.core.progress import Progress
from amts_desk.flows.lanes import Clock

_NEWS, _TICK = 0.1, 1.0
"""Seconds between two tellings: of what a step is at, and of nothing but the time that has passed."""


class Board:
    """The pipelines of some directions. Changes of a state are told at once, small news now and then."""

    def __init__(self, directions: Sequence[str], tell: Tell, clock: Clock) -> None:
        self._pipelines = {direction: Pipeline(direction) for direction in directions}
        self._since: dict[str, float] = {}
        self._at: dict[str, StepName] = {}
        self._tell = tell
        self._clock = clock
        self._told_at = 0.0
        self.tell()

    @property
    def pipelines(self) -> tuple[Pipeline, ...]:
        """How all of them stand now."""
        return tuple(map(self._timed, self._pipelines.values()))

    def begin(self, direction: str, name: StepName, total: int = 0, message: str = "") -> None:
        """Note that a step has begun or goes on."""
        self._since.setdefault(direction, self._clock.monotonic())
        self._change(direction, name, state=StepState.RUNNING, total=total, message=message)

    def count(self, direction: str, name: StepName, done: int, message: str = "") -> None:
        """Note that so many pieces of a step are done; the last one ends it."""
        total = self._pipelines[direction].step(name).total
        state = StepState.DONE if done == total else StepState.RUNNING
        self._change(direction, name, state=state, done=done, message=message)

    def done(self, direction: str, name: StepName) -> int:
        """Return how many pieces of a step are done."""
        return self._pipelines[direction].step(name).done

    def note(self, direction: str, name: StepName, message: str) -> None:
        """Note what a step is at."""
        self._at[direction] = name
        self._pipelines[direction] = self._pipelines[direction].changed(name, message=message)
        if self._clock.monotonic() - self._told_at >= _NEWS:
            self.tell()

    def noting(self, direction: str, name: StepName, progress: Progress) -> Progress:
        """Return the progress of work inside a step: it is noted, and passed on so that the work can be stopped."""

        def noted(done: int, total: int, note: str = "", /) -> None:
            progress(done, total, f"{direction}: {note}" if note else direction)
            share = f"{100 * done // total} %" if total else ""
            self.note(direction, name, " · ".join(part for part in (note, share) if part))

        return noted

    def end(self, direction: str) -> None:
        """Note that a pipeline is at its end and takes no more time."""
        if direction in self._since:
            self._pipelines[direction] = self._timed(self._pipelines[direction])
            del self._since[direction]
        self.tell()

    def fail(self, direction: str, error: DeskError) -> None:
        """Note that a pipeline has failed, at the step that was noted last."""
        pipeline, at = self._pipelines[direction], self._at.get(direction)
        self._pipelines[direction] = pipeline.halted(StepState.FAILED, str(error), at)
        self.end(direction)

    def stop(self) -> None:
        """Note that nobody works on any of them now."""
        for direction, pipeline in self._pipelines.items():
            self._pipelines[direction] = pipeline.halted(StepState.STOPPED)
        for direction in list(self._since):
            self.end(direction)

    def tick(self) -> None:
        """Tell that time has passed, if nothing was told for a while."""
        if self._clock.monotonic() - self._told_at >= _TICK:
            self.tell()

    def tell(self) -> None:
        """Tell how all of them stand."""
        self._told_at = self._clock.monotonic()
        self._tell(self.pipelines)

    def _change(self, direction: str, name: StepName, **changes: object) -> None:
        self._at[direction] = name
        self._pipelines[direction] = self._pipelines[direction].changed(name, **changes)
        self.tell()

    def _timed(self, pipeline: Pipeline) -> Pipeline:
        since = self._since.get(pipeline.direction)
        return pipeline if since is None else replace(pipeline, seconds=self._clock.monotonic() - since)
