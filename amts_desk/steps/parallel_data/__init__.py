"""Parallel data: pairs from an alignment, what Amazon Translate would do with each, and what must never be in it."""

from amts_desk.steps.parallel_data.beads import pairs_from_beads
from amts_desk.steps.parallel_data.leaks import leaked

__all__ = ["leaked", "pairs_from_beads"]
