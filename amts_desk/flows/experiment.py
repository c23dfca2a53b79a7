"""The published design: held-out articles × arms (none, paragraph, sentence) × directions, over one connection.

Source of the design: the AMTS experiment of the Dive into Deep Learning team, whose scores without parallel data, with
pairs of paragraphs and with pairs of sentences stand side by side for each article and direction.
"""

from __future__ import annotations

from pathlib import Path

from amts_desk.flows.config import Config
from amts_desk.flows.pipeline import Wishes, carry_out
from amts_desk.flows.results import Outcome

PROJECT = "experiment"
"""The name of an experiment's project in its folder."""


def run_experiment(config: Config, folder: Path, wishes: Wishes | None = None) -> Outcome:
    """Carry out every direction and arm of the configuration in `folder`, score them, and write the results there.

    Started again after whatever broke it off, it carries on from the project `experiment.amts` in that folder. With
    AWS, somebody is asked before anything is sent. Raises what any part raises.
    """
    return carry_out(config, folder, PROJECT, wishes or Wishes())
