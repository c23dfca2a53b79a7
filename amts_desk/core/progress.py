"""How long work tells how far it is, and learns that it is no longer wanted."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called by long work between two pieces; raises `Cancelled` when the person has stopped it."""

    def __call__(self, done: int, total: int, note: str = "", /) -> None:
        """Report that `done` of `total` pieces are ready; `note` names the piece in hand."""


def silent(done: int, total: int, note: str = "", /) -> None:
    """Tell nobody: the progress of work whose end is all that matters."""
