"""What is done with terms in the background: each function returns one piece of work for the task runner."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from amts_desk.core.errors import DeskError
from amts_desk.core.progress import Progress
from amts_desk.core.terms import Term, TermFile
from amts_desk.desk.tasks import Work

if TYPE_CHECKING:
    from amts_desk.core.terminology import Terminology
    from amts_desk.flows.connecting import Line
    from amts_desk.flows.terminology import Parcel, Pushed


def read(path: Path, direction: tuple[str, str]) -> Work:
    """Read a file of terms, in `direction` when it does not name its languages; brings (TermFile, its name)."""

    def work(_: Progress) -> tuple[TermFile, str]:
        from amts_desk.flows.terminology import read_terms

        try:
            return read_terms(path), path.name
        except DeskError:
            return read_terms(path, direction), path.name

    return work


def save(terms: Sequence[Term], path: Path, form: str, source_language: str) -> Work:
    """Write terms to a file; brings its name."""

    def work(_: Progress) -> str:
        from amts_desk.flows.terminology import write_terms
        from amts_desk.store.files import write_atomically

        write_atomically(path, write_terms(terms, form, source_language))
        return path.name

    return work


def push(line: Line, parcel: Parcel) -> Work:
    """Send a terminology; brings (Pushed, what Amazon has now)."""

    def work(_: Progress) -> tuple[Pushed, list[Terminology]]:
        from amts_desk.aws.terminology import Terminologies
        from amts_desk.flows import terminology

        cloud = line.open()
        return terminology.push(cloud, parcel), Terminologies(cloud).all()

    return work


def ask(line: Line) -> Work:
    """Ask what terminologies there are; brings a list of Terminology."""

    def work(_: Progress) -> list[Terminology]:
        from amts_desk.aws.terminology import Terminologies

        return Terminologies(line.open()).all()

    return work


def download(line: Line, name: str) -> Work:
    """Bring the terms of a terminology; brings (TermFile, its name)."""

    def work(_: Progress) -> tuple[TermFile, str]:
        from amts_desk.flows import terminology

        return terminology.download(line.open(), name), name

    return work


def delete(line: Line, name: str) -> Work:
    """Delete a terminology; brings (its name, what Amazon has now)."""

    def work(_: Progress) -> tuple[str, list[Terminology]]:
        from amts_desk.aws.terminology import Terminologies

        service = Terminologies(line.open())
        service.delete(name)
        return name, service.all()

    return work
