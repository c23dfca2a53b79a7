"""Beads that leave the project to be reviewed elsewhere: a row each, with a key and a seal.

The key names a bead by the numbers of its sentences, so that it is found again wherever it stands. The seal holds a
digest of what was sent out, and a check that ties the digest to the key, the chapter and its languages: so a row that
comes back says by itself whether it was changed, and whether it is ours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from amts_desk.core.alignment import Bead, BeadState, Sentence

_DIGEST, _CHECK = 12, 6
"""Characters of the two parts of a seal."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The chapter that rows come from: its number in the project, its name, its languages."""

    number: int
    name: str
    source_language: str
    target_language: str


@dataclass(frozen=True, slots=True)
class Content:
    """What a reviewer may change in a row: a text for each sentence of either side, the state, the note."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    state: str = BeadState.AUTOMATIC.value
    note: str = ""

    def tidy(self) -> Content:
        """Return the same without what a file may lose: outer blanks, blank lines, capitals of the state."""
        state = " ".join(self.state.lower().split())
        return Content(_filled(self.source), _filled(self.target), state, self.note.strip())


@dataclass(frozen=True, slots=True)
class Row:
    """A bead as it stands in a file. `number` is its row in the chapter from 1, `place` where it was read.

    `trouble` is a sentence about what cannot be read in it. `is_whole` says whether the file holds all of its text;
    where it cannot, the row is there to be read only.
    """

    key: str
    seal: str
    content: Content
    chapter: str = ""
    number: int = 0
    place: str = ""
    trouble: str = ""
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class ReviewFile:
    """What was read: the languages its head names ("" where it names none), its rows, and what was repaired."""

    source_language: str
    target_language: str
    rows: tuple[Row, ...]
    notices: tuple[str, ...] = ()


def content_of(bead: Bead) -> Content:
    """Return what a reviewer may change of a bead."""
    return Content(_texts(bead.source), _texts(bead.target), bead.state.value, bead.note)


def sent_rows(beads: Sequence[Bead], origin: Origin) -> list[Row]:
    """Return the beads of a chapter as rows to be sent out."""
    return [
        sealed(Row(key, "", content_of(bead), origin.name, number), origin)
        for number, (key, bead) in enumerate(zip(keys(beads, origin), beads, strict=True), 1)
    ]


def keys(beads: Iterable[Bead], origin: Origin) -> list[str]:
    """Return the key of each bead, as in "3:b12.13=14": the chapter, its source sentences, its target sentences.

    Parts of one sentence may make keys alike; a later one gets "~2".
    """
    seen: Counter[str] = Counter()
    found = []
    for bead in beads:
        key = f"{origin.number}:b{_numbers(bead.source)}={_numbers(bead.target)}"
        seen[key] += 1
        found.append(key if seen[key] == 1 else f"{key}~{seen[key]}")
    return found


def chapter_number(key: str) -> int | None:
    """Return the number of the chapter that a key names, None when it is no key."""
    number, colon, rest = key.partition(":b")
    return int(number) if colon and "=" in rest and number.isascii() and number.isdecimal() else None


def named_sentences(key: str) -> frozenset[tuple[str, str]]:
    """Return the sentences that a key names, each as (side, number)."""
    source, _, target = key.partition(":b")[2].partition("~")[0].partition("=")
    named = [("source", n) for n in source.split(".") if n] + [("target", n) for n in target.split(".") if n]
    return frozenset(named)


def sealed(row: Row, origin: Origin) -> Row:
    """Return the row with the seal of what it holds."""
    digest = digest_of(row.content)
    return replace(row, seal=f"h{digest}-{_check(row.key, digest, origin, is_whole=row.is_whole)}")


def opened(row: Row, origin: Origin) -> tuple[str, bool] | None:
    """Return the digest in the seal of a row, and whether the row was sent out whole; None for a damaged seal."""
    digest, check = row.seal[1 : 1 + _DIGEST], row.seal[2 + _DIGEST :]
    for is_whole in (True, False):
        if row.seal == f"h{digest}-{check}" and check == _check(row.key, digest, origin, is_whole=is_whole):
            return digest, is_whole
    return None


def digest_of(content: Content) -> str:
    """Return the digest of a content, tidied."""
    tidy = content.tidy()
    return _hash(*tidy.source, "\x1d", *tidy.target, "\x1d", tidy.state, tidy.note)[:_DIGEST]


def _check(key: str, digest: str, origin: Origin, *, is_whole: bool) -> str:
    whole = "whole" if is_whole else "to be read only"
    return _hash(key, digest, origin.name, origin.source_language, origin.target_language, whole)[:_CHECK]


def _hash(*parts: str) -> str:
    return sha256("\x1e".join(parts).encode()).hexdigest()


def _texts(sentences: Iterable[Sentence]) -> tuple[str, ...]:
    return tuple(sentence.text for sentence in sentences)


def _numbers(sentences: Iterable[Sentence]) -> str:
    return ".".join(str(sentence.index) for sentence in sentences)


def _filled(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text.strip() for text in texts if text.strip())
