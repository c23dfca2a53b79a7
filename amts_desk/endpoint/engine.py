"""What the endpoint expects of a translation engine. The engines themselves stand in `engines/`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from amts_desk.endpoint.passages import Passage

NAME = "offline practice engine"
"""What made the translations of the local endpoint; stands beside them wherever they are shown."""

REMEMBERED, LEARNED = 100_000, 20_000
"""Records of parallel data that an engine knows by heart, and those that it learns phrases from, at most."""
Pair = tuple[str, str]


class Translator(Protocol):
    """Translates from one language into another, with or without parallel data."""

    def translate(self, passage: Passage) -> str:
        """Return the translation of `passage.text`; each of its marks stands in it exactly once."""


class Engine(Protocol):
    """Makes translators, and remembers what it learned for each parallel data."""

    def translator(self, source: str, target: str, examples: Sequence[Pair] = ()) -> Translator:
        """Return the translator of a language pair that has learned from `examples` (source text, target text)."""
