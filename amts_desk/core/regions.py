"""Which Regions offer what, as two dated lists."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Offer:
    """The Regions that offer something, and when that was read where."""

    regions: tuple[str, ...]
    as_of: date
    source: str


@dataclass(frozen=True, slots=True)
class Regions:
    """Where batch jobs are offered, and where with parallel data (`custom`, Active Custom Translation)."""

    batch: Offer
    custom: Offer


def parse(text: str) -> Regions:
    """Return the lists of `resources/regions.toml`."""
    found = tomllib.loads(text)
    return Regions(*(_offer(found[name]) for name in ("batch", "custom")))


def _offer(table: dict[str, object]) -> Offer:
    regions, as_of = table["regions"], table["as_of"]
    assert isinstance(regions, list)
    assert isinstance(as_of, date)
    return Offer(tuple(map(str, regions)), as_of, str(table["source"]))
