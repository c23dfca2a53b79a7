"""Terms: what a word or phrase of one language is to be called in another, and the only ways their list changes.

A project has one list for all languages. Its order matters: where two terms have the same source, the last one wins,
as it does at Amazon Translate.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from amts_desk.core.splice import Splice, difference

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Term:
    """One term: its languages by Amazon code, its text in each, and a note for people, which goes nowhere else."""

    source_language: str
    target_language: str
    source: str
    target: str
    note: str = ""

    @property
    def direction(self) -> str:
        """The languages as in "en-zh"."""
        return f"{self.source_language}-{self.target_language}"

    @property
    def key(self) -> Key:
        """What two terms have in common that cannot both be used. Upper and lower case are two (developer guide)."""
        return self.source_language, self.target_language, self.source

    @property
    def state(self) -> str:
        """What the store finds rows by: the direction, since nobody confirms a term."""
        return self.direction

    def as_json(self) -> dict[str, Any]:
        """Return what the project file stores."""
        return {
            "from": self.source_language,
            "to": self.target_language,
            "s": self.source,
            "t": self.target,
            "note": self.note,
        }

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> Term:
        """Return the term that `as_json` wrote down."""
        return cls(row["from"], row["to"], row["s"], row["t"], row["note"])

    def tidied(self) -> Term:
        """Return the term as it is kept: composed characters (NFC), plain line ends, no blanks around."""
        return replace(self, source=tidy(self.source), target=tidy(self.target), note=tidy(self.note))


class Keep(StrEnum):
    """What becomes of a term that is there with another translation than the one that is brought in."""

    BOTH = "both"
    NEW = "new"
    OLD = "old"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A term that was brought in, and those with the same source that translate it otherwise."""

    new: Term
    old: tuple[Term, ...]

    def told(self, keep: Keep) -> str:
        """Return one sentence that says what is in conflict, and which translation wins."""
        others = "”, “".join(term.target for term in self.old)
        start = f"“{self.new.source}” was “{others}” and is now “{self.new.target}”, too: "
        return (
            start
            + {
                Keep.BOTH: "both are kept, and the new one wins, since it is the last.",
                Keep.NEW: "the new one took its place.",
                Keep.OLD: "the new one was left out.",
            }[keep]
        )


@dataclass(frozen=True, slots=True)
class Merge:
    """How terms join those that are there: the splice that does it, and what a person should know of it.

    `known` counts those that were there already, `empty` those without a text in one language.
    """

    splice: Splice[Term]
    added: int
    known: int
    empty: int
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class TermRow:
    """A row of a file of terms: a source term and its translations (language, text)."""

    source: str
    targets: tuple[tuple[str, str], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class TermTable:
    """The terms of one source language as a file holds them."""

    source_language: str
    target_languages: tuple[str, ...]
    rows: tuple[TermRow, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """Every language, that of the source first."""
        return (self.source_language, *self.target_languages)


@dataclass(frozen=True, slots=True)
class TermFile:
    """What was read from a file: its terms in order, and what was left out, a sentence each."""

    terms: tuple[Term, ...]
    notes: tuple[str, ...] = ()


def tidy(text: str) -> str:
    """Return a text as it is kept in a term."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def directions(terms: Iterable[Term]) -> list[tuple[str, str]]:
    """Return the (source, target) languages of the terms, each pair once, in the order of the list."""
    return list(dict.fromkeys((term.source_language, term.target_language) for term in terms))


def merge(terms: Sequence[Term], found: Iterable[Term], keep: Keep = Keep.BOTH) -> Merge:
    """Return how the terms `found` join `terms`; equal ones are not taken twice, also among themselves."""
    after: dict[Key, list[Term]] = {}
    for term in terms:
        after.setdefault(term.key, []).append(term)
    added: list[Term] = []
    conflicts: list[Conflict] = []
    replaced: set[Term] = set()
    known = empty = 0
    for new in map(Term.tidied, found):
        old = after.setdefault(new.key, [])
        if not (new.source and new.target):
            empty += 1
        elif any(term.target == new.target for term in old):
            known += 1
        else:
            if old:
                conflicts.append(Conflict(new, tuple(old)))
            if old and keep is Keep.OLD:
                continue
            if keep is Keep.NEW:
                replaced.update(old)
                old.clear()
            old.append(new)
            added.append(new)
    whole = tuple(term for term in (*terms, *added) if term not in replaced)
    return Merge(difference(tuple(terms), whole), len(added), known, empty, tuple(conflicts))


def add(terms: Sequence[Term], new: Term) -> Splice[Term]:
    """Return the splice that puts a term at the end, where it wins over others with the same source."""
    return Splice(len(terms), (), (new.tidied(),))


def retype(terms: Sequence[Term], at: int, new: Term) -> Splice[Term]:
    """Return the splice that puts another term in the place of row `at`."""
    return Splice(at, (terms[at],), (new.tidied(),))


def remove(terms: Sequence[Term], rows: Iterable[int]) -> Splice[Term]:
    """Return the one splice that takes some rows out."""
    gone = set(rows)
    first, end = min(gone), max(gone) + 1
    kept = tuple(terms[row] for row in range(first, end) if row not in gone)
    return Splice(first, tuple(terms[first:end]), kept)


def table(terms: Iterable[Term], source_language: str, target_languages: Sequence[str] = ()) -> TermTable:
    """Return the terms from one language as rows, into `target_languages` or, without them, into every language.

    Translations of one source stand in one row where their notes are the same and each language has room; in what
    order the translations into one language come stays.
    """
    chosen = [term for term in terms if term.source_language == source_language]
    codes = tuple(target_languages) or tuple(target for _, target in directions(chosen))
    texts: list[dict[str, str]] = []
    heads: list[tuple[str, str]] = []
    of_source: dict[str, list[int]] = {}
    for term in chosen:
        if term.target_language not in codes:
            continue
        rows = of_source.setdefault(term.source, [])
        taken = [at for at, row in enumerate(rows) if term.target_language in texts[row]]
        room = rows[taken[-1] + 1 if taken else 0 :]
        row = next((row for row in room if heads[row][1] == term.note), -1)
        if row < 0:
            row = len(texts)
            rows.append(row)
            heads.append((term.source, term.note))
            texts.append({})
        texts[row][term.target_language] = term.target
    rows_ = (TermRow(source, tuple(found.items()), note) for (source, note), found in zip(heads, texts, strict=True))
    return TermTable(source_language, codes, tuple(rows_))
