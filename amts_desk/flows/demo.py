"""The whole way on the sample book over the local endpoint, for a first look and for tests."""

from __future__ import annotations

from pathlib import Path

from amts_desk.core.pipeline import Tell, tell_nobody
from amts_desk.flows.config import Config
from amts_desk.flows.experiment import run_experiment
from amts_desk.flows.pipeline import Wishes
from amts_desk.flows.results import Outcome
from amts_desk.store.places import resource

ARTICLES = ("05-post-editing",)
"""The chapter that is held out: the other four make up the parallel data."""


def sample_config() -> Config:
    """Return the experiment on the sample book: English to Chinese and to Spanish, all arms, offline."""
    return Config("sample", "en", ("zh", "es"), ("en-zh", "en-es"), ARTICLES, folder=resource("sample"))


def run_demo(folder: Path, tell: Tell = tell_nobody) -> Outcome:
    """Carry out the experiment on the sample book and return its outcome; its files stand in `folder`."""
    return run_experiment(sample_config(), folder, Wishes(tell=tell))
