"""The terms of a project on their way: out of files, into files, and to Amazon Translate as a terminology."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from amts_desk.aws.cloud import Cloud
from amts_desk.aws.terminology import Terminologies
from amts_desk.core.errors import DeskError
from amts_desk.core.terminology import LARGEST_FILE, Refused, Terminology, examine, require_name, require_targets
from amts_desk.core.terms import Keep, Merge, Term, TermFile, TermTable, directions, merge, table
from amts_desk.flows.ordering import project_id
from amts_desk.steps.interchange.terms_csv import read_csv, write_csv
from amts_desk.steps.interchange.terms_markdown import read_markdown, write_markdown
from amts_desk.steps.interchange.terms_tbx import read_tbx, write_tbx
from amts_desk.steps.interchange.terms_tmx import read_tmx_terms, write_tmx_terms
from amts_desk.steps.read.files import decode, read_bytes
from amts_desk.store.project import Project

Languages = tuple[str, str]
_MADE_HERE = "Terms from AMTS Desk, content "
_SAME = 16
"""Hexadecimal digits of the hash by which the same content is known again."""
_WRITERS: Mapping[str, Callable[[TermTable], bytes]] = {
    "csv": write_csv,
    "tmx": write_tmx_terms,
    "tbx": write_tbx,
    "md": write_markdown,
}
FORMATS = tuple(_WRITERS)
"""The formats that terms are written in; TSV is read, too."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What will be sent as a terminology: its file (TMX), the terms in it, and those that will not be sent and why."""

    name: str
    data: bytes
    source_language: str
    target_languages: tuple[str, ...]
    terms: tuple[Term, ...]
    refused: tuple[Refused, ...]
    is_both_ways: bool

    @property
    def entries(self) -> int:
        """How many terms the service will count: it counts a source once, in however many languages."""
        return len({term.source for term in self.terms})

    @property
    def description(self) -> str:
        """What the service keeps beside it: by this the same content is known again, on every computer."""
        digest = hashlib.sha256(self.data + bytes([self.is_both_ways])).hexdigest()
        return f"{_MADE_HERE}{digest[:_SAME]}"


@dataclass(frozen=True, slots=True)
class Pushed:
    """What the service says after a push, and whether it held exactly this before, so that nothing was sent."""

    terminology: Terminology
    was_there: bool


def read_terms(path: Path, languages: Languages | None = None) -> TermFile:
    """Return the terms of a file; its name tells the format: .csv, .tsv, .tmx, .tbx, .xml (TBX) or .md.

    `languages` (source, target) are for files that do not name them; of TMX and TBX they choose. Raises DeskError for
    a file that cannot be opened, is larger than 10 MB or hostile, or has no terms.
    """
    suffix = path.suffix.lower().removeprefix(".")
    if suffix not in ("csv", "tsv", "txt", "tmx", "tbx", "xml", "md", "markdown"):
        raise DeskError(f"{path.name} is no file of terms.", "Choose a CSV, TSV, TMX, TBX or Markdown file.")
    return parse_terms(read_bytes(path, LARGEST_FILE, "a list of terms"), suffix, path.name, languages)


def parse_terms(data: bytes, suffix: str, name: str, languages: Languages | None = None) -> TermFile:
    """Return the terms of what a file of that suffix holds. Raises DeskError as `read_terms` does."""
    if suffix == "tmx":
        found = read_tmx_terms(data, languages)
    elif suffix in ("tbx", "xml"):
        found = read_tbx(data, languages)
    else:
        text, _ = decode(data, name)
        found = (read_markdown if suffix in ("md", "markdown") else read_csv)(text, languages)
    if not found.terms:
        raise DeskError(f"{name} has no terms.", " ".join(found.notes) or "Choose a file with terms and translations.")
    return found


def write_terms(terms: Sequence[Term], form: str, source_language: str = "", targets: Sequence[str] = ()) -> bytes:
    """Return a file ("csv", "tmx", "tbx", "md") of the terms from one language into `targets` (default: all).

    Raises DeskError when there are none, when the source language is not clear, or for what the format cannot carry.
    """
    source = source_of(terms, source_language)
    found = table(_without_notes(terms) if form == "tmx" else terms, source, targets)
    if not found.rows:
        raise DeskError("There is no term to write.", "Choose other languages.")
    return _WRITERS[form](found)


def source_of(terms: Sequence[Term], given: str = "") -> str:
    """Return the source language `given` or, without one, the only one of the terms. Raises DeskError."""
    codes = list(dict.fromkeys(source for source, _ in directions(terms)))
    if not codes:
        raise DeskError("The project has no terms.", "Bring some in from a file, or add them in the window.")
    if given and given not in codes:
        raise DeskError(f"The project has no terms from {given}.", f"It has terms from: {', '.join(codes)}.")
    if not given and len(codes) > 1:
        raise DeskError(f"The project has terms from {' and '.join(codes)}.", "Name the source language.")
    return given or codes[0]


def bring_in(project: Project, found: Sequence[Term], keep: Keep, label: str) -> Merge:
    """Let terms join those of the project as one step of their history."""
    track = project.tracks.terms()
    merged = merge(project.tracks.rows(track), found, keep)
    if merged.splice.old != merged.splice.new:
        project.tracks.splice(track, merged.splice, label)
    return merged


def default_name(project: Project, source_language: str) -> str:
    """Return a name that Amazon takes for the terminology of a project's terms from one language."""
    stem = re.sub(r"[^A-Za-z0-9]+", "-", project.path.stem).strip("-")[:200] or "book"
    return f"amts-{stem}-{project_id(project)[:6]}-{source_language}-terms"


def prepare(
    name: str,
    terms: Sequence[Term],
    source_language: str = "",
    targets: Sequence[str] = (),
    *,
    is_both_ways: bool = False,
) -> Parcel:
    """Return what would be sent of the terms, from one language into `targets` (default: all).

    Raises DeskError when Amazon would not take the name, when there is nothing to send, or when it is too much.
    """
    require_name(name)
    source = source_of(terms, source_language)
    chosen = [t for t in terms if t.source_language == source and (not targets or t.target_language in targets)]
    sent, refused = examine(chosen)
    found = table(_without_notes(sent), source)
    require_targets(found.target_languages)
    data = write_tmx_terms(found)
    if len(data) > LARGEST_FILE:
        raise DeskError(
            f"The terms make {len(data) / 2**20:.1f} MB; one terminology may have {LARGEST_FILE >> 20} MB.",
            "Send fewer target languages at a time.",
        )
    return Parcel(name, data, source, found.target_languages, sent, refused, is_both_ways)


def push(cloud: Cloud, parcel: Parcel) -> Pushed:
    """Send a terminology, unless Amazon holds exactly this one.

    Raises ServiceError, and DeskError when another program made the terminology of that name.
    """
    service = Terminologies(cloud)
    there = service.find(parcel.name)
    if there is not None and not there.description.startswith(_MADE_HERE):
        raise DeskError(
            f"There is a terminology “{parcel.name}” at Amazon already, which AMTS Desk did not make.",
            "Choose another name, or delete that one first.",
        )
    if there and (there.description, there.size) == (parcel.description, len(parcel.data)):
        return Pushed(there, was_there=True)
    sent = service.put(parcel.name, parcel.data, "TMX", parcel.description, is_both_ways=parcel.is_both_ways)
    return Pushed(sent, was_there=False)


def download(cloud: Cloud, name: str) -> TermFile:
    """Return the terms of a terminology as Amazon holds it. Raises ServiceError, and DeskError for a damaged file."""
    data, form = Terminologies(cloud).download(name)
    return parse_terms(data, form.lower(), f"The terminology {name}")


def _without_notes(terms: Sequence[Term]) -> list[Term]:
    """Return the terms for a file that carries no notes, so that none keeps the languages of a term apart."""
    return [replace(term, note="") for term in terms]
