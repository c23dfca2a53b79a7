"""What a job would cost at Amazon, told before it starts.

List prices as they are widely quoted; Amazon's own page is https://aws.amazon.com/translate/pricing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from amts_desk.core.amazon import Connection
from amts_desk.core.document import Document

PLAIN, WITH_PARALLEL_DATA = 15.0, 60.0
"""US dollars a million characters, without and with Active Custom Translation."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Characters that would be billed, and what they cost about, in US dollars."""

    jobs: int
    characters: int
    dollars: float

    def __add__(self, other: Estimate) -> Estimate:
        return Estimate(self.jobs + other.jobs, self.characters + other.characters, self.dollars + other.dollars)

    def words(self, connection: Connection) -> str:
        """Return account, Region, size and cost in one sentence."""
        jobs = "1 job" if self.jobs == 1 else f"{self.jobs} jobs"
        return (
            f"{connection.label}, bucket {connection.bucket}: {jobs}, {self.characters:,} characters, "
            f"about ${self.dollars:.2f} (check aws.amazon.com/translate/pricing)."
        )


def estimate(documents: Iterable[Document], *, with_parallel_data: bool) -> Estimate:
    """Return what one job over the documents would cost: Amazon bills every character of the blocks."""
    characters = sum(len(block.text) for document in documents for block in document.blocks)
    return estimate_of(characters, with_parallel_data=with_parallel_data)


def estimate_of(characters: int, *, with_parallel_data: bool) -> Estimate:
    """Return what one job over so many characters would cost."""
    rate = WITH_PARALLEL_DATA if with_parallel_data else PLAIN
    return Estimate(1, characters, characters * rate / 1_000_000)
