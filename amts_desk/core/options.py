"""What a project decides about its documents: how chapters are read, and how finished ones are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from amts_desk.core.errors import DeskError
from amts_desk.core.languages import language

NARROWEST = 20
"""Columns: shorter lines hold no word."""
WIDEST = 400


@dataclass(frozen=True, slots=True)
class Rules:
    """What makes other segments of the same file: a chapter read by other rules has to be read again."""

    semicolon: bool = False
    """Whether ； ends a sentence in Chinese and Japanese."""
    comments: bool = False
    """Whether comments in code are text."""

    def of(self, code: str) -> Rules:
        """Return the rules that matter in a language: ； is none of those that put spaces between words."""
        return Rules(self.semicolon and not language(code).spaced, self.comments)


DEFAULT = Rules()


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a project.

    `columns` is the width at which paragraphs of finished chapters are wrapped (a Hanzi takes two), 0 for one line
    each; `latin_spaces` puts a space between Hanzi and Latin letters, digits, code or math.
    """

    semicolon: bool = False
    comments: bool = False
    columns: int = 0
    latin_spaces: bool = False

    @property
    def rules(self) -> Rules:
        """How chapters are read."""
        return Rules(self.semicolon, self.comments)

    def checked(self) -> Options:
        """Return these options. Raises DeskError for a width that holds no word, or no line is as wide as."""
        if self.columns and not NARROWEST <= self.columns <= WIDEST:
            raise DeskError(
                f"Lines of {self.columns} columns cannot be written.",
                f"Choose {NARROWEST} to {WIDEST}, or 0 for no wrapping.",
            )
        return self

    def as_json(self) -> dict[str, Any]:
        """Return what is stored of them."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Options:
        """Return the options that were stored; what is missing is as it is in a new project."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in known})
