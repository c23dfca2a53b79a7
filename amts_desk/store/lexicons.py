"""The words that alignments have learned, by pair of languages: each new chapter begins with what the others taught.

A lexicon can be learned again from the chapters, so it is stored whole, compressed, in one row.
"""

from __future__ import annotations

import zlib

from amts_desk.steps.align.links import Entry
from amts_desk.store.database import Database


class Lexicons:
    """Reads and writes the lexicons of a project."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, languages: tuple[str, str]) -> tuple[Entry, ...]:
        """Return the words of a (source, target) pair of languages; none when nothing was learned yet."""
        packed = self._database.value(
            "SELECT words FROM lexicon WHERE source_language = ? AND target_language = ?", languages
        )
        lines = zlib.decompress(packed).decode().splitlines() if packed else ()
        rows = (line.split("\t") for line in lines)
        return tuple((source, target, float(weight)) for source, target, weight in rows)

    def write(self, languages: tuple[str, str], words: tuple[Entry, ...]) -> None:
        """Put these words in the place of those of a pair of languages."""
        text = "\n".join(f"{source}\t{target}\t{weight:.3f}" for source, target, weight in words)
        self._database.execute(
            "INSERT OR REPLACE INTO lexicon VALUES (?, ?, ?)", (*languages, zlib.compress(text.encode()))
        )
