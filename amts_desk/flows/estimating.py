"""What a job would cost at Amazon, told before it starts: characters × target languages × the rate of the arm."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from amts_desk.core.amazon import Connection
from amts_desk.core.document import Document
from amts_desk.steps.interchange.billed import billed_characters
from amts_desk.steps.interchange.job_html import to_html
from amts_desk.store.prices import read_prices


@dataclass(frozen=True, slots=True)
class Estimate:
    """Characters that would be billed, counted once for each target language, and what they cost in US dollars."""

    jobs: int
    characters: int
    cost: Decimal

    def __add__(self, other: Estimate) -> Estimate:
        return Estimate(self.jobs + other.jobs, self.characters + other.characters, self.cost + other.cost)

    @property
    def dollars(self) -> float:
        """The cost to be stored or shown, where it need not be exact."""
        return float(self.cost)

    def words(self, connection: Connection) -> str:
        """Return account, Region, size and cost in one sentence, with the date of the prices. Raises DeskError."""
        jobs = "1 job" if self.jobs == 1 else f"{self.jobs} jobs"
        return (
            f"{connection.label}, bucket {connection.bucket}: {jobs}, {self.characters:,} characters, "
            f"{in_words(self.cost)} ({read_prices().note})."
        )


NOTHING = Estimate(0, 0, Decimal(0))


def estimate(
    documents: Iterable[Document], *, with_parallel_data: bool, targets: int = 1, region: str = ""
) -> Estimate:
    """Return what one job over the documents would cost. Raises DeskError when the prices cannot be read."""
    return estimate_of(
        sum(map(billed, documents)), with_parallel_data=with_parallel_data, targets=targets, region=region
    )


def estimate_of(characters: int, *, with_parallel_data: bool, targets: int = 1, region: str = "") -> Estimate:
    """Return what one job over so many characters would cost. Raises DeskError when the prices cannot be read."""
    rates = read_prices().rates_in(region)
    total = characters * targets
    return Estimate(1, total, rates.cost(total, with_parallel_data=with_parallel_data))


def billed(document: Document) -> int:
    """Return how many characters of a document Amazon bills for one target language: the text of its page."""
    return billed_characters(to_html({block.block: block.text for block in document.blocks}, document.language))


def in_words(cost: Decimal | float) -> str:
    """Return a cost as people say it: "about $1.20", "less than 1 cent"."""
    if not cost:
        return "$0.00"
    return f"about ${cost:,.2f}" if cost >= Decimal("0.01") else "less than 1 cent"
