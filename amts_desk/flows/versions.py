"""What became of parallel data: versions and their differences, what Amazon says of records, what the account holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from amts_desk.aws.cloud import Cloud
from amts_desk.aws.translate import Translate
from amts_desk.core.amazon import ParallelDataAnswer, ParallelDataVersion
from amts_desk.core.errors import DeskError
from amts_desk.core.pairs import Pair, PairsDifference
from amts_desk.store.files import written_atomically
from amts_desk.store.project import Project


@dataclass(frozen=True, slots=True)
class Listing:
    """The parallel data of the account and Region: what this project made, and what others did."""

    ours: tuple[ParallelDataAnswer, ...]
    others: tuple[ParallelDataAnswer, ...]


def listed(project: Project | None, cloud: Cloud) -> Listing:
    """Ask for all parallel data of the account and Region. Raises ServiceError."""
    names = {version.name for version in project.runs.versions()} if project else set()
    found = sorted(Translate(cloud).all_parallel_data(), key=lambda answer: answer.name)
    return Listing(
        tuple(answer for answer in found if answer.name in names),
        tuple(answer for answer in found if answer.name not in names),
    )


def download(cloud: Cloud, name: str, path: Path) -> Path:
    """Save the file that parallel data was last made from and return its path. Raises DeskError."""
    with written_atomically(path) as stream:
        Translate(cloud).download_parallel_data(name, stream)
    return path


def version_of(project: Project, name: str, number: int = 0) -> ParallelDataVersion:
    """Return a version of parallel data by its number, or the newest one. Raises DeskError when there is none."""
    found = [v for v in project.runs.versions() if v.name == name and number in (0, v.version)]
    if not found:
        known = ", ".join(sorted({version.name for version in project.runs.versions()})) or "none"
        what = f"version {number} of “{name}”" if number else f"parallel data “{name}”"
        raise DeskError(f"This project has made no {what}.", f"It has made: {known}.")
    return found[-1]


def difference(project: Project, before: ParallelDataVersion, after: ParallelDataVersion) -> PairsDifference:
    """Return what `after` has that `before` has not, and the other way round.

    Raises DeskError for a version that an older AMTS Desk made, which did not keep its pairs.
    """
    old, new = (project.pairs.ids(version.number) for version in (before, after))
    for version, ids in ((before, old), (after, new)):
        if version.pairs and not ids:
            raise DeskError(
                f"The pairs of version {version.version} of “{version.name}” were not kept by an older AMTS Desk.",
                "Push the parallel data again; from then on every version keeps its pairs.",
            )
    common = set(old).intersection(new)
    return compared(
        project.pairs.named(number for number in old if number not in common),
        project.pairs.named(number for number in new if number not in common),
        len(common),
    )


def compared(old: Iterable[Pair], new: Iterable[Pair], unchanged: int = 0) -> PairsDifference:
    """Return the difference of two sets of pairs, in each of which a source stands once.

    `unchanged` is how many more pairs both have.
    """
    before = {pair.source: pair for pair in old}
    added, changed = [], []
    for pair in new:
        was = before.pop(pair.source, None)
        if was is None:
            added.append(pair)
        elif was.target == pair.target:
            unchanged += 1
        else:
            changed.append((was, pair))
    return PairsDifference(tuple(added), tuple(before.values()), tuple(changed), unchanged)
