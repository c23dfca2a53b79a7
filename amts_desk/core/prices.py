"""What Amazon Translate costs: a table with a date, as the program came with it or as the person has edited it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, DecimalException
from typing import Any

from amts_desk.core.errors import DeskError

PAGE = "aws.amazon.com/translate/pricing"
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Rates:
    """US dollars: a million characters without parallel data, with it (`custom`), and a gigabyte of it a month."""

    batch: Decimal
    custom: Decimal
    storage: Decimal

    def cost(self, characters: int, *, with_parallel_data: bool) -> Decimal:
        """Return what translating so many characters costs, exactly."""
        return characters * (self.custom if with_parallel_data else self.batch) / _MILLION


@dataclass(frozen=True, slots=True)
class Prices:
    """The rates of all Regions (`rates`) but those that have their own, and when and against what they were read."""

    rates: Rates
    as_of: date
    is_verified: bool = False
    source: str = PAGE
    regions: Mapping[str, Rates] = field(default_factory=dict)

    def rates_in(self, region: str) -> Rates:
        """Return the rates of a Region."""
        return self.regions.get(region, self.rates)

    @property
    def note(self) -> str:
        """Say how far the figures can be trusted, to stand wherever a cost is shown."""
        state = "verified" if self.is_verified else "unverified"
        return f"prices of {self.as_of.isoformat()}, {state}; check {self.source}"

    def edited(self, rates: Rates, as_of: date, *, is_verified: bool) -> Prices:
        """Return the table with other rates for the Regions without their own."""
        return replace(self, rates=rates, as_of=as_of, is_verified=is_verified)

    def as_toml(self) -> str:
        """Return the table as `parse` reads it."""
        head = (
            "# What Amazon Translate costs, in US dollars: a million characters, a gigabyte a month.\n"
            f"as_of = {self.as_of.isoformat()}\nverified = {str(self.is_verified).lower()}\n"
            f"source = {_quoted(self.source)}\n"
        )
        tables = [("dollars", self.rates), *((f"regions.{_quoted(name)}", own) for name, own in self.regions.items())]
        return head + "".join(f"\n[{name}]\n{_lines(rates)}" for name, rates in tables)


def parse(text: str, name: str) -> Prices:
    """Return the table that a TOML file holds. Raises DeskError that names the file when it makes no sense."""
    try:
        found = tomllib.loads(text, parse_float=Decimal)
        regions = found.get("regions", {})
        return Prices(
            _rates(found["dollars"]),
            _date(found["as_of"]),
            found.get("verified", False) is True,
            str(found.get("source", PAGE)),
            {region: _rates(table) for region, table in regions.items()},
        )
    except (tomllib.TOMLDecodeError, DecimalException, KeyError, TypeError, ValueError, AttributeError) as error:
        reason = f"{error} is missing" if isinstance(error, KeyError) else str(error)
        raise DeskError(
            f"The table of prices {name} makes no sense: {reason}.",
            "Correct it, or delete it to use the program's own.",
        ) from error


def money(text: str) -> Decimal:
    """Return the amount a person has typed. Raises DeskError when it is none."""
    try:
        amount = Decimal(text.strip().removeprefix("$").replace(",", "."))
    except DecimalException:
        amount = Decimal("NaN")
    if not (amount.is_finite() and 0 <= amount < _MILLION):
        raise DeskError(f"“{text}” is no amount of US dollars.", "Write it like 15.00.")
    return amount


def _rates(table: Mapping[str, Any]) -> Rates:
    return Rates(*(_amount(table[name], name) for name in ("batch", "custom", "storage")))


def _amount(value: object, name: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise TypeError(f"{name} is no number")
    amount = Decimal(value)
    if not (amount.is_finite() and 0 <= amount < _MILLION):
        raise ValueError(f"{name} is no amount of US dollars")
    return amount


def _date(value: object) -> date:
    if type(value) is not date:
        raise TypeError("as_of is no date like 2026-01-31")
    return value


def _lines(rates: Rates) -> str:
    named = {"batch": rates.batch, "custom": rates.custom, "storage": rates.storage}
    return "".join(f"{name} = {amount:f}\n" for name, amount in named.items())


def _quoted(text: str) -> str:
    plain = "".join(c for c in text if c.isprintable())
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
